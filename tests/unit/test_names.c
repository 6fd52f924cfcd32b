#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/names.h"

static void ids_are_numbered_in_the_order_added(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    struct am_arena arena;
    struct am_names names;
    int index;
    am_arena_init(&arena);
    am_names_init(&names, &arena);
    assert_int_equal(am_names_find(&names, "x0"), -1);
    for (int i = 0; i < COUNT; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "x%d", i);
        char *copy = am_arena_strdup(&arena, id);
        assert_non_null(copy);
        assert_int_equal(am_names_add(&names, copy, &index), AM_OK);
        assert_int_equal(index, i);
    }
    assert_int_equal(am_names_add(&names, "x77", &index), AM_EINVALID);
    assert_int_equal(index, 77);
    assert_int_equal(am_names_find(&names, "x4999"), 4999);
    assert_int_equal(am_names_find(&names, "x5000"), -1);
    assert_int_equal(names.count, COUNT);
    am_arena_release(&arena);
}

static void the_nearest_is_found_unless_all_are_far(void **state)
{
    (void)state;
    struct am_arena arena;
    struct am_names names;
    int index;
    am_arena_init(&arena);
    am_names_init(&names, &arena);
    assert_null(am_names_nearest(&names, "park"));
    assert_int_equal(am_names_add(&names, "park", &index), AM_OK);
    assert_int_equal(am_names_add(&names, "office", &index), AM_OK);
    assert_string_equal(am_names_nearest(&names, "ofice"), "office");
    assert_null(am_names_nearest(&names, "riverside"));
    am_arena_release(&arena);
}

static void without_memory_adding_fails(void **state)
{
    (void)state;
    struct am_arena arena;
    struct am_names names;
    int index;
    am_arena_init(&arena);
    arena.limit = 1;
    am_names_init(&names, &arena);
    assert_int_equal(am_names_add(&names, "park", &index), AM_ENOMEM);
    assert_int_equal(am_names_find(&names, "park"), -1);
    am_arena_release(&arena);
}

/* What am_diag_print prints; freed by the caller. */
static char *printed(const struct am_diag *diag)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    am_diag_print(diag, out);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void findings_are_printed_by_file_and_place(void **state)
{
    (void)state;
    struct am_diag diag;
    am_diag_init(&diag);
    am_diag_add(&diag, AM_ERROR, (struct am_where){"a.json", 9, 2, "$.b"}, "late %d", 1);
    am_diag_add(&diag, AM_WARNING, (struct am_where){.file = "j.csv", .line = 1}, "other");
    am_diag_add(&diag, AM_ERROR, (struct am_where){"a.json", 2, 7, NULL}, "early");
    am_diag_add(&diag, AM_ERROR, (struct am_where){0}, "nowhere");
    char *text = printed(&diag);
    assert_string_equal(text, "a.json:2:7: error: early\n"
                              "a.json:9:2: error: $.b: late 1\n"
                              "j.csv:1: warning: other\n"
                              "error: nowhere\n");
    assert_int_equal(diag.errors, 3);
    assert_int_equal(diag.warnings, 1);
    free(text);
    am_diag_release(&diag);
}

static void findings_cannot_steer_the_terminal(void **state)
{
    (void)state;
    struct am_diag diag;
    am_diag_init(&diag);
    am_diag_add(&diag, AM_ERROR, (struct am_where){0},
                "a\033[2Jb\xc2\x9b"
                "c\x7f \xc3\xa9");
    char *text = printed(&diag);
    assert_string_equal(text, "error: a?[2Jb??c? \xc3\xa9\n");
    free(text);
    am_diag_release(&diag);
}

static void a_million_mistakes_do_not_fill_memory(void **state)
{
    (void)state;
    struct am_diag diag;
    am_diag_init(&diag);
    for (int i = 0; i < AM_DIAG_LIMIT + 5; i++)
        am_diag_add(&diag, AM_ERROR, (struct am_where){.line = i + 1}, "mistake");
    assert_int_equal(diag.errors, AM_DIAG_LIMIT + 5);
    assert_int_equal(diag.kept, AM_DIAG_LIMIT);
    assert_int_equal(diag.lost, 5);
    char *text = printed(&diag);
    assert_non_null(strstr(text, "and 5 more\n"));
    free(text);
    am_diag_release(&diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_numbered_in_the_order_added),
        cmocka_unit_test(the_nearest_is_found_unless_all_are_far),
        cmocka_unit_test(without_memory_adding_fails),
        cmocka_unit_test(findings_are_printed_by_file_and_place),
        cmocka_unit_test(findings_cannot_steer_the_terminal),
        cmocka_unit_test(a_million_mistakes_do_not_fill_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
