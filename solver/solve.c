/*
 * The pattern solver, in the order of docs/formulation.md, section 7.
 */
#include "solver/solve.h"

#include "solver/carry_prices.h"
#include "solver/ejection.h"
#include "solver/exact.h"
#include "solver/greedy.h"
#include "solver/local_prices.h"
#include "solver/neighbourhood.h"
#include "solver/polish.h"
#include "solver/settle.h"
#include "solver/warm.h"

/* Patterns of every KEEP_EVERY-th of the last KEPT_STEPS become columns. */
enum { KEPT_STEPS = 100, KEEP_EVERY = 20 };
/* Where prices are at hand: the share of the price steps that is taken (carried ones: 1 of
 * so many; for a better bound: quarters, as the fourth brings next to nothing), how near
 * their target lies, and how many times what may stay unproven the roster may be away for
 * what runs to stay. */
static const double near_target = 0.5;
/* Shares of the time limit by which prices are found, and by which it is settled
 * what runs: a short limit must leave time to place people. */
static const double prices_by = 0.4, settled_by = 0.7;
enum { CARRIED_SHARE = 4, BETTER_QUARTERS = 3, CLOSE = 60 };
/* Pairs of the largest unit that the LP engine is given whole; of the largest whose
 * root it is given, where people have to be led and where nobody has to be; a gap of
 * so many times what may stay unproven is far. */
enum {
    MOST_PAIRS_WHOLE = 20000,
    MOST_PAIRS_LED_ROOT = 60000,
    MOST_PAIRS_UNLED_ROOT = 200000,
    FAR = 40
};
/* People of the largest part in which what runs is held: few rows are left of its LP. */
enum { MOST_HELD = 4 * AM_AT_ONCE };

/* Nobody has to be led: without supervisors the programme falls apart but for its
 * people. */
static bool is_unled(const struct am_instance *instance)
{
    for (int s = 0; s < instance->session_count; s++)
        if (instance->sessions[s].open && instance->sessions[s].supervised)
            return false;
    return true;
}

static bool root_fits(const struct am_instance *instance)
{
    return instance->pair_count <=
           (is_unled(instance) ? MOST_PAIRS_UNLED_ROOT : MOST_PAIRS_LED_ROOT);
}

static bool is_small(const struct am_search *search)
{
    return search->instance->person_count <= AM_AT_ONCE;
}

static am_status climb(struct am_search *search, int steps, int64_t ceiling, double near,
                       struct am_err *err)
{
    am_status status = am_prices_climb(
        search->pricer, search->instance, &search->coupling, ceiling,
        (struct am_step_limits){.steps = steps,
                                .keep_from = steps > KEPT_STEPS ? steps - KEPT_STEPS : 0,
                                .keep_every = KEEP_EVERY,
                                .near = near,
                                .leading = search->leading,
                                .share = search->share,
                                .stop = am_search_phase_over,
                                .context = search},
        &search->columns, &search->best, err);
    am_search_bound(search, search->best.bound);
    return status;
}

/* From prices at hand a quarter of the steps is enough, towards a near target. */
static am_status find_prices(struct am_search *search, struct am_err *err)
{
    bool carried = search->hooks.warm && search->hooks.prices;
    int steps = am_prices_steps(search->instance, search->settings->step_limit);
    am_status status = AM_OK;
    search->phase = "prices";
    search->phase_share = prices_by;
    if (!carried)
        return climb(search, steps, search->fixed_only, 0, err);
    status = am_prices_carry(search->hooks.prices, search->instance, &search->coupling,
                             search->best.row, err);
    if (status == AM_OK)
        status = climb(search, steps / CARRIED_SHARE, search->objective, near_target, err);
    return status;
}

/* A first roster: which sessions run, then who comes. */
static am_status find_first(struct am_search *search, struct am_err *err)
{
    struct am_best_prices prices = {0};
    search->phase = "roster";
    search->phase_share = settled_by;
    am_status status = am_settle(search, &prices, err);
    if (status == AM_OK)
        status = am_greedy(search, prices.row, err);
    return status;
}

/* The roster in hand came with its prices, and they prove it to be good: what
 * runs need not be settled anew. */
static bool is_close(const struct am_search *search)
{
    return search->hooks.warm && search->hooks.prices &&
           search->objective - search->bound <= CLOSE * am_search_tolerance(search);
}

static bool goes_on(const struct am_search *search, am_status status)
{
    return status == AM_OK && !search->stopped && !am_search_done(search) &&
           !am_search_parts_done(search);
}

/* So far from proven that the parts must have missed something: a dive into the
 * whole may find it. */
static bool is_far(const struct am_search *search)
{
    return search->objective - search->bound > FAR * am_search_tolerance(search);
}

/* Before the bound is bettered, and after it. Better prices say better where larger
 * parts are wanted, but where nobody has to be led the first ones say it well. */
static const struct am_agenda_plan first_parts = {.smallest = 12,
                                                  .largest = 24,
                                                  .largest_held = 24,
                                                  .times = 1,
                                                  .shapes = AM_NEIGHBOURHOOD_SHAPES,
                                                  .in_week = true};
static const struct am_agenda_plan first_unled = {.smallest = 12,
                                                  .largest = 48,
                                                  .largest_held = 48,
                                                  .times = 1,
                                                  .shapes = AM_NEIGHBOURHOOD_SHAPES,
                                                  .in_week = true};
static const struct am_agenda_plan more_parts = {.smallest = 12,
                                                 .largest = AM_AT_ONCE,
                                                 .largest_held = MOST_HELD,
                                                 .times = 2,
                                                 .shapes = AM_NEIGHBOURHOOD_SHAPES,
                                                 .shape = 1};

static am_status polish(struct am_search *search, struct am_agenda_plan parts, struct am_err *err)
{
    return am_polish(search, (struct am_polish_plan){&search->best, parts}, err);
}

/* A unit that the engine holds has the bound of its root; another that of more
 * steps from the best prices, towards the roster there is. Where nobody has to be led,
 * those around a few people mostly do, and sooner. */
static am_status better_bound(struct am_search *search, struct am_err *err)
{
    if (!is_unled(search->instance) && root_fits(search->instance))
        return am_exact_root(search, err);
    am_status status = am_unsettle(search, err);
    search->phase = "prices";
    search->phase_share = 1;
    int steps = am_prices_steps(search->instance, search->settings->step_limit);
    if (status == AM_OK)
        status = am_local_prices(search, err);
    if (goes_on(search, status) && root_fits(search->instance))
        return am_exact_root(search, err);
    if (goes_on(search, status))
        status = climb(search, steps * BETTER_QUARTERS / 4, search->objective, near_target, err);
    if (goes_on(search, status))
        status = am_local_prices(search, err);
    return status;
}

static am_status run(struct am_search *search, struct am_err *err)
{
    const struct am_instance *instance = search->instance;
    bool small = is_small(search);
    bool fits = instance->pair_count <= MOST_PAIRS_WHOLE;
    am_status status = am_search_init(search, err);
    if (status == AM_OK)
        status = am_warm(search, err);
    if (status == AM_OK)
        status = find_prices(search, err);
    if (status == AM_OK && !is_close(search))
        status = find_first(search, err);
    if (goes_on(search, status) && !small)
        status = am_eject(search, err);
    if (goes_on(search, status) && !small)
        status = polish(search, is_unled(instance) ? first_unled : first_parts, err);
    if (goes_on(search, status) && !small)
        status = better_bound(search, err);
    if (goes_on(search, status) && !small)
        status = polish(search, more_parts, err);
    if (goes_on(search, status) && fits)
        status = am_exact(search, small || is_far(search), err);
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
    solution->out_of_memory = status == AM_ENOMEM;
    if ((status == AM_ESOLVER || status == AM_ENOMEM) && search.has_bound) {
        /* the engine gave up, or memory is out; what there is by then is a roster, and proven */
        search.stopped = true;
        status = AM_OK;
    }
    am_search_release(&search);
    if (status != AM_OK)
        return status;
    solution->decision = search.incumbent;
    solution->proof = (struct am_proof){search.objective, search.bound, fixed_only};
    solution->parts = search.parts;
    solution->prices = (struct am_kept_prices){instance, search.coupling.rows,
                                               search.coupling.row_count, search.best.row};
    solution->outcome = search.stopped ? AM_OUTCOME_STOPPED : AM_OUTCOME_FEASIBLE;
    if (search.has_bound && search.objective - search.bound < 1)
        solution->outcome = AM_OUTCOME_OPTIMAL;
    return AM_OK;
}
