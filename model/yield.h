/*
 * yield - what a roster brings: people starting, minutes, orders finished.
 *
 * Counted of what is not recorded yet, as the score is.
 */
#ifndef AM_MODEL_YIELD_H
#define AM_MODEL_YIELD_H

#include "model/clock.h"
#include "model/roster.h"

struct am_yield {
    int64_t placed;           /* people with an appointment */
    int64_t starting_on_time; /* whose first appointment is within the start limit (S1) */
    int64_t minutes;          /* booked */
    int64_t orders_finished;  /* whose remaining minutes are booked */
    int64_t orders_on_track;  /* open, and neither at risk nor lost nor overdue */
};

/* Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_yield_of(const struct am_roster *roster, const struct am_orders *orders,
                                    const struct am_clocks *clocks, struct am_yield *yield,
                                    struct am_err *err);

#endif
