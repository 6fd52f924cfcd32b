/*
 * trace - how the search went, as a table (CSV): seconds, phase, objective,
 * bound, gap. A row for each phase, each better roster and each better bound,
 * as they come; the last row's phase is "end".
 */
#ifndef AM_CLI_TRACE_H
#define AM_CLI_TRACE_H

#include <stdio.h>
#include <time.h>

#include "base/err.h"
#include "solver/solve.h"

struct am_trace {
    FILE *file; /* NULL: no trace is wanted */
    const char *path;
    struct timespec began;
    struct am_progress last; /* what the last row says */
    char phase[16];          /* its phase */
};

/* Make the file and write its first row; path NULL: no trace. Time counts from
 * here on. */
AM_MUST_CHECK am_status am_trace_begin(struct am_trace *trace, const char *path,
                                       struct am_err *err);

/* A row, where it would differ from the last one in more than its seconds. */
void am_trace_note(struct am_trace *trace, const struct am_progress *progress);

/* The last row: `solution` is NULL where there is none. Fails with AM_EIO when
 * any row could not be written. */
AM_MUST_CHECK am_status am_trace_end(struct am_trace *trace, const struct am_solution *solution,
                                     struct am_err *err);

#endif
