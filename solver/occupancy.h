/*
 * occupancy - a decision seen from its sessions and supervisors: how many have a place
 * where, who they are, and what each supervisor leads. Whoever changes the decision tells
 * it what, so that nobody has to look through the whole for it.
 */
#ifndef AM_SOLVER_OCCUPANCY_H
#define AM_SOLVER_OCCUPANCY_H

#include "solver/heads.h"
#include "solver/lists.h"

struct am_occupancy {
    const struct am_instance *instance;
    struct am_heads *heads;  /* of every session, as am_heads_count gives them */
    struct am_lists booked;  /* to each session: cells, person * days + day, ascending */
    struct am_lists leading; /* what each supervisor leads: sessions, ascending */
};

/* Of that decision as it is now. The instance must outlive it. All memory is in arena.
 * Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_occupancy_init(struct am_occupancy *occupancy,
                                          const struct am_instance *instance,
                                          const struct am_decision *decision,
                                          struct am_arena *arena, struct am_err *err);

/* The person has another pair on that day; -1: none. from: what they had, as it was told. */
void am_occupancy_move(struct am_occupancy *occupancy, int person, int day, int64_t from,
                       int64_t to);

/* The session has another supervisor; -1: nobody. from: who led it, as it was told. */
void am_occupancy_hand_over(struct am_occupancy *occupancy, int32_t session, int32_t from,
                            int32_t to);

#endif
