/*
 * local_prices - better prices around somebody of whose place the prices of the
 * whole unit make too little.
 *
 * A few people's regret (solver/regret.h) can be half of the gap: women who must not
 * be alone, say, and for whom there is one place, which ten men would have to leave
 * (R11). What that place is worth is thousands of points, and steps that suit the
 * whole unit do not get there. So the same steps are taken with the prices of the
 * sessions that such a person may want, everything else standing still, towards
 * what this person's regret alone would make up for: they are far longer. The
 * bound is that of the whole, so whatever is gained here is gained there.
 */
#ifndef AM_SOLVER_LOCAL_PRICES_H
#define AM_SOLVER_LOCAL_PRICES_H

#include "solver/search.h"

/* Raise search->best.bound around those whose regret in the incumbent is greatest, again
 * and again while it closes enough of the gap.
 * Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_local_prices(struct am_search *search, struct am_err *err);

#endif
