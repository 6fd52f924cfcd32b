/* In what order parts are tried (solver/agenda.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "solver/agenda.h"

enum { SESSIONS = 5, SMALLEST = 12, LARGEST = 48, LARGEST_HELD = 96, SHAPES = 3, TIMES = 2 };

struct rig {
    struct am_arena arena;
    struct am_agenda agenda;
    int64_t regret[SESSIONS];
};

static void start(struct rig *rig, int smallest, int largest, int largest_held, int times)
{
    struct am_err err;
    memset(rig, 0, sizeof *rig);
    am_arena_init(&rig->arena);
    assert_int_equal(am_agenda_init(&rig->agenda,
                                    (struct am_agenda_plan){.smallest = smallest,
                                                            .largest = largest,
                                                            .largest_held = largest_held,
                                                            .times = times,
                                                            .shapes = SHAPES,
                                                            .shape = 1},
                                    1, SESSIONS, &rig->arena, &err),
                     AM_OK);
}

static int32_t next(struct rig *rig, int64_t least)
{
    am_agenda_tell(&rig->agenda, rig->regret, least);
    return am_agenda_next(&rig->agenda);
}

static void sizes_grow_and_held_ones_go_first(void **state)
{
    (void)state;
    static const struct {
        int size;
        bool held;
    } expected[] = {{24, true}, {48, true}, {96, true}, {12, false}, {24, false}, {48, false}};
    struct rig rig;
    start(&rig, SMALLEST, LARGEST, LARGEST_HELD, TIMES);
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
    start(&rig, SMALLEST, SMALLEST, SMALLEST, 1);
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
    start(&rig, 1, 1 << 20, 1 << 20, 9);
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
    start(&rig, SMALLEST, LARGEST, LARGEST_HELD, TIMES);
    rig.regret[1] = 300;
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
    assert_true(300 / cost <= 10 / rig.agenda.tries[0].cost);
    am_arena_release(&rig.arena);
}

static void busy_ones_and_those_with_little_regret_wait(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, SMALLEST, LARGEST, LARGEST_HELD, TIMES);
    rig.regret[0] = 50;
    rig.regret[4] = 60;
    am_agenda_busy(&rig.agenda, 4, 1);
    assert_int_equal(next(&rig, 0), 0);
    am_agenda_busy(&rig.agenda, 4, -1);
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
    start(&rig, SMALLEST, LARGEST, LARGEST_HELD, TIMES);
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
    start(&rig, SMALLEST, LARGEST, LARGEST_HELD, TIMES);
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
                                                                .largest_held = LARGEST_HELD,
                                                                .times = 1,
                                                                .shapes = SHAPES,
                                                                .in_week = only},
                                        4, SESSIONS, &arena, &err),
                         AM_OK);
        int once = only ? agenda.try_count : agenda.try_count / 2;
        assert_int_equal(once, 6);
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

/* By looking at every session. */
static int32_t most_promising(const struct am_agenda *agenda)
{
    int32_t best = -1;
    double most = 0;
    for (int32_t s = 0; s < agenda->session_count; s++) {
        const struct am_try *try = &agenda->tries[agenda->next[s]];
        double regret = (double)agenda->regret[s];
        bool waits = agenda->busy[s] > 0 || agenda->next[s] == agenda->try_count;
        if (waits || regret <= (double)agenda->least * try->wanted || regret / try->cost <= most)
            continue;
        most = regret / try->cost;
        best = s;
    }
    return best;
}

/* Whatever happens to some of many sessions. */
static void the_most_promising_of_many_is_found(void **state)
{
    (void)state;
    enum { MANY = 300, EVENTS = 5000, REGRET = 50 };
    struct rig rig;
    struct am_err err;
    int64_t regret[MANY];
    const uint64_t numbers = am_random_stream(7, 0, 0);
    start(&rig, SMALLEST, LARGEST, LARGEST_HELD, TIMES);
    assert_int_equal(am_agenda_init(&rig.agenda,
                                    (struct am_agenda_plan){.smallest = SMALLEST,
                                                            .largest = LARGEST,
                                                            .times = TIMES,
                                                            .shapes = SHAPES},
                                    1, MANY, &rig.arena, &err),
                     AM_OK);
    struct am_agenda *agenda = &rig.agenda;
    for (int s = 0; s < MANY; s++)
        regret[s] = (int64_t)(am_random_at(numbers, (uint64_t)s) % REGRET);
    am_agenda_tell(agenda, regret, 0);
    int found = 0, busy = 0;
    for (uint64_t i = 0; i < EVENTS; i++) {
        int32_t next = am_agenda_next(agenda);
        assert_int_equal(next, most_promising(agenda));
        uint64_t number = am_random_at(numbers, MANY + i);
        int32_t other = (int32_t)(number / 8 % MANY);
        const struct am_try *try = next < 0 ? agenda->tries : am_agenda_take(agenda, next);
        found += next >= 0;
        am_agenda_covered(agenda, other, try);
        if (number % 8 == 0)
            am_agenda_again(agenda, other);
        if (number % 4 == 1 && agenda->busy[other] < 9)
            am_agenda_busy(agenda, other, 1);
        if (number % 4 == 2 && agenda->busy[other] > 0)
            am_agenda_busy(agenda, other, -1);
        busy += agenda->busy[other] > 0;
        if (i == EVENTS / 2)
            am_agenda_tell(agenda, regret, REGRET / 10);
    }
    assert_in_range(found, EVENTS / 4, EVENTS);
    assert_true(busy > EVENTS / 10);
    am_arena_release(&rig.arena);
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
        cmocka_unit_test(the_most_promising_of_many_is_found),
    };
    return cmocka_run_group_tests_name("agenda", tests, NULL, NULL);
}
