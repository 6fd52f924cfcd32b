/* Events are built as libical components one at a time, serialised, and folded
 * again (io/ics_text.h): a calendar of any length needs the memory of its text. */
#include "io/calendar_ics.h"

#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

#include "io/ics_text.h"

/*
 * The whole of Europe/London since 1970, in the two rules that every importer
 * understands. libical's own copy of the system's zone has dozens of
 * observances, some with rules that importers may refuse, under a TZID of its
 * own that others do not know.
 */
static const char london[] = "BEGIN:VTIMEZONE\r\n"
                             "TZID:Europe/London\r\n"
                             "BEGIN:DAYLIGHT\r\n"
                             "DTSTART:19700329T010000\r\n"
                             "TZOFFSETFROM:+0000\r\n"
                             "TZOFFSETTO:+0100\r\n"
                             "TZNAME:BST\r\n"
                             "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
                             "END:DAYLIGHT\r\n"
                             "BEGIN:STANDARD\r\n"
                             "DTSTART:19701025T020000\r\n"
                             "TZOFFSETFROM:+0100\r\n"
                             "TZOFFSETTO:+0000\r\n"
                             "TZNAME:GMT\r\n"
                             "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
                             "END:STANDARD\r\n"
                             "END:VTIMEZONE\r\n";

static const char *const view_words[] = {"team", "supervisor", "project", "person"};

struct am_calendars {
    const struct am_caseload *caseload;
    const struct am_roster *roster;
    const struct am_figures *figures;
    struct am_id_key key;
    enum am_detail detail;
    icaltimezone *zone;
    struct am_arena arena;
    int32_t *first_of, *appointments_of; /* a person's appointments in the roster, by date */
    struct am_text scratch, raw;
};

/* One event, before it is written. */
struct event {
    const char *uid, *summary, *description; /* description "": none */
    int session;
    int start, minutes;
    bool address_only; /* the place's name may tell what goes on there */
};

/* ---- what all calendars share ---- */

static am_status make_zone(struct am_calendars *calendars, struct am_err *err)
{
    icalcomponent *component = icalparser_parse_string(london);
    calendars->zone = icaltimezone_new();
    if (component && calendars->zone && icaltimezone_set_component(calendars->zone, component))
        return AM_OK;
    icalcomponent_free(component);
    return am_fail_memory(err);
}

/* Appointments by person; within one person in the roster's order, by date. */
static am_status index_people(struct am_calendars *calendars, struct am_err *err)
{
    const struct am_roster *roster = calendars->roster;
    int people = calendars->caseload->person_count;
    int32_t *first = AM_ARENA_NEW(&calendars->arena, (size_t)people + 2, int32_t);
    int32_t *at = AM_ARENA_NEW(&calendars->arena, (size_t)roster->appointment_count, int32_t);
    if (!first || !at)
        return am_fail_memory(err);
    /* Counted two places further on, first[p + 1] is where person p goes on. */
    for (int i = 0; i < roster->appointment_count; i++)
        first[roster->appointments[i].person + 2]++;
    for (int p = 1; p < people + 2; p++)
        first[p] += first[p - 1];
    for (int i = 0; i < roster->appointment_count; i++)
        at[first[roster->appointments[i].person + 1]++] = i;
    calendars->first_of = first;
    calendars->appointments_of = at;
    return AM_OK;
}

am_status am_calendars_new(const struct am_roster_context *context, const struct am_roster *roster,
                           const struct am_figures *figures, struct am_calendars **calendars,
                           struct am_err *err)
{
    *calendars = NULL;
    struct am_calendars *made = calloc(1, sizeof *made);
    if (!made)
        return am_fail_memory(err);
    icalerror_set_errors_are_fatal(0);
    am_arena_init(&made->arena);
    made->caseload = context->caseload;
    made->roster = roster;
    made->figures = figures;
    made->key = am_id_key_default();
    made->detail = AM_DETAIL_CRN;
    am_status status = make_zone(made, err);
    if (!status)
        status = index_people(made, err);
    if (status)
        am_calendars_free(made);
    else
        *calendars = made;
    return status;
}

void am_calendars_free(struct am_calendars *calendars)
{
    if (!calendars)
        return;
    if (calendars->zone)
        icaltimezone_free(calendars->zone, 1);
    am_arena_release(&calendars->arena);
    am_text_release(&calendars->scratch);
    am_text_release(&calendars->raw);
    free(calendars);
}

void am_calendars_use(struct am_calendars *calendars, struct am_id_key key, enum am_detail detail)
{
    calendars->key = key;
    calendars->detail = detail;
}

void am_calendar_person_id(const struct am_calendars *calendars, int person,
                           char id[AM_OPAQUE_ID_TEXT])
{
    const char *parts[] = {"file", calendars->caseload->people[person].crn};
    am_opaque_id(&calendars->key, parts, 2, id);
}

/* ---- libical: a property that could not be made fails the component ---- */

static void add_property(icalcomponent *component, icalproperty *property, bool *failed)
{
    if (!component || !property) {
        icalproperty_free(property);
        *failed = true;
        return;
    }
    icalcomponent_add_property(component, property);
}

/* A property that libical knows by no name of its own; value has no
 * characters that need escaping, since it would not be escaped. */
static void add_x_property(icalcomponent *component, const char *name, const char *value,
                           bool *failed)
{
    icalproperty *property = icalproperty_new_x(value);
    if (property)
        icalproperty_set_x_name(property, name);
    add_property(component, property, failed);
}

/* Append a component; the last `less` bytes stay away. */
static am_status append_component(icalcomponent *component, size_t less, struct am_text *text,
                                  struct am_err *err)
{
    char *raw = icalcomponent_as_ical_string_r(component);
    if (!raw)
        return am_fail_memory(err);
    size_t size = strlen(raw);
    am_ics_refold(text, raw, size - less);
    free(raw);
    return am_text_status(text, err);
}

/* ---- the calendar around the events ---- */

static const char calendar_end[] = "END:VCALENDAR\r\n";

static const char *code_of(const struct am_calendars *calendars, enum am_calendar_view view,
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

/* Clients show it as the calendar's name. ASCII letters and digits of the code
 * alone: not every client unescapes names. A person's has no code at all. */
static void name_calendar(struct am_calendars *calendars, enum am_calendar_view view, int index)
{
    static const char *const names[] = {"Roster", "Roster ", "Sessions ", "Appointments"};
    struct am_text *name = &calendars->scratch;
    am_text_clear(name);
    am_text_add(name, names[view]);
    if (view == AM_CALENDAR_PERSON)
        return;
    for (const char *c = code_of(calendars, view, index); *c; c++) {
        bool plain =
            (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');
        am_text_char(name, plain ? *c : '-');
    }
}

static bool add_headings(icalcomponent *calendar, const char *name)
{
    bool failed = false;
    struct icaldurationtype hourly = icaldurationtype_from_int(3600);
    icalproperty *refresh = icalproperty_new_refreshinterval(hourly);
    if (refresh)
        icalproperty_add_parameter(refresh, icalparameter_new_value(ICAL_VALUE_DURATION));
    add_property(calendar, icalproperty_new_prodid("-//amends//roster//EN"), &failed);
    add_property(calendar, icalproperty_new_version("2.0"), &failed);
    add_property(calendar, icalproperty_new_name(name), &failed);
    add_x_property(calendar, "X-WR-CALNAME", name, &failed);
    add_property(calendar, refresh, &failed);
    add_x_property(calendar, "X-PUBLISHED-TTL", "PT1H", &failed);
    return !failed;
}

/* Everything of the calendar up to its first event. */
static am_status append_head(struct am_calendars *calendars, enum am_calendar_view view, int index,
                             struct am_text *text, struct am_err *err)
{
    am_status status;
    icalcomponent *calendar = icalcomponent_new_vcalendar();
    icalcomponent *zone = icalcomponent_new_clone(icaltimezone_get_component(calendars->zone));
    name_calendar(calendars, view, index);
    if (!calendar || !zone || calendars->scratch.failed) {
        icalcomponent_free(zone);
        status = am_fail_memory(err);
    } else {
        bool added = add_headings(calendar, am_text_string(&calendars->scratch));
        icalcomponent_add_component(calendar, zone);
        status = added ? append_component(calendar, strlen(calendar_end), text, err)
                       : am_fail_memory(err);
    }
    icalcomponent_free(calendar);
    return status;
}

/* ---- one event ---- */

static struct icaltimetype ical_time(am_date date, int minute)
{
    struct icaltimetype time = icaltime_null_time();
    struct am_civil civil = am_civil_of(date + minute / AM_DAY_MINUTES);
    time.year = civil.year;
    time.month = civil.month;
    time.day = civil.day;
    time.hour = minute % AM_DAY_MINUTES / 60;
    time.minute = minute % 60;
    return time;
}

static struct icaltimetype utc_midnight(am_date date)
{
    struct icaltimetype time = ical_time(date, 0);
    return icaltime_set_timezone(&time, icaltimezone_get_utc_timezone());
}

static struct icaltimetype london_time(const struct am_calendars *calendars, am_date date,
                                       int minute)
{
    struct icaltimetype time = ical_time(date, minute);
    return icaltime_set_timezone(&time, calendars->zone);
}

/* The place as people write it: name, address; or the address alone. */
static const char *location_of(struct am_calendars *calendars, const struct event *event)
{
    int index = calendars->caseload->sessions[event->session].place;
    struct am_text *raw = &calendars->raw, *clean = &calendars->scratch;
    am_text_clear(raw);
    am_text_clear(clean);
    if (index >= 0) {
        const struct am_place *place = &calendars->caseload->places[index];
        bool named = *place->name && !(event->address_only && *place->address);
        am_text_format(raw, "%s%s%s", named ? place->name : "",
                       named && *place->address ? ", " : "", place->address);
    }
    am_ics_clean(clean, am_text_string(raw));
    return am_text_string(clean);
}

static void add_clean(struct am_calendars *calendars, icalcomponent *component, const char *value,
                      icalproperty *(*make)(const char *), bool *failed)
{
    am_text_clear(&calendars->scratch);
    am_ics_clean(&calendars->scratch, value);
    if (*am_text_string(&calendars->scratch))
        add_property(component, make(am_text_string(&calendars->scratch)), failed);
}

static bool fill_event(struct am_calendars *calendars, icalcomponent *component,
                       const struct event *event)
{
    bool failed = false;
    am_date date = calendars->caseload->sessions[event->session].date;
    struct icaltimetype revised = utc_midnight(calendars->caseload->as_of);
    add_property(component, icalproperty_new_uid(event->uid), &failed);
    add_property(component, icalproperty_new_dtstamp(revised), &failed);
    add_property(component, icalproperty_new_lastmodified(revised), &failed);
    add_property(component, icalproperty_new_sequence(0), &failed);
    icalcomponent_set_dtstart(component, london_time(calendars, date, event->start));
    icalcomponent_set_dtend(component, london_time(calendars, date, event->start + event->minutes));
    add_clean(calendars, component, event->summary, icalproperty_new_summary, &failed);
    const char *location = location_of(calendars, event);
    if (*location)
        add_property(component, icalproperty_new_location(location), &failed);
    add_clean(calendars, component, event->description, icalproperty_new_description, &failed);
    add_property(component, icalproperty_new_status(ICAL_STATUS_CONFIRMED), &failed);
    add_property(component, icalproperty_new_transp(ICAL_TRANSP_OPAQUE), &failed);
    add_property(component, icalproperty_new_class(ICAL_CLASS_PRIVATE), &failed);
    return !failed && !calendars->scratch.failed && !calendars->raw.failed &&
           icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY) &&
           icalcomponent_get_first_property(component, ICAL_DTEND_PROPERTY);
}

static am_status append_event(struct am_calendars *calendars, const struct event *event,
                              struct am_text *text, struct am_err *err)
{
    const struct am_session *session = &calendars->caseload->sessions[event->session];
    if (am_in_clock_change(session->date, event->start) ||
        am_in_clock_change(session->date, event->start + event->minutes)) {
        char date[AM_DATE_TEXT];
        return am_fail(err, AM_EINVALID,
                       "session %s on %s begins or ends between 01:00 and 02:00, when the clocks "
                       "change: no calendar can say when that is",
                       session->id, am_date_format(session->date, date));
    }
    icalcomponent *component = icalcomponent_new_vevent();
    am_status status = component && fill_event(calendars, component, event)
                           ? append_component(component, 0, text, err)
                           : am_fail_memory(err);
    icalcomponent_free(component);
    return status;
}

/* The UID hangs on the view, on whose it is, and on the occurrence: the
 * session's id and original date, whatever was moved. */
static void event_uid(const struct am_calendars *calendars, enum am_calendar_view view, int index,
                      int session, char uid[AM_OPAQUE_ID_TEXT])
{
    char date[AM_DATE_TEXT];
    const struct am_session *occurrence = &calendars->caseload->sessions[session];
    const char *parts[] = {"event", view_words[view], code_of(calendars, view, index),
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

static am_status append_sessions(struct am_calendars *calendars, enum am_calendar_view view,
                                 int index, struct am_text *text, struct am_err *err)
{
    struct am_text summary = {0}, description = {0};
    am_status status = AM_OK;
    bool people = view == AM_CALENDAR_SUPERVISOR && calendars->detail != AM_DETAIL_COUNT;
    for (int s = 0; s < calendars->caseload->window_session_count && !status; s++) {
        const struct am_session *session = &calendars->caseload->sessions[s];
        char uid[AM_OPAQUE_ID_TEXT];
        if (!belongs(calendars, view, index, s))
            continue;
        am_text_clear(&summary);
        am_text_clear(&description);
        event_uid(calendars, view, index, s, uid);
        put_summary(calendars, s, &summary);
        put_heads(calendars, s, &description);
        if (people)
            put_who(calendars, s, &description);
        struct event event = {.uid = uid,
                              .summary = am_text_string(&summary),
                              .description = am_text_string(&description),
                              .session = s,
                              .start = session->start,
                              .minutes = session->minutes};
        status = summary.failed || description.failed ? am_fail_memory(err)
                                                      : append_event(calendars, &event, text, err);
    }
    am_text_release(&summary);
    am_text_release(&description);
    return status;
}

/* ---- events of one person ---- */

static am_status append_appointments(struct am_calendars *calendars, int person,
                                     struct am_text *text, struct am_err *err)
{
    am_status status = AM_OK;
    for (int i = calendars->first_of[person]; i < calendars->first_of[person + 1] && !status; i++) {
        const struct am_roster_appointment *appointment =
            &calendars->roster->appointments[calendars->appointments_of[i]];
        char uid[AM_OPAQUE_ID_TEXT];
        event_uid(calendars, AM_CALENDAR_PERSON, person, appointment->session, uid);
        struct event event = {.uid = uid,
                              .summary = "Appointment",
                              .description = "",
                              .session = appointment->session,
                              .start = appointment->start,
                              .minutes = appointment->minutes,
                              .address_only = true};
        status = append_event(calendars, &event, text, err);
    }
    return status;
}

am_status am_calendar_write(struct am_calendars *calendars, enum am_calendar_view view, int index,
                            struct am_text *text, struct am_err *err)
{
    am_status status = append_head(calendars, view, index, text, err);
    if (!status)
        status = view == AM_CALENDAR_PERSON ? append_appointments(calendars, index, text, err)
                                            : append_sessions(calendars, view, index, text, err);
    am_text_add(text, calendar_end);
    return status ? status : am_text_status(text, err);
}
