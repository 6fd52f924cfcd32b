/*
 * search_rig - a search of a random caseload of a few dozen people, up to its first
 * roster. What goes wrong fails the test that asked.
 */
#ifndef AM_TESTS_SEARCH_RIG_H
#define AM_TESTS_SEARCH_RIG_H

#include "solver/occupancy.h"
#include "solver/regret.h"
#include "tests/support/tiny.h"

enum { RIG_MORE_PEOPLE = 18 }; /* than the tiny caseload of a seed has */

struct rig {
    struct tiny_case tiny;
    struct am_settings settings;
    struct am_arena arena;
    struct am_search search;
    struct am_best_prices settled;
    struct am_err err;
};

/* A search of rig->tiny, which is read, before its first step. */
void rig_begin(struct rig *rig, int threads);
void rig_init(struct rig *rig, int seed); /* on one thread */
void rig_init_with(struct rig *rig, int seed, int threads);
void rig_release(struct rig *rig);

/* Regrets of the incumbent at the best prices of all, and its occupancy. Both are in the
 * rig's arena. */
void rig_look(struct rig *rig, struct am_regret *regret, struct am_occupancy *occupancy);

/* The occupancy says of the incumbent what a new one would. */
void rig_assert_occupancy(struct rig *rig, const struct am_occupancy *occupancy);

#endif
