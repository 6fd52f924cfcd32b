#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/scenario_tasks.h"
#include "io/sweep.h"
#include "tests/support/tiny.h"

static struct am_arena arena;

static int begin(void **state)
{
    (void)state;
    am_arena_init(&arena);
    return 0;
}

static int end(void **state)
{
    (void)state;
    am_arena_release(&arena);
    return 0;
}

static void assert_values(const char *text, int count, const int32_t *values)
{
    struct am_sweep sweep;
    assert_int_equal(am_sweep_parse(&sweep, text, &arena, NULL), AM_OK);
    assert_int_equal(sweep.count, count);
    for (int i = 0; i < count; i++)
        assert_int_equal(sweep.values[i], values[i]);
}

static void a_range_has_both_its_ends(void **state)
{
    (void)state;
    assert_values("add_places=0..3", 4, (const int32_t[]){0, 1, 2, 3});
    assert_values("add_places=-2..0", 3, (const int32_t[]){-2, -1, 0});
    assert_values("add_places=7..7", 1, (const int32_t[]){7});
}

static void steps_stop_before_the_end_they_do_not_meet(void **state)
{
    (void)state;
    assert_values("add_places:TOW=0..20/5", 5, (const int32_t[]){0, 5, 10, 15, 20});
    assert_values("scale_arrivals=80..125/20", 3, (const int32_t[]){80, 100, 120});
}

static void a_list_is_taken_as_it_is(void **state)
{
    (void)state;
    assert_values("policy:weekly_max_minutes=1,5,100", 3, (const int32_t[]){1, 5, 100});
}

static void name_target_and_cost_are_told_apart(void **state)
{
    (void)state;
    struct am_sweep sweep;
    assert_int_equal(am_sweep_parse(&sweep, "add_session:TOW-A=0..2@-15", &arena, NULL), AM_OK);
    assert_int_equal(sweep.verb, AM_SWEEP_ADD_SESSION);
    assert_string_equal(sweep.text, "add_session:TOW-A");
    assert_string_equal(sweep.target, "TOW-A");
    assert_true(sweep.has_cost);
    assert_int_equal(sweep.cost_pounds_each, -15);
}

static void a_target_may_hold_an_equals_sign_and_a_colon(void **state)
{
    (void)state;
    struct am_sweep sweep;
    assert_int_equal(am_sweep_parse(&sweep, "add_session:A=B:C=0..2", &arena, NULL), AM_OK);
    assert_string_equal(sweep.target, "A=B:C");
}

/* What is refused, and a word of the reason. */
static const struct {
    const char *text, *reason;
} refused[] = {
    {"", "expected NAME"},
    {"add_places", "expected NAME"},
    {"add_place=0..3", "nearest known name is add_places"},
    {"nonsense=0..3", "expected add_places"},
    {"add_session=0..3", "needs a session"},
    {"policy=0..3", "needs a limit"},
    {"scale_arrivals:X=1..2", "takes no"},
    {"add_places=3..0", "ascending"},
    {"add_places=0..3/0", "ascending"},
    {"add_places=0..3/-1", "ascending"},
    {"add_places=0..1000", "at most 1000"},
    {"add_places=1,1", "ascending"},
    {"add_places=1,,2", "ascending"},
    {"add_places=0..9999999", "ascending"},
    {"add_places=0...3", "ascending"},
    {"add_places=0..3x", "after the numbers"},
    {"add_places=0..3@", "whole pounds"},
    {"add_places=0..3@1.5", "after the numbers"},
    {"add_places=", "expected whole numbers"},
    {"add_places=a", "expected whole numbers"},
};

static void what_is_no_sweep_is_refused_with_a_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct am_sweep sweep;
        struct am_err err = {0};
        assert_int_equal(am_sweep_parse(&sweep, refused[i].text, &arena, &err), AM_EINVALID);
        if (!strstr(err.msg, refused[i].reason))
            fail_msg("\"%s\": %s", refused[i].text, err.msg);
    }
}

static void the_last_sweep_of_a_grid_changes_first(void **state)
{
    (void)state;
    struct am_sweep sweeps[2];
    assert_int_equal(am_sweep_parse(&sweeps[0], "add_places=0..1", &arena, NULL), AM_OK);
    assert_int_equal(am_sweep_parse(&sweeps[1], "scale_arrivals=90,100,110", &arena, NULL), AM_OK);
    assert_int_equal(am_sweep_points(sweeps, 2), 6);
    struct am_sweep_point point = am_sweep_point(sweeps, 2, 4);
    assert_int_equal(point.values[0], 1);
    assert_int_equal(point.values[1], 100);
}

static void a_grid_that_is_too_large_is_told(void **state)
{
    (void)state;
    struct am_sweep sweeps[2];
    for (int i = 0; i < 2; i++)
        assert_int_equal(am_sweep_parse(&sweeps[i], "add_places=0..99", &arena, NULL), AM_OK);
    assert_int_equal(am_sweep_points(sweeps, 2), AM_SWEEP_POINTS + 1);
}

static void targets_are_found_in_the_caseload(void **state)
{
    (void)state;
    struct tiny_case tiny;
    struct am_sweep sweep;
    struct am_err err;
    assert_true(tiny_read_file(&tiny, "examples/tiny.json", "the example"));
    assert_int_equal(am_sweep_parse(&sweep, "add_places:PARK-A=1", &arena, NULL), AM_OK);
    assert_int_equal(am_sweep_resolve(&sweep, &tiny.caseload, NULL), AM_OK);
    assert_true(sweep.is_session);
    assert_int_equal(am_sweep_parse(&sweep, "add_places:PARK=1", &arena, NULL), AM_OK);
    assert_int_equal(am_sweep_resolve(&sweep, &tiny.caseload, NULL), AM_OK);
    assert_false(sweep.is_session);
    assert_int_equal(am_sweep_parse(&sweep, "add_supervisor:SV2=1", &arena, NULL), AM_OK);
    assert_int_equal(am_sweep_resolve(&sweep, &tiny.caseload, &err), AM_EINVALID);
    assert_non_null(strstr(err.msg, "the nearest known one is \"SV1\""));
    tiny_release(&tiny);
}

/* ---- slices ---- */

static void a_slice_is_one_of_so_many(void **state)
{
    (void)state;
    struct am_slice slice;
    assert_true(am_slice_parse("3/20", &slice));
    assert_int_equal(slice.index, 3);
    assert_int_equal(slice.of, 20);
    assert_true(am_slice_parse("100000/100000", &slice));
    const char *const wrong[] = {"",     "3",     "0/20",     "21/20",        "3/",
                                 "/20",  "3/20x", "a/b",      "3/0",          "-1/2",
                                 " 1/2", "01/2",  "1/100001", "1/99999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (am_slice_parse(wrong[i], &slice))
            fail_msg("\"%s\" was taken", wrong[i]);
}

static void every_task_is_of_one_slice(void **state)
{
    (void)state;
    for (int of = 1; of < 9; of++)
        for (int task = 0; task < 20; task++) {
            int owners = 0;
            for (int index = 1; index <= of; index++)
                owners += am_slice_has((struct am_slice){index, of}, task);
            assert_int_equal(owners, 1);
        }
}

static void what_rows_depend_on_is_in_the_digest_and_threads_are_not(void **state)
{
    (void)state;
    struct am_settings settings, other;
    struct am_scenario_task tasks[2] = {{.scenario.path = NULL}, {.scenario = {"a.json", "{}", 2}}};
    struct am_slice_run run, again;
    am_settings_defaults(&settings);
    am_slice_run_of(&run, "abc", &settings, false, tasks, 2);
    other = settings;
    other.threads = 7;
    am_slice_run_of(&again, "abc", &other, false, tasks, 2);
    assert_string_equal(run.digest, again.digest);
    other.gap++;
    am_slice_run_of(&again, "abc", &other, false, tasks, 2);
    assert_string_not_equal(run.digest, again.digest);
    am_slice_run_of(&again, "abc", &settings, true, tasks, 2);
    assert_string_not_equal(run.digest, again.digest);
    am_slice_run_of(&again, "abd", &settings, false, tasks, 2);
    assert_string_not_equal(run.digest, again.digest);
    tasks[1].scenario.bytes = "[]";
    am_slice_run_of(&again, "abc", &settings, false, tasks, 2);
    assert_string_not_equal(run.digest, again.digest);
    am_slice_run_of(&again, "abc", &settings, false, tasks, 1);
    assert_string_not_equal(run.digest, again.digest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_range_has_both_its_ends),
        cmocka_unit_test(steps_stop_before_the_end_they_do_not_meet),
        cmocka_unit_test(a_list_is_taken_as_it_is),
        cmocka_unit_test(name_target_and_cost_are_told_apart),
        cmocka_unit_test(a_target_may_hold_an_equals_sign_and_a_colon),
        cmocka_unit_test(what_is_no_sweep_is_refused_with_a_reason),
        cmocka_unit_test(the_last_sweep_of_a_grid_changes_first),
        cmocka_unit_test(a_grid_that_is_too_large_is_told),
        cmocka_unit_test(targets_are_found_in_the_caseload),
        cmocka_unit_test(a_slice_is_one_of_so_many),
        cmocka_unit_test(every_task_is_of_one_slice),
        cmocka_unit_test(what_rows_depend_on_is_in_the_digest_and_threads_are_not),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
