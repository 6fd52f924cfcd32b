/* Findings tell of strangers' files: nothing in them may steer a terminal. */
#include "base/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void shown(const char *text, const char *expected)
{
    struct am_diag diag;
    am_diag_init(&diag);
    am_diag_add(&diag, AM_ERROR, (struct am_where){.path = text}, "%s", text);
    assert_non_null(diag.first);
    assert_string_equal(diag.first->text, expected);
    assert_string_equal(diag.first->path, expected);
    am_diag_release(&diag);
}

static void control_characters_become_question_marks(void **state)
{
    (void)state;
    shown("a\x1b]0;b\x07\n\x7f", "a?]0;b???");
    shown("a\xc2\x85", "a??");
}

static void what_turns_the_direction_of_writing_becomes_question_marks(void **state)
{
    (void)state;
    shown("a\xe2\x80\xae"
          "b\xe2\x81\xa6\xe2\x80\x8f\xd8\x9c\xe2\x80\xa8",
          "a???b???????"
          "?"
          "???");
}

static void other_characters_stay(void **state)
{
    (void)state;
    shown("caf\xc3\xa9 \xe2\x80\x93 \xf0\x9f\x91\xa9\xe2\x80\x8d\xe2\x9a\x96",
          "caf\xc3\xa9 \xe2\x80\x93 \xf0\x9f\x91\xa9\xe2\x80\x8d\xe2\x9a\x96");
    shown("cut off \xe2\x80", "cut off ??");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(control_characters_become_question_marks),
        cmocka_unit_test(what_turns_the_direction_of_writing_becomes_question_marks),
        cmocka_unit_test(other_characters_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
