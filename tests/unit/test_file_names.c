/* Names of files from codes that may hold anything, and ids that say nothing. */
#include "io/file_names.h"
#include "io/opaque_id.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

static struct am_arena arena;

static int set_up(void **state)
{
    (void)state;
    am_arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    am_arena_release(&arena);
    return 0;
}

static const char *name_of(const char *code)
{
    const char **names;
    assert_int_equal(am_file_names("project-", &code, 1, &arena, &names, NULL), AM_OK);
    return names[0];
}

static void plain_codes_are_names_as_they_are(void **state)
{
    (void)state;
    assert_string_equal(name_of("S014"), "project-S014.ics");
    assert_string_equal(name_of("bury-garden_2"), "project-bury-garden_2.ics");
}

static void reserved_names_are_none_behind_a_prefix(void **state)
{
    (void)state;
    assert_string_equal(name_of("CON"), "project-CON.ics");
}

static void no_name_leaves_its_folder_or_hides(void **state)
{
    (void)state;
    static const char *const codes[] = {
        "../../etc/passwd", "..", ".", "/", "a/b", "a\\b", "a:b", "", " ", "x.", "a\nb", "*?\"<>|"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        const char *name = name_of(codes[i]);
        assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789-_."),
                         strlen(name));
        assert_null(strstr(name, ".."));
        assert_int_equal(strncmp(name, "project-", 8), 0);
    }
}

static void codes_that_look_alike_once_cleaned_have_names_of_their_own(void **state)
{
    (void)state;
    assert_string_not_equal(name_of("a/b"), name_of("a:b"));
    assert_string_not_equal(name_of("a/b"), name_of("a_b"));
}

static void long_codes_have_short_names_of_their_own(void **state)
{
    (void)state;
    char one[2001], other[2001];
    memset(one, 'a', 2000);
    one[2000] = '\0';
    memcpy(other, one, sizeof one);
    other[1999] = 'b';
    const char *name = name_of(one);
    assert_true(strlen(name) < 100);
    assert_string_not_equal(name, name_of(other));
}

static void characters_beyond_ascii_do_not_reach_the_name(void **state)
{
    (void)state;
    const char *name = name_of("\xc5\xb4yl");
    assert_int_equal(strncmp(name, "project-__yl.", 13), 0);
}

static void twins_by_case_are_told_apart_and_the_first_stays_plain(void **state)
{
    (void)state;
    static const char *const codes[] = {"p1", "P1", "p2", "P1"};
    const char **names;
    assert_int_equal(am_file_names("project-", codes, 4, &arena, &names, NULL), AM_OK);
    assert_string_equal(names[0], "project-p1.ics");
    assert_string_equal(names[2], "project-p2.ics");
    assert_true(strcasecmp(names[0], names[1]) != 0);
}

static void every_failing_allocation_is_reported(void **state)
{
    (void)state;
    static const char *const codes[] = {"p1", "P1"};
    const char **names;
    long limit = 1;
    for (;; limit++) {
        struct am_arena small;
        am_arena_init(&small);
        small.limit = limit;
        am_status status = am_file_names("p-", codes, 2, &small, &names, NULL);
        am_arena_release(&small);
        if (status == AM_OK)
            break;
        assert_int_equal(status, AM_ENOMEM);
    }
    assert_true(limit > 3);
}

/* ---- ids ---- */

static void an_id_is_the_same_for_the_same_key_and_parts_and_no_other(void **state)
{
    (void)state;
    static const char *const parts[] = {"ab", "c"}, *const shifted[] = {"a", "bc"};
    char first[AM_OPAQUE_ID_TEXT], again[AM_OPAQUE_ID_TEXT], other[AM_OPAQUE_ID_TEXT];
    struct am_id_key key = am_id_key_default(), another = am_id_key_of_bytes("other", 5);
    am_opaque_id(&key, parts, 2, first);
    am_opaque_id(&key, parts, 2, again);
    assert_string_equal(first, again);
    am_opaque_id(&key, shifted, 2, other);
    assert_string_not_equal(first, other);
    am_opaque_id(&another, parts, 2, other);
    assert_string_not_equal(first, other);
}

/* Reckoned once with another program:
 * HMAC-SHA-256(SHA-256("amends calendars 1"), "file\0X100001\0"). */
static void ids_stay_what_they_were_in_earlier_versions(void **state)
{
    (void)state;
    static const char *const parts[] = {"file", "X100001"};
    char id[AM_OPAQUE_ID_TEXT];
    struct am_id_key key = am_id_key_default();
    am_opaque_id(&key, parts, 2, id);
    assert_string_equal(id, "8902415f-2655-833e-a37d-bf5b3817afde");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_codes_are_names_as_they_are),
        cmocka_unit_test(reserved_names_are_none_behind_a_prefix),
        cmocka_unit_test(no_name_leaves_its_folder_or_hides),
        cmocka_unit_test(codes_that_look_alike_once_cleaned_have_names_of_their_own),
        cmocka_unit_test(long_codes_have_short_names_of_their_own),
        cmocka_unit_test(characters_beyond_ascii_do_not_reach_the_name),
        cmocka_unit_test(twins_by_case_are_told_apart_and_the_first_stays_plain),
        cmocka_unit_test(every_failing_allocation_is_reported),
        cmocka_unit_test(an_id_is_the_same_for_the_same_key_and_parts_and_no_other),
        cmocka_unit_test(ids_stay_what_they_were_in_earlier_versions),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
