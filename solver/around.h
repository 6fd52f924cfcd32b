/*
 * around - one person, and those around them, placed anew in a roster in hand.
 *
 * What would the roster be if this person had that place, if that session ran,
 * or simply now that something has changed about them? A unit that the exact
 * solver can hold is solved as a whole: its answers are proven. Of a larger one
 * some dozens of people are cut out (solver/part.h) and placed anew by the exact
 * solver while everybody else stays: the answer is a roster, hence true as far
 * as it goes, but a better one may exist.
 */
#ifndef AM_SOLVER_AROUND_H
#define AM_SOLVER_AROUND_H

#include "base/settings.h"
#include "solver/instance.h"

struct am_around;

/* What a roster says, in terms of the instance, in the arena. False where it is
 * no roster of it: something booked or led is not possible, or a rule of the
 * solver's is broken. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_around_decision(const struct am_instance *instance,
                                           const struct am_roster *roster, struct am_arena *arena,
                                           struct am_decision *decision, bool *valid,
                                           struct am_err *err);

/* The decision must be valid. `person` is the one in the middle, -1: nobody.
 * Instance, decision and settings must outlive it; one call at a time. Fails
 * with AM_ENOMEM. */
AM_MUST_CHECK am_status am_around_new(struct am_around **around, const struct am_instance *instance,
                                      const struct am_decision *decision, int person,
                                      const struct am_settings *settings, struct am_err *err);
void am_around_free(struct am_around *around); /* NULL is accepted */

/* What the new roster has to have. */
struct am_demand {
    int32_t seed;  /* the session around which people are picked */
    int64_t pair;  /* this appointment; -1: none in particular */
    bool any;      /* the person has some appointment */
    int32_t runs;  /* this session runs; -1: none in particular */
    int32_t stops; /* nobody is booked to this session, beside those who are fixed; -1: none */
};

/* None in particular. */
#define AM_DEMAND_NONE(session) ((struct am_demand){(session), -1, false, -1, -1})

struct am_around_answer {
    bool met;    /* the roster has what was demanded; else there was none found */
    bool proven; /* met, and no roster that has it is better */
    int people;  /* placed anew */
    int64_t points;
    struct am_decision decision; /* in the arena given; of the whole instance */
};

/* Without a demand the answer is no worse than the roster in hand. Fails with
 * AM_ENOMEM, or AM_EINTERRUPTED. */
AM_MUST_CHECK am_status am_around_solve(struct am_around *around, struct am_demand demand,
                                        struct am_arena *arena, struct am_around_answer *answer,
                                        struct am_err *err);

/* Points by which the person's own pattern would change if they had this pair as
 * well, in place of what they have on its day; INT64_MAX: it would be none. */
int64_t am_around_own_points(const struct am_around *around, int64_t pair);

#endif
