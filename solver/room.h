/*
 * room - what is left of the rows' upper limits as a roster is put together.
 */
#ifndef AM_SOLVER_ROOM_H
#define AM_SOLVER_ROOM_H

#include "solver/coupling.h"

struct am_room {
    const struct am_coupling *coupling;
    int64_t *used; /* of each row, by what is decided so far */
};

/* Entries of a pair or a variable: `count` from `entries` on. */
struct am_entries {
    const struct am_entry *entries;
    int64_t count;
};

static inline struct am_entries am_entries_of_pair(const struct am_coupling *coupling, int64_t k)
{
    return (struct am_entries){coupling->pair_entries + coupling->pair_first[k],
                               coupling->pair_first[k + 1] - coupling->pair_first[k]};
}

static inline struct am_entries am_entries_of_var(const struct am_coupling *coupling, int32_t v)
{
    return (struct am_entries){coupling->var_entries + coupling->var_first[v],
                               coupling->var_first[v + 1] - coupling->var_first[v]};
}

/* Is there room in the row for so much more? R11's rows hang on variables that
 * are decided last, and have room for all. */
static inline bool am_room_in(const struct am_room *room, struct am_entry entry)
{
    const struct am_row *row = &room->coupling->rows[entry.row];
    return row->upper == AM_ROW_FREE || row->rule == AM_R11 ||
           room->used[entry.row] + entry.value <= row->upper;
}

static inline bool am_room_for(const struct am_room *room, struct am_entries of)
{
    for (int64_t e = 0; e < of.count; e++)
        if (!am_room_in(room, of.entries[e]))
            return false;
    return true;
}

/* Take the room (times 1), or give it back (times -1). */
static inline void am_room_take(struct am_room *room, struct am_entries of, int times)
{
    for (int64_t e = 0; e < of.count; e++)
        room->used[of.entries[e].row] += times * of.entries[e].value;
}

#endif
