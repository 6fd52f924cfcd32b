/*
 * A completion plan as a file: written, read back, followed week after week,
 * and what is said of one that is wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/atomic_file.h"
#include "io/plan_json.h"
#include "io/plan_read.h"
#include "model/audit.h"
#include "solver/planning.h"
#include "tests/support/few.h"

struct trial {
    struct few few;
    struct am_horizon horizon;
    struct am_plan plan;
    char path[64];
};

static struct trial trial;
static struct am_caseload *c;

/* Two men and one place each Tuesday for ten weeks: what one is given, the other is not. The
 * first, with ten weeks for four days of work, has room later; the second has not. */
static int set_up(void **state)
{
    (void)state;
    struct few *few = &trial.few;
    few_init(few);
    c = &few->caseload;
    (void)few_worker(few, 4 * 420);
    (void)few_worker(few, 3 * 420);
    c->orders[0].own_deadline = FEW_FROM + 7 * 10 - 1;
    c->orders[1].own_deadline = FEW_FROM + 7 * 4 - 1;
    for (int p = 0; p < 2; p++)
        c->people[p].attendance_percent = 100;
    int project = few_project(few, AM_GROUP);
    for (int week = 0; week < 10; week++)
        c->sessions[few_session(few, project, 7 * week + 1, 540, 420)].places = 1;
    memset(c->sha256, 'a', 64);
    (void)snprintf(trial.path, sizeof trial.path, "/tmp/amends-test-XXXXXX");
    int descriptor = mkstemp(trial.path);
    return descriptor < 0 || close(descriptor) != 0 ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    am_plan_release(&trial.plan);
    few_release(&trial.few);
    return unlink(trial.path);
}

static void make_horizon(void)
{
    const struct am_horizon_wishes wishes = {.arrivals_per_week = -1};
    few_derive(&trial.few);
    assert_int_equal(am_horizon_build(c, &trial.few.orders, &trial.few.clocks, &wishes,
                                      &trial.few.arena, &trial.horizon, NULL),
                     AM_OK);
}

static void solve(void)
{
    struct am_planning planning = am_planning_defaults();
    planning.threads = 1;
    make_horizon();
    assert_int_equal(am_plan_solve(&trial.horizon, &planning, &trial.plan, NULL), AM_OK);
}

static char *written(const struct am_plan *plan)
{
    const struct am_plan_context context = {.caseload = c,
                                            .orders = &trial.few.orders,
                                            .clocks = &trial.few.clocks,
                                            .version = "1.0.0",
                                            .arrivals_per_week = -1};
    char *text;
    assert_int_equal(am_plan_json(&context, plan, &text, NULL), AM_OK);
    assert_non_null(text);
    return text;
}

static void save(const char *text)
{
    assert_int_equal(am_atomic_write(trial.path, text, strlen(text), NULL), AM_OK);
}

static void plan_and_save(void)
{
    solve();
    char *text = written(&trial.plan);
    save(text);
    free(text);
}

/* The file with the first occurrence of one part replaced. */
static void save_replaced(const char *part, const char *by)
{
    char *text = written(&trial.plan), *at = strstr(text, part);
    assert_non_null(at);
    size_t size = strlen(text) + strlen(by) + 1;
    char *result = malloc(size);
    assert_non_null(result);
    (void)snprintf(result, size, "%.*s%s%s", (int)(at - text), text, by, at + strlen(part));
    save(result);
    free(result);
    free(text);
}

/* ---- written and read ---- */

static void what_was_written_is_read_back_to_the_last_minute(void **state)
{
    (void)state;
    struct am_plan back;
    struct am_plan_claims claims;
    struct am_diag diag;
    am_diag_init(&diag);
    plan_and_save();
    char *text = written(&trial.plan);
    assert_int_equal(am_plan_read(&back, &trial.horizon, trial.path, &claims, &diag, NULL), AM_OK);
    assert_int_equal(diag.errors + diag.warnings, 0);
    assert_true(trial.plan.cell_count > 0);
    assert_int_equal(back.cell_count, trial.plan.cell_count);
    assert_memory_equal(back.cells, trial.plan.cells, (size_t)back.cell_count * sizeof *back.cells);
    assert_true(claims.uses_agree && claims.curves_agree);
    assert_true(claims.objective == back.objective && claims.bound == trial.plan.bound);
    char *again = written(&back);
    assert_string_equal(again, text);
    assert_true(am_is_plan(trial.path));
    free(again);
    free(text);
    am_plan_release(&back);
    am_diag_release(&diag);
}

static void a_claim_that_the_cells_do_not_make_is_seen(void **state)
{
    (void)state;
    static const struct {
        const char *part, *by;
        bool uses, curves;
    } changes[] = {{"\"seat_minutes\": 420", "\"seat_minutes\": 419", false, true},
                   {"\"held\": 420", "\"held\": 421", false, true},
                   {"1680], \"needed_by\"", "1681], \"needed_by\"", true, false}};
    plan_and_save();
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct am_plan back;
        struct am_plan_claims claims;
        struct am_diag diag;
        am_diag_init(&diag);
        save_replaced(changes[i].part, changes[i].by);
        assert_int_equal(am_plan_read(&back, &trial.horizon, trial.path, &claims, &diag, NULL),
                         AM_OK);
        assert_int_equal(claims.uses_agree, changes[i].uses);
        assert_int_equal(claims.curves_agree, changes[i].curves);
        am_plan_release(&back);
        am_diag_release(&diag);
    }
}

static void a_plan_of_another_caseload_is_not_audited_by_this_one(void **state)
{
    (void)state;
    struct am_plan back;
    struct am_plan_claims claims;
    struct am_diag diag;
    struct am_err err;
    am_diag_init(&diag);
    plan_and_save();
    c->sha256[0] = 'b';
    assert_int_equal(am_plan_read(&back, &trial.horizon, trial.path, &claims, &diag, &err),
                     AM_EINVALID);
    assert_int_equal(diag.errors, 1);
    assert_non_null(strstr(diag.first->text, "made from another caseload"));
    assert_int_equal(diag.first->line, 6);
    am_diag_release(&diag);
}

/* ---- followed ---- */

/* What the file asks of the window as it is now, by the model and by the audit. */
static void follow(void)
{
    struct am_aims aims;
    struct am_plan_origin origin;
    struct am_audit_aims audited;
    struct am_diag diag;
    am_diag_init(&diag);
    few_derive(&trial.few);
    assert_int_equal(
        am_plan_read_aims(&aims, &origin, c, trial.path, &trial.few.arena, &diag, NULL), AM_OK);
    assert_int_equal(diag.errors, 0);
    assert_int_equal(am_aims_set(c, &trial.few.orders, &trial.few.clocks, &aims, NULL), AM_OK);
    assert_int_equal(am_audit_compare_aims(c, &aims, &audited, NULL), AM_OK);
    assert_int_equal(audited.differ, 0);
    am_diag_release(&diag);
}

static void who_has_no_room_later_must_come_now(void **state)
{
    (void)state;
    plan_and_save();
    follow();
    /* three of the four Tuesdays are the second man's; the fourth is spare */
    assert_true(c->people[0].aim.given && c->people[1].aim.given);
    assert_int_equal(c->people[0].aim.needed_min, 0);
    int32_t both = c->people[0].aim.planned_min + c->people[1].aim.planned_min;
    assert_int_equal(both, 420);
}

/* So many weeks on, with so much worked. */
static void move_on(int weeks, int32_t worked_a, int32_t worked_b)
{
    c->from = FEW_FROM + 7 * weeks;
    c->as_of = c->from;
    c->sessions += weeks;
    c->session_count -= weeks;
    c->orders[0].worked_min = worked_a;
    c->orders[1].worked_min = worked_b;
}

static void move_back(int weeks)
{
    c->from = c->as_of = FEW_FROM;
    c->sessions -= weeks;
    c->session_count += weeks;
}

static void who_was_away_catches_up_and_who_came_does_not_come_twice(void **state)
{
    (void)state;
    int32_t by[10], least[10];
    plan_and_save();
    int64_t *spare = am_plan_spare(&trial.plan, &trial.few.arena);
    assert_non_null(spare);
    assert_int_equal(am_plan_curves(&trial.plan, spare, 1, by, least, NULL), AM_OK);
    assert_int_equal(by[3], 3 * 420); /* all that he has, by his deadline */
    assert_int_equal(least[3], 3 * 420);
    move_on(2, 0, 0); /* and nothing was worked: everything is still to be made up for */
    follow();
    assert_int_equal(c->people[1].aim.planned_min, by[2]);
    assert_int_equal(c->people[1].aim.needed_min, least[2]);
    c->orders[1].worked_min = 420;
    follow();
    assert_int_equal(c->people[1].aim.planned_min, by[2] > 420 ? by[2] - 420 : 0);
    c->people[1].attendance_percent = 50; /* 420 worked stand for 840 booked */
    follow();
    assert_int_equal(c->people[1].aim.planned_min, by[2] > 840 ? by[2] - 840 : 0);
    move_back(2);
}

static void a_person_or_an_order_that_the_plan_does_not_know_is_left_to_the_clock(void **state)
{
    (void)state;
    plan_and_save();
    (void)few_order(&trial.few, 1, 600); /* sentenced since */
    follow();
    assert_true(c->people[0].aim.given);
    assert_false(c->people[1].aim.given);
    c->people[0].crn = "SOMEBODY";
    struct am_aims aims;
    struct am_plan_origin origin;
    struct am_diag diag;
    am_diag_init(&diag);
    assert_int_equal(
        am_plan_read_aims(&aims, &origin, c, trial.path, &trial.few.arena, &diag, NULL), AM_OK);
    assert_int_equal(origin.people, 2);
    assert_int_equal(origin.gone, 1);
    assert_int_equal(aims.count, 1);
    am_diag_release(&diag);
}

/* ---- refused ---- */

static void expect_refused(const char *part)
{
    struct am_aims aims;
    struct am_plan_origin origin;
    struct am_diag diag;
    struct am_err err;
    bool found = false;
    am_diag_init(&diag);
    assert_int_not_equal(
        am_plan_read_aims(&aims, &origin, c, trial.path, &trial.few.arena, &diag, &err), AM_OK);
    for (const struct am_finding *finding = diag.first; finding; finding = finding->next)
        found = found || strstr(finding->text, part);
    if (!found)
        fail_msg("nothing says \"%s\"", part);
    am_diag_release(&diag);
}

static void a_plan_for_other_weeks_is_refused(void **state)
{
    (void)state;
    plan_and_save();
    c->from -= 7;
    expect_refused("after the window");
    c->from += 7 * 200;
    expect_refused("ends before the window");
    c->from = FEW_FROM;
    c->people[0].crn = "OTHER";
    c->people[1].crn = "ANOTHER";
    expect_refused("of other people");
}

static void what_is_wrong_is_told_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *part, *by, *says;
    } wrong[] = {
        {"amends-plan/1", "amends-plan/2", "amends-plan/1"},
        {"\"weeks\": ", "\"weeks\": 9", "156"},
        {"\"kind\": 0,", "\"kind\": 7,", "numbered as they stand"},
        {"\"planned_by\": [", "\"planned_by\": [0, ", "one a week"},
        {"\"crn\"", "\"crm\"", "crn"},
        {"\"minutes\": 420}", "\"minutes\": 0}", "whole number"},
        {"\"from\": \"2026-03-02\"", "\"from\": \"2026-03-03\"", "Monday"},
    };
    plan_and_save();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        save_replaced(wrong[i].part, wrong[i].by);
        expect_refused(wrong[i].says);
    }
}

/* People who are yet to be sentenced are told apart by their number. */
static void people_yet_to_come_are_read_back_too(void **state)
{
    static struct am_arrivals listed[] = {{FEW_FROM + 7, 420, 2, 0}};
    c->arrivals = listed;
    c->arrivals_count = 1;
    what_was_written_is_read_back_to_the_last_minute(state);
    assert_int_equal(trial.horizon.planned_count, 4);
    bool comes = false; /* somebody has a place who is yet to come */
    for (int i = 0; i < trial.plan.cell_count; i++)
        comes = comes || trial.horizon.planned[trial.plan.cells[i].planned].arrival >= 0;
    assert_true(comes);
    save_replaced("\"arrival\": 1", "\"arrival\": 7");
    struct am_plan back;
    struct am_plan_claims claims;
    struct am_diag diag;
    am_diag_init(&diag);
    assert_int_equal(am_plan_read(&back, &trial.horizon, trial.path, &claims, &diag, NULL),
                     AM_EINVALID);
    assert_string_equal(diag.first->text, "the caseload has no arrival 7");
    am_diag_release(&diag);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    am_status status = AM_ENOMEM;
    plan_and_save();
    for (long limit = 1; status == AM_ENOMEM; limit++) {
        struct am_arena arena;
        struct am_aims aims;
        struct am_plan_origin origin;
        struct am_diag diag;
        struct am_err err;
        am_diag_init(&diag);
        am_arena_init(&arena);
        arena.limit = limit;
        status = am_plan_read_aims(&aims, &origin, c, trial.path, &arena, &diag, &err);
        assert_true(status == AM_OK || status == AM_ENOMEM);
        am_arena_release(&arena);
        am_diag_release(&diag);
    }
    assert_int_equal(status, AM_OK);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(what_was_written_is_read_back_to_the_last_minute),
        EACH(a_claim_that_the_cells_do_not_make_is_seen),
        EACH(a_plan_of_another_caseload_is_not_audited_by_this_one),
        EACH(who_has_no_room_later_must_come_now),
        EACH(who_was_away_catches_up_and_who_came_does_not_come_twice),
        EACH(a_person_or_an_order_that_the_plan_does_not_know_is_left_to_the_clock),
        EACH(a_plan_for_other_weeks_is_refused),
        EACH(what_is_wrong_is_told_with_its_place),
        EACH(people_yet_to_come_are_read_back_too),
        EACH(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
