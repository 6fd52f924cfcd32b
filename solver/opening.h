/*
 * opening - which new sessions to open: candidates that cost something, a
 * budget, and the best roster that it buys.
 *
 * A candidate is some sessions of the caseload that may be held, once for all
 * of them its cost is paid, or are not there. Of all sets of candidates within
 * the budget, the one whose best roster has the fewest points. docs/scenarios.md
 * states the mathematics:
 *
 *     min  z(o)   s.t.  y_s <= o_c  (s in c),   sum_c cost_c o_c <= budget,   o_c in {0, 1}
 *
 * where z(o) is the best roster's points, y_s whether session s runs. With a
 * multiplier w_s >= 0 on y_s <= o_c it falls apart into a roster (running s
 * costs w_s more) and a knapsack (taking c is worth the sum of its w_s), and
 *
 *     bound of the roster  -  worth of the best knapsack
 *
 * bounds every set from below, whatever the multipliers (Lagrangian
 * decomposition, Guignard and Kim 1987). Branch and bound, the best bound
 * first, decides the candidates that this leaves open. All figures are whole
 * points, and the bounds are the solver's own proven ones.
 */
#ifndef AM_SOLVER_OPENING_H
#define AM_SOLVER_OPENING_H

#include "solver/knapsack.h"
#include "solver/solve.h"

/* How a roster is searched for. */
typedef am_status am_opening_solver(const struct am_instance *instance,
                                    const struct am_settings *settings, int64_t fixed_only,
                                    struct am_solve_hooks hooks, struct am_arena *arena,
                                    struct am_solution *solution, struct am_err *err);

struct am_opening_problem {
    /* With every session of every candidate in it. What is `closed` is changed
     * and put back. */
    struct am_caseload *caseload;
    const struct am_orders *orders;
    /* Those of the caseload without the candidates, so that the points of all
     * sets mean the same. */
    const struct am_clocks *clocks;
    int64_t fixed_only;          /* points of the roster with only what is fixed */
    const int32_t *candidate_of; /* one a window session; -1: held anyway */
    const int64_t *costs;        /* >= 0 */
    int candidate_count;         /* at most AM_KNAPSACK_MOST */
    int64_t budget;              /* >= 0 */
    int solve_limit;             /* rosters that may be made; at least 2 */
    am_opening_solver *solver;   /* am_solve, or am_compact_solve */
};

/* What a set is known to come to. */
struct am_opened {
    am_set set;
    int64_t objective, bound; /* of its best roster */
};

struct am_opening {
    struct am_opened none, all; /* no candidate; every one, whatever it costs */
    struct am_opened best;      /* the set found. None of it could be left out of its roster */
    int64_t cost;               /* of that set */
    int64_t bound;              /* no set within the budget has a roster of fewer points */
    int solves;                 /* rosters that were made */
    bool stopped;               /* solve_limit or stop cut it short */
};

/* Each roster is searched for with these settings, from the best one so far.
 * Fails with AM_ENOMEM, with what am_instance_build and the solver fail with, or
 * with AM_EINTERRUPTED where it was stopped before there was any roster. */
AM_MUST_CHECK am_status am_opening_choose(const struct am_opening_problem *problem,
                                          const struct am_settings *settings,
                                          const volatile sig_atomic_t *stop,
                                          struct am_opening *opening, struct am_err *err);

#endif
