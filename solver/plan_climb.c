#include "solver/plan_climb.h"

#include <math.h>
#include <string.h>

/* Tuned on delivery units of 500 people: the share of a new answer in the mean,
 * how the step shrinks after vain ones and grows after good ones. */
static const double first_share = 0.25, least_share = 0.02;
static const double grow = 1.1, shrink = 0.7, first_factor = 0.1, least_factor = 0.0005;
enum { PATIENCE = 8 };

am_status am_plan_climb_init(struct am_plan_climb *climb, struct am_plan_board *board,
                             struct am_err *err)
{
    size_t rows = (size_t)board->rows.count;
    *climb = (struct am_plan_climb){.board = board, .factor = first_factor};
    am_arena_init(&climb->arena);
    climb->best_prices = AM_ARENA_NEW(&climb->arena, rows, int64_t);
    climb->prices = AM_ARENA_NEW(&climb->arena, rows, int64_t);
    climb->centre = AM_ARENA_NEW(&climb->arena, rows, double);
    climb->mean = AM_ARENA_NEW(&climb->arena, rows, double);
    climb->way = AM_ARENA_NEW(&climb->arena, rows, double);
    return climb->best_prices && climb->prices && climb->centre && climb->mean && climb->way
               ? AM_OK
               : am_fail_memory(err);
}

void am_plan_climb_release(struct am_plan_climb *climb)
{
    am_arena_release(&climb->arena);
}

/* Take the answer's use of each row, in its own unit, into the mean. */
static void take_use(struct am_plan_climb *climb, double share)
{
    const struct am_plan_board *board = climb->board;
    const struct am_horizon *horizon = board->horizon;
    double *mean = climb->mean, *led = climb->way + board->rows.supervisors;
    size_t supervisors = (size_t)(board->rows.education - board->rows.supervisors);
    memset(led, 0, supervisors * sizeof *led);
    for (int k = 0; k < horizon->kind_count; k++) {
        const struct am_place_kind *kind = &horizon->kinds[k];
        for (int w = 0; w < horizon->weeks; w++) {
            int64_t r = (int64_t)k * horizon->weeks + w;
            double run = (double)board->used[r] / kind->seats;
            mean[r] = (1 - share) * mean[r] + share * run;
            if (kind->supervised) {
                led[w * AM_SUPERVISED_ROWS + (int)kind->part] += run;
                led[w * AM_SUPERVISED_ROWS + AM_SUPERVISED_WEEK] += run;
            }
        }
    }
    for (size_t i = 0; i < supervisors; i++) {
        double *at = &mean[board->rows.supervisors + (int64_t)i];
        *at = (1 - share) * *at + share * led[i];
    }
    for (int64_t r = board->rows.education; r < board->rows.count; r++)
        mean[r] = (1 - share) * mean[r] + share * (double)board->used[r];
}

/* The way from the centre: how far the mean breaks each row. Answers its
 * squared length. */
static double turn(struct am_plan_climb *climb)
{
    double square = 0;
    for (int64_t r = 0; r < climb->board->rows.count; r++) {
        double broken = climb->mean[r] - (double)am_plan_row_limit(climb->board, r);
        climb->way[r] = broken < 0 && climb->centre[r] <= 0 ? 0 : broken;
        square += climb->way[r] * climb->way[r];
    }
    return square;
}

static void set_prices(struct am_plan_climb *climb, double length)
{
    const double most = 1e15;
    for (int64_t r = 0; r < climb->board->rows.count; r++) {
        double price = climb->centre[r] + length * climb->way[r];
        climb->prices[r] = price > 0 ? (int64_t)(price < most ? price : most) : 0;
    }
}

static void take_better(struct am_plan_climb *climb, int64_t bound)
{
    size_t rows = (size_t)climb->board->rows.count;
    climb->best_bound = bound;
    memcpy(climb->best_prices, climb->prices, rows * sizeof *climb->prices);
    for (size_t r = 0; r < rows; r++)
        climb->centre[r] = (double)climb->prices[r];
}

static void judge(struct am_plan_climb *climb, int64_t bound)
{
    if (climb->taken == 0 || bound > climb->best_bound) {
        take_better(climb, bound);
        climb->factor *= climb->vain == 0 ? grow : 1;
        climb->factor = climb->factor > 1 ? 1 : climb->factor;
        climb->vain = 0;
    } else if (++climb->vain % PATIENCE == 0) {
        climb->factor *= shrink;
        climb->factor = climb->factor < least_factor ? least_factor : climb->factor;
    }
}

static double share_of(const struct am_plan_climb *climb)
{
    double share = climb->taken == 0 ? 1 : 2.0 / (climb->taken + 2);
    share = share > first_share && climb->taken > 0 ? first_share : share;
    return share > least_share ? share : least_share;
}

am_status am_plan_climb_on(struct am_plan_climb *climb, int steps,
                           const volatile sig_atomic_t *stop, struct am_err *err)
{
    for (int i = 0; i < steps && !(stop && *stop && climb->taken > 0); i++) {
        int64_t bound = 0;
        double share = share_of(climb), square = climb->taken > 0 ? turn(climb) : 0;
        if (climb->taken > 0 && !(square > 0))
            break;
        double lacking = climb->target - (double)climb->best_bound;
        if (climb->taken > 0)
            set_prices(climb, climb->factor * (lacking > 1 ? lacking : 1) / square);
        am_status status = am_plan_board_ask(climb->board, climb->prices, share, &bound, err);
        if (status != AM_OK)
            return status;
        take_use(climb, share);
        judge(climb, bound);
        climb->taken++;
    }
    return AM_OK;
}
