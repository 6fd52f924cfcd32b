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
 * asks for, or all that the caseload has. Go through people in the order of
 * am_people_by_home. */
void am_weeks_ahead_open(struct am_weeks_ahead *ahead, int person, bool all);

/* Days from the window's first up to the order's deadline, as far as the
 * caseload has sessions; below 1 where it is past. The order has one. */
int am_weeks_ahead_until(const struct am_weeks_ahead *ahead, int order);

/* Weeks 0 .. this - 1 begin on one of so many days. */
static inline int am_weeks_ahead_count(int days)
{
    return days > 0 ? (days + AM_WEEKDAYS - 1) / AM_WEEKDAYS : 0;
}

/* The most of week w, up to day `until` (not included), that this order of the
 * person in hand can have: what is fixed, and the longest session that could be
 * attended on each other day not past; at most the weekly maximum. `days` is
 * how many days had something. */
struct am_week_ahead {
    int64_t minutes;
    int days;
};
struct am_week_ahead am_weeks_ahead_week(const struct am_weeks_ahead *ahead, int order, int week,
                                         int until);

#endif
