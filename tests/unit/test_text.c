/* Bytes that grow, figures as people read them, and what JSON, CSV and HTML escape. */
#include "io/emit_json.h"
#include "io/html_text.h"
#include "io/emit_csv.h"
#include "io/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef void writer(struct am_text *text, const char *value);

static void assert_written(writer *write, const char *value, const char *expected)
{
    struct am_text text = {0};
    write(&text, value);
    assert_int_equal(am_text_status(&text, NULL), AM_OK);
    assert_string_equal(am_text_string(&text), expected);
    am_text_release(&text);
}

static void assert_figure(void (*write)(struct am_text *, int64_t), int64_t value,
                          const char *expected)
{
    struct am_text text = {0};
    write(&text, value);
    assert_string_equal(am_text_string(&text), expected);
    am_text_release(&text);
}

static void a_text_grows_as_long_as_it_must(void **state)
{
    (void)state;
    struct am_text text = {0};
    assert_string_equal(am_text_string(&text), "");
    for (int i = 0; i < 10000; i++)
        am_text_format(&text, "%05d", i);
    assert_int_equal(text.size, 50000);
    assert_int_equal(strlen(text.bytes), 50000);
    assert_string_equal(text.bytes + 49995, "09999");
    am_text_clear(&text);
    assert_string_equal(am_text_string(&text), "");
    am_text_release(&text);
}

static void a_long_format_is_not_cut(void **state)
{
    (void)state;
    char value[1000];
    struct am_text text = {0};
    memset(value, 'v', 999);
    value[999] = '\0';
    am_text_format(&text, "<%s>", value);
    assert_int_equal(text.size, 1001);
    assert_int_equal(text.bytes[1000], '>');
    am_text_release(&text);
}

static void what_was_dropped_is_not_forgotten(void **state)
{
    (void)state;
    struct am_text text = {.failed = true};
    am_text_add(&text, "x");
    assert_int_equal(am_text_status(&text, NULL), AM_ENOMEM);
    assert_string_equal(am_text_string(&text), "");
    am_text_release(&text);
}

static void figures_read_as_people_write_them(void **state)
{
    (void)state;
    assert_figure(am_text_thousands, 0, "0");
    assert_figure(am_text_thousands, 999, "999");
    assert_figure(am_text_thousands, -1234567, "-1,234,567");
    assert_figure(am_text_thousands, INT64_MIN, "-9,223,372,036,854,775,808");
    assert_figure(am_text_duration, 0, "0 min");
    assert_figure(am_text_duration, 45, "45 min");
    assert_figure(am_text_duration, 420, "7 h");
    assert_figure(am_text_duration, 425, "7 h 05 min");
    assert_figure(am_text_duration, 60060, "1,001 h");
    assert_figure(am_text_tenths, 0, "0.0");
    assert_figure(am_text_tenths, 585, "5.9");
    assert_figure(am_text_tenths, 584, "5.8");
    assert_figure(am_text_tenths, 123456, "1,234.6");
    assert_figure(am_text_ppm, 0, "0.0000 %");
    assert_figure(am_text_ppm, 123, "0.0123 %");
    assert_figure(am_text_ppm, 1000000, "100.0000 %");
}

static void json_escapes_what_it_must_and_is_always_utf8(void **state)
{
    (void)state;
    assert_written(am_text_json_string, "a\"b\\c\n\t\x01\x7f/",
                   "\"a\\\"b\\\\c\\n\\t\\u0001\\u007f/\"");
    assert_written(am_text_json_string, "T\xc5\xb7 \xff", "\"T\xc5\xb7 \xef\xbf\xbd\"");
}

static void json_lists_keep_one_element_a_line(void **state)
{
    (void)state;
    struct am_text text = {0};
    struct am_emit emit;
    am_emit_init(&emit, &text);
    am_emit_open(&emit, NULL, '{', false);
    am_emit_open(&emit, "empty", '[', false);
    am_emit_close(&emit);
    am_emit_open(&emit, "list", '[', false);
    for (int i = 0; i < 2; i++) {
        am_emit_open(&emit, NULL, '{', true);
        am_emit_int(&emit, "n", i);
        am_emit_bool(&emit, "b", i == 0);
        am_emit_close(&emit);
    }
    am_emit_close(&emit);
    am_emit_null(&emit, "none");
    am_emit_close(&emit);
    assert_string_equal(text.bytes, "{\n  \"empty\": [],\n  \"list\": [\n"
                                    "    {\"n\": 0, \"b\": true},\n    {\"n\": 1, \"b\": false}\n"
                                    "  ],\n  \"none\": null\n}\n");
    am_text_release(&text);
}

static void html_shows_just_what_was_written(void **state)
{
    (void)state;
    assert_written(am_text_html, "<a href='x'>\"&\"</a>",
                   "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;");
    assert_written(am_text_html, "T\xc5\xb7\x01\xff\xc2\x9b",
                   "T\xc5\xb7\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

static void csv_cells_are_quoted_where_they_must_be(void **state)
{
    (void)state;
    assert_written(am_text_csv_cell, "", "");
    assert_written(am_text_csv_cell, "X100001", "X100001");
    assert_written(am_text_csv_cell, "a,b", "\"a,b\"");
    assert_written(am_text_csv_cell, "a \"b\"", "\"a \"\"b\"\"\"");
    assert_written(am_text_csv_cell, "a\r\nb", "\"a\r\nb\"");
}

static void no_csv_cell_is_a_formula(void **state)
{
    (void)state;
    assert_written(am_text_csv_cell, "=1+1", "\"'=1+1\"");
    assert_written(am_text_csv_cell, "+1", "\"'+1\"");
    assert_written(am_text_csv_cell, "-1", "\"'-1\"");
    assert_written(am_text_csv_cell, "@SUM(A1)", "\"'@SUM(A1)\"");
    assert_written(am_text_csv_cell, "\t=1", "\"'\t=1\"");
    assert_written(am_text_csv_cell, "\r=1", "\"'\r=1\"");
    assert_written(am_text_csv_cell, "1-1", "1-1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_grows_as_long_as_it_must),
        cmocka_unit_test(a_long_format_is_not_cut),
        cmocka_unit_test(what_was_dropped_is_not_forgotten),
        cmocka_unit_test(figures_read_as_people_write_them),
        cmocka_unit_test(json_escapes_what_it_must_and_is_always_utf8),
        cmocka_unit_test(json_lists_keep_one_element_a_line),
        cmocka_unit_test(html_shows_just_what_was_written),
        cmocka_unit_test(csv_cells_are_quoted_where_they_must_be),
        cmocka_unit_test(no_csv_cell_is_a_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
