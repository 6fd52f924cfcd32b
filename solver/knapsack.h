/*
 * knapsack - the most that fits: which of some things to take, each with a
 * cost and a worth, within a budget.
 */
#ifndef AM_SOLVER_KNAPSACK_H
#define AM_SOLVER_KNAPSACK_H

#include <stdbool.h>
#include <stdint.h>

enum { AM_KNAPSACK_MOST = 64 }; /* things: they are bits of a set */

typedef uint64_t am_set;

struct am_knapsack {
    int count;                        /* 0 .. AM_KNAPSACK_MOST */
    int64_t costs[AM_KNAPSACK_MOST];  /* >= 0 */
    int64_t worths[AM_KNAPSACK_MOST]; /* >= 0; all together below 2^62 */
    int64_t budget;                   /* >= 0 */
};

/* The set of the most worth among those whose costs together are within the
 * budget, and that worth. Exact: depth first in the order of worth per cost,
 * with the fractional bound (Dantzig 1957). */
int64_t am_knapsack_best(const struct am_knapsack *knapsack, am_set *best);

static inline bool am_set_has(am_set set, int i)
{
    return (set >> i & 1) != 0;
}

static inline am_set am_set_with(am_set set, int i)
{
    return set | (am_set)1 << i;
}

#endif
