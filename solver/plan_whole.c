#include "solver/plan_whole.h"

#include <math.h>
#include <stdio.h>

static const double points = 1000; /* thousandths in a point */

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

int64_t am_plan_whole_choices(const struct am_horizon *horizon)
{
    int64_t count = 0;
    for (int i = 0; i < horizon->planned_count; i++)
        count += (int64_t)horizon->planned[i].option_count * horizon->weeks;
    return count;
}

/* ---- the entries of one column ---- */

enum { ENTRIES_MOST = 64 };

struct entries {
    int count, rows[ENTRIES_MOST];
    double values[ENTRIES_MOST];
};

static void put(struct entries *entries, int row, double value)
{
    if (row < 0 || entries->count == ENTRIES_MOST)
        return;
    entries->rows[entries->count] = row;
    entries->values[entries->count++] = value;
}

struct build {
    struct am_plan_whole *whole;
    struct am_lp *lp;
    const struct am_horizon *horizon;
    int *places;      /* row by kind and week */
    int *supervisors; /* row by week and supervisors' row */
    /* of the one in hand, by week: */
    const struct am_planned *who;
    int number;
    int *week, *balance;    /* rows */
    struct entries *booked; /* of the column of what is booked by the end of the week */
    struct am_err *err;
};

static am_status add_row(struct build *b, double lower, double upper, const char *name, int *row)
{
    return am_lp_add_row(b->lp, lower, upper, name, row, b->err);
}

/* ---- rows of places ---- */

static am_status add_place_rows(struct build *b)
{
    const struct am_horizon *horizon = b->horizon;
    char name[64];
    for (int k = 0; k < horizon->kind_count; k++)
        for (int w = 0; w < horizon->weeks; w++) {
            (void)snprintf(name, sizeof name, "R8.k%d.w%d", k, w);
            am_status status =
                add_row(b, -AM_LP_INFINITY, 0, name, &b->places[k * horizon->weeks + w]);
            if (status != AM_OK)
                return status;
        }
    for (int w = 0; w < horizon->weeks; w++)
        for (int r = 0; r < AM_SUPERVISED_ROWS; r++) {
            (void)snprintf(name, sizeof name, "R10.w%d.g%d", w, r);
            am_status status =
                add_row(b, -AM_LP_INFINITY, horizon->supervised_min[w * AM_SUPERVISED_ROWS + r],
                        name, &b->supervisors[w * AM_SUPERVISED_ROWS + r]);
            if (status != AM_OK)
                return status;
        }
    return AM_OK;
}

/* r_kw: the minutes of a kind that run. */
static am_status add_runs(struct build *b, bool integer)
{
    const struct am_horizon *horizon = b->horizon;
    char name[64];
    for (int k = 0; k < horizon->kind_count; k++)
        for (int w = 0; w < horizon->weeks; w++) {
            const struct am_place_kind *kind = &horizon->kinds[k];
            struct entries entries = {0};
            put(&entries, b->places[k * horizon->weeks + w], -kind->seats);
            if (kind->supervised) {
                put(&entries, b->supervisors[w * AM_SUPERVISED_ROWS + (int)kind->part], 1);
                put(&entries, b->supervisors[w * AM_SUPERVISED_ROWS + AM_SUPERVISED_WEEK], 1);
            }
            (void)snprintf(name, sizeof name, "r.k%d.w%d", k, w);
            am_status status =
                am_lp_add_column(b->lp, 0, 0, horizon->held_min[k * horizon->weeks + w], integer,
                                 name, entries.count, entries.rows, entries.values, NULL, b->err);
            if (status != AM_OK)
                return status;
        }
    return AM_OK;
}

/* ---- rows of one person ---- */

/* A variable of cost `cost` that is at least short - booked by the end of
 * week w (-1: nothing), and, where other >= 0, so of week `other` and its short. */
struct penalty {
    const char *wish;
    int64_t cost, shortfall;
    int week;
    int64_t other_shortfall;
    int other_week;
    bool has_other;
};

static am_status add_penalty_row(struct build *b, const struct penalty *penalty, int64_t shortfall,
                                 int week, struct entries *entries)
{
    char name[64];
    int row = -1;
    if (shortfall <= 0)
        return AM_OK;
    (void)snprintf(name, sizeof name, "%s.p%d.w%d", penalty->wish, b->number, week);
    am_status status = add_row(b, (double)shortfall, AM_LP_INFINITY, name, &row);
    if (status != AM_OK)
        return status;
    put(entries, row, 1);
    if (week >= 0)
        put(&b->booked[week], row, 1);
    return AM_OK;
}

static am_status add_penalty(struct build *b, const struct penalty *penalty)
{
    struct entries entries = {0};
    if (penalty->cost == 0)
        return AM_OK;
    am_status status = add_penalty_row(b, penalty, penalty->shortfall, penalty->week, &entries);
    if (status == AM_OK && penalty->has_other)
        status =
            add_penalty_row(b, penalty, penalty->other_shortfall, penalty->other_week, &entries);
    if (status != AM_OK || entries.count == 0)
        return status;
    return am_lp_add_column(b->lp, (double)penalty->cost / points, 0, AM_LP_INFINITY, false, NULL,
                            entries.count, entries.rows, entries.values, NULL, b->err);
}

static int64_t fixed_by(const struct am_planned *who, int week)
{
    int64_t sum = 0;
    for (int w = 0; w <= week; w++)
        sum += who->fixed_min[w];
    return sum;
}

static int64_t offered_by(const struct am_planned *who, int w)
{
    int64_t offered = (int64_t)who->offer_min * (w + 1 - who->first_week);
    return offered < who->to_book_min ? offered : who->to_book_min;
}

static am_status add_week_wishes(struct build *b, int w)
{
    const struct am_planned *who = b->who;
    int64_t had = fixed_by(who, w);
    am_status status = AM_OK;
    if (who->start_cost)
        status = add_penalty(b, &(struct penalty){.wish = "S1",
                                                  .cost = who->start_cost[w],
                                                  .shortfall = who->start_min - had,
                                                  .week = w});
    if (status == AM_OK)
        status = add_penalty(b, &(struct penalty){.wish = "S3",
                                                  .cost = b->horizon->backlog_cost,
                                                  .shortfall = offered_by(who, w) - had,
                                                  .week = w});
    if (status == AM_OK && w == b->horizon->weeks - 1)
        status = add_penalty(b, &(struct penalty){.wish = "S3.left",
                                                  .cost = b->horizon->left_cost,
                                                  .shortfall = who->to_book_min - had,
                                                  .week = w});
    return status;
}

/* S2: short of all that is booked by the end of the week, and of what was
 * booked before it and the most that its days up to the deadline hold. */
static am_status add_deadlines(struct build *b)
{
    am_status status = AM_OK;
    for (int t = 0; t < b->who->target_count && status == AM_OK; t++) {
        const struct am_plan_target *target = &b->who->targets[t];
        if (target->week < 0)
            continue;
        int64_t before = fixed_by(b->who, target->week - 1);
        int32_t counted = least(b->who->fixed_min[target->week], target->by_day_min);
        struct penalty penalty = {.wish = "S2", .cost = target->short_cost, .week = target->week};
        penalty.shortfall = target->until_min - before - counted;
        penalty.has_other = true;
        penalty.other_shortfall = target->until_min - before - target->by_day_min;
        penalty.other_week = target->week - 1;
        status = add_penalty(b, &penalty);
    }
    return status;
}

/* What may be booked anew by the end of week w: not so much that a later cap breaks. */
static int32_t new_by(const struct am_planned *who, int weeks, int w)
{
    int64_t most = INT32_MAX;
    for (int v = w; v < weeks; v++) {
        int64_t room = who->cap_min[v] - fixed_by(who, v);
        most = room < most ? room : most;
    }
    return most > 0 ? (int32_t)most : 0;
}

static am_status add_booked(struct build *b)
{
    char name[64];
    for (int w = 0; w < b->horizon->weeks; w++) {
        struct entries *entries = &b->booked[w];
        put(entries, b->balance[w], 1);
        if (w + 1 < b->horizon->weeks)
            put(entries, b->balance[w + 1], -1);
        (void)snprintf(name, sizeof name, "n.p%d.w%d", b->number, w);
        am_status status =
            am_lp_add_column(b->lp, 0, 0, new_by(b->who, b->horizon->weeks, w), false, name,
                             entries->count, entries->rows, entries->values, NULL, b->err);
        if (status != AM_OK)
            return status;
    }
    return AM_OK;
}

static am_status add_minutes(struct build *b, int ete_row, bool integer)
{
    const struct am_planned *who = b->who;
    char name[64];
    for (int w = 0; w < b->horizon->weeks; w++)
        for (int o = 0; o < who->option_count; o++) {
            const struct am_plan_option *option = &who->options[o];
            size_t at = b->whole->first[b->number] + (size_t)(w * who->option_count + o);
            int32_t most = am_option_most(b->horizon, who, w, o);
            struct entries entries = {0};
            b->whole->minutes[at] = -1;
            if (most == 0)
                continue;
            put(&entries, b->week[w], 1);
            put(&entries, b->balance[w], -1);
            put(&entries, b->places[option->kind * b->horizon->weeks + w], 1);
            put(&entries, option->ete ? ete_row : -1, 1);
            (void)snprintf(name, sizeof name, "x.p%d.w%d.k%d", b->number, w, option->kind);
            am_status status = am_lp_add_column(b->lp, (double)option->cost / points, 0, most,
                                                integer, name, entries.count, entries.rows,
                                                entries.values, &b->whole->minutes[at], b->err);
            if (status != AM_OK)
                return status;
        }
    return AM_OK;
}

static am_status add_person_rows(struct build *b, int *ete_row)
{
    char name[64];
    for (int w = 0; w < b->horizon->weeks; w++) {
        b->booked[w].count = 0;
        (void)snprintf(name, sizeof name, "R5.p%d.w%d", b->number, w);
        am_status status = add_row(b, -AM_LP_INFINITY, b->who->most_min[w], name, &b->week[w]);
        if (status != AM_OK)
            return status;
        (void)snprintf(name, sizeof name, "n.p%d.w%d", b->number, w);
        status = add_row(b, 0, 0, name, &b->balance[w]);
        if (status != AM_OK)
            return status;
    }
    (void)snprintf(name, sizeof name, "R7.p%d", b->number);
    return add_row(b, -AM_LP_INFINITY, b->who->ete_min, name, ete_row);
}

static am_status add_person(struct build *b, int i, bool integer)
{
    int ete_row = -1;
    b->number = i;
    b->who = &b->horizon->planned[i];
    am_status status = add_person_rows(b, &ete_row);
    for (int w = 0; w < b->horizon->weeks && status == AM_OK; w++)
        status = add_week_wishes(b, w);
    if (status == AM_OK)
        status = add_deadlines(b);
    if (status == AM_OK)
        status = add_booked(b);
    return status == AM_OK ? add_minutes(b, ete_row, integer) : status;
}

static am_status build(struct build *b, bool integer)
{
    am_status status = add_place_rows(b);
    if (status == AM_OK)
        status = add_runs(b, integer);
    for (int i = 0; i < b->horizon->planned_count && status == AM_OK; i++)
        status = add_person(b, i, integer);
    return status;
}

am_status am_plan_whole_build(struct am_plan_whole *whole, const struct am_horizon *horizon,
                              bool integer, struct am_err *err)
{
    struct build b = {.whole = whole, .horizon = horizon, .err = err};
    size_t weeks = (size_t)horizon->weeks;
    *whole = (struct am_plan_whole){.horizon = horizon};
    am_arena_init(&whole->arena);
    am_status status = am_lp_new(&whole->lp, err);
    if (status != AM_OK)
        return status;
    b.lp = whole->lp;
    whole->size = (size_t)am_plan_whole_choices(horizon);
    whole->minutes = AM_ARENA_NEW(&whole->arena, whole->size, int);
    whole->first = AM_ARENA_NEW(&whole->arena, (size_t)horizon->planned_count + 1, size_t);
    b.places = AM_ARENA_NEW(&whole->arena, (size_t)horizon->kind_count * weeks, int);
    b.supervisors = AM_ARENA_NEW(&whole->arena, weeks * AM_SUPERVISED_ROWS, int);
    b.week = AM_ARENA_NEW(&whole->arena, weeks, int);
    b.balance = AM_ARENA_NEW(&whole->arena, weeks, int);
    b.booked = AM_ARENA_NEW(&whole->arena, weeks, struct entries);
    if (!whole->minutes || !whole->first || !b.places || !b.supervisors || !b.week || !b.balance ||
        !b.booked)
        return am_fail_memory(err);
    for (int i = 0; i < horizon->planned_count; i++)
        whole->first[i + 1] = whole->first[i] + (size_t)horizon->planned[i].option_count * weeks;
    return build(&b, integer);
}

void am_plan_whole_release(struct am_plan_whole *whole)
{
    am_lp_free(whole->lp);
    am_arena_release(&whole->arena);
    *whole = (struct am_plan_whole){0};
}

void am_plan_whole_read(const struct am_plan_whole *whole, int32_t *minutes)
{
    for (size_t i = 0; i < whole->size; i++) {
        int column = whole->minutes[i];
        minutes[i] = column < 0 ? 0 : (int32_t)lround(am_lp_integer_primal(whole->lp, column));
    }
}
