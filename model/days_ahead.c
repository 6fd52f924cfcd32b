/*
 * The longest session that a person could attend, day by day.
 *
 * Days on which the same sessions are held (alike in project, place, start and
 * length) form a type of day; for a person whose availability is the same every
 * week one answer does for the type, except on days on which an absence or a
 * waiver comes in.
 */
#include "model/days_ahead.h"

#include <stdlib.h>
#include <string.h>

enum { NOT_ASKED = -1 };

static am_status group_kinds(struct am_days_ahead *ahead, struct am_err *err)
{
    const struct am_caseload *caseload = ahead->caseload;
    size_t count = (size_t)caseload->session_count;
    struct am_alike_key *keys = AM_ARENA_NEW(ahead->arena, count, struct am_alike_key);
    if (!keys)
        return am_fail_memory(err);
    for (int s = 0; s < caseload->session_count; s++) {
        const struct am_session *at = &caseload->sessions[s];
        keys[s] = (struct am_alike_key){
            {-at->minutes, at->project, at->place, (int32_t)am_weekday_of(at->date), at->start}, s};
    }
    return am_alike_build(keys, caseload->session_count, ahead->arena, &ahead->kinds, err);
}

/* Kinds are numbered from the longest, so that sorting by kind sorts by length. */
struct kind_session {
    int32_t kind, session;
};

static int compare_kinds(const void *a, const void *b)
{
    const struct kind_session *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->session > y->session) - (x->session < y->session);
}

/* Put the sessions of first .. end - 1, all of one date, into the list. */
static void list_day(struct am_days_ahead *ahead, struct am_day *day, int first, int end,
                     int *listed, struct kind_session *room)
{
    int count = 0;
    for (int s = first; s < end; s++)
        if (ahead->caseload->sessions[s].closed == AM_OPEN)
            room[count++] = (struct kind_session){ahead->kinds.of[s], s};
    qsort(room, (size_t)count, sizeof *room, compare_kinds);
    day->first = *listed;
    day->count = count;
    for (int i = 0; i < count; i++)
        ahead->listed[(*listed)++] = room[i].session;
}

static bool same_type(const struct am_days_ahead *ahead, const struct am_day *a,
                      const struct am_day *b)
{
    if (a->count != b->count)
        return false;
    for (int i = 0; i < a->count; i++)
        if (ahead->kinds.of[ahead->listed[a->first + i]] !=
            ahead->kinds.of[ahead->listed[b->first + i]])
            return false;
    return true;
}

/* A kind knows its weekday, so that days are compared with those of the same
 * weekday, from the latest back. */
static void number_types(struct am_days_ahead *ahead)
{
    for (int d = 0; d < ahead->day_count; d++) {
        int same = d - 7;
        while (same >= 0 && !same_type(ahead, &ahead->days[same], &ahead->days[d]))
            same -= 7;
        ahead->days[d].type = same >= 0 ? ahead->days[same].type : ahead->type_count++;
    }
}

static am_status list_days(struct am_days_ahead *ahead, struct am_err *err)
{
    const struct am_caseload *caseload = ahead->caseload;
    size_t sessions = (size_t)caseload->session_count;
    int last = am_caseload_last(caseload);
    if (sessions > 0 && caseload->sessions[sessions - 1].date > last)
        last = caseload->sessions[sessions - 1].date;
    ahead->day_count = last - caseload->from + 1;
    ahead->days = AM_ARENA_NEW(ahead->arena, (size_t)ahead->day_count, struct am_day);
    ahead->listed = AM_ARENA_NEW(ahead->arena, sessions, int32_t);
    struct kind_session *room = AM_ARENA_NEW(ahead->arena, sessions, struct kind_session);
    if (!ahead->days || !ahead->listed || !room)
        return am_fail_memory(err);
    int listed = 0, s = 0;
    for (int d = 0; d < ahead->day_count; d++) {
        int first = s;
        while (s < caseload->session_count && caseload->sessions[s].date == caseload->from + d)
            s++;
        list_day(ahead, &ahead->days[d], first, s, &listed, room);
    }
    number_types(ahead);
    return AM_OK;
}

am_status am_days_ahead_build(const struct am_caseload *caseload, struct am_arena *arena,
                              struct am_days_ahead *ahead, struct am_err *err)
{
    *ahead = (struct am_days_ahead){.caseload = caseload, .arena = arena};
    am_status status = group_kinds(ahead, err);
    if (status == AM_OK)
        status = list_days(ahead, err);
    if (status == AM_OK)
        status = am_journeys_build(caseload, caseload->session_count, arena, &ahead->journeys, err);
    if (status == AM_OK)
        status = am_waivers_by_person(caseload, arena, &ahead->waivers, err);
    if (status != AM_OK)
        return status;
    size_t kinds = (size_t)ahead->kinds.count;
    ahead->kind_rules = AM_ARENA_NEW(arena, kinds, am_rule_set);
    ahead->kind_asked = AM_ARENA_NEW(arena, kinds, bool);
    ahead->type_longest = AM_ARENA_NEW(arena, (size_t)ahead->type_count, int32_t);
    ahead->longest = AM_ARENA_NEW(arena, (size_t)ahead->day_count, int32_t);
    return ahead->kind_rules && ahead->kind_asked && ahead->type_longest && ahead->longest
               ? AM_OK
               : am_fail_memory(err);
}

/* ---- one person's days ---- */

/* R3 and R13 for the person in hand, before waivers. */
static am_rule_set rules_of_kind(struct am_days_ahead *ahead, int person, int session)
{
    int kind = ahead->kinds.of[session];
    if (!ahead->kind_asked[kind]) {
        am_rule_set set = 0;
        if (am_is_restricted(ahead->caseload, person, session))
            set |= AM_RULE_BIT(AM_R13);
        if (!am_journeys_get(&ahead->journeys, ahead->journeys.slots.of[session])->allowed)
            set |= AM_RULE_BIT(AM_R3);
        ahead->kind_rules[kind] = set;
        ahead->kind_asked[kind] = true;
    }
    return ahead->kind_rules[kind];
}

static bool is_available(struct am_days_ahead *ahead, int person, int session)
{
    static const struct am_journey none = {0};
    const struct am_journey *journey = &none;
    if (ahead->caseload->policy.availability_leaves_home)
        journey = am_journeys_get(&ahead->journeys, ahead->journeys.slots.of[session]);
    return am_available_with(ahead->caseload, person, session, journey);
}

/* R2, R3 and R13; the cheapest question first. */
static bool could_attend(struct am_days_ahead *ahead, int person, int session)
{
    struct am_waivers waivers = ahead->waivers[person];
    bool available = is_available(ahead, person, session);
    if (waivers.count == 0)
        return available && rules_of_kind(ahead, person, session) == 0;
    am_rule_set set = rules_of_kind(ahead, person, session);
    if (!available)
        set |= AM_RULE_BIT(AM_R2);
    return am_without_waived(ahead->caseload, waivers, person, session, set) == 0;
}

/* Does an absence take the whole date? */
static bool is_away(const struct am_person *person, am_date date)
{
    for (int i = 0; i < person->unavailable.count; i++)
        if (person->unavailable.at[i].start <= am_stamp_of(date, 0) &&
            person->unavailable.at[i].end >= am_stamp_of(date + 1, 0))
            return true;
    return false;
}

static int32_t longest_of(struct am_days_ahead *ahead, int person, int d)
{
    const struct am_person *who = &ahead->caseload->people[person];
    const struct am_day *day = &ahead->days[d];
    am_date date = ahead->caseload->from + d;
    if (ahead->waivers[person].count == 0 &&
        (!am_has_window(who->available, date) || is_away(who, date)))
        return 0;
    for (int i = 0; i < day->count; i++) {
        int session = ahead->listed[day->first + i];
        if (could_attend(ahead, person, session))
            return ahead->caseload->sessions[session].minutes;
    }
    return 0;
}

/* Is availability the same every week, but for absences? */
static bool is_steady(const struct am_person *person)
{
    for (int i = 0; i < person->available.count; i++) {
        const struct am_window *window = &person->available.at[i];
        if (window->valid_from != AM_NO_DATE || window->valid_to != AM_NO_DATE ||
            window->every_weeks > 1)
            return false;
    }
    return true;
}

static bool has_absence(const struct am_person *person, am_date date)
{
    for (int i = 0; i < person->unavailable.count; i++)
        if (person->unavailable.at[i].start < am_stamp_of(date + 1, 0) &&
            person->unavailable.at[i].end > am_stamp_of(date, 0))
            return true;
    return false;
}

void am_days_ahead_look(struct am_days_ahead *ahead, int person, int count)
{
    const struct am_person *who = &ahead->caseload->people[person];
    bool alike = is_steady(who) && ahead->waivers[person].count == 0;
    memset(ahead->kind_asked, 0, (size_t)ahead->kinds.count * sizeof *ahead->kind_asked);
    for (int t = 0; t < ahead->type_count; t++)
        ahead->type_longest[t] = NOT_ASKED;
    am_journeys_open(&ahead->journeys, person);
    for (int d = 0; d < count; d++) {
        const struct am_day *day = &ahead->days[d];
        if (!alike || has_absence(who, ahead->caseload->from + d)) {
            ahead->longest[d] = longest_of(ahead, person, d);
            continue;
        }
        if (ahead->type_longest[day->type] == NOT_ASKED)
            ahead->type_longest[day->type] = longest_of(ahead, person, d);
        ahead->longest[d] = ahead->type_longest[day->type];
    }
}
