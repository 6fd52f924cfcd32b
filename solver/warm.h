/*
 * warm - begin from a roster in hand: last week's, or one edited by hand.
 */
#ifndef AM_SOLVER_WARM_H
#define AM_SOLVER_WARM_H

#include "solver/search.h"

/* Take what can be kept of hooks.warm into search->scratch, mend and better it,
 * and offer the result. Nothing where there is none. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_warm(struct am_search *search, struct am_err *err);

#endif
