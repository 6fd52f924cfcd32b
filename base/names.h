/*
 * names - look up an id in a set of ids, and the nearest one to a slip.
 *
 * Ids are numbered in the order in which they are added. The strings are not
 * copied and must outlive the set, which lives in an arena.
 */
#ifndef AM_BASE_NAMES_H
#define AM_BASE_NAMES_H

#include <stdint.h>

#include "base/arena.h"

struct am_names {
    struct am_arena *arena;
    const char **ids; /* in the order added */
    int count, room;
    int32_t *slots; /* open addressing: an index into ids, or -1 */
    uint32_t slot_count;
};

void am_names_init(struct am_names *names, struct am_arena *arena);

/* The index of an id, or -1. */
int am_names_find(const struct am_names *names, const char *id);

/* Add an id; *index is its number, or that of the equal one that is there
 * already. Fails with AM_ENOMEM, AM_EINVALID when it is there. */
AM_MUST_CHECK am_status am_names_add(struct am_names *names, const char *id, int *index);

/* The id nearest to a slip (base/nearest.h; ties: the first added), or NULL
 * when none is near. O(ids * length^2). */
const char *am_names_nearest(const struct am_names *names, const char *text);

#endif
