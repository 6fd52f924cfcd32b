#include "solver/planning.h"

#include <stdlib.h>
#include <string.h>

#include "solver/plan_climb.h"
#include "solver/plan_fit.h"
#include "solver/plan_whole.h"

enum { STEPS = 200, STEPS_A_TURN = 50, ROUNDS = 4 };

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

static am_status fit(struct solve *solve, double share, struct am_err *err)
{
    int64_t better = 1;
    am_status status = am_plan_fit_mean(&solve->fit, solve->climb.best_prices, share, err);
    for (int i = 0; i < ROUNDS && status == AM_OK && better > 0; i++) {
        status = am_plan_fit_round(&solve->fit, solve->climb.best_prices, &better, err);
    }
    better = 1;
    for (int i = 0; i < ROUNDS && status == AM_OK && better > 0; i++) {
        status = am_plan_fit_round(&solve->fit, NULL, &better, err);
    }
    if (status == AM_OK)
        keep_best(solve);
    return status;
}

static am_status solve_whole(struct solve *solve, struct am_err *err);

static bool is_near(const struct solve *solve)
{
    int64_t bound = bound_of(solve), gap = solve->objective - bound;
    return gap <= 0 || (double)gap * 1e6 <= (double)bound * (double)solve->planning->gap_ppm;
}

static am_status search(struct solve *solve, struct am_err *err)
{
    int steps = solve->planning->steps > 0 ? solve->planning->steps : STEPS;
    am_status status = am_plan_climb_on(&solve->climb, 1, solve->planning->stop, err);
    if (status == AM_OK)
        status = fit(solve, 0, err);
    while (status == AM_OK && solve->climb.taken < steps && !is_near(solve)) {
        int taken = solve->climb.taken;
        status = am_plan_climb_on(&solve->climb, STEPS_A_TURN, solve->planning->stop, err);
        if (status == AM_OK)
            status = fit(solve, 1, err);
        bool stuck = solve->climb.taken < taken + STEPS_A_TURN; /* the mean obeys every row */
        if (stuck || (solve->planning->stop && *solve->planning->stop))
            break;
    }
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
