#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/reading.h"

#define PARTS(...) ((struct reading_parts){__VA_ARGS__})

/* A person with these further members; orders and availability included. */
#define PERSON(crn, more)                                                                          \
    "{\"crn\": \"" crn "\", \"gender\": \"male\", \"placement\": [\"mixed_group\"], \"home\":"     \
    " \"home\", \"travel_modes\": [\"walk\"]" more "}"
#define ORDER(event, more)                                                                         \
    "{\"event\": \"" event "\", \"sentence_date\": \"2026-01-05\", \"ordered_minutes\": 6000" more \
    "}"
#define FREE ", \"available\": [{\"days\": [\"TU\"], \"from\": \"08:00\", \"to\": \"18:00\"}]"
#define WORKER(crn, more) PERSON(crn, ", \"orders\": [" ORDER("1", "") "]" FREE more)
#define PROJECT(code, session)                                                                     \
    "{\"code\": \"" code "\", \"type\": \"group\", \"place\": \"park\", \"sessions\": [" session   \
    "]}"
#define SESSION(id, start, more)                                                                   \
    "{\"id\": \"" id "\", \"start\": \"" start "\", \"minutes\": 420, \"places\": 8" more "}"
#define TUESDAYS SESSION("A", "2026-01-06T09:30", ", \"rrule\": \"FREQ=WEEKLY\"")
#define SUPERVISOR(code) "{\"code\": \"" code "\", \"available\": [], \"group_limit\": 8}"
#define BOOKED(crn, session, date, more)                                                           \
    "{\"crn\": \"" crn "\", \"event\": \"1\", \"session\": \"" session "\", \"date\": \"" date     \
    "\", \"start\": \"09:30\", \"minutes\": 420, \"state\": \"booked\"" more "}"
#define PINNED(crn, session, date, more) BOOKED(crn, session, date, ", \"pinned\": true" more)

static void the_plainest_caseload_is_good(void **state)
{
    (void)state;
    reading_is_good(PARTS(0));
    reading_is_good(PARTS(.people = WORKER("X1", ""), .projects = PROJECT("P", TUESDAYS)));
}

static void an_empty_a_cut_and_a_missing_file_are_told(void **state)
{
    (void)state;
    struct reading reading;
    reading_text(&reading, "");
    assert_int_equal(reading.status, AM_EPARSE);
    assert_string_equal(reading.diag.first->text, "the file is empty");
    reading_release(&reading);
    reading_text(&reading, "{\"format\": \"amends-caseload/1\", \"people\": [{\"crn\"");
    assert_int_equal(reading.status, AM_EPARSE);
    reading_release(&reading);
    reading_text(&reading, "[]");
    assert_int_equal(reading.status, AM_EINVALID);
    reading_release(&reading);
    reading_file(&reading, "/nonexistent/caseload.json");
    assert_int_equal(reading.status, AM_EIO);
    assert_int_equal(reading.diag.errors, 0);
    reading_release(&reading);
}

static void every_mistake_is_told_in_one_run(void **state)
{
    (void)state;
    struct reading reading;
    reading_parts(&reading,
                  PARTS(.as_of = "\"yesterday\"", .window = "{\"from\": \"2026-03-03\"}",
                        .policy = "{\"offer_minuets\": 1}",
                        .people = "{\"crn\": \"X1\", \"gender\": \"m\"}", .projects = "5"));
    assert_int_equal(reading.status, AM_EINVALID);
    assert_non_null(reading_find(&reading, AM_ERROR, "$.as_of", "a date that exists"));
    assert_non_null(reading_find(&reading, AM_ERROR, "$.window.from", "that week's is 2026-03-02"));
    assert_non_null(reading_find(&reading, AM_ERROR, "$.policy.offer_minuets", "offer_minutes"));
    assert_non_null(reading_find(&reading, AM_ERROR, "$.people[0]", "\"orders\" is missing"));
    assert_non_null(reading_find(&reading, AM_ERROR, "$.people[0].gender", "\"female\""));
    assert_non_null(reading_find(&reading, AM_ERROR, "$.projects[0]", "expected an object"));
    reading_release(&reading);
}

static void ids_given_twice_name_both_places(void **state)
{
    (void)state;
    reading_only_error(PARTS(.people = WORKER("X1", "") ",\n" WORKER("X1", "")), "$.people[1].crn",
                       "person \"X1\" is given twice; the first is on line 3");
    reading_only_error(
        PARTS(.places = "{\"id\": \"home\"}, {\"id\": \"park\"}, {\"id\": \"home\"}"),
        "$.places[2].id", "the first is on line 2");
    reading_only_error(PARTS(.supervisors = SUPERVISOR("S") "," SUPERVISOR("S")),
                       "$.supervisors[1].code", "supervisor \"S\" is given twice");
    reading_only_error(PARTS(.projects = PROJECT("P", TUESDAYS) "," PROJECT("P", "")),
                       "$.projects[1].code", "project \"P\" is given twice");
    reading_only_error(PARTS(.projects = PROJECT("P", TUESDAYS) "," PROJECT("Q", TUESDAYS)),
                       "$.projects[1].sessions[0].id", "session \"A\" is given twice");
    reading_only_error(
        PARTS(.people = PERSON("X1", ", \"orders\": [" ORDER("1", "") "," ORDER("1", "") "]" FREE)),
        "$.people[0].orders[1].event", "event \"1\" is given twice; the first is on line 3");
}

static void unknown_references_name_the_nearest_unless_they_restrict_a_case(void **state)
{
    (void)state;
    reading_only_error(PARTS(.people = WORKER("X1", ", \"barred_places\": [\"prak\"]")),
                       "$.people[0].barred_places[0]",
                       "no place is called so (private, so not shown)");
    reading_only_error(PARTS(.people = WORKER("X1", ", \"prefers\": [\"PRAK\"]")),
                       "$.people[0].prefers[0]", "the nearest is \"PARK\"");
    reading_only_error(PARTS(.people = WORKER("X100001", ", \"keep_apart\": [\"X100010\"]")),
                       "$.people[0].keep_apart[0]",
                       "no person is called so (private, so not shown)");
    reading_only_error(PARTS(.people = WORKER("X1", ", \"keep_apart\": [\"X1\"]")),
                       "$.people[0].keep_apart[0]", "kept apart from themselves");
    reading_only_error(
        PARTS(.rest = "\"appointments\": [" BOOKED("X1", "PARK-B", "2026-03-03", "") "]"),
        "$.appointments[0].session", "the nearest is \"PARK-A\"");
}

static void unknown_words_name_the_known_ones(void **state)
{
    (void)state;
    reading_only_error(PARTS(.people = WORKER("X1", ", \"must_avoid\": [\"childen\"]")),
                       "$.people[0].must_avoid[0]",
                       "unknown word (private, so not shown); known are children, ");
    reading_only_error(PARTS(.people = WORKER("X1", ", \"must_avoid\": [7]")),
                       "$.people[0].must_avoid[0]", "found something else (private");
    reading_warns(PARTS(.people = WORKER("X1", ", \"must_avoid\": [\"x-dogs\"]")),
                  "$.people[0].must_avoid[0]", "no project has this word");
    reading_warns(PARTS(.people = WORKER("X1", ", \"needs\": [\"x-ramp\"]")),
                  "$.people[0].needs[0]", "no project has this word");
}

static void no_more_than_64_words_fit(void **state)
{
    (void)state;
    char people[4000];
    int used = snprintf(people, sizeof people, "%s",
                        "{\"crn\": \"X1\", \"gender\": \"male\","
                        " \"placement\": [], \"home\": null, \"travel_modes\": [], \"orders\": [],"
                        " \"available\": [], \"must_avoid\": [");
    for (int i = 0; i < 57; i++)
        used += snprintf(people + used, sizeof people - (size_t)used, "%s\"x-%d\"",
                         i > 0 ? ", " : "", i);
    (void)snprintf(people + used, sizeof people - (size_t)used, "]}");
    reading_only_error(PARTS(.people = people), "$.people[0].must_avoid[56]",
                       "more than 64 different words");
}

static void orders_must_be_possible(void **state)
{
    (void)state;
    reading_only_error(PARTS(.people = PERSON("X1", ", \"orders\": [" ORDER(
                                                        "1", ", \"worked_minutes\": 60,"
                                                             " \"ete_minutes\": 61") "]" FREE)),
                       "$.people[0].orders[0].ete_minutes", "more than \"worked_minutes\" (60)");
    reading_only_error(
        PARTS(.people = PERSON("X1", ", \"orders\": [" ORDER("1", ", \"deadline\":"
                                                                  " \"2026-01-04\"") "]" FREE)),
        "$.people[0].orders[0].deadline", "before \"sentence_date\"");
    reading_only_error(
        PARTS(.people = PERSON("X1", ", \"orders\": [" ORDER("1", ", \"deadline\":"
                                                                  " \"2199-01-04\"") "]" FREE)),
        "$.people[0].orders[0].deadline", "more than ten years");
    reading_only_error(
        PARTS(.people = PERSON("X1", ", \"orders\": [" ORDER("1", ", \"runs\": {\"after\":"
                                                                  " \"2\"}") "]" FREE)),
        "$.people[0].orders[0].runs.after", "the event of another order of this person");
}

static void orders_may_run_beside_but_not_wait_for_each_other(void **state)
{
    (void)state;
    reading_is_good(PARTS(
            .people = PERSON(
                "X1",
                ", \"orders\": [" ORDER("1", ", \"runs\": {\"concurrent_with\": \"2\"}") "," ORDER(
                    "2", ", \"runs\": {\"concurrent_with\": \"1\"}") "]" FREE)));
    struct reading reading;
    reading_parts(
        &reading,
        PARTS(.people = PERSON(
                  "X1", ", \"orders\": [" ORDER("1", ", \"runs\": {\"after\": \"2\"}") "," ORDER(
                            "2", ", \"runs\": {\"after\": \"1\"}") "]" FREE)));
    assert_int_equal(reading.diag.errors, 2);
    assert_non_null(reading_find(&reading, AM_ERROR, "$.people[0].orders[0].runs", "wait for"));
    reading_release(&reading);
}

static void windows_and_absences_run_forwards(void **state)
{
    (void)state;
#define FREE_FROM(text) ", \"orders\": [], \"available\": [{\"days\": [\"MO\"], " text "}]"
    reading_only_error(
        PARTS(.people = PERSON("X1", FREE_FROM("\"from\": \"10:00\", \"to\": \"10:00\""))),
        "$.people[0].available[0].to", "a time after \"from\"");
    reading_only_error(
        PARTS(.people = PERSON(
                  "X1",
                  FREE_FROM("\"from\": \"10:00\", \"to\": \"11:00\","
                            " \"valid_from\": \"2026-03-02\", \"valid_to\": \"2026-03-01\""))),
        "$.people[0].available[0].valid_to", "not before \"valid_from\"");
    reading_only_error(PARTS(.people = WORKER("X1", ", \"unavailable\": [{\"from\": \"2026-03-03\","
                                                    " \"to\": \"2026-03-02\"}]")),
                       "$.people[0].unavailable[0].to", "a moment after \"from\"");
    reading_is_good(PARTS(.people = WORKER("X1", ", \"unavailable\": [{\"from\": \"2026-03-03\","
                                                 " \"to\": \"2026-03-03\"}]")));
}

static void sessions_end_by_midnight_and_miss_the_clock_change(void **state)
{
    (void)state;
    reading_is_good(PARTS(.projects = PROJECT("P", SESSION("A", "2026-03-03T17:00", ""))));
    reading_only_error(PARTS(.projects = PROJECT("P", SESSION("A", "2026-03-03T17:01", ""))),
                       "$.projects[0].sessions[0]", "ends after midnight");
    reading_only_error(PARTS(.window = "{\"from\": \"2026-03-23\"}",
                             .projects = PROJECT("P", SESSION("A", "2026-03-29T01:30", ""))),
                       "$.projects[0].sessions[0]", "on 2026-03-29 the clocks change");
    reading_is_good(PARTS(.window = "{\"from\": \"2026-03-23\"}",
                          .projects = PROJECT("P", SESSION("A", "2026-03-29T02:00", ""))));
}

static void rules_and_overrides_of_sessions_are_checked(void **state)
{
    (void)state;
    reading_only_error(PARTS(.projects = PROJECT("P", SESSION("A", "2026-01-06T09:30",
                                                              ", \"rrule\": \"FREQ=HOURLY\""))),
                       "$.projects[0].sessions[0].rrule", "FREQ must be");
    reading_only_error(
        PARTS(.projects = PROJECT(
                  "P", SESSION("A", "2026-01-06T09:30",
                               ", \"rrule\":"
                               " \"FREQ=WEEKLY\", \"overrides\": [{\"date\": \"2026-03-04\"}]"))),
        "$.projects[0].sessions[0].overrides[0]", "does not take place on this date");
    reading_only_error(
        PARTS(.projects = PROJECT(
                  "P", SESSION("A", "2026-01-06T09:30",
                               ", \"rrule\":"
                               " \"FREQ=WEEKLY\", \"exdates\": [\"2026-03-03\"], \"overrides\":"
                               " [{\"date\": \"2026-03-03\"}]"))),
        "$.projects[0].sessions[0].overrides[0]", "among \"exdates\" too");
    reading_only_error(
        PARTS(.projects = PROJECT(
                  "P", SESSION("A", "2026-01-06T09:30",
                               ", \"rrule\":"
                               " \"FREQ=WEEKLY\", \"overrides\": [{\"date\": \"2026-03-03\"},"
                               " {\"date\": \"2026-03-03\"}]"))),
        "$.projects[0].sessions[0].overrides[1]", "overridden twice; the first is on line 4");
}

static void an_override_may_move_a_session_into_the_window(void **state)
{
    (void)state;
    struct reading reading;
    reading_parts(
        &reading,
        PARTS(.projects = PROJECT(
                  "P", SESSION("A", "2026-01-06T09:30",
                               ", \"rrule\": \"FREQ=WEEKLY\", \"overrides\":"
                               " [{\"date\": \"2026-02-24\", \"start\": \"2026-03-02T09:30\"},"
                               "  {\"date\": \"2026-03-03\", \"start\": \"2026-03-09T09:30\"}]"))));
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(reading.caseload.window_session_count, 1);
    assert_int_equal(reading.caseload.sessions[0].original_date, am_date_of(2026, 2, 24));
    assert_int_equal(reading.caseload.sessions[0].date, am_date_of(2026, 3, 2));
    assert_int_equal(reading.caseload.sessions[1].original_date, am_date_of(2026, 3, 3));
    reading_release(&reading);
}

static void education_is_worth_less_than_the_offer(void **state)
{
    (void)state;
    reading_only_error(PARTS(.policy = "{\"weights\": {\"ete_minute\": 20}}"), "$.policy.weights",
                       "\"ete_minute\" (20) must be less than \"offer_minute\" (20)");
    reading_is_good(PARTS(.policy = "{\"weights\": {\"ete_minute\": 19}}"));
    reading_is_good(PARTS(.policy = "{\"weights\": {}, \"ete_percent\": null}"));
}

static void appointments_must_refer_to_something(void **state)
{
    (void)state;
#define APPOINTMENTS(list) PARTS(.rest = "\"appointments\": [" list "]")
    reading_is_good(APPOINTMENTS(BOOKED("X1", "PARK-A", "2026-03-03", "")));
    reading_only_error(APPOINTMENTS(BOOKED("X1", "PARK-A", "2026-03-04", "")),
                       "$.appointments[0].date", "in the window it does on 2026-03-03");
    reading_is_good(APPOINTMENTS(BOOKED("X1", "PARK-A", "2025-12-30", "")));
    reading_only_error(APPOINTMENTS(BOOKED("X1", "PARK-A", "2026-03-03",
                                           "") ",\n" BOOKED("X1", "PARK-A", "2026-03-03", "")),
                       "$.appointments[1]", "another appointment at the same session and date");
    reading_only_error(
        APPOINTMENTS(
            "{\"crn\": \"X1\", \"event\": \"7\", \"session\": \"PARK-A\", \"date\": \"2026-03-03\","
            " \"start\": \"09:30\", \"minutes\": 420, \"state\": \"booked\"}"),
        "$.appointments[0].event", "person \"X1\" has no order with this event");
    reading_only_error(APPOINTMENTS(BOOKED("X1", "PARK-A", "2026-03-03", ", \"credited\": 60")),
                       "$.appointments[0].credited", "only an attended appointment");
}

static void pins_that_contradict_each_other_are_named(void **state)
{
    (void)state;
#define TWO_PROJECTS PROJECT("P", TUESDAYS) "," PROJECT("Q", SESSION("B", "2026-03-03T12:00", ""))
    reading_only_error(
        PARTS(.projects = TWO_PROJECTS,
              .rest = "\"appointments\": [" PINNED(
                  "X1", "A", "2026-03-03",
                  "") ",\n"
                      "{\"crn\": \"X1\", \"event\": \"1\", \"session\": \"B\", \"date\":"
                      " \"2026-03-03\", \"start\": \"12:00\", \"minutes\": 420, \"state\":"
                      " \"booked\", \"pinned\": true}]"),
        "$.appointments[1]",
        "person \"X1\" is pinned to session \"B\" here and, at the same time, to \"A\"");
    reading_only_error(
        PARTS(.people = WORKER("X1", "") "," WORKER("X2", ""),
              .supervisors = SUPERVISOR("S1") "," SUPERVISOR("S2"),
              .projects = PROJECT("P", TUESDAYS),
              .rest = "\"appointments\": [" PINNED("X1", "A", "2026-03-03",
                                                   ", \"supervisor\":"
                                                   " \"S1\"") ",\n" PINNED("X2", "A", "2026-03-03",
                                                                           ", \"supervisor\":"
                                                                           " \"S2\"") "]"),
        "$.appointments[1]", "supervisor \"S2\" is pinned to session \"A\" here, but \"S1\"");
    reading_only_error(
        PARTS(.people = WORKER("X1", ""), .supervisors = SUPERVISOR("S1"),
              .projects = PROJECT("P", TUESDAYS) "," PROJECT(
                  "Q",
                  SESSION("B", "2026-03-03T12:00",
                          ", \"overrides\": [{\"date\": \"2026-03-03\", \"supervisor\": \"S1\"}]")),
              .rest = "\"appointments\": [" PINNED("X1", "A", "2026-03-03",
                                                   ", \"supervisor\":"
                                                   " \"S1\"") "]"),
        "$.projects[1].sessions[0].overrides[0].supervisor",
        "supervisor \"S1\" is pinned to session \"B\" here and, at the same time, to \"A\"");
}

static void pins_that_meet_end_to_start_agree(void **state)
{
    (void)state;
    reading_is_good(
        PARTS(.projects =
                  PROJECT("P", TUESDAYS) "," PROJECT("Q", SESSION("B", "2026-03-03T16:30", "")),
              .rest = "\"appointments\": [" PINNED(
                  "X1", "A", "2026-03-03",
                  ", \"supervisor\":"
                  " \"SV1\"") ",{\"crn\": \"X1\", \"event\": \"1\", \"session\": \"B\", \"date\":"
                              " \"2026-03-03\", \"start\": \"16:30\", \"minutes\": 420, "
                              "\"supervisor\":"
                              " \"SV1\", \"state\": \"booked\", \"pinned\": true}]"));
}

static void what_was_published_and_is_gone_is_ignored_with_a_warning(void **state)
{
    (void)state;
    reading_warns(PARTS(.rest = "\"published\": {\"appointments\": [{\"crn\": \"X9\", \"session\":"
                                " \"PARK-A\", \"date\": \"2026-03-03\"}]}"),
                  "$.published.appointments[0].crn", "no person is called so any more");
    reading_warns(PARTS(.rest = "\"published\": {\"sessions\": [{\"session\": \"PARK-A\","
                                " \"date\": \"2026-03-04\"}]}"),
                  "$.published.sessions[0].date", "does not take place on this date any more");
}

static void a_roster_counts_as_published(void **state)
{
    (void)state;
    struct reading reading;
    reading_parts(
        &reading,
        PARTS(.rest = "\"published\": {\"format\": \"amends-roster/1\", \"made\": {}, \"sessions\":"
                      " [{\"session\": \"PARK-A\", \"original_date\": \"2026-03-03\", \"date\": "
                      "\"2026-03-03\","
                      " \"runs\": true, \"supervisor\": null, \"booked\": 1}], \"appointments\": "
                      "[{\"crn\": \"X1\","
                      " \"session\": \"PARK-A\", \"original_date\": \"2026-03-03\", \"minutes\": "
                      "420}]}"));
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(reading.diag.warnings, 0);
    assert_int_equal(reading.caseload.published_session_count, 1);
    assert_int_equal(reading.caseload.published_sessions[0].supervisor, -1);
    assert_int_equal(reading.caseload.published_appointment_count, 1);
    reading_release(&reading);
}

static void what_is_booked_in_the_window_counts_as_published(void **state)
{
    (void)state;
    struct reading reading;
    reading_parts(&reading, APPOINTMENTS(BOOKED("X1", "PARK-A", "2026-03-03", "")));
    assert_true(reading.caseload.has_published);
    assert_int_equal(reading.caseload.published_appointment_count, 1);
    reading_release(&reading);
    reading_parts(&reading, APPOINTMENTS(PINNED("X1", "PARK-A", "2026-03-03", "")));
    assert_false(reading.caseload.has_published);
    reading_release(&reading);
}

static void only_some_rules_can_be_waived(void **state)
{
    (void)state;
#define WAIVER(rule, more)                                                                         \
    PARTS(.rest = "\"waivers\": [{\"rule\": \"" rule "\", \"crn\": \"X1\", \"by\": \"A\"" more "}" \
                  "]")
    static const char *const can[] = {"R2", "R3", "R5", "R7", "R10", "R11", "R12", "R13", "R16"};
    for (size_t i = 0; i < sizeof can / sizeof can[0]; i++) {
        char rest[200];
        (void)snprintf(rest, sizeof rest,
                       "\"waivers\": [{\"rule\": \"%s\", \"crn\": \"X1\", \"by\": \"A\"}]", can[i]);
        reading_is_good(PARTS(.rest = rest));
    }
    reading_only_error(WAIVER("R1", ""), "$.waivers[0].rule", "R1 (order in force) cannot be");
    reading_only_error(WAIVER("R8", ""), "$.waivers[0].rule", "the places belong to the session");
    reading_only_error(WAIVER("R14", ""), "$.waivers[0].rule", "cannot be attended");
    reading_only_error(WAIVER("S1", ""), "$.waivers[0].rule", "a rule that can be waived");
    reading_only_error(WAIVER("R5", ", \"project\": \"PARK\""), "$.waivers[0].project",
                       "names no project and no session");
}

static void the_score_must_fit(void **state)
{
    (void)state;
    enum { PEOPLE = 60 };
    static char people[PEOPLE * 400];
    size_t used = 0;
    for (int i = 0; i < PEOPLE; i++) {
        used += (size_t)snprintf(people + used, sizeof people - used,
                                 "%s{\"crn\": \"X%d\", \"gender\": \"male\", \"placement\": [],"
                                 " \"home\": null, \"travel_modes\": [], \"available\": [],"
                                 " \"orders\": [{\"event\": \"1\", \"sentence_date\":"
                                 " \"2026-01-05\", \"ordered_minutes\": 6000}]}",
                                 i > 0 ? ", " : "", i);
        assert_true(used < sizeof people);
    }
    struct reading_parts parts = {.window = "{\"from\": \"2026-03-02\", \"weeks\": 8}",
                                  .people = people};
    reading_is_good(parts);
    parts.policy = "{\"weights\": {\"travel_minute\": 10000000}}";
    reading_only_error(parts, "$.policy", "2^50");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plainest_caseload_is_good),
        cmocka_unit_test(an_empty_a_cut_and_a_missing_file_are_told),
        cmocka_unit_test(every_mistake_is_told_in_one_run),
        cmocka_unit_test(ids_given_twice_name_both_places),
        cmocka_unit_test(unknown_references_name_the_nearest_unless_they_restrict_a_case),
        cmocka_unit_test(unknown_words_name_the_known_ones),
        cmocka_unit_test(no_more_than_64_words_fit),
        cmocka_unit_test(orders_must_be_possible),
        cmocka_unit_test(orders_may_run_beside_but_not_wait_for_each_other),
        cmocka_unit_test(windows_and_absences_run_forwards),
        cmocka_unit_test(sessions_end_by_midnight_and_miss_the_clock_change),
        cmocka_unit_test(rules_and_overrides_of_sessions_are_checked),
        cmocka_unit_test(an_override_may_move_a_session_into_the_window),
        cmocka_unit_test(education_is_worth_less_than_the_offer),
        cmocka_unit_test(appointments_must_refer_to_something),
        cmocka_unit_test(pins_that_contradict_each_other_are_named),
        cmocka_unit_test(pins_that_meet_end_to_start_agree),
        cmocka_unit_test(what_was_published_and_is_gone_is_ignored_with_a_warning),
        cmocka_unit_test(a_roster_counts_as_published),
        cmocka_unit_test(what_is_booked_in_the_window_counts_as_published),
        cmocka_unit_test(only_some_rules_can_be_waived),
        cmocka_unit_test(the_score_must_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
