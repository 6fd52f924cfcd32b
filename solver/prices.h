/*
 * prices - the first prices of the coupling rows, by subgradient steps.
 */
#ifndef AM_SOLVER_PRICES_H
#define AM_SOLVER_PRICES_H

#include "solver/columns.h"
#include "solver/price_step.h"

struct am_step_limits {
    int steps;
    int keep_from; /* patterns of every keep_every-th step from here on become columns */
    int keep_every;
    double near; /* how near the first target lies, as a share of what can be improved; 0: usual */
    struct am_limits branch;
    struct am_leading *leading;
    double *share; /* of each variable, over the last steps: receives the mean (NULL: not wanted) */
    bool (*stop)(void *context); /* asked after every step; NULL: never */
    void *context;
};

/* So many steps are enough for this instance, of a limit stated for few people:
 * many have longer ones. */
int am_prices_steps(const struct am_instance *instance, int limit);

/*
 * Climb the Lagrangian from best->row (and best->bound). A step goes along the
 * violation of the rows, deflected by the last direction, its length by
 * Polyak's rule towards a target a little above the best bound; the target
 * comes nearer when steps stop helping (Held, Wolfe and Crowder 1974;
 * Camerini, Fratta and Maffioli 1975). Doubles choose the way; the bounds are
 * exact. ceiling: points of some roster.
 */
AM_MUST_CHECK am_status am_prices_climb(struct am_pricer *pricer,
                                        const struct am_instance *instance,
                                        const struct am_coupling *coupling, int64_t ceiling,
                                        struct am_step_limits limits, struct am_columns *columns,
                                        struct am_best_prices *best, struct am_err *err);

#endif
