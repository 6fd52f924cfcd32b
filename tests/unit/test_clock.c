/* The clocks of the orders: by hand, and against reckoning without short cuts. */
#include "model/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/few.h"

static struct few few;
static struct am_caseload *c;

static int make_tuesdays(void **state)
{
    (void)state;
    few_init(&few);
    c = &few.caseload;
    (void)few_tuesdays(&few);
    return 0;
}

static int release(void **state)
{
    (void)state;
    few_release(&few);
    return 0;
}

static const struct am_order_clock *clock_of(int order)
{
    few_derive(&few);
    return &few.clocks.orders[order];
}

static void an_order_with_time_in_hand_must_do_nothing(void **state)
{
    (void)state;
    int p = few_worker(&few, 840);
    c->orders[0].own_deadline = FEW_FROM + 20; /* two more Tuesdays after the window */
    const struct am_order_clock *clock = clock_of(0);
    assert_int_equal(clock->ahead_min, 840);
    assert_int_equal(clock->window_min, 420);
    assert_int_equal(clock->later_min, 840);
    assert_int_equal(clock->must_min, 0);
    assert_int_equal(clock->outlook, AM_ON_TRACK);
    assert_int_equal(few.clocks.people[p].must_min, 0);
    assert_int_equal(few.clocks.people[p].must_day, 6);
}

static void what_later_weeks_cannot_hold_must_be_done_now(void **state)
{
    (void)state;
    int p = few_worker(&few, 900);
    c->orders[0].own_deadline = FEW_FROM + 20;
    assert_int_equal(clock_of(0)->must_min, 60);
    assert_int_equal(few.clocks.people[p].must_min, 60);
    c->orders[0].own_deadline = FEW_FROM + 15; /* a Tuesday counts to its end */
    assert_int_equal(clock_of(0)->must_min, 60);
    c->orders[0].own_deadline = FEW_FROM + 14;
    assert_int_equal(clock_of(0)->later_min, 420);
    c->orders[0].ordered_min = 840;
    assert_int_equal(clock_of(0)->must_min, 420);
}

static void an_order_beyond_saving_does_not_take_the_place_of_others(void **state)
{
    (void)state;
    int p = few_worker(&few, 1260);
    c->orders[0].own_deadline = FEW_FROM + 20;
    assert_int_equal(clock_of(0)->outlook, AM_ON_TRACK);
    assert_int_equal(clock_of(0)->must_min, 420);
    c->orders[0].ordered_min = 1261;
    assert_int_equal(clock_of(0)->outlook, AM_CANNOT_FINISH);
    assert_int_equal(clock_of(0)->must_min, 0);
    assert_int_equal(few.clocks.people[p].pace_min, 0);
}

static void a_week_holds_no_more_than_its_maximum(void **state)
{
    (void)state;
    int p = few_worker(&few, 6000);
    c->people[p].weekly_max_min = 300;
    c->orders[0].own_deadline = FEW_FROM + 20;
    assert_int_equal(clock_of(0)->later_min, 600);
    assert_int_equal(clock_of(0)->window_min, 300);
    (void)few_waiver(&few, AM_R5, p); /* not counted on for later */
    assert_int_equal(clock_of(0)->later_min, 600);
}

static void absences_and_windows_take_their_days_away(void **state)
{
    (void)state;
    int p = few_worker(&few, 6000);
    c->orders[0].own_deadline = FEW_FROM + 7 * 9 - 1; /* the window and eight weeks */
    assert_int_equal(clock_of(0)->later_min, 8 * 420);
    few_absence(&few, p, am_stamp_of(FEW_FROM + 8, 959), am_stamp_of(FEW_FROM + 8, 1000));
    few_absence(&few, p, am_stamp_of(FEW_FROM + 15, 960), am_stamp_of(FEW_FROM + 16, 0));
    assert_int_equal(clock_of(0)->later_min, 7 * 420);
    struct am_window *window = (few_never(&few, p), few_window(&few, p, 0x7f, 0, 1440));
    window->valid_from = FEW_FROM;
    window->every_weeks = 2; /* the window's week, then the third, fifth ... */
    assert_int_equal(clock_of(0)->later_min, 4 * 420);
    window->every_weeks = 1;
    window->valid_to = FEW_FROM + 21;
    assert_int_equal(clock_of(0)->later_min, 420);
}

static void a_waiver_makes_days_possible(void **state)
{
    (void)state;
    int p = few_worker(&few, 6000);
    c->orders[0].own_deadline = FEW_FROM + 7 * 5 - 1;
    c->people[p].must_avoid = c->projects[0].tags = 1;
    assert_int_equal(clock_of(0)->later_min, 0);
    int w = few_waiver(&few, AM_R13, p);
    assert_int_equal(clock_of(0)->later_min, 4 * 420);
    c->waivers[w].until = FEW_FROM + 15;
    assert_int_equal(clock_of(0)->later_min, 2 * 420);
    c->waivers[w].rule = AM_R3;
    assert_int_equal(clock_of(0)->later_min, 0);
}

static void what_is_fixed_stands_for_its_day(void **state)
{
    (void)state;
    int p = few_worker(&few, 6000);
    c->orders[0].own_deadline = FEW_FROM + 6;
    int a = few_appointment(&few, p, 0, AM_BOOKED);
    assert_int_equal(clock_of(0)->window_min, 420);
    c->appointments[a].pinned = true;
    c->appointments[a].minutes = 100;
    assert_int_equal(clock_of(0)->window_min, 100);
    c->orders[0].own_deadline = FEW_FROM;
    assert_int_equal(clock_of(0)->window_min, 0);
}

static void past_days_of_the_window_hold_nothing_new(void **state)
{
    (void)state;
    (void)few_worker(&few, 6000);
    c->orders[0].own_deadline = FEW_FROM + 6;
    c->as_of = FEW_FROM + 1;
    assert_int_equal(clock_of(0)->window_min, 420);
    c->as_of = FEW_FROM + 2;
    assert_int_equal(clock_of(0)->window_min, 0);
}

static void orders_are_worked_one_after_another(void **state)
{
    (void)state;
    int p = few_person(&few);
    for (int j = 0; j < 4; j++)
        c->orders[few_order(&few, p, 100 * (j + 1))].own_deadline = FEW_FROM + 200 - 10 * j;
    /* by deadline: 3, 2, 1, 0 */
    assert_int_equal(clock_of(3)->ahead_min, 400);
    assert_int_equal(clock_of(2)->ahead_min, 700);
    assert_int_equal(clock_of(1)->ahead_min, 900);
    assert_int_equal(clock_of(0)->ahead_min, 1000);
    assert_int_equal(few.orders.people[p].order, 3);
    c->orders[3].runs = AM_RUNS_AFTER; /* 1 first: then 3, 2 before both */
    c->orders[3].runs_order = 1;
    assert_int_equal(clock_of(2)->ahead_min, 300);
    assert_int_equal(clock_of(1)->ahead_min, 500);
    assert_int_equal(clock_of(3)->ahead_min, 900);
    assert_int_equal(clock_of(0)->ahead_min, 1000);
    assert_int_equal(few.orders.people[p].order, 2);
}

static void an_order_that_runs_with_another_adds_only_what_exceeds_it(void **state)
{
    (void)state;
    int p = few_person(&few);
    (void)few_order(&few, p, 300);
    int j = few_order(&few, p, 500);
    c->orders[j].runs = AM_RUNS_CONCURRENT;
    c->orders[j].runs_order = 0;
    assert_int_equal(clock_of(0)->ahead_min, 300);
    assert_int_equal(clock_of(j)->ahead_min, 500);
    c->orders[j].ordered_min = 200;
    assert_int_equal(clock_of(j)->ahead_min, 300);
    c->orders[j].own_deadline = FEW_FROM + 20; /* now it comes first */
    assert_int_equal(clock_of(j)->ahead_min, 200);
    assert_int_equal(clock_of(0)->ahead_min, 500);
}

static void the_hardest_order_counts_within_the_one_that_is_credited(void **state)
{
    (void)state;
    int p = few_person(&few);
    int first = few_order(&few, p, 100);
    int second = few_order(&few, p, 1000);
    c->orders[first].own_deadline = FEW_FROM + 19;
    c->orders[second].own_deadline = FEW_FROM + 20;
    assert_int_equal(clock_of(first)->must_min, 0);
    assert_int_equal(few.clocks.orders[second].must_min, 260);
    assert_int_equal(few.clocks.people[p].must_min, 100);
}

static void pace_spreads_what_is_left_over_the_weeks_at_expected_attendance(void **state)
{
    (void)state;
    int p = few_worker(&few, 2000);
    c->people[p].attendance_percent = 50;
    c->orders[0].own_deadline = FEW_FROM + 7 * 10 - 1;
    (void)clock_of(0);
    assert_int_equal(few.clocks.people[p].pace_min, 400);
    c->orders[0].own_deadline = FEW_FROM + 7 * 10; /* a day more is a week more */
    (void)clock_of(0);
    assert_int_equal(few.clocks.people[p].pace_min, 364);
    c->people[p].weekly_max_min = 350;
    (void)clock_of(0);
    assert_int_equal(few.clocks.people[p].pace_min, 350);
}

static void a_plan_sets_the_pace_and_may_raise_what_must_be_done(void **state)
{
    (void)state;
    int p = few_worker(&few, 900);
    c->orders[0].own_deadline = FEW_FROM + 20; /* 840 later: 60 must be done now */
    c->people[p].aim = (struct am_aim){true, 300, 45};
    assert_int_equal(clock_of(0)->must_min, 60);
    assert_int_equal(few.clocks.people[p].must_min, 60);
    assert_int_equal(few.clocks.people[p].pace_min, 300);
    c->people[p].aim.needed_min = 200;
    assert_int_equal(clock_of(0)->must_min, 60); /* the order's own evidence is as it was */
    assert_int_equal(few.clocks.people[p].must_min, 200);
    c->people[p].aim.planned_min = 0; /* the plan has other weeks for them */
    (void)clock_of(0);
    assert_int_equal(few.clocks.people[p].pace_min, 0);
}

static void a_plan_asks_for_no_more_than_is_left_and_the_week_holds(void **state)
{
    (void)state;
    int p = few_worker(&few, 700);
    c->orders[0].own_deadline = FEW_FROM + 100;
    c->people[p].aim = (struct am_aim){true, 5000, 5000};
    (void)clock_of(0);
    assert_int_equal(few.clocks.people[p].must_min, 700);
    assert_int_equal(few.clocks.people[p].pace_min, 700);
    c->people[p].weekly_max_min = 420;
    (void)clock_of(0);
    assert_int_equal(few.clocks.people[p].pace_min, 420);
    c->orders[0].worked_min = 700;
    (void)clock_of(0);
    assert_int_equal(few.clocks.people[p].must_min, 0);
    assert_int_equal(few.clocks.people[p].pace_min, 0);
}

static void a_deadline_in_the_window_sets_the_day(void **state)
{
    (void)state;
    int p = few_worker(&few, 420);
    c->orders[0].own_deadline = FEW_FROM + 3;
    assert_int_equal(clock_of(0)->must_min, 420);
    assert_int_equal(few.clocks.people[p].must_day, 3);
    c->orders[0].own_deadline = FEW_FROM - 1;
    assert_int_equal(clock_of(0)->outlook, AM_OVERDUE);
    assert_int_equal(few.clocks.people[p].must_day, 6);
    assert_int_equal(few.clocks.people[p].must_min, 0);
    assert_int_equal(few.clocks.people[p].pace_min, 0);
}

static void every_outlook_has_its_order(void **state)
{
    (void)state;
    (void)few_worker(&few, 600);
    c->orders[0].own_deadline = FEW_FROM + 20;
    c->people[0].attendance_percent = 50;
    assert_int_equal(clock_of(0)->outlook, AM_ON_TRACK);
    assert_int_equal(am_order_outlook(c, &few.orders, &few.clocks, 0, 180), AM_ON_TRACK);
    assert_int_equal(am_order_outlook(c, &few.orders, &few.clocks, 0, 179), AM_AT_RISK);
    c->orders[0].status = AM_ORDER_SUSPENDED;
    assert_int_equal(clock_of(0)->outlook, AM_NOT_ACTIVE);
    assert_int_equal(am_order_outlook(c, &few.orders, &few.clocks, 0, 0), AM_NOT_ACTIVE);
    c->orders[0].status = AM_ORDER_REVOKED;
    assert_int_equal(clock_of(0)->outlook, AM_NOT_ACTIVE);
    c->orders[0].status = AM_ORDER_COMPLETED;
    assert_int_equal(clock_of(0)->outlook, AM_FINISHED);
    c->orders[0].status = AM_ORDER_ACTIVE;
    c->orders[0].worked_min = 600;
    assert_int_equal(clock_of(0)->outlook, AM_FINISHED);
    c->orders[0].worked_min = 0;
    c->orders[0].own_deadline = AM_NO_DATE;
    c->policy.completion_months = AM_NO_LIMIT;
    assert_int_equal(clock_of(0)->outlook, AM_ON_TRACK);
    assert_int_equal(am_order_outlook(c, &few.orders, &few.clocks, 0, 0), AM_ON_TRACK);
    assert_string_equal(am_outlook_word(AM_CANNOT_FINISH), "cannot_finish");
    assert_string_equal(am_outlook_word(AM_NOT_ACTIVE), "not_active");
}

/* ---- without short cuts ---- */

static int32_t naive_day(const struct few *of, int order, am_date date)
{
    const struct am_caseload *caseload = &of->caseload;
    int32_t longest = 0;
    for (int s = 0; s < caseload->session_count; s++)
        if (caseload->sessions[s].date == date && caseload->sessions[s].minutes > longest &&
            am_could_attend(caseload, caseload->orders[order].person, order, s))
            longest = caseload->sessions[s].minutes;
    return longest;
}

/* Minutes of fixed, not recorded appointments on that date; -1: there is none. */
static int32_t naive_fixed(const struct few *of, int person, am_date date)
{
    int32_t minutes = -1;
    for (int i = 0; i < of->orders.fixed_count; i++) {
        const struct am_fixed *fixed = &of->orders.fixed[i];
        if (fixed->person == person && !fixed->recorded &&
            of->caseload.sessions[fixed->session].date == date)
            minutes = (minutes < 0 ? 0 : minutes) + fixed->minutes;
    }
    return minutes;
}

static int64_t naive_weeks(const struct few *of, int order, bool in_window)
{
    const struct am_caseload *caseload = &of->caseload;
    int person = caseload->orders[order].person;
    am_date last = am_caseload_last(caseload);
    int64_t sum = 0, week = 0, most = am_weekly_max_plain(caseload, person);
    for (am_date date = in_window ? caseload->from : last + 1;
         in_window ? date <= last : date <= last + 700; date++) {
        int32_t fixed = in_window ? naive_fixed(of, person, date) : -1;
        if (date <= of->orders.orders[order].deadline) {
            if (fixed >= 0)
                week += fixed;
            else if (!in_window || date >= caseload->as_of)
                week += date <= last + 70 ? naive_day(of, order, date) : 0;
        }
        if (am_weekday_of(date) == AM_SU) {
            sum += week < most ? week : most;
            week = 0;
        }
    }
    return sum;
}

static void clocks_are_those_that_reckoning_without_short_cuts_gives(void **state)
{
    (void)state;
    int musts = 0, hopeless = 0, later = 0;
    for (uint32_t seed = 1; seed <= 150; seed++) {
        struct few random;
        few_random(&random, seed);
        few_derive(&random);
        for (int j = 0; j < random.caseload.order_count; j++) {
            const struct am_order_clock *clock = &random.clocks.orders[j];
            const struct am_order_state *order = &random.orders.orders[j];
            if (!order->open || order->deadline == AM_NO_DATE)
                continue;
            assert_int_equal(clock->window_min, naive_weeks(&random, j, true));
            assert_int_equal(clock->later_min, naive_weeks(&random, j, false));
            musts += clock->must_min > 0;
            hopeless += clock->outlook == AM_CANNOT_FINISH;
            later += clock->later_min > 0;
        }
        few_release(&random);
    }
    assert_true(musts > 5);
    assert_true(hopeless > 20);
    assert_true(later > 200);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, make_tuesdays, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(an_order_with_time_in_hand_must_do_nothing),
        EACH(what_later_weeks_cannot_hold_must_be_done_now),
        EACH(an_order_beyond_saving_does_not_take_the_place_of_others),
        EACH(a_week_holds_no_more_than_its_maximum),
        EACH(absences_and_windows_take_their_days_away),
        EACH(a_waiver_makes_days_possible),
        EACH(what_is_fixed_stands_for_its_day),
        EACH(past_days_of_the_window_hold_nothing_new),
        EACH(orders_are_worked_one_after_another),
        EACH(an_order_that_runs_with_another_adds_only_what_exceeds_it),
        EACH(the_hardest_order_counts_within_the_one_that_is_credited),
        EACH(pace_spreads_what_is_left_over_the_weeks_at_expected_attendance),
        EACH(a_plan_sets_the_pace_and_may_raise_what_must_be_done),
        EACH(a_plan_asks_for_no_more_than_is_left_and_the_week_holds),
        EACH(a_deadline_in_the_window_sets_the_day),
        EACH(every_outlook_has_its_order),
        cmocka_unit_test(clocks_are_those_that_reckoning_without_short_cuts_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
