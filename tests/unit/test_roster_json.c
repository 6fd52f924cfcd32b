/* roster.json: written, read back, and what is said of a file that is wrong. */
#include "io/atomic_file.h"
#include "io/roster_json.h"
#include "tests/support/output_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct output_fixture fixture;
static char path[64];

static int set_up(void **state)
{
    (void)state;
    output_fixture_init(&fixture, am_date_of(2027, 3, 22));
    (void)snprintf(path, sizeof path, "/tmp/amends-test-XXXXXX");
    int descriptor = mkstemp(path);
    return descriptor < 0 || close(descriptor) != 0 ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    output_fixture_release(&fixture);
    return unlink(path);
}

static char *written(const struct am_roster *roster)
{
    char *text;
    assert_int_equal(am_roster_json(&fixture.context, roster, &text, NULL), AM_OK);
    assert_non_null(text);
    return text;
}

static void save(const char *text)
{
    assert_int_equal(am_atomic_write(path, text, strlen(text), NULL), AM_OK);
}

/* The text with the first occurrence of one part replaced; the caller frees it. */
static char *replaced(const char *text, const char *part, const char *by)
{
    const char *at = strstr(text, part);
    assert_non_null(at);
    size_t size = strlen(text) + strlen(by) + 1;
    char *result = malloc(size);
    assert_non_null(result);
    (void)snprintf(result, size, "%.*s%s%s", (int)(at - text), text, by, at + strlen(part));
    return result;
}

static void what_was_written_is_read_back_to_the_last_figure(void **state)
{
    (void)state;
    struct am_roster back;
    struct am_diag diag;
    am_diag_init(&diag);
    char *text = written(&fixture.roster);
    save(text);
    assert_int_equal(am_roster_read(&back, &fixture.caseload, path, &diag, NULL), AM_OK);
    assert_int_equal(diag.errors + diag.warnings, 0);
    assert_int_equal(back.appointment_count, fixture.roster.appointment_count);
    for (int i = 0; i < back.appointment_count; i++) {
        const struct am_roster_appointment *a = &back.appointments[i];
        const struct am_roster_appointment *b = &fixture.roster.appointments[i];
        assert_true(a->person == b->person && a->order == b->order && a->session == b->session);
        assert_true(a->start == b->start && a->minutes == b->minutes && a->there == b->there);
        assert_true(a->back == b->back && a->fixed == b->fixed && a->recorded == b->recorded);
        assert_true(a->there < 0 || (a->mode == b->mode && a->quality == b->quality));
    }
    for (int s = 0; s < FIXTURE_SESSIONS; s++) {
        assert_int_equal(back.sessions[s].runs, fixture.roster.sessions[s].runs);
        assert_int_equal(back.sessions[s].supervisor, fixture.roster.sessions[s].supervisor);
    }
    assert_memory_equal(&back.score, &fixture.roster.score, sizeof back.score);
    assert_memory_equal(&back.proof, &fixture.roster.proof, sizeof back.proof);
    assert_int_equal(back.outcome, fixture.roster.outcome);
    char *again = written(&back);
    assert_string_equal(again, text);
    free(again);
    free(text);
    am_roster_release(&back);
    am_diag_release(&diag);
}

static void points_beyond_32_bits_are_read_exactly(void **state)
{
    (void)state;
    struct am_roster back;
    struct am_diag diag;
    am_diag_init(&diag);
    fixture.roster.score.total = fixture.roster.proof.objective = ((int64_t)1 << 50) - 1;
    fixture.roster.proof.bound = -((int64_t)1 << 50) + 1;
    fixture.roster.score.wish_points[AM_S1] = 999999999999999;
    char *text = written(&fixture.roster);
    save(text);
    assert_int_equal(am_roster_read(&back, &fixture.caseload, path, &diag, NULL), AM_OK);
    assert_memory_equal(&back.score, &fixture.roster.score, sizeof back.score);
    assert_memory_equal(&back.proof, &fixture.roster.proof, sizeof back.proof);
    free(text);
    am_roster_release(&back);
    am_diag_release(&diag);
}

/* Read the text, which is wrong; the findings are the caller's to release. */
static void read_wrong(const char *text, struct am_diag *diag)
{
    struct am_roster back;
    struct am_err err = {0};
    am_diag_init(diag);
    save(text);
    assert_int_not_equal(am_roster_read(&back, &fixture.caseload, path, diag, &err), AM_OK);
    assert_true(err.msg[0] != '\0');
    am_roster_release(&back);
}

static const struct am_finding *finding_with(const struct am_diag *diag, const char *part)
{
    static const struct am_finding none = {.text = "", .path = ""};
    for (const struct am_finding *finding = diag->first; finding; finding = finding->next)
        if (strstr(finding->text, part))
            return finding;
    fail_msg("no finding says \"%s\"", part);
    return &none;
}

static void every_mistake_is_told_with_its_place(void **state)
{
    (void)state;
    struct am_diag diag;
    char *text = written(&fixture.roster);
    static const char *const slips[][2] = {
        {"\"crn\": \"X100001\", \"event\"", "\"crn\": \"X10001\", \"event\""},
        {"\"session\": \"HALL\", \"original_date\": \"2027-03-28\", \"project\": \"../P02\", "
         "\"date\": \"2027-03-28\", \"start\": \"09:30\", \"end\": \"16:30\", \"runs\"",
         "\"session\": \"HAL\", \"original_date\": \"2027-03-28\", \"runs\""},
        {"\"minutes\": 180", "\"minutes\": \"180\""},
        {"\"outcome\": \"feasible\"", "\"outcome\": \"fine\""},
        {"\"bound\": 12000", "\"bound\": 12000.5"},
        {"\"unplaced\"", "\"unplacd\""},
        {"\"event\": \"-2\"", "\"event\": \"2\""},
    };
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        char *next = replaced(text, slips[i][0], slips[i][1]);
        free(text);
        text = next;
    }
    read_wrong(text, &diag);
    assert_int_equal(diag.errors, 7);
    const struct am_finding *person = finding_with(&diag, "no person \"X10001\"");
    assert_non_null(strstr(person->text, "X100001"));
    assert_string_equal(person->path, "$.appointments[0].crn");
    assert_true(person->line > 60 && person->column == 13);
    assert_non_null(strstr(finding_with(&diag, "no session \"HAL\"")->text, "\"HALL\""));
    assert_non_null(finding_with(&diag, "order of event \"2\""));
    assert_non_null(finding_with(&diag, "unplaced"));
    free(text);
    am_diag_release(&diag);
}

static void a_date_that_a_session_does_not_have_is_told(void **state)
{
    (void)state;
    struct am_diag diag;
    char *text = written(&fixture.roster);
    char *wrong =
        replaced(text, "\"original_date\": \"2027-03-22\"", "\"original_date\": \"2027-03-23\"");
    read_wrong(wrong, &diag);
    assert_non_null(finding_with(&diag, "\"TOW\" has no date 2027-03-23"));
    free(wrong);
    free(text);
    am_diag_release(&diag);
}

static void a_session_listed_twice_is_told(void **state)
{
    (void)state;
    struct am_diag diag;
    char *text = written(&fixture.roster);
    char *wrong = replaced(text, "\"session\": \"TOW\", \"original_date\": \"2027-03-24\"",
                           "\"session\": \"TOW\", \"original_date\": \"2027-03-22\"");
    read_wrong(wrong, &diag);
    assert_non_null(finding_with(&diag, "listed twice"));
    free(wrong);
    free(text);
    am_diag_release(&diag);
}

static void a_supervisor_who_contradicts_the_session_is_told(void **state)
{
    (void)state;
    struct am_diag diag;
    char *text = written(&fixture.roster);
    char *wrong = replaced(text, "\"minutes\": 180, \"supervisor\": \"S1\"",
                           "\"minutes\": 180, \"supervisor\": \"s1\"");
    read_wrong(wrong, &diag);
    assert_non_null(finding_with(&diag, "not the supervisor of this session"));
    free(wrong);
    free(text);
    am_diag_release(&diag);
}

static void a_roster_of_another_caseload_is_read_with_a_warning(void **state)
{
    (void)state;
    struct am_roster back;
    struct am_diag diag;
    am_diag_init(&diag);
    char *text = written(&fixture.roster);
    save(text);
    fixture.caseload.sha256[0] = 'b';
    assert_int_equal(am_roster_read(&back, &fixture.caseload, path, &diag, NULL), AM_OK);
    assert_int_equal(diag.warnings, 1);
    assert_non_null(finding_with(&diag, "another caseload"));
    free(text);
    am_roster_release(&back);
    am_diag_release(&diag);
}

static void what_is_no_json_or_not_there_is_told(void **state)
{
    (void)state;
    struct am_diag diag;
    read_wrong("{\"format\": ", &diag);
    assert_int_equal(diag.errors, 1);
    am_diag_release(&diag);
    read_wrong("[]", &diag);
    assert_int_equal(diag.errors, 1);
    am_diag_release(&diag);
    struct am_roster back;
    struct am_err err = {0};
    am_diag_init(&diag);
    assert_int_equal(am_roster_read(&back, &fixture.caseload, "/none/roster.json", &diag, &err),
                     AM_EIO);
    assert_non_null(strstr(err.msg, "/none/roster.json"));
    am_roster_release(&back);
    am_diag_release(&diag);
}

static void restrictions_stand_by_their_rule_alone(void **state)
{
    (void)state;
    struct am_breach breaches[] = {
        {AM_R12, true, 1, 0, -1, AM_NO_DATE, "kept apart from X100004"},
        {AM_R8, true, -1, 0, -1, AM_NO_DATE, "5 people, 4 places"},
        {AM_R8, false, -1, 1, -1, AM_NO_DATE, "not accepted"},
    };
    struct am_audit audit = {.breaches = breaches, .breach_count = 3};
    fixture.context.audit = &audit;
    char *text = written(&fixture.roster);
    assert_null(strstr(text, "kept apart"));
    assert_null(strstr(text, "not accepted"));
    assert_non_null(strstr(text, "{\"rule\": \"R12\", \"crn\": \"X100002\", \"session\": \"TOW\", "
                                 "\"original_date\": \"2027-03-22\", "
                                 "\"detail\": \"a restriction on this case\"}"));
    assert_non_null(strstr(text, "5 people, 4 places"));
    free(text);
}

#define ON_FIXTURE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_FIXTURE(what_was_written_is_read_back_to_the_last_figure),
        ON_FIXTURE(points_beyond_32_bits_are_read_exactly),
        ON_FIXTURE(every_mistake_is_told_with_its_place),
        ON_FIXTURE(a_date_that_a_session_does_not_have_is_told),
        ON_FIXTURE(a_session_listed_twice_is_told),
        ON_FIXTURE(a_supervisor_who_contradicts_the_session_is_told),
        ON_FIXTURE(a_roster_of_another_caseload_is_read_with_a_warning),
        ON_FIXTURE(what_is_no_json_or_not_there_is_told),
        ON_FIXTURE(restrictions_stand_by_their_rule_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
