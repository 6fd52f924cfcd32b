/*
 * outputs - everything that is written of one roster, as one set.
 *
 *   roster.json  roster.csv  roster.html
 *   calendars/team.ics, supervisor-<code>.ics, project-<code>.ics
 *   calendars/people/<id>.ics
 *   registers/supervisor-<code>.html, no-supervisor.html: where there are sessions
 *   private/index.csv   whose calendar is which; not to be published
 *
 * Everybody who is due, every supervisor and every project has a calendar, if
 * need be one without events: a subscriber whose file went missing would go on
 * showing what it showed last.
 *
 * The set is written as io/staged_set.h says: all or nothing, but for the
 * renaming itself, during which INCOMPLETE.txt stands in the folder. Calendars
 * and registers of an earlier run that this one does not have are removed: those, and nothing
 * else, that private/index.csv lists. A run cut short is finished by the next, so
 * that it loses track of none.
 */
#ifndef AM_IO_OUTPUTS_H
#define AM_IO_OUTPUTS_H

#include "io/calendar_ics.h"
#include "io/detail.h"
#include "io/roster_json.h"

/* What to write. */
enum am_output_files {
    AM_OUTPUT_JSON = 1,
    AM_OUTPUT_CSV = 2,
    AM_OUTPUT_HTML = 4,
    AM_OUTPUT_CALENDARS = 8,
    AM_OUTPUT_ALL = 15,      /* but the registers, which are made to be printed */
    AM_OUTPUT_REGISTERS = 16 /* sign-in sheets (io/register.h) */
};

struct am_output_options {
    enum am_detail detail;
    unsigned files; /* bits of am_output_files */
    unsigned views; /* which calendars: bits 1 << enum am_calendar_view; 0: all */
    /* Secret from which the names of people's files and the UIDs of events
     * come (io/opaque_id.h); NULL: a fixed key, which is no secret. */
    const char *key;
    size_t key_size;
    bool alarm;            /* calendars remind of each event ... */
    int alarm_min;         /* ... so many minutes before */
    const char *organizer; /* mailbox of calendars with METHOD:PUBLISH; NULL: none */
};

/* Of an earlier run, what `files` and `views` leave out stays as it is. */

/* folder is made (0700) where it is missing; files have mode 0600. */
AM_MUST_CHECK am_status am_write_outputs(const struct am_roster_context *context,
                                         const struct am_roster *roster, const char *folder,
                                         const struct am_output_options *options,
                                         struct am_err *err);

#endif
