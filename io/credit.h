/*
 * credit - a week's outcomes become next week's caseload.
 *
 * What was rostered is booked, what happened is recorded, minutes worked are
 * credited to the order and to the orders that run concurrently with it, and
 * the window moves on. Everything else of the caseload stays as it was written,
 * keys that start with x- and the order of keys included.
 *
 * The outcomes are a CSV table with the columns crn, session, date, state and,
 * where wanted, event and credited. The date is that of the occurrence, as
 * rostered or as originally planned. Without `credited`, an attended
 * appointment credits the minutes booked, and no more than remain.
 *
 * Appointments with an outcome stay in the file for 8 weeks after their week.
 * Older ones are left out, but for those that a roster still looks at: the last
 * of each session that names a supervisor (S7), and the last of an order of
 * which nothing is worked yet (S1: it has started). What has no outcome stays.
 */
#ifndef AM_IO_CREDIT_H
#define AM_IO_CREDIT_H

#include "base/diag.h"
#include "model/caseload.h"
#include "model/roster.h"

enum { AM_CREDIT_HISTORY_WEEKS = 8 };

struct am_credit_request {
    const struct am_caseload *caseload; /* as read from its file */
    const struct am_roster *roster;     /* of that caseload; NULL: `appointments` tells it all */
    const char *outcomes;               /* path of the CSV table */
    int weeks;                          /* by which the window moves on; 0: its length */
    am_date as_of; /* of the new caseload; AM_NO_DATE: its window's first day */
};

struct am_credit_result {
    char *text; /* the new caseload; freed by the caller with free */
    am_date from;
    int outcomes, attended, completed, inducted;
    int without_outcome; /* appointments before the new window that are still only booked */
    int replaced;        /* bookings of the old caseload that the roster does not have */
    int left_out;        /* old appointments */
    int64_t credited_min;
    bool names_files; /* journey times or bank holidays, relative to the caseload's folder */
};

/* All mistakes of the table go to diag; then this fails with AM_EINVALID (or
 * AM_EPARSE) and result->text is NULL. The caseload's file is read again. */
AM_MUST_CHECK am_status am_credit(const struct am_credit_request *request, struct am_diag *diag,
                                  struct am_credit_result *result, struct am_err *err);

#endif
