/*
 * greedy - a first roster from the prices alone, so that a search that is cut
 * short has something to show.
 */
#ifndef AM_SOLVER_GREEDY_H
#define AM_SOLVER_GREEDY_H

#include "solver/search.h"

/* Sessions run as settled (am_settle), the others in the ways that the prices
 * like most; people then bid for the places (am_auction), which changes the
 * prices. The result, mended and bettered, is offered. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_greedy(struct am_search *search, int64_t *prices, struct am_err *err);

#endif
