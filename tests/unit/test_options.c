#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "command/options.h"

struct options {
    bool quiet, verbose;
    const char *output;
    struct am_settings settings;
};

static const struct am_option table[] = {
    {"quiet", 'q', AM_OPTION_FLAG, offsetof(struct options, quiet), NULL, "say nothing"},
    {"verbose", 'v', AM_OPTION_FLAG, offsetof(struct options, verbose), NULL, "say more"},
    {"output", 'o', AM_OPTION_TEXT, offsetof(struct options, output), "FILE", "where to"},
    {.kind = AM_OPTION_SETTINGS, .offset = offsetof(struct options, settings), .text = ""},
    {0},
};

static const struct am_command command = {
    .name = "try",
    .usage = "FILE [options]",
    .summary = "a command",
    .help = "Tries.\n",
    .options = table,
    .least_operands = 1,
    .most_operands = 2,
};

/* What reading a line gave. */
static struct options options;
static struct am_operands operands;

/* Reads up to eight words behind the command's name. */
static int read_words(const char *const *words)
{
    static char copies[9][64];
    static char *argv[10];
    int argc = 1;
    (void)snprintf(copies[0], sizeof copies[0], "try");
    argv[0] = copies[0];
    for (; words[argc - 1]; argc++) {
        (void)snprintf(copies[argc], sizeof copies[argc], "%s", words[argc - 1]);
        argv[argc] = copies[argc];
    }
    argv[argc] = NULL;
    options = (struct options){0};
    am_settings_defaults(&options.settings);
    return am_options_read(&command, argc, argv, &options, &operands);
}

#define READ(...) read_words((const char *const[]){__VA_ARGS__, NULL})

static void operands_and_options_may_stand_in_any_order(void **state)
{
    (void)state;
    assert_int_equal(READ("-q", "one", "--output", "here", "two"), -1);
    assert_true(options.quiet);
    assert_false(options.verbose);
    assert_string_equal(options.output, "here");
    assert_int_equal(operands.count, 2);
    assert_string_equal(operands.at[0], "one");
    assert_string_equal(operands.at[1], "two");
}

static void a_value_may_be_attached(void **state)
{
    (void)state;
    assert_int_equal(READ("one", "--output=here"), -1);
    assert_string_equal(options.output, "here");
    assert_int_equal(READ("one", "-ohere"), -1);
    assert_string_equal(options.output, "here");
    assert_int_equal(READ("one", "--output="), -1);
    assert_string_equal(options.output, "");
}

static void letters_may_share_a_dash(void **state)
{
    (void)state;
    assert_int_equal(READ("-qvo", "here", "one"), -1);
    assert_true(options.quiet);
    assert_true(options.verbose);
    assert_string_equal(options.output, "here");
}

static void after_two_dashes_everything_is_an_operand(void **state)
{
    (void)state;
    assert_int_equal(READ("--", "-q", "--output"), -1);
    assert_false(options.quiet);
    assert_int_equal(operands.count, 2);
    assert_string_equal(operands.at[0], "-q");
}

static void a_dash_alone_is_an_operand(void **state)
{
    (void)state;
    assert_int_equal(READ("-"), -1);
    assert_string_equal(operands.at[0], "-");
}

static void every_setting_is_an_option(void **state)
{
    (void)state;
    assert_int_equal(READ("one", "--time-limit", "30", "--gap=0.5%", "--seed", "7"), -1);
    assert_int_equal(options.settings.time_limit, 30);
    assert_int_equal(options.settings.gap, 5000);
    assert_int_equal(options.settings.seed, 7);
    assert_int_equal(options.settings.threads, am_setting_find("threads")->value);
}

static void mistakes_of_usage_give_exit_code_two(void **state)
{
    (void)state;
    assert_int_equal(READ("one", "--nonsense"), AM_EXIT_USAGE);
    assert_int_equal(READ("one", "--outptu", "x"), AM_EXIT_USAGE);
    assert_int_equal(READ("one", "-x"), AM_EXIT_USAGE);
    assert_int_equal(READ("one", "--output"), AM_EXIT_USAGE);
    assert_int_equal(READ("one", "-o"), AM_EXIT_USAGE);
    assert_int_equal(READ("one", "--quiet=yes"), AM_EXIT_USAGE);
    assert_int_equal(READ("one", "--threads", "0"), AM_EXIT_USAGE);
    assert_int_equal(READ("one", "--threads"), AM_EXIT_USAGE);
    assert_int_equal(READ("-q"), AM_EXIT_USAGE);
    assert_int_equal(READ("one", "two", "three"), AM_EXIT_USAGE);
}

static void help_ends_the_run_wherever_it_stands(void **state)
{
    (void)state;
    assert_int_equal(READ("--help"), AM_EXIT_DONE);
    assert_int_equal(READ("one", "-qh", "--nonsense"), AM_EXIT_DONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operands_and_options_may_stand_in_any_order),
        cmocka_unit_test(a_value_may_be_attached),
        cmocka_unit_test(letters_may_share_a_dash),
        cmocka_unit_test(after_two_dashes_everything_is_an_operand),
        cmocka_unit_test(a_dash_alone_is_an_operand),
        cmocka_unit_test(every_setting_is_an_option),
        cmocka_unit_test(mistakes_of_usage_give_exit_code_two),
        cmocka_unit_test(help_ends_the_run_wherever_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
