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
    bool turned;  /* people and their orders, projects and their sessions, supervisors, places: all
                     in the opposite order. (Tables of journeys and appointments stay: their order
                     in the file breaks ties.) */
    bool renamed; /* other ids of all these, in another alphabetical order. (Event numbers stay:
                     they say which order is worked first.) */
    int left_out; /* this person is left out (-1: nobody) */
    int more_people; /* than a tiny caseload has: too many to enumerate */
};

extern const struct tiny_telling tiny_plain;

/* The text of the caseload of this seed; free() it. NULL: no memory. */
char *tiny_json(uint64_t seed, const struct tiny_telling *telling);

/* How many people it has. */
int tiny_people(uint64_t seed);

#endif
