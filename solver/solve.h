/*
 * solve - from an instance to a proven roster.
 *
 * One entry for both models: the pattern model (the solver) and the compact
 * 0-1 model (tiny inputs, export, and what tests compare with).
 */
#ifndef AM_SOLVER_SOLVE_H
#define AM_SOLVER_SOLVE_H

#include <signal.h>

#include "base/settings.h"
#include "solver/instance.h"

/* What a progress line and a trace show: told at the start of each phase, at
 * each better roster and each better bound, and now and then between. Points;
 * has_* false where there is none yet. */
struct am_progress {
    const char *phase; /* one word: "prices", "columns", "roster", "polish" */
    bool has_incumbent, has_bound;
    int64_t incumbent, bound, fixed_only;
    double seconds; /* since the solve began */
};

/* The prices that a solve ended with (solver/carry_prices.h): in the arena of that
 * solve, and of its instance. All zero: there are none. */
struct am_kept_prices {
    const struct am_instance *instance;
    const struct am_row *rows; /* solver/coupling.h */
    int32_t row_count;
    const int64_t *price;
};

struct am_solve_hooks {
    void (*progress)(void *context, const struct am_progress *progress); /* NULL: none */
    void *context;
    const volatile sig_atomic_t *stop; /* NULL: none; non-zero: return the best so far */
    /* NULL: none; else a sorted roster of the same caseload to start from. It
     * may break rules: what cannot be kept is left out. Not kept after the call. */
    const struct am_roster *warm;
    /* With warm: NULL, or the prices of the solve that made it. Fewer price steps
     * are taken then, and what runs is not settled anew where warm is close. */
    const struct am_kept_prices *prices;
    /* Parts that may be solved to better the roster, and then the search ends, when
     * those that are under way are done; 0: no limit. So one search can be told to go no further
     * than a share of what another took (am_solution.parts). */
    int64_t parts;
};

struct am_solution {
    enum am_outcome outcome;
    struct am_proof proof;
    struct am_decision decision;  /* in the arena given */
    struct am_kept_prices prices; /* likewise */
    int64_t parts;                /* solved to better the roster (solver/polish.h) */
    bool out_of_memory;           /* which stopped it: good to work by, not to compare with */
};

/* fixed_only: points of the roster with only what is fixed. Whatever GLPK
 * does is contained: it becomes AM_ESOLVER or a worse but valid decision. */
AM_MUST_CHECK am_status am_solve(const struct am_instance *instance,
                                 const struct am_settings *settings, int64_t fixed_only,
                                 struct am_solve_hooks hooks, struct am_arena *arena,
                                 struct am_solution *solution, struct am_err *err);

#endif
