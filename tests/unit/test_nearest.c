#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/nearest.h"

static void distance_counts_letters_added_dropped_changed_and_swapped(void **state)
{
    (void)state;
    assert_int_equal(am_word_distance("people", "people"), 0);
    assert_int_equal(am_word_distance("peple", "people"), 1);
    assert_int_equal(am_word_distance("peoplee", "people"), 1);
    assert_int_equal(am_word_distance("paople", "people"), 1);
    assert_int_equal(am_word_distance("poeple", "people"), 1);
    assert_int_equal(am_word_distance("", "abc"), 3);
    assert_int_equal(am_word_distance("abc", ""), 3);
}

static void case_and_the_kind_of_dash_do_not_count(void **state)
{
    (void)state;
    assert_int_equal(am_word_distance("Time-Limit", "time_limit"), 0);
}

static void very_long_words_are_compared_by_their_beginning(void **state)
{
    char word[1000];
    (void)state;
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_int_equal(am_word_distance(word, word), 0);
    assert_int_equal(am_word_distance(word, ""), 63);
}

static void the_nearest_of_several_is_kept_and_the_first_of_equals(void **state)
{
    struct am_nearest nearest = {0};
    (void)state;
    am_nearest_offer(&nearest, "roter", "router");
    am_nearest_offer(&nearest, "roter", "roster");
    assert_string_equal(nearest.word, "router");
    am_nearest_offer(&nearest, "roter", "roter");
    assert_string_equal(nearest.word, "roter");
}

static void a_word_too_far_away_is_no_suggestion(void **state)
{
    struct am_nearest nearest = {0};
    (void)state;
    am_nearest_offer(&nearest, "banana", "check");
    assert_null(nearest.word);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_counts_letters_added_dropped_changed_and_swapped),
        cmocka_unit_test(case_and_the_kind_of_dash_do_not_count),
        cmocka_unit_test(very_long_words_are_compared_by_their_beginning),
        cmocka_unit_test(the_nearest_of_several_is_kept_and_the_first_of_equals),
        cmocka_unit_test(a_word_too_far_away_is_no_suggestion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
