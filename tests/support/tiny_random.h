/*
 * tiny_random - splitmix64, for tests that must come out the same everywhere.
 */
#ifndef AM_TESTS_TINY_RANDOM_H
#define AM_TESTS_TINY_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct tiny_random {
    uint64_t state;
};

static inline uint64_t tiny_next(struct tiny_random *random)
{
    uint64_t z = random->state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* 0 .. n - 1 */
static inline int tiny_below(struct tiny_random *random, int n)
{
    return (int)(tiny_next(random) % (uint64_t)n);
}

static inline bool tiny_chance(struct tiny_random *random, int percent)
{
    return tiny_below(random, 100) < percent;
}

/* A stream of its own for one thing of a caseload. */
static inline struct tiny_random tiny_stream(uint64_t seed, int kind, int index)
{
    struct tiny_random random = {seed * 0x100000001b3u + (uint64_t)kind * 0x10001u +
                                 (uint64_t)index * 0x1000003u};
    (void)tiny_next(&random);
    return random;
}

#endif
