/*
 * check - a solver against the brute force.
 */
#ifndef AM_TESTS_CHECK_H
#define AM_TESTS_CHECK_H

#include "tests/support/tiny.h"

/* On each seed the solver's roster must be the best there is and pass its
 * audit, and its bound must be true and meet it. Fails the cmocka test if not. */
void check_solver(tiny_solver *solver, int first_seed, int last_seed);

#endif
