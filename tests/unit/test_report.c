/* The figures, the summary, the table and the page, against the bytes that were
 * looked at. AM_GOLDEN=write in the environment writes tests/golden/ afresh. */
#include "io/atomic_file.h"
#include "io/calendar_ics.h"
#include "io/report_csv.h"
#include "io/report_html.h"
#include "io/report_summary.h"
#include "tests/support/output_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct output_fixture fixture;
static struct am_arena arena;
static struct am_figures figures;

static int set_up(void **state)
{
    (void)state;
    output_fixture_init(&fixture, am_date_of(2027, 3, 22));
    am_arena_init(&arena);
    return am_figures_gather(&fixture.context, &fixture.roster, &arena, &figures, NULL) == AM_OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    am_arena_release(&arena);
    output_fixture_release(&fixture);
    return 0;
}

static void assert_golden(const char *name, const char *bytes)
{
    char path[256], *expected;
    size_t size;
    const char *mode = getenv("AM_GOLDEN");
    (void)snprintf(path, sizeof path, "tests/golden/%s", name);
    if (mode && strcmp(mode, "write") == 0)
        assert_int_equal(am_atomic_write(path, bytes, strlen(bytes), NULL), AM_OK);
    assert_int_equal(am_read_file(path, 1 << 24, &expected, &size, NULL), AM_OK);
    assert_string_equal(bytes, expected);
    free(expected);
}

static void sessions_are_counted(void **state)
{
    (void)state;
    const struct am_session_figures *monday = &figures.sessions[0];
    assert_int_equal(monday->booked, 3);
    assert_int_equal(monday->places_free, 1);
    assert_int_equal(monday->limited_access, 1);
    assert_int_equal(monday->named, 2);
    assert_int_equal(monday->expected_hundredths, 65 + 80 + 65);
    assert_int_equal(figures.run_sessions, 4);
    assert_int_equal(figures.open_sessions, 7);
    assert_int_equal(figures.seats, 16);
    assert_int_equal(figures.seats_used, 7);
}

static void an_overfull_session_has_no_place_free(void **state)
{
    (void)state;
    fixture.sessions[0].places = 2;
    assert_int_equal(am_figures_gather(&fixture.context, &fixture.roster, &arena, &figures, NULL),
                     AM_OK);
    assert_int_equal(figures.sessions[0].places_free, 0);
}

static void every_session_that_does_not_run_has_its_reason(void **state)
{
    (void)state;
    assert_int_equal(figures.sessions[0].why_not, AM_WHY_RUNS);
    assert_int_equal(figures.sessions[3].why_not, AM_WHY_NOBODY);
    assert_int_equal(figures.sessions[4].why_not, AM_WHY_CANCELLED);
    assert_int_equal(figures.sessions[5].why_not, AM_WHY_TOO_FEW);
    fixture.sessions[3].closed = AM_NON_WORKING_DAY;
    fixture.sessions[5].min_group = 1;
    fixture.caseload.as_of = fixture.caseload.from + 1;
    fixture.caseload.supervisor_count = 0;
    fixture.sessions[1].supervised = false;
    fixture.roster.sessions[2].runs = false;
    assert_int_equal(am_figures_gather(&fixture.context, &fixture.roster, &arena, &figures, NULL),
                     AM_OK);
    assert_int_equal(figures.sessions[1].why_not, AM_WHY_PAST);
    assert_int_equal(figures.sessions[2].why_not, AM_WHY_NOT_CHOSEN);
    assert_int_equal(figures.sessions[3].why_not, AM_WHY_NON_WORKING_DAY);
    assert_int_equal(figures.sessions[5].why_not, AM_WHY_NO_SUPERVISOR);
}

static void people_without_a_place_have_their_main_reason(void **state)
{
    (void)state;
    assert_int_equal(figures.due, 7);
    assert_int_equal(figures.placed, 4);
    assert_int_equal(figures.unplaced_count, 3);
    assert_int_equal(figures.unplaced[0].reason, AM_R2);
    assert_int_equal(figures.unplaced[1].reason, -1);
    assert_int_equal(figures.unplaced[1].eligible, 2);
    assert_int_equal(figures.unplaced[2].reason, AM_R13); /* the most, not the first */
    assert_int_equal(figures.no_place, 1);
}

static void a_person_without_anything_to_work_is_not_due(void **state)
{
    (void)state;
    fixture.person_states[5].order = -1;
    assert_int_equal(am_figures_gather(&fixture.context, &fixture.roster, &arena, &figures, NULL),
                     AM_OK);
    assert_int_equal(figures.due, 6);
    assert_int_equal(figures.unplaced_count, 2);
}

static void late_starts_are_those_that_have_not_begun(void **state)
{
    (void)state;
    assert_int_equal(figures.late_count, 3);
    assert_int_equal(figures.late[0].person, 4);
    assert_true(figures.late[0].first == AM_NO_DATE);
    assert_int_equal(figures.late[0].days_late, 10); /* due Friday, counted to the day after */
    fixture.order_states[3].started = false;
    assert_int_equal(am_figures_gather(&fixture.context, &fixture.roster, &arena, &figures, NULL),
                     AM_OK);
    assert_int_equal(figures.late_count, 4);
    assert_int_equal(figures.late[0].person, 3);
    assert_int_equal(figures.late[0].days_late, 8); /* due Friday, begins Saturday week */
}

static void minutes_and_journeys_leave_out_what_is_recorded_or_unknown(void **state)
{
    (void)state;
    assert_int_equal(figures.booked_min, 5 * 420 + 180 + 120);
    assert_int_equal(figures.journeys, 6);
    assert_int_equal(figures.travel_min, 6 * 55);
    fixture.roster.appointments[1].recorded = true;
    assert_int_equal(am_figures_gather(&fixture.context, &fixture.roster, &arena, &figures, NULL),
                     AM_OK);
    assert_int_equal(figures.booked_min, 5 * 420 + 120);
    assert_int_equal(figures.journeys, 5);
}

static void changes_are_all_that_differs_from_what_was_published(void **state)
{
    (void)state;
    static const enum am_change_kind kinds[] = {AM_CHANGE_SUPERVISOR,    AM_CHANGE_SESSION_STARTS,
                                                AM_CHANGE_SESSION_STOPS, AM_CHANGE_SESSION_STARTS,
                                                AM_CHANGE_ADDED,         AM_CHANGE_ADDED,
                                                AM_CHANGE_REMOVED,       AM_CHANGE_ADDED,
                                                AM_CHANGE_ADDED,         AM_CHANGE_ADDED};
    assert_int_equal(figures.change_count, 10);
    for (int i = 0; i < 10; i++)
        assert_int_equal(figures.changes[i].kind, kinds[i]);
    assert_int_equal(figures.changes[6].person, 3);
    fixture.caseload.has_published = false;
    assert_int_equal(am_figures_gather(&fixture.context, &fixture.roster, &arena, &figures, NULL),
                     AM_OK);
    assert_int_equal(figures.change_count, 0);
}

static void every_failing_allocation_is_reported(void **state)
{
    (void)state;
    long limit = 1;
    for (;; limit++) {
        struct am_arena small;
        am_arena_init(&small);
        small.limit = limit;
        am_status status =
            am_figures_gather(&fixture.context, &fixture.roster, &small, &figures, NULL);
        am_arena_release(&small);
        if (status == AM_OK)
            break;
        assert_int_equal(status, AM_ENOMEM);
    }
    assert_true(limit > 5);
}

static void the_summary_is_what_it_was(void **state)
{
    (void)state;
    char *text;
    assert_int_equal(
        am_report_summary(&fixture.context, &fixture.roster, &figures, 123, &text, NULL), AM_OK);
    assert_golden("summary.txt", text);
    free(text);
}

static void the_summary_tells_no_time_where_there_is_none(void **state)
{
    (void)state;
    char *text;
    assert_int_equal(
        am_report_summary(&fixture.context, &fixture.roster, &figures, -1, &text, NULL), AM_OK);
    assert_null(strstr(text, "1.23 s"));
    free(text);
}

static void roster_json_is_what_it_was(void **state)
{
    (void)state;
    char *text;
    assert_int_equal(am_roster_json(&fixture.context, &fixture.roster, &text, NULL), AM_OK);
    assert_golden("roster.json", text);
    free(text);
}

static void roster_csv_is_what_it_was(void **state)
{
    (void)state;
    char *text;
    assert_int_equal(am_report_csv(&fixture.roster, AM_DETAIL_NAMES, &text, NULL), AM_OK);
    assert_golden("roster-names.csv", text);
    free(text);
}

static void the_page_is_what_it_was(void **state)
{
    (void)state;
    char *text;
    assert_int_equal(
        am_report_html(&fixture.context, &fixture.roster, &figures, AM_DETAIL_CRN, &text, NULL),
        AM_OK);
    assert_golden("roster.html", text);
    free(text);
}

static void calendars_are_what_they_were(void **state)
{
    (void)state;
    struct am_calendars *calendars;
    struct am_text text = {0};
    assert_int_equal(
        am_calendars_new(&fixture.context, &fixture.roster, &figures, &calendars, NULL), AM_OK);
    assert_int_equal(am_calendar_write(calendars, AM_CALENDAR_SUPERVISOR, 1, &text, NULL), AM_OK);
    assert_golden("supervisor.ics", text.bytes);
    am_text_clear(&text);
    assert_int_equal(am_calendar_write(calendars, AM_CALENDAR_TEAM, 0, &text, NULL), AM_OK);
    assert_golden("team.ics", text.bytes);
    am_text_clear(&text);
    assert_int_equal(am_calendar_write(calendars, AM_CALENDAR_PERSON, 1, &text, NULL), AM_OK);
    assert_golden("person.ics", text.bytes);
    am_text_release(&text);
    am_calendars_free(calendars);
}

static int count_of(const char *text, const char *part)
{
    int count = 0;
    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}

/* What a person named sees escaped, and every element closed. */
static void the_page_escapes_and_closes_everything(void **state)
{
    (void)state;
    static const char *const elements[] = {"table", "tr", "td", "th", "section", "ul",
                                           "li",    "p",  "h2", "h3", "span",    "div"};
    char *text;
    fixture.people[0].name = "</span><script>alert(1)</script>";
    fixture.people[1].crn = "<b>&\"'";
    fixture.order_data[5].event = "</td>";
    fixture.sessions[0].id = "<td>";
    fixture.supervisors[0].code = "<S1>";
    assert_int_equal(
        am_report_html(&fixture.context, &fixture.roster, &figures, AM_DETAIL_NAMES, &text, NULL),
        AM_OK);
    assert_null(strstr(text, "<script"));
    assert_null(strstr(text, "<b>&"));
    assert_null(strstr(text, "<S1>"));
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        char open[16], open_with[16], close[16];
        (void)snprintf(open, sizeof open, "<%s>", elements[i]);
        (void)snprintf(open_with, sizeof open_with, "<%s ", elements[i]);
        (void)snprintf(close, sizeof close, "</%s>", elements[i]);
        assert_int_equal(count_of(text, open) + count_of(text, open_with), count_of(text, close));
    }
    free(text);
}

#define ON_FIXTURE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_FIXTURE(sessions_are_counted),
        ON_FIXTURE(an_overfull_session_has_no_place_free),
        ON_FIXTURE(every_session_that_does_not_run_has_its_reason),
        ON_FIXTURE(people_without_a_place_have_their_main_reason),
        ON_FIXTURE(a_person_without_anything_to_work_is_not_due),
        ON_FIXTURE(late_starts_are_those_that_have_not_begun),
        ON_FIXTURE(minutes_and_journeys_leave_out_what_is_recorded_or_unknown),
        ON_FIXTURE(changes_are_all_that_differs_from_what_was_published),
        ON_FIXTURE(every_failing_allocation_is_reported),
        ON_FIXTURE(the_summary_is_what_it_was),
        ON_FIXTURE(the_summary_tells_no_time_where_there_is_none),
        ON_FIXTURE(roster_json_is_what_it_was),
        ON_FIXTURE(roster_csv_is_what_it_was),
        ON_FIXTURE(the_page_is_what_it_was),
        ON_FIXTURE(calendars_are_what_they_were),
        ON_FIXTURE(the_page_escapes_and_closes_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
