/*
 * journeys - the journeys of one home after another, each reckoned once.
 *
 * Sessions at one place to which the same tables answer with the same waiting
 * share a slot; a journey belongs to a home, a set of modes and a slot. From
 * one home few slots can be reached, and only those are looked at: the places
 * that share a table with it and, where journeys are estimated, those around.
 */
#ifndef AM_MODEL_JOURNEYS_H
#define AM_MODEL_JOURNEYS_H

#include "model/alike.h"
#include "model/caseload.h"
#include "model/travel.h"

/* What is kept to find journeys quickly; of no concern outside journeys.c. */
struct am_journey_index;

struct am_journeys {
    const struct am_caseload *caseload;
    struct am_alike slots; /* of the caseload's first sessions */
    /* of the person now open */
    int home;
    am_modes modes;
    int32_t *near; /* the slots to which a journey is known, ascending */
    int near_count;
    struct am_journey *at; /* by slot: read it with am_journeys_get */
    struct am_journey_index *index;
};

/* For sessions 0 .. session_count - 1. Memory is in the arena. */
AM_MUST_CHECK am_status am_journeys_build(const struct am_caseload *caseload, int session_count,
                                          struct am_arena *arena, struct am_journeys *journeys,
                                          struct am_err *err);

/* Turn to a person's home and modes. True when either is not what was open
 * before: go through people in the order of am_people_by_home. */
bool am_journeys_open(struct am_journeys *journeys, int person);

/* The journey of the person now open to a slot. */
static inline const struct am_journey *am_journeys_get(const struct am_journeys *journeys, int slot)
{
    return &journeys->at[slot];
}

/* All people, those who share a home and modes together. */
AM_MUST_CHECK am_status am_people_by_home(const struct am_caseload *caseload,
                                          struct am_arena *arena, int32_t **people,
                                          struct am_err *err);

#endif
