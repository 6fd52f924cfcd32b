/*
 * leading - who leads what, at given prices, as a linear programme.
 *
 * With the people's rows priced, each way to run a supervised session has a
 * reduced cost, and what is left is to share the sessions out:
 *
 *     min  sum rc_v t_v
 *     s.t. sum of a session's options <= 1 (= 1: must_run)
 *          R10: clashes and hours of each supervisor
 *
 * Its duals are the best prices of the supervisors' rows there are beside the
 * people's; so the subgradient steps need not look for them, which they are
 * slow to find (supervisors are much alike). The programme falls apart into as
 * many as there are teams that share no session (solver/teams.h), each kept with
 * its basis by a thread of its own (solver/crew.h).
 */
#ifndef AM_SOLVER_LEADING_H
#define AM_SOLVER_LEADING_H

#include "solver/lp.h"
#include "solver/pricing.h"

struct am_leading;

/* threads >= 1: what comes of it does not depend on them. Fails with AM_ENOMEM or
 * AM_ESOLVER. The coupling must outlive it. */
AM_MUST_CHECK am_status am_leading_new(struct am_leading **leading,
                                       const struct am_instance *instance,
                                       const struct am_coupling *coupling, int threads,
                                       struct am_err *err);
void am_leading_free(struct am_leading *leading); /* NULL is accepted */

/* Is the variable shared out here? */
bool am_leading_has(const struct am_leading *leading, int32_t var);

/* From here on the variables are as decided: -1 free, 0 none, 1 whole. */
AM_MUST_CHECK am_status am_leading_fix(struct am_leading *leading, const int8_t *var,
                                       struct am_err *err);

/*
 * Solve at the prices of the people's rows and the sums of their links'; the supervisors' rows get
 * theirs, and share[v] the variables that am_leading_has (0 .. 1). Where the engine finds no
 * answer, both stay as they were.
 */
AM_MUST_CHECK am_status am_leading_solve(struct am_leading *leading, int64_t *prices,
                                         const struct am_link_sums *sums, double *share,
                                         struct am_err *err);

/* am_leading_solve, then am_price at the prices that come of it. Fails with
 * AM_ENOMEM too. */
AM_MUST_CHECK am_status am_leading_price(struct am_leading *leading, struct am_pricer *pricer,
                                         int64_t *prices, double *share, struct am_answer *answer,
                                         struct am_err *err);

/* What each way to lead is worth at these prices, whoever else it takes the supervisor
 * from: worth[v] in points, of the variables that am_leading_has. */
void am_leading_worth(struct am_leading *leading, int64_t *prices, const struct am_link_sums *sums,
                      double *worth);

/* The whole sharing out of greatest worth (the engine's branch and cut; the
 * programme is nearly whole by itself): chosen[v] is set for the variables that
 * am_leading_has; a team for which nothing is found within the limits has none
 * chosen. */
AM_MUST_CHECK am_status am_leading_decide(struct am_leading *leading, const double *worth,
                                          struct am_lp_limits limits, bool *chosen,
                                          struct am_err *err);

#endif
