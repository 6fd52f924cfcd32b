/*
 * horizon_parts - what the files that build a horizon share. Private to
 * model/horizon*.c.
 */
#ifndef AM_MODEL_HORIZON_PARTS_H
#define AM_MODEL_HORIZON_PARTS_H

#include "model/days_ahead.h"
#include "model/horizon.h"

/* Sessions of one kind that are alike in weekday and start. */
struct am_slot_class {
    int32_t kind, weekday, start;
    int32_t example;
    am_genders genders; /* of those who may lead one of them */
};

struct am_horizon_work {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    const struct am_clocks *clocks;
    const int32_t *ahead_min; /* by order */
    struct am_arena *arena;   /* of the horizon */
    struct am_arena scratch;
    struct am_horizon *horizon;
    int days;             /* of the horizon */
    am_genders *genders;  /* by session, of those who may lead it */
    int32_t *kind_of;     /* by session; -1: nobody new is booked there */
    int32_t *fixed_heads; /* by session of the window, not recorded */
    int32_t *class_of;    /* by session; -1 as above */
    struct am_slot_class *classes;
    int class_count;
    size_t words;         /* of 64 weeks */
    uint64_t *class_held; /* [class * words ..]: weeks in which one is held */
    struct am_days_ahead ahead;
    struct am_members classes_of_slot;
};

/* Kinds, what is held of each, and supervisors' minutes: horizon_places.c. */
AM_MUST_CHECK am_status am_horizon_places(struct am_horizon_work *work, struct am_err *err);

/* What somebody could attend, whoever is planned so: horizon_reach.c. */
struct am_horizon_reach {
    int32_t *longest; /* by day of the horizon: minutes of the longest session */
    uint8_t *days;    /* [week * kind_count + kind]: weekdays */
    int32_t *travel;  /* by kind: the least there and back */
    int32_t *kinds;   /* those with a day, ascending */
    int kind_count;
};

AM_MUST_CHECK am_status am_horizon_reach_init(struct am_horizon_work *work,
                                              struct am_horizon_reach *reach, struct am_err *err);
/* Go through people in the order of am_people_by_home. R1 and what is fixed
 * are left to the caller. */
void am_horizon_reach_look(struct am_horizon_work *work, int person,
                           struct am_horizon_reach *reach);

/* Everybody planned: horizon_people.c. */
AM_MUST_CHECK am_status am_horizon_people(struct am_horizon_work *work,
                                          const struct am_horizon_wishes *wishes,
                                          struct am_err *err);

#endif
