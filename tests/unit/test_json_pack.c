/* Long lists of numbers stay in the text until somebody asks for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "io/json_pack.h"
#include "io/json_value.h"

#define SIXTEEN "0,1,2,3, 4,5,6,7, 8,9,10,11, 12,13,14,15"
#define FIFTEEN "0,1,2,3, 4,5,6,7, 8,9,10,11, 12,13,14"

struct document {
    struct am_json json;
    struct am_diag diag;
    struct am_arena arena;
};

static void parse_as(struct document *d, const char *text, bool packed)
{
    struct am_err err;
    char *copy = malloc(strlen(text) + 1);
    assert_non_null(copy);
    memcpy(copy, text, strlen(text) + 1);
    am_diag_init(&d->diag);
    am_arena_init(&d->arena);
    am_json_init(&d->json, "f.json", &d->diag, &d->arena);
    am_status status = packed ? am_json_parse_packed(&d->json, copy, strlen(text), &err)
                              : am_json_parse(&d->json, copy, strlen(text), &err);
    assert_int_equal(status, AM_OK);
}

static void release(struct document *d)
{
    am_json_release(&d->json);
    am_arena_release(&d->arena);
    am_diag_release(&d->diag);
}

static void only_long_lists_of_numbers_and_nulls_are_packed(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t packed;
    } cases[] = {
        {"[" SIXTEEN "]", 1},
        {"[ " SIXTEEN " ]", 1},
        {"[" FIFTEEN "]", 0},
        {"[" FIFTEEN ",null]", 1},
        {"[" FIFTEEN ",-1.5e3]", 1},
        {"[" FIFTEEN ",true]", 0},
        {"[" FIFTEEN ",\"a\"]", 0},
        {"[" FIFTEEN ",[1]]", 0},
        {"[[" SIXTEEN "],[" SIXTEEN "],[" FIFTEEN "]]", 2},
        {"{\"a\":[" SIXTEEN "],\"b\":{\"c\":[" SIXTEEN "]}}", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct document d;
        parse_as(&d, cases[i].text, true);
        assert_int_equal(d.json.packed_count, cases[i].packed);
        release(&d);
        parse_as(&d, cases[i].text, false);
        assert_int_equal(d.json.packed_count, 0);
        release(&d);
    }
}

static void cells_are_read_from_the_text(void **state)
{
    (void)state;
    struct document d;
    struct am_json_cells cells;
    struct am_json_cell cell;
    parse_as(&d, "{\"x\": [1],\n \"m\": [[ 7 ,null\n,\t2.5, -3," SIXTEEN "]]}", true);
    const cJSON *m = am_json_member(d.json.root, "m");
    assert_false(am_json_cells(&d.json, m, &cells));
    assert_false(am_json_cells(&d.json, am_json_member(d.json.root, "x"), &cells));
    assert_true(am_json_cells(&d.json, m->child, &cells));
    assert_true(am_json_cell(&cells, &cell));
    assert_false(cell.is_null);
    assert_int_equal(cell.number.floor, 7);
    assert_true(am_json_cell(&cells, &cell));
    assert_true(cell.is_null);
    assert_true(am_json_cell(&cells, &cell));
    assert_int_equal(cell.number.floor, 2);
    assert_false(cell.number.exact);
    assert_true(am_json_cell(&cells, &cell));
    assert_int_equal(cell.number.floor, -3);
    for (int i = 0; i < 16; i++) {
        assert_true(am_json_cell(&cells, &cell));
        assert_int_equal(cell.number.floor, i);
    }
    assert_false(am_json_cell(&cells, &cell));
    assert_false(am_json_cell(&cells, &cell)); /* and again */
    assert_null(m->child->child);
    release(&d);
}

/* The whole tree, packed lists unpacked on the way. */
static void assert_same(struct document *a, const cJSON *x, struct document *b, const cJSON *y)
{
    assert_int_equal(x->type, y->type);
    assert_int_equal(x->valueint, y->valueint);
    assert_string_equal(x->string ? x->string : "", y->string ? y->string : "");
    const cJSON *left = am_json_children(&a->json, x), *right = am_json_children(&b->json, y);
    for (; left && right; left = left->next, right = right->next)
        assert_same(a, left, b, right);
    assert_null(left);
    assert_null(right);
}

static uint64_t chance;

static int below(int bound)
{
    chance = chance * 6364136223846793005U + 1442695040888963407U;
    return (int)((chance >> 33) % (uint64_t)bound);
}

enum { TEXT_BYTES = 100000, TEXT_ENOUGH = 60000 };

static char text[TEXT_BYTES];
static size_t used;

static void write_text(const char *more)
{
    size_t length = strlen(more);
    assert_true(used + length < TEXT_BYTES);
    memcpy(text + used, more, length + 1);
    used += length;
}

static void write_value(int depth)
{
    static const char *const scalars[] = {"0",    "-12",  "3.25",  "1e2",
                                          "null", "true", "\"]\"", "\"\""};
    int kind = depth > 3 ? 2 : below(6), count = below(2) ? below(5) : 14 + below(5);
    if (kind >= 2) {
        write_text(scalars[below(8)]);
        return;
    }
    int plain = below(3); /* of numbers alone, of numbers and nulls, of anything */
    write_text(kind == 0 ? "[" : "{");
    for (int i = 0; i < count && used < TEXT_ENOUGH; i++) {
        write_text(i > 0 ? (below(2) ? "," : " ,\n ") : "");
        if (kind == 1) {
            char key[20];
            (void)snprintf(key, sizeof key, "\"k%d\":", i);
            write_text(key);
        }
        if (plain < 2)
            write_text(scalars[below(plain == 0 ? 4 : 5)]);
        else
            write_value(depth + 1);
    }
    write_text(kind == 0 ? "]" : "}");
}

static void a_document_is_the_same_packed_or_not(void **state)
{
    (void)state;
    size_t packed = 0;
    chance = 1;
    for (int i = 0; i < 5000; i++) {
        struct document a, b;
        used = 0;
        write_value(0);
        parse_as(&a, text, false);
        parse_as(&b, text, true);
        packed += b.json.packed_count;
        assert_same(&a, a.json.root, &b, b.json.root);
        release(&a);
        release(&b);
    }
    assert_in_range(packed, 500, 1000000);
}

static void a_fault_in_a_packed_list_is_told_where_it_stands(void **state)
{
    (void)state;
    struct document d;
    int count;
    parse_as(&d, "{\"m\": [\n  [" FIFTEEN ",\n   1.5]]}", true);
    const cJSON *cell = am_json_list(&d.json, am_json_member(d.json.root, "m")->child, &count);
    assert_int_equal(count, 16);
    for (int i = 0; i < 15; i++, cell = cell->next)
        assert_int_equal(am_json_whole(&d.json, cell, 0, 99, -1), i);
    assert_int_equal(am_json_whole(&d.json, cell, 0, 99, -1), -1);
    assert_string_equal(d.diag.first->text, "expected a whole number from 0 to 99, found 1.5");
    assert_string_equal(d.diag.first->path, "$.m[0][15]");
    assert_int_equal(d.diag.first->line, 3);
    assert_int_equal(d.diag.first->column, 4);
    release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_long_lists_of_numbers_and_nulls_are_packed),
        cmocka_unit_test(cells_are_read_from_the_text),
        cmocka_unit_test(a_document_is_the_same_packed_or_not),
        cmocka_unit_test(a_fault_in_a_packed_list_is_told_where_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
