/*
 * Rows and links that come into the master when they are wanted: because they
 * have a price, or because the last solution breaks them.
 */
#include <stdlib.h>
#include <string.h>

#include "solver/master.h"
#include "solver/tolerance.h"

/* What is taken in at once: rows and links, by their places in a price array. */
struct wanted {
    struct am_master *master;
    int64_t *at;
    size_t count;
    int32_t *slot; /* of each place: its index in at[]; -1: not wanted */
    /* The LP columns of each: columns[first[i]] .. columns[first[i + 1] - 1]. */
    size_t *first, *next;
    int *columns;
    double *values;
};

static am_status wanted_init(struct wanted *wanted, struct am_master *master, struct am_err *err)
{
    size_t prices = (size_t)am_price_count(master->coupling) + 1;
    *wanted = (struct wanted){.master = master};
    wanted->at = malloc(prices * sizeof *wanted->at);
    wanted->slot = malloc(prices * sizeof *wanted->slot);
    if (!wanted->at || !wanted->slot)
        return am_fail_memory(err);
    for (size_t i = 0; i < prices; i++)
        wanted->slot[i] = -1;
    return AM_OK;
}

static void wanted_release(struct wanted *wanted)
{
    free(wanted->at);
    free(wanted->slot);
    free(wanted->first);
    free(wanted->next);
    free(wanted->columns);
    free(wanted->values);
}

static void want(struct wanted *wanted, int64_t place)
{
    wanted->slot[place] = (int32_t)wanted->count;
    wanted->at[wanted->count++] = place;
}

/* ---- their entries ---- */

/* Count an entry, or note it once there is room. */
static void put(struct wanted *wanted, int64_t place, int column, double value)
{
    int32_t i = wanted->slot[place];
    if (i < 0)
        return;
    size_t at = wanted->next[i]++;
    if (wanted->columns) {
        wanted->columns[at] = column;
        wanted->values[at] = value;
    }
}

static void put_pattern(struct wanted *wanted, size_t pattern)
{
    const struct am_master *master = wanted->master;
    const struct am_coupling *coupling = master->coupling;
    const struct am_column *column = &master->columns->at[master->column_of[pattern]];
    int lp_column = am_master_lp_column(master, pattern);
    for (int32_t i = 0; i < column->pick_count; i++) {
        int64_t k = master->columns->picks[column->first_pick + i];
        const struct am_entries of = am_entries_of_pair(coupling, k);
        for (int64_t e = 0; e < of.count; e++)
            put(wanted, of.at[e].row, lp_column, of.at[e].value);
        put(wanted, am_link_runs(coupling, k), lp_column, 1);
        put(wanted, am_link_presence(coupling, k), lp_column, 1);
    }
}

static void put_var(struct wanted *wanted, int32_t v)
{
    const struct am_entries of = am_entries_of_var(wanted->master->coupling, v);
    for (int64_t e = 0; e < of.count; e++)
        put(wanted, of.at[e].row, v, of.at[e].value);
}

/* Upwards where the row can be too low, downwards where too high. */
static void put_artificial(struct wanted *wanted, int64_t row)
{
    bool upwards = wanted->master->coupling->rows[row].lower != -AM_ROW_FREE;
    put(wanted, row, am_master_artificial(wanted->master, (int)row), upwards ? 1 : -1);
}

/* The variables that a link hangs on. */
static void put_link(struct wanted *wanted, int64_t link)
{
    const struct am_coupling *coupling = wanted->master->coupling;
    int64_t pair = link - coupling->row_count;
    bool runs = pair < coupling->pair_count;
    if (!runs)
        pair -= coupling->pair_count;
    int32_t s = wanted->master->instance->pairs[pair].session;
    if (!runs)
        put(wanted, link, coupling->presence[coupling->links[pair] & AM_LINK_MAN ? 0 : 1][s], -1);
    for (int32_t v = coupling->first_var[s]; runs && v < coupling->first_var[s + 1]; v++)
        if (am_opens_to(coupling, v, am_demand_of(wanted->master->instance, pair)))
            put(wanted, link, v, -1);
}

/* In the order of the LP's columns. */
static void put_all(struct wanted *wanted)
{
    const struct am_master *master = wanted->master;
    for (int32_t v = 0; v < master->coupling->var_count; v++)
        put_var(wanted, v);
    for (size_t i = 0; i < wanted->count; i++)
        if (wanted->at[i] < master->coupling->row_count)
            put_artificial(wanted, wanted->at[i]);
        else
            put_link(wanted, wanted->at[i]);
    for (size_t i = 0; i < master->column_count; i++)
        put_pattern(wanted, i);
}

static am_status list_entries(struct wanted *wanted, struct am_err *err)
{
    wanted->first = calloc(wanted->count + 1, sizeof *wanted->first);
    wanted->next = calloc(wanted->count + 1, sizeof *wanted->next);
    if (!wanted->first || !wanted->next)
        return am_fail_memory(err);
    put_all(wanted);
    for (size_t i = 0; i < wanted->count; i++) {
        wanted->first[i + 1] = wanted->first[i] + wanted->next[i];
        wanted->next[i] = wanted->first[i];
    }
    wanted->columns = malloc((wanted->first[wanted->count] + 1) * sizeof *wanted->columns);
    wanted->values = malloc((wanted->first[wanted->count] + 1) * sizeof *wanted->values);
    if (!wanted->columns || !wanted->values)
        return am_fail_memory(err);
    put_all(wanted);
    return AM_OK;
}

/* ---- into the LP ---- */

static double row_limit(int32_t limit)
{
    if (limit == AM_ROW_FREE)
        return AM_LP_INFINITY;
    return limit == -AM_ROW_FREE ? -AM_LP_INFINITY : (double)limit;
}

static am_status take_one(const struct wanted *wanted, size_t i, struct am_err *err)
{
    struct am_master *master = wanted->master;
    const struct am_coupling *coupling = master->coupling;
    int64_t place = wanted->at[i];
    double lower = -AM_LP_INFINITY, upper = 0;
    if (place < coupling->row_count) {
        lower = row_limit(coupling->rows[place].lower);
        upper = row_limit(coupling->rows[place].upper);
    }
    size_t first = wanted->first[i];
    am_status status = am_lp_add_row(master->lp, lower, upper, NULL, &master->lp_row[place], err);
    if (status == AM_OK)
        status = am_lp_set_row_entries(master->lp, master->lp_row[place],
                                       (int)(wanted->first[i + 1] - first), wanted->columns + first,
                                       wanted->values + first, err);
    return status;
}

static am_status take_all(struct wanted *wanted, struct am_err *err)
{
    am_status status = wanted->count > 0 ? list_entries(wanted, err) : AM_OK;
    for (size_t i = 0; i < wanted->count && status == AM_OK; i++)
        status = take_one(wanted, i, err);
    return status;
}

/* ---- those that are broken ---- */

/* The last solution, of the LP or of the search. */
struct solution {
    const struct am_master *master;
    bool of_search;
    double *share;    /* x of every pair */
    double *activity; /* of every row */
};

static double value_of(const struct solution *solution, int lp_column)
{
    return solution->of_search ? am_lp_integer_primal(solution->master->lp, lp_column)
                               : am_lp_primal(solution->master->lp, lp_column);
}

static void reckon_shares(struct solution *solution)
{
    const struct am_master *master = solution->master;
    for (size_t i = 0; i < master->column_count; i++) {
        const struct am_column *column = &master->columns->at[master->column_of[i]];
        double weight = value_of(solution, am_master_lp_column(master, i));
        for (int32_t k = 0; weight > 0 && k < column->pick_count; k++)
            solution->share[master->columns->picks[column->first_pick + k]] += weight;
    }
}

static void add_times(struct solution *solution, struct am_entries of, double times)
{
    for (int64_t e = 0; e < of.count; e++)
        solution->activity[of.at[e].row] += times * of.at[e].value;
}

static void reckon_activity(struct solution *solution)
{
    const struct am_coupling *coupling = solution->master->coupling;
    for (int32_t v = 0; v < coupling->var_count; v++)
        add_times(solution, am_entries_of_var(coupling, v), value_of(solution, v));
    for (int64_t k = 0; k < coupling->pair_count; k++)
        if (solution->share[k] > 0)
            add_times(solution, am_entries_of_pair(coupling, k), solution->share[k]);
}

static void want_broken_rows(const struct solution *solution, struct wanted *wanted)
{
    const struct am_master *master = solution->master;
    for (int32_t r = 0; r < master->coupling->row_count; r++) {
        const struct am_row *row = &master->coupling->rows[r];
        double activity = solution->activity[r];
        bool low = row->lower != -AM_ROW_FREE && activity < row->lower - AM_TOL_BROKEN;
        bool high = row->upper != AM_ROW_FREE && activity > row->upper + AM_TOL_BROKEN;
        if (master->lp_row[r] < 0 && (low || high))
            want(wanted, r);
    }
}

/* How much of a session the solution runs for people of this demand. */
static double runs_now(const struct solution *solution, int session, int demand)
{
    const struct am_coupling *coupling = solution->master->coupling;
    double value = 0;
    for (int32_t v = coupling->first_var[session];
         v < coupling->first_var[session] + coupling->option_count[session]; v++)
        if (am_opens_to(coupling, v, demand))
            value += value_of(solution, v);
    return value;
}

static void want_broken_links(const struct solution *solution, int s, struct wanted *wanted)
{
    const struct am_coupling *coupling = solution->master->coupling;
    const int32_t *lp_row = solution->master->lp_row;
    double runs[AM_DEMANDS], present[2] = {0, 0};
    for (int demand = 0; demand < AM_DEMANDS; demand++)
        runs[demand] = runs_now(solution, s, demand);
    for (int i = 0; i < 2; i++)
        if (coupling->presence[i][s] >= 0)
            present[i] = value_of(solution, coupling->presence[i][s]);
    for (int64_t i = coupling->session_first[s]; i < coupling->session_first[s + 1]; i++) {
        int64_t k = coupling->by_session[i];
        int64_t first = am_link_runs(coupling, k), second = am_link_presence(coupling, k);
        double there = present[coupling->links[k] & AM_LINK_MAN ? 0 : 1];
        if (coupling->links[k] & AM_LINK_RUNS && lp_row[first] < 0 &&
            solution->share[k] - runs[am_demand_of(solution->master->instance, k)] > AM_TOL_BROKEN)
            want(wanted, first);
        if (coupling->links[k] & (AM_LINK_MAN | AM_LINK_LONE_WOMAN) && lp_row[second] < 0 &&
            solution->share[k] - there > AM_TOL_BROKEN)
            want(wanted, second);
    }
}

static void want_broken(struct solution *solution, struct wanted *wanted)
{
    reckon_shares(solution);
    reckon_activity(solution);
    want_broken_rows(solution, wanted);
    for (int s = 0; s < solution->master->instance->session_count; s++)
        want_broken_links(solution, s, wanted);
}

/* All are found before the first is taken, which makes the solution unreadable. */
am_status am_master_separate(struct am_master *master, bool of_search, int *added,
                             struct am_err *err)
{
    struct solution solution = {.master = master, .of_search = of_search};
    struct wanted wanted = {0};
    solution.share = calloc((size_t)master->coupling->pair_count + 1, sizeof *solution.share);
    solution.activity = calloc((size_t)master->coupling->row_count + 1, sizeof *solution.activity);
    am_status status = solution.share && solution.activity ? wanted_init(&wanted, master, err)
                                                           : am_fail_memory(err);
    if (status == AM_OK) {
        want_broken(&solution, &wanted);
        status = take_all(&wanted, err);
    }
    *added = (int)wanted.count;
    wanted_release(&wanted);
    free(solution.share);
    free(solution.activity);
    return status;
}

/* ---- those that have a price ---- */

am_status am_master_take_priced(struct am_master *master, const int64_t *prices, int64_t least,
                                struct am_err *err)
{
    const struct am_coupling *coupling = master->coupling;
    struct wanted wanted = {0};
    am_status status = wanted_init(&wanted, master, err);
    for (int64_t r = 0; r < coupling->row_count && status == AM_OK; r++)
        if (master->lp_row[r] < 0 && prices[r] != 0)
            want(&wanted, r);
    for (int64_t l = coupling->row_count; l < am_price_count(coupling) && status == AM_OK; l++)
        if (am_link_exists(coupling, l) && master->lp_row[l] < 0 && llabs(prices[l]) > least)
            want(&wanted, l);
    if (status == AM_OK)
        status = take_all(&wanted, err);
    wanted_release(&wanted);
    return status;
}
