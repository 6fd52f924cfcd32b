/*
 * Merging what is alike, on random networks of a few days: the same patterns at the
 * same points, and nothing alike is left.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "solver/network_merge.h"
#include "tests/support/tiny_random.h"

enum { DAYS = 5, WIDTH = 4, CLASSES = 2, MOST_STEPS = 200, MOST_PATHS = 2000, SEEDS = 3000 };

/* A pattern, and what it costs: who is booked on a day, plus one. */
struct path {
    int32_t booked[DAYS];
    int64_t points;
};

struct paths {
    struct path at[MOST_PATHS];
    size_t count;
};

static struct am_step steps[MOST_STEPS];

static void add(struct am_draft *draft, struct am_step step)
{
    assert_true(draft->step_count < MOST_STEPS);
    steps[draft->step_count++] = step;
}

/* Layers of up to WIDTH nodes and a sink; each way to book leads to some node of the
 * next layer, and costs little enough that many are alike. */
static struct am_draft random_draft(struct tiny_random *random)
{
    struct am_draft draft = {.steps = steps};
    int32_t first = 0, count = 1;
    for (int32_t day = 0; day < DAYS; day++) {
        int32_t next = day == DAYS - 1 ? 1 : 1 + tiny_below(random, WIDTH);
        bool idle = tiny_chance(random, 25);
        for (int32_t n = first; n < first + count; n++)
            for (int32_t c = -1; c < (idle ? 0 : CLASSES); c++)
                if (c < 0 || tiny_chance(random, 70)) {
                    struct am_kind kind = {tiny_below(random, 3), c < 0 ? -1 : day * CLASSES + c,
                                           idle ? -1 : day};
                    add(&draft,
                        (struct am_step){kind, n, first + count + tiny_below(random, next)});
                }
        first += count;
        count = next;
    }
    draft.node_count = first + 1;
    return draft;
}

static void walk(const struct am_draft *draft, int32_t node, struct path path, struct paths *paths)
{
    if (node == draft->node_count - 1) {
        assert_true(paths->count < MOST_PATHS);
        paths->at[paths->count++] = path;
        return;
    }
    for (size_t i = 0; i < draft->step_count; i++) {
        const struct am_step *step = &draft->steps[i];
        if (step->from != node)
            continue;
        struct path longer = path;
        longer.points += step->kind.points;
        if (step->kind.klass >= 0)
            longer.booked[step->kind.klass / CLASSES] = 1 + step->kind.klass;
        assert_true(step->to > node);
        walk(draft, step->to, longer, paths);
    }
}

static int by_bookings(const void *left, const void *right)
{
    const struct path *a = left, *b = right;
    int order = memcmp(a->booked, b->booked, sizeof a->booked);
    return order ? order : (a->points > b->points) - (a->points < b->points);
}

static void list_paths(const struct am_draft *draft, struct paths *paths)
{
    paths->count = 0;
    walk(draft, 0, (struct path){{0}, 0}, paths);
    qsort(paths->at, paths->count, sizeof *paths->at, by_bookings);
}

static bool same_way(const struct am_step *a, const struct am_step *b)
{
    return a->to == b->to && a->kind.points == b->kind.points && a->kind.klass == b->kind.klass &&
           a->kind.day == b->kind.day;
}

/* The steps of a node lie together: where they begin and end. */
static void find_steps(const struct am_draft *draft, int32_t node, size_t *first, size_t *end)
{
    for (*first = 0; *first < draft->step_count && steps[*first].from != node;)
        ++*first;
    for (*end = *first; *end < draft->step_count && steps[*end].from == node;)
        ++*end;
}

static bool are_alike(const struct am_draft *draft, int32_t a, int32_t b)
{
    size_t of_a, end_a, of_b, end_b;
    find_steps(draft, a, &of_a, &end_a);
    find_steps(draft, b, &of_b, &end_b);
    if (end_a - of_a != end_b - of_b)
        return false;
    for (; of_a < end_a; of_a++, of_b++)
        if (!same_way(&steps[of_a], &steps[of_b]))
            return false;
    return true;
}

static void check_nothing_alike(const struct am_draft *draft)
{
    for (int32_t n = 1; n < draft->node_count - 1; n++) {
        size_t first, end;
        find_steps(draft, n, &first, &end);
        assert_true(end > first);
        assert_int_equal(steps[first].kind.points, 0);
        assert_false(end == first + 1 && steps[first].kind.day < 0);
        for (int32_t m = 1; m < n; m++)
            assert_false(are_alike(draft, m, n));
    }
}

static void patterns_stay_and_nothing_alike_is_left(void **state)
{
    static struct paths before, after;
    struct am_merger merger = {0};
    int32_t nodes = 0, left = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct tiny_random random = {seed};
        struct am_draft draft = random_draft(&random);
        nodes += draft.node_count;
        list_paths(&draft, &before);
        assert_true(am_network_merge(&merger, &draft));
        list_paths(&draft, &after);
        assert_int_equal(before.count, after.count);
        assert_memory_equal(before.at, after.at, before.count * sizeof *before.at);
        check_nothing_alike(&draft);
        left += draft.node_count;
    }
    am_merger_release(&merger);
    assert_true(left < nodes);
}

/* Two states of which the second always costs 7 more: the difference is known when
 * they are reached. */
static void what_costs_more_whatever_comes_is_one_node(void **state)
{
    struct am_merger merger = {0};
    struct am_draft draft = {.steps = steps};
    (void)state;
    add(&draft, (struct am_step){{0, -1, 0}, 0, 1});
    add(&draft, (struct am_step){{5, 0, 0}, 0, 2});
    add(&draft, (struct am_step){{1, -1, 1}, 1, 3});
    add(&draft, (struct am_step){{3, 2, 1}, 1, 3});
    add(&draft, (struct am_step){{8, -1, 1}, 2, 3});
    add(&draft, (struct am_step){{10, 2, 1}, 2, 3});
    draft.node_count = 4;
    assert_true(am_network_merge(&merger, &draft));
    am_merger_release(&merger);
    assert_int_equal(draft.node_count, 3);
    assert_int_equal(draft.step_count, 4);
    assert_true(same_way(&steps[0], &(struct am_step){{1, -1, 0}, 0, 1}));
    assert_true(same_way(&steps[1], &(struct am_step){{13, 0, 0}, 0, 1}));
    assert_true(same_way(&steps[2], &(struct am_step){{0, -1, 1}, 1, 2}));
    assert_true(same_way(&steps[3], &(struct am_step){{2, 2, 1}, 1, 2}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_stay_and_nothing_alike_is_left),
        cmocka_unit_test(what_costs_more_whatever_comes_is_one_node),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
