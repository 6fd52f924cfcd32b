/*
 * enlarge - a caseload with a little more of something.
 *
 * For asking what it would be worth: one more place at a session, one more
 * session, one more supervisor for a day, longer journeys to a project. What is
 * changed is copied into the arena, everything else is shared with the base,
 * which must outlive the copy. The copy is not to be released on its own.
 */
#ifndef AM_MODEL_ENLARGE_H
#define AM_MODEL_ENLARGE_H

#include "model/caseload.h"
#include "model/eligible.h"

/* One more place at a session of the window. Fails with AM_ENOMEM, as all here. */
AM_MUST_CHECK am_status am_enlarge_place(const struct am_caseload *base, int session,
                                         struct am_arena *arena, struct am_caseload *caseload,
                                         struct am_err *err);

/* One more session of the window, on that date of it: of the project, place,
 * hours and size of session `like`, of a definition of its own, with no
 * supervisor chosen. *session is its index; the sessions from there on move up
 * by one. */
AM_MUST_CHECK am_status am_enlarge_session(const struct am_caseload *base, int like, am_date date,
                                           struct am_arena *arena, struct am_caseload *caseload,
                                           int *session, struct am_err *err);

/* One more supervisor, the last, for all of one day, for any project (-1) or one
 * alone. The gender is unknown, so that nobody's demand is met; the group limit
 * is the middle one of those there are. */
AM_MUST_CHECK am_status am_enlarge_supervisor(const struct am_caseload *base, am_date date,
                                              int project, struct am_arena *arena,
                                              struct am_caseload *caseload, struct am_err *err);

/* Journeys to the sessions that a project holds in one week of the window. */
struct am_further {
    int project, week;
    int32_t minutes; /* over the limit, each way */
};

/* A waiver of R3 to the end of the window, for each person whose journey to such
 * a session is over the limit by no more than that. *people says how many. */
AM_MUST_CHECK am_status am_enlarge_travel(const struct am_caseload *base, struct am_further further,
                                          struct am_arena *arena, struct am_caseload *caseload,
                                          int *people, struct am_err *err);

/* A waiver names no week and no minutes, so it lets in more than that: leave out
 * the pairs of `eligibility` (of the enlarged caseload) that are neither pairs of
 * the base nor such journeys. */
void am_enlarge_travel_trim(const struct am_caseload *caseload, struct am_further further,
                            const struct am_eligibility *base, struct am_eligibility *eligibility);

#endif
