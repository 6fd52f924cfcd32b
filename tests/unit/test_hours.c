/* How many sessions of each length fit into a supervisor's week (solver/hours.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/tiny_random.h"
#include "solver/hours.h"

enum { MOST_SESSIONS = 12, TRIES = 400 };

struct rig {
    struct am_arena arena;
    struct am_hours_session sessions[MOST_SESSIONS * 4];
    int count;
    struct am_hours_cuts cuts;
};

static void add(struct rig *rig, int day, int start, int minutes)
{
    rig->sessions[rig->count++] = (struct am_hours_session){day, start, minutes};
}

static void find(struct rig *rig, int limit)
{
    struct am_err err;
    assert_int_equal(am_hours_find(rig->sessions, rig->count, limit, &rig->arena, &rig->cuts, &err),
                     AM_OK);
}

static bool has_cut(const struct rig *rig, const int32_t *weight, int classes, int32_t most)
{
    for (int i = 0; i < rig->cuts.count; i++)
        if (memcmp(rig->cuts.at[i].weight, weight, (size_t)classes * sizeof *weight) == 0)
            return rig->cuts.at[i].most == most;
    return false;
}

static void thirty_seven_hours_are_five_days_of_seven(void **state)
{
    (void)state;
    struct rig rig = {.count = 0};
    am_arena_init(&rig.arena);
    for (int day = 0; day < 7; day++)
        add(&rig, day, 540, 420);
    find(&rig, 2220);
    assert_int_equal(rig.cuts.class_count, 1);
    assert_int_equal(rig.cuts.shortest[0], 420);
    assert_int_equal(rig.cuts.count, 1);
    assert_true(has_cut(&rig, (const int32_t[]){1}, 1, 5));
    assert_int_equal(am_hours_weight(&rig.cuts, &rig.cuts.at[0], 420), 1);
    assert_int_equal(am_hours_weight(&rig.cuts, &rig.cuts.at[0], 300), 0);
    am_arena_release(&rig.arena);
}

/* Of seven hours or of six on each of seven days, in 37: the corners are 5 and 0,
 * 1 and 5, 0 and 6. */
static void two_lengths_have_the_facets_of_their_hull(void **state)
{
    (void)state;
    struct rig rig = {.count = 0};
    am_arena_init(&rig.arena);
    for (int day = 0; day < 7; day++) {
        add(&rig, day, 540, 420);
        add(&rig, day, 600, 360);
    }
    find(&rig, 2220);
    assert_int_equal(rig.cuts.class_count, 2);
    assert_int_equal(rig.cuts.count, 2);
    assert_true(has_cut(&rig, (const int32_t[]){1, 1}, 2, 6));
    assert_true(has_cut(&rig, (const int32_t[]){5, 4}, 2, 25));
    am_arena_release(&rig.arena);
}

static void days_that_the_limit_does_not_touch_make_no_cut(void **state)
{
    (void)state;
    struct rig rig = {.count = 0};
    am_arena_init(&rig.arena);
    for (int day = 0; day < 5; day++) {
        add(&rig, day, 540, 420);
        add(&rig, day, 600, 360);
    }
    find(&rig, 5 * 420);
    assert_int_equal(rig.cuts.count, 0);
    find(&rig, 5 * 420 - 1);
    assert_true(rig.cuts.count > 0);
    am_arena_release(&rig.arena);
}

static void what_is_longer_than_the_limit_and_an_empty_week_are_no_trouble(void **state)
{
    (void)state;
    struct rig rig = {.count = 0};
    am_arena_init(&rig.arena);
    find(&rig, 600);
    assert_int_equal(rig.cuts.count, 0);
    add(&rig, 0, 0, 420);
    add(&rig, 1, 0, 0);
    find(&rig, 0);
    assert_int_equal(rig.cuts.count, 0);
    find(&rig, 400);
    assert_int_equal(rig.cuts.count, 0);
    add(&rig, 2, 0, 300);
    add(&rig, 3, 0, 300);
    find(&rig, 400);
    assert_int_equal(rig.cuts.class_count, 1);
    assert_true(has_cut(&rig, (const int32_t[]){1}, 1, 1));
    am_arena_release(&rig.arena);
}

/* ---- against every choice there is ---- */

static bool can_lead(const struct rig *rig, int limit, unsigned set)
{
    int minutes = 0;
    for (int i = 0; i < rig->count; i++) {
        const struct am_hours_session *a = &rig->sessions[i];
        if (!(set >> i & 1))
            continue;
        minutes += a->minutes;
        for (int j = 0; j < i; j++) {
            const struct am_hours_session *b = &rig->sessions[j];
            if ((set >> j & 1) && a->day == b->day && a->start < b->start + b->minutes &&
                b->start < a->start + a->minutes)
                return false;
        }
    }
    return minutes <= limit;
}

static int32_t weight_of(const struct rig *rig, const struct am_hours_cut *cut, unsigned set)
{
    int32_t sum = 0;
    for (int i = 0; i < rig->count; i++)
        if (set >> i & 1)
            sum += am_hours_weight(&rig->cuts, cut, rig->sessions[i].minutes);
    return sum;
}

/* Returns how many of the cuts that were found are tight somewhere. */
static int check_all(const struct rig *rig, int limit)
{
    int tight = 0;
    for (int c = 0; c < rig->cuts.count; c++) {
        int32_t most = 0;
        for (unsigned set = 0; set < 1u << rig->count; set++) {
            int32_t sum = can_lead(rig, limit, set) ? weight_of(rig, &rig->cuts.at[c], set) : 0;
            assert_true(sum <= rig->cuts.at[c].most);
            most = sum > most ? sum : most;
        }
        tight += most == rig->cuts.at[c].most;
    }
    return tight;
}

static void every_choice_obeys_every_cut_and_some_choice_meets_it(void **state)
{
    (void)state;
    struct tiny_random random = {37};
    int cuts = 0;
    for (int k = 0; k < TRIES; k++) {
        struct rig rig = {.count = 0};
        int limit = 60 * (4 + tiny_below(&random, 30)), sessions = 3 + tiny_below(&random, 9);
        am_arena_init(&rig.arena);
        for (int i = 0; i < sessions; i++)
            add(&rig, tiny_below(&random, 4), 60 * (7 + tiny_below(&random, 6)),
                60 * (1 + tiny_below(&random, 5)) + 30 * tiny_below(&random, 2));
        find(&rig, limit);
        int tight = check_all(&rig, limit);
        if (rig.cuts.class_count < AM_HOURS_CLASSES) /* else lengths may count as less */
            assert_int_equal(tight, rig.cuts.count);
        cuts += rig.cuts.count;
        am_arena_release(&rig.arena);
    }
    assert_true(cuts > TRIES); /* or it would show little */
}

static void more_lengths_than_classes_still_hold(void **state)
{
    (void)state;
    struct rig rig = {.count = 0};
    am_arena_init(&rig.arena);
    for (int i = 0; i < MOST_SESSIONS; i++)
        add(&rig, i % 7, 480, 200 + 17 * i);
    find(&rig, 1100);
    assert_int_equal(rig.cuts.class_count, AM_HOURS_CLASSES);
    for (int c = 1; c < rig.cuts.class_count; c++)
        assert_true(rig.cuts.shortest[c] < rig.cuts.shortest[c - 1]);
    assert_int_equal(rig.cuts.shortest[AM_HOURS_CLASSES - 1], 200);
    assert_true(rig.cuts.count > 0);
    (void)check_all(&rig, 1100);
    am_arena_release(&rig.arena);
}

static void days_full_of_short_sessions_fall_back_on_fewer_classes(void **state)
{
    (void)state;
    struct rig rig = {.count = 0};
    am_arena_init(&rig.arena);
    for (int i = 0; i < 4 * MOST_SESSIONS; i++)
        add(&rig, i % 2, 20 * (i / 2), 10 + i % 7);
    find(&rig, 200);
    assert_in_range(rig.cuts.class_count, 1, AM_HOURS_CLASSES);
    for (int c = 0; c < rig.cuts.count; c++) { /* the shortest alone are a choice */
        const struct am_hours_cut *cut = &rig.cuts.at[c];
        assert_true(am_hours_weight(&rig.cuts, cut, 10) * 6 <= cut->most);
    }
    am_arena_release(&rig.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thirty_seven_hours_are_five_days_of_seven),
        cmocka_unit_test(two_lengths_have_the_facets_of_their_hull),
        cmocka_unit_test(days_that_the_limit_does_not_touch_make_no_cut),
        cmocka_unit_test(what_is_longer_than_the_limit_and_an_empty_week_are_no_trouble),
        cmocka_unit_test(every_choice_obeys_every_cut_and_some_choice_meets_it),
        cmocka_unit_test(more_lengths_than_classes_still_hold),
        cmocka_unit_test(days_full_of_short_sessions_fall_back_on_fewer_classes),
    };
    return cmocka_run_group_tests_name("hours", tests, NULL, NULL);
}
