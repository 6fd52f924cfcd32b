/*
 * rearrange - the best that can be done for one person if some others may move.
 *
 * The people booked at the sessions that would suit the person best are placed
 * anew together with them, everybody else staying (solver/part.h). The weekly
 * search betters its rosters in just this way. Moving somebody counts as if the
 * roster had been published (S8), so nobody is moved for little.
 */
#ifndef AM_SOLVER_REARRANGE_H
#define AM_SOLVER_REARRANGE_H

#include "base/settings.h"
#include "solver/instance.h"

struct am_rearranged {
    struct am_decision decision; /* of the whole, in the arena given */
    int64_t before, after;       /* points of the whole: as given, as rearranged */
    int others;                  /* people who were free to move, beside the person */
    bool proven;                 /* with S8 for each who moves, none is better in which the rest
                                    stays */
};

/*
 * `decision` is a roster; about `most` people may move. Where nothing better is
 * found the decision is as given. Fails with AM_ENOMEM.
 */
AM_MUST_CHECK am_status am_rearrange(const struct am_instance *instance,
                                     const struct am_decision *decision, int person, int most,
                                     struct am_arena *arena, struct am_rearranged *rearranged,
                                     struct am_err *err);

#endif
