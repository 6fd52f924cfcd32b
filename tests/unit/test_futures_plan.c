/* What the simulation is given of a plan: what is booked already, and who is yet to come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/futures_plan.h"
#include "solver/planning.h"
#include "tests/support/few.h"

enum { WEEKS = 8, MONDAY = 0, WEDNESDAY = 2, HOURS_9 = 540, FUTURES = 20 };

struct trial {
    struct few few;
    struct am_horizon horizon;
    struct am_plan plan;
    struct am_futures_setup setup;
};

static int pin(struct few *few, int person, int session, enum am_appointment_state state)
{
    int a = few_appointment(few, person, session, state);
    few->caseload.appointments[a].pinned = state == AM_BOOKED;
    return a;
}

/* Plan, and set up; everybody always comes. */
static void set_up(struct trial *trial)
{
    struct few *few = &trial->few;
    const struct am_horizon_wishes wishes = {.arrivals_per_week = -1};
    struct am_planning planning = am_planning_defaults();
    planning.threads = 1;
    for (int p = 0; p < few->caseload.person_count; p++)
        few->caseload.people[p].attendance_percent = 100;
    few_derive(few);
    assert_int_equal(am_horizon_build(&few->caseload, &few->orders, &few->clocks, &wishes,
                                      &few->arena, &trial->horizon, NULL),
                     AM_OK);
    assert_int_equal(am_plan_solve(&trial->horizon, &planning, &trial->plan, NULL), AM_OK);
    assert_int_equal(
        am_futures_setup_build(&trial->plan, &few->orders, &few->arena, &trial->setup, NULL),
        AM_OK);
}

static void release(struct trial *trial)
{
    am_plan_release(&trial->plan);
    few_release(&trial->few);
}

static const struct am_futures_given *given_on(const struct trial *trial, int week, int weekday,
                                               bool ete)
{
    const struct am_futures_given *found = NULL;
    for (int i = 0; i < trial->setup.given_count; i++) {
        const struct am_futures_given *at = &trial->setup.given[i];
        if (at->week == week && at->weekday == weekday && at->ete == ete) {
            assert_null(found);
            found = at;
        }
    }
    return found;
}

/* Pinned: two on one Monday, education on a Wednesday, one a week later; not
 * to be drawn: what was recorded, stood down, or is of nobody's order. */
static void what_is_booked_already_is_given_by_week_and_day(void **state)
{
    (void)state;
    struct trial trial;
    struct few *few = &trial.few;
    few_init(few);
    few->caseload.weeks = 2;
    int p = few_worker(few, 6000), done = few_worker(few, 420);
    few->caseload.orders[1].status = AM_ORDER_COMPLETED;
    int team = few_project(few, AM_GROUP), course = few_project(few, AM_ETE);
    for (int w = 0; w < WEEKS; w++) {
        int early = few_session(few, team, 7 * w + MONDAY, HOURS_9, 180);
        int late = few_session(few, team, 7 * w + MONDAY, HOURS_9 + 240, 120);
        int second = few_session(few, course, 7 * w + WEDNESDAY, HOURS_9, 60);
        int friday = few_session(few, team, 7 * w + 4, HOURS_9, 420);
        if (w == 0) {
            (void)pin(few, p, early, AM_BOOKED);
            (void)pin(few, p, late, AM_BOOKED);
            (void)pin(few, p, second, AM_BOOKED);
            (void)pin(few, done, friday, AM_BOOKED);
        } else if (w == 1) {
            (void)pin(few, p, early, AM_MISSED);
            (void)pin(few, p, friday, AM_BOOKED);
        }
    }
    few->caseload.people[p].wants_ete = true;
    set_up(&trial);
    assert_int_equal(trial.setup.given_count, 3);
    const struct am_futures_given *monday = given_on(&trial, 0, MONDAY, false);
    assert_non_null(monday);
    assert_int_equal(monday->minutes, 300);
    assert_int_equal(trial.setup.people[monday->person].attendance_percent, 100);
    assert_non_null(given_on(&trial, 0, WEDNESDAY, true));
    assert_int_equal(given_on(&trial, 0, WEDNESDAY, true)->minutes, 60);
    assert_non_null(given_on(&trial, 1, 4, false));
    assert_true(trial.setup.given[0].week <= trial.setup.given[1].week &&
                trial.setup.given[1].week <= trial.setup.given[2].week);
    release(&trial);
}

/* An order that is as long as what is pinned is done on the last day of it. */
static void what_is_pinned_may_be_all_there_is(void **state)
{
    (void)state;
    struct trial trial;
    struct am_futures futures;
    struct few *few = &trial.few;
    few_init(few);
    int p = few_worker(few, 840), team = few_project(few, AM_GROUP);
    for (int w = 0; w < WEEKS; w++) {
        int monday = few_session(few, team, 7 * w + MONDAY, HOURS_9, 420);
        int wednesday = few_session(few, team, 7 * w + WEDNESDAY, HOURS_9, 420);
        if (w == 0) {
            (void)pin(few, p, monday, AM_BOOKED);
            (void)pin(few, p, wednesday, AM_BOOKED);
        }
    }
    set_up(&trial);
    assert_int_equal(trial.plan.cell_count, 0);
    assert_int_equal(trial.setup.given_count, 2);
    const struct am_futures_options options = {.count = FUTURES, .seed = 1, .threads = 1};
    assert_int_equal(am_futures_run(&trial.setup, &options, &few->arena, &futures, NULL), AM_OK);
    assert_int_equal(futures.orders[0].on_time, FUTURES);
    assert_int_equal(futures.orders[0].at10, few->caseload.from + WEDNESDAY);
    assert_int_equal(futures.orders[0].at90, few->caseload.from + WEDNESDAY);
    release(&trial);
}

/* Those who arrive have an order of their own, due by policy. */
static void who_arrives_is_due_by_policy(void **state)
{
    (void)state;
    static struct am_arrivals listed[1];
    for (int months = 0; months <= 12; months += 12) {
        struct trial trial;
        struct few *few = &trial.few;
        few_init(few);
        (void)few_worker(few, 840);
        int team = few_project(few, AM_GROUP);
        for (int w = 0; w < WEEKS; w++)
            (void)few_session(few, team, 7 * w + MONDAY, HOURS_9, 420);
        am_date sentence = few->caseload.from + 9;
        listed[0] = (struct am_arrivals){sentence, 420, 1, 0};
        few->caseload.arrivals = listed;
        few->caseload.arrivals_count = 1;
        few->caseload.policy.completion_months = months == 0 ? AM_NO_LIMIT : months;
        set_up(&trial);
        int arrivals = 0;
        for (int j = 0; j < trial.setup.order_count; j++) {
            const struct am_futures_order *order = &trial.setup.orders[j];
            if (!order->arrival)
                continue;
            arrivals++;
            assert_int_equal(order->since, sentence);
            assert_int_equal(order->ahead_min, 420);
            assert_int_equal(order->deadline, months == 0 ? AM_NO_DATE : am_date_of(2027, 3, 10));
        }
        assert_int_equal(arrivals, 1);
        release(&trial);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_booked_already_is_given_by_week_and_day),
        cmocka_unit_test(what_is_pinned_may_be_all_there_is),
        cmocka_unit_test(who_arrives_is_due_by_policy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
