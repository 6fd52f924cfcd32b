/*
 * days_ahead - the longest session that a person could attend on each day from
 * the window's first to the last of the caseload (S2). Inside model/ only.
 *
 * R1 is left to the caller, since it depends on the order; what is fixed too.
 */
#ifndef AM_MODEL_DAYS_AHEAD_H
#define AM_MODEL_DAYS_AHEAD_H

#include "model/alike.h"
#include "model/eligible_rules.h"
#include "model/journeys.h"

struct am_day {
    int first, count; /* in listed: its sessions that are not closed, longest first */
    int type;         /* days with the same kinds of session share a type */
};

struct am_days_ahead {
    const struct am_caseload *caseload;
    struct am_arena *arena;
    int day_count; /* from the window's first day */
    struct am_day *days;
    int32_t *listed;
    struct am_alike kinds; /* of sessions */
    int type_count;
    struct am_journeys journeys;
    struct am_waivers *waivers; /* by person */
    /* of the person in hand */
    am_rule_set *kind_rules; /* R3 and R13, where asked */
    bool *kind_asked;
    int32_t *type_longest; /* by type of day */
    int32_t *longest;      /* by day: minutes, 0 for none */
};

/* Memory is in the arena, which is kept. */
AM_MUST_CHECK am_status am_days_ahead_build(const struct am_caseload *caseload,
                                            struct am_arena *arena, struct am_days_ahead *ahead,
                                            struct am_err *err);

/* Fill longest[] of days 0 .. count - 1 for this person. Go through people in
 * the order of am_people_by_home. */
void am_days_ahead_look(struct am_days_ahead *ahead, int person, int count);

#endif
