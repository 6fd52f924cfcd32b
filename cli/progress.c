#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SECONDS_BETWEEN 0.1
enum { PPM_PER_PERCENT = 10000 };

void am_progress_begin(struct am_progress_line *line, bool wanted, int32_t limit_s)
{
    *line = (struct am_progress_line){.shown = wanted && isatty(STDERR_FILENO), .limit_s = limit_s};
}

/* Whole seconds up to the limit, at least 0. */
static void show_time_left(const struct am_progress_line *line, double seconds)
{
    if (line->limit_s <= 0)
        return;
    double left = line->limit_s - seconds;
    (void)fprintf(stderr, "  %.0f s left", left > 0 ? left : 0);
}

void am_progress_show(void *context, const struct am_progress *progress)
{
    struct am_progress_line *line = context;
    if (!line->shown ||
        (progress->seconds < line->next && strcmp(line->phase, progress->phase) == 0))
        return;
    line->next = progress->seconds + SECONDS_BETWEEN;
    (void)snprintf(line->phase, sizeof line->phase, "%s", progress->phase);
    (void)fprintf(stderr, "\r\033[K%6.1f s  %-8s", progress->seconds, progress->phase);
    if (progress->has_incumbent)
        (void)fprintf(stderr, "  roster %" PRId64, progress->incumbent);
    if (progress->has_bound)
        (void)fprintf(stderr, "  bound %" PRId64, progress->bound);
    if (progress->has_incumbent && progress->has_bound) {
        struct am_proof proof = {progress->incumbent, progress->bound, progress->fixed_only};
        int64_t gap = am_proof_gap_ppm(&proof);
        (void)fprintf(stderr, "  gap %" PRId64 ".%04" PRId64 " %%", gap / PPM_PER_PERCENT,
                      gap % PPM_PER_PERCENT);
    }
    show_time_left(line, progress->seconds);
    line->dirty = true;
    (void)fflush(stderr);
}

void am_progress_end(struct am_progress_line *line)
{
    if (line->dirty)
        (void)fputs("\r\033[K", stderr);
    line->dirty = false;
}

/* A signal handler can reach nothing but a static flag. */
static volatile sig_atomic_t stop_asked;
static struct sigaction old_interrupt, old_terminate, old_alarm;

static void ask_to_stop(int number)
{
    (void)number;
    stop_asked = 1;
}

const volatile sig_atomic_t *am_stop_begin(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = ask_to_stop;
    action.sa_flags = (int)SA_RESETHAND;
    (void)sigemptyset(&action.sa_mask);
    stop_asked = 0;
    /* sigaction fails for bad signal numbers alone */
    (void)sigaction(SIGINT, &action, &old_interrupt);
    (void)sigaction(SIGTERM, &action, &old_terminate);
    (void)sigaction(SIGALRM, &action, &old_alarm);
    return &stop_asked;
}

void am_stop_after(int32_t seconds)
{
    (void)alarm((unsigned)seconds);
}

void am_stop_end(void)
{
    (void)sigaction(SIGINT, &old_interrupt, NULL);
    (void)sigaction(SIGTERM, &old_terminate, NULL);
    (void)alarm(0);
    (void)sigaction(SIGALRM, &old_alarm, NULL);
}
