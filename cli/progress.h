/*
 * progress - one line on the terminal that says how far the search is, and the
 * signals that end it early.
 */
#ifndef AM_CLI_PROGRESS_H
#define AM_CLI_PROGRESS_H

#include <signal.h>
#include <stdbool.h>

#include "solver/solve.h"

struct am_progress_line {
    bool shown;      /* standard error is a terminal, and the user wants it */
    bool dirty;      /* something stands on the line */
    double next;     /* seconds of the solve at which the line may change again */
    char phase[16];  /* the phase last shown */
    int32_t limit_s; /* of the search; 0: none */
};

void am_progress_begin(struct am_progress_line *line, bool wanted, int32_t limit_s);
/* For am_solve_hooks.progress; context is the line. */
void am_progress_show(void *context, const struct am_progress *progress);
void am_progress_end(struct am_progress_line *line);

/* From here on the first SIGINT or SIGTERM sets a flag, to which the result
 * points; a second one ends the process as usual. */
const volatile sig_atomic_t *am_stop_begin(void);
/* From here on the flag is set too when so many seconds are over; 0: never. */
void am_stop_after(int32_t seconds);
/* Signals do again what they did before. */
void am_stop_end(void);

#endif
