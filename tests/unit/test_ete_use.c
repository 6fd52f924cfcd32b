/* Who has education to spare, and which sessions could take it. */
#include "model/ete_use.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/few.h"

static struct few few;
static struct am_caseload *c;
static struct am_ete_use use;

/* Education of two hours on Tuesday and Thursday, work on Wednesday. */
static int make(void **state)
{
    (void)state;
    few_init(&few);
    c = &few.caseload;
    int learning = few_project(&few, AM_ETE), work = few_project(&few, AM_GROUP);
    (void)few_session(&few, learning, 1, 540, 120);
    (void)few_session(&few, work, 2, 540, 420);
    (void)few_session(&few, learning, 3, 540, 120);
    return 0;
}

static int release(void **state)
{
    (void)state;
    few_release(&few);
    return 0;
}

static void build(void)
{
    struct am_err err;
    few_derive(&few);
    assert_int_equal(am_ete_use_build(c, &few.orders, &few.eligibility, &few.arena, &use, &err),
                     AM_OK);
}

static void the_allowance_is_a_fifth_of_what_was_ordered(void **state)
{
    (void)state;
    int p = few_worker(&few, 3000);
    c->people[p].wants_ete = true;
    c->orders[0].worked_min = 500;
    c->orders[0].ete_min = 200;
    build();
    assert_int_equal(use.count, 1);
    assert_int_equal(use.people[0].allowance_min, 600);
    assert_int_equal(use.people[0].used_min, 200);
    assert_int_equal(use.people[0].left_min, 400);
    assert_int_equal(use.wanted_min, 400);
    assert_int_equal(use.people[0].left_min, few.orders.people[p].ete_left_min);
    assert_int_equal(use.people[0].count, 2);
    assert_int_equal(use.sessions[0], 0);
    assert_int_equal(use.sessions[1], 2);
}

static void a_session_longer_than_what_is_left_could_not_take_it(void **state)
{
    (void)state;
    int p = few_worker(&few, 3000);
    c->orders[0].worked_min = c->orders[0].ete_min = 481;
    for (int wants = 0; wants < 2; wants++) {
        c->people[p].wants_ete = wants;
        build();
        assert_int_equal(use.people[0].left_min, 119);
        assert_int_equal(use.people[0].count, 0);
    }
    c->orders[0].ete_min = 480;
    build();
    assert_int_equal(use.people[0].count, 2);
}

static void those_who_want_it_come_first_then_those_with_most(void **state)
{
    (void)state;
    (void)few_worker(&few, 6000);
    int wants = few_worker(&few, 1000);
    (void)few_worker(&few, 9000);
    c->people[wants].wants_ete = true;
    build();
    assert_int_equal(use.count, 3);
    assert_int_equal(use.people[0].person, 1);
    assert_int_equal(use.people[1].person, 2);
    assert_int_equal(use.people[2].person, 0);
    assert_int_equal(use.left_min, 1200 + 200 + 1800);
    assert_int_equal(use.wanted_min, 200);
}

static void what_is_used_up_or_finished_is_not_listed(void **state)
{
    (void)state;
    (void)few_worker(&few, 1000);
    (void)few_worker(&few, 1000);
    c->orders[0].worked_min = c->orders[0].ete_min = 200;
    c->orders[1].worked_min = 1000;
    build();
    assert_int_equal(use.count, 0);
    c->policy.ete_percent = AM_NO_LIMIT;
    build();
    assert_int_equal(use.count, 1);
    assert_int_equal(use.people[0].allowance_min, AM_NO_LIMIT);
    assert_int_equal(use.people[0].left_min, 800);
}

static void education_that_is_booked_is_spent(void **state)
{
    (void)state;
    int p = few_worker(&few, 3000);
    (void)few_earlier(&few, p, 0, -3, "T", AM_BOOKED);
    build();
    assert_int_equal(use.people[0].used_min, c->appointments[0].minutes);
    assert_int_equal(use.people[0].left_min, 600 - c->appointments[0].minutes);
}

#define EACH(name) cmocka_unit_test_setup_teardown(name, make, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(the_allowance_is_a_fifth_of_what_was_ordered),
        EACH(a_session_longer_than_what_is_left_could_not_take_it),
        EACH(those_who_want_it_come_first_then_those_with_most),
        EACH(what_is_used_up_or_finished_is_not_listed),
        EACH(education_that_is_booked_is_spent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
