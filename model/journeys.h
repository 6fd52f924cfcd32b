/*
 * journeys - the journeys of one home after another, each reckoned once.
 *
 * Sessions at one place to which the same tables answer with the same waiting
 * share a slot; a journey belongs to a home, a set of modes and a slot.
 */
#ifndef AM_MODEL_JOURNEYS_H
#define AM_MODEL_JOURNEYS_H

#include "model/alike.h"
#include "model/caseload.h"
#include "model/travel.h"

struct am_journeys {
    const struct am_caseload *caseload;
    struct am_alike slots; /* of the caseload's first sessions */
    struct am_journey *at; /* by slot, of the home now open */
    bool *known;
    int32_t *tables; /* those that have the home now open: big caseloads have one set an area */
    int table_count;
    int home;
    am_modes modes;
};

/* For sessions 0 .. session_count - 1. Memory is in the arena. */
AM_MUST_CHECK am_status am_journeys_build(const struct am_caseload *caseload, int session_count,
                                          struct am_arena *arena, struct am_journeys *journeys,
                                          struct am_err *err);

/* Turn to a person's home and modes. What is known stays when both are those
 * of the person before: go through people in the order of am_people_by_home. */
void am_journeys_open(struct am_journeys *journeys, int person);

/* The journey of the person now open to a slot. */
const struct am_journey *am_journeys_get(struct am_journeys *journeys, int slot);

/* All people, those who share a home and modes together. */
AM_MUST_CHECK am_status am_people_by_home(const struct am_caseload *caseload,
                                          struct am_arena *arena, int32_t **people,
                                          struct am_err *err);

#endif
