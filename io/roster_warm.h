/*
 * roster_warm - an earlier roster, or one changed by hand, as a start.
 *
 * Where the roster is of other weeks, what it has is taken to the same weekdays
 * of this window, its weeks repeated as often as needed. Nothing in the file
 * can be wrong for that: what does not fit is counted and left out.
 */
#ifndef AM_IO_ROSTER_WARM_H
#define AM_IO_ROSTER_WARM_H

#include "io/roster_json.h"

/* Entries of the file's appointments[], and what became of them: each counts
 * once. Those of weeks outside this window are not counted. */
struct am_warm_count {
    int listed, taken;
    int no_person;      /* nobody of this CRN with an order to work on */
    int no_session;     /* not held on that day now */
    int moved;          /* held at another time now */
    int forbidden;      /* a rule keeps the person away now */
    int twice;          /* the person has another one on that day */
    int led, led_taken; /* sessions with a supervisor, and those whose may lead it now */
};

/* Read path into *roster: a sorted roster of the context's caseload with what is
 * fixed and what could be taken over. Released by the caller on success and
 * failure. sha256 (65 characters) tells which file it was. Fails with AM_EPARSE
 * or AM_EINVALID, and findings, where the file is not an amends-roster/1. */
AM_MUST_CHECK am_status am_roster_warm(struct am_roster *roster,
                                       const struct am_roster_context *context, const char *path,
                                       struct am_warm_count *count, char sha256[65],
                                       struct am_diag *diag, struct am_err *err);

#endif
