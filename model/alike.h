/*
 * alike - things with the same key share one answer.
 *
 * What a person may do depends on a session through few of its properties;
 * sessions that agree in those form a class, and are looked at once.
 */
#ifndef AM_MODEL_ALIKE_H
#define AM_MODEL_ALIKE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum { AM_ALIKE_WIDTH = 6 };

/* The key of thing `index`; unused parts are 0. */
struct am_alike_key {
    int32_t part[AM_ALIKE_WIDTH];
    int32_t index;
};

struct am_alike {
    int count;        /* classes */
    int32_t *of;      /* the class of each thing */
    int32_t *example; /* the first thing of each class */
};

/* Keys of things 0 .. count - 1, in any order. Classes are numbered in the
 * order of their keys. O(count) but for a sort of the classes. */
AM_MUST_CHECK am_status am_alike_build(const struct am_alike_key *keys, int count,
                                       struct am_arena *arena, struct am_alike *alike,
                                       struct am_err *err);

/* The things of class c, in their order: at[first[c]] .. at[first[c + 1] - 1]. */
struct am_members {
    int32_t *first, *at;
};

/* Of `count` things. */
AM_MUST_CHECK am_status am_alike_members(const struct am_alike *alike, int count,
                                         struct am_arena *arena, struct am_members *members,
                                         struct am_err *err);

#endif
