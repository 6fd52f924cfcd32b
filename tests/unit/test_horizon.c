/* The weeks ahead of a plan: by hand, against the clock, and as the whole model sees them. */
#include "model/horizon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "solver/plan_whole.h"
#include "solver/planning.h"
#include "tests/support/few.h"

static struct few few;
static struct am_caseload *c;
static struct am_horizon horizon;

static int make_tuesdays(void **state)
{
    (void)state;
    few_init(&few);
    c = &few.caseload;
    (void)few_tuesdays(&few);
    return 0;
}

static int make_none(void **state)
{
    (void)state;
    few_init(&few);
    c = &few.caseload;
    return 0;
}

static int release(void **state)
{
    (void)state;
    few_release(&few);
    return 0;
}

static void look_ahead(int per_week)
{
    struct am_err err = {0};
    const struct am_horizon_wishes wishes = {.arrivals_per_week = per_week};
    few_derive(&few);
    assert_int_equal(
        am_horizon_build(c, &few.orders, &few.clocks, &wishes, &few.arena, &horizon, &err), AM_OK);
}

/* ---- by hand ---- */

static void alike_sessions_are_one_kind_and_others_are_not(void **state)
{
    (void)state;
    (void)few_worker(&few, 840);
    int other = few_project(&few, AM_GROUP);
    int s = few_session(&few, other, 7 * 30, 540, 420);
    c->sessions[s].places = 4;
    look_ahead(0);
    assert_int_equal(horizon.kind_count, 2);
    assert_int_equal(horizon.kinds[0].seats + horizon.kinds[1].seats, 14);
    int tuesdays = horizon.kinds[0].seats == 10 ? 0 : 1;
    assert_int_equal(horizon.held_min[tuesdays * horizon.weeks + 3], 420);
    assert_int_equal(horizon.held_min[tuesdays * horizon.weeks + 30], 0);
}

static void more_is_booked_than_worked_where_some_do_not_come(void **state)
{
    (void)state;
    int p = few_worker(&few, 840);
    c->people[p].attendance_percent = 65;
    look_ahead(0);
    assert_int_equal(horizon.planned_count, 1);
    assert_int_equal(horizon.planned[0].to_book_min, 1293); /* 840 / 0.65, rounded up */
    assert_int_equal(horizon.planned[0].most_min[5], 420);
    assert_int_equal(horizon.planned[0].days[5 * horizon.planned[0].option_count], 1 << AM_TU);
}

static void a_seat_that_is_fixed_is_not_free(void **state)
{
    (void)state;
    int p = few_worker(&few, 840);
    (void)few_appointment(&few, p, 0, AM_BOOKED);
    c->appointments[0].pinned = true;
    look_ahead(0);
    assert_int_equal(horizon.held_min[0], 420 - 42); /* one seat of ten */
    assert_int_equal(horizon.planned[0].fixed_min[0], 420);
    assert_int_equal(horizon.planned[0].most_min[0], 0);
    assert_int_equal(horizon.planned[0].days[0], 0);
}

/* Two sessions at the same hour need two supervisors; one can lead one of them. */
static void a_supervisor_leads_one_of_two_at_the_same_time(void **state)
{
    (void)state;
    (void)few_worker(&few, 840);
    int project = few_project(&few, AM_GROUP);
    for (int i = 0; i < 2; i++)
        c->sessions[few_session(&few, project, 7 * 30, 540 + i, 300)].supervised = true;
    c->sessions[few_session(&few, project, 7 * 30, 900, 60)].supervised = true;
    int m = few_supervisor(&few);
    c->supervisors[m].weekly_max_min = 1000;
    look_ahead(0);
    const int32_t *rows = horizon.supervised_min + 30 * AM_SUPERVISED_ROWS;
    assert_int_equal(rows[AM_PART_WEEKDAYS], 360);
    assert_int_equal(rows[AM_SUPERVISED_WEEK], 360);
    assert_int_equal(rows[AM_PART_SUNDAY], 0);
    c->supervisors[m].weekly_max_min = 320;
    look_ahead(0);
    assert_int_equal(horizon.supervised_min[30 * AM_SUPERVISED_ROWS + AM_SUPERVISED_WEEK], 320);
}

static void arrivals_are_planned_from_their_sentence_on(void **state)
{
    (void)state;
    int p = few_worker(&few, 840);
    struct am_arrivals list[2] = {
        {.sentence_date = c->from + 14, .ordered_min = 6000, .count = 2, .like = p},
        {.sentence_date = c->from - 1, .count = 5, .like = p}}; /* is a person by now */
    c->arrivals = list;
    c->arrivals_count = 2;
    look_ahead(1);
    assert_int_equal(horizon.arrival_count, 2 + horizon.weeks);
    assert_int_equal(horizon.planned_count, 1 + horizon.arrival_count);
    const struct am_planned *first = &horizon.planned[1], *rate = &horizon.planned[3];
    assert_int_equal(first->person, p);
    assert_int_equal(first->targets[0].until_min,
                     am_minutes_to_book(6000, c->people[p].attendance_percent));
    assert_int_equal(first->first_week, 2);
    assert_int_equal(first->most_min[1], 0);
    assert_int_equal(first->most_min[2], 420);
    assert_int_equal(rate->sentence, c->from + AM_WE);
    assert_int_equal(rate->most_min[0], 0); /* the Tuesday is before the Wednesday */
    c->arrivals = NULL;
    c->arrivals_count = 0;
}

/* ---- against the clock ---- */

static int count_open(int person)
{
    int count = 0;
    for (int j = c->people[person].first_order;
         j < c->people[person].first_order + c->people[person].order_count; j++)
        count += few.orders.orders[j].open;
    return count;
}

/* The most that can be worked by a target's deadline. */
static int64_t most_by(const struct am_planned *who, const struct am_plan_target *target)
{
    int64_t most = 0;
    for (int w = 0; w < target->week; w++)
        most += who->fixed_min[w] + who->most_min[w];
    return most + target->by_day_min;
}

static void plan_and_clock_agree_to_the_minute(void **state)
{
    (void)state;
    int compared = 0, hopeless = 0;
    for (uint32_t seed = 0; seed < 300; seed++) {
        few_release(&few);
        few_random(&few, seed);
        look_ahead(0);
        for (int i = 0; i < horizon.planned_count; i++) {
            const struct am_planned *who = &horizon.planned[i];
            const struct am_plan_target *target = &who->targets[0];
            bool overfull = false; /* fixed beyond the weekly maximum: the clock caps it */
            for (int w = 0; w < horizon.weeks; w++)
                overfull |= who->fixed_min[w] > am_weekly_max_plain(c, who->person);
            if (count_open(who->person) != 1 || target->week < 0 || overfull)
                continue;
            const struct am_order_clock *clock = &few.clocks.orders[target->order];
            assert_int_equal(most_by(who, target), (int64_t)clock->window_min + clock->later_min);
            assert_int_equal(clock->outlook == AM_CANNOT_FINISH,
                             most_by(who, target) < clock->ahead_min);
            compared++;
            hopeless += clock->outlook == AM_CANNOT_FINISH;
        }
    }
    assert_true(compared > 100);
    assert_true(hopeless > 10);
}

/* ---- as the whole model sees it ---- */

/* Points short, at a point a minute, of the best plan that looks at nothing else. */
static double least_short(void)
{
    struct am_plan_whole whole;
    struct am_err err = {0};
    enum am_lp_answer answer;
    struct am_plan_target target = horizon.planned[0].targets[0];
    struct am_planned *who = &horizon.planned[0];
    struct am_plan_option *options = calloc((size_t)who->option_count + 1, sizeof *options);
    assert_non_null(options);
    memcpy(options, who->options, (size_t)who->option_count * sizeof *options);
    for (int o = 0; o < who->option_count; o++)
        options[o].cost = 0;
    target.short_cost = 1000;
    who->targets = &target;
    who->options = options;
    who->start_cost = NULL;
    horizon.backlog_cost = horizon.left_cost = 0;
    assert_int_equal(am_plan_whole_build(&whole, &horizon, false, &err), AM_OK);
    assert_int_equal(am_lp_solve(whole.lp, (struct am_lp_limits){0}, &answer, &err), AM_OK);
    assert_int_equal(answer, AM_LP_OPTIMAL);
    double value = am_lp_value(whole.lp);
    am_plan_whole_release(&whole);
    free(options);
    return value;
}

/* Orders of so many minutes with so many Tuesdays to go: where the clock says
 * that one can finish, a plan has it finished; where not, no plan can. */
static void what_the_clock_says_of_finishing_holds_for_plans(void **state)
{
    (void)state;
    int seen[2] = {0, 0};
    int p = few_worker(&few, 840);
    c->people[p].attendance_percent = 100;
    for (int minutes = 60; minutes <= 4200; minutes += 345)
        for (int days = 0; days < 60; days += 5) {
            struct am_plan plan;
            struct am_err err = {0};
            struct am_planning planning = am_planning_defaults();
            c->orders[0].ordered_min = minutes;
            c->orders[0].own_deadline = c->from + days;
            look_ahead(0);
            bool can = few.clocks.orders[0].outlook == AM_ON_TRACK;
            seen[can]++;
            assert_int_equal(am_plan_solve(&horizon, &planning, &plan, &err), AM_OK);
            assert_int_equal(am_plan_check(&plan, &err), AM_OK);
            assert_int_equal(am_plan_short_min(&plan, 0, 0) == 0, can);
            am_plan_release(&plan);
            double missing = least_short();
            assert_true(can ? missing < 1e-6 : missing > 1 - 1e-6);
        }
    assert_true(seen[0] > 20 && seen[1] > 20);
}

/* An order that cannot be saved leaves the place to one that can. */
static void the_last_place_goes_to_an_order_that_can_be_saved(void **state)
{
    (void)state;
    struct am_plan plan;
    struct am_err err = {0};
    struct am_planning planning = am_planning_defaults();
    for (int i = 0; i < 2; i++) {
        int p = few_worker(&few, i == 0 ? 9000 : 420);
        c->people[p].attendance_percent = 100;
        c->orders[i].own_deadline = c->from + 6;
    }
    c->sessions[0].places = 1;
    look_ahead(0);
    assert_int_equal(few.clocks.orders[0].outlook, AM_CANNOT_FINISH);
    assert_int_equal(am_plan_solve(&horizon, &planning, &plan, &err), AM_OK);
    assert_int_equal(am_plan_week_min(&plan, 0, 0), 0);
    assert_int_equal(am_plan_week_min(&plan, 1, 0), 420);
    assert_true(plan.uses[0].price >= 0);
    am_plan_release(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(alike_sessions_are_one_kind_and_others_are_not,
                                        make_tuesdays, release),
        cmocka_unit_test_setup_teardown(more_is_booked_than_worked_where_some_do_not_come,
                                        make_tuesdays, release),
        cmocka_unit_test_setup_teardown(a_seat_that_is_fixed_is_not_free, make_tuesdays, release),
        cmocka_unit_test_setup_teardown(a_supervisor_leads_one_of_two_at_the_same_time,
                                        make_tuesdays, release),
        cmocka_unit_test_setup_teardown(arrivals_are_planned_from_their_sentence_on, make_tuesdays,
                                        release),
        cmocka_unit_test_setup_teardown(plan_and_clock_agree_to_the_minute, make_none, release),
        cmocka_unit_test_setup_teardown(what_the_clock_says_of_finishing_holds_for_plans,
                                        make_tuesdays, release),
        cmocka_unit_test_setup_teardown(the_last_place_goes_to_an_order_that_can_be_saved,
                                        make_tuesdays, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
