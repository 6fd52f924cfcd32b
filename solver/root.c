#include "solver/root.h"

#include <stdlib.h>
#include <string.h>

#include "solver/tolerance.h"

/* Weights of the best prices in the mixes of one round. */
static const double weights[] = {0.95, 0.8};
/* A pattern betters the master by at least so much of a point. */
static const double better_by = 1e-6;

struct generation {
    struct am_master *master;
    struct am_columns *columns;
    struct am_answer *answer;
    struct am_best_prices *best;
    int64_t *duals, *mixed;
    double *person_price;
};

static am_status generation_init(struct generation *run, struct am_err *err)
{
    size_t rows = (size_t)am_price_count(run->master->coupling) + 1;
    run->duals = calloc(rows, sizeof *run->duals);
    run->mixed = calloc(rows, sizeof *run->mixed);
    run->person_price =
        calloc((size_t)run->master->instance->person_count + 1, sizeof *run->person_price);
    return run->duals && run->mixed && run->person_price ? AM_OK : am_fail_memory(err);
}

static void generation_release(struct generation *run)
{
    free(run->duals);
    free(run->mixed);
    free(run->person_price);
}

static void mix(struct generation *run, double weight)
{
    const struct am_coupling *coupling = run->master->coupling;
    for (int32_t r = 0; r < coupling->row_count; r++) {
        double value = weight * (double)run->best->row[r] + (1 - weight) * (double)run->duals[r];
        run->mixed[r] = am_price_of(&coupling->rows[r], value / (double)AM_PRICE_ONE);
    }
    for (int64_t l = coupling->row_count; l < am_price_count(coupling); l++) {
        double value = weight * (double)run->best->row[l] + (1 - weight) * (double)run->duals[l];
        run->mixed[l] = am_link_price_of(value / (double)AM_PRICE_ONE);
    }
}

static void remember(struct generation *run, const int64_t *prices)
{
    if (run->answer->bound == AM_NO_BOUND)
        return;
    if (run->best->bound != AM_NO_BOUND && run->answer->bound <= run->best->bound)
        return;
    run->best->bound = run->answer->bound;
    memcpy(run->best->row, prices, (size_t)am_price_count(run->master->coupling) * sizeof *prices);
}

/* Reduced cost of a pattern at the master's duals, in points. */
static double reduced_cost(const struct generation *run, const struct am_column *column)
{
    const struct am_coupling *coupling = run->master->coupling;
    double cost = (double)column->points - run->person_price[column->person];
    for (int32_t i = 0; i < column->pick_count; i++) {
        int64_t k = run->columns->picks[column->first_pick + i];
        const struct am_entries of = am_entries_of_pair(coupling, k);
        for (int64_t e = 0; e < of.count; e++)
            cost -= (double)of.at[e].value * am_in_points(run->duals[of.at[e].row]);
        cost -= am_in_points(run->duals[am_link_runs(coupling, k)] +
                             run->duals[am_link_presence(coupling, k)]);
    }
    return cost;
}

/* Take the answer's new patterns that better the master. */
static am_status take_patterns(struct generation *run, int *taken, struct am_err *err)
{
    const struct am_instance *instance = run->master->instance;
    *taken = 0;
    for (int p = 0; p < instance->person_count; p++) {
        int32_t index = -1;
        am_status status = am_columns_add(
            run->columns, p, run->answer->chosen + (int64_t)p * instance->days, &index, err);
        if (status == AM_OK && !am_master_has(run->master, index) &&
            reduced_cost(run, &run->columns->at[index]) < -better_by) {
            status = am_master_add(run->master, index, err);
            (*taken)++;
        }
        if (status != AM_OK)
            return status;
    }
    return AM_OK;
}

/* The bound alone says that nothing here is worth having. */
static bool ruled_out(const struct generation *run, const struct am_generate_limits *limits)
{
    return run->best->bound != AM_NO_BOUND && am_bound_points(run->best->bound) >= limits->cutoff;
}

static bool met(const struct generation *run, const struct am_generate_limits *limits)
{
    if (run->best->bound == AM_NO_BOUND)
        return false;
    double bound = am_in_points(run->best->bound);
    return run->master->value - bound <= limits->enough || ruled_out(run, limits);
}

/* Price once, at the best prices and the duals mixed, and take what betters the
 * master. */
static am_status price_mixed(struct generation *run, struct am_pricer *pricer,
                             struct am_limits limits, double weight, int *taken, struct am_err *err)
{
    int now = 0;
    mix(run, weight);
    am_price(pricer, run->mixed, limits, run->answer);
    remember(run, run->mixed);
    if (run->answer->infeasible)
        return AM_OK;
    am_status status = take_patterns(run, &now, err);
    *taken += now;
    return status;
}

/* Pricing costs little beside the master, so a round prices at several mixes;
 * the duals themselves when nothing else gave a pattern. */
static am_status round_of(struct generation *run, struct am_pricer *pricer,
                          const struct am_generate_limits *limits, bool *over, struct am_err *err)
{
    int taken = 0;
    bool mixing = run->best->bound != AM_NO_BOUND;
    am_status status = AM_OK;
    for (size_t i = 0; status == AM_OK && mixing && i < sizeof weights / sizeof weights[0]; i++)
        status = price_mixed(run, pricer, limits->branch, weights[i], &taken, err);
    if (status == AM_OK && taken == 0 && !met(run, limits))
        status = price_mixed(run, pricer, limits->branch, 0, &taken, err);
    *over = taken == 0 || run->answer->infeasible || met(run, limits);
    return status;
}

/* Solve the master and take its duals. */
static am_status solve_master(struct generation *run, struct am_lp_limits limits, bool *solved,
                              struct am_err *err)
{
    enum am_lp_answer answer = AM_LP_UNKNOWN;
    am_status status =
        am_master_solve(run->master, limits, run->duals, run->person_price, &answer, err);
    *solved = status == AM_OK && answer == AM_LP_OPTIMAL;
    return status;
}

/* Where the solution leans on artificial columns, make them dearer: then either
 * it leaves them, or nothing else is to be had. */
static am_status insist(struct generation *run, const struct am_generate_limits *limits,
                        bool *dearer, struct am_err *err)
{
    double points = run->master->artificial_points * 100;
    *dearer =
        limits->insist && points < AM_ARTIFICIAL_MOST && am_master_uses_artificial(run->master);
    return *dearer ? am_master_allow_artificial(run->master, points, err) : AM_OK;
}

/* One round: master, broken rows, pricing. *over: nothing more is to be done. */
static am_status generate_round(struct generation *run, struct am_pricer *pricer,
                                const struct am_generate_limits *limits, bool *solved, bool *over,
                                struct am_err *err)
{
    struct am_master *master = run->master;
    size_t before = master->column_count;
    bool dearer = false;
    int rows = 0;
    am_status status = am_master_separate(master, false, &rows, err);
    if (status == AM_OK && rows > 0)
        status = solve_master(run, limits->lp, solved, err);
    if (status == AM_OK && *solved)
        status = round_of(run, pricer, limits, over, err);
    *over = *over && rows == 0;
    if (status == AM_OK && *solved && *over && !run->answer->infeasible && !ruled_out(run, limits))
        status = insist(run, limits, &dearer, err);
    *over = *over && !dearer;
    if (status == AM_OK && (dearer || master->column_count > before))
        status = solve_master(run, limits->lp, solved, err);
    return status;
}

am_status am_generate(struct am_master *master, struct am_pricer *pricer,
                      struct am_columns *columns, struct am_answer *answer,
                      struct am_generate_limits limits, struct am_best_prices *best, bool *solved,
                      struct am_err *err)
{
    struct generation run = {.master = master, .columns = columns, .answer = answer, .best = best};
    bool over = false;
    am_status status = generation_init(&run, err);
    if (status == AM_OK)
        status = solve_master(&run, limits.lp, solved, err);
    for (int k = 0; k < limits.rounds && status == AM_OK && *solved && !over; k++) {
        status = generate_round(&run, pricer, &limits, solved, &over, err);
        if (limits.stop && limits.stop(limits.context))
            over = true;
    }
    generation_release(&run);
    return status;
}
