/*
 * Kinds of place, what is held of each, and what supervisors can lead
 * (docs/formulation.md, section 8, Places).
 */
#include "model/audit_plan_parts.h"

#include <stdlib.h>

enum { WEEKDAYS = 7 };

int am_audit_part_of(int weekday)
{
    return weekday == AM_SA ? 1 : weekday == AM_SU ? 2 : 0;
}

static int day_of(const struct am_plan_facts *facts, int session)
{
    return facts->caseload->sessions[session].date - facts->caseload->from;
}

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

/* ---- who may lead ---- */

static bool contains(struct am_indices list, int index)
{
    for (int i = 0; i < list.count; i++)
        if (list.at[i] == index)
            return true;
    return false;
}

static bool is_qualified(const struct am_supervisor *m, int project)
{
    return m->any_project || contains(m->projects, project);
}

static bool may_lead(const struct am_plan_facts *facts, int supervisor, int session)
{
    const struct am_session *s = &facts->caseload->sessions[session];
    const struct am_supervisor *m = &facts->caseload->supervisors[supervisor];
    if (s->pinned_supervisor >= 0)
        return supervisor == s->pinned_supervisor;
    return is_qualified(m, s->project) && am_audit_available(m->available, m->unavailable, s->date,
                                                             s->start, s->start + s->minutes);
}

/* ---- seats ---- */

static int64_t group_limit(const struct am_plan_facts *facts, const struct am_session *s)
{
    const struct am_caseload *caseload = facts->caseload;
    int most = 0;
    if (s->pinned_supervisor >= 0)
        return caseload->supervisors[s->pinned_supervisor].group_limit;
    for (int m = 0; m < caseload->supervisor_count; m++)
        if (is_qualified(&caseload->supervisors[m], s->project) &&
            caseload->supervisors[m].group_limit > most)
            most = caseload->supervisors[m].group_limit;
    return most;
}

static int seats_of(const struct am_plan_facts *facts, const struct am_session *s)
{
    int64_t places = s->places;
    if (s->supervised && group_limit(facts, s) < places)
        places = group_limit(facts, s);
    return am_audit_bookable(&facts->caseload->policy, places);
}

/* May somebody new be there, if somebody leads it? */
static bool is_open(const struct am_plan_facts *facts, int session)
{
    const struct am_session *s = &facts->caseload->sessions[session];
    return s->closed == AM_OPEN && s->date >= facts->caseload->as_of &&
           day_of(facts, session) < facts->days &&
           facts->caseload->projects[s->project].type != AM_INDUCTION && seats_of(facts, s) >= 1;
}

/* ---- what supervisors can lead ---- */

/* The most minutes, from some minute of a day on, of sessions none of which
 * overlaps another; sessions come latest start first. */
struct day {
    int most[AM_DAY_MINUTES + 1];
    int reckoned; /* most[] is known from this minute on */
};

static void add_session(struct day *day, int start, int minutes)
{
    while (day->reckoned > start) {
        day->reckoned--;
        day->most[day->reckoned] = day->most[day->reckoned + 1];
    }
    if (day->most[start + minutes] + minutes > day->most[start])
        day->most[start] = day->most[start + minutes] + minutes;
}

/* What supervisor m can lead of sessions first .. end - 1, which are of one day. */
static int led_of_day(struct am_plan_facts *facts, int m, int first, int end, const bool *open)
{
    const struct am_caseload *caseload = facts->caseload;
    struct day day = {.reckoned = AM_DAY_MINUTES};
    for (int s = end - 1; s >= first; s--) {
        if (!open[s] || !caseload->sessions[s].supervised || !may_lead(facts, m, s))
            continue;
        facts->genders[s] |= (uint8_t)(1u << caseload->supervisors[m].gender);
        add_session(&day, caseload->sessions[s].start, caseload->sessions[s].minutes);
    }
    return day.most[day.reckoned];
}

static void add_supervisor(struct am_plan_facts *facts, int m, const bool *open)
{
    const struct am_caseload *caseload = facts->caseload;
    int s = 0, most = caseload->supervisors[m].weekly_max_min;
    for (int w = 0; w < facts->weeks; w++) {
        int rows[AM_AUDIT_LED_ROWS] = {0};
        for (int d = WEEKDAYS * w; d < WEEKDAYS * (w + 1); d++) {
            int first = s;
            while (s < caseload->session_count && day_of(facts, s) == d)
                s++;
            int led = first < s ? led_of_day(facts, m, first, s, open) : 0;
            rows[am_audit_part_of(d % WEEKDAYS)] += led;
            rows[AM_AUDIT_WHOLE_WEEK] += led;
        }
        for (int r = 0; r < AM_AUDIT_LED_ROWS; r++)
            facts->led_min[w * AM_AUDIT_LED_ROWS + r] += lesser(rows[r], most);
    }
}

/* ---- kinds ---- */

struct keyed {
    struct am_audit_kind kind;
    int weekday, start, session;
};

static int compare_lists(const int *a, const int *b, int count)
{
    for (int i = 0; i < count; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static int compare_kinds(const struct am_audit_kind *a, const struct am_audit_kind *b)
{
    const int left[] = {a->project, a->place, a->minutes, a->seats, a->supervised, a->part};
    const int right[] = {b->project, b->place, b->minutes, b->seats, b->supervised, b->part};
    return compare_lists(left, right, (int)(sizeof left / sizeof left[0]));
}

static int compare_keyed(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;
    int order = compare_kinds(&a->kind, &b->kind);
    const int x[] = {a->weekday, a->start, a->session}, y[] = {b->weekday, b->start, b->session};
    return order != 0 ? order : compare_lists(x, y, 3);
}

static struct keyed key_of(const struct am_plan_facts *facts, int session)
{
    const struct am_session *s = &facts->caseload->sessions[session];
    int weekday = (int)am_weekday_of(s->date);
    return (struct keyed){{s->project, s->place, s->minutes, seats_of(facts, s), s->supervised,
                           am_audit_part_of(weekday)},
                          weekday,
                          s->start,
                          session};
}

static am_status number_kinds(struct am_plan_facts *facts, const bool *open, struct am_arena *arena,
                              struct am_err *err)
{
    const struct am_caseload *caseload = facts->caseload;
    size_t sessions = (size_t)caseload->session_count;
    struct keyed *keyed = AM_ARENA_NEW(arena, sessions, struct keyed);
    facts->kinds = AM_ARENA_NEW(arena, sessions, struct am_audit_kind);
    facts->by_kind = AM_ARENA_NEW(arena, sessions, int);
    facts->kind_first = AM_ARENA_NEW(arena, sessions + 1, int);
    if (!keyed || !facts->kinds || !facts->by_kind || !facts->kind_first)
        return am_fail_memory(err);
    int count = 0;
    for (int s = 0; s < caseload->session_count; s++) {
        facts->kind_of[s] = -1;
        if (open[s] && (!caseload->sessions[s].supervised || facts->genders[s] != 0))
            keyed[count++] = key_of(facts, s);
    }
    if (count > 0)
        qsort(keyed, (size_t)count, sizeof *keyed, compare_keyed);
    for (int i = 0; i < count; i++) {
        if (i == 0 || compare_kinds(&keyed[i - 1].kind, &keyed[i].kind) != 0) {
            facts->kind_first[facts->kind_count] = i;
            facts->kinds[facts->kind_count++] = keyed[i].kind;
        }
        facts->by_kind[i] = keyed[i].session;
        facts->kind_of[keyed[i].session] = facts->kind_count - 1;
    }
    facts->kind_first[facts->kind_count] = count;
    return AM_OK;
}

/* ---- what is held ---- */

/* Minutes of a session that those who are fixed to it take: their share of its
 * seats, rounded up. */
static int taken_of(const struct am_plan_facts *facts, int session)
{
    const struct am_audit_kind *kind = &facts->kinds[facts->kind_of[session]];
    if (session >= facts->caseload->window_session_count)
        return 0;
    int heads = lesser(facts->audit.sessions[session].fixed_heads, kind->seats);
    return (kind->minutes * heads + kind->seats - 1) / kind->seats;
}

static void add_held(struct am_plan_facts *facts)
{
    for (int s = 0; s < facts->caseload->session_count; s++) {
        int k = facts->kind_of[s];
        if (k < 0)
            continue;
        int week = day_of(facts, s) / WEEKDAYS, taken = taken_of(facts, s);
        facts->held_min[(size_t)k * (size_t)facts->weeks + (size_t)week] +=
            facts->kinds[k].minutes - taken;
        if (!facts->kinds[k].supervised)
            continue;
        int64_t *rows = facts->led_min + (size_t)week * AM_AUDIT_LED_ROWS;
        rows[facts->kinds[k].part] -= taken;
        rows[AM_AUDIT_WHOLE_WEEK] -= taken;
    }
    for (int i = 0; i < facts->weeks * AM_AUDIT_LED_ROWS; i++)
        if (facts->led_min[i] < 0)
            facts->led_min[i] = 0;
}

am_status am_audit_plan_places(struct am_plan_facts *facts, struct am_arena *arena,
                               struct am_err *err)
{
    const struct am_caseload *caseload = facts->caseload;
    size_t sessions = (size_t)caseload->session_count, weeks = (size_t)facts->weeks;
    bool *open = AM_ARENA_NEW(arena, sessions, bool);
    facts->kind_of = AM_ARENA_NEW(arena, sessions, int);
    facts->genders = AM_ARENA_NEW(arena, sessions, uint8_t);
    facts->led_min = AM_ARENA_NEW(arena, weeks * AM_AUDIT_LED_ROWS, int64_t);
    if (!open || !facts->kind_of || !facts->genders || !facts->led_min)
        return am_fail_memory(err);
    for (int s = 0; s < caseload->session_count; s++)
        open[s] = is_open(facts, s);
    for (int m = 0; m < caseload->supervisor_count; m++)
        add_supervisor(facts, m, open);
    am_status status = number_kinds(facts, open, arena, err);
    if (status != AM_OK)
        return status;
    facts->held_min = AM_ARENA_NEW(arena, (size_t)facts->kind_count * weeks, int64_t);
    if (!facts->held_min)
        return am_fail_memory(err);
    add_held(facts);
    return AM_OK;
}
