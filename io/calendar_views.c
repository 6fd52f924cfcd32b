/* What each view tells of a session, and to whom. */
#include "io/calendar_parts.h"

static const char *const view_words[] = {"team", "supervisor", "project", "person"};

const char *am_calendar_code(const struct am_calendars *calendars, enum am_calendar_view view,
                             int index)
{
    switch (view) {
    case AM_CALENDAR_SUPERVISOR:
        return calendars->caseload->supervisors[index].code;
    case AM_CALENDAR_PROJECT:
        return calendars->caseload->projects[index].code;
    case AM_CALENDAR_PERSON:
        return calendars->caseload->people[index].crn;
    case AM_CALENDAR_TEAM:
        break;
    }
    return "";
}

/* The UID hangs on the view, on whose it is, and on the occurrence: the
 * session's id and original date, whatever was moved. */
static void event_uid(const struct am_calendars *calendars, enum am_calendar_view view, int index,
                      int session, char uid[AM_OPAQUE_ID_TEXT])
{
    char date[AM_DATE_TEXT];
    const struct am_session *occurrence = &calendars->caseload->sessions[session];
    const char *parts[] = {"event", view_words[view], am_calendar_code(calendars, view, index),
                           occurrence->id, am_date_format(occurrence->original_date, date)};
    am_opaque_id(&calendars->key, parts, 5, uid);
}

/* ---- events of sessions ---- */

static void put_people(struct am_text *text, int count)
{
    am_text_format(text, "%d %s", count, count == 1 ? "person" : "people");
}

static void put_summary(const struct am_calendars *calendars, int index, struct am_text *text)
{
    const struct am_session *session = &calendars->caseload->sessions[index];
    const struct am_project *project = &calendars->caseload->projects[session->project];
    if (*project->name)
        am_text_format(text, "%s (%s): ", project->name, project->code);
    else
        am_text_format(text, "%s: ", project->code);
    put_people(text, calendars->figures->sessions[index].booked);
}

static void put_heads(const struct am_calendars *calendars, int index, struct am_text *text)
{
    const struct am_session_figures *figures = &calendars->figures->sessions[index];
    int leader = calendars->roster->sessions[index].supervisor;
    am_text_format(text, "%d booked for %d places; about ", figures->booked,
                   calendars->caseload->sessions[index].places);
    am_text_tenths(text, figures->expected_hundredths);
    am_text_add(text, " expected.");
    if (leader >= 0)
        am_text_format(text, "\nSupervisor: %s", calendars->caseload->supervisors[leader].code);
    am_text_format(text, "\nSession: %s", calendars->caseload->sessions[index].id);
}

/* One person in a supervisor's calendar, with the time where it is not the
 * whole session. */
static void put_person(const struct am_calendars *calendars,
                       const struct am_roster_appointment *appointment, struct am_text *text)
{
    const struct am_session *session = &calendars->caseload->sessions[appointment->session];
    const struct am_person *person = &calendars->caseload->people[appointment->person];
    am_text_format(text, "\n%s", person->crn);
    if (calendars->detail == AM_DETAIL_NAMES && *person->name)
        am_text_format(text, " %s", person->name);
    if (appointment->start != session->start || appointment->minutes != session->minutes) {
        char from[AM_MINUTE_TEXT], to[AM_MINUTE_TEXT];
        am_text_format(text, " (%s to %s)", am_minute_format(appointment->start, from),
                       am_minute_format(appointment->start + appointment->minutes, to));
    }
}

static void put_who(const struct am_calendars *calendars, int index, struct am_text *text)
{
    const struct am_roster *roster = calendars->roster;
    int limited = calendars->figures->sessions[index].limited_access;
    for (int i = am_roster_first(roster, index);
         i < roster->appointment_count && roster->appointments[i].session == index; i++)
        if (!calendars->caseload->people[roster->appointments[i].person].limited_access)
            put_person(calendars, &roster->appointments[i], text);
    if (limited > 0)
        am_text_format(text, "\nand %d limited-access %s", limited,
                       limited == 1 ? "case" : "cases");
}

static bool belongs(const struct am_calendars *calendars, enum am_calendar_view view, int index,
                    int session)
{
    if (!calendars->roster->sessions[session].runs)
        return false;
    if (view == AM_CALENDAR_SUPERVISOR)
        return calendars->roster->sessions[session].supervisor == index;
    return view == AM_CALENDAR_TEAM || calendars->caseload->sessions[session].project == index;
}

/* Words that no reader can mistake: a comma would part them, and some readers
 * show them in a list for ever. */
static const char *category_of(const struct am_project *project)
{
    switch (project->type) {
    case AM_GROUP:
        return "Group";
    case AM_INDIVIDUAL:
        return "Individual";
    case AM_ETE:
        return "Education";
    case AM_INDUCTION:
    case AM_PROJECT_TYPE_COUNT:
        break;
    }
    return "Induction";
}

static am_status put_session(struct am_calendars *calendars, enum am_calendar_view view, int index,
                             int s, struct am_calendar_taker taker, struct am_err *err)
{
    const struct am_session *session = &calendars->caseload->sessions[s];
    char uid[AM_OPAQUE_ID_TEXT];
    am_text_clear(&calendars->summary);
    am_text_clear(&calendars->description);
    event_uid(calendars, view, index, s, uid);
    put_summary(calendars, s, &calendars->summary);
    put_heads(calendars, s, &calendars->description);
    if (view == AM_CALENDAR_SUPERVISOR && calendars->detail != AM_DETAIL_COUNT)
        put_who(calendars, s, &calendars->description);
    if (calendars->summary.failed || calendars->description.failed)
        return am_fail_memory(err);
    const struct am_calendar_event event = {
        .uid = uid,
        .summary = am_text_string(&calendars->summary),
        .description = am_text_string(&calendars->description),
        .category = category_of(&calendars->caseload->projects[session->project]),
        .session = s,
        .start = session->start,
        .minutes = session->minutes};
    return am_calendar_put_event(calendars, &event, taker, err);
}

static am_status put_sessions(struct am_calendars *calendars, enum am_calendar_view view, int index,
                              struct am_calendar_taker taker, struct am_err *err)
{
    am_status status = AM_OK;
    for (int s = 0; s < calendars->caseload->window_session_count && !status; s++)
        if (belongs(calendars, view, index, s))
            status = put_session(calendars, view, index, s, taker, err);
    return status;
}

/* ---- events of one person ---- */

static am_status put_appointments(struct am_calendars *calendars, int person,
                                  struct am_calendar_taker taker, struct am_err *err)
{
    am_status status = AM_OK;
    for (int i = calendars->first_of[person]; i < calendars->first_of[person + 1] && !status; i++) {
        const struct am_roster_appointment *appointment =
            &calendars->roster->appointments[calendars->appointments_of[i]];
        char uid[AM_OPAQUE_ID_TEXT];
        event_uid(calendars, AM_CALENDAR_PERSON, person, appointment->session, uid);
        const struct am_calendar_event event = {.uid = uid,
                                                .summary = "Appointment",
                                                .description = "",
                                                .category = "Appointment",
                                                .session = appointment->session,
                                                .start = appointment->start,
                                                .minutes = appointment->minutes,
                                                .address_only = true};
        status = am_calendar_put_event(calendars, &event, taker, err);
    }
    return status;
}

am_status am_calendar_put_view(struct am_calendars *calendars, enum am_calendar_view view,
                               int index, struct am_calendar_taker taker, struct am_err *err)
{
    return view == AM_CALENDAR_PERSON ? put_appointments(calendars, index, taker, err)
                                      : put_sessions(calendars, view, index, taker, err);
}
