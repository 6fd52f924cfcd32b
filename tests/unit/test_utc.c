#include "io/utc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void both_forms_are_read(void **state)
{
    (void)state;
    int64_t seconds = -1;
    assert_true(am_utc_parse("1970-01-02T00:00:01Z", &seconds));
    assert_int_equal(seconds, 86401);
    assert_true(am_utc_parse("20260305T143000Z", &seconds));
    assert_int_equal(seconds, 1772721000);
}

static void anything_else_is_refused_and_leaves_the_value(void **state)
{
    static const char *const bad[] = {"",
                                      "2026-03-05",
                                      "2026-03-05T14:30:00",
                                      "2026-03-05T14:30Z",
                                      "2026-02-29T00:00:00Z",
                                      "2026-03-05T24:00:00Z",
                                      "2026-03-05T14:60:00Z",
                                      "2026-03-05T14:30:60Z",
                                      "2026-03-05T14:30:00Zz",
                                      "20260305T1430000Z",
                                      "2026-03-05 14:30:00Z"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t seconds = 7;
        assert_false(am_utc_parse(bad[i], &seconds));
        assert_int_equal(seconds, 7);
    }
}

static void what_is_written_reads_back(void **state)
{
    static const int64_t times[] = {0, -1, -86400, -86401, 951782399, 1772721000, 4102444800};
    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        char text[AM_UTC_TEXT];
        int64_t seconds;
        assert_true(am_utc_parse(am_utc_format(times[i], text), &seconds));
        assert_int_equal(seconds, times[i]);
        assert_true(am_utc_parse(am_utc_format_basic(times[i], text), &seconds));
        assert_int_equal(seconds, times[i]);
    }
}

static void both_forms_are_written(void **state)
{
    char text[AM_UTC_TEXT];
    (void)state;
    assert_string_equal(am_utc_format(1772721000, text), "2026-03-05T14:30:00Z");
    assert_string_equal(am_utc_format_basic(1772721000, text), "20260305T143000Z");
}

static void london_is_an_hour_ahead_in_summer(void **state)
{
    char text[AM_UTC_TEXT];
    (void)state;
    int64_t winter = am_utc_of_london(am_date_of(2026, 3, 28), 570);
    int64_t summer = am_utc_of_london(am_date_of(2026, 3, 29), 570);
    assert_string_equal(am_utc_format(winter, text), "2026-03-28T09:30:00Z");
    assert_string_equal(am_utc_format(summer, text), "2026-03-29T08:30:00Z");
}

static void a_moment_before_1970_has_the_date_it_is_on(void **state)
{
    (void)state;
    assert_int_equal(am_utc_date(0), 0);
    assert_int_equal(am_utc_date(86399), 0);
    assert_int_equal(am_utc_date(-1), -1);
    assert_int_equal(am_utc_date(-86400), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms_are_read),
        cmocka_unit_test(anything_else_is_refused_and_leaves_the_value),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(both_forms_are_written),
        cmocka_unit_test(london_is_an_hour_ahead_in_summer),
        cmocka_unit_test(a_moment_before_1970_has_the_date_it_is_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
