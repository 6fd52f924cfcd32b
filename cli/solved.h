/*
 * solved - the roster of one caseload: searched for, written out, scored, audited.
 *
 * What every command does that wants the best roster of a caseload, be it one
 * in a file or one changed in memory. May be used by several threads, each with
 * a caseload of its own.
 */
#ifndef AM_CLI_SOLVED_H
#define AM_CLI_SOLVED_H

#include "command/derived.h"
#include "model/audit.h"
#include "solver/solve.h"

struct am_solved {
    struct am_arena arena; /* of the instance and the solution */
    struct am_instance instance;
    struct am_solution solution;
    struct am_roster roster; /* scored; carries outcome and proof */
    struct am_audit audit;   /* of the roster */
};

/* How a roster is searched for: am_solve, am_compact_solve. */
typedef am_status am_solver(const struct am_instance *instance, const struct am_settings *settings,
                            int64_t fixed_only, struct am_solve_hooks hooks, struct am_arena *arena,
                            struct am_solution *solution, struct am_err *err);

/*
 * In this sequence, each once, and am_solved_release after the last or after
 * any that failed. `derived` must outlive it.
 *
 * am_solved_search fails with AM_EINTERRUPTED where it was stopped before there
 * was any roster; it may also succeed with AM_OUTCOME_NONE. am_solved_roster
 * wants another outcome; whether its audit passes (am_audit_passes) is for the
 * caller to see, who must not use a roster that does not.
 */
AM_MUST_CHECK am_status am_solved_instance(struct am_solved *solved,
                                           const struct am_derived *derived, struct am_err *err);
AM_MUST_CHECK am_status am_solved_search(struct am_solved *solved, const struct am_derived *derived,
                                         am_solver *solver, const struct am_settings *settings,
                                         struct am_solve_hooks hooks, struct am_err *err);
AM_MUST_CHECK am_status am_solved_roster(struct am_solved *solved, const struct am_derived *derived,
                                         struct am_err *err);
void am_solved_release(struct am_solved *solved);

/* All three with the pattern solver. `warm` is a roster of any caseload that is
 * much like this one (model/roster_carry.h), or NULL. AM_ESOLVER where the
 * roster does not pass its audit, AM_EINTERRUPTED where there is none. */
AM_MUST_CHECK am_status am_solved_make(struct am_solved *solved, const struct am_derived *derived,
                                       const struct am_settings *settings,
                                       const struct am_roster *warm,
                                       const volatile sig_atomic_t *stop, struct am_err *err);

/* Likewise, from the roster and the prices of a caseload that is much like this one, which was
 * solved by am_solved_make: quicker, and no further than a third of that search went, unless the
 * best is to be proven (a gap of 0). */
AM_MUST_CHECK am_status am_solved_again(struct am_solved *solved, const struct am_derived *derived,
                                        const struct am_settings *settings,
                                        const struct am_solved *earlier,
                                        const volatile sig_atomic_t *stop, struct am_err *err);

#endif
