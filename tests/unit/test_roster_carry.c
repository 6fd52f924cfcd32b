/* A roster taken over to a caseload in which other things stand elsewhere. */
#include "model/roster_carry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/few.h"

static struct few was, now;

static void make_three(struct few *few)
{
    few_init(few);
    int project = few_project(few, AM_GROUP);
    for (int day = 0; day < 3; day++)
        few->caseload.sessions[few_session(few, project, day, 540, 420)].supervised = true;
    for (int p = 0; p < 3; p++)
        (void)few_worker(few, 6000);
    for (int m = 0; m < 2; m++)
        (void)few_supervisor(few);
}

static int make(void **state)
{
    (void)state;
    make_three(&was);
    make_three(&now);
    return 0;
}

static int release(void **state)
{
    (void)state;
    few_release(&was);
    few_release(&now);
    return 0;
}

/* Person p attends session p under supervisor p % 2. */
static void fill(struct am_roster *roster)
{
    struct am_err err;
    assert_int_equal(am_roster_init(roster, &was.caseload, &err), AM_OK);
    for (int p = 0; p < 3; p++) {
        const struct am_roster_appointment at = {.person = p, .session = p, .minutes = 420};
        roster->sessions[p] = (struct am_roster_session){true, p % 2};
        assert_int_equal(am_roster_add(roster, at, &err), AM_OK);
    }
}

static struct am_roster carry(void)
{
    struct am_err err;
    struct am_roster from, to;
    fill(&from);
    assert_int_equal(am_roster_carry(&from, &now.caseload, &to, &err), AM_OK);
    am_roster_release(&from);
    return to;
}

static void an_equal_caseload_takes_everything(void **state)
{
    (void)state;
    struct am_roster to = carry();
    assert_int_equal(to.appointment_count, 3);
    for (int s = 0; s < 3; s++) {
        assert_true(to.sessions[s].runs);
        assert_int_equal(to.sessions[s].supervisor, s % 2);
        assert_int_equal(to.appointments[s].person, s);
        assert_int_equal(to.appointments[s].session, s);
    }
    am_roster_release(&to);
}

static void people_are_known_by_their_crn(void **state)
{
    (void)state;
    struct am_person first = now.caseload.people[0];
    now.caseload.people[0] = now.caseload.people[2];
    now.caseload.people[2] = first;
    struct am_roster to = carry();
    assert_int_equal(to.appointment_count, 3);
    assert_int_equal(to.appointments[0].person, 2);
    assert_int_equal(to.appointments[2].person, 0);
    am_roster_release(&to);
}

static void who_is_gone_is_left_out(void **state)
{
    (void)state;
    now.caseload.person_count = 2;
    now.caseload.supervisor_count = 1;
    struct am_roster to = carry();
    assert_int_equal(to.appointment_count, 2);
    assert_true(to.sessions[1].runs);
    assert_int_equal(to.sessions[1].supervisor, -1);
    am_roster_release(&to);
}

static void a_session_is_known_by_its_id_and_original_date(void **state)
{
    (void)state;
    now.caseload.sessions[1].original_date += 7;
    struct am_roster to = carry();
    assert_int_equal(to.appointment_count, 2);
    assert_false(to.sessions[1].runs);
    am_roster_release(&to);
}

static void a_session_that_nobody_leads_stays_so(void **state)
{
    (void)state;
    struct am_err err;
    struct am_roster from, to;
    fill(&from);
    from.sessions[0].supervisor = -1;
    assert_int_equal(am_roster_carry(&from, &now.caseload, &to, &err), AM_OK);
    assert_true(to.sessions[0].runs);
    assert_int_equal(to.sessions[0].supervisor, -1);
    am_roster_release(&to);
    am_roster_release(&from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_equal_caseload_takes_everything, make, release),
        cmocka_unit_test_setup_teardown(people_are_known_by_their_crn, make, release),
        cmocka_unit_test_setup_teardown(who_is_gone_is_left_out, make, release),
        cmocka_unit_test_setup_teardown(a_session_is_known_by_its_id_and_original_date, make,
                                        release),
        cmocka_unit_test_setup_teardown(a_session_that_nobody_leads_stays_so, make, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
