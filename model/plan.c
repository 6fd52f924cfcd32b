/*
 * A plan: its cells, what it costs, and whether it breaks a row, reckoned from
 * the cells alone. docs/formulation.md, section 8.
 */
#include "model/plan.h"

#include <stdlib.h>
#include <string.h>

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int64_t at_least_zero(int64_t minutes)
{
    return minutes > 0 ? minutes : 0;
}

void am_plan_release(struct am_plan *plan)
{
    am_arena_release(&plan->arena);
    *plan = (struct am_plan){0};
}

/* ---- what it costs ---- */

/* The minutes of one planned by week: fixed ones, and those booked. */
struct weeks_of {
    const struct am_horizon *horizon;
    const struct am_planned *planned;
    const int32_t *minutes; /* [week * option_count + o] */
};

static int64_t booked_in(const struct weeks_of *of, int w)
{
    int64_t sum = 0;
    int count = of->planned->option_count;
    for (int o = 0; o < count; o++)
        sum += of->minutes[w * count + o];
    return sum;
}

static int64_t travel_in(const struct weeks_of *of, int w)
{
    int64_t sum = 0;
    int count = of->planned->option_count;
    for (int o = 0; o < count; o++)
        sum += of->planned->options[o].cost * of->minutes[w * count + o];
    return sum;
}

/* S2: targets whose deadline lies in a week that began with so many booked and
 * added so many. */
static int64_t must_of(const struct am_planned *planned, int w, int64_t before, int64_t week)
{
    int64_t cost = 0;
    for (int t = 0; t < planned->target_count; t++) {
        const struct am_plan_target *target = &planned->targets[t];
        if (target->week != w)
            continue;
        int64_t by_day = week < target->by_day_min ? week : target->by_day_min;
        cost += target->short_cost * at_least_zero(target->until_min - before - by_day);
    }
    return cost;
}

/* S3: what should have been booked by the end of the week. */
static int64_t offered_by(const struct am_planned *planned, int w)
{
    int64_t offered = (int64_t)planned->offer_min * (w + 1 - planned->first_week);
    offered = offered < planned->to_book_min ? offered : planned->to_book_min;
    return at_least_zero(offered);
}

struct am_plan_cost am_planned_cost(const struct am_horizon *horizon, int planned,
                                    const int32_t *minutes)
{
    const struct am_planned *who = &horizon->planned[planned];
    const struct weeks_of of = {horizon, who, minutes};
    struct am_plan_cost cost = {0};
    int64_t booked = 0;
    for (int w = 0; w < horizon->weeks; w++) {
        int64_t week = who->fixed_min[w] + booked_in(&of, w);
        cost.must += must_of(who, w, booked, week);
        booked += week;
        if (who->start_cost)
            cost.start += who->start_cost[w] * at_least_zero(who->start_min - booked);
        cost.offer += horizon->backlog_cost * at_least_zero(offered_by(who, w) - booked);
        cost.travel += travel_in(&of, w);
    }
    cost.left = horizon->left_cost * at_least_zero(who->to_book_min - booked);
    cost.total = cost.start + cost.must + cost.offer + cost.left + cost.travel;
    return cost;
}

/* ---- cells as a table of one planned ---- */

static int most_options(const struct am_horizon *horizon)
{
    int most = 0;
    for (int i = 0; i < horizon->planned_count; i++)
        if (horizon->planned[i].option_count > most)
            most = horizon->planned[i].option_count;
    return most;
}

static int32_t *new_table(const struct am_horizon *horizon)
{
    size_t size = (size_t)most_options(horizon) * (size_t)horizon->weeks;
    return calloc(size + 1, sizeof(int32_t));
}

/* The option of a kind, or -1. */
static int option_of(const struct am_planned *planned, int kind)
{
    int low = 0, high = planned->option_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (planned->options[middle].kind < kind)
            low = middle + 1;
        else
            high = middle;
    }
    return low < planned->option_count && planned->options[low].kind == kind ? low : -1;
}

/* False where a cell is at a kind that they could never attend. */
static bool fill_table(const struct am_plan *plan, int planned, int32_t *minutes)
{
    const struct am_planned *who = &plan->horizon->planned[planned];
    size_t size = (size_t)who->option_count * (size_t)plan->horizon->weeks;
    bool known = true;
    memset(minutes, 0, size * sizeof *minutes);
    for (int c = plan->first[planned]; c < plan->first[planned + 1]; c++) {
        int o = option_of(who, plan->cells[c].kind);
        if (o >= 0)
            minutes[plan->cells[c].week * who->option_count + o] += plan->cells[c].minutes;
        known = known && o >= 0;
    }
    return known;
}

static void add_cost(struct am_plan_cost *sum, struct am_plan_cost cost)
{
    sum->start += cost.start;
    sum->must += cost.must;
    sum->offer += cost.offer;
    sum->left += cost.left;
    sum->travel += cost.travel;
    sum->total += cost.total;
}

am_status am_plan_cost(const struct am_plan *plan, struct am_plan_cost *cost, struct am_err *err)
{
    int32_t *minutes = new_table(plan->horizon);
    if (!minutes)
        return am_fail_memory(err);
    *cost = (struct am_plan_cost){0};
    for (int i = 0; i < plan->horizon->planned_count; i++) {
        (void)fill_table(plan, i, minutes);
        add_cost(cost, am_planned_cost(plan->horizon, i, minutes));
    }
    free(minutes);
    return AM_OK;
}

/* ---- making one ---- */

static int compare_cells(const void *a, const void *b)
{
    const struct am_plan_cell *x = a, *y = b;
    if (x->planned != y->planned)
        return x->planned < y->planned ? -1 : 1;
    if (x->week != y->week)
        return x->week < y->week ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

static void count_use(struct am_plan *plan)
{
    const struct am_horizon *horizon = plan->horizon;
    for (int c = 0; c < plan->cell_count; c++) {
        const struct am_plan_cell *cell = &plan->cells[c];
        plan->uses[cell->kind * horizon->weeks + cell->week].seat_min += cell->minutes;
    }
    for (int k = 0; k < horizon->kind_count; k++)
        for (int w = 0; w < horizon->weeks; w++) {
            struct am_plan_use *use = &plan->uses[k * horizon->weeks + w];
            int32_t seats = horizon->kinds[k].seats;
            use->run_min = (int32_t)((use->seat_min + seats - 1) / seats);
        }
}

static void find_first(struct am_plan *plan)
{
    int c = 0;
    for (int i = 0; i < plan->horizon->planned_count; i++) {
        plan->first[i] = c;
        while (c < plan->cell_count && plan->cells[c].planned == i)
            c++;
    }
    plan->first[plan->horizon->planned_count] = c;
}

static am_status take_room(struct am_plan *plan, int cell_count, struct am_err *err)
{
    const struct am_horizon *horizon = plan->horizon;
    size_t weeks = (size_t)horizon->weeks;
    plan->cells = AM_ARENA_NEW(&plan->arena, (size_t)cell_count, struct am_plan_cell);
    plan->first = AM_ARENA_NEW(&plan->arena, (size_t)horizon->planned_count + 1, int32_t);
    plan->uses =
        AM_ARENA_NEW(&plan->arena, (size_t)horizon->kind_count * weeks, struct am_plan_use);
    plan->supervisor_price = AM_ARENA_NEW(&plan->arena, weeks * AM_SUPERVISED_ROWS, int64_t);
    return plan->cells && plan->first && plan->uses && plan->supervisor_price ? AM_OK
                                                                              : am_fail_memory(err);
}

am_status am_plan_make(struct am_plan *plan, const struct am_horizon *horizon,
                       const struct am_plan_cell *cells, int cell_count, struct am_err *err)
{
    struct am_plan_cost cost = {0};
    *plan = (struct am_plan){.horizon = horizon, .cell_count = cell_count};
    am_arena_init(&plan->arena);
    am_status status = take_room(plan, cell_count, err);
    if (status == AM_OK) {
        if (cell_count > 0)
            memcpy(plan->cells, cells, (size_t)cell_count * sizeof *cells);
        qsort(plan->cells, (size_t)cell_count, sizeof *plan->cells, compare_cells);
        find_first(plan);
        count_use(plan);
        status = am_plan_cost(plan, &cost, err);
        plan->objective = cost.total;
    }
    if (status != AM_OK)
        am_plan_release(plan);
    return status;
}

/* ---- what it must obey ---- */

static am_status check_week(const struct weeks_of *of, int w, struct am_err *err)
{
    const struct am_planned *who = of->planned;
    const char *crn = of->horizon->caseload->people[who->person].crn;
    for (int o = 0; o < who->option_count; o++) {
        int32_t minutes = of->minutes[w * who->option_count + o];
        if (minutes < 0 || minutes > am_option_most(of->horizon, who, w, o))
            return am_fail(err, AM_EINVALID, "%s, week %d: %d minutes at one kind of place", crn, w,
                           minutes);
    }
    if (booked_in(of, w) > who->most_min[w])
        return am_fail(err, AM_EINVALID, "%s, week %d: more than the week holds", crn, w);
    return AM_OK;
}

static am_status check_planned(const struct weeks_of *of, struct am_err *err)
{
    const struct am_planned *who = of->planned;
    const char *crn = of->horizon->caseload->people[who->person].crn;
    int64_t fixed = 0, booked = 0, ete = 0;
    for (int w = 0; w < of->horizon->weeks; w++) {
        am_status status = check_week(of, w, err);
        if (status != AM_OK)
            return status;
        fixed += who->fixed_min[w];
        booked += booked_in(of, w);
        for (int o = 0; o < who->option_count; o++)
            ete += who->options[o].ete ? of->minutes[w * who->option_count + o] : 0;
        if (booked > 0 && booked + fixed > who->cap_min[w])
            return am_fail(err, AM_EINVALID, "%s, week %d: more than there is to book", crn, w);
    }
    if (ete > who->ete_min)
        return am_fail(err, AM_EINVALID, "%s: more education than is left", crn);
    return AM_OK;
}

static am_status check_people(const struct am_plan *plan, int32_t *minutes, struct am_err *err)
{
    for (int i = 0; i < plan->horizon->planned_count; i++) {
        const struct am_planned *who = &plan->horizon->planned[i];
        const struct weeks_of of = {plan->horizon, who, minutes};
        if (!fill_table(plan, i, minutes))
            return am_fail(err, AM_EINVALID, "%s: at a kind of place out of reach",
                           plan->horizon->caseload->people[who->person].crn);
        am_status status = check_planned(&of, err);
        if (status != AM_OK)
            return status;
    }
    return AM_OK;
}

static am_status check_places(const struct am_plan *plan, struct am_err *err)
{
    const struct am_horizon *horizon = plan->horizon;
    for (int w = 0; w < horizon->weeks; w++) {
        int64_t led[AM_SUPERVISED_ROWS] = {0};
        for (int k = 0; k < horizon->kind_count; k++) {
            int32_t run = plan->uses[k * horizon->weeks + w].run_min;
            if (run > horizon->held_min[k * horizon->weeks + w])
                return am_fail(err, AM_EINVALID, "kind %d, week %d: more than is held", k, w);
            if (!horizon->kinds[k].supervised)
                continue;
            led[horizon->kinds[k].part] += run;
            led[AM_SUPERVISED_WEEK] += run;
        }
        for (int r = 0; r < AM_SUPERVISED_ROWS; r++)
            if (led[r] > horizon->supervised_min[w * AM_SUPERVISED_ROWS + r])
                return am_fail(err, AM_EINVALID, "week %d: more than supervisors can lead", w);
    }
    return AM_OK;
}

am_status am_plan_check(const struct am_plan *plan, struct am_err *err)
{
    int32_t *minutes = new_table(plan->horizon);
    if (!minutes)
        return am_fail_memory(err);
    am_status status = check_people(plan, minutes, err);
    free(minutes);
    return status == AM_OK ? check_places(plan, err) : status;
}

/* ---- reading it ---- */

int32_t am_plan_week_min(const struct am_plan *plan, int planned, int week)
{
    int32_t sum = 0;
    for (int c = plan->first[planned]; c < plan->first[planned + 1]; c++)
        if (plan->cells[c].week == week)
            sum += plan->cells[c].minutes;
    return sum;
}

int32_t am_plan_short_min(const struct am_plan *plan, int planned, int target)
{
    const struct am_planned *who = &plan->horizon->planned[planned];
    const struct am_plan_target *of = &who->targets[target];
    int32_t before = 0, week = 0;
    if (of->week < 0)
        return 0;
    for (int c = plan->first[planned]; c < plan->first[planned + 1]; c++) {
        const struct am_plan_cell *cell = &plan->cells[c];
        before += cell->week < of->week ? cell->minutes : 0;
        week += cell->week == of->week ? cell->minutes : 0;
    }
    for (int w = 0; w < of->week; w++)
        before += who->fixed_min[w];
    week = least(week + who->fixed_min[of->week], of->by_day_min);
    return (int32_t)at_least_zero((int64_t)of->until_min - before - week);
}

int64_t am_plan_gap_ppm(const struct am_plan *plan)
{
    const int64_t million = 1000000;
    int64_t gap = plan->objective - plan->bound, base = plan->bound;
    if (gap <= 0)
        return 0;
    if (base <= gap / million)
        return INT64_MAX;
    while (gap > INT64_MAX / million) {
        gap = gap / 2 + 1;
        base /= 2;
    }
    return (gap * million + base - 1) / base;
}
