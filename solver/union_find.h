/*
 * union_find - which of so many things hang together, told pair by pair (Tarjan 1975).
 *
 * parent[i]: another of the same set; its own, if it stands for all of them. So before
 * anything is joined, parent[i] = i.
 */
#ifndef AM_SOLVER_UNION_FIND_H
#define AM_SOLVER_UNION_FIND_H

#include <stdint.h>

static inline void am_sets_apart(int32_t *parent, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        parent[i] = i;
}

/* The one that stands for all that hang together with i. Ways there become shorter. */
static inline int32_t am_set_of(int32_t *parent, int32_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* They hang together; what stood for b's stands for all of them. */
static inline void am_sets_join(int32_t *parent, int32_t a, int32_t b)
{
    parent[am_set_of(parent, a)] = am_set_of(parent, b);
}

#endif
