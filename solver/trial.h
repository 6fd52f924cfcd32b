/*
 * trial - changes of some people's places that can be taken back as a whole, and what
 * they come to.
 *
 * People leave places and take patterns, with rules broken in between if need be; the
 * points of all that was touched are reckoned directly when somebody asks.
 */
#ifndef AM_SOLVER_TRIAL_H
#define AM_SOLVER_TRIAL_H

#include "solver/lists.h"
#include "solver/seats.h"

enum { AM_TRIAL_MOST = 64 }; /* people of a trial */

/* A session as it was when it was first touched. */
struct am_trial_session {
    int32_t session, supervisor;
    bool runs;
    struct am_heads heads;
    int64_t points;
};

struct am_trial {
    struct am_seats *seats; /* heads counted; changed by this alone while it lives */
    struct am_lists booked; /* who has a place at a session: cells, person * days + day */
    /* Touched in this trial; the people in the order of their coming. */
    struct am_trial_session *sessions;
    int session_count;
    int32_t people[AM_TRIAL_MOST];
    int64_t points[AM_TRIAL_MOST]; /* of the patterns that they had */
    int person_count;
    int64_t *had;                              /* their patterns: [i * days + day] */
    int32_t *session_touched, *person_touched; /* the last trial that did */
    int32_t number;                            /* of this trial */
};

/* All memory is in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_trial_init(struct am_trial *trial, struct am_seats *seats,
                                      struct am_arena *arena, struct am_err *err);

/* A new one: what was changed before stays. */
void am_trial_begin(struct am_trial *trial);

bool am_trial_has(const struct am_trial *trial, int person);

/* The person is one of those who were touched. False: there are enough. */
bool am_trial_take_in(struct am_trial *trial, int person);

/* The person gives up what they have on that day; am_trial_seat is to follow.
 * False: likewise. */
bool am_trial_leave(struct am_trial *trial, int person, int day);

/* The person's pattern is what seats->chosen says. False: likewise. */
bool am_trial_seat(struct am_trial *trial, int person);

/* By how much the points of the decision are higher; INT64_MAX: it is no roster. */
int64_t am_trial_points(const struct am_trial *trial);

/* What the pattern of the i-th person costs more than before. */
int64_t am_trial_loss(const struct am_trial *trial, int i);

/* All is as it was when the trial began. */
void am_trial_undo(struct am_trial *trial);

#endif
