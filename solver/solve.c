/*
 * The pattern solver, in the order of docs/formulation.md, section 7.
 */
#include "solver/solve.h"

#include "solver/branch.h"
#include "solver/dive.h"
#include "solver/greedy.h"
#include "solver/search.h"

enum { MOST_ROUNDS = 1000, KEPT_STEPS = 100, KEEP_EVERY = 20 };

/* Everybody may stay at home: with these the master always has a solution. */
static am_status add_empty_patterns(struct am_search *search, struct am_err *err)
{
    const struct am_instance *instance = search->instance;
    int32_t *none = AM_ARENA_NEW(search->arena, (size_t)instance->days, int32_t);
    if (!none)
        return am_fail_memory(err);
    for (int d = 0; d < instance->days; d++)
        none[d] = -1;
    for (int p = 0; p < instance->person_count; p++) {
        int32_t index = -1;
        am_status status = am_columns_add(&search->columns, p, none, &index, err);
        if (status == AM_OK)
            status = am_master_add(&search->master, index, err);
        if (status != AM_OK)
            return status;
    }
    return AM_OK;
}

static am_status find_prices(struct am_search *search, struct am_err *err)
{
    int steps = search->settings->step_limit;
    search->phase = "prices";
    am_status status = am_prices_climb(
        search->pricer, search->instance, &search->coupling, search->fixed_only,
        (struct am_step_limits){.steps = steps,
                                .keep_from = steps > KEPT_STEPS ? steps - KEPT_STEPS : 0,
                                .keep_every = KEEP_EVERY,
                                .stop = am_search_stop,
                                .context = search},
        &search->columns, &search->best, err);
    am_search_bound(search, search->best.bound);
    return status;
}

/* The root need not be closer than a quarter of the gap asked for. */
static double root_slack(const struct am_search *search)
{
    double quarter = (double)am_search_tolerance(search) / 4;
    return quarter > 0.01 ? quarter : 0.01;
}

/* A lazy row whose price is small beside what an average person's placement is
 * worth can wait until it is broken; the master is the quicker for it. */
static int64_t worth_a_row(const struct am_search *search)
{
    int64_t range = search->fixed_only - search->bound;
    return range / (40 * (int64_t)(search->instance->person_count + 1)) * AM_PRICE_ONE;
}

static am_status find_columns(struct am_search *search, struct am_err *err)
{
    am_status status = AM_OK;
    bool solved = false;
    search->phase = "columns";
    for (size_t i = 0; i < search->columns.count && status == AM_OK; i++)
        status = am_master_add(&search->master, (int32_t)i, err);
    if (status == AM_OK)
        status = am_master_take_priced(&search->master, search->best.row, worth_a_row(search), err);
    if (status == AM_OK)
        status = am_generate(&search->master, search->pricer, &search->columns, &search->answer,
                             (struct am_generate_limits){.rounds = MOST_ROUNDS,
                                                         .enough = root_slack(search),
                                                         .cutoff = INT64_MAX,
                                                         .lp = am_search_lp_limits(search, 0),
                                                         .stop = am_search_stop,
                                                         .context = search},
                             &search->best, &solved, err);
    am_search_bound(search, search->best.bound);
    return status;
}

/* Branching and diving may leave the LP without a solution; artificial columns
 * let it have one, at more than all that can be gained. */
static am_status find_roster(struct am_search *search, struct am_err *err)
{
    const struct am_weights *weights = &search->instance->policy->weights;
    double range = (double)(search->fixed_only - search->bound);
    double dearest = (double)weights->unsupervised + weights->lone_woman_soft +
                     weights->session_changed + 10000.0;
    search->phase = "roster";
    am_status status =
        am_master_allow_artificial(&search->master, 4.0 * range + 10.0 * dearest, err);
    if (status == AM_OK)
        status = am_dive(search, err);
    return status;
}

static am_status run(struct am_search *search, struct am_err *err)
{
    am_status status = am_search_init(search, err);
    if (status == AM_OK)
        status = add_empty_patterns(search, err);
    if (status == AM_OK)
        status = find_prices(search, err);
    if (status == AM_OK)
        status = am_greedy(search, err);
    if (status == AM_OK && !search->stopped && !am_search_done(search))
        status = find_columns(search, err);
    if (status == AM_OK && !am_search_done(search))
        status = find_roster(search, err);
    if (status == AM_OK && !search->stopped && !am_search_done(search))
        status = am_branch(search, err);
    return status;
}

am_status am_solve(const struct am_instance *instance, const struct am_settings *settings,
                   int64_t fixed_only, struct am_solve_hooks hooks, struct am_arena *arena,
                   struct am_solution *solution, struct am_err *err)
{
    struct am_search search = {.instance = instance,
                               .settings = settings,
                               .hooks = hooks,
                               .arena = arena,
                               .fixed_only = fixed_only,
                               .phase = "prices"};
    am_status status = run(&search, err);
    if (status == AM_ESOLVER && search.has_bound) {
        search.stopped =
            true; /* the engine gave up; what there is by then is a roster, and proven */
        status = AM_OK;
    }
    am_search_release(&search);
    if (status != AM_OK)
        return status;
    solution->decision = search.incumbent;
    solution->proof = (struct am_proof){search.objective, search.bound, fixed_only};
    solution->outcome = search.stopped ? AM_OUTCOME_STOPPED : AM_OUTCOME_FEASIBLE;
    if (search.has_bound && search.objective - search.bound < 1)
        solution->outcome = AM_OUTCOME_OPTIMAL;
    return AM_OK;
}
