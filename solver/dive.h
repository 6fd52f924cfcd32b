/*
 * dive - from a fractional master to a whole roster, pricing on the way.
 *
 * Which sessions run is decided first, then under whom, the surest first; after
 * each handful the master is solved and priced again under what is decided.
 * The engine's branch and cut then places the people; where it finds nothing
 * within its nodes, patterns are decided like the rest, and mended.
 */
#ifndef AM_SOLVER_DIVE_H
#define AM_SOLVER_DIVE_H

#include "solver/search.h"

/* The master must be solved. What is found is offered to the search. The
 * master's bounds are free again on return. */
AM_MUST_CHECK am_status am_dive(struct am_search *search, struct am_err *err);

#endif
