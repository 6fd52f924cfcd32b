#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "io/csv.h"

/* Rows as "line:field|field;" one after the other; or "!" and the message. */
static const char *rows_of(const char *text, size_t size)
{
    static char bytes[4096], result[4096];
    struct am_csv csv;
    struct am_csv_row row;
    struct am_err err;
    int length = 0;
    memcpy(bytes, text, size);
    bytes[size] = '\0';
    result[0] = '\0';
    am_csv_init(&csv, bytes, size);
    for (;;) {
        if (am_csv_next(&csv, &row, &err) != AM_OK) {
            (void)snprintf(result + length, sizeof result - (size_t)length, "!line %d: %s",
                           csv.fault_line, err.msg);
            return result;
        }
        if (row.count == 0)
            return result;
        length += snprintf(result + length, sizeof result - (size_t)length, "%d:", row.line);
        for (int i = 0; i < row.count; i++)
            length += snprintf(result + length, sizeof result - (size_t)length, "%s%s",
                               row.fields[i], i + 1 < row.count ? "|" : ";");
    }
}

#define ROWS(text) rows_of(text, sizeof text - 1)

static void plain_rows_are_read_with_their_lines(void **state)
{
    (void)state;
    assert_string_equal(ROWS("a,b\nc,d\n"), "1:a|b;2:c|d;");
    assert_string_equal(ROWS("a,b\nc,d"), "1:a|b;2:c|d;");
    assert_string_equal(ROWS("a,b\r\nc,d\r\n"), "1:a|b;2:c|d;");
    assert_string_equal(ROWS(""), "");
}

static void empty_fields_are_kept_and_empty_lines_are_not(void **state)
{
    (void)state;
    assert_string_equal(ROWS("a,,\n\n\r\n,b\n"), "1:a||;4:|b;");
    assert_string_equal(ROWS(","), "1:|;");
}

static void quotes_hold_commas_quotes_blanks_and_newlines(void **state)
{
    (void)state;
    assert_string_equal(ROWS("\"a,b\",\"say \"\"no\"\"\"\n"), "1:a,b|say \"no\";");
    assert_string_equal(ROWS("\" a \" ,b\n"), "1: a |b;");
    assert_string_equal(ROWS("\"x\ny\",z\nlast\n"), "1:x\ny|z;3:last;");
    assert_string_equal(ROWS("\"\",\"\""), "1:|;");
}

static void blanks_around_plain_fields_go(void **state)
{
    (void)state;
    assert_string_equal(ROWS("  a b \t, c\n"), "1:a b|c;");
}

static void a_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    assert_string_equal(ROWS("\xef\xbb\xbf"
                             "a\n"),
                        "1:a;");
}

static void mistakes_name_their_line(void **state)
{
    (void)state;
    assert_string_equal(ROWS("a\n\"b\n"), "1:a;!line 2: a quote is not closed");
    assert_string_equal(ROWS("a\n\"b\"c\n"), "1:a;!line 2: text behind a closed quote");
    assert_string_equal(ROWS("a\nb\0c\n"), "1:a;!line 2: a NUL byte");
}

static void more_fields_than_there_is_room_for_are_refused(void **state)
{
    (void)state;
    char text[2 * AM_CSV_FIELDS + 1];
    memset(text, ',', sizeof text);
    assert_int_not_equal(rows_of(text, AM_CSV_FIELDS - 1)[0], '!');
    assert_string_equal(rows_of(text, AM_CSV_FIELDS), "!line 1: more than 64 fields");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_rows_are_read_with_their_lines),
        cmocka_unit_test(empty_fields_are_kept_and_empty_lines_are_not),
        cmocka_unit_test(quotes_hold_commas_quotes_blanks_and_newlines),
        cmocka_unit_test(blanks_around_plain_fields_go),
        cmocka_unit_test(a_byte_order_mark_is_skipped),
        cmocka_unit_test(mistakes_name_their_line),
        cmocka_unit_test(more_fields_than_there_is_room_for_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
