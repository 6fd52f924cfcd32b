#include "solver/leading.h"

#include <stdlib.h>

#include "solver/crew.h"
#include "solver/lp.h"
#include "solver/teams.h"

/* A team's programme, and what came of the last work on it. */
struct team {
    struct am_lp *lp;
    int32_t *vars; /* LP column -> variable */
    int var_count;
    int32_t *rows; /* LP row -> coupling row, -1: a session's */
    int row_count;
    int member; /* of the crew: nobody else touches the programme */
    am_status status;
    struct am_err err;
};

/* What is wanted of every team; see the functions that ask for it. */
struct request {
    int64_t *prices;
    const struct am_link_sums *sums;
    double *share;
    const int8_t *decided;
    const double *worth;
    struct am_lp_limits limits;
    bool *chosen;
};

struct am_leading {
    const struct am_instance *instance;
    const struct am_coupling *coupling;
    struct am_teams sessions;
    struct team *teams;
    struct am_crew *crew;
    bool *has;       /* a variable */
    double *cost;    /* likewise, at the prices that were last asked about */
    int32_t *row_at; /* while it is built: coupling row -> LP row */
    struct request request;
    am_status (*work)(struct am_leading *, struct team *, struct am_err *);
};

static bool is_supervisors(const struct am_coupling *coupling, int32_t row)
{
    return coupling->rows[row].session < 0;
}

/* ---- every team ---- */

static void work_of_member(void *context, int member)
{
    struct am_leading *leading = context;
    for (int t = 0; t < leading->sessions.count; t++) {
        struct team *team = &leading->teams[t];
        if (team->member == member)
            team->status = leading->work(leading, team, &team->err);
    }
}

/* Teams touch nothing of each other, so it does not matter who is first. */
static am_status every_team(struct am_leading *leading,
                            am_status (*work)(struct am_leading *, struct team *, struct am_err *),
                            struct am_err *err)
{
    leading->work = work;
    am_crew_do(leading->crew, work_of_member, leading);
    for (int t = 0; t < leading->sessions.count; t++)
        if (leading->teams[t].status != AM_OK) {
            *err = leading->teams[t].err;
            return leading->teams[t].status;
        }
    return AM_OK;
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

/* Scratch of one column. */
struct entries {
    int *rows;
    double *values;
};

/* A session's row, its options and the rows they are in. */
static am_status add_session(struct am_leading *leading, struct team *team, int s,
                             struct entries entries, struct am_err *err)
{
    const struct am_coupling *coupling = leading->coupling;
    int32_t first = coupling->first_var[s], last = first + coupling->option_count[s];
    int session_row = team->row_count;
    double least = leading->instance->sessions[s].must_run ? 1 : -AM_LP_INFINITY;
    am_status status = add_row(leading, team, -1, least, 1, err);
    for (int32_t v = first; v < last && status == AM_OK; v++) {
        int count = 0;
        entries.rows[count] = session_row;
        entries.values[count++] = 1;
        for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++) {
            int32_t row = coupling->var_entries[e].row;
            if (!is_supervisors(coupling, row))
                continue;
            if (leading->row_at[row] < 0)
                status =
                    add_row(leading, team, row, -AM_LP_INFINITY, coupling->rows[row].upper, err);
            entries.rows[count] = leading->row_at[row];
            entries.values[count++] = coupling->var_entries[e].value;
        }
        if (status == AM_OK)
            status = am_lp_add_column(team->lp, 0, 0, 1, true, NULL, count, entries.rows,
                                      entries.values, NULL, err);
        team->vars[team->var_count++] = v;
        leading->has[v] = true;
    }
    return status;
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

/* As many variables, and entries in rows, as the options of the team's sessions have. */
static am_status team_room(const struct am_leading *leading, struct team *team, int t,
                           struct am_err *err)
{
    const struct am_coupling *coupling = leading->coupling;
    const struct am_teams *of = &leading->sessions;
    size_t vars = 1, rows = 1;
    for (int32_t i = of->first[t]; i < of->first[t + 1]; i++) {
        int32_t s = of->sessions[i], first = coupling->first_var[s];
        int32_t last = first + coupling->option_count[s];
        vars += (size_t)(last - first);
        rows += 1 + (size_t)(coupling->var_first[last] - coupling->var_first[first]);
    }
    team->vars = calloc(vars, sizeof *team->vars);
    team->rows = calloc(rows, sizeof *team->rows);
    return team->vars && team->rows ? AM_OK : am_fail_memory(err);
}

static am_status build_team(struct am_leading *leading, struct team *team, struct am_err *err)
{
    int t = (int)(team - leading->teams);
    const struct am_teams *of = &leading->sessions;
    size_t longest = longest_column(leading->coupling);
    struct entries entries = {calloc(longest, sizeof *entries.rows),
                              calloc(longest, sizeof *entries.values)};
    am_status status = entries.rows && entries.values ? AM_OK : am_fail_memory(err);
    if (status == AM_OK)
        status = team_room(leading, team, t, err);
    if (status == AM_OK)
        status = am_lp_new(&team->lp, err);
    for (int32_t i = of->first[t]; i < of->first[t + 1] && status == AM_OK; i++)
        status = add_session(leading, team, of->sessions[i], entries, err);
    free(entries.rows);
    free(entries.values);
    return status;
}

static am_status free_team(struct am_leading *leading, struct team *team, struct am_err *err)
{
    (void)leading;
    (void)err;
    am_lp_free(team->lp);
    free(team->vars);
    free(team->rows);
    return AM_OK;
}

/* Each team to whoever has the fewest sessions so far. */
static am_status man_teams(struct am_leading *leading, int threads, struct am_err *err)
{
    const struct am_teams *of = &leading->sessions;
    int most = threads < of->count ? threads : of->count;
    am_status status = am_crew_new(&leading->crew, most > 1 ? most : 1, err);
    if (status != AM_OK)
        return status;
    int size = am_crew_size(leading->crew);
    int32_t *load = calloc((size_t)size, sizeof *load);
    if (!load)
        return am_fail_memory(err);
    for (int t = 0; t < of->count; t++) {
        int least = 0;
        for (int i = 1; i < size; i++)
            if (load[i] < load[least])
                least = i;
        leading->teams[t].member = least;
        load[least] += of->first[t + 1] - of->first[t];
    }
    free(load);
    return AM_OK;
}

static am_status build(struct am_leading *leading, int threads, struct am_err *err)
{
    const struct am_coupling *coupling = leading->coupling;
    am_status status = am_teams_find(&leading->sessions, leading->instance, coupling, err);
    if (status != AM_OK)
        return status;
    leading->has = calloc((size_t)coupling->var_count + 1, sizeof *leading->has);
    leading->cost = calloc((size_t)coupling->var_count + 1, sizeof *leading->cost);
    leading->row_at = calloc((size_t)coupling->row_count + 1, sizeof *leading->row_at);
    leading->teams = calloc((size_t)leading->sessions.count + 1, sizeof *leading->teams);
    if (!leading->has || !leading->cost || !leading->row_at || !leading->teams)
        return am_fail_memory(err);
    for (int32_t r = 0; r < coupling->row_count; r++)
        leading->row_at[r] = -1;
    status = man_teams(leading, threads, err);
    return status == AM_OK ? every_team(leading, build_team, err) : status;
}

am_status am_leading_new(struct am_leading **out, const struct am_instance *instance,
                         const struct am_coupling *coupling, int threads, struct am_err *err)
{
    *out = NULL;
    struct am_leading *leading = calloc(1, sizeof *leading);
    if (!leading)
        return am_fail_memory(err);
    leading->instance = instance;
    leading->coupling = coupling;
    am_status status = build(leading, threads, err);
    if (status == AM_OK)
        *out = leading;
    else
        am_leading_free(leading);
    return status;
}

void am_leading_free(struct am_leading *leading)
{
    struct am_err ignored;
    if (!leading)
        return;
    if (leading->crew)
        (void)every_team(leading, free_team, &ignored);
    am_crew_free(leading->crew);
    am_teams_release(&leading->sessions);
    free(leading->teams);
    free(leading->has);
    free(leading->cost);
    free(leading->row_at);
    free(leading);
}

bool am_leading_has(const struct am_leading *leading, int32_t var)
{
    return leading->has[var];
}

/* ---- solving ---- */

/* Reduced cost of an option beside the people's rows alone, in points. */
static double reduced_points(const struct am_leading *leading, int32_t v, struct am_rest rest)
{
    const struct am_coupling *coupling = leading->coupling;
    const int64_t *prices = leading->request.prices;
    int64_t reduced = coupling->vars[v].cost * AM_PRICE_ONE + rest.least;
    for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++)
        if (!is_supervisors(coupling, coupling->var_entries[e].row))
            reduced -= coupling->var_entries[e].value * prices[coupling->var_entries[e].row];
    reduced += am_link_sum_of(coupling, leading->request.sums, v);
    return am_in_points(reduced);
}

/* With an option goes the best of what its session's other variables can be. */
static void reckon_costs(struct am_leading *leading, const struct team *team)
{
    const struct request *at = &leading->request;
    struct am_rest rest = {0};
    int32_t session = -1;
    for (int i = 0; i < team->var_count; i++) {
        int32_t v = team->vars[i];
        if (leading->coupling->vars[v].session != session) {
            session = leading->coupling->vars[v].session;
            rest = am_session_rest(leading->coupling, at->prices, at->sums, NULL, session, NULL);
        }
        leading->cost[v] = reduced_points(leading, v, rest);
    }
}

static am_status set_costs(struct am_leading *leading, struct team *team, struct am_err *err)
{
    am_status status = AM_OK;
    reckon_costs(leading, team);
    for (int i = 0; i < team->var_count && status == AM_OK; i++)
        status = am_lp_set_cost(team->lp, i, leading->cost[team->vars[i]], err);
    return status;
}

static am_status solve_team(struct am_leading *leading, struct team *team, struct am_err *err)
{
    const struct am_coupling *coupling = leading->coupling;
    struct request *to = &leading->request;
    enum am_lp_answer answer = AM_LP_UNKNOWN;
    am_status status = set_costs(leading, team, err);
    if (status == AM_OK)
        status = am_lp_solve(team->lp, (struct am_lp_limits){0}, &answer, err);
    if (status != AM_OK || answer != AM_LP_OPTIMAL)
        return status;
    for (int i = 0; i < team->var_count; i++)
        to->share[team->vars[i]] = am_lp_primal(team->lp, i);
    for (int i = 0; i < team->row_count; i++)
        if (team->rows[i] >= 0)
            to->prices[team->rows[i]] =
                am_price_of(&coupling->rows[team->rows[i]], am_lp_dual(team->lp, i));
    return AM_OK;
}

am_status am_leading_solve(struct am_leading *leading, int64_t *prices,
                           const struct am_link_sums *sums, double *share, struct am_err *err)
{
    leading->request = (struct request){.prices = prices, .sums = sums, .share = share};
    return every_team(leading, solve_team, err);
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

static am_status weigh_team(struct am_leading *leading, struct team *team, struct am_err *err)
{
    (void)err;
    reckon_costs(leading, team);
    return AM_OK;
}

void am_leading_worth(struct am_leading *leading, int64_t *prices, const struct am_link_sums *sums,
                      double *worth)
{
    struct am_err none;
    leading->request = (struct request){.prices = prices, .sums = sums};
    (void)every_team(leading, weigh_team, &none);
    for (int32_t v = 0; v < leading->coupling->var_count; v++)
        worth[v] = leading->has[v] ? -leading->cost[v] : 0;
}

static am_status fix_team(struct am_leading *leading, struct team *team, struct am_err *err)
{
    am_status status = AM_OK;
    for (int i = 0; i < team->var_count && status == AM_OK; i++) {
        int8_t decided = leading->request.decided[team->vars[i]];
        status = am_lp_set_column_bounds(team->lp, i, decided == 1, decided != 0, err);
    }
    return status;
}

am_status am_leading_fix(struct am_leading *leading, const int8_t *var, struct am_err *err)
{
    leading->request = (struct request){.decided = var};
    return every_team(leading, fix_team, err);
}

static am_status decide_team(struct am_leading *leading, struct team *team, struct am_err *err)
{
    const struct request *to = &leading->request;
    enum am_lp_answer answer = AM_LP_UNKNOWN;
    am_status status = AM_OK;
    for (int i = 0; i < team->var_count && status == AM_OK; i++)
        status = am_lp_set_cost(team->lp, i, -to->worth[team->vars[i]], err);
    if (status == AM_OK)
        status = am_lp_solve_integer(team->lp, to->limits, &answer, err);
    bool found = status == AM_OK && (answer == AM_LP_OPTIMAL || answer == AM_LP_FEASIBLE);
    for (int i = 0; i < team->var_count; i++)
        to->chosen[team->vars[i]] = found && am_lp_integer_primal(team->lp, i) > 0.5;
    return status;
}

am_status am_leading_decide(struct am_leading *leading, const double *worth,
                            struct am_lp_limits limits, bool *chosen, struct am_err *err)
{
    leading->request = (struct request){.worth = worth, .limits = limits, .chosen = chosen};
    return every_team(leading, decide_team, err);
}
