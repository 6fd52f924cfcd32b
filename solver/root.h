/*
 * root - column generation: master and pricing in turn until value and bound meet.
 */
#ifndef AM_SOLVER_ROOT_H
#define AM_SOLVER_ROOT_H

#include "solver/master.h"
#include "solver/prices.h"

struct am_generate_limits {
    int rounds;
    double enough;  /* points between master and bound at which to stop */
    int64_t cutoff; /* stop once the bound, in points, is not below this */
    bool insist;    /* make artificial columns dearer until they are left, or it is vain */
    struct am_limits branch;
    struct am_lp_limits lp;
    bool (*stop)(void *context); /* asked after every round; NULL: never */
    void *context;
};

/*
 * Prices for pricing lie between the best prices so far and the master's duals
 * (Wentges 1997: it damps the duals' swings); a round in which no pattern
 * betters the master takes the duals themselves. On return best holds the best
 * bound seen, and the master's last solution can be read when *solved.
 */
AM_MUST_CHECK am_status am_generate(struct am_master *master, struct am_pricer *pricer,
                                    struct am_columns *columns, struct am_answer *answer,
                                    struct am_generate_limits limits, struct am_best_prices *best,
                                    bool *solved, struct am_err *err);

#endif
