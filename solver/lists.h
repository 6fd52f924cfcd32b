/*
 * lists - things in lists, each in one list at a time, of which they leave and join
 * others in a few steps.
 */
#ifndef AM_SOLVER_LISTS_H
#define AM_SOLVER_LISTS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct am_lists {
    int32_t *first;         /* of each list; -1: it is empty */
    int32_t *next, *before; /* of each thing that is in a list; -1: none */
};

/* All of them empty, in arena. Fails with AM_ENOMEM. */
static inline AM_MUST_CHECK am_status am_lists_init(struct am_lists *lists, size_t list_count,
                                                    size_t thing_count, struct am_arena *arena,
                                                    struct am_err *err)
{
    *lists = (struct am_lists){.first = AM_ARENA_NEW(arena, list_count, int32_t),
                               .next = AM_ARENA_NEW(arena, thing_count, int32_t),
                               .before = AM_ARENA_NEW(arena, thing_count, int32_t)};
    if (!lists->first || !lists->next || !lists->before)
        return am_fail_memory(err);
    for (size_t i = 0; i < list_count; i++)
        lists->first[i] = -1;
    return AM_OK;
}

/* The one comes next after the other, either of which may be none. */
static inline void am_lists_join(struct am_lists *lists, int32_t list, int32_t before, int32_t next)
{
    if (before >= 0)
        lists->next[before] = next;
    else
        lists->first[list] = next;
    if (next >= 0)
        lists->before[next] = before;
}

/* Between two neighbours, likewise. */
static inline void am_lists_link(struct am_lists *lists, int32_t list, int32_t before,
                                 int32_t thing, int32_t next)
{
    am_lists_join(lists, list, before, thing);
    am_lists_join(lists, list, thing, next);
}

/* To the front. */
static inline void am_lists_push(struct am_lists *lists, int32_t list, int32_t thing)
{
    am_lists_link(lists, list, -1, thing, lists->first[list]);
}

/* Where it belongs in a list that ascends. */
static inline void am_lists_insert(struct am_lists *lists, int32_t list, int32_t thing)
{
    int32_t before = -1, next = lists->first[list];
    while (next >= 0 && next < thing) {
        before = next;
        next = lists->next[next];
    }
    am_lists_link(lists, list, before, thing, next);
}

/* From the list that it is in. */
static inline void am_lists_remove(struct am_lists *lists, int32_t list, int32_t thing)
{
    am_lists_join(lists, list, lists->before[thing], lists->next[thing]);
}

#endif
