#include "solver/prices.h"

#include <stdlib.h>
#include <string.h>

/* Tuned on delivery units of 500 people: how far above the bound the target
 * lies at first (a share of what can be improved), the share of the last
 * direction that is kept, and when and by how much the target comes nearer. */
static const double first_target_share = 0.08;
static const double deflection = 0.95;
static const double nearer = 0.7;
enum { PATIENCE = 15, MEAN_STEPS = 30 };

struct climb {
    const struct am_instance *instance;
    const struct am_coupling *coupling;
    struct am_leading *leading;
    struct am_arena arena;
    struct am_answer answer;
    int64_t *prices;
    double *share;      /* of the options that supervisors share out */
    double *activity;   /* of each row in the relaxation's answer */
    double *runs;       /* of each session: how much of it runs for new people */
    double *present[2]; /* likewise its variables of presence */
    double *way;        /* the direction, of each price */
    bool *booked;       /* a pair, in the answer */
    /* Pairs whose links may have a price: those that are booked, and those that
     * were and whose links are not slack yet. */
    int64_t *active;
    int64_t active_count;
    bool *is_active;
    struct am_link_sums *sums; /* of their prices */
    int64_t *kept;             /* pairs whose links have a price in the best prices */
    int64_t kept_count;
    double first_share; /* of what can be improved: how near the first target lies */
    double target_gain; /* points above the best bound that the target lies */
    int since_better;
};

static void activate(struct climb *climb, int64_t k)
{
    if (climb->is_active[k] || !climb->coupling->links[k])
        return;
    climb->is_active[k] = true;
    climb->active[climb->active_count++] = k;
}

static am_status take_room(struct climb *climb, struct am_err *err)
{
    const struct am_coupling *coupling = climb->coupling;
    struct am_arena *arena = &climb->arena;
    size_t rows = (size_t)coupling->row_count, prices = (size_t)am_price_count(coupling);
    size_t pairs = (size_t)coupling->pair_count, sessions = (size_t)climb->instance->session_count;
    climb->prices = AM_ARENA_NEW(arena, prices, int64_t);
    climb->way = AM_ARENA_NEW(arena, prices, double);
    climb->activity = AM_ARENA_NEW(arena, rows, double);
    climb->share = AM_ARENA_NEW(arena, (size_t)coupling->var_count, double);
    climb->runs = AM_ARENA_NEW(arena, sessions, double);
    climb->present[0] = AM_ARENA_NEW(arena, sessions, double);
    climb->present[1] = AM_ARENA_NEW(arena, sessions, double);
    climb->booked = AM_ARENA_NEW(arena, pairs, bool);
    climb->is_active = AM_ARENA_NEW(arena, pairs, bool);
    climb->active = AM_ARENA_NEW(arena, pairs, int64_t);
    climb->kept = AM_ARENA_NEW(arena, pairs, int64_t);
    climb->sums = AM_ARENA_NEW(arena, sessions, struct am_link_sums);
    if (!climb->prices || !climb->way || !climb->activity || !climb->share || !climb->runs ||
        !climb->present[0] || !climb->present[1] || !climb->booked || !climb->is_active ||
        !climb->active || !climb->kept || !climb->sums)
        return am_fail_memory(err);
    return am_answer_init(&climb->answer, climb->instance, coupling, arena, err);
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
    for (int64_t k = 0; k < coupling->pair_count; k++)
        if (climb->prices[am_link_runs(coupling, k)] != 0 ||
            climb->prices[am_link_presence(coupling, k)] != 0)
            activate(climb, k);
    climb->kept_count = climb->active_count;
    for (int64_t i = 0; i < climb->kept_count; i++)
        climb->kept[i] = climb->active[i];
    climb->target_gain = 0;
    if (best->bound != AM_NO_BOUND)
        climb->target_gain =
            climb->first_share * ((double)ceiling - (double)best->bound / (double)AM_PRICE_ONE);
    return AM_OK;
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
            activate(climb, k);
            const struct am_entries of = am_entries_of_pair(coupling, k);
            for (int64_t e = 0; booked && e < of.count; e++)
                climb->activity[of.at[e].row] += of.at[e].value;
        }
}

static double value_of(const struct climb *climb, int32_t v)
{
    if (am_leading_has(climb->leading, v))
        return climb->share[v];
    return (double)climb->answer.var[v] * climb->coupling->vars[v].upper;
}

/* A x + B t of the relaxation's answer, and what its links hang on. */
static void reckon_activity(struct climb *climb)
{
    const struct am_coupling *coupling = climb->coupling;
    size_t sessions = (size_t)climb->instance->session_count;
    memset(climb->activity, 0, (size_t)coupling->row_count * sizeof *climb->activity);
    memset(climb->runs, 0, sessions * sizeof *climb->runs);
    visit_booked(climb, true);
    for (int32_t v = 0; v < coupling->var_count; v++) {
        const struct am_var *var = &coupling->vars[v];
        double value = value_of(climb, v);
        if (var->kind == AM_VAR_MAN)
            climb->present[0][var->session] = value;
        if (var->kind == AM_VAR_LONE_WOMAN)
            climb->present[1][var->session] = value;
        if (value == 0)
            continue;
        if (coupling->opens[v])
            climb->runs[var->session] += value;
        for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++)
            climb->activity[coupling->var_entries[e].row] += value * coupling->var_entries[e].value;
    }
}

/* ---- one step ---- */

/* How far a row's limit is from being met (its subgradient); a slack row whose
 * price is zero already pulls nowhere, and supervisors' rows have their prices
 * from am_leading_solve. */
static double violation(const struct climb *climb, int32_t r)
{
    const struct am_row *row = &climb->coupling->rows[r];
    if (row->family == AM_ROW_SUPERVISOR)
        return 0;
    int32_t limit = row->lower != -AM_ROW_FREE ? row->lower : row->upper;
    double missing = (double)limit - climb->activity[r];
    bool outward = row->lower != -AM_ROW_FREE ? missing < 0 : missing > 0;
    return outward && climb->prices[r] == 0 ? 0 : missing;
}

/* Likewise of a link x_k <= there. */
static double link_violation(const struct climb *climb, int64_t link, int64_t k, double there)
{
    double missing = there - climb->booked[k];
    return missing > 0 && climb->prices[link] == 0 ? 0 : missing;
}

/* The new direction, the last one fading; returns its squared length. */
static double turn(struct climb *climb)
{
    const struct am_coupling *coupling = climb->coupling;
    double square = 0;
    for (int32_t r = 0; r < coupling->row_count; r++) {
        climb->way[r] = violation(climb, r) + deflection * climb->way[r];
        square += climb->way[r] * climb->way[r];
    }
    for (int64_t i = 0; i < climb->active_count; i++) {
        int64_t k = climb->active[i];
        int32_t s = climb->instance->pairs[k].session;
        uint8_t links = coupling->links[k];
        int64_t first = am_link_runs(coupling, k), second = am_link_presence(coupling, k);
        if (links & AM_LINK_RUNS)
            climb->way[first] =
                link_violation(climb, first, k, climb->runs[s]) + deflection * climb->way[first];
        if (links & (AM_LINK_MAN | AM_LINK_LONE_WOMAN))
            climb->way[second] =
                link_violation(climb, second, k, climb->present[links & AM_LINK_MAN ? 0 : 1][s]) +
                deflection * climb->way[second];
        square += climb->way[first] * climb->way[first] + climb->way[second] * climb->way[second];
    }
    return square;
}

static void move_link(struct climb *climb, int64_t link, double length)
{
    double price = (double)climb->prices[link] / (double)AM_PRICE_ONE + length * climb->way[link];
    climb->prices[link] = am_link_price_of(price);
}

/* A link without a price that pulls nowhere, of a pair that is not booked, is
 * left until the pair is booked again. */
static bool is_slack(const struct climb *climb, int64_t link)
{
    return climb->prices[link] == 0 && climb->way[link] >= 0;
}

static void move_links(struct climb *climb, double length)
{
    int64_t left = 0;
    for (int64_t i = 0; i < climb->active_count; i++) {
        int64_t k = climb->active[i];
        int64_t first = am_link_runs(climb->coupling, k);
        int64_t second = am_link_presence(climb->coupling, k);
        move_link(climb, first, length);
        move_link(climb, second, length);
        climb->is_active[k] =
            climb->booked[k] || !is_slack(climb, first) || !is_slack(climb, second);
        if (climb->is_active[k])
            climb->active[left++] = k;
        else
            climb->way[first] = climb->way[second] = 0;
    }
    climb->active_count = left;
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
        double price = (double)climb->prices[r] / (double)AM_PRICE_ONE + length * climb->way[r];
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
        mean[v] = (1 - weight) * mean[v] + weight * value_of(climb, v);
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

static void remember(struct climb *climb, struct am_best_prices *best)
{
    const struct am_coupling *coupling = climb->coupling;
    best->bound = climb->answer.bound;
    if (coupling->row_count > 0)
        memcpy(best->row, climb->prices, (size_t)coupling->row_count * sizeof *climb->prices);
    for (int64_t i = 0; i < climb->kept_count; i++)
        best->row[am_link_runs(coupling, climb->kept[i])] =
            best->row[am_link_presence(coupling, climb->kept[i])] = 0;
    for (int64_t i = 0; i < climb->active_count; i++) {
        int64_t first = am_link_runs(coupling, climb->active[i]);
        int64_t second = am_link_presence(coupling, climb->active[i]);
        best->row[first] = climb->prices[first];
        best->row[second] = climb->prices[second];
        climb->kept[i] = climb->active[i];
    }
    climb->kept_count = climb->active_count;
}

/* Remember better prices; bring the target nearer after some vain steps. */
static void judge(struct climb *climb, int64_t ceiling, struct am_best_prices *best)
{
    int64_t bound = climb->answer.bound;
    if (bound != AM_NO_BOUND && (best->bound == AM_NO_BOUND || bound > best->bound)) {
        remember(climb, best);
        climb->since_better = 0;
        if (climb->target_gain <= 0)
            climb->target_gain =
                climb->first_share * ((double)ceiling - (double)bound / (double)AM_PRICE_ONE);
    } else if (++climb->since_better >= PATIENCE) {
        climb->target_gain *= nearer;
        climb->since_better = 0;
    }
}

am_status am_prices_climb(struct am_pricer *pricer, const struct am_instance *instance,
                          const struct am_coupling *coupling, int64_t ceiling,
                          struct am_step_limits limits, struct am_columns *columns,
                          struct am_best_prices *best, struct am_err *err)
{
    struct climb climb = {.instance = instance,
                          .coupling = coupling,
                          .leading = limits.leading,
                          .first_share = limits.near > 0 ? limits.near : first_target_share};
    am_status status = climb_init(&climb, ceiling, best, err);
    for (int k = 0; k < limits.steps && status == AM_OK; k++) {
        am_link_sums_of(coupling, instance, climb.prices, climb.active, climb.active_count,
                        climb.sums);
        am_price_begin(pricer, climb.prices, climb.sums, limits.branch, &climb.answer);
        status = am_leading_solve(climb.leading, climb.prices, climb.sums, climb.share, err);
        am_price_end(pricer);
        if (status != AM_OK)
            break;
        judge(&climb, ceiling, best);
        if (k >= limits.keep_from && (k - limits.keep_from) % limits.keep_every == 0)
            status = keep_patterns(&climb, columns, err);
        if (limits.stop && limits.stop(limits.context))
            break;
        reckon_activity(&climb);
        if (limits.share)
            average(&climb, k, limits.share);
        double present = (double)climb.answer.bound / (double)AM_PRICE_ONE;
        double target = (double)best->bound / (double)AM_PRICE_ONE + climb.target_gain;
        if (climb.target_gain < 0.5 || climb.answer.bound == AM_NO_BOUND ||
            !step(&climb, target - present))
            break;
        visit_booked(&climb, false);
    }
    am_arena_release(&climb.arena);
    return status;
}
