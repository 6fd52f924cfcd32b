/*
 * Which places can be reached from a home at all: those that share a table
 * with it, and those near enough for an estimate. Of a big caseload's places
 * most are neither, and nothing more need be asked of them.
 */
#include "model/audit_parts.h"

static bool has_place(const struct am_travel_table *table, int place)
{
    return table->row_of[place] >= 0 || table->column_of[place] >= 0;
}

static am_status list_places(struct am_audit_around *around, struct am_arena *arena,
                             struct am_err *err)
{
    const struct am_caseload *caseload = around->caseload;
    size_t count = 0, next = 0;
    for (int t = 0; t < caseload->travel_count; t++)
        for (int i = 0; i < caseload->place_count; i++)
            count += has_place(&caseload->travel[t], i);
    around->places = AM_ARENA_NEW(arena, count, int);
    around->first_place = AM_ARENA_NEW(arena, (size_t)caseload->travel_count + 1, size_t);
    if (!around->places || !around->first_place)
        return am_fail_memory(err);
    for (int t = 0; t < caseload->travel_count; t++) {
        for (int i = 0; i < caseload->place_count; i++)
            if (has_place(&caseload->travel[t], i))
                around->places[next++] = i;
        around->first_place[t + 1] = next;
    }
    return AM_OK;
}

am_status am_audit_around_build(const struct am_caseload *caseload, struct am_arena *arena,
                                struct am_audit_around *around, struct am_err *err)
{
    *around = (struct am_audit_around){.caseload = caseload, .home = -1};
    around->tables = AM_ARENA_NEW(arena, (size_t)caseload->travel_count, int);
    around->told = AM_ARENA_NEW(arena, (size_t)caseload->place_count, int);
    around->measured = AM_ARENA_NEW(arena, (size_t)caseload->place_count, int);
    around->metres = AM_ARENA_NEW(arena, (size_t)caseload->place_count, int64_t);
    return around->tables && around->told && around->measured && around->metres
               ? list_places(around, arena, err)
               : am_fail_memory(err);
}

void am_audit_around_open(struct am_audit_around *around, int home)
{
    const struct am_caseload *caseload = around->caseload;
    around->home = home;
    around->turn++;
    around->table_count = 0;
    for (int t = 0; t < caseload->travel_count && home >= 0; t++) {
        if (!has_place(&caseload->travel[t], home))
            continue;
        around->tables[around->table_count++] = t;
        for (size_t i = around->first_place[t]; i < around->first_place[t + 1]; i++)
            around->told[around->places[i]] = around->turn;
    }
}

bool am_audit_may_reach(struct am_audit_around *around, int place)
{
    if (around->home < 0 || place < 0)
        return false;
    int *told = &around->told[place];
    if (*told != around->turn && *told != -around->turn)
        *told =
            place == around->home || am_audit_may_estimate(around->caseload, around->home, place)
                ? around->turn
                : -around->turn;
    return *told == around->turn;
}
