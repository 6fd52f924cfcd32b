/* In what order parts are tried (solver/agenda.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "solver/agenda.h"

enum { SESSIONS = 5, SMALLEST = 12, LARGEST = 96, SHAPES = 3, TIMES = 2 };

struct rig {
    struct am_arena arena;
    struct am_agenda agenda;
    int64_t regret[SESSIONS];
    uint8_t busy[SESSIONS];
};

static void start(struct rig *rig, int smallest, int largest, int times)
{
    struct am_err err;
    memset(rig, 0, sizeof *rig);
    am_arena_init(&rig->arena);
    assert_int_equal(am_agenda_init(&rig->agenda,
                                    (struct am_agenda_plan){.smallest = smallest,
                                                            .largest = largest,
                                                            .times = times,
                                                            .shapes = SHAPES,
                                                            .shape = 1},
                                    1, SESSIONS, &rig->arena, &err),
                     AM_OK);
}

static int32_t next(const struct rig *rig, int64_t least)
{
    return am_agenda_next(&rig->agenda, rig->regret, rig->busy, least);
}

static void sizes_grow_and_held_ones_go_first(void **state)
{
    (void)state;
    static const struct {
        int size;
        bool held;
    } expected[] = {{24, true}, {12, false}, {48, true}, {24, false},
                    {96, true}, {48, false}, {96, false}};
    struct rig rig;
    start(&rig, SMALLEST, LARGEST, TIMES);
    const int once = sizeof expected / sizeof *expected;
    assert_int_equal(rig.agenda.try_count, TIMES * once);
    for (int i = 0; i < rig.agenda.try_count; i++) {
        assert_int_equal(rig.agenda.tries[i].size, expected[i % once].size);
        assert_int_equal(rig.agenda.tries[i].held, expected[i % once].held);
        assert_in_range(rig.agenda.tries[i].shape, 0, SHAPES - 1);
    }
    assert_int_equal(rig.agenda.tries[0].shape, 1);
    for (int i = 0; i < once; i++) /* the same size again has another shape */
        assert_int_not_equal(rig.agenda.tries[i].shape, rig.agenda.tries[once + i].shape);
    am_arena_release(&rig.arena);
}

static void one_size_is_a_list_too(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, SMALLEST, SMALLEST, 1);
    rig.regret[2] = 7;
    assert_int_equal(rig.agenda.try_count, 1);
    assert_int_equal(next(&rig, 0), 2);
    assert_int_equal(am_agenda_take(&rig.agenda, 2)->size, SMALLEST);
    assert_int_equal(next(&rig, 0), -1);
    am_arena_release(&rig.arena);
}

/* Far more than fit: the list ends, and nothing is written beyond it. */
static void a_list_has_an_end(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, 1, 1 << 20, 9);
    assert_int_equal(rig.agenda.try_count, AM_AGENDA_MOST);
    rig.regret[0] = INT64_MAX;
    for (int i = 0; i < AM_AGENDA_MOST; i++) {
        assert_int_equal(next(&rig, 0), 0);
        assert_ptr_equal(am_agenda_take(&rig.agenda, 0), &rig.agenda.tries[i]);
    }
    assert_int_equal(next(&rig, 0), -1);
    am_arena_release(&rig.arena);
}

static void most_regret_for_its_cost_goes_first(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, SMALLEST, LARGEST, TIMES);
    rig.regret[1] = 1000;
    rig.regret[3] = 10;
    int taken = 0;
    while (next(&rig, 0) == 1) {
        (void)am_agenda_take(&rig.agenda, 1);
        taken++;
    }
    /* the rich one has had larger parts before the poor one has its first, not all of them */
    assert_in_range(taken, 2, rig.agenda.try_count - 1);
    assert_int_equal(next(&rig, 0), 3);
    double cost = rig.agenda.tries[rig.agenda.next[1]].cost;
    assert_true(1000 / cost <= 10 / rig.agenda.tries[0].cost);
    am_arena_release(&rig.arena);
}

static void busy_ones_and_those_with_little_regret_wait(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, SMALLEST, LARGEST, TIMES);
    rig.regret[0] = 50;
    rig.regret[4] = 60;
    rig.busy[4] = 1;
    assert_int_equal(next(&rig, 0), 0);
    rig.busy[4] = 0;
    assert_int_equal(next(&rig, 0), 4);
    assert_int_equal(next(&rig, 1000), -1);
    /* the dearest try wants more regret than the cheapest */
    int count = 0;
    for (; next(&rig, 20) >= 0; count++)
        (void)am_agenda_take(&rig.agenda, next(&rig, 20));
    assert_in_range(count, 2, 2 * rig.agenda.try_count - 1);
    assert_true(next(&rig, 0) >= 0);
    am_arena_release(&rig.arena);
}

static void a_change_begins_the_list_anew(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, SMALLEST, LARGEST, TIMES);
    rig.regret[1] = 9;
    while (next(&rig, 0) >= 0)
        (void)am_agenda_take(&rig.agenda, 1);
    am_agenda_again(&rig.agenda, 1);
    assert_int_equal(next(&rig, 0), 1);
    assert_ptr_equal(am_agenda_take(&rig.agenda, 1), &rig.agenda.tries[0]);
    am_arena_release(&rig.arena);
}

static void what_was_covered_is_not_tried_again(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, SMALLEST, LARGEST, TIMES);
    rig.regret[0] = 100;
    rig.regret[1] = rig.regret[2] = 10;
    (void)am_agenda_take(&rig.agenda, 2);
    const struct am_try *first = am_agenda_take(&rig.agenda, 0);
    am_agenda_covered(&rig.agenda, 0, first);
    am_agenda_covered(&rig.agenda, 1, first);
    am_agenda_covered(&rig.agenda, 2, first);
    for (int s = 0; s <= 2; s++) /* once, however it came about */
        assert_ptr_equal(am_agenda_take(&rig.agenda, s), first + 1);
    am_arena_release(&rig.arena);
}

/* Of several weeks all tries are made in one, and only then, if at all, over the window. */
static void weeks_go_one_by_one_first(void **state)
{
    (void)state;
    for (int only = 0; only < 2; only++) {
        struct am_agenda agenda;
        struct am_arena arena;
        struct am_err err;
        am_arena_init(&arena);
        assert_int_equal(am_agenda_init(&agenda,
                                        (struct am_agenda_plan){.smallest = SMALLEST,
                                                                .largest = LARGEST,
                                                                .times = 1,
                                                                .shapes = SHAPES,
                                                                .in_week = only},
                                        4, SESSIONS, &arena, &err),
                         AM_OK);
        int once = only ? agenda.try_count : agenda.try_count / 2;
        assert_int_equal(once, 7);
        for (int i = 0; i < once; i++)
            assert_true(agenda.tries[i].in_week);
        for (int i = once; i < agenda.try_count; i++) {
            assert_false(agenda.tries[i].in_week);
            assert_int_equal(agenda.tries[i].size, agenda.tries[i - once].size);
            assert_int_equal(agenda.tries[i].held, agenda.tries[i - once].held);
            assert_true(agenda.tries[i].cost > 8 * agenda.tries[i - once].cost);
        }
        am_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_grow_and_held_ones_go_first),
        cmocka_unit_test(weeks_go_one_by_one_first),
        cmocka_unit_test(one_size_is_a_list_too),
        cmocka_unit_test(a_list_has_an_end),
        cmocka_unit_test(most_regret_for_its_cost_goes_first),
        cmocka_unit_test(busy_ones_and_those_with_little_regret_wait),
        cmocka_unit_test(what_was_covered_is_not_tried_again),
        cmocka_unit_test(a_change_begins_the_list_anew),
    };
    return cmocka_run_group_tests_name("agenda", tests, NULL, NULL);
}
