/*
 * What a person's minutes are measured against: the twelve months (S2), the
 * weekly offer (S3) and the pace (S4).
 *
 * S3 of week w, in new minutes. A = work minutes booked in w, B = all minutes
 * booked before w and education in w, F = free, T and G = the floor and the
 * intensive target less what is fixed (not below 0). The person can reach
 * F - B in work this week, so that with t = min(T, F - B), g = min(G, F - B)
 *
 *     short  = max(0, t - A)           at offer_minute
 *     short2 = max(0, g - max(A, t))   at intensive_minute
 *
 * min(T, F - B) is a figure unless the order can be finished inside the
 * window: B <= F - T always makes it T, T >= F makes it F - B. Only in between
 * does it take a column and a binary.
 */
#include <math.h>

#include "solver/compact_model.h"

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t not_below_zero(int32_t value)
{
    return value > 0 ? value : 0;
}

/* ---- S2, S4: so many minutes up to the end of a day ---- */

/* missing >= wanted - sum_{i up to the day} m_i */
static void add_missing(struct am_compact *compact, const struct am_compact_person *view,
                        const char *wish, int32_t wanted, int day, int32_t weight)
{
    if (wanted <= 0 || weight == 0)
        return;
    am_compact_row(compact, wanted, AM_LP_INFINITY, "%s.p%d", wish, view->p);
    for (int64_t i = view->first; i < view->day_first[day + 1]; i++)
        if (compact->x[i] >= 0)
            am_compact_minutes_towards(compact, i, wanted);
    if (compact->count == 0) {
        compact->constant += (double)wanted * weight;
        return;
    }
    am_compact_entry(
        compact, am_compact_column(compact, weight, wanted, false, "missing.%s.p%d", wish, view->p),
        1.0);
    am_compact_end(compact);
}

/* ---- S3 ---- */

/* t or g: constant - B (where it falls) + column. */
struct target {
    int32_t wanted; /* T or G */
    double constant;
    bool falls;
    int column; /* -1: none */
};

/* One week of one person. */
struct week {
    struct am_compact *compact;
    const struct am_compact_person *view;
    int w;
    int32_t most_work, most_before; /* bounds of A and B */
    struct target floor, intensive;
};

static bool before(const struct week *week, int64_t pair)
{
    const struct am_ipair *at = &week->compact->instance->pairs[pair];
    return at->day / 7 < week->w || (at->day / 7 == week->w && at->ete);
}

/* value * B into the row in hand */
static void enter_before(const struct week *week, double value)
{
    for (int64_t i = week->view->first; i < week->view->day_first[7 * week->w + 7]; i++)
        if (week->compact->x[i] >= 0 && before(week, i))
            am_compact_minutes(week->compact, i, value);
}

/* A into the row in hand, each pair for no more than `enough`. */
static void enter_work(const struct week *week, int32_t enough)
{
    const int64_t *first = &week->view->day_first[(ptrdiff_t)7 * week->w];
    for (int64_t i = first[0]; i < first[7]; i++)
        if (week->compact->x[i] >= 0 && !week->compact->instance->pairs[i].ete)
            am_compact_minutes_towards(week->compact, i, enough);
}

/* value * what of the target is not constant, on the left side of a row */
static void enter_target(const struct week *week, const struct target *target, double value)
{
    if (target->falls)
        enter_before(week, -value);
    am_compact_entry(week->compact, target->column, value);
}

/* target = min(X, F - B), where it must be bounded from below alone:
 *     target >= X - (X - F + Bmax) ends
 *     target >= F - B - (F - X) (1 - ends)          ends in {0, 1} */
static struct target make_target(const struct week *week, int32_t wanted, const char *what)
{
    struct am_compact *compact = week->compact;
    struct target target = {.wanted = wanted, .constant = wanted, .column = -1};
    int32_t free_min = week->view->person->free_min, p = week->view->p;
    int32_t slack = wanted - free_min + week->most_before;
    if (slack <= 0)
        return target;
    if (wanted >= free_min) {
        target.constant = free_min;
        target.falls = week->most_before > 0;
        return target;
    }
    target.constant = 0.0;
    target.column = am_compact_column(compact, 0.0, wanted, false, "%s.p%d.w%d", what, p, week->w);
    int ends = am_compact_column(compact, 0.0, 1.0, true, "ends.%s.p%d.w%d", what, p, week->w);
    am_compact_row(compact, wanted, AM_LP_INFINITY, "S3.p%d.w%d.%s", p, week->w, what);
    am_compact_entry(compact, target.column, 1.0);
    am_compact_entry(compact, ends, slack);
    am_compact_end(compact);
    am_compact_row(compact, wanted, AM_LP_INFINITY, "S3.p%d.w%d.%s.end", p, week->w, what);
    am_compact_entry(compact, target.column, 1.0);
    enter_before(week, 1.0);
    am_compact_entry(compact, ends, wanted - free_min);
    am_compact_end(compact);
    return target;
}

/* A + short >= t */
static void add_short(const struct week *week, int short_column)
{
    const struct target *t = &week->floor;
    am_compact_row(week->compact, t->constant, AM_LP_INFINITY, "S3.p%d.w%d", week->view->p,
                   week->w);
    enter_work(week, t->falls || t->column >= 0 ? INT32_MAX : t->wanted);
    am_compact_entry(week->compact, short_column, 1.0);
    enter_target(week, t, -1.0);
    am_compact_end(week->compact);
}

/* Where an offered minute weighs at least as much as an intensive one, the
 * cheaper is missed first by itself:
 *     A + short + short2 >= g,  short2 <= g - t */
static void add_both(const struct week *week, int short_column, int short2_column)
{
    const struct target *t = &week->floor, *g = &week->intensive;
    bool fixed = !g->falls && g->column < 0;
    am_compact_row(week->compact, g->constant, AM_LP_INFINITY, "S3.p%d.w%d.both", week->view->p,
                   week->w);
    enter_work(week, fixed ? g->wanted : INT32_MAX);
    am_compact_entry(week->compact, short_column, 1.0);
    am_compact_entry(week->compact, short2_column, 1.0);
    enter_target(week, g, -1.0);
    am_compact_end(week->compact);
    am_compact_row(week->compact, -AM_LP_INFINITY, g->constant - t->constant, "S3.p%d.w%d.more",
                   week->view->p, week->w);
    am_compact_entry(week->compact, short2_column, 1.0);
    enter_target(week, g, -1.0);
    enter_target(week, t, 1.0);
    am_compact_end(week->compact);
}

/* Where it weighs less, short2 = min(g - A, g - t) takes a binary:
 *     short2 >= g - A - T above,  short2 >= g - t - Amax (1 - above) */
static void add_above(const struct week *week, int short2_column)
{
    struct am_compact *compact = week->compact;
    const struct target *t = &week->floor, *g = &week->intensive;
    int p = week->view->p, w = week->w;
    int above = am_compact_column(compact, 0.0, 1.0, true, "above.p%d.w%d", p, w);
    am_compact_row(compact, g->constant, AM_LP_INFINITY, "S3.p%d.w%d.below", p, w);
    am_compact_entry(compact, short2_column, 1.0);
    enter_work(week, INT32_MAX);
    am_compact_entry(compact, above, t->wanted);
    enter_target(week, g, -1.0);
    am_compact_end(compact);
    am_compact_row(compact, g->constant - t->constant - week->most_work, AM_LP_INFINITY,
                   "S3.p%d.w%d.above", p, w);
    am_compact_entry(compact, short2_column, 1.0);
    am_compact_entry(compact, above, -week->most_work);
    enter_target(week, g, -1.0);
    enter_target(week, t, 1.0);
    am_compact_end(compact);
}

static void measure_week(struct week *week)
{
    const struct am_compact_person *view = week->view;
    int32_t work = 0, ete = 0;
    week->most_before = 0;
    for (int w = 0; w < week->w; w++)
        week->most_before += view->week_most[w];
    for (int d = 7 * week->w; d < 7 * week->w + 7; d++) {
        work += view->day_work[d];
        ete += view->day_ete[d];
    }
    week->most_work = least(work, view->week_most[week->w]);
    ete = least(ete, least(view->person->ete_left_min, view->week_most[week->w]));
    week->most_before = least(week->most_before + ete, view->person->free_min);
}

/* (S3) for one week: see the top of the file. */
static void add_offer(struct am_compact *compact, const struct am_compact_person *view, int w)
{
    const struct am_weights *weights = &compact->instance->policy->weights;
    const struct am_iperson *person = view->person;
    struct week week = {.compact = compact, .view = view, .w = w};
    int32_t fixed = person->weeks[w].work_min;
    int32_t wanted = not_below_zero(compact->instance->offer_floor_min - fixed);
    int32_t target = not_below_zero(person->intensive_min - fixed);
    if (person->intensive_min <= compact->instance->offer_floor_min)
        target = 0;
    measure_week(&week);
    if (week.most_work == 0 && week.most_before == 0) {
        compact->constant += (double)am_week_points(compact->instance, view->p, w, 0, 0);
        return;
    }
    /* With T >= F the order ends before the target differs from the floor. */
    bool intensive = target > wanted && wanted < person->free_min && weights->intensive_minute > 0;
    bool offer = wanted > 0 && weights->offer_minute > 0;
    if (!offer && !intensive)
        return;
    week.floor = make_target(&week, wanted, "floor");
    int short_column = -1, short2_column = -1;
    if (offer) {
        short_column = am_compact_column(compact, weights->offer_minute, wanted, false,
                                         "short.p%d.w%d", view->p, w);
        add_short(&week, short_column);
    }
    if (!intensive)
        return;
    week.intensive = make_target(&week, target, "target");
    short2_column = am_compact_column(compact, weights->intensive_minute, target, false,
                                      "short2.p%d.w%d", view->p, w);
    if (weights->offer_minute >= weights->intensive_minute)
        add_both(&week, short_column, short2_column);
    else
        add_above(&week, short2_column);
}

void am_compact_wishes(struct am_compact *compact, const struct am_compact_person *view)
{
    const struct am_weights *weights = &compact->instance->policy->weights;
    const struct am_iperson *person = view->person;
    if (!person->counted)
        return;
    add_missing(compact, view, "S2", person->must_min, person->must_day, weights->must_minute);
    for (int w = 0; w < compact->instance->weeks; w++)
        add_offer(compact, view, w);
    add_missing(compact, view, "S4", person->pace_min, compact->instance->days - 1,
                weights->pace_minute);
}
