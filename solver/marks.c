#include "solver/marks.h"

#include <stdlib.h>
#include <string.h>

am_status am_marks_init(struct am_marks *marks, const struct am_instance *instance,
                        const struct am_coupling *coupling, struct am_err *err)
{
    size_t pairs = (size_t)instance->pair_count + 1, vars = (size_t)coupling->var_count + 1;
    marks->pair = malloc(pairs);
    marks->var = malloc(vars);
    marks->session = malloc((size_t)instance->session_count + 1);
    if (!marks->pair || !marks->var || !marks->session)
        return am_fail_memory(err);
    memset(marks->pair, -1, pairs);
    memset(marks->var, -1, vars);
    memset(marks->session, -1, (size_t)instance->session_count + 1);
    return AM_OK;
}

void am_marks_release(struct am_marks *marks)
{
    free(marks->pair);
    free(marks->var);
    free(marks->session);
    *marks = (struct am_marks){0};
}

struct am_limits am_marks_limits(const struct am_marks *marks)
{
    return (struct am_limits){.pair = marks->pair, .var = marks->var, .session = marks->session};
}

void am_marks_pattern(struct am_marks *marks, const struct am_columns *columns, int32_t index)
{
    const struct am_column *column = &columns->at[index];
    const struct am_iperson *person = &columns->instance->people[column->person];
    memset(marks->pair + person->first_pair, 0, (size_t)person->pair_count);
    for (int32_t i = 0; i < column->pick_count; i++)
        marks->pair[columns->picks[column->first_pick + i]] = 1;
}

void am_marks_read(const struct am_marks *marks, const struct am_instance *instance,
                   const struct am_coupling *coupling, struct am_decision *decision)
{
    for (int s = 0; s < instance->session_count; s++) {
        decision->runs[s] = instance->sessions[s].must_run;
        decision->supervisor[s] = -1;
    }
    for (int32_t v = 0; v < coupling->var_count; v++) {
        const struct am_var *var = &coupling->vars[v];
        if (var->kind != AM_VAR_OPTION || marks->var[v] != 1)
            continue;
        decision->runs[var->session] = true;
        decision->supervisor[var->session] = var->supervisor;
    }
    for (int p = 0; p < instance->person_count; p++) {
        const struct am_iperson *person = &instance->people[p];
        int64_t *choice = decision->chosen + (int64_t)p * instance->days;
        for (int d = 0; d < instance->days; d++)
            choice[d] = -1;
        for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count; k++)
            if (marks->pair[k] == 1)
                choice[instance->pairs[k].day] = k;
    }
}

/* How many of a person's pairs are demanded. */
static int count_demanded(const struct am_marks *marks, const struct am_iperson *person)
{
    int demanded = 0;
    for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count; k++)
        demanded += marks->pair[k] == 1;
    return demanded;
}

static bool column_agrees(const struct am_marks *marks, const struct am_columns *columns,
                          const struct am_column *column, int demanded)
{
    for (int32_t i = 0; i < column->pick_count; i++) {
        int8_t decided = marks->pair[columns->picks[column->first_pick + i]];
        if (decided == 0)
            return false;
        demanded -= decided == 1;
    }
    return demanded == 0;
}

/* Sessions: a row "at most one way" becomes "exactly one" or "none". */
static am_status apply_sessions(const struct am_marks *marks, struct am_master *master,
                                struct am_err *err)
{
    am_status status = AM_OK;
    for (int s = 0; s < master->instance->session_count && status == AM_OK; s++) {
        bool must = marks->session[s] == 1 || master->instance->sessions[s].must_run;
        if (master->session_row[s] >= 0)
            status =
                am_lp_set_row_bounds(master->lp, master->session_row[s], must ? 1 : -AM_LP_INFINITY,
                                     marks->session[s] == 0 ? 0 : 1, err);
    }
    return status;
}

am_status am_marks_apply(const struct am_marks *marks, struct am_master *master, struct am_err *err)
{
    const struct am_coupling *coupling = master->coupling;
    const struct am_instance *instance = master->instance;
    am_status status = AM_OK;
    int *demanded = calloc((size_t)instance->person_count + 1, sizeof *demanded);
    if (!demanded)
        return am_fail_memory(err);
    for (int p = 0; p < instance->person_count; p++)
        demanded[p] = count_demanded(marks, &instance->people[p]);
    for (int32_t v = 0; v < coupling->var_count && status == AM_OK; v++) {
        double upper = coupling->vars[v].upper;
        status = am_lp_set_column_bounds(master->lp, v, marks->var[v] == 1 ? upper : 0,
                                         marks->var[v] == 0 ? 0 : upper, err);
    }
    for (size_t i = 0; i < master->column_count && status == AM_OK; i++) {
        const struct am_column *column = &master->columns->at[master->column_of[i]];
        bool agrees = column_agrees(marks, master->columns, column, demanded[column->person]);
        status = am_lp_set_column_bounds(master->lp, am_master_lp_column(master, i), 0,
                                         agrees ? 1 : 0, err);
    }
    free(demanded);
    return status == AM_OK ? apply_sessions(marks, master, err) : status;
}
