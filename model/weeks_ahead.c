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

int am_weeks_ahead_until(const struct am_weeks_ahead *ahead, int order)
{
    int days = ahead->orders->orders[order].deadline - ahead->caseload->from + 1;
    return days < ahead->days.day_count ? days : ahead->days.day_count;
}

/* Days up to the last deadline of an open order of the person. */
static int days_wanted(const struct am_weeks_ahead *ahead, int person)
{
    const struct am_person *who = &ahead->caseload->people[person];
    int days = 0;
    for (int j = who->first_order; j < who->first_order + who->order_count; j++) {
        const struct am_order_state *state = &ahead->orders->orders[j];
        if (!state->open || state->deadline == AM_NO_DATE)
            continue;
        int until = am_weeks_ahead_until(ahead, j);
        days = until > days ? until : days;
    }
    return days;
}

void am_weeks_ahead_open(struct am_weeks_ahead *ahead, int person, bool all)
{
    look_at_fixed(ahead, person);
    am_days_ahead_look(&ahead->days, person,
                       all ? ahead->days.day_count : days_wanted(ahead, person));
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

struct am_week_ahead am_weeks_ahead_week(const struct am_weeks_ahead *ahead, int order, int week,
                                         int until)
{
    const struct am_order *given = &ahead->caseload->orders[order];
    int64_t most = am_weekly_max_plain(ahead->caseload, given->person);
    struct am_week_ahead of = {0, 0};
    for (int d = AM_WEEKDAYS * week; d < AM_WEEKDAYS * (week + 1) && d < until; d++) {
        int64_t minutes = most_of_day(ahead, given, d);
        of.minutes += minutes;
        of.days += minutes > 0;
    }
    of.minutes = of.minutes < most ? of.minutes : most;
    return of;
}
