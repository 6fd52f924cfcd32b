#include "solver/knapsack.h"

#include <float.h>

/* The fractional bound is a double: enlarged by this share it stays a bound. */
static const double SAFETY = 1e-9;

/* One descent: things by worth per cost, the best first. */
struct descent {
    const struct am_knapsack *knapsack;
    int order[AM_KNAPSACK_MOST];
    int64_t best_worth;
    am_set best;
};

/* Worth per cost; what costs nothing comes before all else. */
static double density(const struct am_knapsack *knapsack, int i)
{
    return knapsack->costs[i] == 0 ? DBL_MAX
                                   : (double)knapsack->worths[i] / (double)knapsack->costs[i];
}

static void sort_by_density(struct descent *descent)
{
    const struct am_knapsack *knapsack = descent->knapsack;
    for (int i = 0; i < knapsack->count; i++) {
        int at = i;
        for (; at > 0 && density(knapsack, descent->order[at - 1]) < density(knapsack, i); at--)
            descent->order[at] = descent->order[at - 1];
        descent->order[at] = i;
    }
}

/* What the things from this one on can add, were they divisible. */
static double most_from(const struct descent *descent, int from, int64_t room)
{
    const struct am_knapsack *knapsack = descent->knapsack;
    double worth = 0;
    for (int at = from; at < knapsack->count; at++) {
        int i = descent->order[at];
        if (knapsack->costs[i] > room)
            return worth + density(knapsack, i) * (double)room;
        worth += (double)knapsack->worths[i];
        room -= knapsack->costs[i];
    }
    return worth;
}

static void descend(struct descent *descent, int from, int64_t room, int64_t worth, am_set taken)
{
    const struct am_knapsack *knapsack = descent->knapsack;
    if (worth > descent->best_worth) {
        descent->best_worth = worth;
        descent->best = taken;
    }
    if (from == knapsack->count ||
        ((double)worth + most_from(descent, from, room)) * (1 + SAFETY) <=
            (double)descent->best_worth)
        return;
    int i = descent->order[from];
    if (knapsack->costs[i] <= room)
        descend(descent, from + 1, room - knapsack->costs[i], worth + knapsack->worths[i],
                am_set_with(taken, i));
    descend(descent, from + 1, room, worth, taken);
}

int64_t am_knapsack_best(const struct am_knapsack *knapsack, am_set *best)
{
    struct descent descent = {.knapsack = knapsack};
    sort_by_density(&descent);
    descend(&descent, 0, knapsack->budget, 0, 0);
    *best = descent.best;
    return descent.best_worth;
}
