#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"

struct last {
    int lines;
    char text[2048];
};

static void keep(void *context, enum am_log_level level, const char *line)
{
    struct last *last = context;
    (void)level;
    last->lines++;
    (void)snprintf(last->text, sizeof last->text, "%s", line);
}

static void lines_up_to_the_level_reach_the_sink(void **state)
{
    struct last last = {0};
    struct am_log log = {AM_LOG_INFO, keep, &last};
    (void)state;
    am_log(&log, AM_LOG_WARNING, "a %d", 1);
    am_log(&log, AM_LOG_INFO, "b %d", 2);
    am_log(&log, AM_LOG_DETAIL, "c %d", 3);
    assert_int_equal(last.lines, 2);
    assert_string_equal(last.text, "b 2");
}

static void without_a_log_or_a_sink_nothing_happens(void **state)
{
    struct am_log log = {AM_LOG_DETAIL, NULL, NULL};
    struct last last = {0};
    (void)state;
    am_log(NULL, AM_LOG_WARNING, "a");
    am_log(&log, AM_LOG_WARNING, "a");
    assert_int_equal(last.lines, 0);
}

static void a_long_line_is_cut(void **state)
{
    struct last last = {0};
    struct am_log log = {AM_LOG_INFO, keep, &last};
    (void)state;
    am_log(&log, AM_LOG_INFO, "%2000d", 1);
    assert_int_equal(strlen(last.text), 1023);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_up_to_the_level_reach_the_sink),
        cmocka_unit_test(without_a_log_or_a_sink_nothing_happens),
        cmocka_unit_test(a_long_line_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
