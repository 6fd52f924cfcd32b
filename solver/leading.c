#include "solver/leading.h"

#include <stdlib.h>
#include <string.h>

#include "solver/lp.h"

/* Sessions and supervisors that hang together. */
struct team {
    struct am_lp *lp;
    int32_t *vars; /* LP column -> variable */
    int var_count;
    int32_t *rows; /* LP row -> coupling row, -1: a session's */
    int row_count;
};

struct am_leading {
    const struct am_instance *instance;
    const struct am_coupling *coupling;
    struct team *teams;
    int team_count;
    bool *has;                       /* a variable */
    int32_t *team_of;                /* a supervisor's: union-find, then the number of the team */
    const struct am_link_sums *sums; /* of the prices at hand */
    int32_t *row_at;                 /* scratch: coupling row -> LP row */
    int *rows;                       /* scratch of one column */
    double *values;
};

static bool is_supervisors(const struct am_coupling *coupling, int32_t row)
{
    return coupling->rows[row].session < 0;
}

/* ---- teams ---- */

static int32_t root_of(int32_t *parent, int32_t m)
{
    while (parent[m] != m)
        m = parent[m] = parent[parent[m]];
    return m;
}

/* Supervisors who could lead the same session are of one team. */
static void find_teams(struct am_leading *leading)
{
    const struct am_coupling *coupling = leading->coupling;
    for (int m = 0; m < leading->instance->supervisor_count; m++)
        leading->team_of[m] = m;
    for (int s = 0; s < leading->instance->session_count; s++) {
        int32_t first = -1;
        for (int32_t v = coupling->first_var[s];
             v < coupling->first_var[s] + coupling->option_count[s]; v++) {
            int32_t m = coupling->vars[v].supervisor;
            if (m < 0)
                continue;
            if (first >= 0)
                leading->team_of[root_of(leading->team_of, m)] = root_of(leading->team_of, first);
            first = m;
        }
    }
    /* number them: a root gets the complement of its number first */
    for (int m = 0; m < leading->instance->supervisor_count; m++)
        leading->team_of[m] = root_of(leading->team_of, m);
    for (int m = 0; m < leading->instance->supervisor_count; m++)
        if (leading->team_of[m] == m)
            leading->team_of[m] = -1 - leading->team_count++;
    for (int m = 0; m < leading->instance->supervisor_count; m++)
        if (leading->team_of[m] >= 0)
            leading->team_of[m] = leading->team_of[leading->team_of[m]];
    for (int m = 0; m < leading->instance->supervisor_count; m++)
        if (leading->team_of[m] < 0)
            leading->team_of[m] = -1 - leading->team_of[m];
}

/* The team that shares a session out, -1: none (it needs no supervisor, or
 * nobody can lead it). */
static int32_t team_of_session(const struct am_leading *leading, int s)
{
    const struct am_coupling *coupling = leading->coupling;
    for (int32_t v = coupling->first_var[s]; v < coupling->first_var[s] + coupling->option_count[s];
         v++)
        if (coupling->vars[v].supervisor >= 0)
            return leading->team_of[coupling->vars[v].supervisor];
    return -1;
}

/* ---- a team's programme ---- */

static am_status add_row(struct am_leading *leading, struct team *team, int32_t row, double least,
                         double most, struct am_err *err)
{
    int index = 0;
    am_status status = am_lp_add_row(team->lp, least, most, NULL, &index, err);
    if (status == AM_OK) {
        team->rows[index] = row;
        team->row_count = index + 1;
        if (row >= 0)
            leading->row_at[row] = index;
    }
    return status;
}

/* A session's row, its options and the rows they are in. */
static am_status add_session(struct am_leading *leading, struct team *team, int s,
                             struct am_err *err)
{
    const struct am_coupling *coupling = leading->coupling;
    int32_t first = coupling->first_var[s], last = first + coupling->option_count[s];
    int session_row = team->row_count;
    int *rows = leading->rows;
    double *values = leading->values,
           least = leading->instance->sessions[s].must_run ? 1 : -AM_LP_INFINITY;
    am_status status = add_row(leading, team, -1, least, 1, err);
    for (int32_t v = first; v < last && status == AM_OK; v++) {
        int count = 0;
        rows[count] = session_row;
        values[count++] = 1;
        for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++) {
            int32_t row = coupling->var_entries[e].row;
            if (!is_supervisors(coupling, row))
                continue;
            if (leading->row_at[row] < 0)
                status =
                    add_row(leading, team, row, -AM_LP_INFINITY, coupling->rows[row].upper, err);
            rows[count] = leading->row_at[row];
            values[count++] = coupling->var_entries[e].value;
        }
        if (status == AM_OK)
            status =
                am_lp_add_column(team->lp, 0, 0, 1, true, NULL, count, rows, values, NULL, err);
        team->vars[team->var_count++] = v;
        leading->has[v] = true;
    }
    return status;
}

static am_status team_room(struct team *team, int vars, int rows, struct am_err *err)
{
    team->vars = calloc((size_t)vars + 1, sizeof *team->vars);
    team->rows = calloc((size_t)rows + 1, sizeof *team->rows);
    return team->vars && team->rows ? am_lp_new(&team->lp, err) : am_fail_memory(err);
}

/* The most entries of one option, and one for its session. */
static size_t longest_column(const struct am_coupling *coupling)
{
    int64_t longest = 0;
    for (int32_t v = 0; v < coupling->var_count; v++)
        if (coupling->var_first[v + 1] - coupling->var_first[v] > longest)
            longest = coupling->var_first[v + 1] - coupling->var_first[v];
    return (size_t)longest + 1;
}

static am_status build_teams(struct am_leading *leading, struct am_err *err)
{
    const struct am_coupling *coupling = leading->coupling;
    am_status status = AM_OK;
    for (int32_t r = 0; r < coupling->row_count; r++)
        leading->row_at[r] = -1;
    leading->teams = calloc((size_t)leading->team_count + 1, sizeof *leading->teams);
    int *vars = calloc((size_t)leading->team_count + 1, sizeof *vars);
    int *rows = calloc((size_t)leading->team_count + 1, sizeof *rows);
    if (!leading->teams || !vars || !rows)
        status = am_fail_memory(err);
    for (int s = 0; s < leading->instance->session_count && status == AM_OK; s++) {
        int32_t t = team_of_session(leading, s);
        if (t >= 0) {
            vars[t] += coupling->option_count[s];
            rows[t]++;
            for (int32_t v = coupling->first_var[s];
                 v < coupling->first_var[s] + coupling->option_count[s]; v++)
                rows[t] += (int)(coupling->var_first[v + 1] - coupling->var_first[v]);
        }
    }
    for (int t = 0; t < leading->team_count && status == AM_OK; t++)
        status = team_room(&leading->teams[t], vars[t], rows[t], err);
    for (int s = 0; s < leading->instance->session_count && status == AM_OK; s++) {
        int32_t t = team_of_session(leading, s);
        if (t >= 0)
            status = add_session(leading, &leading->teams[t], s, err);
    }
    free(vars);
    free(rows);
    return status;
}

am_status am_leading_new(struct am_leading **out, const struct am_instance *instance,
                         const struct am_coupling *coupling, struct am_err *err)
{
    *out = NULL;
    struct am_leading *leading = calloc(1, sizeof *leading);
    if (!leading)
        return am_fail_memory(err);
    leading->instance = instance;
    leading->coupling = coupling;
    leading->has = calloc((size_t)coupling->var_count + 1, sizeof *leading->has);
    leading->team_of = calloc((size_t)instance->supervisor_count + 1, sizeof *leading->team_of);
    leading->row_at = calloc((size_t)coupling->row_count + 1, sizeof *leading->row_at);
    leading->rows = calloc(longest_column(coupling), sizeof *leading->rows);
    leading->values = calloc(longest_column(coupling), sizeof *leading->values);
    am_status status = AM_OK;
    if (!leading->has || !leading->team_of || !leading->row_at || !leading->rows ||
        !leading->values)
        status = am_fail_memory(err);
    if (status == AM_OK) {
        find_teams(leading);
        status = build_teams(leading, err);
    }
    if (status == AM_OK)
        *out = leading;
    else
        am_leading_free(leading);
    return status;
}

void am_leading_free(struct am_leading *leading)
{
    if (!leading)
        return;
    for (int t = 0; leading->teams && t < leading->team_count; t++) {
        am_lp_free(leading->teams[t].lp);
        free(leading->teams[t].vars);
        free(leading->teams[t].rows);
    }
    free(leading->teams);
    free(leading->has);
    free(leading->team_of);
    free(leading->row_at);
    free(leading->rows);
    free(leading->values);
    free(leading);
}

bool am_leading_has(const struct am_leading *leading, int32_t var)
{
    return leading->has[var];
}

/* ---- solving ---- */

/* Reduced cost of an option beside the people's rows alone, in points. */
static double reduced_points(const struct am_leading *leading, const int64_t *prices, int32_t v)
{
    const struct am_coupling *coupling = leading->coupling;
    int64_t reduced = coupling->vars[v].cost * AM_PRICE_ONE;
    for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++)
        if (!is_supervisors(coupling, coupling->var_entries[e].row))
            reduced -= coupling->var_entries[e].value * prices[coupling->var_entries[e].row];
    if (coupling->opens[v])
        reduced += leading->sums[coupling->vars[v].session].runs;
    return (double)reduced / (double)AM_PRICE_ONE;
}

static am_status set_costs(const struct am_leading *leading, struct team *team,
                           const int64_t *prices, struct am_err *err)
{
    am_status status = AM_OK;
    for (int i = 0; i < team->var_count && status == AM_OK; i++)
        status = am_lp_set_cost(team->lp, i, reduced_points(leading, prices, team->vars[i]), err);
    return status;
}

static am_status solve_team(struct am_leading *leading, struct team *team, int64_t *prices,
                            double *share, struct am_err *err)
{
    const struct am_coupling *coupling = leading->coupling;
    enum am_lp_answer answer = AM_LP_UNKNOWN;
    am_status status = set_costs(leading, team, prices, err);
    if (status == AM_OK)
        status = am_lp_solve(team->lp, (struct am_lp_limits){0}, &answer, err);
    if (status != AM_OK || answer != AM_LP_OPTIMAL)
        return status;
    for (int i = 0; i < team->var_count; i++)
        share[team->vars[i]] = am_lp_primal(team->lp, i);
    for (int i = 0; i < team->row_count; i++)
        if (team->rows[i] >= 0)
            prices[team->rows[i]] =
                am_price_of(&coupling->rows[team->rows[i]], am_lp_dual(team->lp, i));
    return AM_OK;
}

am_status am_leading_solve(struct am_leading *leading, int64_t *prices,
                           const struct am_link_sums *sums, double *share, struct am_err *err)
{
    am_status status = AM_OK;
    leading->sums = sums;
    for (int t = 0; t < leading->team_count && status == AM_OK; t++)
        if (leading->teams[t].lp)
            status = solve_team(leading, &leading->teams[t], prices, share, err);
    return status;
}

am_status am_leading_price(struct am_leading *leading, struct am_pricer *pricer, int64_t *prices,
                           double *share, struct am_answer *answer, struct am_err *err)
{
    struct am_link_sums *sums = calloc((size_t)leading->instance->session_count + 1, sizeof *sums);
    if (!sums)
        return am_fail_memory(err);
    am_link_sums(leading->coupling, leading->instance, prices, sums);
    am_status status = am_leading_solve(leading, prices, sums, share, err);
    if (status == AM_OK)
        am_price_summed(pricer, prices, sums, (struct am_limits){0}, answer);
    free(sums);
    return status;
}

am_status am_leading_fix(struct am_leading *leading, const int8_t *var, struct am_err *err)
{
    am_status status = AM_OK;
    for (int t = 0; t < leading->team_count; t++)
        for (int i = 0; i < leading->teams[t].var_count && status == AM_OK; i++) {
            int8_t decided = var[leading->teams[t].vars[i]];
            status =
                am_lp_set_column_bounds(leading->teams[t].lp, i, decided == 1, decided != 0, err);
        }
    return status;
}

/* A session that must run and is unled loses more than any worth. */
static const double unled_worth = -1000;

static am_status decide_team(struct am_leading *leading, struct team *team, const double *worth,
                             struct am_lp_limits limits, bool *chosen, struct am_err *err)
{
    enum am_lp_answer answer = AM_LP_UNKNOWN;
    am_status status = AM_OK;
    for (int i = 0; i < team->var_count && status == AM_OK; i++) {
        int32_t v = team->vars[i];
        bool unled = leading->coupling->vars[v].supervisor < 0;
        status = am_lp_set_cost(team->lp, i, -(unled ? unled_worth : worth[v]), err);
    }
    if (status == AM_OK)
        status = am_lp_solve_integer(team->lp, limits, &answer, err);
    bool found = status == AM_OK && (answer == AM_LP_OPTIMAL || answer == AM_LP_FEASIBLE);
    for (int i = 0; i < team->var_count; i++)
        chosen[team->vars[i]] = found && am_lp_integer_primal(team->lp, i) > 0.5;
    return status;
}

am_status am_leading_decide(struct am_leading *leading, const double *worth,
                            struct am_lp_limits limits, bool *chosen, struct am_err *err)
{
    am_status status = AM_OK;
    for (int t = 0; t < leading->team_count && status == AM_OK; t++)
        if (leading->teams[t].lp)
            status = decide_team(leading, &leading->teams[t], worth, limits, chosen, err);
    return status;
}
