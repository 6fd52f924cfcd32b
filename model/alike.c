/*
 * A table of the classes found so far, then one sort of the classes: things are
 * many (every occurrence of a year), classes few.
 */
#include "model/alike.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

enum { FIRST_ROOM = 64, NONE = -1 };

/* Classes in the order met. Their keys' index is the class's first thing. */
struct classes {
    struct am_alike_key *at;
    size_t count, room;
    int32_t *table; /* class by hash, NONE where free; a power of two long */
    size_t mask;
};

static size_t hash(const struct am_alike_key *key)
{
    uint64_t sum = 0;
    for (int i = 0; i < AM_ALIKE_WIDTH; i++) {
        sum = (sum ^ (uint32_t)key->part[i]) * 0x9e3779b97f4a7c15U;
        sum ^= sum >> 32; /* the high bits depend on most */
    }
    return (size_t)sum;
}

static bool is_same(const struct am_alike_key *a, const struct am_alike_key *b)
{
    return memcmp(a->part, b->part, sizeof a->part) == 0;
}

/* Where the key's class is in the table, or the free entry where it belongs. */
static size_t find(const struct classes *classes, const struct am_alike_key *key)
{
    size_t entry = hash(key) & classes->mask;
    while (classes->table[entry] != NONE && !is_same(&classes->at[classes->table[entry]], key))
        entry = (entry + 1) & classes->mask;
    return entry;
}

static bool resize_table(struct classes *classes, size_t size)
{
    int32_t *table = malloc(size * sizeof *table);
    if (!table)
        return false;
    memset(table, 0xff, size * sizeof *table); /* NONE */
    free(classes->table);
    classes->table = table;
    classes->mask = size - 1;
    for (size_t c = 0; c < classes->count; c++)
        table[find(classes, &classes->at[c])] = (int32_t)c;
    return true;
}

static bool add_class(struct classes *classes, const struct am_alike_key *key, size_t entry)
{
    if (!am_grow((void **)&classes->at, &classes->room, classes->count + 1, sizeof *classes->at))
        return false;
    classes->at[classes->count] = *key;
    classes->table[entry] = (int32_t)classes->count++;
    return 2 * classes->count <= classes->mask || resize_table(classes, 2 * (classes->mask + 1));
}

/* of[thing] becomes its class, in the order met. */
static bool classify(const struct am_alike_key *keys, int count, struct classes *classes,
                     int32_t *of)
{
    if (!resize_table(classes, FIRST_ROOM))
        return false;
    for (int i = 0; i < count; i++) {
        size_t entry = find(classes, &keys[i]);
        if (classes->table[entry] == NONE) {
            of[keys[i].index] = (int32_t)classes->count;
            if (!add_class(classes, &keys[i], entry))
                return false;
            continue;
        }
        struct am_alike_key *known = &classes->at[classes->table[entry]];
        of[keys[i].index] = classes->table[entry];
        if (keys[i].index < known->index)
            known->index = keys[i].index;
    }
    return true;
}

static int compare_keys(const void *a, const void *b)
{
    const struct am_alike_key *x = a, *y = b;
    for (int i = 0; i < AM_ALIKE_WIDTH; i++)
        if (x->part[i] != y->part[i])
            return x->part[i] < y->part[i] ? -1 : 1;
    return 0; /* classes differ */
}

/* Number the classes by their keys. */
static am_status number(struct classes *classes, int count, struct am_arena *arena,
                        struct am_alike *alike, struct am_err *err)
{
    int32_t *rank = malloc((classes->count + 1) * sizeof *rank);
    alike->count = (int)classes->count;
    alike->example = AM_ARENA_NEW(arena, classes->count, int32_t);
    if (!rank || !alike->example) {
        free(rank);
        return am_fail_memory(err);
    }
    if (classes->count > 0)
        qsort(classes->at, classes->count, sizeof *classes->at, compare_keys);
    for (size_t c = 0; c < classes->count; c++) {
        alike->example[c] = classes->at[c].index;
        rank[alike->of[classes->at[c].index]] = (int32_t)c;
    }
    for (int i = 0; i < count; i++)
        alike->of[i] = rank[alike->of[i]];
    free(rank);
    return AM_OK;
}

am_status am_alike_build(const struct am_alike_key *keys, int count, struct am_arena *arena,
                         struct am_alike *alike, struct am_err *err)
{
    struct classes classes = {0};
    *alike = (struct am_alike){0};
    alike->of = AM_ARENA_NEW(arena, (size_t)count, int32_t);
    am_status status = alike->of && classify(keys, count, &classes, alike->of)
                           ? number(&classes, count, arena, alike, err)
                           : am_fail_memory(err);
    free(classes.at);
    free(classes.table);
    return status;
}

am_status am_alike_members(const struct am_alike *alike, int count, struct am_arena *arena,
                           struct am_members *members, struct am_err *err)
{
    members->first = AM_ARENA_NEW(arena, (size_t)alike->count + 2, int32_t);
    members->at = AM_ARENA_NEW(arena, (size_t)count, int32_t);
    if (!members->first || !members->at)
        return am_fail_memory(err);
    /* first[c + 1] moves from the beginning of class c to its end */
    for (int i = 0; i < count; i++)
        members->first[alike->of[i] + 2]++;
    for (int c = 0; c < alike->count; c++)
        members->first[c + 2] += members->first[c + 1];
    for (int i = 0; i < count; i++)
        members->at[members->first[alike->of[i] + 1]++] = i;
    return AM_OK;
}
