/*
 * branch - close what is left of the gap by branch and price.
 *
 * A node decides some options of sessions, some 0-1 variables and some pairs;
 * its bound is that of column generation under those decisions, exact as
 * everywhere. The node of least bound is next, so the least open bound is the
 * bound of the whole.
 */
#ifndef AM_SOLVER_BRANCH_H
#define AM_SOLVER_BRANCH_H

#include "solver/search.h"

AM_MUST_CHECK am_status am_branch(struct am_search *search, struct am_err *err);

#endif
