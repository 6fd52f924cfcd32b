#include "model/alike.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int compare_keys(const void *a, const void *b)
{
    const struct am_alike_key *x = a, *y = b;
    for (int i = 0; i < AM_ALIKE_WIDTH; i++)
        if (x->part[i] != y->part[i])
            return x->part[i] < y->part[i] ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

am_status am_alike_build(struct am_alike_key *keys, int count, struct am_arena *arena,
                         struct am_alike *alike, struct am_err *err)
{
    *alike = (struct am_alike){0};
    alike->of = AM_ARENA_NEW(arena, (size_t)count, int32_t);
    alike->example = AM_ARENA_NEW(arena, (size_t)count, int32_t);
    if (!alike->of || !alike->example)
        return am_fail_memory(err);
    qsort(keys, (size_t)count, sizeof *keys, compare_keys);
    for (int i = 0; i < count; i++) {
        if (i == 0 || memcmp(keys[i - 1].part, keys[i].part, sizeof keys[i].part) != 0)
            alike->example[alike->count++] = keys[i].index;
        alike->of[keys[i].index] = alike->count - 1;
    }
    return AM_OK;
}
