/*
 * neighbourhood - who is placed anew together.
 *
 * From a session with much regret outwards: everybody booked there, those who
 * could come at least loss, the sessions that these have or could have at
 * least loss, and so on until there are people enough. Where a session does
 * not run for want of a supervisor, what its candidates lead at that time is
 * near it too.
 */
#ifndef AM_SOLVER_NEIGHBOURHOOD_H
#define AM_SOLVER_NEIGHBOURHOOD_H

#include "solver/occupancy.h"
#include "solver/regret.h"

/* Long and thin, or short and broad: shape 0 .. AM_NEIGHBOURHOOD_SHAPES - 1. */
enum { AM_NEIGHBOURHOOD_SHAPES = 3 };

struct am_neighbourhood {
    const struct am_occupancy *occupancy; /* of search->incumbent */
    int shape;
    int32_t *people; /* ascending once picked */
    int count;
    int32_t *queue; /* scratch: sessions in order of their coming */
    int length;
    int visited; /* of the queue, from its beginning: the sessions whose people were looked at */
    bool *session_in, *person_in; /* scratch */
};

/* The occupancy must outlive it. All memory is in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_neighbourhood_init(struct am_neighbourhood *near,
                                              const struct am_occupancy *occupancy,
                                              struct am_arena *arena, struct am_err *err);

/* Pick about `size` people around a session. False when there is nobody, or R11
 * would be broken for somebody who has to stay. */
bool am_neighbourhood_pick(struct am_neighbourhood *near, const struct am_search *search,
                           const struct am_regret *regret, int32_t seed, int size);

/* Likewise around several sessions: whoever is booked at one of these and may be
 * placed anew is picked. */
bool am_neighbourhood_pick_all(struct am_neighbourhood *near, const struct am_search *search,
                               const struct am_regret *regret, const int32_t *seeds, int seed_count,
                               int size);

#endif
