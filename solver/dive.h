/*
 * dive - from a fractional master to a whole roster, pricing on the way.
 *
 * Options of sessions are decided first (which run, under whom), then people's
 * patterns, a few of the surest at a time; after each handful the master is
 * solved and priced again under what is decided.
 */
#ifndef AM_SOLVER_DIVE_H
#define AM_SOLVER_DIVE_H

#include "solver/search.h"

/* The master must be solved. What is found is offered to the search. The
 * master's bounds are free again on return. */
AM_MUST_CHECK am_status am_dive(struct am_search *search, struct am_err *err);

#endif
