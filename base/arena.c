#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1 << 16, ALIGNMENT = 16 };

/* Under the address sanitizer every allocation has a block of its own, so that
 * an overflow of one object is not hidden by its neighbour. */
#if defined(__SANITIZE_ADDRESS__)
#define ONE_BLOCK_EACH 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONE_BLOCK_EACH 1
#endif
#endif
#ifndef ONE_BLOCK_EACH
#define ONE_BLOCK_EACH 0
#endif

struct am_arena_block {
    struct am_arena_block *next;
    size_t used;
    size_t size;
    _Alignas(ALIGNMENT) unsigned char data[];
};

void am_arena_init(struct am_arena *arena)
{
    *arena = (struct am_arena){0};
}

void am_arena_release(struct am_arena *arena)
{
    struct am_arena_block *block = arena->head;
    while (block) {
        struct am_arena_block *next = block->next;
        free(block);
        block = next;
    }
    am_arena_init(arena);
}

static struct am_arena_block *add_block(struct am_arena *arena, size_t bytes)
{
    size_t size = ONE_BLOCK_EACH || bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
    if (size > SIZE_MAX - sizeof(struct am_arena_block))
        return NULL;
    /* calloc: large blocks come zeroed from the system without being touched */
    struct am_arena_block *block = calloc(1, sizeof *block + size);
    if (!block)
        return NULL;
    block->size = size;
    block->next = arena->head;
    arena->head = block;
    arena->bytes += size;
    return block;
}

void *am_arena_alloc(struct am_arena *arena, size_t count, size_t size)
{
    if (arena->limit > 0 && arena->taken >= arena->limit)
        return NULL;
    if (size != 0 && count > (SIZE_MAX - ALIGNMENT) / size)
        return NULL;
    size_t bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (bytes == 0)
        bytes = ALIGNMENT;
    struct am_arena_block *block = arena->head;
    if (!block || block->size - block->used < bytes)
        block = add_block(arena, bytes);
    if (!block)
        return NULL;
    void *memory = block->data + block->used;
    block->used += bytes;
    arena->taken++;
    return memory;
}

char *am_arena_strdup(struct am_arena *arena, const char *text)
{
    size_t length = strlen(text) + 1;
    char *copy = am_arena_alloc(arena, length, 1);
    if (copy)
        memcpy(copy, text, length);
    return copy;
}
