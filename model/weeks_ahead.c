#include "model/weeks_ahead.h"

#include <string.h>

am_status am_weeks_ahead_build(const struct am_caseload *caseload, const struct am_orders *orders,
                               struct am_arena *arena, struct am_weeks_ahead *ahead,
                               struct am_err *err)
{
    size_t days = (size_t)am_caseload_days(caseload);
    *ahead = (struct am_weeks_ahead){.caseload = caseload, .orders = orders};
    ahead->fixed_min = AM_ARENA_NEW(arena, days, int32_t);
    ahead->fixed_day = AM_ARENA_NEW(arena, days, bool);
    if (!ahead->fixed_min || !ahead->fixed_day)
        return am_fail_memory(err);
    return am_days_ahead_build(caseload, arena, &ahead->days, err);
}

static void look_at_fixed(struct am_weeks_ahead *ahead, int person)
{
    const struct am_caseload *caseload = ahead->caseload;
    const struct am_person_state *state = &ahead->orders->people[person];
    size_t days = (size_t)am_caseload_days(caseload);
    memset(ahead->fixed_min, 0, days * sizeof *ahead->fixed_min);
    memset(ahead->fixed_day, 0, days * sizeof *ahead->fixed_day);
    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++) {
        const struct am_fixed *fixed = &ahead->orders->fixed[i];
        int day = caseload->sessions[fixed->session].date - caseload->from;
        if (fixed->recorded)
            continue;
        ahead->fixed_day[day] = true;
        ahead->fixed_min[day] += fixed->minutes;
    }
}

/* Days up to the deadline, as far as the caseload has sessions; below 1 where
 * it is past. */
static int days_of(const struct am_weeks_ahead *ahead, int order)
{
    int days = ahead->orders->orders[order].deadline - ahead->caseload->from + 1;
    return days < ahead->days.day_count ? days : ahead->days.day_count;
}

void am_weeks_ahead_open(struct am_weeks_ahead *ahead, int person)
{
    const struct am_person *who = &ahead->caseload->people[person];
    int days = 0;
    for (int j = who->first_order; j < who->first_order + who->order_count; j++) {
        const struct am_order_state *state = &ahead->orders->orders[j];
        if (state->open && state->deadline != AM_NO_DATE && days_of(ahead, j) > days)
            days = days_of(ahead, j);
    }
    look_at_fixed(ahead, person);
    am_days_ahead_look(&ahead->days, person, days);
}

int am_weeks_ahead_count(const struct am_weeks_ahead *ahead, int order)
{
    int days = days_of(ahead, order);
    return days > 0 ? (days + AM_WEEKDAYS - 1) / AM_WEEKDAYS : 0;
}

/* The most of day d that the order can have: what is fixed, or the longest
 * session that could be attended. */
static int64_t most_of_day(const struct am_weeks_ahead *ahead, const struct am_order *order, int d)
{
    const struct am_caseload *caseload = ahead->caseload;
    am_date date = caseload->from + d;
    if (d < am_caseload_days(caseload)) {
        if (ahead->fixed_day[d])
            return ahead->fixed_min[d];
        if (date < caseload->as_of)
            return 0;
    }
    return date < order->sentence_date ? 0 : ahead->days.longest[d];
}

static int end_of(const struct am_weeks_ahead *ahead, int order, int week)
{
    int days = days_of(ahead, order), end = AM_WEEKDAYS * (week + 1);
    return end < days ? end : days;
}

int64_t am_weeks_ahead_most(const struct am_weeks_ahead *ahead, int order, int week)
{
    const struct am_order *given = &ahead->caseload->orders[order];
    int64_t most = am_weekly_max_plain(ahead->caseload, given->person), minutes = 0;
    for (int d = AM_WEEKDAYS * week; d < end_of(ahead, order, week); d++)
        minutes += most_of_day(ahead, given, d);
    return minutes < most ? minutes : most;
}

int am_weeks_ahead_days(const struct am_weeks_ahead *ahead, int order, int week)
{
    const struct am_order *given = &ahead->caseload->orders[order];
    int days = 0;
    for (int d = AM_WEEKDAYS * week; d < end_of(ahead, order, week); d++)
        days += most_of_day(ahead, given, d) > 0;
    return days;
}
