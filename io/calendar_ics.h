/*
 * calendar_ics - the roster as iCalendar files (RFC 5545).
 *
 * Four views: the team, one a supervisor, one a project, one a person. What
 * each tells of people:
 *   team, project   heads, never who
 *   supervisor      by CRN (or heads, or names too); limited-access cases are
 *                   counted, whatever the detail
 *   person          a neutral "Appointment" with its place and time: no CRN, no
 *                   project, nobody else
 * Every calendar holds the time zone, so that one without events is valid too.
 * Events carry what a client needs to update them: a UID that is the
 * occurrence's own in this view, whatever is moved, and the date of the data as
 * time stamp. There is no METHOD, ATTENDEE, ORGANIZER, VALARM or RRULE. GEO is
 * left out: libical takes it in floating point, and switches the locale of the
 * whole process to print it.
 */
#ifndef AM_IO_CALENDAR_ICS_H
#define AM_IO_CALENDAR_ICS_H

#include "io/detail.h"
#include "io/opaque_id.h"
#include "io/report_figures.h"
#include "io/text.h"

enum am_calendar_view {
    AM_CALENDAR_TEAM,
    AM_CALENDAR_SUPERVISOR,
    AM_CALENDAR_PROJECT,
    AM_CALENDAR_PERSON
};

struct am_calendars;

/* What all calendars of a run share. context, roster and figures must outlive
 * it. Not for several threads at once. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_calendars_new(const struct am_roster_context *context,
                                         const struct am_roster *roster,
                                         const struct am_figures *figures,
                                         struct am_calendars **calendars, struct am_err *err);
void am_calendars_free(struct am_calendars *calendars); /* NULL is accepted */

/* The key of the ids, and how much supervisors' calendars tell; until then the
 * fixed key, and AM_DETAIL_CRN. */
void am_calendars_use(struct am_calendars *calendars, struct am_id_key key, enum am_detail detail);

/* Append one whole calendar: of the team (index is not looked at), or of the
 * supervisor, project or person of that index. Fails with AM_EINVALID where a
 * session begins or ends in the hour that a clock change skips or repeats. */
AM_MUST_CHECK am_status am_calendar_write(struct am_calendars *calendars,
                                          enum am_calendar_view view, int index,
                                          struct am_text *text, struct am_err *err);

/* The opaque id of a person, by which their file is named. */
void am_calendar_person_id(const struct am_calendars *calendars, int person,
                           char id[AM_OPAQUE_ID_TEXT]);

#endif
