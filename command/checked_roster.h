/*
 * checked_roster - a roster as read, that breaks no rule.
 */
#ifndef AM_COMMAND_CHECKED_ROSTER_H
#define AM_COMMAND_CHECKED_ROSTER_H

#include "command/derived.h"
#include "io/outputs.h"
#include "model/audit.h"

struct am_checked_roster {
    struct am_roster roster;
    struct am_audit audit;
};

/* Read path and audit it. A roster that was made from other bytes than the
 * caseload is refused too. One that was made with a completion plan brings what
 * it aims at: that is put into the caseload, and the clocks are built again. What
 * is wrong is reported on standard error; `lost`
 * says there what is not done on account of it ("no calendars are written").
 * Returns AM_EXIT_DONE, AM_EXIT_ERROR, or AM_EXIT_AUDIT where a rule is broken;
 * release in any case. */
int am_checked_roster_read(struct am_checked_roster *checked, struct am_derived *derived,
                           const char *path, const char *lost);
void am_checked_roster_release(struct am_checked_roster *checked);

/* The bits (1 << enum am_calendar_view) of a list such as "team,people", or 0
 * where it is none. */
unsigned am_views_parse(const char *list);

#endif
