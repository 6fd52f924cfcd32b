#include "cli/trace.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

enum { PPM = 1000000 };

am_status am_trace_begin(struct am_trace *trace, const char *path, struct am_err *err)
{
    *trace = (struct am_trace){.path = path};
    (void)clock_gettime(CLOCK_MONOTONIC, &trace->began);
    if (!path)
        return AM_OK;
    trace->file = fopen(path, "w");
    if (!trace->file)
        return am_fail(err, AM_EIO, "cannot write %s: %s", path, strerror(errno));
    (void)setvbuf(trace->file, NULL, _IOLBF, BUFSIZ); /* to be followed while it grows */
    (void)fputs("seconds,phase,objective,bound,gap\n", trace->file);
    return AM_OK;
}

/* What cannot be written is found at the end: the stream remembers. */
static void write_row(const struct am_trace *trace, const struct am_progress *at)
{
    FILE *file = trace->file;
    (void)fprintf(file, "%.3f,%s,", at->seconds, at->phase);
    if (at->has_incumbent)
        (void)fprintf(file, "%" PRId64, at->incumbent);
    (void)fputc(',', file);
    if (at->has_bound)
        (void)fprintf(file, "%" PRId64, at->bound);
    (void)fputc(',', file);
    if (at->has_incumbent && at->has_bound) {
        struct am_proof proof = {at->incumbent, at->bound, at->fixed_only};
        int64_t gap = am_proof_gap_ppm(&proof);
        (void)fprintf(file, "%" PRId64 ".%06" PRId64, gap / PPM, gap % PPM);
    }
    (void)fputc('\n', file);
}

static bool tells_more(const struct am_trace *trace, const struct am_progress *at)
{
    const struct am_progress *last = &trace->last;
    return strcmp(at->phase, trace->phase) != 0 || at->has_incumbent != last->has_incumbent ||
           at->has_bound != last->has_bound || at->incumbent != last->incumbent ||
           at->bound != last->bound;
}

void am_trace_note(struct am_trace *trace, const struct am_progress *progress)
{
    if (!trace->file || !tells_more(trace, progress))
        return;
    trace->last = *progress;
    (void)snprintf(trace->phase, sizeof trace->phase, "%s", progress->phase);
    write_row(trace, progress);
}

static double seconds_since(const struct timespec *began)
{
    struct timespec now = *began;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began->tv_sec) + (double)(now.tv_nsec - began->tv_nsec) / 1e9;
}

am_status am_trace_end(struct am_trace *trace, const struct am_solution *solution,
                       struct am_err *err)
{
    struct am_progress end = {.phase = "end", .seconds = seconds_since(&trace->began)};
    if (!trace->file)
        return AM_OK;
    if (solution) {
        end.has_incumbent = end.has_bound = true;
        end.incumbent = solution->proof.objective;
        end.bound = solution->proof.bound;
        end.fixed_only = solution->proof.fixed_only;
    }
    write_row(trace, &end);
    bool failed = ferror(trace->file) != 0;
    failed |= fclose(trace->file) != 0;
    trace->file = NULL;
    return failed ? am_fail(err, AM_EIO, "cannot write all of %s", trace->path) : AM_OK;
}
