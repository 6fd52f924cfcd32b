/* Classes of things alike. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

#include "model/alike.h"

enum { MOST = 500 };

static struct am_alike_key keys[MOST];
static struct am_arena arena;

static int setup(void **state)
{
    (void)state;
    am_arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    am_arena_release(&arena);
    return 0;
}

static bool key_before(const struct am_alike_key *a, const struct am_alike_key *b)
{
    for (int i = 0; i < AM_ALIKE_WIDTH; i++)
        if (a->part[i] != b->part[i])
            return a->part[i] < b->part[i];
    return false;
}

/* Keys from few values, the things in a shuffled order. */
static void make_keys(int count, int values)
{
    for (int i = 0; i < count; i++) {
        int thing = (i * 7 + 3) % count;
        keys[i] = (struct am_alike_key){.index = thing};
        for (int k = 0; k < AM_ALIKE_WIDTH; k++)
            keys[i].part[k] = (thing * 31 >> k) % values - values / 2;
    }
}

static void things_share_a_class_when_their_keys_are_the_same(void **state)
{
    (void)state;
    static struct am_alike_key of[MOST];
    struct am_alike alike;
    struct am_err err;
    make_keys(MOST - 1, 3);
    for (int i = 0; i < MOST - 1; i++)
        of[keys[i].index] = keys[i];
    assert_int_equal(am_alike_build(keys, MOST - 1, &arena, &alike, &err), AM_OK);
    assert_in_range(alike.count, 20, MOST - 2);
    for (int a = 0; a < MOST - 1; a++)
        for (int b = 0; b < MOST - 1; b++) {
            bool same = memcmp(of[a].part, of[b].part, sizeof of[a].part) == 0;
            assert_int_equal(alike.of[a] == alike.of[b], same);
            if (!same) /* numbered in the order of the keys */
                assert_int_equal(alike.of[a] < alike.of[b], key_before(&of[a], &of[b]));
        }
    for (int c = 0; c < alike.count; c++) {
        int first = 0;
        while (alike.of[first] != c)
            first++;
        assert_int_equal(alike.example[c], first);
    }
}

static void members_are_listed_by_class_in_their_order(void **state)
{
    (void)state;
    struct am_alike alike;
    struct am_members members;
    struct am_err err;
    make_keys(MOST - 1, 2);
    assert_int_equal(am_alike_build(keys, MOST - 1, &arena, &alike, &err), AM_OK);
    assert_int_equal(am_alike_members(&alike, MOST - 1, &arena, &members, &err), AM_OK);
    assert_int_equal(members.first[0], 0);
    assert_int_equal(members.first[alike.count], MOST - 1);
    for (int c = 0; c < alike.count; c++)
        for (int i = members.first[c]; i < members.first[c + 1]; i++) {
            assert_int_equal(alike.of[members.at[i]], c);
            if (i > members.first[c])
                assert_true(members.at[i] > members.at[i - 1]);
        }
}

static void nothing_has_no_classes(void **state)
{
    (void)state;
    struct am_alike alike;
    struct am_members members;
    struct am_err err;
    assert_int_equal(am_alike_build(keys, 0, &arena, &alike, &err), AM_OK);
    assert_int_equal(alike.count, 0);
    assert_int_equal(am_alike_members(&alike, 0, &arena, &members, &err), AM_OK);
    assert_int_equal(members.first[0], 0);
}

static void running_out_of_memory_is_reported(void **state)
{
    (void)state;
    struct am_alike alike;
    struct am_err err;
    make_keys(MOST - 1, 3);
    for (long limit = 1; limit <= 2; limit++) {
        struct am_arena small;
        am_arena_init(&small);
        small.limit = limit;
        assert_int_equal(am_alike_build(keys, MOST - 1, &small, &alike, &err),
                         limit < 2 ? AM_ENOMEM : AM_OK);
        am_arena_release(&small);
    }
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(things_share_a_class_when_their_keys_are_the_same),
        EACH(members_are_listed_by_class_in_their_order),
        EACH(nothing_has_no_classes),
        EACH(running_out_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
