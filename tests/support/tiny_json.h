/*
 * tiny_json - seeded caseloads, tiny enough to enumerate every roster of, with
 * every rule and wish in play.
 */
#ifndef AM_TESTS_TINY_JSON_H
#define AM_TESTS_TINY_JSON_H

#include <stdbool.h>
#include <stdint.h>

/* How the same caseload is told. */
struct tiny_telling {
    bool turned;       /* people in the opposite order */
    bool renamed;      /* other CRNs, in another alphabetical order */
    int left_out;      /* this person is left out (-1: nobody) */
    bool without_ties; /* nobody is to be kept apart, nor demands company: people are independent */
};

extern const struct tiny_telling tiny_plain;

/* The text of the caseload of this seed; free() it. NULL: no memory. */
char *tiny_json(uint64_t seed, const struct tiny_telling *telling);

/* How many people it has. */
int tiny_people(uint64_t seed);

#endif
