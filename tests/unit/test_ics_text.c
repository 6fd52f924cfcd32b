/* Text that every reader of iCalendar takes the same way. */
#include "io/ics_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <libical/ical.h>

static void assert_cleaned(const char *value, const char *expected)
{
    struct am_text text = {0};
    am_ics_clean(&text, value);
    assert_string_equal(am_text_string(&text), expected);
    am_text_release(&text);
}

static void line_ends_of_every_kind_become_line_feeds(void **state)
{
    (void)state;
    assert_cleaned("a\r\nb\rc\nd\r", "a\nb\nc\nd\n");
}

static void runs_of_spaces_and_tabs_become_one_space_and_none_at_the_ends(void **state)
{
    (void)state;
    assert_cleaned("  a \t b\t", "a b");
    assert_cleaned("a \n b", "a\nb");
    assert_cleaned(" \t ", "");
}

static void control_characters_and_controls_of_direction_go(void **state)
{
    (void)state;
    assert_cleaned("a\x01\x07\x1b\x7f"
                   "b",
                   "ab");
    assert_cleaned("a\xc2\x85\xc2\x9f"
                   "b",
                   "ab"); /* C1 */
    assert_cleaned("a\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae\xe2\x81\xa6\xef\xbb\xbf"
                   "b",
                   "ab");
}

static void invalid_bytes_become_the_replacement_character(void **state)
{
    (void)state;
    assert_cleaned("a\xff"
                   "b",
                   "a\xef\xbf\xbd"
                   "b");
    assert_cleaned("a\xe2\x82", "a\xef\xbf\xbd\xef\xbf\xbd");               /* cut off */
    assert_cleaned("\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd");                 /* overlong */
    assert_cleaned("\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"); /* surrogate */
}

static void good_text_stays_as_it_is(void **state)
{
    (void)state;
    assert_cleaned("\xc5\xb4yl, T\xc5\xb7'r Ysgol; \\ \" \xf0\x9f\x8c\xb3",
                   "\xc5\xb4yl, T\xc5\xb7'r Ysgol; \\ \" \xf0\x9f\x8c\xb3");
}

/* Every line at most 75 octets without CR or LF inside, none beside a space. */
static void assert_well_folded(const char *bytes, size_t size)
{
    const char *end = bytes + size;
    assert_true(size >= 2 && end[-2] == '\r' && end[-1] == '\n');
    while (bytes < end) {
        const char *stop = memchr(bytes, '\r', (size_t)(end - bytes));
        assert_non_null(stop);
        assert_true(stop + 1 < end && stop[1] == '\n');
        assert_true(stop - bytes <= 75);
        assert_null(memchr(bytes, '\n', (size_t)(stop - bytes)));
        assert_true(stop > bytes);
        assert_true(stop[-1] != ' ');
        if (bytes[0] == ' ')
            assert_true(bytes[1] != ' ' && ((unsigned char)bytes[1] & 0xc0) != 0x80);
        bytes = stop + 2;
    }
}

/* SUMMARY of so many octets made of a repeated unit, through libical, folded
 * again, and parsed back. */
static void check_length(const char *unit, size_t length)
{
    struct am_text value = {0}, folded = {0};
    while (value.size + strlen(unit) <= length)
        am_text_add(&value, unit);
    while (value.size < length)
        am_text_char(&value, 'x');
    while (value.size > 0 && value.bytes[value.size - 1] == ' ')
        value.bytes[value.size - 1] = 'x';
    icalcomponent *event = icalcomponent_new_vevent();
    icalcomponent_add_property(event, icalproperty_new_summary(am_text_string(&value)));
    char *raw = icalcomponent_as_ical_string_r(event);
    am_ics_refold(&folded, raw, strlen(raw));
    assert_well_folded(folded.bytes, folded.size);
    icalcomponent *back = icalparser_parse_string(folded.bytes);
    assert_non_null(back);
    assert_string_equal(icalcomponent_get_summary(back), am_text_string(&value));
    icalcomponent_free(back);
    icalcomponent_free(event);
    free(raw);
    am_text_release(&value);
    am_text_release(&folded);
}

static void every_length_folds_well_and_comes_back(void **state)
{
    (void)state;
    static const char *const units[] = {"x", "\xc5\xb5", "\xf0\x9f\x8c\xb3", "ab cd e ",
                                        "\xc5\xb4yl, T\xc5\xb7'r Ysgol; "};
    for (size_t length = 1; length <= 600; length++)
        for (size_t u = 0; u < sizeof units / sizeof *units; u++)
            check_length(units[u], length);
}

static void a_line_of_spaces_alone_is_still_cut(void **state)
{
    (void)state;
    char line[203];
    struct am_text folded = {0};
    memset(line, ' ', 200);
    line[0] = 'x';
    memcpy(line + 200, "\r\n", 3);
    am_ics_refold(&folded, line, 202);
    const char *at = folded.bytes;
    for (const char *end; (end = strstr(at, "\r\n")); at = end + 2)
        assert_true(end - at <= 75);
    assert_int_equal(*at, '\0');
    am_text_release(&folded);
}

static void words_of_one_letter_are_cut_before_the_space(void **state)
{
    (void)state;
    char line[203];
    struct am_text folded = {0};
    for (int i = 0; i < 200; i++)
        line[i] = i % 2 ? ' ' : 'd';
    memcpy(line + 199, "\r\n", 3);
    am_ics_refold(&folded, line, 201);
    const char *at = folded.bytes;
    for (const char *end; (end = strstr(at, "\r\n")); at = end + 2)
        assert_true(end - at <= 75 && end[-1] == 'd');
    assert_int_equal(*at, '\0');
    am_text_release(&folded);
}

static void a_fold_inside_the_line_end_is_undone(void **state)
{
    (void)state;
    static const char raw[] = "SUMMARY:abc\r\r\n \nUID:1\r\n \r\nEND:VEVENT\r\n";
    struct am_text folded = {0};
    am_ics_refold(&folded, raw, sizeof raw - 1);
    assert_string_equal(folded.bytes, "SUMMARY:abc\r\nUID:1\r\nEND:VEVENT\r\n");
    am_text_release(&folded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends_of_every_kind_become_line_feeds),
        cmocka_unit_test(runs_of_spaces_and_tabs_become_one_space_and_none_at_the_ends),
        cmocka_unit_test(control_characters_and_controls_of_direction_go),
        cmocka_unit_test(invalid_bytes_become_the_replacement_character),
        cmocka_unit_test(good_text_stays_as_it_is),
        cmocka_unit_test(every_length_folds_well_and_comes_back),
        cmocka_unit_test(a_line_of_spaces_alone_is_still_cut),
        cmocka_unit_test(words_of_one_letter_are_cut_before_the_space),
        cmocka_unit_test(a_fold_inside_the_line_end_is_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
