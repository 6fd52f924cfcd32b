#include "solver/rivals.h"

#include <stdlib.h>

static int by_pair(const void *left, const void *right)
{
    const struct am_rival *a = left, *b = right;
    if (a->pair != b->pair)
        return a->pair < b->pair ? -1 : 1;
    return (a->other > b->other) - (a->other < b->other);
}

static uint64_t bit_of(int64_t pair)
{
    return (uint64_t)1 << (pair % 64);
}

am_status am_rivals_init(struct am_rivals *rivals, const struct am_instance *instance,
                         struct am_err *err)
{
    *rivals = (struct am_rivals){0};
    rivals->at = calloc((size_t)instance->apart_count * 2 + 1, sizeof *rivals->at);
    rivals->has = calloc((size_t)instance->pair_count / 64 + 1, sizeof *rivals->has);
    if (!rivals->at || !rivals->has)
        return am_fail_memory(err);
    for (int64_t i = 0; i < instance->apart_count; i++) {
        const struct am_iapart *apart = &instance->aparts[i];
        rivals->at[rivals->count++] = (struct am_rival){apart->pair_a, apart->pair_b};
        rivals->at[rivals->count++] = (struct am_rival){apart->pair_b, apart->pair_a};
    }
    for (size_t i = 0; i < rivals->count; i++)
        rivals->has[rivals->at[i].pair / 64] |= bit_of(rivals->at[i].pair);
    qsort(rivals->at, rivals->count, sizeof *rivals->at, by_pair);
    return AM_OK;
}

void am_rivals_release(struct am_rivals *rivals)
{
    free(rivals->at);
    free(rivals->has);
    *rivals = (struct am_rivals){0};
}

size_t am_rivals_first(const struct am_rivals *rivals, int64_t pair)
{
    size_t low = 0, high = rivals->count;
    if (!(rivals->has[pair / 64] & bit_of(pair)))
        return rivals->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rivals->at[middle].pair < pair)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
