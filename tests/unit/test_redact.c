/*
 * A redacted caseload is the same problem: the same pairs, journeys, roster and
 * proof, under other names. That no text of the original survives is held by
 * tests/privacy.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "io/caseload_json.h"
#include "io/redact.h"
#include "tests/support/reading.h"
#include "tests/support/tiny.h"

/* Other seeds than the oracle's and the properties'. */
enum { FIRST = 9000, LAST = 9149 };

/* The redacted text of a file, as a caseload and what is derived of it. */
static void read_redacted(struct tiny_case *redacted, const char *path, struct am_text *text)
{
    struct am_diag diag;
    struct am_redact_result result;
    struct am_err err = {0};
    am_diag_init(&diag);
    *text = (struct am_text){0};
    *redacted = (struct tiny_case){0};
    am_arena_init(&redacted->arena);
    if (am_redact(path, &diag, text, &result, &err) != AM_OK)
        fail_msg("%s: %s", path, err.msg);
    am_status status = am_caseload_read_bytes(&redacted->caseload, "redacted.json", text->bytes,
                                              text->size, &diag, &err);
    if (status != AM_OK)
        am_diag_print(&diag, stderr);
    assert_int_equal(status, AM_OK);
    assert_true(tiny_derive(redacted));
    am_diag_release(&diag);
}

static void compare_journeys(const struct am_caseload *a, const struct am_caseload *b)
{
    assert_int_equal(a->session_count, b->session_count);
    assert_int_equal(a->person_count, b->person_count);
    for (int p = 0; p < a->person_count; p++)
        for (int s = 0; s < a->session_count; s++) {
            struct am_journey x = am_person_journey(a, p, s), y = am_person_journey(b, p, s);
            assert_int_equal(x.known, y.known);
            assert_int_equal(x.allowed, y.allowed);
            assert_int_equal(x.mode, y.mode);
            assert_int_equal(x.there, y.there);
            assert_int_equal(x.back, y.back);
            assert_int_equal(x.quality, y.quality);
        }
}

static void compare_pairs(const struct tiny_case *a, const struct tiny_case *b)
{
    const struct am_eligibility *x = &a->eligibility, *y = &b->eligibility;
    size_t counts = (size_t)a->caseload.person_count * AM_RULE_COUNT;
    assert_int_equal(x->pair_count, y->pair_count);
    for (int64_t i = 0; i < x->pair_count; i++)
        assert_int_equal(x->pairs[i].session, y->pairs[i].session);
    assert_memory_equal(x->forbidden_first, y->forbidden_first, counts * sizeof(int32_t));
    assert_memory_equal(x->forbidden_any, y->forbidden_any, counts * sizeof(int32_t));
}

static void compare_rosters(const struct am_roster *a, const struct am_roster *b)
{
    assert_int_equal(a->proof.objective, b->proof.objective);
    assert_int_equal(a->proof.bound, b->proof.bound);
    assert_int_equal(a->proof.fixed_only, b->proof.fixed_only);
    assert_memory_equal(&a->score, &b->score, sizeof a->score);
    assert_int_equal(a->appointment_count, b->appointment_count);
    for (int i = 0; i < a->appointment_count; i++) {
        const struct am_roster_appointment *x = &a->appointments[i], *y = &b->appointments[i];
        assert_int_equal(x->person, y->person);
        assert_int_equal(x->order, y->order);
        assert_int_equal(x->session, y->session);
        assert_int_equal(x->start, y->start);
        assert_int_equal(x->minutes, y->minutes);
        assert_int_equal(x->there, y->there);
        assert_int_equal(x->back, y->back);
        assert_int_equal(x->mode, y->mode);
        assert_int_equal(x->quality, y->quality);
    }
    for (int s = 0; s < a->caseload->window_session_count; s++) {
        assert_int_equal(a->sessions[s].runs, b->sessions[s].runs);
        assert_int_equal(a->sessions[s].supervisor, b->sessions[s].supervisor);
    }
}

static void solves_alike(struct tiny_case *original, const char *path)
{
    struct tiny_case redacted;
    struct am_roster here, there;
    struct am_text text;
    read_redacted(&redacted, path, &text);
    compare_journeys(&original->caseload, &redacted.caseload);
    compare_pairs(original, &redacted);
    assert_true(tiny_solve(original, am_solve, &here));
    assert_true(tiny_solve(&redacted, am_solve, &there));
    compare_rosters(&here, &there);
    am_roster_release(&here);
    am_roster_release(&there);
    tiny_release(&redacted);
    am_text_release(&text);
}

static void tiny_caseloads_have_the_same_best_roster(void **state)
{
    (void)state;
    for (int seed = FIRST; seed <= LAST; seed++) {
        struct tiny_case original;
        char *text = tiny_json((uint64_t)seed, &tiny_plain);
        assert_non_null(text);
        if (!tiny_read(&original, (uint64_t)seed, &tiny_plain))
            fail_msg("seed %d cannot be read", seed);
        solves_alike(&original, reading_scratch("seed.json", text));
        tiny_release(&original);
        free(text);
    }
}

static void file_solves_alike(const char *path)
{
    struct reading reading;
    struct tiny_case original = {0};
    reading_file(&reading, path);
    assert_int_equal(reading.status, AM_OK);
    original.caseload = reading.caseload;
    am_arena_init(&original.arena);
    assert_true(tiny_derive(&original));
    solves_alike(&original, path);
    am_arena_release(&original.arena);
    reading_release(&reading);
}

static void the_small_example_has_the_same_best_roster(void **state)
{
    (void)state;
    file_solves_alike("examples/tiny.json");
}

/* Journeys from a CSV file, from OSRM, by the hour, cut minutes, a home by its point. */
static void a_caseload_with_every_field_has_the_same_best_roster(void **state)
{
    (void)state;
    file_solves_alike("tests/schema/files/good.json");
}

/* ---- what is written ---- */

static const char place_list[] =
    "{\"id\": \"home\", \"lat\": 53.6, \"lon\": -2.3},"
    "{\"id\": \"site\", \"lat\": 53.601, \"lon\": -2.301}, {\"id\": \"far\"}";

/* The redacted text of a caseload of one person with these orders and this journey table. */
static void redact_one(const char *person, const char *rule, const char *travel,
                       struct am_text *text, am_status *status, struct am_err *err)
{
    static char json[4000];
    struct am_diag diag;
    struct am_redact_result result;
    (void)snprintf(
        json, sizeof json,
        "{\"format\": \"amends-caseload/1\", \"as_of\": \"2026-03-02\", \"bank_holidays\": [],"
        "\"window\": {\"from\": \"2026-03-02\"}, \"places\": [%s], \"people\": [{\"crn\": \"X9\","
        "\"gender\": \"male\", \"placement\": [\"mixed_group\"], \"home\": \"home\","
        "\"travel_modes\": [\"walk\"], \"available\": [{\"days\": [\"TU\"], \"from\": \"08:00\","
        "\"to\": \"18:00\"}], %s}], \"projects\": [{\"code\": \"PARK\", \"type\": \"group\","
        "\"place\": \"site\", \"tags\": [\"children\"], \"sessions\": [{\"id\": \"PARK-A\","
        "\"start\": \"2026-03-03T09:30\", \"minutes\": 420, \"rrule\": \"%s\","
        "\"places\": 8}]}, {\"code\": \"SHOP\", \"type\": \"group\", \"place\": \"far\"}],"
        "\"travel\": [%s]}",
        place_list, person, rule, travel);
    *text = (struct am_text){0};
    am_diag_init(&diag);
    *status = am_redact(reading_scratch("one.json", json), &diag, text, &result, err);
    am_diag_release(&diag);
}

static void writes(const char *person, const char *rule, const char *travel, const char *expected)
{
    struct am_text text;
    struct am_err err = {0};
    am_status status;
    redact_one(person, rule, travel, &text, &status, &err);
    if (status != AM_OK)
        fail_msg("%s", err.msg);
    if (!strstr(text.bytes, expected))
        fail_msg("no %s in %s", expected, text.bytes);
    am_text_release(&text);
}

#define ORDER(event, rest)                                                                         \
    "{\"event\": " event ", \"sentence_date\": \"2026-02-02\", \"ordered_minutes\": 600" rest "}"
#define ORDERS "\"orders\": [" ORDER("\"7\"", "") "]"

static void new_events_stand_in_the_order_of_the_old(void **state)
{
    (void)state;
    const char *people = "\"orders\": [" ORDER("\"10\"", "") ", " ORDER(
        "\"9\"", ", \"runs\": {\"after\": \"10\"}") "]";
    writes(people, "FREQ=WEEKLY", "", "{\"event\": \"2\", ");
    writes(people, "FREQ=WEEKLY", "", "\"runs\": {\"after\": \"2\"}");
}

static void what_must_be_avoided_becomes_a_barred_project(void **state)
{
    (void)state;
    writes(ORDERS ", \"must_avoid\": [\"children\"]", "FREQ=WEEKLY", "",
           "\"barred_projects\": [\"project-1\"]");
    writes(ORDERS ", \"needs\": [\"step_free\"]", "FREQ=WEEKLY", "",
           "\"barred_projects\": [\"project-1\", \"project-2\"]");
}

static void journeys_that_were_estimated_are_written_out(void **state)
{
    (void)state;
    writes(ORDERS, "FREQ=WEEKLY", "", "\"quality\": \"estimated\"");
}

/* The table answers at its hour and for a quarter of an hour after it, waiting included. */
static void journeys_by_the_hour_are_written_for_the_minute_of_the_session(void **state)
{
    (void)state;
    const char *table = "{\"mode\": \"walk\", \"direction\": \"there\", \"arrive_by\": \"09:15\","
                        "\"from\": [\"home\"], \"to\": [\"site\"], \"minutes\": [[20]]}";
    writes(ORDERS, "FREQ=WEEKLY", table, "\"arrive_by\": \"09:30\"");
    writes(ORDERS, "FREQ=WEEKLY", table, "[35]");
    writes(ORDERS, "FREQ=WEEKLY", table, "\"travel_gap_minutes\": 0");
}

static void words_hidden_in_a_rule_are_refused(void **state)
{
    (void)state;
    struct am_text text;
    struct am_err err = {0};
    am_status status;
    redact_one(ORDERS, "FREQ=WEEKLY;BYDAY=TU,SMITH", "", &text, &status, &err);
    assert_int_equal(status, AM_EINVALID);
    am_text_release(&text);
}

static void a_cell_may_say_unknown(void **state)
{
    (void)state;
    struct reading reading;
    reading_parts(&reading, (struct reading_parts){
                                .rest = "\"travel\": [{\"mode\": \"walk\", \"direction\": \"both\","
                                        "\"from\": [\"home\"], \"to\": [\"home\"], \"minutes\": "
                                        "[[\"unknown\"]]}]"});
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(reading.caseload.travel[0].minutes[0], AM_UNKNOWN_JOURNEY);
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiny_caseloads_have_the_same_best_roster),
        cmocka_unit_test(the_small_example_has_the_same_best_roster),
        cmocka_unit_test(a_caseload_with_every_field_has_the_same_best_roster),
        cmocka_unit_test(new_events_stand_in_the_order_of_the_old),
        cmocka_unit_test(what_must_be_avoided_becomes_a_barred_project),
        cmocka_unit_test(journeys_that_were_estimated_are_written_out),
        cmocka_unit_test(journeys_by_the_hour_are_written_for_the_minute_of_the_session),
        cmocka_unit_test(words_hidden_in_a_rule_are_refused),
        cmocka_unit_test(a_cell_may_say_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
