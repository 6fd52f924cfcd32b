#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "io/recurrence.h"

enum { NINE = 540 };

static am_date parsed(const char *text)
{
    am_date date;
    assert_true(am_date_parse(text, &date));
    return date;
}

/* The dates, written one after another, are these. */
static void assert_dates(const char *rule, const char *first, const char *last,
                         const char *expected)
{
    struct am_date_list list = {0};
    struct am_err err;
    char text[400] = "";
    size_t used = 0;
    assert_int_equal(am_recurrence_expand(rule, parsed(first), NINE, parsed(last), &list, &err),
                     AM_OK);
    for (int i = 0; i < list.count; i++) {
        char date[AM_DATE_TEXT];
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i > 0 ? " " : "",
                                 am_date_format(list.at[i], date) + 2);
        assert_true(used < sizeof text);
    }
    assert_string_equal(text, expected);
    am_date_list_release(&list);
}

static void assert_refused(const char *rule, const char *reason)
{
    struct am_date_list list = {0};
    struct am_err err;
    assert_int_equal(
        am_recurrence_expand(rule, parsed("2026-03-02"), NINE, parsed("2027-03-01"), &list, &err),
        AM_EINVALID);
    assert_non_null(strstr(err.msg, reason));
    am_date_list_release(&list);
}

static void weekly_rules_give_their_days(void **state)
{
    (void)state;
    assert_dates("FREQ=WEEKLY", "2026-03-02", "2026-03-22", "26-03-02 26-03-09 26-03-16");
    assert_dates("FREQ=WEEKLY;BYDAY=MO,TH", "2026-03-05", "2026-03-17",
                 "26-03-05 26-03-09 26-03-12 26-03-16");
    assert_dates("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2026-03-06", "2026-04-05",
                 "26-03-06 26-03-16 26-03-20 26-03-30 26-04-03");
    assert_dates("freq=weekly;byday=mo", "2026-03-02", "2026-03-09", "26-03-02 26-03-09");
    assert_dates("FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=SU,MO", "2026-03-01", "2026-03-30",
                 "26-03-01 26-03-02 26-03-15 26-03-16 26-03-29 26-03-30");
    assert_dates("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO", "2026-03-01", "2026-03-30",
                 "26-03-01 26-03-09 26-03-15 26-03-23 26-03-29");
}

static void without_a_rule_it_takes_place_once(void **state)
{
    (void)state;
    assert_dates(NULL, "2026-03-02", "2026-12-31", "26-03-02");
    assert_dates(NULL, "2026-03-02", "2026-03-01", "");
}

static void daily_and_monthly_rules_give_their_days(void **state)
{
    (void)state;
    assert_dates("FREQ=DAILY;INTERVAL=3", "2026-03-02", "2026-03-12",
                 "26-03-02 26-03-05 26-03-08 26-03-11");
    assert_dates("FREQ=DAILY;BYDAY=SA,SU", "2026-03-07", "2026-03-15",
                 "26-03-07 26-03-08 26-03-14 26-03-15");
    assert_dates("FREQ=MONTHLY;BYDAY=1MO", "2026-03-02", "2026-05-31",
                 "26-03-02 26-04-06 26-05-04");
    assert_dates("FREQ=MONTHLY;BYDAY=-1FR", "2026-03-27", "2026-05-31",
                 "26-03-27 26-04-24 26-05-29");
    assert_dates("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-31", "2026-06-30",
                 "26-01-31 26-03-31 26-05-31");
    assert_dates("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-03-31", "2026-05-31",
                 "26-03-31 26-04-30 26-05-29");
}

static void the_29th_of_february_returns_in_leap_years(void **state)
{
    (void)state;
    assert_dates("FREQ=YEARLY", "2024-02-29", "2033-01-01", "24-02-29 28-02-29 32-02-29");
}

static void counts_count_from_the_first(void **state)
{
    (void)state;
    assert_dates("FREQ=WEEKLY;COUNT=3", "2026-03-02", "2026-12-31", "26-03-02 26-03-09 26-03-16");
    assert_dates("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", "2026-03-02", "2026-12-31",
                 "26-03-02 26-03-04 26-03-09");
    assert_dates("FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=2", "2026-03-02", "2026-12-31",
                 "26-03-02 26-03-04");
    assert_dates("FREQ=DAILY;COUNT=1", "2026-03-02", "2026-12-31", "26-03-02");
}

static void until_includes_the_last_start(void **state)
{
    (void)state;
    assert_dates("FREQ=WEEKLY;UNTIL=20260316", "2026-03-02", "2026-12-31",
                 "26-03-02 26-03-09 26-03-16");
    assert_dates("FREQ=WEEKLY;UNTIL=20260316T090000", "2026-03-02", "2026-12-31",
                 "26-03-02 26-03-09 26-03-16");
    assert_dates("FREQ=WEEKLY;UNTIL=20260316T085900", "2026-03-02", "2026-12-31",
                 "26-03-02 26-03-09");
    /* summer time: 08:00 UTC is 09:00 in London */
    assert_dates("FREQ=WEEKLY;UNTIL=20260406T080000Z", "2026-03-30", "2026-12-31",
                 "26-03-30 26-04-06");
    assert_dates("FREQ=WEEKLY;UNTIL=20260406T075900Z", "2026-03-30", "2026-12-31", "26-03-30");
}

static void repeating_a_period_equals_asking_for_every_date(void **state)
{
    (void)state;
    static const char *const rules[] = {"FREQ=WEEKLY",
                                        "FREQ=WEEKLY;BYDAY=MO,TH,SU",
                                        "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SA",
                                        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO",
                                        "FREQ=DAILY;INTERVAL=5",
                                        "FREQ=WEEKLY;COUNT=50;BYDAY=MO,FR"};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        struct am_date_list repeated = {0}, all = {0};
        struct am_err err;
        char rule[200];
        /* every month: the same dates, but no period that could be repeated */
        (void)snprintf(rule, sizeof rule, "%s;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12", rules[i]);
        am_date first = parsed("2026-03-02"), last = parsed("2027-12-31");
        assert_int_equal(am_recurrence_expand(rules[i], first, NINE, last, &repeated, &err), AM_OK);
        assert_int_equal(am_recurrence_expand(rule, first, NINE, last, &all, &err), AM_OK);
        assert_int_equal(repeated.count, all.count);
        assert_memory_equal(repeated.at, all.at, (size_t)all.count * sizeof *all.at);
        am_date_list_release(&repeated);
        am_date_list_release(&all);
    }
}

static void rules_that_are_not_understood_are_refused(void **state)
{
    (void)state;
    assert_refused("", "1 to 199 characters");
    assert_refused("every Monday", "no part that a rule may have");
    assert_refused("RRULE:FREQ=WEEKLY", "no part that a rule may have");
    assert_refused("BYDAY=MO", "FREQ must be");
    assert_refused("FREQ=HOURLY", "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY, not HOURLY");
    assert_refused("FREQ=WEEKLY;BYHOUR=9", "BYHOUR");
    assert_refused("FREQ=WEEKLY;BYDAY", "BYDAY has no value");
    assert_refused("FREQ=WEEKLY;BYDAY=", "BYDAY has no value");
    assert_refused("FREQ=WEEKLY;BYDAY=XX", "not a recurrence rule");
    assert_refused("FREQ=WEEKLY;FREQ=DAILY", "FREQ is given twice");
    assert_refused("FREQ=WEEKLY;INTERVAL=0", "INTERVAL");
    assert_refused("FREQ=WEEKLY;COUNT=2x", "COUNT");
    assert_refused("FREQ=WEEKLY;COUNT=2;UNTIL=20260316", "exclude each other");
    assert_refused("FREQ=WEEKLY;UNTIL=20260230", "a date that exists");
    assert_refused("FREQ=WEEKLY;UNTIL=2026-03-16", "a date that exists");
    assert_refused("FREQ=WEEKLY;UNTIL=20260301", "UNTIL lies before the start");
    assert_refused("FREQ=WEEKLY;BYDAY=1MO", "numbered days");
    assert_refused("FREQ=WEEKLY;BYSETPOS=1", "BYSETPOS");
    assert_refused("FREQ=WEEKLY;BYMONTHDAY=2", "BYMONTHDAY");
    assert_refused("FREQ=MONTHLY;BYDAY=28FR", "BYDAY: the numbers here go from 1 to 5");
    assert_refused("FREQ=MONTHLY;BYDAY=MO,-6FR", "BYDAY: the numbers");
    assert_refused("FREQ=YEARLY;BYMONTH=3;BYDAY=6MO", "from 1 to 5");
    assert_refused("FREQ=YEARLY;BYDAY=54MO", "from 1 to 53");
    assert_refused("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "BYSETPOS: the numbers");
    assert_refused("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY: the numbers");
    assert_refused("FREQ=YEARLY;BYMONTH=3,13;BYMONTHDAY=2", "BYMONTH: the numbers");
    assert_refused("FREQ=WEEKLY;BYDAY=TU", "\"start\" is not among the dates");
    assert_refused("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never yields a date");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekly_rules_give_their_days),
        cmocka_unit_test(without_a_rule_it_takes_place_once),
        cmocka_unit_test(daily_and_monthly_rules_give_their_days),
        cmocka_unit_test(the_29th_of_february_returns_in_leap_years),
        cmocka_unit_test(counts_count_from_the_first),
        cmocka_unit_test(until_includes_the_last_start),
        cmocka_unit_test(repeating_a_period_equals_asking_for_every_date),
        cmocka_unit_test(rules_that_are_not_understood_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
