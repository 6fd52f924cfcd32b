#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/settings.h"

static void the_table_is_sorted_and_every_default_is_in_range(void **state)
{
    (void)state;
    assert_true(am_setting_count > 0);
    for (int i = 0; i < am_setting_count; i++) {
        const struct am_setting *setting = &am_setting_table[i];
        assert_true(setting->value >= setting->low && setting->value <= setting->high);
        assert_true(strlen(setting->text) > 0);
        if (i > 0)
            assert_true(strcmp(am_setting_table[i - 1].name, setting->name) < 0);
    }
}

static void defaults_are_those_of_the_table(void **state)
{
    struct am_settings settings;
    (void)state;
    memset(&settings, 0x55, sizeof settings);
    am_settings_defaults(&settings);
    for (int i = 0; i < am_setting_count; i++)
        assert_int_equal(am_setting_value(&settings, &am_setting_table[i]),
                         am_setting_table[i].value);
}

static void names_are_found_with_dashes_and_underscores(void **state)
{
    (void)state;
    assert_non_null(am_setting_find("time_limit"));
    assert_ptr_equal(am_setting_find("time-limit"), am_setting_find("time_limit"));
    assert_null(am_setting_find("time"));
    assert_null(am_setting_find("time_limits"));
    assert_null(am_setting_find(""));
}

/* The value after parsing text into a setting that held its default; -1 when refused. */
static int32_t parsed(const char *name, const char *text)
{
    struct am_settings settings;
    struct am_err err;
    const struct am_setting *setting = am_setting_find(name);
    am_settings_defaults(&settings);
    if (am_setting_parse(&settings, setting, text, &err) != AM_OK) {
        assert_int_equal(am_setting_value(&settings, setting), setting->value);
        assert_non_null(strstr(err.msg, setting->name));
        assert_non_null(strstr(err.msg, text));
        return -1;
    }
    return am_setting_value(&settings, setting);
}

static void whole_numbers_in_range_are_taken(void **state)
{
    (void)state;
    assert_int_equal(parsed("threads", "1"), 1);
    assert_int_equal(parsed("threads", "256"), 256);
    assert_int_equal(parsed("seed", "2147483647"), 2147483647);
    assert_int_equal(parsed("time_limit", "007"), 7);
}

static void anything_else_is_refused_and_leaves_the_value(void **state)
{
    (void)state;
    static const char *const bad[] = {"",    "0",   "257",  "-1",          "+1",
                                      "1.0", "two", "0x10", "99999999999", "1 "};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(parsed("threads", bad[i]), -1);
}

static void shares_are_read_as_percent_or_fraction(void **state)
{
    (void)state;
    assert_int_equal(parsed("gap", "0.01%"), 100);
    assert_int_equal(parsed("gap", "0.0001"), 100);
    assert_int_equal(parsed("gap", "100%"), 1000000);
    assert_int_equal(parsed("gap", "1"), 1000000);
    assert_int_equal(parsed("gap", "0"), 0);
    assert_int_equal(parsed("gap", ".5"), 500000);
    assert_int_equal(parsed("gap", "0.0001%"), 1);
}

static void shares_finer_or_larger_than_they_can_be_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"101%", "1.1", "0.00001%", "0.0000001", "%",
                                      ".",    "1%%", "1.2.3",    "-1%",       "4295%"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(parsed("gap", bad[i]), -1);
}

static void what_is_printed_reads_back(void **state)
{
    (void)state;
    static const int32_t values[] = {0, 1, 10, 100, 12345, 500000, 999999, 1000000};
    char text[AM_SETTING_TEXT];
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        assert_int_equal(parsed("gap", am_setting_format(am_setting_find("gap"), values[i], text)),
                         values[i]);
    assert_string_equal(am_setting_format(am_setting_find("gap"), 100, text), "0.01%");
    assert_string_equal(am_setting_format(am_setting_find("seed"), 100, text), "100");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_sorted_and_every_default_is_in_range),
        cmocka_unit_test(defaults_are_those_of_the_table),
        cmocka_unit_test(names_are_found_with_dashes_and_underscores),
        cmocka_unit_test(whole_numbers_in_range_are_taken),
        cmocka_unit_test(anything_else_is_refused_and_leaves_the_value),
        cmocka_unit_test(shares_are_read_as_percent_or_fraction),
        cmocka_unit_test(shares_finer_or_larger_than_they_can_be_are_refused),
        cmocka_unit_test(what_is_printed_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
