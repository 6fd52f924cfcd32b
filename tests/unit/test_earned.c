/* Earned reduction: what completes an order when steady work takes time off it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "model/earned.h"

static struct am_policy policy;
static struct am_order order;

static int make(void **state)
{
    (void)state;
    am_policy_defaults(&policy);
    policy.earned_reduction = 1;
    order = (struct am_order){.ordered_min = 6000};
    return 0;
}

static void nothing_is_earned_unless_policy_says_so(void **state)
{
    (void)state;
    policy.earned_reduction = 0;
    assert_int_equal(am_minutes_needed(&policy, &order, false), 6000);
    assert_int_equal(am_minutes_earned(&policy, &order, false, 6000), 0);
}

static void a_hundred_hours_are_complete_after_seventy_five(void **state)
{
    (void)state;
    assert_int_equal(am_minutes_needed(&policy, &order, false), 4500);
    assert_int_equal(am_minutes_earned(&policy, &order, false, 1500), 0);
    assert_int_equal(am_minutes_earned(&policy, &order, false, 1502), 1);
    assert_int_equal(am_minutes_earned(&policy, &order, false, 4500), 1500);
    assert_int_equal(am_minutes_earned(&policy, &order, false, 6000), 1500);
}

static void an_absence_without_an_excuse_ends_it(void **state)
{
    (void)state;
    assert_int_equal(am_minutes_needed(&policy, &order, true), 6000);
    assert_int_equal(am_minutes_earned(&policy, &order, true, 4500), 0);
}

static void adjustments_count_to_what_is_required_and_not_to_what_is_ordered(void **state)
{
    (void)state;
    order.adjustment_min = -3000; /* 1,500 are worked before anything is earned */
    assert_int_equal(am_minutes_needed(&policy, &order, false), 2500);
    order.adjustment_min = -4600; /* done before that */
    assert_int_equal(am_minutes_needed(&policy, &order, false), 1400);
    order.adjustment_min = -7000;
    assert_int_equal(am_minutes_needed(&policy, &order, false), 0);
    order.adjustment_min = 3000; /* the cap: a quarter of 6,000 */
    assert_int_equal(am_minutes_needed(&policy, &order, false), 7500);
}

/* The definition, minute by minute. */
static int32_t counted(void)
{
    int32_t worked = 0;
    while (worked + am_minutes_earned(&policy, &order, false, worked) <
           order.ordered_min + order.adjustment_min)
        worked++;
    return worked;
}

static void what_is_needed_is_the_least_that_completes_the_order(void **state)
{
    (void)state;
    static const int32_t shares[] = {0, 1, 25, 33, 50, 99, 100};
    for (int t = 0; t < 7; t++)
        for (int p = 0; p < 7; p++)
            for (int c = 0; c < 7; c++)
                for (order.ordered_min = 1; order.ordered_min < 140; order.ordered_min += 23) {
                    policy.earned_threshold_percent = shares[t];
                    policy.earned_percent = shares[p];
                    policy.earned_cap_percent = shares[c];
                    order.adjustment_min = (p - c) * 3;
                    assert_int_equal(am_minutes_needed(&policy, &order, false), counted());
                }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(nothing_is_earned_unless_policy_says_so, make),
        cmocka_unit_test_setup(a_hundred_hours_are_complete_after_seventy_five, make),
        cmocka_unit_test_setup(an_absence_without_an_excuse_ends_it, make),
        cmocka_unit_test_setup(adjustments_count_to_what_is_required_and_not_to_what_is_ordered,
                               make),
        cmocka_unit_test_setup(what_is_needed_is_the_least_that_completes_the_order, make),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
