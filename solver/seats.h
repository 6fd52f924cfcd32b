/*
 * seats - a decision in which people change places one at a time: what it costs that
 * somebody comes while the others stay, and their best answer to that.
 */
#ifndef AM_SOLVER_SEATS_H
#define AM_SOLVER_SEATS_H

#include "solver/heads.h"
#include "solver/rivals.h"
#include "solver/search.h"

struct am_seats {
    const struct am_instance *instance;
    const struct am_networks *networks;
    struct am_decision *decision; /* changed in place */
    struct am_heads *heads;       /* of every session, as decided */
    struct am_rivals rivals;
    struct am_path path;
    int32_t *chosen; /* a pattern of one person: by day a pair less their first, -1: none */
};

/* What a pair costs where the person who has it must stay (without them a rule would
 * be broken for somebody else): long enough to keep them, short enough to add up. */
#define AM_STAY_PRICE (-((int64_t)1 << 56))

/* Of search->scratch, whose heads are counted by the caller (am_heads_count). Fails
 * with AM_ENOMEM; release in either case. */
AM_MUST_CHECK am_status am_seats_init(struct am_seats *seats, struct am_search *search,
                                      struct am_err *err);
void am_seats_release(struct am_seats *seats);

/* What the person has: of each day a pair, -1: none. */
static inline int64_t *am_seats_of(const struct am_seats *seats, int person)
{
    return seats->decision->chosen + (int64_t)person * seats->instance->days;
}

/* Is somebody booked from whom the pair's person is kept apart (R12)? */
bool am_seats_rival_there(const struct am_seats *seats, int64_t pair);

/* Points of a session as it is decided; INT64_MAX: a rule is broken. */
int64_t am_seats_session_points(const struct am_seats *seats, int session);

/* A session without anybody does not run, so its supervisor is free; one that must
 * run does, whatever was decided. */
void am_seats_close_if_empty(struct am_seats *seats, int session);

/* What it costs beside the pair's own cost that this person comes, or has come, the
 * others staying as they are: fixed-point; AM_NO_PATH: can't; AM_STAY_PRICE: must. */
int64_t am_seats_price(const struct am_seats *seats, int person, int64_t pair);

/* What the person's pattern costs now with all that hangs on it, fixed-point. */
int64_t am_seats_present(const struct am_seats *seats, int person);

#endif
