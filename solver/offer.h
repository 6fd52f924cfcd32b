/*
 * offer - the best patterns that one person can have beside a roster as it is.
 *
 * Nobody is moved, and no supervisor gets another session: the person may join
 * the sessions that run and have room, and open those that need neither a
 * supervisor nor more people. Then each session's points depend on that person
 * alone, and the k best patterns are the k shortest paths through the person's
 * network (solver/network.h), one path a pattern: exact.
 */
#ifndef AM_SOLVER_OFFER_H
#define AM_SOLVER_OFFER_H

#include "solver/instance.h"

enum { AM_OFFERS_MOST = 16 };

struct am_offer {
    int64_t chosen[7 * AM_WEEKS_MAX];  /* by day: a pair of the person, -1: none */
    int16_t minutes[7 * AM_WEEKS_MAX]; /* that each gets */
    int64_t points;                    /* of the person (S1-S10) */
    int64_t others;                    /* by which the sessions' points change: S9, S11, R11 */
};

struct am_offers {
    struct am_offer at[AM_OFFERS_MOST]; /* best first: least points + others, then as found */
    int count;                          /* without the pattern that books nothing */
    int64_t nothing;                    /* points of the person where nothing is booked */
};

/*
 * The `most` (up to AM_OFFERS_MOST) best patterns of a person who has nothing in
 * the decision, which is a roster. Fails with AM_ENOMEM.
 */
AM_MUST_CHECK am_status am_offer_best(const struct am_instance *instance,
                                      const struct am_decision *decision, int person, int most,
                                      struct am_offers *offers, struct am_err *err);

#endif
