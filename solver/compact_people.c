/*
 * The rows of one person: which sets of sessions are patterns (R4 to R7, R16),
 * when the first one is (S1), and whether what was published stays (S8).
 *
 * Minutes. Pair i gives m_i = len_i x_i - cut_i, where len_i is the session's
 * minutes, at most F = what is free. cut_i and last_i exist only for people who
 * could book more than F, and only where the order could be completed:
 * last_i = 1 says that the order is completed at i.
 */
#include <math.h>

#include "solver/compact_model.h"

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static bool usable(const struct am_compact *compact, int64_t pair)
{
    return compact->x[pair] >= 0;
}

/* ---- what a person could do at most ---- */

static void measure_day(const struct am_compact *compact, struct am_compact_person *view, int day)
{
    view->day_most[day] = view->day_work[day] = view->day_ete[day] = 0;
    for (int64_t i = view->day_first[day]; i < view->day_first[day + 1]; i++) {
        int32_t *sort = compact->instance->pairs[i].ete ? view->day_ete : view->day_work;
        if (!usable(compact, i))
            continue;
        view->any = true;
        if (compact->minutes[i] > sort[day])
            sort[day] = compact->minutes[i];
        if (compact->minutes[i] > view->day_most[day])
            view->day_most[day] = compact->minutes[i];
    }
}

static int32_t week_left(const struct am_iperson *person, int week)
{
    int32_t left = person->weeks[week].maximum_min - person->weeks[week].used_min;
    return left > 0 ? left : 0;
}

static void look_at(const struct am_compact *compact, struct am_compact_person *view, int p)
{
    const struct am_instance *instance = compact->instance;
    view->p = p;
    view->person = &instance->people[p];
    view->first = view->person->first_pair;
    view->end = view->first + view->person->pair_count;
    view->any = false;
    view->most_min = 0;
    int64_t next = view->first;
    for (int d = 0; d < instance->days; d++) {
        view->day_first[d] = next;
        while (next < view->end && instance->pairs[next].day == d)
            next++;
        view->day_first[d + 1] = next;
        measure_day(compact, view, d);
    }
    for (int w = 0; w < instance->weeks; w++) {
        int32_t sum = 0;
        for (int d = 7 * w; d < 7 * w + 7; d++)
            sum += view->day_most[d];
        view->week_most[w] = least(sum, week_left(view->person, w));
        view->most_min += view->week_most[w];
    }
}

static bool allocate_view(struct am_compact *compact, struct am_compact_person *view)
{
    size_t days = (size_t)compact->instance->days, weeks = (size_t)compact->instance->weeks;
    view->day_first = AM_ARENA_NEW(compact->arena, days + 1, int64_t);
    view->day_most = AM_ARENA_NEW(compact->arena, days, int32_t);
    view->day_work = AM_ARENA_NEW(compact->arena, days, int32_t);
    view->day_ete = AM_ARENA_NEW(compact->arena, days, int32_t);
    view->week_most = AM_ARENA_NEW(compact->arena, weeks, int32_t);
    return view->day_first && view->day_most && view->day_work && view->day_ete && view->week_most;
}

/* ---- columns ---- */

/* Cost of x: S6, S7, S9 and the day of S10, and S5 and S10 for every minute. */
static void add_pairs(struct am_compact *compact, const struct am_compact_person *view)
{
    const struct am_instance *instance = compact->instance;
    for (int64_t i = view->first; i < view->end; i++) {
        const struct am_ipair *pair = &instance->pairs[i];
        if (!usable(compact, i))
            continue;
        int64_t cost = pair->cost + am_minute_points(instance, pair->ete, compact->minutes[i]);
        compact->x[i] = am_compact_column(compact, (double)cost, 1.0, true, "x.p%d.s%d", view->p,
                                          pair->session);
    }
}

/* The most minutes that can be booked up to the end of a day. */
static int32_t most_until(const struct am_compact_person *view, int day)
{
    int32_t sum = 0, this_week = 0;
    for (int w = 0; w < day / 7; w++)
        sum += view->week_most[w];
    for (int d = day - day % 7; d <= day; d++)
        this_week += view->day_most[d];
    return sum + least(this_week, view->week_most[day / 7]);
}

/* R6: last_i is x_i itself where the first appointment would complete the
 * order already. cut_i <= (len_i - 1) last_i, last_i <= x_i. */
static void add_cut(struct am_compact *compact, const struct am_compact_person *view, int64_t i)
{
    const struct am_ipair *pair = &compact->instance->pairs[i];
    int p = view->p, s = pair->session;
    int32_t most = compact->minutes[i] - 1;
    double cost = (double)-am_minute_points(compact->instance, pair->ete, 1);
    if (compact->minutes[i] == view->person->free_min) {
        compact->last[i] = compact->x[i];
    } else {
        compact->last[i] = am_compact_column(compact, 0.0, 1.0, true, "last.p%d.s%d", p, s);
        am_compact_row(compact, -AM_LP_INFINITY, 0.0, "R6.p%d.s%d.last", p, s);
        am_compact_entry(compact, compact->last[i], 1.0);
        am_compact_entry(compact, compact->x[i], -1.0);
        am_compact_end(compact);
    }
    if (most < 1)
        return;
    compact->cut[i] = am_compact_column(compact, cost, most, false, "cut.p%d.s%d", p, s);
    am_compact_row(compact, -AM_LP_INFINITY, 0.0, "R6.p%d.s%d.cut", p, s);
    am_compact_entry(compact, compact->cut[i], 1.0);
    am_compact_entry(compact, compact->last[i], -most);
    am_compact_end(compact);
}

/* ---- R6: minutes remaining ---- */

/* (R6) sum_i m_i <= F, and sum_i m_i >= F where some last_i is 1. */
static void add_free(struct am_compact *compact, const struct am_compact_person *view)
{
    double free_min = view->person->free_min;
    bool completes = false;
    am_compact_row(compact, -AM_LP_INFINITY, free_min, "R6.p%d", view->p);
    for (int64_t i = view->first; i < view->end; i++) {
        am_compact_minutes(compact, i, 1.0);
        completes = completes || compact->last[i] >= 0;
    }
    am_compact_end(compact);
    if (!completes)
        return;
    am_compact_row(compact, 0.0, AM_LP_INFINITY, "R6.p%d.complete", view->p);
    for (int64_t i = view->first; i < view->end; i++) {
        bool same = compact->last[i] >= 0 && compact->last[i] == compact->x[i];
        double completed = same ? free_min : 0.0;
        am_compact_entry(compact, compact->x[i], compact->minutes[i] - completed);
        am_compact_entry(compact, compact->cut[i], -1.0);
        if (!same)
            am_compact_entry(compact, compact->last[i], -free_min);
    }
    am_compact_end(compact);
}

/* Whatever is booked completes the order: then one appointment is all. */
static bool one_is_all(const struct am_compact *compact, const struct am_compact_person *view)
{
    for (int64_t i = view->first; i < view->end; i++)
        if (usable(compact, i) && compact->minutes[i] < view->person->free_min)
            return false;
    return true;
}

static void add_only_one(struct am_compact *compact, const struct am_compact_person *view)
{
    am_compact_row(compact, -AM_LP_INFINITY, 1.0, "R6.p%d", view->p);
    for (int64_t i = view->first; i < view->end; i++)
        am_compact_entry(compact, compact->x[i], 1.0);
    am_compact_end(compact);
}

/* Can more be booked than is free? Only then does R6 need rows. */
static bool may_exceed_free(const struct am_compact *compact, const struct am_compact_person *view)
{
    int32_t sum = 0;
    for (int d = 0; d < compact->instance->days; d++)
        sum += view->day_most[d];
    return sum > view->person->free_min && view->most_min >= view->person->free_min;
}

static void add_remaining(struct am_compact *compact, const struct am_compact_person *view)
{
    if (!may_exceed_free(compact, view))
        return;
    for (int64_t i = view->first; i < view->end; i++) {
        int day = compact->instance->pairs[i].day;
        if (usable(compact, i) && day >= view->person->last_fixed_day &&
            most_until(view, day) >= view->person->free_min)
            add_cut(compact, view, i);
    }
    add_free(compact, view);
}

/* ---- R4: one a day ---- */

/* (R4, R6) sum_{i on day d} x_i + sum_{i before d} last_i <= 1. */
static void add_days(struct am_compact *compact, const struct am_compact_person *view)
{
    for (int d = 0; d < compact->instance->days; d++) {
        am_compact_row(compact, -AM_LP_INFINITY, 1.0, "R4.p%d.d%d", view->p, d);
        for (int64_t i = view->day_first[d]; i < view->day_first[d + 1]; i++)
            am_compact_entry(compact, compact->x[i], 1.0);
        if (compact->count == 0)
            continue;
        for (int64_t i = view->first; i < view->day_first[d]; i++)
            am_compact_entry(compact, compact->last[i], 1.0);
        if (compact->count > 1)
            am_compact_end(compact);
    }
}

/* ---- R5: weekly maximum ---- */

enum { WEEK_MINUTES = 7 * AM_DAY_MINUTES };

/* The most minutes, at most `left`, that a choice of one pair a day can come
 * to: the row is as tight as whole sessions allow. */
static int32_t reachable(const struct am_compact *compact, const struct am_compact_person *view,
                         int week, int32_t left)
{
    bool sum[WEEK_MINUTES + 1] = {true};
    for (int d = 7 * week; d < 7 * week + 7; d++)
        for (int32_t u = left; u >= 0; u--) {
            /* from above, so that a day counts once: sum[u - len] is still without it */
            for (int64_t i = view->day_first[d]; i < view->day_first[d + 1] && !sum[u]; i++)
                sum[u] = usable(compact, i) && compact->minutes[i] <= u &&
                         compact->minutes[i] > 0 && sum[u - compact->minutes[i]];
        }
    while (!sum[left]) /* sum[0] holds */
        left--;
    return left;
}

/* How many days' shortest sessions fit into so many minutes. */
static int most_days(const struct am_compact *compact, const struct am_compact_person *view,
                     int week, int32_t left)
{
    int32_t shortest[7];
    int count = 0, fit = 0;
    for (int d = 7 * week; d < 7 * week + 7; d++) {
        int32_t best = INT32_MAX;
        for (int64_t i = view->day_first[d]; i < view->day_first[d + 1]; i++)
            if (usable(compact, i))
                best = least(best, compact->minutes[i]);
        int k = count;
        if (best == INT32_MAX)
            continue;
        for (; k > 0 && shortest[k - 1] > best; k--)
            shortest[k] = shortest[k - 1];
        shortest[k] = best;
        count++;
    }
    for (int32_t sum = 0; fit < count && (sum += shortest[fit]) <= left;)
        fit++;
    return fit;
}

/* The first pair of the week. */
static int64_t monday(const struct am_compact_person *view, int week)
{
    return view->day_first[(ptrdiff_t)7 * week];
}

/* All that can be booked in the week is of one length, and none is cut. */
static bool uniform(const struct am_compact *compact, const struct am_compact_person *view,
                    int week)
{
    int32_t length = 0;
    for (int64_t i = monday(view, week); i < monday(view, week + 1); i++) {
        if (!usable(compact, i))
            continue;
        if (compact->cut[i] >= 0 || (length > 0 && compact->minutes[i] != length))
            return false;
        length = compact->minutes[i];
    }
    return true;
}

static bool any_cut(const struct am_compact *compact, const struct am_compact_person *view,
                    int week)
{
    for (int64_t i = monday(view, week); i < monday(view, week + 1); i++)
        if (compact->cut[i] >= 0)
            return true;
    return false;
}

/* (R5) sum_{i in week w} m_i <= maximum - used. Where nothing can be cut, the
 * right side is the most that whole sessions come to; and
 * sum_{i in week w} x_i <= the number of the shortest that fit. */
static void add_week(struct am_compact *compact, const struct am_compact_person *view, int week)
{
    int64_t first = monday(view, week), end = monday(view, week + 1);
    int32_t left = least(week_left(view->person, week), WEEK_MINUTES), sum = 0;
    int days = 0;
    for (int d = 7 * week; d < 7 * week + 7; d++) {
        sum += view->day_most[d];
        days += view->day_most[d] > 0;
    }
    if (sum <= left)
        return;
    bool cut = any_cut(compact, view, week);
    if (!cut)
        left = reachable(compact, view, week, left);
    if (!uniform(compact, view, week)) {
        am_compact_row(compact, -AM_LP_INFINITY, left, "R5.p%d.w%d", view->p, week);
        for (int64_t i = first; i < end; i++)
            am_compact_minutes(compact, i, 1.0);
        am_compact_end(compact);
    }
    int fit = most_days(compact, view, week, left);
    if (cut || fit >= days)
        return;
    am_compact_row(compact, -AM_LP_INFINITY, fit, "R5.p%d.w%d.days", view->p, week);
    for (int64_t i = first; i < end; i++)
        am_compact_entry(compact, compact->x[i], 1.0);
    am_compact_end(compact);
}

/* ---- R7, R16 ---- */

/* (R7) sum_{i education} m_i <= allowance left. */
static void add_education(struct am_compact *compact, const struct am_compact_person *view)
{
    int32_t sum = 0;
    for (int d = 0; d < compact->instance->days; d++)
        sum += view->day_ete[d];
    if (sum <= view->person->ete_left_min)
        return;
    am_compact_row(compact, -AM_LP_INFINITY, view->person->ete_left_min, "R7.p%d", view->p);
    for (int64_t i = view->first; i < view->end; i++)
        if (compact->instance->pairs[i].ete)
            am_compact_minutes(compact, i, 1.0);
    am_compact_end(compact);
}

/* (R16) sum_{i induction} x_i <= 1, and on each day
 * sum_{i on day d, no induction} x_i <= sum_{i induction, before d} x_i. */
static void add_induction(struct am_compact *compact, const struct am_compact_person *view)
{
    const struct am_ipair *pairs = compact->instance->pairs;
    if (!view->person->needs_induction)
        return;
    am_compact_row(compact, -AM_LP_INFINITY, 1.0, "R16.p%d", view->p);
    for (int64_t i = view->first; i < view->end; i++)
        if (pairs[i].induction)
            am_compact_entry(compact, compact->x[i], 1.0);
    am_compact_end(compact);
    for (int d = 0; d < compact->instance->days; d++) {
        am_compact_row(compact, -AM_LP_INFINITY, 0.0, "R16.p%d.d%d", view->p, d);
        for (int64_t i = view->day_first[d]; i < view->day_first[d + 1]; i++)
            if (!pairs[i].induction)
                am_compact_entry(compact, compact->x[i], 1.0);
        if (compact->count == 0)
            continue;
        for (int64_t i = view->first; i < view->day_first[d]; i++)
            if (pairs[i].induction)
                am_compact_entry(compact, compact->x[i], -1.0);
        am_compact_end(compact);
    }
}

/* ---- S1, S8 ---- */

/* (S1) first_d earns what a first appointment on day d saves: first_d <=
 * sum_{i on day d} x_i, sum_d first_d <= 1; days that save alike are one. */
static void add_start(struct am_compact *compact, const struct am_compact_person *view)
{
    const int64_t *points = view->person->start_points;
    int days = compact->instance->days;
    int *first = AM_ARENA_NEW(compact->arena, (size_t)days, int);
    if (!first) {
        compact->status = am_fail_memory(compact->err);
        return;
    }
    int count = 0;
    compact->constant += (double)points[days];
    for (int d = 0, e = 0; d < days && points[d] < points[days]; d = e) {
        bool any = false;
        for (e = d; e < days && points[e] == points[d]; e++)
            any = any || view->day_most[e] > 0;
        if (!any)
            continue;
        first[count] = am_compact_column(compact, (double)(points[d] - points[days]), 1.0, false,
                                         "first.p%d.d%d", view->p, d);
        am_compact_row(compact, -AM_LP_INFINITY, 0.0, "S1.p%d.d%d", view->p, d);
        am_compact_entry(compact, first[count++], 1.0);
        for (int64_t i = view->day_first[d]; i < view->day_first[e]; i++)
            am_compact_entry(compact, compact->x[i], -1.0);
        am_compact_end(compact);
    }
    if (count < 2)
        return;
    am_compact_row(compact, -AM_LP_INFINITY, 1.0, "S1.p%d", view->p);
    for (int k = 0; k < count; k++)
        am_compact_entry(compact, first[k], 1.0);
    am_compact_end(compact);
}

/* Every published pair can still be booked, and no two are on one day. */
static bool can_keep(const struct am_compact *compact, const struct am_compact_person *view)
{
    int last_day = -1;
    if (view->person->disturbed_anyway)
        return false;
    for (int64_t i = view->first; i < view->end; i++) {
        const struct am_ipair *pair = &compact->instance->pairs[i];
        if (!pair->published)
            continue;
        if (!usable(compact, i) || pair->day == last_day)
            return false;
        last_day = pair->day;
    }
    return true;
}

/* (S8) disturbed >= 1 - x_i for each published i, and on the other days
 * disturbed >= sum_{i on day d} x_i. */
static void add_disturbed(struct am_compact *compact, const struct am_compact_person *view)
{
    double points = compact->instance->policy->weights.person_disturbed;
    if (!view->person->has_published)
        return;
    if (!can_keep(compact, view)) {
        compact->constant += points;
        return;
    }
    int disturbed = am_compact_column(compact, points, 1.0, false, "disturbed.p%d", view->p);
    for (int d = 0; d < compact->instance->days; d++) {
        int64_t published = -1;
        for (int64_t i = view->day_first[d]; i < view->day_first[d + 1]; i++)
            if (compact->instance->pairs[i].published)
                published = i;
        am_compact_row(compact, published < 0 ? 0.0 : 1.0, AM_LP_INFINITY, "S8.p%d.d%d", view->p,
                       d);
        if (published >= 0)
            am_compact_entry(compact, compact->x[published], 1.0);
        else
            for (int64_t i = view->day_first[d]; i < view->day_first[d + 1]; i++)
                am_compact_entry(compact, compact->x[i], -1.0);
        if (compact->count == 0)
            continue;
        am_compact_entry(compact, disturbed, 1.0);
        am_compact_end(compact);
    }
}

/* ---- the whole ---- */

/* A person who can be booked to nothing costs what their empty pattern costs. */
static void add_idle(struct am_compact *compact, const struct am_compact_person *view,
                     const int64_t *nothing)
{
    compact->constant += (double)am_pattern_points(compact->instance, view->p, nothing, NULL);
}

static void add_person(struct am_compact *compact, const struct am_compact_person *view)
{
    add_pairs(compact, view);
    if (one_is_all(compact, view)) {
        add_only_one(compact, view);
    } else {
        add_remaining(compact, view);
        add_days(compact, view);
        for (int w = 0; w < compact->instance->weeks; w++)
            add_week(compact, view, w);
        add_education(compact, view);
    }
    add_induction(compact, view);
    add_start(compact, view);
    add_disturbed(compact, view);
    am_compact_wishes(compact, view);
}

void am_compact_people(struct am_compact *compact)
{
    struct am_compact_person view;
    int days = compact->instance->days;
    int64_t *nothing = AM_ARENA_NEW(compact->arena, (size_t)days, int64_t);
    if (!nothing || !allocate_view(compact, &view)) {
        compact->status = am_fail_memory(compact->err);
        return;
    }
    for (int d = 0; d < days; d++)
        nothing[d] = -1;
    for (int p = 0; p < compact->instance->person_count && compact->status == AM_OK; p++) {
        look_at(compact, &view, p);
        if (view.any)
            add_person(compact, &view);
        else
            add_idle(compact, &view, nothing);
    }
}
