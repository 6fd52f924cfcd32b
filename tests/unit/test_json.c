#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "io/decimal.h"
#include "io/document.h"
#include "io/json_scan.h"
#include "io/json_value.h"

struct document {
    struct am_json json;
    struct am_diag diag;
    struct am_arena arena;
    am_status status;
};

static void parse(struct document *document, const char *text)
{
    struct am_err err;
    char *copy = malloc(strlen(text) + 1);
    assert_non_null(copy);
    memcpy(copy, text, strlen(text) + 1);
    am_diag_init(&document->diag);
    am_arena_init(&document->arena);
    am_json_init(&document->json, "f.json", &document->diag, &document->arena);
    document->status = am_json_parse(&document->json, copy, strlen(text), &err);
}

static void release(struct document *document)
{
    am_json_release(&document->json);
    am_arena_release(&document->arena);
    am_diag_release(&document->diag);
}

/* Not JSON, with this finding at this line and column. */
static void assert_fault(const char *text, int line, int column, const char *fault)
{
    struct document d;
    parse(&d, text);
    assert_int_equal(d.status, AM_EPARSE);
    assert_int_equal(d.diag.errors, 1);
    assert_non_null(strstr(d.diag.first->text, fault));
    assert_int_equal(d.diag.first->line, line);
    assert_int_equal(d.diag.first->column, column);
    release(&d);
}

static void a_fault_is_told_with_line_and_column(void **state)
{
    (void)state;
    assert_fault("", 1, 1, "empty");
    assert_fault(" \n\t ", 1, 1, "empty");
    assert_fault("\xef\xbb\xbf{}", 1, 1, "byte order mark");
    assert_fault("{\"a\": 1,\n \"b\": }", 2, 7, "expected a JSON value");
    assert_fault("{\"a\": 1", 1, 8, "ends inside an object");
    assert_fault("[1, 2", 1, 6, "ends inside a list");
    assert_fault("[1 2]", 1, 4, "expected , or ]");
    assert_fault("{\"a\" 1}", 1, 6, "expected : after a key");
    assert_fault("{a: 1}", 1, 2, "key in double quotes");
    assert_fault("[1,]", 1, 4, "expected a JSON value");
    assert_fault("[1]]", 1, 4, "follows the end");
    assert_fault("[\"\xc3\xa9\xc3\xa9\", x]", 1, 8, "expected a JSON value");
    assert_fault("\"abc", 1, 1, "does not end");
}

static void numbers_and_words_are_those_of_json_alone(void **state)
{
    (void)state;
    assert_fault("[NaN]", 1, 2, "expected a JSON value");
    assert_fault("[Infinity]", 1, 2, "expected a JSON value");
    assert_fault("[01]", 1, 3, "must not begin with 0");
    assert_fault("[1.]", 1, 4, "expected a digit");
    assert_fault("[.5]", 1, 2, "expected a JSON value");
    assert_fault("[1e]", 1, 4, "expected a digit");
    assert_fault("[-]", 1, 3, "expected a digit");
    assert_fault("[tru]", 1, 2, "expected a JSON value");
    assert_fault("[1234567890123456789012345678901234567890123456789012345678901]", 1, 2,
                 "more than 60 characters");
}

static void strings_are_sound_unicode(void **state)
{
    (void)state;
    assert_fault("[\"a\\u0000\"]", 1, 4, "NUL");
    assert_fault("[\"\\ud800\"]", 1, 3, "surrogate");
    assert_fault("[\"\\udc00\"]", 1, 3, "surrogate");
    assert_fault("[\"\\ud800\\u0041\"]", 1, 3, "surrogate");
    assert_fault("[\"\\u12g4\"]", 1, 7, "hexadecimal");
    assert_fault("[\"\\x\"]", 1, 4, "no such escape");
    assert_fault("[\"a\nb\"]", 1, 4, "line break");
    assert_fault("[\"\xff\"]", 1, 3, "not UTF-8");
    assert_fault("[\"\xc0\x80\"]", 1, 3, "not UTF-8");
    assert_fault("[\"\xed\xa0\x80\"]", 1, 3, "not UTF-8");
    assert_fault("[\"\xf4\x90\x80\x80\"]", 1, 3, "not UTF-8");
    assert_fault("[\"\xe2\x82\"]", 1, 3, "not UTF-8");
    struct document d;
    parse(&d, "[\"\\ud83d\\ude00 \xf0\x9f\x98\x80 \\\"\\\\\\/\\b\\f\\n\\r\\t\"]");
    assert_int_equal(d.status, AM_OK);
    assert_string_equal(d.json.root->child->valuestring,
                        "\xf0\x9f\x98\x80 \xf0\x9f\x98\x80 \"\\/\b\f\n\r\t");
    release(&d);
}

static void nesting_is_limited_however_long_the_text(void **state)
{
    (void)state;
    size_t size = (size_t)200 << 20;
    char *text = malloc(size + 1);
    struct am_json_scan scan;
    assert_non_null(text);
    memset(text, '[', size);
    text[size] = '\0';
    assert_int_equal(am_json_scan(text, size, &scan), AM_EPARSE);
    assert_int_equal(scan.fault_at, AM_JSON_DEPTH);
    assert_non_null(strstr(scan.fault, "64 levels"));
    free(scan.offsets);
    free(text);
}

static void as_deep_as_allowed_is_allowed(void **state)
{
    (void)state;
    char text[2 * AM_JSON_DEPTH + 1] = {0};
    struct document d;
    memset(text, '[', AM_JSON_DEPTH);
    memset(text + AM_JSON_DEPTH, ']', AM_JSON_DEPTH);
    parse(&d, text);
    assert_int_equal(d.status, AM_OK);
    release(&d);
}

static const struct am_json_key keys[] = {{"name", true}, {"minutes", false}, {"list", false}};

static void members_are_sorted_and_their_mistakes_named(void **state)
{
    (void)state;
    struct document d;
    const cJSON *slot[3];
    parse(&d, "{\"x-own\": 1,\n \"minuts\": 2,\n \"list\": [],\n \"list\": [1], \"zzz\": 3}");
    assert_true(am_json_keys(&d.json, d.json.root, keys, 3, slot));
    assert_null(slot[0]);
    assert_null(slot[1]);
    assert_non_null(slot[2]);
    assert_null(slot[2]->child);
    assert_int_equal(d.diag.errors, 4);
    const struct am_finding *f = d.diag.first;
    assert_string_equal(f->path, "$.minuts");
    assert_string_equal(f->text, "unknown key; the nearest known one is \"minutes\"");
    assert_int_equal(f->line, 2);
    assert_int_equal(f->column, 2);
    f = f->next;
    assert_string_equal(f->text, "this key is given twice; the first is on line 3");
    assert_int_equal(f->line, 4);
    f = f->next;
    assert_string_equal(f->text, "unknown key; known here: name, minutes, list");
    f = f->next;
    assert_string_equal(f->text, "\"name\" is missing");
    assert_string_equal(f->path, "$");
    release(&d);
}

static void a_finding_knows_path_line_and_column(void **state)
{
    (void)state;
    struct document d;
    parse(&d,
          "{\n  \"people\": [\n    {},\n    {\"odd key\\\"\": [10, {\"m\": \"\\u00e9\"}]}\n  ]}");
    const cJSON *people = am_json_member(d.json.root, "people");
    const cJSON *odd = people->child->next->child;
    assert_false(am_json_expected(&d.json, odd->child->next->child, "minutes"));
    assert_false(am_json_expected(&d.json, people, "an object"));
    assert_string_equal(d.diag.first->path, "$.people[1][\"odd key\"\"][1].m");
    assert_int_equal(d.diag.first->line, 4);
    assert_int_equal(d.diag.first->column, 30);
    assert_string_equal(d.diag.first->text, "expected minutes, found \"\\u00e9\"");
    assert_string_equal(d.diag.last->path, "$.people");
    assert_int_equal(d.diag.last->line, 2);
    assert_string_equal(d.diag.last->text, "expected an object, found a list");
    release(&d);
}

static void whole_numbers_are_exact(void **state)
{
    (void)state;
    struct document d;
    parse(&d, "[3.0, 3e2, 1.5, 1e400, 2147483648, -0.0, \"7\", 0.3e1, 10000000000000000000000.5]");
    static const int expected[] = {3, 300, -1, -1, -1, 0, -1, 3, -1};
    int i = 0;
    for (const cJSON *at = d.json.root->child; at; at = at->next)
        assert_int_equal(am_json_whole(&d.json, at, 0, INT32_MAX, -1), expected[i++]);
    assert_int_equal(i, 9);
    assert_int_equal(d.diag.errors, 5);
    assert_string_equal(d.diag.first->text,
                        "expected a whole number from 0 to 2147483647, found 1.5");
    release(&d);
}

static void assert_decimal(const char *text, int shift, int64_t floor, bool exact)
{
    struct am_decimal d = am_decimal_read(text, shift);
    assert_true(d.in_range);
    assert_int_equal(d.floor, floor);
    assert_int_equal(d.exact, exact);
}

static void decimals_are_read_without_rounding_errors(void **state)
{
    (void)state;
    assert_decimal("53.4807593", 6, 53480759, false);
    assert_decimal("-2.2426305", 6, -2242631, false);
    assert_decimal("-2.242630", 6, -2242630, true);
    assert_decimal("0.1e1", 0, 1, true);
    assert_decimal("1e-400", 0, 0, false);
    assert_decimal("-1e-400", 0, -1, false);
    assert_decimal("0e999999999999", 6, 0, true);
    assert_decimal("0.000000000000000000000000001e27", 0, 1, true);
    assert_decimal("123456789012345678", 0, 123456789012345678, true);
    assert_false(am_decimal_read("1e400", 0).in_range);
    assert_false(am_decimal_read("1234567890123456789012", 0).in_range);
}

static void coordinates_keep_to_their_range(void **state)
{
    (void)state;
    struct document d;
    int32_t micro = 7;
    parse(&d, "[90, 90.0000001, -90, -90.0000001, 1e99]");
    const cJSON *at = d.json.root->child;
    assert_true(am_json_micro(&d.json, at, -90, 90, &micro));
    assert_int_equal(micro, 90000000);
    at = at->next;
    assert_false(am_json_micro(&d.json, at, -90, 90, &micro));
    at = at->next;
    assert_true(am_json_micro(&d.json, at, -90, 90, &micro));
    assert_int_equal(micro, -90000000);
    at = at->next;
    assert_false(am_json_micro(&d.json, at, -90, 90, &micro));
    assert_false(am_json_micro(&d.json, at->next, -90, 90, &micro));
    release(&d);
}

static void ids_and_texts_have_their_limits(void **state)
{
    (void)state;
    struct document d;
    parse(&d, "[\"ok\", \"\", \" a\", \"a \", \"a\\nb\", \"a\\u007fb\", \"\\u0085\", 5]");
    const cJSON *at = d.json.root->child;
    assert_string_equal(am_json_id(&d.json, at), "ok");
    for (at = at->next; at; at = at->next)
        assert_null(am_json_id(&d.json, at));
    assert_int_equal(d.diag.errors, 7);
    release(&d);
}

static void times_and_days_are_strict(void **state)
{
    (void)state;
    struct document d;
    am_date date = 0;
    int minute = 0;
    parse(&d, "{\"d\": \"2024-02-29\", \"bad\": \"2025-02-29\", \"t\": \"24:00\", \"u\": \"9:00\","
              " \"dt\": \"2026-03-02T09:30\", \"w\": [\"MO\", \"SU\"], \"v\": [\"MO\", \"MO\"]}");
    const cJSON *root = d.json.root;
    assert_int_equal(am_json_date(&d.json, am_json_member(root, "d"), -1), am_date_of(2024, 2, 29));
    assert_int_equal(am_json_date(&d.json, am_json_member(root, "bad"), -1), -1);
    assert_int_equal(am_json_minute(&d.json, am_json_member(root, "t"), -1), 1440);
    assert_int_equal(am_json_minute(&d.json, am_json_member(root, "u"), -1), -1);
    assert_true(am_json_datetime(&d.json, am_json_member(root, "dt"), &date, &minute));
    assert_int_equal(date, am_date_of(2026, 3, 2));
    assert_int_equal(minute, 570);
    assert_int_equal(am_json_weekdays(&d.json, am_json_member(root, "w")), 0x41);
    assert_int_equal(d.diag.errors, 2);
    assert_int_equal(am_json_weekdays(&d.json, am_json_member(root, "v")), 1);
    assert_int_equal(d.diag.errors, 3);
    release(&d);
}

static void the_verdict_counts_the_errors_of_this_document_alone(void **state)
{
    (void)state;
    struct document d;
    struct am_err err;
    struct am_json second;
    const struct am_document bytes = {"second.json", "[1, 2] and more", 6};
    parse(&d, "[true]");
    am_json_error(&d.json, d.json.root, "one");
    am_json_error(&d.json, d.json.root, "two");
    assert_int_equal(am_json_verdict(&d.json, &err), AM_EINVALID);
    assert_string_equal(err.msg, "f.json: errors found: 2");

    am_json_init(&second, bytes.path, &d.diag, &d.arena);
    assert_int_equal(am_json_parse(&second, am_document_copy(&bytes), bytes.size, &err), AM_OK);
    assert_int_equal(cJSON_GetArraySize(second.root), 2);
    assert_int_equal(am_json_verdict(&second, &err), AM_OK);
    am_json_error(&second, second.root, "three");
    am_json_warning(&second, second.root, "no error");
    assert_int_equal(am_json_errors(&second), 1);
    assert_int_equal(am_json_verdict(&second, &err), AM_EINVALID);
    assert_string_equal(err.msg, "second.json: errors found: 1");
    second.out_of_memory = true;
    assert_int_equal(am_json_verdict(&second, &err), AM_ENOMEM);
    am_json_release(&second);
    release(&d);
}

static void a_text_that_found_no_memory_is_no_document(void **state)
{
    (void)state;
    struct document d;
    struct am_err err;
    parse(&d, "[]");
    am_json_release(&d.json);
    am_json_init(&d.json, "f.json", &d.diag, &d.arena);
    assert_int_equal(am_json_parse(&d.json, NULL, 2, &err), AM_ENOMEM);
    assert_null(d.json.root);
    release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_is_told_with_line_and_column),
        cmocka_unit_test(numbers_and_words_are_those_of_json_alone),
        cmocka_unit_test(strings_are_sound_unicode),
        cmocka_unit_test(nesting_is_limited_however_long_the_text),
        cmocka_unit_test(as_deep_as_allowed_is_allowed),
        cmocka_unit_test(members_are_sorted_and_their_mistakes_named),
        cmocka_unit_test(a_finding_knows_path_line_and_column),
        cmocka_unit_test(whole_numbers_are_exact),
        cmocka_unit_test(decimals_are_read_without_rounding_errors),
        cmocka_unit_test(coordinates_keep_to_their_range),
        cmocka_unit_test(ids_and_texts_have_their_limits),
        cmocka_unit_test(times_and_days_are_strict),
        cmocka_unit_test(the_verdict_counts_the_errors_of_this_document_alone),
        cmocka_unit_test(a_text_that_found_no_memory_is_no_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
