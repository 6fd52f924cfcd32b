/* A caseload with a little more of something (model/enlarge.h), and what a roster brings
 * (model/yield.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/enlarge.h"
#include "model/yield.h"
#include "tests/support/few.h"

enum { HOURS = 60, TUESDAY = 1, WEDNESDAY = 2, FRIDAY = 4 };

/* One worker and a project on Tuesday and Friday, booked on Friday. */
struct fixture {
    struct few few;
    struct am_arena arena;
    int person, project, tuesday, friday;
};

static void set_up(struct fixture *f)
{
    few_init(&f->few);
    am_arena_init(&f->arena);
    f->person = few_worker(&f->few, 100 * HOURS);
    f->project = few_project(&f->few, AM_GROUP);
    f->tuesday = few_session(&f->few, f->project, TUESDAY, 9 * HOURS, 7 * HOURS);
    f->friday = few_session(&f->few, f->project, FRIDAY, 9 * HOURS, 7 * HOURS);
    (void)few_appointment(&f->few, f->person, f->friday, AM_BOOKED);
    few_published(&f->few, f->person, f->friday);
    few_published_session(&f->few, f->friday, -1);
}

static void tear_down(struct fixture *f)
{
    am_arena_release(&f->arena);
    few_release(&f->few);
}

static void one_place_is_added_and_the_base_stays(void **state)
{
    (void)state;
    struct fixture f;
    struct am_caseload more;
    struct am_err err;
    set_up(&f);
    int32_t places = f.few.caseload.sessions[f.friday].places;
    assert_int_equal(am_enlarge_place(&f.few.caseload, f.friday, &f.arena, &more, &err), AM_OK);
    assert_int_equal(more.sessions[f.friday].places, places + 1);
    assert_int_equal(more.sessions[f.tuesday].places, places);
    assert_int_equal(f.few.caseload.sessions[f.friday].places, places);
    tear_down(&f);
}

static void a_session_goes_to_its_place_and_what_refers_to_later_ones_follows(void **state)
{
    (void)state;
    struct fixture f;
    struct am_caseload more;
    struct am_err err;
    int at = -1;
    set_up(&f);
    f.few.caseload.sessions[f.tuesday].pinned_supervisor = few_supervisor(&f.few);
    assert_int_equal(am_enlarge_session(&f.few.caseload, f.tuesday, FEW_FROM + WEDNESDAY, &f.arena,
                                        &more, &at, &err),
                     AM_OK);
    assert_int_equal(at, 1);
    assert_int_equal(more.window_session_count, 3);
    assert_int_equal(more.session_count, f.few.caseload.session_count + 1);
    assert_int_equal(more.sessions[at].date, FEW_FROM + WEDNESDAY);
    assert_int_equal(more.sessions[at].project, f.project);
    assert_int_equal(more.sessions[at].pinned_supervisor, -1);
    assert_int_not_equal(more.sessions[at].definition, more.sessions[0].definition);
    assert_int_equal(more.sessions[2].date, FEW_FROM + FRIDAY);
    assert_int_equal(more.appointments[0].session, 2);
    assert_int_equal(more.published_appointments[0].session, 2);
    assert_int_equal(more.published_sessions[0].session, 2);
    assert_int_equal(f.few.caseload.appointments[0].session, f.friday);
    tear_down(&f);
}

static void a_session_of_the_same_hour_comes_after_those_there_are(void **state)
{
    (void)state;
    struct fixture f;
    struct am_caseload more;
    struct am_err err;
    int at = -1;
    set_up(&f);
    assert_int_equal(am_enlarge_session(&f.few.caseload, f.friday, FEW_FROM + TUESDAY, &f.arena,
                                        &more, &at, &err),
                     AM_OK);
    assert_int_equal(at, 1);
    assert_int_equal(am_enlarge_session(&f.few.caseload, f.tuesday, FEW_FROM + FRIDAY, &f.arena,
                                        &more, &at, &err),
                     AM_OK);
    assert_int_equal(at, 2);
    assert_int_equal(more.appointments[0].session, f.friday);
    tear_down(&f);
}

static void a_supervisor_comes_for_one_day_with_the_middle_group_limit(void **state)
{
    (void)state;
    struct fixture f;
    struct am_caseload more;
    struct am_err err;
    static const int32_t limits[] = {12, 4, 8};
    set_up(&f);
    for (int m = 0; m < 3; m++)
        f.few.caseload.supervisors[few_supervisor(&f.few)].group_limit = limits[m];
    assert_int_equal(
        am_enlarge_supervisor(&f.few.caseload, FEW_FROM + FRIDAY, f.project, &f.arena, &more, &err),
        AM_OK);
    assert_int_equal(more.supervisor_count, 4);
    assert_int_equal(more.supervisors[3].group_limit, 8);
    assert_false(more.supervisors[3].any_project);
    assert_true(am_may_lead(&more, 3, f.friday));
    assert_false(am_may_lead(&more, 3, f.tuesday));
    assert_int_equal(
        am_enlarge_supervisor(&f.few.caseload, FEW_FROM + TUESDAY, -1, &f.arena, &more, &err),
        AM_OK);
    assert_true(am_may_lead(&more, 3, f.tuesday));
    assert_int_equal(f.few.caseload.supervisor_count, 3);
    tear_down(&f);
}

/* A table says 95 minutes each way; the limit is 90. */
static void a_journey_a_little_too_long_is_waived_and_no_other(void **state)
{
    (void)state;
    struct fixture f;
    struct am_derived_few {
        struct am_orders orders;
        struct am_eligibility eligibility;
    } derived;
    struct am_caseload more;
    struct am_err err;
    int people = -1;
    set_up(&f);
    int away = few_place(&f.few, 54000000, -2000000);
    f.few.caseload.appointment_count = 0;
    f.few.caseload.sessions[f.tuesday].place = away;
    f.few.caseload.sessions[f.friday].place = away;
    f.few.caseload.people[f.person].modes = 1U << AM_CAR;
    struct am_travel_table *table = few_table(&f.few, AM_CAR, 95);
    few_derive(&f.few);
    assert_int_equal(f.few.eligibility.pair_count, 0);
    struct am_further further = {f.project, 0, 4};
    assert_int_equal(am_enlarge_travel(&f.few.caseload, further, &f.arena, &more, &people, &err),
                     AM_OK);
    assert_int_equal(people, 0);
    further.minutes = 5;
    assert_int_equal(am_enlarge_travel(&f.few.caseload, further, &f.arena, &more, &people, &err),
                     AM_OK);
    assert_int_equal(people, 1);
    assert_int_equal(more.waivers[0].rule, AM_R3);
    *few_minutes(&f.few, table, f.few.caseload.people[f.person].home, away) = 95;
    assert_int_equal(am_orders_build(&more, &f.arena, &derived.orders, &err), AM_OK);
    assert_int_equal(
        am_eligibility_build(&more, &derived.orders, &f.arena, &derived.eligibility, &err), AM_OK);
    assert_int_equal(derived.eligibility.pair_count, 2);
    am_enlarge_travel_trim(&more, further, &f.few.eligibility, &derived.eligibility);
    assert_int_equal(derived.eligibility.pair_count, 2);
    further.minutes = 4; /* what a waiver lets in beyond that is taken out again */
    am_enlarge_travel_trim(&more, further, &f.few.eligibility, &derived.eligibility);
    assert_int_equal(derived.eligibility.pair_count, 0);
    assert_int_equal(derived.eligibility.first[1], 0);
    tear_down(&f);
}

static am_status enlarge_in_all_ways(struct fixture *f, struct am_err *err)
{
    struct am_caseload more;
    int number;
    am_status status = am_enlarge_place(&f->few.caseload, f->friday, &f->arena, &more, err);
    if (status == AM_OK)
        status = am_enlarge_session(&f->few.caseload, f->friday, FEW_FROM + WEDNESDAY, &f->arena,
                                    &more, &number, err);
    if (status == AM_OK)
        status = am_enlarge_supervisor(&f->few.caseload, FEW_FROM, -1, &f->arena, &more, err);
    if (status == AM_OK)
        status = am_enlarge_travel(&f->few.caseload, (struct am_further){f->project, 0, 10},
                                   &f->arena, &more, &number, err);
    return status;
}

static void every_failed_allocation_is_an_error(void **state)
{
    (void)state;
    struct fixture f;
    struct am_err err;
    am_status status = AM_ENOMEM;
    long failed = 0;
    set_up(&f);
    while (status != AM_OK) {
        am_arena_release(&f.arena);
        am_arena_init(&f.arena);
        f.arena.limit = ++failed;
        status = enlarge_in_all_ways(&f, &err);
        assert_true(status == AM_OK || err.status == AM_ENOMEM);
    }
    assert_true(failed > 8);
    tear_down(&f);
}

/* ---- what a roster brings ---- */

static void a_roster_brings_starts_minutes_and_finished_orders(void **state)
{
    (void)state;
    struct few few;
    struct am_roster roster;
    struct am_yield yield;
    struct am_err err;
    few_init(&few);
    int project = few_project(&few, AM_GROUP);
    int session = few_session(&few, project, FRIDAY, 9 * HOURS, 7 * HOURS);
    int late = few_worker(&few, 100 * HOURS); /* sentenced on 1 January: due by now */
    int fresh = few_worker(&few, 5 * HOURS);
    few.caseload.orders[few.caseload.people[fresh].first_order].sentence_date = FEW_FROM - 7;
    (void)few_worker(&few, 100 * HOURS); /* has nothing */
    few_derive(&few);
    assert_int_equal(am_roster_init(&roster, &few.caseload, &err), AM_OK);
    const int16_t minutes[] = {7 * HOURS, 5 * HOURS};
    const int people[] = {late, fresh};
    for (int i = 0; i < 2; i++)
        assert_int_equal(am_roster_add(&roster,
                                       (struct am_roster_appointment){
                                           .person = people[i],
                                           .order = few.caseload.people[people[i]].first_order,
                                           .session = session,
                                           .start = 9 * HOURS,
                                           .minutes = minutes[i]},
                                       &err),
                         AM_OK);
    am_roster_sort(&roster);
    assert_int_equal(am_yield_of(&roster, &few.orders, &few.clocks, &yield, &err), AM_OK);
    assert_int_equal(yield.placed, 2);
    assert_int_equal(yield.starting_on_time, 1);
    assert_int_equal(yield.minutes, 12 * HOURS);
    assert_int_equal(yield.orders_finished, 1);
    roster.appointments[0].recorded = true;
    roster.appointments[1].recorded = true;
    assert_int_equal(am_yield_of(&roster, &few.orders, &few.clocks, &yield, &err), AM_OK);
    assert_int_equal(yield.placed + yield.starting_on_time + yield.minutes, 0);
    am_roster_release(&roster);
    few_release(&few);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_place_is_added_and_the_base_stays),
        cmocka_unit_test(a_session_goes_to_its_place_and_what_refers_to_later_ones_follows),
        cmocka_unit_test(a_session_of_the_same_hour_comes_after_those_there_are),
        cmocka_unit_test(a_supervisor_comes_for_one_day_with_the_middle_group_limit),
        cmocka_unit_test(a_journey_a_little_too_long_is_waived_and_no_other),
        cmocka_unit_test(every_failed_allocation_is_an_error),
        cmocka_unit_test(a_roster_brings_starts_minutes_and_finished_orders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
