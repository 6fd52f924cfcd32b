#include "solver/master.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "solver/tolerance.h"

/* The rows that every pattern and option is in; the others come when they are
 * wanted. */
static am_status add_rows(struct am_master *master, struct am_err *err)
{
    const struct am_coupling *coupling = master->coupling;
    const struct am_instance *instance = master->instance;
    am_status status = AM_OK;
    for (int64_t r = 0; r < am_price_count(coupling); r++)
        master->lp_row[r] = -1;
    for (int s = 0; s < instance->session_count && status == AM_OK; s++) {
        master->session_row[s] = -1;
        if (coupling->option_count[s] == 0)
            continue;
        master->session_row[s] = am_lp_rows(master->lp);
        double least = instance->sessions[s].must_run ? 1 : -AM_LP_INFINITY;
        status = am_lp_add_row(master->lp, least, 1, NULL, NULL, err);
    }
    for (int p = 0; p < instance->person_count && status == AM_OK; p++)
        status = am_lp_add_row(master->lp, 1, 1, NULL, &master->person_row[p], err);
    return status;
}

/* One more entry of the column in the scratch arrays, if its row is in the LP. */
static int put_entry(struct am_master *master, int64_t row, int32_t value, int count)
{
    if (master->lp_row[row] < 0)
        return count;
    master->rows[count] = master->lp_row[row];
    master->values[count] = value;
    return count + 1;
}

static am_status add_var(struct am_master *master, int32_t v, struct am_err *err)
{
    const struct am_coupling *coupling = master->coupling;
    const struct am_var *var = &coupling->vars[v];
    int count = 0;
    for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++)
        count =
            put_entry(master, coupling->var_entries[e].row, coupling->var_entries[e].value, count);
    if (var->kind == AM_VAR_OPTION) {
        master->rows[count] = master->session_row[var->session];
        master->values[count++] = 1;
    }
    return am_lp_add_column(master->lp, (double)var->cost, 0, var->upper, var->integer, NULL, count,
                            master->rows, master->values, NULL, err);
}

static am_status add_artificial(struct am_master *master, int row, struct am_err *err)
{
    double value = 1;
    master->artificial_count++;
    return am_lp_add_column(master->lp, 0, 0, 0, false, NULL, row < 0 ? 0 : 1, &row, &value, NULL,
                            err);
}

/* One a row, whether it is in the LP yet or not. */
static am_status add_artificials(struct am_master *master, struct am_err *err)
{
    const struct am_coupling *coupling = master->coupling;
    const struct am_instance *instance = master->instance;
    am_status status = AM_OK;
    for (int32_t r = 0; r < coupling->row_count && status == AM_OK; r++)
        status = add_artificial(master, -1, err);
    for (int s = 0; s < instance->session_count && status == AM_OK; s++)
        if (master->session_row[s] >= 0)
            status = add_artificial(master, master->session_row[s], err);
    for (int p = 0; p < instance->person_count && status == AM_OK; p++)
        status = add_artificial(master, master->person_row[p], err);
    return status;
}

int am_master_artificial(const struct am_master *master, int i)
{
    return master->coupling->var_count + i;
}

int am_master_lp_column(const struct am_master *master, size_t lp_pattern)
{
    return master->coupling->var_count + master->artificial_count + (int)lp_pattern;
}

bool am_master_uses_artificial(const struct am_master *master)
{
    for (int i = 0; i < master->artificial_count; i++)
        if (am_lp_primal(master->lp, am_master_artificial(master, i)) > AM_TOL_INTEGRAL)
            return true;
    return false;
}

am_status am_master_allow_artificial(struct am_master *master, double points, struct am_err *err)
{
    am_status status = AM_OK;
    master->artificial_points = points;
    for (int i = 0; i < master->artificial_count && status == AM_OK; i++) {
        int column = am_master_artificial(master, i);
        status = am_lp_set_cost(master->lp, column, points, err);
        if (status == AM_OK)
            status = am_lp_set_column_bounds(master->lp, column, 0, AM_LP_INFINITY, err);
    }
    return status;
}

/* The most entries that one column can have. */
static size_t longest_column(const struct am_instance *instance, const struct am_coupling *coupling)
{
    int64_t longest = 0, widest = 0;
    for (int32_t v = 0; v < coupling->var_count; v++)
        if (coupling->var_first[v + 1] - coupling->var_first[v] > longest)
            longest = coupling->var_first[v + 1] - coupling->var_first[v];
    for (int64_t k = 0; k < instance->pair_count; k++)
        if (am_entries_of_pair(coupling, k).count > widest)
            widest = am_entries_of_pair(coupling, k).count;
    int64_t pattern = (widest + 2) * instance->days;
    return (size_t)(longest > pattern ? longest : pattern) + 2;
}

am_status am_master_init(struct am_master *master, const struct am_instance *instance,
                         const struct am_coupling *coupling, const struct am_columns *columns,
                         struct am_err *err)
{
    *master = (struct am_master){.instance = instance, .coupling = coupling, .columns = columns};
    size_t longest = longest_column(instance, coupling);
    master->session_row = calloc((size_t)instance->session_count + 1, sizeof *master->session_row);
    master->rows = calloc(longest, sizeof *master->rows);
    master->values = calloc(longest, sizeof *master->values);
    master->lp_row = calloc((size_t)am_price_count(coupling) + 1, sizeof *master->lp_row);
    master->person_row = calloc((size_t)instance->person_count + 1, sizeof *master->person_row);
    if (!master->session_row || !master->rows || !master->values || !master->lp_row ||
        !master->person_row)
        return am_fail_memory(err);
    am_status status = am_lp_new(&master->lp, err);
    if (status == AM_OK)
        status = am_lp_set_constant(master->lp, (double)instance->constant_points, err);
    if (status == AM_OK)
        status = add_rows(master, err);
    for (int32_t v = 0; v < coupling->var_count && status == AM_OK; v++)
        status = add_var(master, v, err);
    if (status == AM_OK)
        status = add_artificials(master, err);
    return status;
}

void am_master_release(struct am_master *master)
{
    am_lp_free(master->lp);
    free(master->lp_row);
    free(master->session_row);
    free(master->person_row);
    free(master->column_of);
    free(master->inside);
    free(master->rows);
    free(master->values);
    *master = (struct am_master){0};
}

bool am_master_has(const struct am_master *master, int32_t column)
{
    return (size_t)column < master->inside_room && master->inside[column];
}

/* Room for a mark of this pattern; new room is zeroed. */
static bool mark_room(struct am_master *master, int32_t column)
{
    size_t had = master->inside_room;
    if (!am_grow((void **)&master->inside, &master->inside_room, (size_t)column + 1,
                 sizeof *master->inside))
        return false;
    for (size_t i = had; i < master->inside_room; i++)
        master->inside[i] = false;
    return true;
}

am_status am_master_add(struct am_master *master, int32_t index, struct am_err *err)
{
    const struct am_coupling *coupling = master->coupling;
    if (am_master_has(master, index))
        return AM_OK;
    const struct am_column *column = &master->columns->at[index];
    int count = 0;
    for (int32_t i = 0; i < column->pick_count; i++) {
        int64_t k = master->columns->picks[column->first_pick + i];
        const struct am_entries of = am_entries_of_pair(coupling, k);
        for (int64_t e = 0; e < of.count; e++)
            count = put_entry(master, of.at[e].row, of.at[e].value, count);
        count = put_entry(master, am_link_runs(coupling, k), 1, count);
        count = put_entry(master, am_link_presence(coupling, k), 1, count);
    }
    master->rows[count] = master->person_row[column->person];
    master->values[count++] = 1;
    if (!am_grow((void **)&master->column_of, &master->column_room, master->column_count + 1,
                 sizeof *master->column_of) ||
        !mark_room(master, index))
        return am_fail_memory(err);
    am_status status = am_lp_add_column(master->lp, (double)column->points, 0, 1, true, NULL, count,
                                        master->rows, master->values, NULL, err);
    if (status == AM_OK) {
        master->column_of[master->column_count++] = index;
        master->inside[index] = true;
    }
    return status;
}

am_status am_master_solve(struct am_master *master, struct am_lp_limits limits, int64_t *prices,
                          double *person_price, enum am_lp_answer *answer, struct am_err *err)
{
    am_status status = am_lp_solve(master->lp, limits, answer, err);
    if (status != AM_OK || (*answer != AM_LP_OPTIMAL && *answer != AM_LP_FEASIBLE))
        return status;
    master->value = am_lp_value(master->lp);
    for (int32_t r = 0; r < master->coupling->row_count; r++)
        prices[r] = master->lp_row[r] < 0 ? 0
                                          : am_price_of(&master->coupling->rows[r],
                                                        am_lp_dual(master->lp, master->lp_row[r]));
    for (int64_t l = master->coupling->row_count; l < am_price_count(master->coupling); l++)
        prices[l] =
            master->lp_row[l] < 0 ? 0 : am_link_price_of(am_lp_dual(master->lp, master->lp_row[l]));
    for (int p = 0; p < master->instance->person_count; p++)
        person_price[p] = am_lp_dual(master->lp, master->person_row[p]);
    return AM_OK;
}

double am_master_var(const struct am_master *master, int32_t var)
{
    return am_lp_primal(master->lp, var);
}

double am_master_weight(const struct am_master *master, size_t lp_pattern)
{
    return am_lp_primal(master->lp, am_master_lp_column(master, lp_pattern));
}

static bool is_one(const struct am_master *master, bool of_search, int lp_column)
{
    return (of_search ? am_lp_integer_primal(master->lp, lp_column)
                      : am_lp_primal(master->lp, lp_column)) > 0.5;
}

void am_master_read(const struct am_master *master, bool of_search, struct am_decision *decision)
{
    const struct am_instance *instance = master->instance;
    const struct am_coupling *coupling = master->coupling;
    for (int64_t i = 0; i < (int64_t)instance->person_count * instance->days; i++)
        decision->chosen[i] = -1;
    for (int s = 0; s < instance->session_count; s++) {
        decision->runs[s] = false;
        decision->supervisor[s] = -1;
    }
    for (int32_t v = 0; v < coupling->var_count; v++) {
        const struct am_var *var = &coupling->vars[v];
        if (var->kind != AM_VAR_OPTION || !is_one(master, of_search, v))
            continue;
        decision->runs[var->session] = true;
        decision->supervisor[var->session] = var->supervisor;
    }
    for (size_t i = 0; i < master->column_count; i++) {
        const struct am_column *column = &master->columns->at[master->column_of[i]];
        if (!is_one(master, of_search, am_master_lp_column(master, i)))
            continue;
        for (int32_t k = 0; k < column->pick_count; k++) {
            int64_t pair = master->columns->picks[column->first_pick + k];
            decision->chosen[(int64_t)column->person * instance->days + instance->pairs[pair].day] =
                pair;
        }
    }
}

am_status am_master_search(struct am_master *master, struct am_lp_limits limits,
                           struct am_decision *decision, bool *found, struct am_err *err)
{
    enum am_lp_answer answer = AM_LP_UNKNOWN;
    am_status status = AM_OK;
    int broken = 1;
    while (status == AM_OK && broken > 0) {
        broken = 0;
        status = am_lp_solve_integer(master->lp, limits, &answer, err);
        *found = status == AM_OK && (answer == AM_LP_OPTIMAL || answer == AM_LP_FEASIBLE);
        if (*found)
            am_master_read(master, true, decision);
        if (*found)
            status = am_master_separate(master, true, &broken, err);
    }
    return status;
}

am_status am_master_drop(struct am_master *master, const bool *drop, struct am_err *err)
{
    size_t vars = (size_t)am_master_lp_column(master, 0), kept = 0;
    bool *keep = calloc(vars + master->column_count + 1, sizeof *keep);
    if (!keep)
        return am_fail_memory(err);
    for (size_t v = 0; v < vars; v++)
        keep[v] = true;
    for (size_t i = 0; i < master->column_count; i++)
        keep[vars + i] = !drop[i];
    am_status status = am_lp_keep_columns(master->lp, keep, err);
    for (size_t i = 0; i < master->column_count && status == AM_OK; i++) {
        master->inside[master->column_of[i]] = !drop[i];
        if (!drop[i])
            master->column_of[kept++] = master->column_of[i];
    }
    if (status == AM_OK)
        master->column_count = kept;
    free(keep);
    return status;
}
