/*
 * agenda - around which session people are placed anew next, and how many.
 *
 * Each session has a list of tries before it: few people, then more, where what runs is
 * held; then where it is free; the same again in other shapes. In a window of several
 * weeks all of them are tried in the session's own week before any is over the whole
 * window: what makes weeks depend on each other is each person's hours alone, and parts
 * over all of them take many times as long. Next is the try with the most regret for what
 * it costs. So a session with much regret has a large part soon, where small ones were in
 * vain, and one with little waits.
 */
#ifndef AM_SOLVER_AGENDA_H
#define AM_SOLVER_AGENDA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct am_try {
    int size;      /* people */
    bool held;     /* what runs, and under whom, stays */
    bool in_week;  /* what lies in other weeks than the session stays */
    int shape;     /* of the neighbourhood */
    double cost;   /* free parts of the smallest size that take as long */
    double wanted; /* times as much regret as such a part wants */
};

struct am_agenda_plan {
    int smallest;      /* people of a free part; a held one has at least twice as many; >= 1 */
    int largest;       /* people of a free part: up to so many, doubling */
    int largest_held;  /* the same of a held one */
    int times;         /* that the sizes are gone through, >= 1 */
    int shapes, shape; /* so many take turns, >= 1; the first of them */
    bool in_week;      /* of several weeks, only the session's own is tried */
};

enum { AM_AGENDA_MOST = 64 }; /* tries of a session; what is beyond is left out */

/* What promises most of some neighbouring sessions. */
struct am_agenda_block {
    int32_t session; /* -1: there is none */
    double promise;
    bool known; /* else something has changed since */
};

struct am_agenda {
    struct am_try tries[AM_AGENDA_MOST];
    int try_count;
    int session_count;
    uint8_t *next;         /* of each session: its next try; try_count: none is left */
    uint8_t *busy;         /* of each session: parts under way that it is at the heart of */
    const int64_t *regret; /* as it was told, with the least that is worth a part */
    int64_t least;
    struct am_agenda_block *blocks;
};

/* weeks: of the window, >= 1. All memory is in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_agenda_init(struct am_agenda *agenda, struct am_agenda_plan plan,
                                       int weeks, int session_count, struct am_arena *arena,
                                       struct am_err *err);

/* From here on these are the regrets of the sessions, which stay as they are until they
 * are told again, 0 or more each. least: no cheapest try for as little regret as this, and
 * the dearer ones want more. */
void am_agenda_tell(struct am_agenda *agenda, const int64_t *regret, int64_t least);

/* To be called after am_agenda_tell. The session whose next try promises most, of those that are
 * not busy; of two alike the first. -1: there is none. It stays where it is in its list. */
int32_t am_agenda_next(struct am_agenda *agenda);

/* So many more parts are under way that the session is at the heart of, or fewer. */
void am_agenda_busy(struct am_agenda *agenda, int32_t session, int parts);
bool am_agenda_is_busy(const struct am_agenda *agenda, int32_t session);

/* The next try around the session, which has one, is taken off its list. */
const struct am_try *am_agenda_take(struct am_agenda *agenda, int32_t session);

/* The try around another session took this one's people in: it need not be made
 * here as well, if it is the next. */
void am_agenda_covered(struct am_agenda *agenda, int32_t session, const struct am_try *try);

/* Something has changed there: its list begins anew. */
void am_agenda_again(struct am_agenda *agenda, int32_t session);

#endif
