/*
 * The curves of a plan, and what they ask of one window.
 */
#include "model/aims.h"

#include <stdlib.h>

enum { WEEK_DAYS = 7, THOUSANDTHS = 1000 };

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t greatest(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* ---- room that a plan leaves ---- */

/* Supervisors' minutes of a week that the plan leaves, by row. */
static void find_idle(const struct am_plan *plan, int week, int64_t idle[AM_SUPERVISED_ROWS])
{
    const struct am_horizon *horizon = plan->horizon;
    for (int row = 0; row < AM_SUPERVISED_ROWS; row++)
        idle[row] = horizon->supervised_min[week * AM_SUPERVISED_ROWS + row];
    for (int k = 0; k < horizon->kind_count; k++) {
        if (!horizon->kinds[k].supervised)
            continue;
        int32_t run_min = plan->uses[k * horizon->weeks + week].run_min;
        idle[horizon->kinds[k].part] -= run_min;
        idle[AM_SUPERVISED_WEEK] -= run_min;
    }
}

static int64_t spare_of(const struct am_plan *plan, int kind, int week,
                        const int64_t idle[AM_SUPERVISED_ROWS])
{
    const struct am_horizon *horizon = plan->horizon;
    const struct am_place_kind *of = &horizon->kinds[kind];
    const struct am_plan_use *use = &plan->uses[kind * horizon->weeks + week];
    int64_t more = (int64_t)horizon->held_min[kind * horizon->weeks + week] - use->run_min;
    if (of->supervised)
        more = least(more, least(idle[of->part], idle[AM_SUPERVISED_WEEK]));
    return (use->run_min + greatest(more, 0)) * of->seats - use->seat_min;
}

int64_t *am_plan_spare(const struct am_plan *plan, struct am_arena *arena)
{
    const struct am_horizon *horizon = plan->horizon;
    size_t count = (size_t)horizon->kind_count * (size_t)horizon->weeks;
    int64_t *spare = AM_ARENA_NEW(arena, count, int64_t);
    for (int w = 0; spare && w < horizon->weeks; w++) {
        int64_t idle[AM_SUPERVISED_ROWS];
        find_idle(plan, w, idle);
        for (int k = 0; k < horizon->kind_count; k++)
            spare[k * horizon->weeks + w] = greatest(spare_of(plan, k, w, idle), 0);
    }
    return spare;
}

/* ---- the curves of one person ---- */

/* What else planned i could be booked in a week, beside the cells of that week,
 * which begin at *cell; afterwards that is the first of a later week. */
static int64_t more_in(const struct am_plan *plan, const int64_t *spare, int planned, int week,
                       int *cell)
{
    const struct am_horizon *horizon = plan->horizon;
    const struct am_planned *who = &horizon->planned[planned];
    int c = *cell, end = plan->first[planned + 1];
    int64_t booked = 0, more = 0;
    if (week < who->first_week)
        return 0;
    for (int o = 0; o < who->option_count; o++) {
        int kind = who->options[o].kind;
        int64_t mine = 0;
        if (c < end && plan->cells[c].week == week && plan->cells[c].kind == kind)
            mine = plan->cells[c++].minutes;
        booked += mine;
        if (who->options[o].ete)
            continue; /* what is left of the allowance is not known here */
        more += least(am_option_most(horizon, who, week, o) - mine,
                      spare[kind * horizon->weeks + week]);
    }
    *cell = c;
    return greatest(0, least(more, who->most_min[week] - booked));
}

/* Minutes of one target that the plan books by its deadline. */
static int64_t kept_of(const struct am_plan_target *target, const int32_t *by_min)
{
    int64_t before = target->week > 0 ? by_min[target->week - 1] : 0;
    int64_t booked = before + least(by_min[target->week] - before, target->by_day_min);
    return least(booked, target->until_min);
}

/* Where so many minutes of each week could be booked, at least what the plan
 * keeps of a target less those of the weeks after must be booked by a week's end. */
static void raise_least(const struct am_plan_target *target, const int32_t *by_min,
                        const int32_t *room_min, int32_t *least_min, int weeks)
{
    int64_t kept = kept_of(target, by_min), later = 0;
    for (int w = weeks - 1; w > target->week; w--)
        least_min[w] = (int32_t)greatest(least_min[w], kept);
    for (int w = target->week; w >= 0; w--) {
        least_min[w] = (int32_t)greatest(least_min[w], kept - later);
        later += w == target->week ? least(room_min[w], target->by_day_min) : room_min[w];
    }
}

/* An order that cannot finish in any case takes nobody's place (S2). */
static bool can_be_saved(const struct am_horizon *horizon, const struct am_plan_target *target)
{
    return target->week >= 0 &&
           target->short_cost >=
               (int64_t)THOUSANDTHS * horizon->caseload->policy.weights.must_minute;
}

am_status am_plan_curves(const struct am_plan *plan, const int64_t *spare, int planned,
                         int32_t *by_min, int32_t *least_min, struct am_err *err)
{
    const struct am_horizon *horizon = plan->horizon;
    const struct am_planned *who = &horizon->planned[planned];
    int cell = plan->first[planned];
    int64_t booked = 0;
    int32_t *room_min = calloc((size_t)horizon->weeks, sizeof *room_min);
    if (!room_min)
        return am_fail_memory(err);
    for (int w = 0; w < horizon->weeks; w++) {
        int64_t week = who->fixed_min[w] + am_plan_week_min(plan, planned, w);
        booked += week;
        by_min[w] = (int32_t)booked;
        room_min[w] = (int32_t)(week + more_in(plan, spare, planned, w, &cell));
        least_min[w] = 0;
    }
    for (int t = 0; t < who->target_count; t++)
        if (can_be_saved(horizon, &who->targets[t]))
            raise_least(&who->targets[t], by_min, room_min, least_min, horizon->weeks);
    free(room_min);
    return AM_OK;
}

/* ---- what they ask of a window ---- */

int32_t am_aim_left_min(const struct am_caseload *caseload, const struct am_orders *orders,
                        const struct am_clocks *clocks, int person)
{
    const struct am_person *who = &caseload->people[person];
    int32_t left = 0;
    for (int j = who->first_order; j < who->first_order + who->order_count; j++)
        if (orders->orders[j].open && clocks->orders[j].ahead_min > left)
            left = clocks->orders[j].ahead_min;
    return left;
}

/* Minutes that would have been booked, at expected attendance, for what has
 * been worked since. */
static int64_t done_since(int32_t left_then, int32_t left_now, int32_t attendance_percent)
{
    return left_then > left_now ? (int64_t)(left_then - left_now) * 100 / attendance_percent : 0;
}

static struct am_aim aim_of(const struct am_aim_curve *curve, int week, int64_t done)
{
    int64_t planned = greatest(0, curve->by_min[week] - done);
    int64_t needed = least(planned, greatest(0, curve->least_min[week] - done));
    return (struct am_aim){true, (int32_t)planned, (int32_t)needed};
}

am_status am_aims_set(struct am_caseload *caseload, const struct am_orders *orders,
                      const struct am_clocks *clocks, const struct am_aims *aims,
                      struct am_err *err)
{
    int last = (caseload->from - aims->from) / WEEK_DAYS + caseload->weeks - 1;
    if (caseload->from < aims->from || last >= aims->weeks)
        return am_fail(err, AM_EINVALID, "the window is not within the weeks of the plan");
    for (int p = 0; p < caseload->person_count; p++)
        caseload->people[p].aim = (struct am_aim){0};
    for (int i = 0; i < aims->count; i++) {
        const struct am_aim_curve *curve = &aims->curves[i];
        struct am_person *who = &caseload->people[curve->person];
        int32_t left = am_aim_left_min(caseload, orders, clocks, curve->person);
        if (curve->knows_all && left > 0)
            who->aim =
                aim_of(curve, last, done_since(curve->left_min, left, who->attendance_percent));
    }
    return AM_OK;
}
