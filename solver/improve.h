/*
 * improve - mend a decision so that it is a roster, then better it person by
 * person until nobody's change alone helps.
 */
#ifndef AM_SOLVER_IMPROVE_H
#define AM_SOLVER_IMPROVE_H

#include "solver/search.h"

/* Works on search->scratch, whose choices must each be patterns; offers the
 * result. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_improve(struct am_search *search, struct am_err *err);

#endif
