/*
 * plan_climb - good prices for a plan, and a mean of answers that nearly fits.
 *
 * The volume algorithm (Barahona and Anbil 2000): a subgradient method whose
 * directions come from the mean of the answers so far, which tends to an
 * optimum of the relaxation while the prices do to one of its dual.
 */
#ifndef AM_SOLVER_PLAN_CLIMB_H
#define AM_SOLVER_PLAN_CLIMB_H

#include <signal.h>

#include "solver/plan_board.h"

struct am_plan_climb {
    struct am_plan_board *board;
    int64_t *best_prices; /* by row */
    int64_t best_bound;   /* AM_PLAN_ONE a thousandth of a point */
    double target;        /* what some plan costs, in the same unit */
    /* of the climb */
    double *centre, *mean, *way;
    int64_t *prices;
    double factor;
    int vain, taken; /* steps since the bound rose; steps so far */
    struct am_arena arena;
};

AM_MUST_CHECK am_status am_plan_climb_init(struct am_plan_climb *climb, struct am_plan_board *board,
                                           struct am_err *err);
void am_plan_climb_release(struct am_plan_climb *climb);

/* So many steps more. */
AM_MUST_CHECK am_status am_plan_climb_on(struct am_plan_climb *climb, int steps,
                                         const volatile sig_atomic_t *stop, struct am_err *err);

#endif
