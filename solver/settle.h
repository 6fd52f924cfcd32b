/*
 * settle - decide which sessions run under whom before anybody is placed.
 *
 * A dive in prices: the mean of the last price steps says how much of each
 * session the relaxation runs, and under whom. The surest are settled, the
 * prices climb on among the rest, and so on until all is settled. No linear
 * programme grows with the people.
 */
#ifndef AM_SOLVER_SETTLE_H
#define AM_SOLVER_SETTLE_H

#include "solver/search.h"

/* Fills search->settled from search->best and search->share; search->best
 * stays, and settled_prices receives the prices that suit what is settled. */
AM_MUST_CHECK am_status am_settle(struct am_search *search, struct am_best_prices *settled_prices,
                                  struct am_err *err);

/* All is free again, for the supervisors' programmes too. */
AM_MUST_CHECK am_status am_unsettle(struct am_search *search, struct am_err *err);

#endif
