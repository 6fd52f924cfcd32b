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

/* Is there room in the row for the entry, `times` over? R11's rows hang on
 * variables that are decided last, and have room for all. */
static inline bool am_room_in(const struct am_room *room, struct am_entry entry, int32_t times)
{
    const struct am_row *row = &room->coupling->rows[entry.row];
    return row->upper == AM_ROW_FREE || row->rule == AM_R11 ||
           room->used[entry.row] + (int64_t)entry.value * times <= row->upper;
}

static inline bool am_room_for(const struct am_room *room, struct am_entries of, int32_t times)
{
    for (int64_t e = 0; e < of.count; e++)
        if (!am_room_in(room, of.at[e], times))
            return false;
    return true;
}

/* Take the room, or (times < 0) give it back. */
static inline void am_room_take(struct am_room *room, struct am_entries of, int32_t times)
{
    for (int64_t e = 0; e < of.count; e++)
        room->used[of.at[e].row] += (int64_t)of.at[e].value * times;
}

#endif
