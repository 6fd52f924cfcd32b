/*
 * How many points there can be at all: every wish at its worst, added without
 * regard to sign.
 */
#include "model/score.h"

static int64_t times(int64_t a, int64_t b)
{
    return b != 0 && a > INT64_MAX / b ? INT64_MAX : a * b;
}

static int64_t plus(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

static int64_t not_below_zero(int64_t value)
{
    return value > 0 ? value : 0;
}

/* S1, S2 and S4 can't be worse than for every order at once. */
static int64_t orders_ceiling(const struct am_caseload *caseload)
{
    const struct am_weights *weights = &caseload->policy.weights;
    int64_t points = 0;
    for (int j = 0; j < caseload->order_count; j++) {
        const struct am_order *order = &caseload->orders[j];
        int64_t late =
            not_below_zero((int64_t)am_caseload_last(caseload) + 1 - order->sentence_date);
        int64_t minutes = not_below_zero((int64_t)order->ordered_min + order->adjustment_min);
        points = plus(points, times(late, weights->start_late_day));
        points = plus(points, times(minutes, weights->must_minute));
        points = plus(points, times(minutes, weights->pace_minute));
    }
    return points;
}

/* S3 and S8 of people. */
static int64_t people_ceiling(const struct am_caseload *caseload)
{
    const struct am_policy *policy = &caseload->policy;
    int64_t points = 0;
    for (int p = 0; p < caseload->person_count; p++) {
        const struct am_person *person = &caseload->people[p];
        int64_t week = plus(
            times(policy->offer_minutes, policy->weights.offer_minute),
            times(not_below_zero(person->intensive_target_min), policy->weights.intensive_minute));
        points = plus(points, times(week, caseload->weeks));
        points = plus(points, policy->weights.person_disturbed);
    }
    return points;
}

/* S5 to S7, S9 and S10 of one appointment, and its share of S11. */
static int64_t appointment_ceiling(const struct am_caseload *caseload)
{
    const struct am_weights *weights = &caseload->policy.weights;
    int64_t points = times(AM_DAY_MINUTES, weights->ete_minute);
    points = plus(points, times(2 * (int64_t)INT16_MAX, weights->travel_minute));
    points = plus(points, weights->continuity_break);
    points = plus(points, times(5, weights->quality_point));
    points = plus(points, weights->preference_missed);
    points = plus(points, times(AM_DAY_MINUTES, weights->booked_minute));
    points = plus(points, times(am_caseload_days(caseload), weights->later_day));
    return plus(points, times(100, weights->stand_down));
}

/* S7, S8 and S9 of one session, R11 and R15. */
static int64_t session_ceiling(const struct am_caseload *caseload)
{
    const struct am_policy *policy = &caseload->policy;
    const struct am_weights *weights = &policy->weights;
    int64_t points = times(policy->near_empty_heads, weights->near_empty_head);
    points = plus(points, weights->supervisor_break);
    points = plus(points, weights->session_changed);
    points = plus(points, weights->lone_woman_soft);
    return plus(points, weights->unsupervised);
}

int64_t am_score_ceiling(const struct am_caseload *caseload)
{
    int64_t appointments =
        (int64_t)caseload->person_count * am_caseload_days(caseload) + caseload->appointment_count;
    int64_t points = plus(orders_ceiling(caseload), people_ceiling(caseload));
    points = plus(points, times(appointment_ceiling(caseload), appointments));
    return plus(points, times(session_ceiling(caseload), caseload->window_session_count));
}
