#include "tests/property/property.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

int property_count(int usual)
{
    const char *asked = getenv("PROPERTY_SEEDS");
    int count = asked ? (int)strtol(asked, NULL, 10) : usual;
    assert_in_range(count, 1, 10000000);
    return count;
}

void property_read(struct tiny_case *tiny, int seed, const struct tiny_telling *telling)
{
    if (!tiny_read(tiny, (uint64_t)seed, telling))
        fail_msg("seed %d cannot be read", seed);
}

void property_derive(struct tiny_case *tiny, int seed)
{
    if (!tiny_derive(tiny))
        fail_msg("seed %d cannot be derived", seed);
}

void property_solve(struct tiny_case *tiny, int seed, struct am_roster *roster)
{
    if (!tiny_solve(tiny, am_solve, roster))
        fail_msg("seed %d is not solved", seed);
    if (roster->outcome != AM_OUTCOME_OPTIMAL || roster->proof.bound != roster->proof.objective)
        fail_msg("seed %d is not proven", seed);
}

int64_t property_best(struct tiny_case *tiny, int seed)
{
    struct am_roster roster;
    property_solve(tiny, seed, &roster);
    int64_t points = roster.proof.objective;
    am_roster_release(&roster);
    return points;
}

void *property_copy(const void *at, int count, int more, size_t size)
{
    void *copy = calloc((size_t)(count + more), size);
    assert_non_null(copy);
    if (count > 0)
        memcpy(copy, at, (size_t)count * size);
    return copy;
}
