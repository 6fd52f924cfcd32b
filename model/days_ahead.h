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

enum { AM_WEEKDAYS = 7 };

/* Sessions alike in weekday, start, length, project and place. */
struct am_kind {
    int16_t minutes, start;
    int32_t weekday; /* 0: Monday, as the window's first day */
    int32_t example; /* one of them */
};

struct am_days_ahead {
    const struct am_caseload *caseload;
    int day_count;      /* from the window's first day */
    size_t words;       /* of 64 weeks each */
    struct am_alike of; /* kinds of sessions, the longest first */
    struct am_kind *kinds;
    uint64_t *held; /* [kind * words ..]: the weeks in which one is held and open */
    struct am_journeys journeys;
    struct am_members kinds_of_slot, sessions_of_kind; /* the latter where there are waivers */
    struct am_waivers *waivers;                        /* by person */
    /* of the home and modes in hand: the kinds within reach, longest first */
    uint64_t *near_bits;
    int32_t *near[AM_WEEKDAYS];
    int near_count[AM_WEEKDAYS];
    /* of the person in hand */
    uint64_t *todo;   /* weeks of a weekday for which nothing is found yet */
    int32_t *longest; /* by day: minutes, 0 for none */
};

/* Memory is in the arena, which is kept. */
AM_MUST_CHECK am_status am_days_ahead_build(const struct am_caseload *caseload,
                                            struct am_arena *arena, struct am_days_ahead *ahead,
                                            struct am_err *err);

/* Fill longest[] of days 0 .. count - 1 for this person. Go through people in
 * the order of am_people_by_home. */
void am_days_ahead_look(struct am_days_ahead *ahead, int person, int count);

/* Of the person just looked at: sessions on days first .. last that they could
 * attend, as above. Those alike in project, place, start and length on one day
 * count once, and those that only a waiver opens do not. */
int32_t am_days_ahead_sessions(const struct am_days_ahead *ahead, int person, int first, int last);

#endif
