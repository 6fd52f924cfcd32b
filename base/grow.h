/*
 * grow - arrays that grow, for what is built before its size is known.
 */
#ifndef AM_BASE_GROW_H
#define AM_BASE_GROW_H

#include <stdbool.h>
#include <stddef.h>

/* Make room for at least `need` elements of `size` bytes (not 0) in *data (malloc'd;
 * free it with free). *room is the room there is. False when there is no
 * memory: nothing has changed then. Grows by half, so appending is linear. */
bool am_grow(void **data, size_t *room, size_t need, size_t size);

#endif
