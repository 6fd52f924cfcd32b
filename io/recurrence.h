/*
 * recurrence - the dates of a recurring session (RFC 5545).
 */
#ifndef AM_IO_RECURRENCE_H
#define AM_IO_RECURRENCE_H

#include "base/err.h"
#include "model/time.h"

/* Dates that grow as they come; freed by am_date_list_release. */
struct am_date_list {
    am_date *at;
    int count, room;
};

void am_date_list_release(struct am_date_list *list);

/* The dates from first to last (both may be among them) that a rule yields for
 * a session that starts at start_minute, ascending, into the list in place of
 * what it held. Without a rule (NULL) it takes place once. Parts of a rule that are taken: FREQ
 * (DAILY or longer), INTERVAL, COUNT, UNTIL, BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS (monthly and
 * yearly), WKST. Fails with AM_EINVALID (what is wrong with the rule) or
 * AM_ENOMEM. */
AM_MUST_CHECK am_status am_recurrence_expand(const char *rule, am_date first, int start_minute,
                                             am_date last, struct am_date_list *list,
                                             struct am_err *err);

#endif
