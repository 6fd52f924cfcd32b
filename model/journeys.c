#include "model/journeys.h"

#include <stdlib.h>
#include <string.h>

enum { NO_HOME_YET = -2 };

/* A table that answers, and after how much waiting. */
struct answer {
    int32_t table;
    int16_t gap;
};

struct answers {
    const struct answer *at; /* the one to be believed first */
    int count;
};

/* A place with sessions. Slots are in the order of their places. */
struct site {
    int32_t place, first_slot, slot_count;
    int64_t metres; /* from the home now open; -1: not reckoned */
    bool candidate; /* a journey there may be known */
};

struct legs {
    struct am_leg there, back;
};

struct am_journey_index {
    /* Sessions for which the same tables answer with the same gaps share a set:
     * two entries a table, there and back; -1 where it does not serve. */
    int16_t *gaps;
    int gap_set_count;
    int32_t *gap_set; /* by slot */
    struct site *sites;
    int site_count;
    int32_t *site_of;   /* by place, -1: no session there */
    int32_t *northward; /* the sites that have coordinates, by latitude */
    int northward_count;
    int32_t *table_sites, *first_site; /* of table t: table_sites[first_site[t]] .. */
    /* of the home now open */
    int32_t *tables; /* those that have it, in file order */
    int table_count;
    int32_t *candidates; /* sites, ascending */
    int candidate_count;
    struct answers *answers; /* [(gap set * AM_MODE_COUNT + mode) * 2 + 0 there, 1 back] */
    struct answer *room;
    struct legs *legs; /* [slot * AM_MODE_COUNT + mode], where the site is a candidate */
    bool legs_known[AM_MODE_COUNT];
};

/* ---- slots ---- */

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
                             struct am_arena *arena, struct am_journey_index *index,
                             int32_t *number, struct am_err *err)
{
    size_t width = 2 * (size_t)caseload->travel_count;
    int16_t *sets = AM_ARENA_NEW(arena, (size_t)times->count * width, int16_t);
    int count = 0;
    if (!sets)
        return am_fail_memory(err);
    for (int t = 0; t < times->count; t++) {
        int16_t *set = sets + (size_t)count * width;
        int same = 0;
        fill_gaps(caseload, &caseload->sessions[times->example[t]], set);
        while (same < count && memcmp(sets + (size_t)same * width, set, width * sizeof *set) != 0)
            same++;
        number[t] = same;
        count += same == count;
    }
    index->gaps = sets;
    index->gap_set_count = count;
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

/* scratch: what is needed no longer than this call. */
static am_status make_slots(struct am_journeys *journeys, int session_count, struct am_arena *arena,
                            struct am_arena *scratch, struct am_err *err)
{
    const struct am_caseload *caseload = journeys->caseload;
    struct am_journey_index *index = journeys->index;
    struct am_alike_key *keys = AM_ARENA_NEW(scratch, (size_t)session_count, struct am_alike_key);
    struct am_alike times;
    if (!keys)
        return am_fail_memory(err);
    am_status status = group_times(caseload, session_count, keys, scratch, &times, err);
    if (status != AM_OK)
        return status;
    int32_t *sets = AM_ARENA_NEW(scratch, (size_t)times.count, int32_t);
    if (!sets)
        return am_fail_memory(err);
    status = number_gaps(caseload, &times, arena, index, sets, err);
    if (status != AM_OK)
        return status;
    for (int s = 0; s < session_count; s++)
        keys[s] = (struct am_alike_key){{caseload->sessions[s].place, sets[times.of[s]]}, s};
    status = am_alike_build(keys, session_count, arena, &journeys->slots, err);
    if (status != AM_OK)
        return status;
    index->gap_set = AM_ARENA_NEW(arena, (size_t)journeys->slots.count, int32_t);
    if (!index->gap_set)
        return am_fail_memory(err);
    for (int i = 0; i < journeys->slots.count; i++)
        index->gap_set[i] = sets[times.of[journeys->slots.example[i]]];
    return AM_OK;
}

/* ---- sites ---- */

static void list_sites(const struct am_journeys *journeys)
{
    const struct am_caseload *caseload = journeys->caseload;
    struct am_journey_index *index = journeys->index;
    for (int i = 0; i < caseload->place_count; i++)
        index->site_of[i] = -1;
    for (int slot = 0; slot < journeys->slots.count; slot++) {
        int place = caseload->sessions[journeys->slots.example[slot]].place;
        if (place < 0)
            continue;
        if (index->site_of[place] < 0) {
            index->site_of[place] = index->site_count;
            index->sites[index->site_count++] = (struct site){.place = place, .first_slot = slot};
        }
        index->sites[index->site_of[place]].slot_count++;
    }
}

struct latitude {
    int32_t micro, site;
};

static int compare_latitudes(const void *a, const void *b)
{
    const struct latitude *x = a, *y = b;
    return (x->micro > y->micro) - (x->micro < y->micro);
}

static am_status sort_northward(const struct am_caseload *caseload, struct am_journey_index *index,
                                struct am_arena *scratch, struct am_err *err)
{
    struct latitude *room = AM_ARENA_NEW(scratch, (size_t)index->site_count, struct latitude);
    if (!room)
        return am_fail_memory(err);
    for (int i = 0; i < index->site_count; i++) {
        const struct am_place *place = &caseload->places[index->sites[i].place];
        if (place->has_point)
            room[index->northward_count++] = (struct latitude){place->lat_micro, i};
    }
    qsort(room, (size_t)index->northward_count, sizeof *room, compare_latitudes);
    for (int i = 0; i < index->northward_count; i++)
        index->northward[i] = room[i].site;
    return AM_OK;
}

static bool table_has(const struct am_travel_table *table, int place)
{
    return table->row_of[place] >= 0 || table->column_of[place] >= 0;
}

static am_status list_table_sites(const struct am_caseload *caseload,
                                  struct am_journey_index *index, struct am_arena *arena,
                                  struct am_err *err)
{
    int64_t count = 0;
    for (int t = 0; t < caseload->travel_count; t++)
        for (int i = 0; i < index->site_count; i++)
            count += table_has(&caseload->travel[t], index->sites[i].place);
    if (count > INT32_MAX)
        return am_fail_memory(err);
    index->table_sites = AM_ARENA_NEW(arena, (size_t)count, int32_t);
    index->first_site = AM_ARENA_NEW(arena, (size_t)caseload->travel_count + 1, int32_t);
    if (!index->table_sites || !index->first_site)
        return am_fail_memory(err);
    int32_t listed = 0;
    for (int t = 0; t < caseload->travel_count; t++) {
        for (int i = 0; i < index->site_count; i++)
            if (table_has(&caseload->travel[t], index->sites[i].place))
                index->table_sites[listed++] = i;
        index->first_site[t + 1] = listed;
    }
    return AM_OK;
}

static am_status make_sites(const struct am_journeys *journeys, struct am_arena *arena,
                            struct am_arena *scratch, struct am_err *err)
{
    const struct am_caseload *caseload = journeys->caseload;
    struct am_journey_index *index = journeys->index;
    size_t most = (size_t)journeys->slots.count;
    index->sites = AM_ARENA_NEW(arena, most, struct site);
    index->northward = AM_ARENA_NEW(arena, most, int32_t);
    index->candidates = AM_ARENA_NEW(arena, most, int32_t);
    index->site_of = AM_ARENA_NEW(arena, (size_t)caseload->place_count, int32_t);
    if (!index->sites || !index->northward || !index->candidates || !index->site_of)
        return am_fail_memory(err);
    list_sites(journeys);
    am_status status = sort_northward(caseload, index, scratch, err);
    return status == AM_OK ? list_table_sites(caseload, index, arena, err) : status;
}

/* ---- building ---- */

static am_status make_room(struct am_journeys *journeys, struct am_arena *arena, struct am_err *err)
{
    struct am_journey_index *index = journeys->index;
    size_t slots = (size_t)journeys->slots.count, sets = (size_t)index->gap_set_count;
    size_t tables = (size_t)journeys->caseload->travel_count;
    journeys->at = AM_ARENA_NEW(arena, slots, struct am_journey);
    journeys->near = AM_ARENA_NEW(arena, slots, int32_t);
    index->tables = AM_ARENA_NEW(arena, tables, int32_t);
    index->answers = AM_ARENA_NEW(arena, 2 * AM_MODE_COUNT * sets, struct answers);
    index->room = AM_ARENA_NEW(arena, 2 * sets * tables, struct answer);
    index->legs = AM_ARENA_NEW(arena, AM_MODE_COUNT * slots, struct legs);
    if (!journeys->at || !journeys->near || !index->tables || !index->answers || !index->room ||
        !index->legs)
        return am_fail_memory(err);
    for (size_t i = 0; i < slots; i++)
        journeys->at[i] = AM_JOURNEY_UNKNOWN;
    return AM_OK;
}

am_status am_journeys_build(const struct am_caseload *caseload, int session_count,
                            struct am_arena *arena, struct am_journeys *journeys,
                            struct am_err *err)
{
    struct am_arena scratch;
    *journeys = (struct am_journeys){.caseload = caseload, .home = NO_HOME_YET};
    journeys->index = AM_ARENA_NEW(arena, 1, struct am_journey_index);
    if (!journeys->index)
        return am_fail_memory(err);
    am_arena_init(&scratch);
    am_status status = make_slots(journeys, session_count, arena, &scratch, err);
    if (status == AM_OK)
        status = make_sites(journeys, arena, &scratch, err);
    if (status == AM_OK)
        status = make_room(journeys, arena, err);
    am_arena_release(&scratch);
    return status;
}

/* ---- a home: its tables, and which of them is believed first ---- */

/* List the tables that have the home; false when they are those of before. */
static bool find_tables(struct am_journeys *journeys)
{
    const struct am_caseload *caseload = journeys->caseload;
    struct am_journey_index *index = journeys->index;
    bool changed = false;
    int count = 0;
    for (int i = 0; i < caseload->travel_count && journeys->home >= 0; i++) {
        if (!table_has(&caseload->travel[i], journeys->home))
            continue;
        changed |= count >= index->table_count || index->tables[count] != i;
        index->tables[count++] = i;
    }
    changed |= count != index->table_count;
    index->table_count = count;
    return changed;
}

static bool is_believed_before(const struct am_caseload *caseload, struct answer a, struct answer b)
{
    enum am_travel_quality x = caseload->travel[a.table].quality,
                           y = caseload->travel[b.table].quality;
    return x != y ? x < y : a.gap < b.gap; /* else the earlier in the file */
}

/* Lists the tables of one mode that serve one way; returns how many. */
static int list_answers(const struct am_journeys *journeys, int set, enum am_mode mode, int way,
                        struct answer *list)
{
    const struct am_caseload *caseload = journeys->caseload;
    const struct am_journey_index *index = journeys->index;
    const int16_t *gaps = index->gaps + 2 * (size_t)set * (size_t)caseload->travel_count;
    int count = 0;
    for (int i = 0; i < index->table_count; i++) {
        int table = index->tables[i], at = count;
        struct answer answer = {table, gaps[2 * table + way]};
        if (caseload->travel[table].mode != mode || answer.gap < 0)
            continue;
        for (; at > 0 && is_believed_before(caseload, answer, list[at - 1]); at--)
            list[at] = list[at - 1];
        list[at] = answer;
        count++;
    }
    return count;
}

static void order_answers(struct am_journeys *journeys)
{
    struct am_journey_index *index = journeys->index;
    struct answer *room = index->room;
    for (int set = 0; set < index->gap_set_count; set++)
        for (int mode = 0; mode < AM_MODE_COUNT; mode++)
            for (int way = 0; way < 2; way++) {
                int count = list_answers(journeys, set, (enum am_mode)mode, way, room);
                index->answers[(set * AM_MODE_COUNT + mode) * 2 + way] =
                    (struct answers){room, count};
                room += count;
            }
}

/* ---- a home: which sites may be reached ---- */

/* The first site in northward order that is at this latitude or beyond. */
static int first_north_of(const struct am_journeys *journeys, int64_t lat_micro)
{
    const struct am_journey_index *index = journeys->index;
    int low = 0, high = index->northward_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int place = index->sites[index->northward[middle]].place;
        if (journeys->caseload->places[place].lat_micro < lat_micro)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_sites_around(struct am_journeys *journeys)
{
    struct am_journey_index *index = journeys->index;
    const struct am_place *places = journeys->caseload->places, *home = &places[journeys->home];
    struct am_reach reach = am_travel_reach(home);
    int first = first_north_of(journeys, (int64_t)home->lat_micro - reach.lat_micro);
    for (int i = first; i < index->northward_count; i++) {
        const struct am_place *at = &places[index->sites[index->northward[i]].place];
        if (at->lat_micro > (int64_t)home->lat_micro + reach.lat_micro)
            break;
        if (llabs((long long)at->lon_micro - home->lon_micro) <= reach.lon_micro)
            index->sites[index->northward[i]].candidate = true;
    }
}

static void mark_candidates(struct am_journeys *journeys)
{
    const struct am_caseload *caseload = journeys->caseload;
    struct am_journey_index *index = journeys->index;
    if (journeys->home < 0)
        return;
    if (index->site_of[journeys->home] >= 0)
        index->sites[index->site_of[journeys->home]].candidate = true;
    for (int t = 0; t < index->table_count; t++) {
        int table = index->tables[t];
        for (int i = index->first_site[table]; i < index->first_site[table + 1]; i++)
            index->sites[index->table_sites[i]].candidate = true;
    }
    if (caseload->policy.travel_estimates && caseload->places[journeys->home].has_point)
        add_sites_around(journeys);
}

static void find_candidates(struct am_journeys *journeys)
{
    struct am_journey_index *index = journeys->index;
    for (int i = 0; i < index->candidate_count; i++)
        index->sites[index->candidates[i]].candidate = false;
    index->candidate_count = 0;
    mark_candidates(journeys);
    for (int i = 0; i < index->site_count; i++) {
        if (!index->sites[i].candidate)
            continue;
        index->sites[i].metres = -1;
        index->candidates[index->candidate_count++] = i;
    }
}

/* ---- a home: its legs ---- */

/* fallback: where no table answers. */
static struct am_leg leg_to(const struct am_journeys *journeys, int place,
                            enum am_direction direction, struct answers answers,
                            struct am_leg fallback)
{
    for (int i = 0; i < answers.count; i++) {
        const struct am_travel_table *table = &journeys->caseload->travel[answers.at[i].table];
        int minutes = am_travel_minutes(table, direction, journeys->home, place);
        if (minutes != AM_UNKNOWN_JOURNEY)
            return am_travel_with_gap(minutes, answers.at[i].gap, table->quality);
    }
    return fallback;
}

static void reckon_site(struct am_journeys *journeys, struct site *site, enum am_mode mode)
{
    struct am_journey_index *index = journeys->index;
    bool at_home = site->place == journeys->home;
    struct am_leg fallback = at_home ? (struct am_leg){0, AM_PLANNER}
                                     : am_travel_estimate(journeys->caseload, journeys->home,
                                                          site->place, mode, &site->metres);
    for (int slot = site->first_slot; slot < site->first_slot + site->slot_count; slot++) {
        const struct answers *ways =
            &index->answers[(index->gap_set[slot] * AM_MODE_COUNT + (int)mode) * 2];
        struct legs *legs = &index->legs[slot * AM_MODE_COUNT + (int)mode];
        if (at_home) {
            legs->there = legs->back = fallback;
            continue;
        }
        legs->there = leg_to(journeys, site->place, AM_THERE, ways[0], fallback);
        legs->back = leg_to(journeys, site->place, AM_BACK, ways[1], fallback);
    }
}

static void reckon_legs(struct am_journeys *journeys, enum am_mode mode)
{
    struct am_journey_index *index = journeys->index;
    for (int i = 0; i < index->candidate_count; i++)
        reckon_site(journeys, &index->sites[index->candidates[i]], mode);
    index->legs_known[mode] = true;
}

/* ---- a person ---- */

static struct am_journey choose(const struct am_journeys *journeys, int slot)
{
    struct am_journey best = AM_JOURNEY_UNKNOWN;
    for (int m = 0; m < AM_MODE_COUNT; m++) {
        const struct legs *legs = &journeys->index->legs[slot * AM_MODE_COUNT + m];
        if (journeys->modes & (1U << m))
            am_travel_offer(&journeys->caseload->policy, (enum am_mode)m, legs->there, legs->back,
                            &best);
    }
    return best;
}

static void turn_to_modes(struct am_journeys *journeys)
{
    struct am_journey_index *index = journeys->index;
    for (int m = 0; m < AM_MODE_COUNT; m++)
        if ((journeys->modes & (1U << m)) && !index->legs_known[m])
            reckon_legs(journeys, (enum am_mode)m);
    for (int i = 0; i < journeys->near_count; i++)
        journeys->at[journeys->near[i]] = AM_JOURNEY_UNKNOWN;
    journeys->near_count = 0;
    for (int i = 0; i < index->candidate_count; i++) {
        const struct site *site = &index->sites[index->candidates[i]];
        for (int k = 0; k < site->slot_count; k++) {
            int slot = site->first_slot + k;
            journeys->at[slot] = choose(journeys, slot);
            if (journeys->at[slot].known)
                journeys->near[journeys->near_count++] = slot;
        }
    }
}

bool am_journeys_open(struct am_journeys *journeys, int person)
{
    const struct am_person *of = &journeys->caseload->people[person];
    if (of->home == journeys->home && of->modes == journeys->modes)
        return false;
    if (of->home != journeys->home) {
        journeys->home = of->home;
        if (find_tables(journeys))
            order_answers(journeys);
        find_candidates(journeys);
        memset(journeys->index->legs_known, 0, sizeof journeys->index->legs_known);
    }
    journeys->modes = of->modes;
    turn_to_modes(journeys);
    return true;
}

am_status am_people_by_home(const struct am_caseload *caseload, struct am_arena *arena,
                            int32_t **people, struct am_err *err)
{
    size_t count = (size_t)caseload->person_count;
    struct am_alike_key *keys = AM_ARENA_NEW(arena, count, struct am_alike_key);
    struct am_alike homes;
    struct am_members members;
    if (!keys)
        return am_fail_memory(err);
    for (int p = 0; p < caseload->person_count; p++)
        keys[p] = (struct am_alike_key){{caseload->people[p].home, caseload->people[p].modes}, p};
    am_status status = am_alike_build(keys, caseload->person_count, arena, &homes, err);
    if (status == AM_OK)
        status = am_alike_members(&homes, caseload->person_count, arena, &members, err);
    if (status == AM_OK)
        *people = members.at;
    return status;
}
