/*
 * change - take what was decided of a part into the whole roster, if that
 * betters it.
 *
 * Parts are solved side by side, each as if the others stayed as they were. So
 * each is taken in turn, and only if what it changes is still a roster and
 * still better; that is reckoned anew for the people and sessions it touches.
 */
#ifndef AM_SOLVER_CHANGE_H
#define AM_SOLVER_CHANGE_H

#include "solver/part.h"

struct am_change {
    const struct am_instance *whole;
    const struct am_rivals *rivals;
    struct am_decision *decision;
    struct am_occupancy *occupancy; /* of the decision, which it follows */
};

/* Points gained (> 0: the decision and its occupancy are changed), or 0: nothing is. `before` is
 * scratch for the part's decision as it was. */
int64_t am_change_take(struct am_change *change, const struct am_part *part,
                       const struct am_decision *of_part, struct am_decision *before);

#endif
