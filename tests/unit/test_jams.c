/* Where a plan is short of places, and what one more does. */
#include "model/jams.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "model/futures_plan.h"
#include "solver/planning.h"
#include "tests/support/few.h"

static struct few few;
static struct am_caseload *c;
static struct am_arena arena;
static struct am_horizon horizon;
static struct am_plan plan;
static struct am_jam_list list;

/* A session of seven hours with one place each Tuesday for twelve weeks. */
static int make(void **state)
{
    (void)state;
    few_init(&few);
    c = &few.caseload;
    am_arena_init(&arena);
    plan = (struct am_plan){0};
    int project = few_project(&few, AM_GROUP);
    for (int week = 0; week < 12; week++)
        c->sessions[few_session(&few, project, 7 * week + 1, 540, 420)].places = 1;
    return 0;
}

static int release(void **state)
{
    (void)state;
    am_plan_release(&plan);
    am_arena_release(&arena);
    few_release(&few);
    return 0;
}

static void worker_of_six_weeks(void)
{
    int p = few_worker(&few, 6 * 420);
    c->orders[c->order_count - 1].own_deadline = FEW_FROM + 41;
    c->people[p].attendance_percent = 100;
}

static void solve(void)
{
    const struct am_horizon_wishes wishes = {.arrivals_per_week = 0};
    struct am_planning planning = am_planning_defaults();
    struct am_err err;
    few_derive(&few);
    assert_int_equal(am_horizon_build(c, &few.orders, &few.clocks, &wishes, &arena, &horizon, &err),
                     AM_OK);
    assert_int_equal(am_plan_solve(&horizon, &planning, &plan, &err), AM_OK);
    assert_int_equal(am_jams_find(&plan, &arena, &list, &err), AM_OK);
}

static void where_there_is_room_there_is_no_jam(void **state)
{
    (void)state;
    worker_of_six_weeks();
    c->orders[0].ordered_min = 420;
    for (int s = 0; s < c->session_count; s++)
        c->sessions[s].places = 3;
    solve();
    assert_int_equal(list.count, 0);
}

static void two_people_on_one_place_are_a_jam_that_a_place_more_ends(void **state)
{
    (void)state;
    struct am_futures_setup setup;
    struct am_err err;
    const struct am_futures_options options = {.count = 10, .seed = 1, .threads = 1};
    worker_of_six_weeks();
    worker_of_six_weeks();
    solve();
    assert_int_equal(list.count, 1);
    assert_true(list.jams[0].weeks >= 6);
    assert_int_equal(list.jams[0].first_week, 0);
    assert_true(list.jams[0].worth > 0);
    assert_int_equal(list.jams[0].orders_hundredths, -1);
    assert_int_equal(am_futures_setup_build(&plan, &few.orders, &arena, &setup, &err), AM_OK);
    assert_int_equal(am_jams_try(&plan, &setup, &options, 1, &list, &err), AM_OK);
    assert_int_equal(list.jams[0].orders_hundredths, 100); /* the second order */
}

static void what_kind_of_place_it_is_is_told(void **state)
{
    (void)state;
    static const char *const offers[] = {"indoors", "light_duty"};
    c->offer_names = offers;
    c->offer_count = 2;
    worker_of_six_weeks();
    worker_of_six_weeks();
    c->people[0].gender = c->people[1].gender = AM_FEMALE;
    c->people[0].may_join_women_only = c->people[1].may_join_women_only = true;
    c->projects[0].women_only = true;
    c->projects[0].offers = 2;
    solve();
    assert_int_equal(list.count, 1);
    assert_int_equal(list.jams[0].features, AM_JAM_WOMEN_ONLY | AM_JAM_LIGHT_DUTY);
}

#define EACH(name) cmocka_unit_test_setup_teardown(name, make, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(where_there_is_room_there_is_no_jam),
        EACH(two_people_on_one_place_are_a_jam_that_a_place_more_ends),
        EACH(what_kind_of_place_it_is_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
