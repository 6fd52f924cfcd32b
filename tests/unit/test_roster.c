/* A roster's appointments in order, its gap, and what is fixed in it. */
#include "model/roster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/few.h"

static struct few few;
static struct am_caseload *c;
static struct am_roster roster;

/* Four people and three supervised sessions, on Tuesday to Thursday. */
static int make(void **state)
{
    (void)state;
    struct am_err err;
    few_init(&few);
    c = &few.caseload;
    int project = few_project(&few, AM_GROUP);
    for (int day = 1; day < 4; day++)
        c->sessions[few_session(&few, project, day, 540, 420)].supervised = true;
    for (int p = 0; p < 4; p++)
        (void)few_worker(&few, 6000);
    (void)few_supervisor(&few);
    (void)few_supervisor(&few);
    return am_roster_init(&roster, c, &err) == AM_OK ? 0 : -1;
}

static int release(void **state)
{
    (void)state;
    am_roster_release(&roster);
    few_release(&few);
    return 0;
}

static void an_empty_roster_runs_nothing(void **state)
{
    (void)state;
    for (int s = 0; s < 3; s++) {
        assert_false(roster.sessions[s].runs);
        assert_int_equal(roster.sessions[s].supervisor, -1);
        assert_int_equal(am_roster_booked(&roster, s), 0);
        assert_int_equal(am_roster_first(&roster, s), 0);
    }
    assert_int_equal(roster.outcome, AM_OUTCOME_NONE);
    am_roster_sort(&roster);
    assert_int_equal(roster.appointment_count, 0);
}

static void add(int person, int session)
{
    struct am_err err;
    const struct am_roster_appointment a = {.person = person, .session = session, .minutes = 7};
    assert_int_equal(am_roster_add(&roster, a, &err), AM_OK);
}

static void appointments_are_sorted_by_session_then_person(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++)
        add((i * 7) % 4, (i * 5) % 2 * 2);
    am_roster_sort(&roster);
    assert_int_equal(roster.appointment_count, 200);
    for (int i = 1; i < 200; i++) {
        const struct am_roster_appointment *a = &roster.appointments[i - 1];
        assert_true(a->session < a[1].session ||
                    (a->session == a[1].session && a->person <= a[1].person));
        assert_int_equal(a->minutes, 7);
    }
    assert_int_equal(am_roster_booked(&roster, 0), 100);
    assert_int_equal(am_roster_booked(&roster, 1), 0);
    assert_int_equal(am_roster_booked(&roster, 2), 100);
    assert_int_equal(am_roster_first(&roster, 0), 0);
    assert_int_equal(am_roster_first(&roster, 1), 100);
    assert_int_equal(am_roster_first(&roster, 2), 100);
}

static void outcomes_have_words(void **state)
{
    (void)state;
    assert_string_equal(am_outcome_word(AM_OUTCOME_OPTIMAL), "optimal");
    assert_string_equal(am_outcome_word(AM_OUTCOME_FEASIBLE), "feasible");
    assert_string_equal(am_outcome_word(AM_OUTCOME_STOPPED), "stopped");
    assert_string_equal(am_outcome_word(AM_OUTCOME_NONE), "none");
}

static int64_t gap(int64_t objective, int64_t bound, int64_t fixed_only)
{
    const struct am_proof proof = {objective, bound, fixed_only};
    return am_proof_gap_ppm(&proof);
}

static void the_gap_is_rounded_up_to_millionths(void **state)
{
    (void)state;
    assert_int_equal(gap(100, 100, 1000), 0);
    assert_int_equal(gap(100, 100, 100), 0);
    assert_int_equal(gap(150, 100, 200), 500000);
    assert_int_equal(gap(200, 100, 200), 1000000);
    assert_int_equal(gap(101, 100, 103), 333334);
    assert_int_equal(gap(-899, -900, 100), 1000);
    assert_int_equal(gap(1, 0, 1000000), 1);
    assert_int_equal(gap(1, 0, 1000001), 1);
    assert_int_equal(gap(1, 0, 999999), 2);
    assert_int_equal(gap(1, 0, INT64_MAX), 1);
}

static void the_gap_of_huge_totals_is_exact(void **state)
{
    (void)state;
    assert_int_equal(gap(INT64_MAX, INT64_MIN, INT64_MAX), 1000000);
    assert_int_equal(gap(0, INT64_MIN, INT64_MAX), 500001); /* 2^63 of 2^64 - 1 */
    assert_int_equal(gap(INT64_MAX - 1, INT64_MIN, INT64_MAX), 1000000);
    assert_int_equal(gap(INT64_MAX / 4, 0, INT64_MAX - 3), 250000);
    assert_int_equal(gap(INT64_MAX / 4 + 1, 0, INT64_MAX - 3), 250001);
    assert_int_equal(gap(INT64_MAX, 0, 1), INT64_MAX);
}

static void the_gap_is_that_of_long_division(void **state)
{
    (void)state;
    uint64_t random = 3;
    for (int i = 0; i < 20000; i++) {
        random = random * 6364136223846793005U + 1442695040888963407U;
        int64_t divisor = (int64_t)((random >> 34) % 1000000) + 1;
        int64_t above = (int64_t)((random >> 20) % 2000000);
        int64_t expected = (above * 1000000 + divisor - 1) / divisor;
        assert_int_equal(gap(above - 500, -500, divisor - 500), expected);
    }
}

static void a_bound_at_what_is_fixed_leaves_everything_to_prove(void **state)
{
    (void)state;
    assert_int_equal(gap(10, 5, 5), 1000000);
    assert_int_equal(gap(10, 5, 4), 1000000);
}

/* ---- what is fixed ---- */

static void fix(void)
{
    struct am_err err;
    few_derive_orders(&few);
    assert_int_equal(am_roster_fixed_only(c, &few.orders, &roster, &err), AM_OK);
}

static void what_is_merely_booked_is_not_fixed(void **state)
{
    (void)state;
    (void)few_appointment(&few, 0, 0, AM_BOOKED);
    fix();
    assert_int_equal(roster.appointment_count, 0);
    assert_false(roster.sessions[0].runs);
}

static void a_pinned_appointment_makes_its_session_run(void **state)
{
    (void)state;
    int a = few_appointment(&few, 3, 1, AM_BOOKED);
    c->appointments[a].pinned = true;
    c->appointments[a].start = 600;
    c->appointments[a].minutes = 100;
    fix();
    assert_int_equal(roster.appointment_count, 1);
    const struct am_roster_appointment *fixed = &roster.appointments[0];
    assert_int_equal(fixed->person, 3);
    assert_int_equal(fixed->order, 3);
    assert_int_equal(fixed->session, 1);
    assert_int_equal(fixed->start, 600);
    assert_int_equal(fixed->minutes, 100);
    assert_int_equal(fixed->there, 0);
    assert_true(fixed->fixed);
    assert_false(fixed->recorded);
    assert_true(roster.sessions[1].runs);
    assert_int_equal(roster.sessions[1].supervisor, -1);
}

static void a_pinned_supervisor_leads_a_session_that_runs(void **state)
{
    (void)state;
    int a = few_appointment(&few, 3, 1, AM_BOOKED);
    c->appointments[a].pinned = true;
    c->sessions[1].pinned_supervisor = c->sessions[2].pinned_supervisor = 1;
    fix();
    assert_int_equal(roster.sessions[1].supervisor, 1);
    assert_false(roster.sessions[2].runs);
    assert_int_equal(roster.sessions[2].supervisor, -1);
}

static void an_unknown_journey_of_a_fixed_appointment_is_not_invented(void **state)
{
    (void)state;
    int a = few_appointment(&few, 3, 1, AM_BOOKED);
    c->appointments[a].pinned = true;
    c->people[3].home = -1;
    fix();
    assert_int_equal(roster.appointments[0].there, -1);
    assert_int_equal(roster.appointments[0].back, -1);
}

static void a_session_of_today_does_not_run_for_records_alone(void **state)
{
    (void)state;
    c->as_of = FEW_FROM + 1;
    (void)few_appointment(&few, 0, 0, AM_MISSED);
    fix();
    assert_int_equal(roster.appointment_count, 1);
    assert_true(roster.appointments[0].recorded);
    assert_false(roster.sessions[0].runs);
}

static void a_past_session_runs_under_the_supervisor_named_first(void **state)
{
    (void)state;
    c->as_of = FEW_FROM + 3;
    int a = few_appointment(&few, 0, 0, AM_STOOD_DOWN);
    c->appointments[a].supervisor = 0;
    (void)few_appointment(&few, 1, 0, AM_ATTENDED);
    a = few_appointment(&few, 3, 0, AM_ATTENDED);
    c->appointments[a].supervisor = 1;
    a = few_appointment(&few, 2, 0, AM_ATTENDED); /* an earlier person, later in the file */
    c->appointments[a].supervisor = 0;
    (void)few_appointment(&few, 2, 1, AM_STOOD_DOWN);
    fix();
    assert_true(roster.sessions[0].runs);
    assert_int_equal(roster.sessions[0].supervisor, 1);
    assert_false(roster.sessions[1].runs);
    assert_int_equal(am_roster_booked(&roster, 0), 4);
}

static void a_closed_session_runs_for_what_is_pinned_to_it(void **state)
{
    (void)state;
    int a = few_appointment(&few, 0, 0, AM_BOOKED);
    c->appointments[a].pinned = true;
    c->sessions[0].closed = AM_CANCELLED;
    fix();
    assert_true(roster.sessions[0].runs);
    assert_int_equal(roster.sessions[0].supervisor, -1);
}

static void running_out_of_memory_is_reported(void **state)
{
    (void)state;
    int a = few_appointment(&few, 3, 1, AM_BOOKED);
    c->appointments[a].pinned = true;
    few_derive_orders(&few);
    long taken = roster.arena.taken;
    am_status status = AM_ENOMEM;
    for (long limit = taken; status != AM_OK; limit++) {
        struct am_err err;
        am_roster_release(&roster);
        assert_int_equal(am_roster_init(&roster, c, &err), AM_OK);
        roster.arena.limit = limit;
        status = am_roster_fixed_only(c, &few.orders, &roster, &err);
        assert_true(status == AM_OK || err.status == AM_ENOMEM);
    }
    assert_int_equal(roster.arena.taken, taken + 2);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, make, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(an_empty_roster_runs_nothing),
        EACH(appointments_are_sorted_by_session_then_person),
        EACH(outcomes_have_words),
        EACH(the_gap_is_rounded_up_to_millionths),
        EACH(the_gap_of_huge_totals_is_exact),
        EACH(the_gap_is_that_of_long_division),
        EACH(a_bound_at_what_is_fixed_leaves_everything_to_prove),
        EACH(what_is_merely_booked_is_not_fixed),
        EACH(a_pinned_appointment_makes_its_session_run),
        EACH(a_pinned_supervisor_leads_a_session_that_runs),
        EACH(an_unknown_journey_of_a_fixed_appointment_is_not_invented),
        EACH(a_session_of_today_does_not_run_for_records_alone),
        EACH(a_past_session_runs_under_the_supervisor_named_first),
        EACH(a_closed_session_runs_for_what_is_pinned_to_it),
        EACH(running_out_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
