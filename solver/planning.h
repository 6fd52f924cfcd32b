/*
 * planning - the completion plan of a horizon, with a proven bound.
 *
 * Lagrangian relaxation: prices on kinds of place and on supervisors' minutes
 * by week; at given prices the best weeks of each person are exact, by a
 * dynamic programme on convex piecewise linear functions. Whole minutes; no
 * row is broken. The same plan for any number of threads.
 */
#ifndef AM_SOLVER_PLANNING_H
#define AM_SOLVER_PLANNING_H

#include <signal.h>

#include "model/plan.h"

struct am_planning {
    int threads;                       /* >= 1 */
    int steps;                         /* price steps; 0: as many as serve */
    int64_t gap_ppm;                   /* stop when (objective - bound) / bound is within */
    const volatile sig_atomic_t *stop; /* NULL: none; non-zero: the best so far is given */
};

/* 2 threads, steps 0, gap 500 ppm, no stop. */
struct am_planning am_planning_defaults(void);

/* The caller releases the plan on success. bound <= the cost of any plan, in
 * integers, whatever the engine did. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_plan_solve(const struct am_horizon *horizon,
                                      const struct am_planning *planning, struct am_plan *plan,
                                      struct am_err *err);

#endif
