#include "model/journeys.h"

#include <string.h>

/* Which tables answer for a session that starts and ends so, and with what
 * gaps: two entries a table, there and back. */
static void fill_gaps(const struct am_caseload *caseload, const struct am_session *session,
                      int16_t *gaps)
{
    enum am_weekday day = am_weekday_of(session->date);
    int end = session->start + session->minutes;
    for (int i = 0; i < caseload->travel_count; i++) {
        const struct am_travel_table *table = &caseload->travel[i];
        gaps[2 * i] = (int16_t)am_travel_gap(caseload, table, AM_THERE, day, session->start);
        gaps[2 * i + 1] = (int16_t)am_travel_gap(caseload, table, AM_BACK, day, end);
    }
}

/* Number the different sets of gaps among the sessions at different times. */
static am_status number_gaps(const struct am_caseload *caseload, const struct am_alike *times,
                             struct am_arena *arena, int32_t *number, struct am_err *err)
{
    size_t width = 2 * (size_t)caseload->travel_count;
    int16_t *rows = AM_ARENA_NEW(arena, (size_t)times->count * width, int16_t);
    int count = 0;
    if (!rows)
        return am_fail_memory(err);
    for (int t = 0; t < times->count; t++) {
        int16_t *row = rows + (size_t)count * width;
        int same = 0;
        fill_gaps(caseload, &caseload->sessions[times->example[t]], row);
        while (same < count && memcmp(rows + (size_t)same * width, row, width * sizeof *row) != 0)
            same++;
        number[t] = same;
        count += same == count;
    }
    return AM_OK;
}

static am_status group_times(const struct am_caseload *caseload, int session_count,
                             struct am_alike_key *keys, struct am_arena *arena,
                             struct am_alike *times, struct am_err *err)
{
    for (int s = 0; s < session_count; s++) {
        const struct am_session *session = &caseload->sessions[s];
        keys[s] = (struct am_alike_key){
            {(int32_t)am_weekday_of(session->date), session->start, session->minutes}, s};
    }
    return am_alike_build(keys, session_count, arena, times, err);
}

am_status am_journeys_build(const struct am_caseload *caseload, int session_count,
                            struct am_arena *arena, struct am_journeys *journeys,
                            struct am_err *err)
{
    *journeys = (struct am_journeys){.caseload = caseload, .home = -2};
    struct am_alike_key *keys = AM_ARENA_NEW(arena, (size_t)session_count, struct am_alike_key);
    struct am_alike times;
    if (!keys)
        return am_fail_memory(err);
    am_status status = group_times(caseload, session_count, keys, arena, &times, err);
    if (status != AM_OK)
        return status;
    int32_t *gaps = AM_ARENA_NEW(arena, (size_t)times.count, int32_t);
    if (!gaps)
        return am_fail_memory(err);
    status = number_gaps(caseload, &times, arena, gaps, err);
    if (status != AM_OK)
        return status;
    for (int s = 0; s < session_count; s++)
        keys[s] = (struct am_alike_key){{caseload->sessions[s].place, gaps[times.of[s]]}, s};
    status = am_alike_build(keys, session_count, arena, &journeys->slots, err);
    if (status != AM_OK)
        return status;
    journeys->at = AM_ARENA_NEW(arena, (size_t)journeys->slots.count, struct am_journey);
    journeys->known = AM_ARENA_NEW(arena, (size_t)journeys->slots.count, bool);
    journeys->tables = AM_ARENA_NEW(arena, (size_t)caseload->travel_count, int32_t);
    return journeys->at && journeys->known && journeys->tables ? AM_OK : am_fail_memory(err);
}

static void find_tables(struct am_journeys *journeys)
{
    const struct am_caseload *caseload = journeys->caseload;
    journeys->table_count = 0;
    for (int i = 0; i < caseload->travel_count && journeys->home >= 0; i++) {
        const struct am_travel_table *table = &caseload->travel[i];
        if (table->row_of[journeys->home] >= 0 || table->column_of[journeys->home] >= 0)
            journeys->tables[journeys->table_count++] = i;
    }
}

void am_journeys_open(struct am_journeys *journeys, int person)
{
    const struct am_person *of = &journeys->caseload->people[person];
    if (of->home == journeys->home && of->modes == journeys->modes)
        return;
    journeys->home = of->home;
    journeys->modes = of->modes;
    find_tables(journeys);
    memset(journeys->known, 0, (size_t)journeys->slots.count * sizeof *journeys->known);
}

const struct am_journey *am_journeys_get(struct am_journeys *journeys, int slot)
{
    struct am_journey *journey = &journeys->at[slot];
    if (!journeys->known[slot]) {
        const struct am_session *session =
            &journeys->caseload->sessions[journeys->slots.example[slot]];
        *journey = am_travel_journey_to(
            journeys->caseload, (struct am_indices){journeys->tables, journeys->table_count},
            journeys->home, journeys->modes, session);
        journeys->known[slot] = true;
    }
    return journey;
}

am_status am_people_by_home(const struct am_caseload *caseload, struct am_arena *arena,
                            int32_t **people, struct am_err *err)
{
    size_t count = (size_t)caseload->person_count;
    struct am_alike_key *keys = AM_ARENA_NEW(arena, count, struct am_alike_key);
    struct am_alike homes;
    *people = AM_ARENA_NEW(arena, count, int32_t);
    if (!keys || !*people)
        return am_fail_memory(err);
    for (int p = 0; p < caseload->person_count; p++)
        keys[p] = (struct am_alike_key){{caseload->people[p].home, caseload->people[p].modes}, p};
    am_status status = am_alike_build(keys, caseload->person_count, arena, &homes, err);
    for (size_t i = 0; i < count && status == AM_OK; i++)
        (*people)[i] = keys[i].index;
    return status;
}
