/* Changes of a scenario in the example caseload, and what is said where they go wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "io/atomic_file.h"
#include "io/caseload_json.h"
#include "io/caseload_patch.h"

enum { TEXT = 4096 };

static struct am_document base;

static int read_base(void **state)
{
    char *bytes;
    size_t size;
    struct am_err err;
    (void)state;
    if (am_read_file("examples/tiny.json", 1 << 20, &bytes, &size, &err) != AM_OK)
        return -1;
    base = (struct am_document){"tiny.json", bytes, size};
    return 0;
}

static int free_base(void **state)
{
    (void)state;
    free((char *)(uintptr_t)base.bytes);
    return 0;
}

/* One scenario tried: the caseload it makes, or the findings. */
struct trial {
    struct am_patched patched;
    struct am_caseload caseload;
    struct am_diag diag;
    am_status status;
    char text[TEXT]; /* of the scenario */
};

/* The rest of a scenario after its name, from line 2 on. */
static void try_it(struct trial *trial, const char *rest)
{
    struct am_err err = {0};
    (void)snprintf(trial->text, sizeof trial->text,
                   "{\"format\": \"amends-scenario/1\", \"name\": \"try\",\n%s}", rest);
    struct am_document scenario = {"try.json", trial->text, strlen(trial->text)};
    am_diag_init(&trial->diag);
    am_caseload_init(&trial->caseload);
    trial->status = am_caseload_patch(&trial->patched, &base, &scenario, &trial->diag, &err);
    if (trial->status == AM_OK) {
        am_caseload_release(&trial->caseload);
        trial->status = am_patched_read(&trial->patched, &trial->caseload, &trial->diag, &err);
    }
}

static void end(struct trial *trial)
{
    am_caseload_release(&trial->caseload);
    am_patched_release(&trial->patched);
    am_diag_release(&trial->diag);
}

static void assert_made(const struct trial *trial)
{
    if (trial->status != AM_OK)
        am_diag_print(&trial->diag, stderr);
    assert_int_equal(trial->status, AM_OK);
    assert_int_equal(trial->diag.errors, 0);
}

/* Just this finding, at this line of the scenario and this path. */
static void assert_finding(const char *rest, int line, const char *path, const char *text)
{
    struct trial trial;
    try_it(&trial, rest);
    const struct am_finding *finding = trial.diag.first;
    assert_int_equal(trial.status, AM_EINVALID);
    if (!finding || finding->next)
        am_diag_print(&trial.diag, stderr);
    assert_non_null(finding);
    assert_null(finding->next);
    assert_string_equal(finding->file, "try.json");
    assert_string_equal(finding->path, path);
    assert_string_equal(finding->text, text);
    assert_int_equal(finding->line, line);
    end(&trial);
}

static int count_sessions(const struct am_caseload *caseload, const char *id)
{
    int count = 0;
    for (int i = 0; i < caseload->window_session_count; i++)
        count += strcmp(caseload->sessions[i].id, id) == 0;
    return count;
}

static const struct am_session *find_session(const struct am_caseload *caseload, const char *id)
{
    int i = 0;
    while (i < caseload->window_session_count && strcmp(caseload->sessions[i].id, id) != 0)
        i++;
    assert_true(i < caseload->window_session_count);
    return &caseload->sessions[i];
}

/* ---- what changes make ---- */

static void a_scenario_without_changes_is_the_same_caseload(void **state)
{
    struct trial trial;
    (void)state;
    try_it(&trial, "\"sentence\": \"As it is.\"");
    assert_made(&trial);
    assert_string_equal(trial.patched.scenario.name, "try");
    assert_string_equal(trial.patched.scenario.sentence, "As it is.");
    assert_int_equal(trial.caseload.person_count, 6);
    assert_memory_equal(trial.patched.caseload.bytes, base.bytes, base.size - 1);
    end(&trial);
}

static void what_no_change_touches_stays_as_it_was_written(void **state)
{
    struct trial trial;
    (void)state;
    try_it(&trial, "\"changes\": {\"projects\": {\"PARK\": {\"quality\": 5}}}");
    assert_made(&trial);
    /* the people, and the matrices of journeys with their line breaks */
    const char *people = strstr(base.bytes, "\"people\""), *end_of = strstr(people, "\n  ],");
    char *part = strndup(people, (size_t)(end_of - people));
    assert_non_null(part);
    assert_non_null(strstr(trial.patched.caseload.bytes, part));
    assert_non_null(strstr(trial.patched.caseload.bytes, "[28, 41, 27],\n"));
    assert_int_equal(trial.caseload.projects[1].quality, 5);
    free(part);
    end(&trial);
}

static void entries_are_merged_by_their_ids_in_objects_and_in_lists(void **state)
{
    struct trial trial;
    (void)state;
    try_it(&trial,
           "\"changes\": {\"people\": {\"X100006\": null, \"X100002\": {\"attendance\": null,"
           " \"orders\": {\"1\": {\"worked_minutes\": 5100}}}},"
           " \"places\": [{\"id\": \"mill\", \"lat\": 53.6, \"lon\": -2.3}],"
           " \"projects\": [{\"code\": \"PARK\", \"place\": \"mill\", \"sessions\":"
           " {\"PARK-A\": {\"places\": 9}}}]}");
    assert_made(&trial);
    assert_int_equal(trial.caseload.person_count, 5);
    assert_string_equal(trial.caseload.people[4].crn, "X100005");
    assert_int_equal(trial.caseload.orders[trial.caseload.people[1].first_order].worked_min, 5100);
    assert_int_equal(trial.caseload.people[1].attendance_percent,
                     trial.caseload.policy.attendance_percent);
    const struct am_session *park = find_session(&trial.caseload, "PARK-A");
    assert_int_equal(park->places, 9);
    assert_string_equal(trial.caseload.places[park->place].id, "mill");
    end(&trial);
}

static void places_may_be_added_on_one_date(void **state)
{
    struct trial trial;
    (void)state;
    try_it(&trial, "\"verbs\": [{\"verb\": \"add_places\", \"session\": \"PARK-A\", \"places\": 2,"
                   " \"from\": \"2026-03-05\", \"to\": \"2026-03-05\", \"cost_pounds_each\": 30}]");
    assert_made(&trial);
    assert_int_equal(count_sessions(&trial.caseload, "PARK-A"), 2);
    const struct am_session *thursday = find_session(&trial.caseload, "PARK-A");
    assert_int_equal(thursday[0].places, 10);
    for (int i = 0; i < trial.caseload.session_count; i++)
        if (strcmp(trial.caseload.sessions[i].id, "PARK-A") == 0 &&
            &trial.caseload.sessions[i] != thursday)
            assert_int_equal(trial.caseload.sessions[i].places, 8);
    assert_true(trial.patched.scenario.has_cost);
    assert_int_equal(trial.patched.scenario.cost_pounds, 60);
    end(&trial);
}

static void a_closed_project_has_no_session_from_then_on(void **state)
{
    struct trial trial;
    (void)state;
    try_it(&trial, "\"verbs\": [{\"verb\": \"close_project\", \"project\": \"PARK\","
                   " \"from\": \"2026-03-06\"}]");
    assert_made(&trial);
    int open = 0, later = 0;
    for (int i = 0; i < trial.caseload.session_count; i++) {
        const struct am_session *at = &trial.caseload.sessions[i];
        if (strcmp(at->id, "PARK-A") != 0)
            continue;
        open += i < trial.caseload.window_session_count && at->closed == AM_OPEN;
        later += i >= trial.caseload.window_session_count;
    }
    assert_int_equal(open, 1); /* the Thursday before */
    assert_int_equal(later, 0);
    end(&trial);
}

static void a_project_closed_for_a_week_opens_again(void **state)
{
    struct trial trial;
    (void)state;
    try_it(&trial, "\"verbs\": [{\"verb\": \"close_project\", \"project\": \"PARK\","
                   " \"from\": \"2026-03-02\", \"to\": \"2026-03-08\"}]");
    assert_made(&trial);
    int later = 0;
    for (int i = 0; i < trial.caseload.session_count; i++) {
        const struct am_session *at = &trial.caseload.sessions[i];
        if (strcmp(at->id, "PARK-A") != 0)
            continue;
        if (i < trial.caseload.window_session_count)
            assert_int_equal(at->closed, AM_CANCELLED);
        else
            later++;
    }
    assert_true(later > 10);
    end(&trial);
}

static void sessions_are_added_like_others_and_in_number(void **state)
{
    struct trial trial;
    (void)state;
    try_it(&trial, "\"verbs\": [{\"verb\": \"add_session\", \"id\": \"NEW\", \"like\": \"SHOP-A\","
                   " \"places\": 3, \"count\": 2}]");
    assert_made(&trial);
    assert_int_equal(count_sessions(&trial.caseload, "NEW"), 2);
    assert_int_equal(count_sessions(&trial.caseload, "NEW-2"), 2);
    assert_int_equal(find_session(&trial.caseload, "NEW-2")->places, 3);
    assert_int_equal(find_session(&trial.caseload, "SHOP-A")->places, 1);
    end(&trial);
}

static void supervisors_come_and_go(void **state)
{
    struct trial trial;
    (void)state;
    try_it(&trial, "\"verbs\": [{\"verb\": \"add_supervisor\", \"code\": \"SV2\", \"like\": "
                   "\"SV1\", \"group_limit\": 5}, {\"verb\": \"remove_supervisor\","
                   " \"supervisor\": \"SV1\", \"from\": \"2026-03-06\"}]");
    assert_made(&trial);
    assert_int_equal(trial.caseload.supervisor_count, 2);
    assert_string_equal(trial.caseload.supervisors[1].code, "SV2");
    assert_string_equal(trial.caseload.supervisors[1].name, "");
    assert_int_equal(trial.caseload.supervisors[1].group_limit, 5);
    assert_int_equal(trial.caseload.supervisors[0].unavailable.count, 1);
    assert_int_equal(trial.caseload.supervisors[1].unavailable.count, 0);
    end(&trial);
}

static void policy_is_set_and_a_limit_lifted(void **state)
{
    struct trial trial;
    (void)state;
    try_it(&trial, "\"verbs\": [{\"verb\": \"policy\", \"set\": {\"travel_limit_minutes\": 100,"
                   " \"completion_months\": null, \"weights\": {\"pace_minute\": 5}}}]");
    assert_made(&trial);
    assert_int_equal(trial.caseload.policy.travel_limit_minutes, 100);
    assert_int_equal(trial.caseload.policy.completion_months, AM_NO_LIMIT);
    assert_int_equal(trial.caseload.policy.weights.pace_minute, 5);
    end(&trial);
}

static void arrivals_are_scaled_up_and_down(void **state)
{
    struct trial trial;
    (void)state; /* X100003 alone was sentenced of late */
    try_it(&trial, "\"verbs\": [{\"verb\": \"scale_arrivals\", \"percent\": 300}]");
    assert_made(&trial);
    assert_int_equal(trial.caseload.person_count, 8);
    assert_string_equal(trial.caseload.people[6].crn, "X100003+2");
    assert_string_equal(trial.caseload.people[7].crn, "X100003+3");
    assert_string_equal(trial.caseload.people[7].name, "");
    end(&trial);
    try_it(&trial, "\"verbs\": [{\"verb\": \"scale_arrivals\", \"percent\": 0}]");
    assert_made(&trial);
    assert_int_equal(trial.caseload.person_count, 5);
    end(&trial);
}

static void waivers_and_windows_are_added(void **state)
{
    struct trial trial;
    (void)state;
    try_it(&trial, "\"verbs\": [{\"verb\": \"add_waiver\", \"waiver\": {\"rule\": \"R3\", \"crn\":"
                   " \"X100004\", \"session\": \"PARK-A\", \"by\": \"the manager\"}},"
                   " {\"verb\": \"add_available\", \"person\": \"X100004\", \"window\":"
                   " {\"days\": [\"MO\"], \"from\": \"09:00\", \"to\": \"17:00\"}}]");
    assert_made(&trial);
    assert_int_equal(trial.caseload.waiver_count, 1);
    assert_int_equal(trial.caseload.people[3].available.count, 2);
    end(&trial);
}

/* ---- what is said ---- */

static void an_unknown_id_is_told_with_the_nearest(void **state)
{
    (void)state;
    assert_finding("\"changes\": {\"projects\": {\"PRAK\": {\"quality\": 5}}}", 2,
                   "$.changes.projects.PRAK",
                   "the caseload has no project \"PRAK\"; the nearest is \"PARK\"");
    assert_finding("\"changes\": {\"people\": [\n{\"crn\": \"X100009\", \"wants_ete\": true}]}", 3,
                   "$.changes.people[0]",
                   "the caseload has no person \"X100009\"; the nearest is \"X100001\"");
    assert_finding(
        "\"verbs\": [{\"verb\": \"add_places\", \"session\": \"PARK-B\", \"places\": 1}]", 2,
        "$.verbs[0].session", "the caseload has no session \"PARK-B\"; the nearest is \"PARK-A\"");
}

static void a_wrong_type_or_unit_is_told(void **state)
{
    (void)state;
    assert_finding(
        "\"verbs\": [{\"verb\": \"add_places\", \"session\": \"PARK-A\",\n\"places\": 1.5}]", 3,
        "$.verbs[0].places", "expected a whole number from -10000 to 10000, found 1.5");
    assert_finding("\"verbs\": [{\"verb\": \"scale_arrivals\", \"percent\": \"115 %\"}]", 2,
                   "$.verbs[0].percent", "expected a whole number from 0 to 1000, found \"115 %\"");
    assert_finding("\"verbs\": [{\"verb\": \"close_project\", \"project\": \"PARK\", \"from\":"
                   " \"next week\"}]",
                   2, "$.verbs[0].from",
                   "expected a date that exists, as YYYY-MM-DD, found \"next week\"");
    assert_finding("\"verbs\": [{\"verb\": \"ad_places\"}]", 2, "$.verbs[0].verb",
                   "unknown verb \"ad_places\"; the nearest known one is \"add_places\"");
}

static void a_change_that_makes_the_caseload_invalid_is_told_where_it_is(void **state)
{
    (void)state;
    assert_finding("\"changes\": {\"projects\": {\"PARK\":\n{\"quality\": 7}}}", 3,
                   "$.changes.projects.PARK.quality",
                   "expected a whole number from 0 to 5, found 7 (in the caseload: "
                   "$.projects[1].quality)");
    assert_finding("\"verbs\": [{\"verb\": \"policy\",\n\"set\": {\"travel_limit_minute\": 100}}]",
                   3, "$.verbs[0].set.travel_limit_minute",
                   "unknown key; the nearest known one is \"travel_limit_minutes\" (in the "
                   "caseload: $.policy.travel_limit_minute)");
    assert_finding("\"verbs\": [{\"verb\": \"add_session\", \"project\": \"PARK\", \"id\": \"P\","
                   " \"start\": \"2026-03-03T09:00\", \"minutes\": 420}]",
                   2, "$.verbs[0].id",
                   "\"places\" is missing (in the caseload: $.projects[1].sessions[1])");
}

static void a_reference_to_what_a_scenario_removes_is_told(void **state)
{
    (void)state;
    assert_finding(
        "\"changes\": {\"projects\": {\"SHOP\": null}, \"appointments\": {\"X100001 SHOP-A"
        " 2026-02-24\": null}}",
        1, "$",
        "with this scenario the caseload is not valid: $.people[0].allocations[0].project "
        "(line 28 of tiny.json): no project is called \"SHOP\"");
}

static void changes_that_conflict_are_told_with_both_lines(void **state)
{
    (void)state;
    assert_finding("\"changes\": {\"projects\": {\"PARK\": {\"sessions\": {\"PARK-A\":\n"
                   "{\"places\": 9}}}}},\n\"verbs\": [{\"verb\": \"add_places\", \"session\":"
                   " \"PARK-A\", \"places\": 1}]",
                   4, "$.verbs[0].places",
                   "this change conflicts with the one on line 3: both are about \"places\"");
    assert_finding("\"verbs\": [{\"verb\": \"close_project\", \"project\": \"PARK\"},\n"
                   "{\"verb\": \"add_places\", \"project\": \"PARK\", \"places\": 1}]",
                   3, "$.verbs[1].places",
                   "this change conflicts with the one on line 2: both are about \"PARK\"");
    assert_finding("\"changes\": {\"supervisors\": {\"SV1\": null}},\n\"verbs\": [{\"verb\":"
                   " \"remove_supervisor\", \"supervisor\": \"SV1\"}]",
                   3, "$.verbs[0].supervisor",
                   "this change conflicts with the one on line 2: both are about \"SV1\"");
}

static void what_is_private_is_not_told(void **state)
{
    (void)state;
    assert_finding("\"changes\": {\"people\": {\"X100001\": {\"home\": \"12 Mill Lane\"}}}", 2,
                   "$.changes.people.X100001.home",
                   "no place is called so (private, so not shown) (in the caseload: "
                   "$.people[0].home)");
}

/* ---- memory ---- */

static void every_scenario_of_the_tests_survives_being_cut_short(void **state)
{
    static const char whole[] =
        "\"changes\": {\"people\": {\"X100006\": null}}, \"verbs\": [{\"verb\": \"add_places\","
        " \"session\": \"PARK-A\", \"places\": 2, \"from\": \"2026-03-05\"}]";
    (void)state;
    for (size_t length = 0; length < sizeof whole - 1; length++) {
        char rest[sizeof whole];
        struct trial trial;
        memcpy(rest, whole, length);
        rest[length] = '\0';
        try_it(&trial, rest);
        assert_int_equal(trial.status == AM_OK, trial.diag.errors == 0);
        end(&trial);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_without_changes_is_the_same_caseload),
        cmocka_unit_test(what_no_change_touches_stays_as_it_was_written),
        cmocka_unit_test(entries_are_merged_by_their_ids_in_objects_and_in_lists),
        cmocka_unit_test(places_may_be_added_on_one_date),
        cmocka_unit_test(a_closed_project_has_no_session_from_then_on),
        cmocka_unit_test(a_project_closed_for_a_week_opens_again),
        cmocka_unit_test(sessions_are_added_like_others_and_in_number),
        cmocka_unit_test(supervisors_come_and_go),
        cmocka_unit_test(policy_is_set_and_a_limit_lifted),
        cmocka_unit_test(arrivals_are_scaled_up_and_down),
        cmocka_unit_test(waivers_and_windows_are_added),
        cmocka_unit_test(an_unknown_id_is_told_with_the_nearest),
        cmocka_unit_test(a_wrong_type_or_unit_is_told),
        cmocka_unit_test(a_change_that_makes_the_caseload_invalid_is_told_where_it_is),
        cmocka_unit_test(a_reference_to_what_a_scenario_removes_is_told),
        cmocka_unit_test(changes_that_conflict_are_told_with_both_lines),
        cmocka_unit_test(what_is_private_is_not_told),
        cmocka_unit_test(every_scenario_of_the_tests_survives_being_cut_short),
    };
    return cmocka_run_group_tests_name("caseload_patch", tests, read_base, free_base);
}
