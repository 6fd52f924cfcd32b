/*
 * exact - column generation, dive, branch and price: what closes a unit, or a
 * part of one, that the LP engine can hold.
 */
#ifndef AM_SOLVER_EXACT_H
#define AM_SOLVER_EXACT_H

#include "solver/search.h"

/* The root alone, for its better bound and prices. */
AM_MUST_CHECK am_status am_exact_root(struct am_search *search, struct am_err *err);

/* From the incumbent, the prices and the columns that the search has; with a
 * dive for a better roster, or for the bound alone. */
AM_MUST_CHECK am_status am_exact(struct am_search *search, bool dive, struct am_err *err);

#endif
