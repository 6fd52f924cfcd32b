#include "base/names.h"

#include <limits.h>
#include <string.h>

#include "base/nearest.h"

enum { FIRST_SLOTS = 64 };

void am_names_init(struct am_names *names, struct am_arena *arena)
{
    *names = (struct am_names){.arena = arena};
}

static uint32_t hash(const char *id)
{
    uint32_t value = 2166136261u;
    for (const unsigned char *at = (const unsigned char *)id; *at; at++)
        value = (value ^ *at) * 16777619u;
    return value;
}

/* The slot that holds the id, or the empty one where it belongs. At least one
 * slot is always empty. */
static uint32_t slot_of(const struct am_names *names, const char *id)
{
    uint32_t slot = hash(id) & (names->slot_count - 1);
    while (names->slots[slot] >= 0 && strcmp(names->ids[names->slots[slot]], id) != 0)
        slot = (slot + 1) & (names->slot_count - 1);
    return slot;
}

int am_names_find(const struct am_names *names, const char *id)
{
    return names->count > 0 ? names->slots[slot_of(names, id)] : -1;
}

/* Old arrays stay in the arena: at most as much again as the final ones. */
static am_status grow(struct am_names *names)
{
    uint32_t slot_count = names->slot_count > 0 ? 2 * names->slot_count : FIRST_SLOTS;
    int room = (int)(slot_count / 2);
    const char **ids = AM_ARENA_NEW(names->arena, (size_t)room, const char *);
    int32_t *slots = AM_ARENA_NEW(names->arena, slot_count, int32_t);
    if (!ids || !slots)
        return AM_ENOMEM;
    if (names->count > 0)
        memcpy(ids, names->ids, (size_t)names->count * sizeof *ids);
    memset(slots, 0xff, slot_count * sizeof *slots);
    names->ids = ids;
    names->slots = slots;
    names->slot_count = slot_count;
    names->room = room;
    for (int i = 0; i < names->count; i++)
        names->slots[slot_of(names, ids[i])] = i;
    return AM_OK;
}

am_status am_names_add(struct am_names *names, const char *id, int *index)
{
    *index = am_names_find(names, id);
    if (*index >= 0)
        return AM_EINVALID;
    if (names->count >= INT_MAX / 4 || (names->count == names->room && grow(names) != AM_OK))
        return AM_ENOMEM;
    names->slots[slot_of(names, id)] = names->count;
    names->ids[names->count] = id;
    *index = names->count++;
    return AM_OK;
}

const char *am_names_nearest(const struct am_names *names, const char *text)
{
    struct am_nearest nearest = {0};
    for (int i = 0; i < names->count; i++)
        am_nearest_offer(&nearest, text, names->ids[i]);
    return nearest.word;
}
