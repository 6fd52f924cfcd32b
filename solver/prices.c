#include "solver/prices.h"

#include <stdlib.h>
#include <string.h>

/* Tuned on delivery units of 500 people: how far above the bound the target
 * lies at first (a share of what can be improved), the share of the last
 * direction that is kept, and when and by how much the target comes nearer. */
static const double first_target_share = 0.08;
static const double deflection = 0.95;
static const double nearer = 0.7;
enum { PATIENCE = 15 };

/* A supervisor's time is worth several people's, so a step in the price of a
 * supervisor's row is so much longer. */
static const double supervisor_scale = 4.5;

struct climb {
    const struct am_instance *instance;
    const struct am_coupling *coupling;
    struct am_arena arena;
    struct am_answer answer;
    int64_t *prices;
    int64_t *activity;  /* of each row in the relaxation's answer */
    double *way;        /* the direction, in scaled prices */
    double *scale;      /* of each row's price */
    double target_gain; /* points above the best bound that the target lies */
    int since_better;
};

/* Rows of a supervisor (no session): those in minutes have large entries. */
static void set_scales(struct climb *climb)
{
    const struct am_coupling *coupling = climb->coupling;
    for (int32_t r = 0; r < coupling->row_count; r++)
        climb->scale[r] = coupling->rows[r].session < 0 ? supervisor_scale : 1;
    for (int32_t v = 0; v < coupling->var_count; v++)
        for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++) {
            const struct am_entry *entry = &coupling->var_entries[e];
            if (coupling->rows[entry->row].session < 0 && entry->value > 1)
                climb->scale[entry->row] = supervisor_scale / entry->value;
        }
}

static am_status climb_init(struct climb *climb, int64_t ceiling, const struct am_best_prices *best,
                            struct am_err *err)
{
    size_t rows = (size_t)climb->coupling->row_count;
    am_arena_init(&climb->arena);
    climb->prices = AM_ARENA_NEW(&climb->arena, rows, int64_t);
    climb->activity = AM_ARENA_NEW(&climb->arena, rows, int64_t);
    climb->way = AM_ARENA_NEW(&climb->arena, rows, double);
    climb->scale = AM_ARENA_NEW(&climb->arena, rows, double);
    if (!climb->prices || !climb->activity || !climb->way || !climb->scale)
        return am_fail_memory(err);
    if (rows)
        memcpy(climb->prices, best->row, rows * sizeof *climb->prices);
    set_scales(climb);
    climb->target_gain = 0;
    if (best->bound != AM_NO_BOUND)
        climb->target_gain =
            first_target_share * ((double)ceiling - (double)best->bound / (double)AM_PRICE_ONE);
    return am_answer_init(&climb->answer, climb->instance, climb->coupling, &climb->arena, err);
}

/* A x + B t of the relaxation's answer. */
static void reckon_activity(struct climb *climb)
{
    const struct am_coupling *coupling = climb->coupling;
    const struct am_instance *instance = climb->instance;
    memset(climb->activity, 0, (size_t)coupling->row_count * sizeof *climb->activity);
    for (int p = 0; p < instance->person_count; p++)
        for (int d = 0; d < instance->days; d++) {
            int32_t chosen = climb->answer.chosen[(int64_t)p * instance->days + d];
            if (chosen < 0)
                continue;
            int64_t k = instance->people[p].first_pair + chosen;
            for (int64_t e = coupling->pair_first[k]; e < coupling->pair_first[k + 1]; e++)
                climb->activity[coupling->pair_entries[e].row] += coupling->pair_entries[e].value;
        }
    for (int32_t v = 0; v < coupling->var_count; v++) {
        if (!climb->answer.var[v])
            continue;
        for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++)
            climb->activity[coupling->var_entries[e].row] +=
                (int64_t)coupling->var_entries[e].value * coupling->vars[v].upper;
    }
}

/* How far a row's limit is from being met (its subgradient); a slack row whose
 * price is zero already pulls nowhere. */
static double violation(const struct climb *climb, int32_t r)
{
    const struct am_row *row = &climb->coupling->rows[r];
    int64_t limit = row->lower != -AM_ROW_FREE ? row->lower : row->upper;
    double missing = (double)(limit - climb->activity[r]);
    bool outward = row->lower != -AM_ROW_FREE ? missing < 0 : missing > 0;
    return outward && climb->prices[r] == 0 ? 0 : missing;
}

/* One step from the present prices. False when there is nowhere to go. */
static bool step(struct climb *climb, double lacking)
{
    const struct am_coupling *coupling = climb->coupling;
    double square = 0;
    for (int32_t r = 0; r < coupling->row_count; r++) {
        climb->way[r] = violation(climb, r) * climb->scale[r] + deflection * climb->way[r];
        square += climb->way[r] * climb->way[r];
    }
    if (!(square > 0))
        return false;
    double length = lacking / square;
    for (int32_t r = 0; r < coupling->row_count; r++) {
        double price = (double)climb->prices[r] / (double)AM_PRICE_ONE +
                       length * climb->way[r] * climb->scale[r];
        climb->prices[r] = am_price_of(&coupling->rows[r], price);
    }
    return true;
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

/* Remember better prices; bring the target nearer after some vain steps. */
static void judge(struct climb *climb, int64_t ceiling, struct am_best_prices *best)
{
    int64_t bound = climb->answer.bound;
    if (bound != AM_NO_BOUND && (best->bound == AM_NO_BOUND || bound > best->bound)) {
        best->bound = bound;
        memcpy(best->row, climb->prices,
               (size_t)climb->coupling->row_count * sizeof *climb->prices);
        climb->since_better = 0;
        if (climb->target_gain <= 0)
            climb->target_gain =
                first_target_share * ((double)ceiling - (double)bound / (double)AM_PRICE_ONE);
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
    struct climb climb = {.instance = instance, .coupling = coupling};
    am_status status = climb_init(&climb, ceiling, best, err);
    for (int k = 0; k < limits.steps && status == AM_OK; k++) {
        am_price(pricer, climb.prices, (struct am_limits){0}, &climb.answer);
        judge(&climb, ceiling, best);
        if (k >= limits.keep_from && (k - limits.keep_from) % limits.keep_every == 0)
            status = keep_patterns(&climb, columns, err);
        if (limits.stop && limits.stop(limits.context))
            break;
        reckon_activity(&climb);
        double present = (double)climb.answer.bound / (double)AM_PRICE_ONE;
        double target = (double)best->bound / (double)AM_PRICE_ONE + climb.target_gain;
        if (climb.target_gain < 0.5 || climb.answer.bound == AM_NO_BOUND ||
            !step(&climb, target - present))
            break;
    }
    am_arena_release(&climb.arena);
    return status;
}
