/*
 * Scenarios of a caseload that is in the middle of things: appointments and
 * supervisors are pinned, dates overridden, people are kept apart, waived and
 * expected. What a change would leave pointing at nothing goes with it.
 */
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
#include "io/sweep.h"
#include "io/text.h"

static struct am_text busy;
static struct am_document base;

/* What stands in the example, and what stands there here. */
static const struct {
    const char *was, *is;
} edits[] = {
    {"\"appointments\": [\n",
     "\"arrivals\": {\"per_week\": 3, \"list\": [{\"sentence_date\": \"2026-03-10\", \"count\": "
     "2,\n"
     "  \"like\": \"X100002\"}, {\"sentence_date\": \"2026-04-01\", \"ordered_minutes\": 6000}]},\n"
     "\"waivers\": [{\"rule\": \"R3\", \"crn\": \"X100004\", \"by\": \"the manager\"}],\n"
     "\"appointments\": [\n"
     "{\"crn\": \"X100002\", \"event\": \"1\", \"session\": \"PARK-A\", \"date\": \"2026-03-05\",\n"
     " \"start\": \"09:30\", \"minutes\": 420, \"supervisor\": \"SV1\", \"state\": \"booked\",\n"
     " \"pinned\": true},\n"
     "{\"crn\": \"X100001\", \"event\": \"1\", \"session\": \"SHOP-A\", \"date\": \"2026-03-06\",\n"
     " \"start\": \"09:30\", \"minutes\": 300, \"state\": \"booked\", \"pinned\": true},\n"},
    {"\"rrule\": \"FREQ=WEEKLY;BYDAY=TH,SA\",",
     "\"rrule\": \"FREQ=WEEKLY;COUNT=500;BYDAY=TH,SA\", \"overrides\": [\n"
     "{\"date\": \"2026-03-07\", \"supervisor\": \"SV1\"},\n"
     "{\"date\": \"2026-03-21\", \"places\": 2, \"supervisor\": \"SV1\"}],"},
    {"\"crn\": \"X100006\",", "\"crn\": \"X100006\", \"keep_apart\": [\"X100003\"],"},
};

static int make_base(void **state)
{
    char *bytes;
    size_t size;
    struct am_err err;
    (void)state;
    if (am_read_file("examples/tiny.json", 1 << 20, &bytes, &size, &err) != AM_OK)
        return -1;
    const char *from = bytes;
    int done = 0;
    while (from < bytes + size) { /* the edits in whatever order they stand there */
        const char *next = NULL;
        size_t which = 0;
        for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
            const char *at = strstr(from, edits[i].was);
            if (at && (!next || at < next)) {
                next = at;
                which = i;
            }
        }
        if (!next)
            break;
        am_text_bytes(&busy, from, (size_t)(next - from));
        am_text_add(&busy, edits[which].is);
        from = next + strlen(edits[which].was);
        done++;
    }
    am_text_add(&busy, from);
    free(bytes);
    base = (struct am_document){"busy.json", am_text_string(&busy), busy.size};
    return done == (int)(sizeof edits / sizeof edits[0]) && !busy.failed ? 0 : -1;
}

static int free_base(void **state)
{
    (void)state;
    am_text_release(&busy);
    return 0;
}

struct trial {
    struct am_patched patched;
    struct am_caseload caseload;
    struct am_diag diag;
    am_status status;
};

static void try_document(struct trial *trial, const struct am_document *scenario)
{
    struct am_err err = {0};
    am_diag_init(&trial->diag);
    am_caseload_init(&trial->caseload);
    trial->status = am_caseload_patch(&trial->patched, &base, scenario, &trial->diag, &err);
    if (trial->status == AM_OK) {
        am_caseload_release(&trial->caseload);
        trial->status = am_patched_read(&trial->patched, &trial->caseload, &trial->diag, &err);
    }
}

static void try_verbs(struct trial *trial, const char *verbs)
{
    char text[1024];
    int size =
        snprintf(text, sizeof text,
                 "{\"format\": \"amends-scenario/1\", \"name\": \"try\", \"verbs\": [%s]}", verbs);
    assert_in_range(size, 1, sizeof text - 1);
    const struct am_document scenario = {"try.json", text, (size_t)size};
    try_document(trial, &scenario);
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
}

static int find_session(const struct trial *trial, const char *id, am_date date)
{
    for (int s = 0; s < trial->caseload.session_count; s++)
        if (strcmp(trial->caseload.sessions[s].id, id) == 0 &&
            trial->caseload.sessions[s].original_date == date)
            return s;
    return -1;
}

static struct am_session session_on(const struct trial *trial, const char *id, am_date date)
{
    int s = find_session(trial, id, date);
    assert_true(s >= 0);
    return trial->caseload.sessions[s];
}

static struct am_appointment appointment_on(const struct trial *trial, const char *session,
                                            am_date date)
{
    int i = 0;
    while (i < trial->caseload.appointment_count &&
           (strcmp(trial->caseload.appointments[i].session_id, session) != 0 ||
            trial->caseload.appointments[i].original_date != date))
        i++;
    assert_true(i < trial->caseload.appointment_count);
    return trial->caseload.appointments[i];
}

/* ---- the caseload itself ---- */

static void it_is_as_it_was_written(void **state)
{
    (void)state;
    struct trial trial;
    try_verbs(&trial, "");
    assert_made(&trial);
    const struct am_caseload *c = &trial.caseload;
    assert_int_equal(c->arrivals_per_week, 3);
    assert_int_equal(c->arrivals_count, 2);
    assert_int_equal(c->arrivals[0].count, 2);
    assert_int_equal(c->arrivals[0].like, 1);
    assert_int_equal(c->arrivals[0].ordered_min, 0);
    assert_int_equal(c->arrivals[1].like, -1);
    assert_int_equal(c->arrivals[1].ordered_min, 6000);
    assert_int_equal(c->arrivals[1].sentence_date, am_date_of(2026, 4, 1));
    assert_int_equal(appointment_on(&trial, "PARK-A", am_date_of(2026, 3, 5)).supervisor, 0);
    assert_int_equal(session_on(&trial, "PARK-A", am_date_of(2026, 3, 7)).pinned_supervisor, 0);
    end(&trial);
}

/* ---- closing ---- */

static void a_closed_project_holds_nobody_to_a_pin(void **state)
{
    (void)state;
    struct trial trial;
    try_verbs(&trial, "{\"verb\": \"close_project\", \"project\": \"PARK\"}");
    assert_made(&trial);
    assert_false(appointment_on(&trial, "PARK-A", am_date_of(2026, 3, 5)).pinned);
    assert_true(appointment_on(&trial, "SHOP-A", am_date_of(2026, 3, 6)).pinned);
    assert_int_equal(session_on(&trial, "PARK-A", am_date_of(2026, 3, 5)).closed, AM_CANCELLED);
    assert_int_equal(find_session(&trial, "PARK-A", am_date_of(2026, 3, 21)),
                     -1); /* nor is its override left */
    end(&trial);
    try_verbs(&trial,
              "{\"verb\": \"close_project\", \"project\": \"PARK\", \"from\": \"2026-03-06\","
              " \"to\": \"2026-03-08\"}");
    assert_made(&trial);
    assert_true(appointment_on(&trial, "PARK-A", am_date_of(2026, 3, 5)).pinned);
    assert_int_equal(session_on(&trial, "PARK-A", am_date_of(2026, 3, 7)).closed, AM_CANCELLED);
    assert_true(find_session(&trial, "PARK-A", am_date_of(2026, 3, 21)) >= 0);
    end(&trial);
}

/* ---- supervisors ---- */

static void who_is_gone_leads_nothing_that_they_were_pinned_to(void **state)
{
    (void)state;
    struct trial trial;
    try_verbs(&trial, "{\"verb\": \"remove_supervisor\", \"supervisor\": \"SV1\"}");
    assert_made(&trial);
    assert_int_equal(appointment_on(&trial, "PARK-A", am_date_of(2026, 3, 5)).supervisor, -1);
    assert_true(appointment_on(&trial, "PARK-A", am_date_of(2026, 3, 5)).pinned);
    assert_int_equal(appointment_on(&trial, "PARK-A", am_date_of(2026, 2, 28)).supervisor, 0);
    assert_int_equal(session_on(&trial, "PARK-A", am_date_of(2026, 3, 7)).pinned_supervisor, -1);
    assert_int_equal(session_on(&trial, "PARK-A", am_date_of(2026, 3, 21)).pinned_supervisor, -1);
    end(&trial);
    try_verbs(&trial, "{\"verb\": \"remove_supervisor\", \"supervisor\": \"SV1\", \"from\":"
                      " \"2026-03-06\", \"to\": \"2026-03-08\"}");
    assert_made(&trial);
    assert_int_equal(appointment_on(&trial, "PARK-A", am_date_of(2026, 3, 5)).supervisor, 0);
    assert_int_equal(session_on(&trial, "PARK-A", am_date_of(2026, 3, 7)).pinned_supervisor, -1);
    assert_int_equal(session_on(&trial, "PARK-A", am_date_of(2026, 3, 21)).pinned_supervisor, 0);
    end(&trial);
}

static void several_supervisors_are_added_at_once(void **state)
{
    (void)state;
    struct trial trial;
    try_verbs(&trial, "{\"verb\": \"add_supervisor\", \"code\": \"NEW\", \"like\": \"SV1\","
                      " \"count\": 3}");
    assert_made(&trial);
    static const char *const codes[] = {"SV1", "NEW", "NEW-2", "NEW-3"};
    assert_int_equal(trial.caseload.supervisor_count, 4);
    for (int m = 0; m < 4; m++)
        assert_string_equal(trial.caseload.supervisors[m].code, codes[m]);
    end(&trial);
}

/* ---- arrivals ---- */

static void those_expected_are_scaled_with_those_who_came(void **state)
{
    (void)state;
    static const struct {
        int percent, per_week, people;
    } known[] = {{100, 3, 6}, {150, 5, 7}, {250, 8, 8}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct trial trial;
        char verb[128];
        (void)snprintf(verb, sizeof verb, "{\"verb\": \"scale_arrivals\", \"percent\": %d}",
                       known[i].percent);
        try_verbs(&trial, verb);
        assert_made(&trial);
        assert_int_equal(trial.caseload.arrivals_per_week, known[i].per_week);
        assert_int_equal(trial.caseload.person_count, known[i].people);
        end(&trial);
    }
}

static void nobody_goes_of_whom_the_caseload_speaks(void **state)
{
    (void)state;
    struct trial trial;
    try_verbs(&trial, "{\"verb\": \"scale_arrivals\", \"percent\": 0}");
    assert_int_equal(trial.status, AM_EINVALID); /* X100006 is to be kept apart from X100003 */
    assert_non_null(trial.diag.first);
    assert_non_null(strstr(trial.diag.first->text,
                           "1 people would have to go, and only 0 of those sentenced of late"));
    end(&trial);
    /* where nobody came, those expected are scaled none the less */
    try_verbs(&trial, "{\"verb\": \"scale_arrivals\", \"percent\": 0, \"weeks\": 1}");
    assert_made(&trial);
    assert_int_equal(trial.caseload.person_count, 6);
    assert_int_equal(trial.caseload.arrivals_per_week, 0);
    end(&trial);
}

/* ---- sweeps ---- */

/* The first value of a sweep makes this caseload. */
static void sweep_to(struct trial *trial, const char *text, int32_t cost_pounds)
{
    struct trial plain;
    struct am_err err = {0};
    struct am_sweep sweep;
    struct am_arena arena;
    struct am_text made = {0};
    am_arena_init(&arena);
    try_verbs(&plain, "");
    assert_made(&plain);
    assert_int_equal(am_sweep_parse(&sweep, text, &arena, &err), AM_OK);
    assert_int_equal(am_sweep_resolve(&sweep, &plain.caseload, &err), AM_OK);
    const struct am_sweep_point point = am_sweep_point(&sweep, 1, 0);
    assert_int_equal(am_sweep_scenario(&point, "point", NULL, &plain.caseload, &made, &err), AM_OK);
    const struct am_document scenario = {"point.json", am_text_string(&made), made.size};
    try_document(trial, &scenario);
    assert_made(trial);
    assert_int_equal(trial->patched.scenario.has_cost, cost_pounds > 0);
    if (cost_pounds > 0)
        assert_int_equal(trial->patched.scenario.cost_pounds, cost_pounds);
    am_text_release(&made);
    am_arena_release(&arena);
    end(&plain);
}

static void a_sweep_makes_what_its_verb_would(void **state)
{
    (void)state;
    struct trial trial;
    sweep_to(&trial, "add_supervisor:SV1=2..4@900", 1800);
    assert_int_equal(trial.caseload.supervisor_count, 3);
    assert_string_equal(trial.caseload.supervisors[2].code, "SV1-more-2");
    end(&trial);
    sweep_to(&trial, "scale_arrivals=200..300/50", 0);
    assert_int_equal(trial.caseload.arrivals_per_week, 6);
    assert_int_equal(trial.caseload.person_count, 7);
    end(&trial);
    sweep_to(&trial, "scale_arrivals=200..300/50@2", 400);
    assert_int_equal(trial.caseload.arrivals_per_week, 6);
    end(&trial);
    sweep_to(&trial, "policy:travel_limit_minutes=45..60/15@1", 45);
    assert_int_equal(trial.caseload.policy.travel_limit_minutes, 45);
    end(&trial);
    sweep_to(&trial, "policy:pace_minute=7..8", 0);
    assert_int_equal(trial.caseload.policy.weights.pace_minute, 7);
    end(&trial);
    sweep_to(&trial, "add_places=2..3@10", 20); /* of each project, paid once */
    assert_int_equal(session_on(&trial, "PARK-A", am_date_of(2026, 3, 5)).places, 10);
    assert_int_equal(session_on(&trial, "SHOP-A", am_date_of(2026, 3, 6)).places, 3);
    end(&trial);
    sweep_to(&trial, "add_places:SHOP=2..3", 0);
    assert_int_equal(session_on(&trial, "PARK-A", am_date_of(2026, 3, 5)).places, 8);
    assert_int_equal(session_on(&trial, "SHOP-A", am_date_of(2026, 3, 6)).places, 3);
    end(&trial);
    sweep_to(&trial, "add_session:SHOP-A=1..3", 0);
    assert_true(find_session(&trial, "SHOP-A-more", am_date_of(2026, 3, 6)) >= 0);
    assert_int_equal(find_session(&trial, "SHOP-A-more-2", am_date_of(2026, 3, 6)), -1);
    end(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_as_it_was_written),
        cmocka_unit_test(a_closed_project_holds_nobody_to_a_pin),
        cmocka_unit_test(who_is_gone_leads_nothing_that_they_were_pinned_to),
        cmocka_unit_test(several_supervisors_are_added_at_once),
        cmocka_unit_test(those_expected_are_scaled_with_those_who_came),
        cmocka_unit_test(nobody_goes_of_whom_the_caseload_speaks),
        cmocka_unit_test(a_sweep_makes_what_its_verb_would),
    };
    return cmocka_run_group_tests(tests, make_base, free_base);
}
