/* Everything that is written of a roster, written and read back. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

#include "io/calendar_ics.h"
#include "io/report_csv.h"
#include "io/report_html.h"
#include "io/report_summary.h"
#include "base/utf8.h"

struct output {
    struct tiny_case *tiny;
    const struct am_roster *roster;
    struct am_roster_context context;
    struct am_figures figures;
};

static void check_utf8(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    for (size_t left = strlen(text), length; left > 0; at += length, left -= length) {
        length = am_utf8_length(at, left);
        FUZZ_HOLDS(length > 0);
    }
}

static void take(am_status status, char *text)
{
    FUZZ_HOLDS(status == AM_OK);
    check_utf8(text);
    free(text);
}

/* roster.json is a roster of this caseload, and the audit still passes it. */
static void check_json(const struct output *output)
{
    struct am_roster back;
    struct am_diag diag;
    struct am_err err = {0};
    char *text;
    FUZZ_HOLDS(am_roster_json(&output->context, output->roster, &text, &err) == AM_OK);
    check_utf8(text);
    const char *path = fuzz_file("roster.json", text, strlen(text));
    am_diag_init(&diag);
    am_status status = am_roster_read(&back, &output->tiny->caseload, path, &diag, &err);
    fuzz_findings(&diag, status, &err);
    FUZZ_HOLDS(status == AM_OK && diag.warnings == 0);
    FUZZ_HOLDS(tiny_audit(output->tiny, &back, "the roster read back"));
    am_diag_release(&diag);
    am_roster_release(&back);
    free(text);
}

static void check_reports(const struct output *output)
{
    static const enum am_detail details[] = {AM_DETAIL_COUNT, AM_DETAIL_CRN, AM_DETAIL_NAMES};
    char *text;
    for (int d = 0; d < 3; d++) {
        am_status status = am_report_csv(output->roster, details[d], &text, NULL);
        take(status, text);
        status = am_report_html(&output->context, output->roster, &output->figures, details[d],
                                &text, NULL);
        take(status, text);
    }
    am_status status =
        am_report_summary(&output->context, output->roster, &output->figures, 100, &text, NULL);
    take(status, text);
}

/* ---- calendars, read back by libical ---- */

/* Is this one of the person's appointments, at its time? */
static bool is_appointment(const struct output *output, int person, struct icaltimetype start,
                           struct icaltimetype end)
{
    for (int i = 0; i < output->roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &output->roster->appointments[i];
        am_stamp from = am_stamp_of(output->tiny->caseload.sessions[a->session].date, a->start);
        am_stamp told = am_stamp_of(am_date_of(start.year, start.month, start.day),
                                    60 * start.hour + start.minute);
        am_stamp until =
            am_stamp_of(am_date_of(end.year, end.month, end.day), 60 * end.hour + end.minute);
        if (a->person == person && from == told && until - told == a->minutes)
            return true;
    }
    return false;
}

static void check_event(const struct output *output, icalcomponent *event, int person)
{
    struct icaltimetype start = icalcomponent_get_dtstart(event);
    struct icaltimetype end = icalcomponent_get_dtend(event);
    FUZZ_HOLDS(icalcomponent_get_uid(event) && icalcomponent_get_summary(event));
    FUZZ_HOLDS(icaltime_is_valid_time(start) && icaltime_is_valid_time(end));
    FUZZ_HOLDS(icaltime_compare(start, end) < 0);
    FUZZ_HOLDS(person < 0 || is_appointment(output, person, start, end));
}

static void check_calendar(const struct output *output, const struct am_text *text, int person)
{
    check_utf8(am_text_string(text));
    icalcomponent *calendar = icalparser_parse_string(am_text_string(text));
    FUZZ_HOLDS(calendar && icalcomponent_isa(calendar) == ICAL_VCALENDAR_COMPONENT);
    FUZZ_HOLDS(icalcomponent_count_errors(calendar) == 0);
    int events = 0;
    for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
         event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        check_event(output, event, person);
        events++;
    }
    FUZZ_HOLDS(events <=
               output->roster->appointment_count + output->tiny->caseload.window_session_count);
    icalcomponent_free(calendar);
}

static void check_view(const struct output *output, struct am_calendars *calendars,
                       enum am_calendar_view view, int count)
{
    struct am_text text = {0};
    for (int i = 0; i < count; i++) {
        struct am_err err = {0};
        am_text_clear(&text);
        am_status status = am_calendar_write(calendars, view, i, &text, &err);
        FUZZ_HOLDS(status == AM_OK);
        check_calendar(output, &text, view == AM_CALENDAR_PERSON ? i : -1);
    }
    am_text_release(&text);
}

static void check_calendars(const struct output *output)
{
    struct am_calendars *calendars;
    const struct am_caseload *caseload = &output->tiny->caseload;
    FUZZ_HOLDS(am_calendars_new(&output->context, output->roster, &output->figures, &calendars,
                                NULL) == AM_OK);
    am_calendars_use(calendars, am_id_key_default(), AM_DETAIL_NAMES);
    check_view(output, calendars, AM_CALENDAR_TEAM, 1);
    check_view(output, calendars, AM_CALENDAR_SUPERVISOR, caseload->supervisor_count);
    check_view(output, calendars, AM_CALENDAR_PROJECT, caseload->project_count);
    check_view(output, calendars, AM_CALENDAR_PERSON, caseload->person_count);
    am_calendars_free(calendars);
}

void fuzz_outputs(struct tiny_case *tiny, const struct am_roster *roster,
                  const struct am_audit *audit)
{
    struct am_settings settings;
    struct am_arena arena;
    struct output output = {.tiny = tiny, .roster = roster};
    am_settings_defaults(&settings);
    output.context = (struct am_roster_context){.caseload = &tiny->caseload,
                                                .orders = &tiny->orders,
                                                .eligibility = &tiny->eligibility,
                                                .clocks = &tiny->clocks,
                                                .settings = &settings,
                                                .version = "fuzz",
                                                .audit = audit};
    am_arena_init(&arena);
    FUZZ_HOLDS(am_figures_gather(&output.context, roster, &arena, &output.figures, NULL) == AM_OK);
    check_json(&output);
    check_reports(&output);
    check_calendars(&output);
    am_arena_release(&arena);
}
