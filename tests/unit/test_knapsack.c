#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "solver/knapsack.h"

enum { TRIES = 2000, SMALL = 10 };

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

static void sums(const struct am_knapsack *knapsack, am_set set, int64_t *cost, int64_t *worth)
{
    *cost = *worth = 0;
    for (int i = 0; i < knapsack->count; i++)
        if (am_set_has(set, i)) {
            *cost += knapsack->costs[i];
            *worth += knapsack->worths[i];
        }
}

static int64_t by_enumeration(const struct am_knapsack *knapsack)
{
    int64_t best = 0, cost, worth;
    for (am_set set = 0; set < (am_set)1 << knapsack->count; set++) {
        sums(knapsack, set, &cost, &worth);
        if (cost <= knapsack->budget && worth > best)
            best = worth;
    }
    return best;
}

static void it_is_the_best_of_all_sets(void **state)
{
    (void)state;
    uint32_t random = 1;
    for (int try = 0; try < TRIES; try++) {
        struct am_knapsack knapsack = {.count = (int)(next_random(&random) % (SMALL + 1)),
                                       .budget = next_random(&random) % 50};
        for (int i = 0; i < knapsack.count; i++) {
            knapsack.costs[i] = next_random(&random) % 20;
            knapsack.worths[i] = next_random(&random) % 30;
        }
        am_set set;
        int64_t cost, worth;
        int64_t best = am_knapsack_best(&knapsack, &set);
        sums(&knapsack, set, &cost, &worth);
        assert_int_equal(best, by_enumeration(&knapsack));
        assert_int_equal(worth, best);
        assert_true(cost <= knapsack.budget);
    }
}

static void figures_near_the_limits_are_exact(void **state)
{
    (void)state;
    const int64_t big = INT64_C(1) << 60;
    struct am_knapsack knapsack = {
        .count = 3, .costs = {big, big, 1}, .worths = {big, big + 1, 1}, .budget = big + 1};
    am_set set;
    assert_int_equal(am_knapsack_best(&knapsack, &set), big + 2);
    assert_int_equal(set, 6);
}

static void sixty_four_things_are_quick(void **state)
{
    (void)state;
    struct am_knapsack knapsack = {.count = AM_KNAPSACK_MOST, .budget = 2000};
    uint32_t random = 7;
    am_set set;
    int64_t cost, worth;
    for (int i = 0; i < knapsack.count; i++) {
        knapsack.costs[i] = 50 + next_random(&random) % 100;
        knapsack.worths[i] = 100 + next_random(&random) % 100000;
    }
    int64_t best = am_knapsack_best(&knapsack, &set);
    sums(&knapsack, set, &cost, &worth);
    assert_int_equal(worth, best);
    assert_true(cost <= knapsack.budget);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_best_of_all_sets),
        cmocka_unit_test(figures_near_the_limits_are_exact),
        cmocka_unit_test(sixty_four_things_are_quick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
