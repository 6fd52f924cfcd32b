/*
 * weeks_ahead - the most that a person could work in each week from the
 * window's first on (S2). Inside model/ only.
 *
 * One reckoning for the clocks (clock.h) and for all that must agree with them
 * to the minute (order_ledger.h).
 */
#ifndef AM_MODEL_WEEKS_AHEAD_H
#define AM_MODEL_WEEKS_AHEAD_H

#include "model/days_ahead.h"
#include "model/order.h"

struct am_weeks_ahead {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    struct am_days_ahead days;
    /* of the person in hand, by day of the window: fixed and not recorded */
    int32_t *fixed_min;
    bool *fixed_day;
};

/* Memory is in the arena, which is kept. */
AM_MUST_CHECK am_status am_weeks_ahead_build(const struct am_caseload *caseload,
                                             const struct am_orders *orders, struct am_arena *arena,
                                             struct am_weeks_ahead *ahead, struct am_err *err);

/* Look at a person's days, as far as the deadline of any open order of theirs
 * asks for. Go through people in the order of am_people_by_home. */
void am_weeks_ahead_open(struct am_weeks_ahead *ahead, int person);

/* Weeks that count for an order with a deadline: 0 .. this - 1, the last of
 * them up to the deadline. */
int am_weeks_ahead_count(const struct am_weeks_ahead *ahead, int order);

/* The most of week w that this order of the person in hand can have: what is
 * fixed, and the longest session that could be attended on each other day not
 * past; at most the weekly maximum. */
int64_t am_weeks_ahead_most(const struct am_weeks_ahead *ahead, int order, int week);

/* Days of week w on which the person in hand could attend some session for
 * this order, or have a fixed appointment. */
int am_weeks_ahead_days(const struct am_weeks_ahead *ahead, int order, int week);

#endif
