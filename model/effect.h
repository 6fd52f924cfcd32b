/*
 * effect - what one roster changes against another: for the whole, and for each
 * person.
 *
 * The second roster may be of a changed caseload, so long as its people and the
 * sessions of its window are the same and in the same order.
 */
#ifndef AM_MODEL_EFFECT_H
#define AM_MODEL_EFFECT_H

#include "model/clock.h"
#include "model/score.h"

/* A roster and what is reckoned of it. */
struct am_effect_side {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    const struct am_clocks *clocks;
    const struct am_roster *roster;
    struct am_score score;
    struct am_score_split split;
};

/* Reckon score and split of a sorted roster, in the arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_effect_side(struct am_effect_side *side, struct am_arena *arena,
                                       struct am_err *err);

/* One person whose appointments are others than before. */
struct am_effect_person {
    int person;
    int32_t before_min, after_min; /* booked in the window, not recorded */
    int64_t points;                /* of their own: after less before */
    bool clock_worse;              /* am_clock_is_worse */
};

struct am_effect {
    struct am_score change;          /* units and points of the whole: after less before */
    struct am_effect_person *people; /* by person; the one left out is not among them */
    int count;
    int gain, lose, moved; /* of these: more minutes, fewer, as many elsewhere */
    int clock_worse;       /* of everybody but the one left out: how many */
    int starts, stops;     /* sessions */
};

/* Is a person's legal clock worse: more days late to start (S1), more minutes
 * short of what must be done now (S2), or an order with a worse outlook? Of the
 * orders that can no longer finish in time S2 asks for nothing, so one that can
 * again is better whatever it is short of. */
bool am_clock_is_worse(const struct am_effect_side *before, const struct am_effect_side *after,
                       int person);

/* `except`: a person to be left out of people and counts, -1: nobody. Everything
 * is in the arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_effect_between(const struct am_effect_side *before,
                                          const struct am_effect_side *after, int except,
                                          struct am_arena *arena, struct am_effect *effect,
                                          struct am_err *err);

#endif
