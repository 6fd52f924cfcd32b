#include "solver/prices.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* Tuned on 500, 1,000 and 2,000 people: how far above the bound the target
 * lies at first (a share of what can be improved), and by how much it comes
 * nearer. */
static const double first_target_share = 0.08;
static const double nearer = 0.7;
static const double least_gain = 0.5; /* points: no target is nearer */
enum { MEAN_STEPS = 30 };

/* The share of the last direction that is kept, and after how many vain steps the
 * target comes nearer. Few people book in leaps, which a long direction and a
 * hasty target do not follow to the best bound; with many, a third of the steps is
 * saved. */
struct pace {
    double deflection;
    int patience;
    int thirds; /* of a limit of steps, that are taken */
};
static const struct pace pace_of_few = {0.95, 15, 3}, pace_of_many = {0.97, 8, 2};
enum { FEW_PEOPLE = 96 };

static const struct pace *pace_of(const struct am_instance *instance)
{
    return instance->person_count > FEW_PEOPLE ? &pace_of_many : &pace_of_few;
}

/* A pair's two links, to its session's running and to the presence there: what
 * a step needs of them, side by side. */
struct live_pair {
    int64_t pair;
    int64_t price[2];
    double way[2];
    int32_t session;
    uint8_t links, demand;
};

struct climb {
    const struct am_instance *instance;
    const struct am_coupling *coupling;
    struct am_leading *leading;
    struct am_arena arena;
    struct am_answer answer;
    int64_t *prices;
    double *value;      /* of each variable, in the relaxation's answer */
    double *share;      /* of the options that supervisors share out */
    double *activity;   /* of each row in the relaxation's answer */
    double *runs;       /* of each session and demand: how much of it runs for such people */
    double *present[2]; /* likewise its variables of presence */
    double *way;        /* the direction, of each row */
    bool *booked;       /* a pair, in the answer */
    /* Pairs whose links may have a price: those that are booked, and those that
     * were and whose links are not slack yet. */
    struct live_pair *live;
    size_t live_count, live_room;
    bool *is_live;
    struct am_link_sums *sums; /* of their prices */
    int64_t *kept;             /* pairs whose links have a price in the best prices */
    size_t kept_count, kept_room;
    const struct pace *pace;
    double first_share; /* of what can be improved: how near the first target lies */
    double target_gain; /* points above the best bound that the target lies */
    int since_better;
};

/* Once, where there is a link; make_room has been called. */
static void enliven(struct climb *climb, int64_t k)
{
    const struct am_coupling *coupling = climb->coupling;
    if (climb->is_live[k] || !coupling->links[k])
        return;
    climb->is_live[k] = true;
    climb->live[climb->live_count++] =
        (struct live_pair){.pair = k,
                           .price = {climb->prices[am_link_runs(coupling, k)],
                                     climb->prices[am_link_presence(coupling, k)]},
                           .session = climb->instance->pairs[k].session,
                           .links = coupling->links[k],
                           .demand = (uint8_t)am_demand_of(climb->instance, k)};
}

/* For so many live pairs more. */
static am_status make_room(struct climb *climb, size_t more, struct am_err *err)
{
    return am_grow((void **)&climb->live, &climb->live_room, climb->live_count + more,
                   sizeof *climb->live)
               ? AM_OK
               : am_fail_memory(err);
}

static am_status take_room(struct climb *climb, struct am_err *err)
{
    const struct am_coupling *coupling = climb->coupling;
    struct am_arena *arena = &climb->arena;
    size_t rows = (size_t)coupling->row_count, prices = (size_t)am_price_count(coupling);
    size_t pairs = (size_t)coupling->pair_count, sessions = (size_t)climb->instance->session_count;
    climb->prices = AM_ARENA_NEW(arena, prices, int64_t);
    climb->way = AM_ARENA_NEW(arena, rows, double);
    climb->activity = AM_ARENA_NEW(arena, rows, double);
    climb->share = AM_ARENA_NEW(arena, (size_t)coupling->var_count, double);
    climb->value = AM_ARENA_NEW(arena, (size_t)coupling->var_count, double);
    climb->runs = AM_ARENA_NEW(arena, sessions * AM_DEMANDS, double);
    climb->present[0] = AM_ARENA_NEW(arena, sessions, double);
    climb->present[1] = AM_ARENA_NEW(arena, sessions, double);
    climb->booked = AM_ARENA_NEW(arena, pairs, bool);
    climb->is_live = AM_ARENA_NEW(arena, pairs, bool);
    climb->sums = AM_ARENA_NEW(arena, sessions, struct am_link_sums);
    if (!climb->prices || !climb->way || !climb->activity || !climb->share || !climb->value ||
        !climb->runs || !climb->present[0] || !climb->present[1] || !climb->booked ||
        !climb->is_live || !climb->sums)
        return am_fail_memory(err);
    return am_answer_init(&climb->answer, climb->instance, coupling, arena, err);
}

static bool has_price(const struct climb *climb, int64_t k)
{
    return climb->prices[am_link_runs(climb->coupling, k)] != 0 ||
           climb->prices[am_link_presence(climb->coupling, k)] != 0;
}

/* The live pairs are those whose links have a price in the best prices. */
static am_status keep_live(struct climb *climb, struct am_err *err)
{
    if (!am_grow((void **)&climb->kept, &climb->kept_room, climb->live_count + 1,
                 sizeof *climb->kept))
        return am_fail_memory(err);
    for (size_t i = 0; i < climb->live_count; i++)
        climb->kept[i] = climb->live[i].pair;
    climb->kept_count = climb->live_count;
    return AM_OK;
}

static am_status list_priced(struct climb *climb, struct am_err *err)
{
    size_t priced = 0;
    for (int64_t k = 0; k < climb->coupling->pair_count; k++)
        priced += has_price(climb, k);
    am_status status = make_room(climb, priced, err);
    for (int64_t k = 0; k < climb->coupling->pair_count && status == AM_OK; k++)
        if (has_price(climb, k))
            enliven(climb, k);
    return status == AM_OK ? keep_live(climb, err) : status;
}

static am_status climb_init(struct climb *climb, int64_t ceiling, const struct am_best_prices *best,
                            struct am_err *err)
{
    const struct am_coupling *coupling = climb->coupling;
    am_arena_init(&climb->arena);
    am_status status = take_room(climb, err);
    if (status != AM_OK)
        return status;
    if (am_price_count(coupling) > 0)
        memcpy(climb->prices, best->row, (size_t)am_price_count(coupling) * sizeof *climb->prices);
    status = list_priced(climb, err);
    if (status != AM_OK)
        return status;
    climb->target_gain = 0;
    if (best->bound != AM_NO_BOUND)
        climb->target_gain = climb->first_share * ((double)ceiling - am_in_points(best->bound));
    return AM_OK;
}

static void climb_release(struct climb *climb)
{
    am_arena_release(&climb->arena);
    free(climb->live);
    free(climb->kept);
}

/* ---- where the relaxation's answer stands ---- */

/* Book, or unbook, what the answer chose: the rows' activity counts it once. */
static void visit_booked(struct climb *climb, bool booked)
{
    const struct am_coupling *coupling = climb->coupling;
    const struct am_instance *instance = climb->instance;
    for (int p = 0; p < instance->person_count; p++)
        for (int d = 0; d < instance->days; d++) {
            int32_t chosen = climb->answer.chosen[(int64_t)p * instance->days + d];
            if (chosen < 0)
                continue;
            int64_t k = instance->people[p].first_pair + chosen;
            climb->booked[k] = booked;
            enliven(climb, k);
            const struct am_entries of = am_entries_of_pair(coupling, k);
            for (int64_t e = 0; booked && e < of.count; e++)
                climb->activity[of.at[e].row] += of.at[e].value;
        }
}

/* How much of an option there is. */
static double option_share(const struct climb *climb, int32_t v)
{
    return am_leading_has(climb->leading, v) ? climb->share[v] : climb->answer.var[v];
}

/* A session's variables: its options, and as much of the others as it runs. */
static void visit_vars(struct climb *climb, int s)
{
    const struct am_coupling *coupling = climb->coupling;
    int32_t first = coupling->first_var[s], options = first + coupling->option_count[s];
    double all = 0;
    for (int32_t v = first; v < coupling->first_var[s + 1]; v++) {
        double value = v < options ? option_share(climb, v)
                                   : all * climb->answer.var[v] * coupling->vars[v].upper;
        climb->value[v] = value;
        if (value == 0)
            continue;
        if (v < options)
            all += value;
        for (int demand = 0; coupling->opens[v] >> demand; demand++)
            climb->runs[s * AM_DEMANDS + demand] += am_opens_to(coupling, v, demand) ? value : 0;
        for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++)
            climb->activity[coupling->var_entries[e].row] += value * coupling->var_entries[e].value;
    }
    for (int i = 0; i < 2; i++)
        if (coupling->presence[i][s] >= 0)
            climb->present[i][s] = climb->value[coupling->presence[i][s]];
}

/* A x + B t of the relaxation's answer, and what its links hang on. */
static am_status reckon_activity(struct climb *climb, struct am_err *err)
{
    const struct am_coupling *coupling = climb->coupling;
    size_t sessions = (size_t)climb->instance->session_count;
    size_t days = (size_t)climb->instance->person_count * (size_t)climb->instance->days;
    am_status status = make_room(climb, days, err);
    if (status != AM_OK)
        return status;
    memset(climb->activity, 0, (size_t)coupling->row_count * sizeof *climb->activity);
    memset(climb->runs, 0, sessions * AM_DEMANDS * sizeof *climb->runs);
    visit_booked(climb, true);
    for (int s = 0; s < climb->instance->session_count; s++)
        visit_vars(climb, s);
    return AM_OK;
}

/* ---- one step ---- */

double am_row_pull(const struct am_row *row, double activity, int64_t price)
{
    bool is_lower = row->lower != -AM_ROW_FREE;
    double missing = (double)(is_lower ? row->lower : row->upper) - activity;
    bool outward = is_lower ? missing < 0 : missing > 0;
    return outward && price == 0 ? 0 : missing;
}

double am_link_pull(double there, bool booked, int64_t price)
{
    double missing = there - booked;
    return missing > 0 && price == 0 ? 0 : missing;
}

/* The new direction of a pair's links; returns its squared length. */
static double turn_links(const struct climb *climb, struct live_pair *live)
{
    const double there[2] = {climb->runs[live->session * AM_DEMANDS + live->demand],
                             climb->present[live->links & AM_LINK_MAN ? 0 : 1][live->session]};
    const bool exists[2] = {live->links & AM_LINK_RUNS,
                            live->links & (AM_LINK_MAN | AM_LINK_LONE_WOMAN)};
    bool booked = climb->booked[live->pair];
    for (int i = 0; i < 2; i++)
        if (exists[i])
            live->way[i] = am_link_pull(there[i], booked, live->price[i]) +
                           climb->pace->deflection * live->way[i];
    return live->way[0] * live->way[0] + live->way[1] * live->way[1];
}

/* The new direction, the last one fading; returns its squared length. */
static double turn(struct climb *climb)
{
    double square = 0;
    for (int32_t r = 0; r < climb->coupling->row_count; r++) {
        const struct am_row *row = &climb->coupling->rows[r];
        /* supervisors' rows have their prices from am_leading_solve */
        double pull = row->family == AM_ROW_SUPERVISOR
                          ? 0
                          : am_row_pull(row, climb->activity[r], climb->prices[r]);
        climb->way[r] = pull + climb->pace->deflection * climb->way[r];
        square += climb->way[r] * climb->way[r];
    }
    for (size_t i = 0; i < climb->live_count; i++)
        square += turn_links(climb, &climb->live[i]);
    return square;
}

/* Most stay at zero, and what is not written need not leave the memory of the
 * threads that read it. */
static void move_link(struct climb *climb, int64_t link, int64_t *price, double change)
{
    int64_t moved = am_link_price_of(am_in_points(*price) + change);
    if (moved != *price)
        climb->prices[link] = *price = moved;
}

/* A link without a price that pulls nowhere, of a pair that is not booked, is
 * left until the pair is booked again. */
static bool is_slack(const struct live_pair *live, int i)
{
    return live->price[i] == 0 && live->way[i] >= 0;
}

static void move_links(struct climb *climb, double length)
{
    const struct am_coupling *coupling = climb->coupling;
    size_t left = 0;
    for (size_t i = 0; i < climb->live_count; i++) {
        struct live_pair *live = &climb->live[i];
        move_link(climb, am_link_runs(coupling, live->pair), &live->price[0],
                  length * live->way[0]);
        move_link(climb, am_link_presence(coupling, live->pair), &live->price[1],
                  length * live->way[1]);
        if (climb->booked[live->pair] || !is_slack(live, 0) || !is_slack(live, 1))
            climb->live[left++] = *live;
        else
            climb->is_live[live->pair] = false;
    }
    climb->live_count = left;
}

/* What each session's variables answer for. */
static void sum_links(struct climb *climb)
{
    memset(climb->sums, 0, (size_t)climb->instance->session_count * sizeof *climb->sums);
    for (size_t i = 0; i < climb->live_count; i++) {
        const struct live_pair *live = &climb->live[i];
        climb->sums[live->session].runs[live->demand] += live->price[0];
        climb->sums[live->session].presence[live->links & AM_LINK_MAN ? 0 : 1] += live->price[1];
    }
}

/* One step from the present prices. False when there is nowhere to go. */
static bool step(struct climb *climb, double lacking)
{
    const struct am_coupling *coupling = climb->coupling;
    double square = turn(climb);
    if (!(square > 0))
        return false;
    double length = lacking / square;
    for (int32_t r = 0; r < coupling->row_count; r++) {
        double price = am_in_points(climb->prices[r]) + length * climb->way[r];
        if (coupling->rows[r].family != AM_ROW_SUPERVISOR)
            climb->prices[r] = am_price_of(&coupling->rows[r], price);
    }
    move_links(climb, length);
    return true;
}

/* ---- what is kept of the steps ---- */

/* The mean share so far, the later steps weighing more: nearly an optimum of
 * the relaxation (Barahona and Anbil 2000). */
static void average(const struct climb *climb, int step, double *mean)
{
    double weight = 1.0 / (1 + (step < MEAN_STEPS ? step : MEAN_STEPS));
    for (int32_t v = 0; v < climb->coupling->var_count; v++)
        mean[v] = (1 - weight) * mean[v] + weight * climb->value[v];
}

static am_status keep_patterns(const struct climb *climb, struct am_columns *columns,
                               struct am_err *err)
{
    for (int p = 0; p < climb->instance->person_count; p++) {
        am_status status = am_columns_add(
            columns, p, climb->answer.chosen + (int64_t)p * climb->instance->days, NULL, err);
        if (status != AM_OK)
            return status;
    }
    return AM_OK;
}

static am_status remember(struct climb *climb, struct am_best_prices *best, struct am_err *err)
{
    const struct am_coupling *coupling = climb->coupling;
    best->bound = climb->answer.bound;
    if (coupling->row_count > 0)
        memcpy(best->row, climb->prices, (size_t)coupling->row_count * sizeof *climb->prices);
    for (size_t i = 0; i < climb->kept_count; i++)
        best->row[am_link_runs(coupling, climb->kept[i])] =
            best->row[am_link_presence(coupling, climb->kept[i])] = 0;
    for (size_t i = 0; i < climb->live_count; i++) {
        best->row[am_link_runs(coupling, climb->live[i].pair)] = climb->live[i].price[0];
        best->row[am_link_presence(coupling, climb->live[i].pair)] = climb->live[i].price[1];
    }
    return keep_live(climb, err);
}

/* Remember better prices; bring the target nearer after some vain steps. */
static am_status judge(struct climb *climb, int64_t ceiling, struct am_best_prices *best,
                       struct am_err *err)
{
    int64_t bound = climb->answer.bound;
    am_status status = AM_OK;
    if (bound != AM_NO_BOUND && (best->bound == AM_NO_BOUND || bound > best->bound)) {
        status = remember(climb, best, err);
        climb->since_better = 0;
        if (climb->target_gain <= 0)
            climb->target_gain = climb->first_share * ((double)ceiling - am_in_points(bound));
    } else if (++climb->since_better >= climb->pace->patience) {
        climb->target_gain *= nearer;
        climb->since_better = 0;
    }
    return status;
}

int am_prices_steps(const struct am_instance *instance, int limit)
{
    return (int)((int64_t)limit * pace_of(instance)->thirds / 3);
}

am_status am_prices_climb(struct am_pricer *pricer, const struct am_instance *instance,
                          const struct am_coupling *coupling, int64_t ceiling,
                          struct am_step_limits limits, struct am_columns *columns,
                          struct am_best_prices *best, struct am_err *err)
{
    struct climb climb = {.instance = instance,
                          .coupling = coupling,
                          .leading = limits.leading,
                          .pace = pace_of(instance),
                          .first_share = limits.near > 0 ? limits.near : first_target_share};
    am_status status = climb_init(&climb, ceiling, best, err);
    for (int k = 0; k < limits.steps && status == AM_OK; k++) {
        sum_links(&climb);
        am_price_begin(pricer, climb.prices, climb.sums, limits.branch, &climb.answer);
        status = am_leading_solve(climb.leading, climb.prices, climb.sums, climb.share, err);
        am_price_end(pricer);
        if (status == AM_OK)
            status = judge(&climb, ceiling, best, err);
        if (status != AM_OK)
            break;
        if (k >= limits.keep_from && (k - limits.keep_from) % limits.keep_every == 0)
            status = keep_patterns(&climb, columns, err);
        if (limits.stop && limits.stop(limits.context))
            break;
        if (status == AM_OK)
            status = reckon_activity(&climb, err);
        if (status != AM_OK)
            break;
        if (limits.share)
            average(&climb, k, limits.share);
        double present = am_in_points(climb.answer.bound);
        double target = am_in_points(best->bound) + climb.target_gain;
        if (climb.target_gain < least_gain || climb.answer.bound == AM_NO_BOUND ||
            !step(&climb, target - present))
            break;
        visit_booked(&climb, false);
    }
    climb_release(&climb);
    return status;
}
