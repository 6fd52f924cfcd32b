/*
 * plan_fit - whole minutes that break no row, from the mean of the answers.
 */
#ifndef AM_SOLVER_PLAN_FIT_H
#define AM_SOLVER_PLAN_FIT_H

#include "solver/plan_board.h"

struct am_plan_fit {
    struct am_plan_board *board;
    int32_t *minutes;      /* tables of all: the plan */
    int64_t *seats;        /* by kind and week: minutes booked */
    int64_t *led;          /* by week and supervisors' row: minutes led */
    int64_t *cost;         /* of each planned, thousandths of a point */
    int32_t *kept, *found; /* tables of one */
    int64_t total;         /* cost of all */
    struct am_arena arena;
};

AM_MUST_CHECK am_status am_plan_fit_init(struct am_plan_fit *fit, struct am_plan_board *board,
                                         struct am_err *err);
void am_plan_fit_release(struct am_plan_fit *fit);

/* Start anew from the mean of the board's answers, cut to what fits (share: of
 * it; 0: from nothing), then let everybody book what they lack at these prices. */
AM_MUST_CHECK am_status am_plan_fit_mean(struct am_plan_fit *fit, const int64_t *prices,
                                         double share, struct am_err *err);

/* Let everybody choose anew among what is left, at so many percent of these
 * prices, where that costs less in sum: cost and price. */
AM_MUST_CHECK am_status am_plan_fit_round(struct am_plan_fit *fit, const int64_t *prices,
                                          int percent, struct am_err *err);

#endif
