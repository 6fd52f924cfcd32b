#include "solver/planning.h"

#include <stdlib.h>
#include <string.h>

#include "solver/plan_climb.h"
#include "solver/plan_fit.h"
#include "solver/plan_whole.h"

enum { STEPS = 400, STEPS_LARGE = 200, STEPS_A_TURN = 50, CHOICES_LARGE = 5000000 };

/* Steps end where a turn of them brings the bound nearer by less than this
 * share of what is not proven. */
static const double worth_going_on = 0.04;

/* A horizon with so few choices is solved as one integer program too. */
enum { CHOICES_WHOLE = 2000, NODES_WHOLE = 20000 };

struct am_planning am_planning_defaults(void)
{
    return (struct am_planning){.threads = 2, .steps = 0, .gap_ppm = 500};
}

struct solve {
    const struct am_horizon *horizon;
    const struct am_planning *planning;
    struct am_plan_board board;
    struct am_plan_climb climb;
    struct am_plan_fit fit;
    int32_t *best; /* tables of all: the cheapest plan so far */
    int64_t objective;
    bool has_plan;
};

static void keep_best(struct solve *solve)
{
    if (solve->has_plan && solve->fit.total >= solve->objective)
        return;
    if (solve->board.table_size > 0)
        memcpy(solve->best, solve->fit.minutes, solve->board.table_size * sizeof *solve->best);
    solve->objective = solve->fit.total;
    solve->has_plan = true;
    solve->climb.target = (double)solve->objective * AM_PLAN_ONE;
}

/* Thousandths of a point, rounded up: costs are whole. */
static int64_t bound_of(const struct solve *solve)
{
    int64_t bound = solve->climb.best_bound, whole = bound / AM_PLAN_ONE;
    return whole + (bound % AM_PLAN_ONE > 0);
}

/* Percent of the prices, round by round: places that others want are left to
 * them at first; in the end whatever is free is taken. */
static const int few_rounds[] = {60, 10, 0}, many_rounds[] = {100, 60, 30, 10, 0, 50, 20, 5, 0};
#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

static am_status go_round(struct solve *solve, const int *percents, int count, struct am_err *err)
{
    am_status status = AM_OK;
    for (int i = 0; i < count && status == AM_OK; i++) {
        status = am_plan_fit_round(&solve->fit, solve->climb.best_prices, percents[i], err);
        if (status == AM_OK && percents[i] == 0)
            keep_best(solve);
    }
    return status;
}

static am_status fit(struct solve *solve, double share, struct am_err *err)
{
    am_status status = am_plan_fit_mean(&solve->fit, solve->climb.best_prices, share, err);
    if (status == AM_OK)
        status = go_round(solve, few_rounds, COUNT(few_rounds), err);
    return status;
}

static am_status solve_whole(struct solve *solve, struct am_err *err);

static bool is_near(const struct solve *solve)
{
    int64_t bound = bound_of(solve), gap = solve->objective - bound;
    return gap <= 0 || (double)gap * 1e6 <= (double)bound * (double)solve->planning->gap_ppm;
}

/* Does one more turn of steps promise anything? Not where the mean of the
 * answers obeys every row, nor where the bound hardly rises. */
static bool goes_on(const struct solve *solve, int taken, int64_t bound)
{
    bool stuck = solve->climb.taken < taken + STEPS_A_TURN;
    double gained = (double)(bound_of(solve) - bound);
    double unproven = (double)(solve->objective - bound_of(solve));
    bool slow = taken > STEPS_A_TURN && gained < worth_going_on * unproven;
    bool asked = solve->planning->stop && *solve->planning->stop;
    return !stuck && !slow && !asked && !is_near(solve);
}

static int steps_of(const struct solve *solve)
{
    if (solve->planning->steps > 0)
        return solve->planning->steps;
    return am_plan_whole_choices(solve->horizon) > CHOICES_LARGE ? STEPS_LARGE : STEPS;
}

static am_status search(struct solve *solve, struct am_err *err)
{
    int steps = steps_of(solve);
    am_status status = am_plan_climb_on(&solve->climb, 1, solve->planning->stop, err);
    if (status == AM_OK)
        status = fit(solve, 0, err);
    bool on = status == AM_OK && !is_near(solve);
    while (on && solve->climb.taken < steps) {
        int taken = solve->climb.taken;
        int64_t bound = bound_of(solve);
        status = am_plan_climb_on(&solve->climb, STEPS_A_TURN, solve->planning->stop, err);
        if (status == AM_OK)
            status = fit(solve, 1, err);
        on = status == AM_OK && goes_on(solve, taken, bound);
    }
    if (status == AM_OK && !is_near(solve))
        status = go_round(solve, many_rounds, COUNT(many_rounds), err);
    bool small = am_plan_whole_choices(solve->horizon) <= CHOICES_WHOLE;
    if (status == AM_OK && small && solve->objective > bound_of(solve))
        status = solve_whole(solve, err);
    return status;
}

/* ---- small ones as a whole ---- */

static int list_cells(const struct solve *solve, const int32_t *tables, struct am_plan_cell *cells);

/* Take the engine's minutes where they obey and are cheaper. */
static am_status take_whole(struct solve *solve, const int32_t *minutes, struct am_err *err)
{
    struct am_plan plan = {0};
    struct am_plan_cell *cells = malloc((solve->board.table_size + 1) * sizeof *cells);
    if (!cells)
        return am_fail_memory(err);
    am_status status =
        am_plan_make(&plan, solve->horizon, cells, list_cells(solve, minutes, cells), err);
    free(cells);
    if (status != AM_OK)
        return status;
    if (plan.objective < solve->objective && am_plan_check(&plan, NULL) == AM_OK) {
        memcpy(solve->best, minutes, solve->board.table_size * sizeof *minutes);
        solve->objective = plan.objective;
    }
    am_plan_release(&plan);
    return AM_OK;
}

static am_status ask_engine(struct solve *solve, struct am_plan_whole *whole, struct am_err *err)
{
    enum am_lp_answer answer = AM_LP_UNKNOWN;
    const struct am_lp_limits limits = {.nodes = NODES_WHOLE,
                                        .cutoff = (double)solve->objective / 1000,
                                        .has_cutoff = true,
                                        .absolute_gap = 0.0005,
                                        .stop = solve->planning->stop};
    am_status status = am_lp_solve_integer(whole->lp, limits, &answer, err);
    if (status != AM_OK || (answer != AM_LP_OPTIMAL && answer != AM_LP_FEASIBLE))
        return status;
    int32_t *minutes = AM_ARENA_NEW(&whole->arena, whole->size, int32_t);
    if (!minutes)
        return am_fail_memory(err);
    am_plan_whole_read(whole, minutes);
    return take_whole(solve, minutes, err);
}

/* What the engine cannot do changes nothing: there is a plan already. */
static am_status solve_whole(struct solve *solve, struct am_err *err)
{
    struct am_plan_whole whole;
    struct am_err own = {0};
    am_status status = am_plan_whole_build(&whole, solve->horizon, true, &own);
    if (status == AM_OK)
        status = ask_engine(solve, &whole, &own);
    am_plan_whole_release(&whole);
    if (status == AM_ENOMEM)
        return am_fail_memory(err);
    return AM_OK;
}

/* ---- giving it out ---- */

static size_t count_cells(const struct solve *solve)
{
    size_t count = 0;
    for (size_t i = 0; i < solve->board.table_size; i++)
        count += solve->best[i] > 0;
    return count;
}

static int list_cells(const struct solve *solve, const int32_t *tables, struct am_plan_cell *cells)
{
    const struct am_horizon *horizon = solve->horizon;
    int count = 0;
    for (int i = 0; i < horizon->planned_count; i++) {
        const struct am_planned *who = &horizon->planned[i];
        const int32_t *table = tables + solve->board.first[i];
        for (int w = 0; w < horizon->weeks; w++)
            for (int o = 0; o < who->option_count; o++)
                if (table[w * who->option_count + o] > 0)
                    cells[count++] = (struct am_plan_cell){i, w, who->options[o].kind,
                                                           table[w * who->option_count + o]};
    }
    return count;
}

static void give_prices(const struct solve *solve, struct am_plan *plan)
{
    const struct am_plan_rows *rows = &solve->board.rows;
    const int64_t *prices = solve->climb.best_prices;
    am_plan_seat_prices(&solve->board, prices, solve->board.seat_price);
    for (int k = 0; k < solve->horizon->kind_count; k++)
        for (int w = 0; w < solve->horizon->weeks; w++)
            plan->uses[k * solve->horizon->weeks + w].price =
                solve->board.seat_price[am_seat_index(solve->horizon, k, w)] / AM_PLAN_ONE;
    for (int64_t r = rows->supervisors; r < rows->education; r++)
        plan->supervisor_price[r - rows->supervisors] = prices[r] / AM_PLAN_ONE;
}

static am_status give(const struct solve *solve, struct am_plan *plan, struct am_err *err)
{
    struct am_plan_cell *cells = malloc((count_cells(solve) + 1) * sizeof *cells);
    if (!cells)
        return am_fail_memory(err);
    am_status status =
        am_plan_make(plan, solve->horizon, cells, list_cells(solve, solve->best, cells), err);
    free(cells);
    if (status != AM_OK)
        return status;
    plan->bound = bound_of(solve);
    give_prices(solve, plan);
    return AM_OK;
}

am_status am_plan_solve(const struct am_horizon *horizon, const struct am_planning *planning,
                        struct am_plan *plan, struct am_err *err)
{
    struct solve solve = {.horizon = horizon, .planning = planning};
    am_status status = am_plan_board_init(&solve.board, horizon, planning->threads, err);
    if (status == AM_OK)
        status = am_plan_climb_init(&solve.climb, &solve.board, err);
    if (status == AM_OK)
        status = am_plan_fit_init(&solve.fit, &solve.board, err);
    if (status == AM_OK) {
        solve.best = AM_ARENA_NEW(&solve.board.arena, solve.board.table_size, int32_t);
        status = solve.best ? search(&solve, err) : am_fail_memory(err);
    }
    if (status == AM_OK)
        status = give(&solve, plan, err);
    am_plan_fit_release(&solve.fit);
    am_plan_climb_release(&solve.climb);
    am_plan_board_release(&solve.board);
    return status;
}
