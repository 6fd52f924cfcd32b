/*
 * ejection - better a roster by chains of people who make way for one another.
 *
 * Whoever has much regret (solver/regret.h) takes the pattern that they would have
 * if every place could be had for its price. Those who had the places go, and find
 * others; the one who lost most may do the same, and so on (ejection chains, Glover
 * 1996). A chain at whose end the roster is better stays, another is taken back. What
 * runs, and under whom, stays; a session that is left by all closes.
 *
 * A woman who would be alone (R11) needs company: another woman comes with her.
 *
 * One chain is some sweeps of a network, so thousands take as long as one part
 * (solver/part.h) that is solved exactly: this leaves the parts what needs them.
 */
#ifndef AM_SOLVER_EJECTION_H
#define AM_SOLVER_EJECTION_H

#include "solver/search.h"

/* Better search->incumbent, at search->best, by way of search->scratch. Does not
 * depend on the number of threads. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_eject(struct am_search *search, struct am_err *err);

#endif
