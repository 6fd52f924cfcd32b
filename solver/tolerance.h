/*
 * tolerance - every epsilon of the solver, with its reason.
 */
#ifndef AM_SOLVER_TOLERANCE_H
#define AM_SOLVER_TOLERANCE_H

/* A value this near a whole number is taken for it: GLPK's own tolerance for
 * integrality. What is built from it is checked in integers. */
#define AM_TOL_INTEGRAL 1e-5

/* A row that an LP solution breaks by more than this is worth taking in. */
#define AM_TOL_BROKEN 1e-4

/* Points at which artificial columns are as dear as doubles bear: a thousand
 * times the dearest appointment that policy can make, and still 1e-4 exact. */
#define AM_ARTIFICIAL_MOST 1e13

#endif
