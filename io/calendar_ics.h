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
 * time stamp. There is no METHOD, ATTENDEE, ORGANIZER, VALARM or RRULE, unless
 * am_calendars_remind and am_calendars_publish_as ask for three of them.
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

/* A reminder so many minutes before each event (0 .. AM_ALARM_MOST_MIN), in
 * words that may stand on a locked screen. Until then, and below 0, there is none. */
enum { AM_ALARM_MOST_MIN = 10080 };
void am_calendars_remind(struct am_calendars *calendars, int before_min);

/* METHOD:PUBLISH, for clients that want one. It obliges every event to name an
 * ORGANIZER: mailbox is that of a team, never of a person. Fails with AM_EINVALID
 * where it is not a plain address such as roster@example.org, which
 * am_calendar_is_mailbox tells beforehand. */
bool am_calendar_is_mailbox(const char *text);
AM_MUST_CHECK am_status am_calendars_publish_as(struct am_calendars *calendars, const char *mailbox,
                                                struct am_err *err);

/* Takes a piece of a calendar: its head, one event, its end. */
typedef am_status (*am_calendar_take)(void *context, const char *bytes, size_t size,
                                      struct am_err *err);

/* One whole calendar, piece by piece: of the team (index is not looked at), or
 * of the supervisor, project or person of that index. However long it is, no
 * more than one event is in memory. Fails with AM_EINVALID where a session
 * begins or ends in the hour that a clock change skips or repeats, and as take
 * does. */
AM_MUST_CHECK am_status am_calendar_stream(struct am_calendars *calendars,
                                           enum am_calendar_view view, int index,
                                           am_calendar_take take, void *context,
                                           struct am_err *err);

/* The same, appended to a text. */
AM_MUST_CHECK am_status am_calendar_write(struct am_calendars *calendars,
                                          enum am_calendar_view view, int index,
                                          struct am_text *text, struct am_err *err);

/* The opaque id of a person, by which their file is named. */
void am_calendar_person_id(const struct am_calendars *calendars, int person,
                           char id[AM_OPAQUE_ID_TEXT]);

#endif
