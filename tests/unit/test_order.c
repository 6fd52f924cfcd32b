/* What remains of an order, by when, and which one new appointments credit. */
#include "model/order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/few.h"

static struct few few;
static struct am_caseload *c;

/* A group project, an education project and an induction; a session of each on
 * Tuesday, Wednesday and Thursday. */
enum { WORK, LEARNING, INDUCTION };

static int make(void **state)
{
    (void)state;
    few_init(&few);
    c = &few.caseload;
    (void)few_project(&few, AM_GROUP);
    (void)few_project(&few, AM_ETE);
    (void)few_project(&few, AM_INDUCTION);
    for (int project = WORK; project <= INDUCTION; project++)
        (void)few_session(&few, project, 1 + project, 540, 120);
    return 0;
}

static int release(void **state)
{
    (void)state;
    few_release(&few);
    return 0;
}

static const struct am_order_state *order(int j)
{
    few_derive_orders(&few);
    return &few.orders.orders[j];
}

static const struct am_person_state *person(int p)
{
    few_derive_orders(&few);
    return &few.orders.people[p];
}

static void what_is_worked_adjusted_and_booked_before_is_taken_off(void **state)
{
    (void)state;
    int p = few_worker(&few, 6000);
    assert_int_equal(order(0)->remaining_min, 6000);
    c->orders[0].worked_min = 1000;
    c->orders[0].adjustment_min = -200;
    assert_int_equal(order(0)->remaining_min, 4800);
    int a = few_earlier(&few, p, WORK, -1, "T", AM_BOOKED);
    assert_int_equal(order(0)->remaining_min, 4380);
    c->appointments[a].state = AM_ATTENDED; /* in worked_min already */
    assert_int_equal(order(0)->remaining_min, 4800);
    c->orders[0].worked_min = 5900;
    assert_int_equal(order(0)->remaining_min, 0);
    assert_false(order(0)->open);
    assert_int_equal(person(p)->order, -1);
    assert_int_equal(person(p)->free_min, 0);
}

static void steady_work_completes_an_order_early_where_policy_says_so(void **state)
{
    (void)state;
    int p = few_worker(&few, 6000);
    c->policy.earned_reduction = 1;
    c->orders[0].worked_min = 4080;
    assert_int_equal(order(0)->needed_min, 4500);
    assert_int_equal(order(0)->remaining_min, 420);
    int a = few_earlier(&few, p, WORK, -1, "T", AM_BOOKED);
    assert_int_equal(order(0)->remaining_min, 0);
    assert_false(order(0)->open);
    c->appointments[a].state = AM_MISSED;
    assert_int_equal(order(0)->remaining_min, 420);
    c->appointments[a].state = AM_MISSED_UNACCEPTABLE;
    assert_int_equal(order(0)->remaining_min, 1920);
}

static void the_deadline_is_its_own_or_by_policy_or_none(void **state)
{
    (void)state;
    (void)few_worker(&few, 6000);
    c->orders[0].sentence_date = am_date_of(2024, 2, 29);
    assert_int_equal(order(0)->deadline, am_date_of(2025, 2, 28));
    c->policy.completion_months = AM_NO_LIMIT;
    assert_int_equal(order(0)->deadline, AM_NO_DATE);
    c->orders[0].own_deadline = FEW_FROM;
    assert_int_equal(order(0)->deadline, FEW_FROM);
}

static void education_is_a_fifth_of_what_was_ordered(void **state)
{
    (void)state;
    int p = few_worker(&few, 6004);
    assert_int_equal(order(0)->ete_left_min, 0); /* does not want it */
    c->people[p].wants_ete = true;
    assert_int_equal(order(0)->ete_left_min, 1200);
    c->orders[0].adjustment_min = 1000; /* not counted */
    assert_int_equal(order(0)->ete_left_min, 1200);
    c->orders[0].worked_min = c->orders[0].ete_min = 300;
    assert_int_equal(order(0)->ete_left_min, 900);
    (void)few_earlier(&few, p, LEARNING, -3, "T", AM_BOOKED);
    (void)few_earlier(&few, p, LEARNING, -4, "T", AM_ATTENDED);
    (void)few_earlier(&few, p, WORK, -5, "T", AM_BOOKED);
    assert_int_equal(order(0)->ete_left_min, 480);
    c->policy.ete_percent = AM_NO_LIMIT;
    assert_int_equal(order(0)->ete_left_min, order(0)->remaining_min);
}

static void an_order_is_started_by_work_or_by_an_appointment_not_stood_down(void **state)
{
    (void)state;
    int p = few_worker(&few, 6000);
    assert_false(order(0)->started);
    int a = few_earlier(&few, p, WORK, -1, "T", AM_STOOD_DOWN);
    assert_false(order(0)->started);
    c->appointments[a].state = AM_MISSED;
    assert_true(order(0)->started);
    c->appointments[a].state = AM_BOOKED;
    assert_true(order(0)->started);
    c->appointment_count = 0;
    a = few_appointment(&few, p, 0, AM_BOOKED);
    assert_false(order(0)->started);
    c->appointments[a].state = AM_ATTENDED;
    assert_true(order(0)->started);
    c->appointment_count = 0;
    c->orders[0].worked_min = 1;
    assert_true(order(0)->started);
}

static void the_start_is_due_after_business_days(void **state)
{
    (void)state;
    (void)few_worker(&few, 6000);
    am_date easter[] = {am_date_of(2026, 4, 3), am_date_of(2026, 4, 6)};
    c->bank_holidays = (struct am_dates){easter, 2};
    c->orders[0].sentence_date = am_date_of(2026, 3, 20);
    assert_int_equal(order(0)->start_due, am_date_of(2026, 4, 21));
    c->policy.start_business_days = AM_NO_LIMIT;
    assert_int_equal(order(0)->start_due, AM_NO_DATE);
}

static void the_earliest_deadline_is_credited_then_the_event_number(void **state)
{
    (void)state;
    int p = few_person(&few);
    for (int j = 0; j < 3; j++)
        (void)few_order(&few, p, 600);
    c->orders[0].event = "10";
    c->orders[1].event = "9";
    c->orders[2].event = "009";
    assert_int_equal(person(p)->order, 1);
    c->orders[2].own_deadline = FEW_FROM + 10;
    assert_int_equal(person(p)->order, 2);
    c->orders[2].own_deadline = AM_NO_DATE;
    c->orders[2].event = "99";
    c->orders[0].event = "1a"; /* no number: after all of them */
    assert_int_equal(person(p)->order, 1);
    c->orders[1].event = "9b"; /* as text: after 1a */
    assert_int_equal(person(p)->order, 2);
    c->orders[2].event = "1b";
    assert_int_equal(person(p)->order, 0);
    c->orders[1].event = "9";
    c->orders[2].event = "99";
    c->orders[1].status = AM_ORDER_SUSPENDED;
    assert_int_equal(person(p)->order, 2);
}

/* "10" < "9a" as text and "9" < "10" as numbers would put "9a" before "9". */
static void the_sequence_of_events_does_not_depend_on_the_file(void **state)
{
    (void)state;
    static const char *const events[3] = {"10", "9a", "9"};
    int p = few_person(&few);
    for (int j = 0; j < 3; j++)
        (void)few_order(&few, p, 600);
    for (int turn = 0; turn < 6; turn++) {
        bool done[3] = {false};
        const char *sequence[3];
        int first = turn % 3, second = (first + 1 + turn / 3) % 3;
        c->orders[0].event = events[first];
        c->orders[1].event = events[second];
        c->orders[2].event = events[3 - first - second];
        few_derive_orders(&few);
        for (int i = 0; i < 3; i++) {
            int next = am_order_next(c, &few.orders, p, done);
            assert_true(next >= 0);
            sequence[i] = c->orders[next].event;
            done[next] = true;
        }
        assert_string_equal(sequence[0], "9");
        assert_string_equal(sequence[1], "10");
        assert_string_equal(sequence[2], "9a");
    }
}

static void an_order_without_a_deadline_comes_last(void **state)
{
    (void)state;
    int p = few_person(&few);
    (void)few_order(&few, p, 600);
    (void)few_order(&few, p, 600);
    c->policy.completion_months = AM_NO_LIMIT;
    c->orders[1].own_deadline = FEW_FROM + 900;
    assert_int_equal(person(p)->order, 1);
}

static void an_order_waits_for_the_one_it_runs_after(void **state)
{
    (void)state;
    int p = few_person(&few);
    (void)few_order(&few, p, 600);
    (void)few_order(&few, p, 600);
    c->orders[0].runs = AM_RUNS_AFTER;
    c->orders[0].runs_order = 1;
    assert_int_equal(person(p)->order, 1);
    c->orders[1].status = AM_ORDER_REVOKED;
    assert_int_equal(person(p)->order, 0);
    c->orders[1].status = AM_ORDER_ACTIVE;
    c->orders[1].worked_min = 600;
    assert_int_equal(person(p)->order, 0);
}

static void only_pinned_recorded_and_past_appointments_are_fixed(void **state)
{
    (void)state;
    int p = few_worker(&few, 6000);
    int a = few_appointment(&few, p, 1, AM_BOOKED);
    assert_int_equal(person(p)->fixed_count, 0);
    c->appointments[a].pinned = true;
    assert_int_equal(person(p)->fixed_count, 1);
    c->appointments[a].pinned = false;
    c->as_of = FEW_FROM + 2; /* the same day */
    assert_int_equal(person(p)->fixed_count, 0);
    c->as_of = FEW_FROM + 3;
    assert_int_equal(person(p)->fixed_count, 1);
    assert_false(few.orders.fixed[0].recorded);
    c->as_of = FEW_FROM;
    c->appointments[a].state = AM_MISSED;
    assert_int_equal(person(p)->fixed_count, 1);
    assert_true(few.orders.fixed[0].recorded);
    assert_true(few.orders.fixed[0].offered);
    c->appointments[a].state = AM_STOOD_DOWN;
    (void)person(p);
    assert_false(few.orders.fixed[0].offered);
}

static void fixed_appointments_are_by_person_and_time_with_their_minutes(void **state)
{
    (void)state;
    int p = few_worker(&few, 6000), q = few_worker(&few, 6000);
    int a = few_appointment(&few, q, 2, AM_ATTENDED);
    c->appointments[a].credited_min = 77;
    (void)few_appointment(&few, p, 1, AM_MISSED);
    a = few_appointment(&few, q, 0, AM_BOOKED);
    c->appointments[a].pinned = true;
    c->appointments[a].start = 600;
    c->appointments[a].minutes = 33;
    assert_int_equal(person(q)->first_fixed, 1);
    assert_int_equal(person(q)->fixed_count, 2);
    const struct am_fixed *fixed = few.orders.fixed;
    assert_int_equal(fixed[0].person, p);
    assert_int_equal(fixed[0].minutes, 120);
    assert_int_equal(fixed[1].session, 0);
    assert_int_equal(fixed[1].start, 600);
    assert_int_equal(fixed[1].minutes, 33);
    assert_int_equal(fixed[2].session, 2);
    assert_int_equal(fixed[2].minutes, 77);
}

static void what_is_fixed_is_taken_off_what_is_free(void **state)
{
    (void)state;
    int p = few_worker(&few, 1000);
    c->people[p].wants_ete = true;
    int a = few_appointment(&few, p, 1, AM_BOOKED); /* education */
    c->appointments[a].pinned = true;
    assert_int_equal(person(p)->free_min, 880);
    assert_int_equal(person(p)->ete_left_min, 80);
    assert_int_equal(order(0)->remaining_min, 1000);
    c->appointments[a].state = AM_ATTENDED; /* in the order's figures already */
    assert_int_equal(person(p)->free_min, 1000);
    assert_int_equal(person(p)->ete_left_min, 200);
    c->appointments[a].state = AM_BOOKED;
    c->appointments[a].minutes = 1400;
    assert_int_equal(person(p)->free_min, 0);
    assert_int_equal(person(p)->ete_left_min, 0);
}

static void fixed_minutes_of_another_order_are_not_taken_off(void **state)
{
    (void)state;
    int p = few_worker(&few, 1000);
    (void)few_order(&few, p, 500);
    int a = few_appointment(&few, p, 0, AM_BOOKED);
    c->appointments[a].pinned = true;
    c->appointments[a].order = 1;
    assert_int_equal(person(p)->free_min, 1000);
}

static void an_induction_is_needed_until_there_was_one_or_work(void **state)
{
    (void)state;
    int p = few_worker(&few, 1000);
    assert_false(person(p)->needs_induction);
    c->people[p].inducted_on = AM_NO_DATE;
    assert_true(person(p)->needs_induction);
    c->orders[0].worked_min = 1;
    assert_false(person(p)->needs_induction);
    c->orders[0].worked_min = 0;
    int a = few_appointment(&few, p, 2, AM_BOOKED);
    assert_true(person(p)->needs_induction); /* merely booked */
    c->appointments[a].pinned = true;
    assert_false(person(p)->needs_induction);
    for (int s = AM_MISSED; s <= AM_STOOD_DOWN; s++) {
        c->appointments[a].state = (enum am_appointment_state)s;
        assert_true(person(p)->needs_induction);
    }
    c->appointments[a].state = AM_ATTENDED;
    assert_false(person(p)->needs_induction);
    c->appointment_count = 0;
    c->policy.induction_first = 0;
    assert_false(person(p)->needs_induction);
    c->policy.induction_first = 1;
    c->projects[INDUCTION].type = AM_GROUP;
    assert_false(person(p)->needs_induction);
}

static void a_waiver_in_force_when_the_window_begins_lifts_education_and_induction(void **state)
{
    (void)state;
    int p = few_worker(&few, 1000);
    c->people[p].inducted_on = AM_NO_DATE;
    int seven = few_waiver(&few, AM_R7, p), sixteen = few_waiver(&few, AM_R16, p);
    assert_int_equal(person(p)->ete_left_min, 1000);
    assert_false(person(p)->needs_induction);
    c->waivers[seven].until = c->waivers[sixteen].until = FEW_FROM;
    assert_int_equal(person(p)->ete_left_min, 1000);
    assert_false(person(p)->needs_induction);
    c->waivers[seven].until = c->waivers[sixteen].until = FEW_FROM - 1;
    assert_int_equal(person(p)->ete_left_min, 0);
    assert_true(person(p)->needs_induction);
}

static void last_week_is_the_seven_days_before_the_window(void **state)
{
    (void)state;
    int p = few_worker(&few, 1000), q = few_worker(&few, 1000);
    (void)few_earlier(&few, q, WORK, -7, "T", AM_ATTENDED);
    (void)few_earlier(&few, p, WORK, -8, "T", AM_ATTENDED);
    (void)few_earlier(&few, q, WORK, -1, "T", AM_BOOKED);
    (void)few_earlier(&few, q, WORK, -2, "T", AM_STOOD_DOWN);
    few_derive_orders(&few);
    const struct am_history *history = &few.orders.history;
    assert_int_equal(history->first[p], 0);
    assert_int_equal(history->first[p + 1], 0);
    assert_int_equal(history->first[q + 1], 2);
    assert_int_equal(history->last_week[0], 0);
    assert_int_equal(history->last_week[1], 2);
}

static void the_last_leader_is_that_of_the_latest_appointment(void **state)
{
    (void)state;
    int p = few_worker(&few, 1000);
    few_derive_orders(&few);
    assert_int_equal(few.orders.history.last_leader[0], -1);
    static const int days[] = {-9, -2, -2, -5, -1};
    for (int i = 0; i < 5; i++) {
        int a = few_earlier(&few, p, WORK, days[i], i < 4 ? "S0" : "S1", AM_BOOKED);
        c->appointments[a].supervisor = i;
    }
    (void)few_earlier(&few, p, WORK, -1, "S0", AM_BOOKED); /* led by nobody known */
    few_derive_orders(&few);
    assert_int_equal(few.orders.history.last_leader[0], 2);
    assert_int_equal(few.orders.history.last_leader[1], 4);
    assert_int_equal(few.orders.history.last_leader[2], -1);
}

static void bookable_places_are_rounded_down(void **state)
{
    (void)state;
    struct am_policy policy = {.over_instruction_percent = 120};
    assert_int_equal(am_bookable(&policy, 8), 9);
    assert_int_equal(am_bookable(&policy, 10), 12);
    policy.over_instruction_percent = 50;
    assert_int_equal(am_bookable(&policy, 1), 0);
    policy.over_instruction_percent = 300;
    assert_int_equal(am_bookable(&policy, 100000000), 300000000);
}

static void running_out_of_memory_is_reported(void **state)
{
    (void)state;
    (void)few_worker(&few, 1000);
    am_status status = AM_ENOMEM;
    long limit = 0;
    while (status != AM_OK) {
        struct am_err err;
        am_arena_release(&few.arena);
        few.arena.limit = ++limit;
        status = am_orders_build(c, &few.arena, &few.orders, &err);
        assert_true(status == AM_OK || (status == AM_ENOMEM && err.status == AM_ENOMEM));
    }
    assert_in_range(limit, 5, 20);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, make, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(what_is_worked_adjusted_and_booked_before_is_taken_off),
        EACH(steady_work_completes_an_order_early_where_policy_says_so),
        EACH(the_deadline_is_its_own_or_by_policy_or_none),
        EACH(education_is_a_fifth_of_what_was_ordered),
        EACH(an_order_is_started_by_work_or_by_an_appointment_not_stood_down),
        EACH(the_start_is_due_after_business_days),
        EACH(the_earliest_deadline_is_credited_then_the_event_number),
        EACH(the_sequence_of_events_does_not_depend_on_the_file),
        EACH(an_order_without_a_deadline_comes_last),
        EACH(an_order_waits_for_the_one_it_runs_after),
        EACH(only_pinned_recorded_and_past_appointments_are_fixed),
        EACH(fixed_appointments_are_by_person_and_time_with_their_minutes),
        EACH(what_is_fixed_is_taken_off_what_is_free),
        EACH(fixed_minutes_of_another_order_are_not_taken_off),
        EACH(an_induction_is_needed_until_there_was_one_or_work),
        EACH(a_waiver_in_force_when_the_window_begins_lifts_education_and_induction),
        EACH(last_week_is_the_seven_days_before_the_window),
        EACH(the_last_leader_is_that_of_the_latest_appointment),
        EACH(bookable_places_are_rounded_down),
        EACH(running_out_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
