/*
 * Seeded numbers that are looked up: the published sequence, and chances that
 * come out as they should.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"

/* The first numbers of SplitMix64 begun at 1234567, as they are published. */
static void a_stream_is_the_published_sequence(void **state)
{
    static const uint64_t published[] = {
        UINT64_C(6457827717110365317),  UINT64_C(3203168211198807973),
        UINT64_C(9817491932198370423),  UINT64_C(4593380528125082431),
        UINT64_C(16408922859458223821),
    };
    (void)state;
    for (uint64_t n = 0; n < sizeof published / sizeof published[0]; n++)
        assert_true(am_random_at(1234567, n) == published[n]);
}

static void names_are_those_of_fnv_1a(void **state)
{
    (void)state;
    assert_true(am_random_name("") == UINT64_C(0xcbf29ce484222325));
    assert_true(am_random_name("a") == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(am_random_name("foobar") == UINT64_C(0x85944171f73967e8));
}

static void each_part_of_a_name_makes_another_stream(void **state)
{
    (void)state;
    uint64_t stream = am_random_stream(1, 2, 3);
    assert_true(stream == am_random_stream(1, 2, 3));
    assert_true(stream != am_random_stream(2, 2, 3));
    assert_true(stream != am_random_stream(1, 3, 3));
    assert_true(stream != am_random_stream(1, 2, 4));
    assert_true(stream != am_random_stream(1, 3, 2));
}

static void a_chance_of_none_never_comes_and_one_of_a_hundred_always(void **state)
{
    (void)state;
    const uint64_t ends[] = {0, UINT64_MAX};
    for (int i = 0; i < 2; i++) {
        assert_false(am_random_percent(ends[i], 0));
        assert_true(am_random_percent(ends[i], 100));
    }
    assert_true(am_random_percent(0, 1));
    assert_false(am_random_percent(UINT64_MAX, 99));
}

/* Of 1,000,000 in each of 100 chances, within 4.5 standard deviations: one in
 * 150,000 falls outside by chance alone, and the seed is fixed. */
static void chances_come_out_as_often_as_they_should(void **state)
{
    enum { DRAWS = 1000000 };
    (void)state;
    for (int32_t percent = 1; percent < 100; percent++) {
        uint64_t stream = am_random_stream(7, (uint64_t)percent, 0);
        int64_t hits = 0;
        for (uint64_t n = 0; n < DRAWS; n++)
            hits += am_random_percent(am_random_at(stream, n), percent);
        /* (hits - np)^2 <= 4.5^2 n p (1 - p), times 10,000 */
        int64_t off = 100 * hits - (int64_t)DRAWS * percent;
        assert_true(4 * off * off <= (int64_t)81 * DRAWS * percent * (100 - percent));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_is_the_published_sequence),
        cmocka_unit_test(names_are_those_of_fnv_1a),
        cmocka_unit_test(each_part_of_a_name_makes_another_stream),
        cmocka_unit_test(a_chance_of_none_never_comes_and_one_of_a_hundred_always),
        cmocka_unit_test(chances_come_out_as_often_as_they_should),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
