/*
 * arena - memory that lives as long as its owner.
 *
 * Everything taken from an arena is freed at once by am_arena_release; nothing
 * is freed singly. Memory is zeroed. An arena with a limit fails its n-th
 * allocation and every later one: tests use that to make each allocation fail
 * in turn.
 */
#ifndef AM_BASE_ARENA_H
#define AM_BASE_ARENA_H

#include <stddef.h>

#include "base/err.h"

struct am_arena_block;

struct am_arena {
    struct am_arena_block *head; /* newest block first */
    long taken;                  /* allocations so far */
    long limit;                  /* allocations allowed; 0 is no limit */
    size_t bytes;                /* bytes held, for reports */
};

void am_arena_init(struct am_arena *arena);
void am_arena_release(struct am_arena *arena);

/* count * size zeroed bytes aligned for any type, or NULL (also on overflow).
 * count == 0 gives a valid pointer that must not be read. */
AM_MUST_CHECK void *am_arena_alloc(struct am_arena *arena, size_t count, size_t size);

/* A copy of the string, or NULL. */
AM_MUST_CHECK char *am_arena_strdup(struct am_arena *arena, const char *text);

#define AM_ARENA_NEW(arena, count, type) ((type *)am_arena_alloc((arena), (count), sizeof(type)))

#endif
