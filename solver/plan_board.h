/*
 * plan_board - everybody's best weeks at given prices, and the bound that
 * follows. Inside solver/plan_*.c.
 *
 *     min  sum_p cost_p(x_p)
 *     s.t. sum_p x_pkw <= seats_k r_kw                        (places)
 *          r_kw <= held_kw                                    price rho_kw
 *          sum_{k of the part, supervised} r_kw <= S_w,part   price sigma_w,part
 *          sum_{k supervised} r_kw <= S_w                     price sigma_w
 *          sum_{k ETE} x_pkw <= ETE_p                         price mu_p
 *
 * r_kw has no cost of its own, so a seat minute may be asked for at
 * floor((rho + sigma) / seats): then no r_kw gains, and
 *
 *     sum_p min(cost_p + prices x_p) - rho held - sigma S - mu ETE
 *
 * is at most the cost of any plan, in integers, for any prices >= 0.
 */
#ifndef AM_SOLVER_PLAN_BOARD_H
#define AM_SOLVER_PLAN_BOARD_H

#include "solver/plan_weeks.h"

/* Rows, and prices, in one order: places (kind * weeks + week), supervisors
 * (week * AM_SUPERVISED_ROWS + row), education (planned). Of the first two they
 * are prices of a session minute. */
struct am_plan_rows {
    int64_t places, supervisors, education, count; /* first of each, and how many in all */
};

struct am_plan_board {
    const struct am_horizon *horizon;
    struct am_plan_rows rows;
    int threads;
    struct am_weeks *weeks; /* one a thread */
    int64_t **seats;        /* one a thread: minutes by kind and week */
    int64_t *values;        /* by thread */
    size_t *first;          /* of planned i's table in a table of all */
    size_t table_size;
    int32_t *minutes;    /* the answer: tables of all */
    double *mean;        /* the mean of the answers, likewise; see am_plan_board_mean */
    int64_t *seat_price; /* by kind and week */
    int64_t *used;       /* by row: minutes (seats, not yet session minutes, for places) */
    struct am_arena arena;
};

AM_MUST_CHECK am_status am_plan_board_init(struct am_plan_board *board,
                                           const struct am_horizon *horizon, int threads,
                                           struct am_err *err);
void am_plan_board_release(struct am_plan_board *board);

/* What row r can hold: held minutes, supervisors' minutes, minutes of education. */
int64_t am_plan_row_limit(const struct am_plan_board *board, int64_t r);

/* Prices of seats that follow from those of rows. */
void am_plan_seat_prices(const struct am_plan_board *board, const int64_t *prices, int64_t *seat);

/* Ask everybody at these prices (AM_PLAN_ONE a thousandth of a point): fills
 * minutes and used, takes this much of the answer into the mean, and gives the
 * bound in the same unit. */
AM_MUST_CHECK am_status am_plan_board_ask(struct am_plan_board *board, const int64_t *prices,
                                          double share, int64_t *bound, struct am_err *err);

#endif
