/*
 * property - what the property tests share: which seeds, and best rosters of them.
 *
 * Seeds are those of tests/support/tiny_json.h. `make test` tries as many as
 * each test asks for; the environment variable PROPERTY_SEEDS (`make
 * properties`) says how many instead. v(C) stands for the points of a best
 * roster of caseload C in the comments of the tests.
 */
#ifndef AM_TESTS_PROPERTY_H
#define AM_TESTS_PROPERTY_H

#include "tests/support/tiny.h"

/* Other seeds than the oracle's. */
enum { PROPERTY_FIRST = 5000 };

/* How many seeds are tried, where it is `usual` in `make test`. */
int property_count(int usual);

/* For every seed... */
#define PROPERTY_FOR_ALL(seed, usual)                                                              \
    for (int seed = PROPERTY_FIRST, seed##_end = PROPERTY_FIRST + property_count(usual);           \
         seed < seed##_end; seed++)

/* Each of these fails the test when it cannot do what it says. */
void property_read(struct tiny_case *tiny, int seed, const struct tiny_telling *telling);
void property_derive(struct tiny_case *tiny, int seed); /* again, after a change */
/* A roster that is proven the best; released by the caller. */
void property_solve(struct tiny_case *tiny, int seed, struct am_roster *roster);
/* v(C) */
int64_t property_best(struct tiny_case *tiny, int seed);

/* A copy of `count` things with room for `more`; freed by the caller. */
void *property_copy(const void *at, int count, int more, size_t size);

#endif
