/* Dates, minutes, months and business days, against stepping day by day. */
#include "model/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && leap(year));
}

static am_date date(const char *text)
{
    am_date parsed = AM_NO_DATE;
    assert_true(am_date_parse(text, &parsed));
    return parsed;
}

static void assert_date(am_date actual, const char *expected)
{
    char text[AM_DATE_TEXT];
    assert_string_equal(am_date_format(actual, text), expected);
}

static void every_day_of_three_centuries_goes_there_and_back(void **state)
{
    (void)state;
    am_date expected = date("1900-01-01");
    int weekday = AM_MO; /* 1 January 1900 was a Monday */
    for (int year = 1900; year <= 2200; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= days_in(year, month); day++) {
                struct am_civil civil = am_civil_of(expected);
                assert_int_equal(am_date_of(year, month, day), expected);
                assert_int_equal(civil.year, year);
                assert_int_equal(civil.month, month);
                assert_int_equal(civil.day, day);
                assert_int_equal((int)am_weekday_of(expected), weekday);
                expected++;
                weekday = (weekday + 1) % 7;
            }
}

static void the_epoch_is_day_nought(void **state)
{
    (void)state;
    assert_int_equal(am_date_of(1970, 1, 1), 0);
    assert_int_equal(am_date_of(2026, 3, 2), 20514);
    assert_int_equal(am_stamp_of(1, 30), 1470);
    assert_int_equal(am_stamp_of(-1, 30), -1410);
}

static void civil_dates_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    assert_true(am_civil_valid(2024, 2, 29));
    assert_true(am_civil_valid(2000, 2, 29));
    assert_true(am_civil_valid(1900, 1, 1));
    assert_true(am_civil_valid(2200, 12, 31));
    assert_false(am_civil_valid(1900, 2, 29));
    assert_false(am_civil_valid(2023, 2, 29));
    assert_false(am_civil_valid(1899, 12, 31));
    assert_false(am_civil_valid(2201, 1, 1));
    assert_false(am_civil_valid(2024, 0, 1));
    assert_false(am_civil_valid(2024, 13, 1));
    assert_false(am_civil_valid(2024, 4, 31));
    assert_false(am_civil_valid(2024, 4, 0));
}

static void a_week_begins_on_its_monday(void **state)
{
    (void)state;
    am_date monday = date("2026-03-02");
    for (int d = 0; d < 7; d++)
        assert_int_equal(am_monday_of(monday + d), monday);
    assert_int_equal(am_monday_of(monday - 1), monday - 7);
    assert_int_equal(am_monday_of(date("1969-12-31")), date("1969-12-29"));
}

static void weeks_are_counted_by_the_floor(void **state)
{
    (void)state;
    assert_int_equal(am_week_of(100, 100), 0);
    assert_int_equal(am_week_of(106, 100), 0);
    assert_int_equal(am_week_of(107, 100), 1);
    assert_int_equal(am_week_of(99, 100), -1);
    assert_int_equal(am_week_of(93, 100), -1);
    assert_int_equal(am_week_of(92, 100), -2);
}

static void only_exact_dates_are_parsed(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",           "2026-3-02",   "2026-03-2",   "2026/03/02",
                                        "26-03-02",   " 2026-03-02", "2026-03-02 ", "2026-03-02T",
                                        "2026-02-30", "2026-13-01",  "+026-03-02",  "2026-0a-02",
                                        "1899-12-31", "2201-01-01",  "20260302",    "2026-03-",
                                        "2026-00-10", "2026--3-02"};
    am_date parsed = 77;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(am_date_parse(wrong[i], &parsed));
        assert_int_equal(parsed, 77);
    }
    assert_true(am_date_parse("2026-03-02", &parsed));
    assert_int_equal(parsed, 20514);
}

static void only_exact_times_are_parsed(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",     "9:30",   "09:60", "24:01", "25:00",  "09.30",
                                        "09:3", "09:300", "-9:30", "0930",  "09:30 ", "99:99"};
    int minute = 77;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(am_minute_parse(wrong[i], &minute));
        assert_int_equal(minute, 77);
    }
    assert_true(am_minute_parse("00:00", &minute));
    assert_int_equal(minute, 0);
    assert_true(am_minute_parse("24:00", &minute));
    assert_int_equal(minute, 1440);
}

static void every_minute_is_written_as_it_is_read(void **state)
{
    (void)state;
    for (int minute = 0; minute <= 1440; minute++) {
        char text[AM_MINUTE_TEXT];
        int parsed = -1;
        assert_true(am_minute_parse(am_minute_format(minute, text), &parsed));
        assert_int_equal(parsed, minute);
    }
}

static void a_date_with_a_time_may_have_seconds_that_are_nought(void **state)
{
    (void)state;
    am_date parsed = 77;
    int minute = 77;
    static const char *const wrong[] = {"",
                                        "2026-03-02",
                                        "2026-03-02 09:30",
                                        "2026-03-02T9:30",
                                        "2026-03-02T09:30:01",
                                        "2026-03-02T09:30:0",
                                        "2026-03-02T09:30Z",
                                        "2026-03-02T09:30:00Z",
                                        "2026-02-30T09:30",
                                        "2026-03-02T24:30"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(am_datetime_parse(wrong[i], &parsed, &minute));
        assert_int_equal(parsed, 77);
        assert_int_equal(minute, 77);
    }
    assert_true(am_datetime_parse("2026-03-02T09:30", &parsed, &minute));
    assert_int_equal(parsed, 20514);
    assert_int_equal(minute, 570);
    assert_true(am_datetime_parse("2026-03-03T24:00:00", &parsed, &minute));
    assert_int_equal(parsed, 20515);
    assert_int_equal(minute, 1440);
}

static void days_and_months_have_names(void **state)
{
    (void)state;
    assert_string_equal(am_weekday_code(AM_MO), "MO");
    assert_string_equal(am_weekday_code(AM_SU), "SU");
    assert_string_equal(am_weekday_name(AM_WE), "Wednesday");
    assert_string_equal(am_month_name(1), "January");
    assert_string_equal(am_month_name(12), "December");
}

static void twelve_months_end_the_day_before_the_anniversary(void **state)
{
    (void)state;
    assert_date(am_months_end(date("2024-02-29"), 12), "2025-02-28");
    assert_date(am_months_end(date("2023-03-01"), 12), "2024-02-29");
    assert_date(am_months_end(date("2024-02-28"), 12), "2025-02-27");
    assert_date(am_months_end(date("2024-03-01"), 12), "2025-02-28");
    assert_date(am_months_end(date("2025-01-01"), 12), "2025-12-31");
    assert_date(am_months_end(date("2025-12-31"), 12), "2026-12-30");
    assert_date(am_months_end(date("2024-02-29"), 48), "2028-02-28");
    assert_date(am_months_end(date("2025-08-31"), 6), "2026-02-28");
    assert_date(am_months_end(date("2025-10-31"), 1), "2025-11-30");
    assert_date(am_months_end(date("2025-11-30"), 3), "2026-02-28");
}

/* The anniversary by stepping: the first day on or after the sentence that has
 * the month counted off and a day not before the sentence's, or, failing that,
 * the first day of the month after. */
static am_date end_by_stepping(am_date sentence, int months)
{
    struct am_civil from = am_civil_of(sentence), now = from;
    int passed = 0;
    am_date day = sentence;
    while (passed < months || (passed == months && now.day < from.day)) {
        struct am_civil next = am_civil_of(++day);
        passed += next.month != now.month;
        now = next;
    }
    return day - 1;
}

static void months_end_where_stepping_day_by_day_ends_them(void **state)
{
    (void)state;
    for (am_date day = date("2019-12-25"); day <= date("2025-03-05"); day++)
        for (int months = 1; months <= 24; months += 1 + (months > 3) * 4)
            assert_int_equal(am_months_end(day, months), end_by_stepping(day, months));
}

static const char *const holiday_texts[] = {"2025-12-25", "2025-12-26", "2026-01-01",
                                            "2026-04-03", "2026-04-06", "2026-05-04"};
enum { HOLIDAYS = sizeof holiday_texts / sizeof holiday_texts[0] };

static struct am_dates holidays(void)
{
    static am_date at[HOLIDAYS];
    for (int i = 0; i < HOLIDAYS; i++)
        at[i] = date(holiday_texts[i]);
    return (struct am_dates){at, HOLIDAYS};
}

static void a_list_of_dates_knows_exactly_its_own(void **state)
{
    (void)state;
    struct am_dates dates = holidays();
    int found = 0;
    for (am_date day = date("2025-12-01"); day <= date("2026-06-01"); day++)
        found += am_dates_contain(dates, day);
    assert_int_equal(found, HOLIDAYS);
    for (int i = 0; i < HOLIDAYS; i++)
        assert_true(am_dates_contain(dates, dates.at[i]));
    assert_false(am_dates_contain((struct am_dates){NULL, 0}, 0));
}

static void weekends_and_bank_holidays_are_not_business_days(void **state)
{
    (void)state;
    struct am_dates dates = holidays();
    assert_true(am_is_business_day(date("2025-12-24"), dates));
    assert_false(am_is_business_day(date("2025-12-25"), dates));
    assert_false(am_is_business_day(date("2025-12-27"), dates));
    assert_false(am_is_business_day(date("2025-12-28"), dates));
    assert_true(am_is_business_day(date("2025-12-29"), dates));
}

static void day_one_is_the_next_business_day(void **state)
{
    (void)state;
    struct am_dates none = {NULL, 0};
    assert_date(am_business_days_after(date("2026-03-02"), 1, none), "2026-03-03");
    assert_date(am_business_days_after(date("2026-03-06"), 1, none), "2026-03-09");
    assert_date(am_business_days_after(date("2026-03-07"), 1, none), "2026-03-09");
    assert_date(am_business_days_after(date("2026-03-08"), 1, none), "2026-03-09");
    assert_date(am_business_days_after(date("2026-03-02"), 20, none), "2026-03-30");
    /* over Christmas: the 24th, then 29, 30, 31, then 2 January */
    assert_date(am_business_days_after(date("2025-12-23"), 5, holidays()), "2026-01-02");
    assert_date(am_business_days_after(date("2025-12-24"), 1, holidays()), "2025-12-29");
}

static void business_days_are_those_that_counting_finds(void **state)
{
    (void)state;
    struct am_dates dates = holidays();
    for (am_date from = date("2025-12-01"); from <= date("2026-05-01"); from++)
        for (int n = 1; n <= 21; n += 4) {
            am_date due = am_business_days_after(from, n, dates);
            int counted = 0;
            for (am_date day = from + 1; day <= due; day++)
                counted += am_is_business_day(day, dates);
            assert_int_equal(counted, n);
            assert_true(am_is_business_day(due, dates));
        }
}

static void clocks_change_on_the_last_sundays_of_march_and_october(void **state)
{
    (void)state;
    assert_date(am_clock_change(2024, 3), "2024-03-31");
    assert_date(am_clock_change(2024, 10), "2024-10-27");
    assert_date(am_clock_change(2025, 3), "2025-03-30");
    assert_date(am_clock_change(2025, 10), "2025-10-26");
    assert_date(am_clock_change(2026, 3), "2026-03-29");
    assert_date(am_clock_change(2026, 10), "2026-10-25");
    for (int year = 1990; year < 2100; year++)
        for (int month = 3; month <= 10; month += 7) {
            am_date day = am_clock_change(year, month);
            assert_int_equal(am_weekday_of(day), AM_SU);
            assert_int_equal(am_civil_of(day).month, month);
            assert_int_equal(am_civil_of(day + 7).month, month + 1);
        }
}

static void one_hour_a_change_is_doubtful(void **state)
{
    (void)state;
    int doubtful = 0;
    for (am_date day = date("2026-01-01"); day <= date("2026-12-31"); day++)
        for (int minute = 0; minute < 1440; minute++)
            doubtful += am_in_clock_change(day, minute);
    assert_int_equal(doubtful, 120);
    assert_false(am_in_clock_change(date("2026-03-29"), 59));
    assert_true(am_in_clock_change(date("2026-03-29"), 60));
    assert_true(am_in_clock_change(date("2026-10-25"), 119));
    assert_false(am_in_clock_change(date("2026-10-25"), 120));
    assert_false(am_in_clock_change(date("2026-03-22"), 90));
}

static void london_is_an_hour_ahead_in_summer(void **state)
{
    (void)state;
    assert_int_equal(am_london_offset(date("2026-01-15"), 720), 0);
    assert_int_equal(am_london_offset(date("2026-03-28"), 1439), 0);
    assert_int_equal(am_london_offset(date("2026-03-29"), 59), 0);
    assert_int_equal(am_london_offset(date("2026-03-29"), 120), 60);
    assert_int_equal(am_london_offset(date("2026-07-01"), 0), 60);
    assert_int_equal(am_london_offset(date("2026-10-25"), 59), 60);
    assert_int_equal(am_london_offset(date("2026-10-25"), 120), 0);
    assert_int_equal(am_london_offset(date("2026-12-31"), 1439), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_three_centuries_goes_there_and_back),
        cmocka_unit_test(the_epoch_is_day_nought),
        cmocka_unit_test(civil_dates_that_do_not_exist_are_refused),
        cmocka_unit_test(a_week_begins_on_its_monday),
        cmocka_unit_test(weeks_are_counted_by_the_floor),
        cmocka_unit_test(only_exact_dates_are_parsed),
        cmocka_unit_test(only_exact_times_are_parsed),
        cmocka_unit_test(every_minute_is_written_as_it_is_read),
        cmocka_unit_test(a_date_with_a_time_may_have_seconds_that_are_nought),
        cmocka_unit_test(days_and_months_have_names),
        cmocka_unit_test(twelve_months_end_the_day_before_the_anniversary),
        cmocka_unit_test(months_end_where_stepping_day_by_day_ends_them),
        cmocka_unit_test(a_list_of_dates_knows_exactly_its_own),
        cmocka_unit_test(weekends_and_bank_holidays_are_not_business_days),
        cmocka_unit_test(day_one_is_the_next_business_day),
        cmocka_unit_test(business_days_are_those_that_counting_finds),
        cmocka_unit_test(clocks_change_on_the_last_sundays_of_march_and_october),
        cmocka_unit_test(one_hour_a_change_is_doubtful),
        cmocka_unit_test(london_is_an_hour_ahead_in_summer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
