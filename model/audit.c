#include "model/audit_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- the roster in order ---- */

static am_status check_indices(const struct am_caseload *caseload, const struct am_roster *roster,
                               struct am_err *err)
{
    for (int i = 0; i < roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &roster->appointments[i];
        if (a->person < 0 || a->person >= caseload->person_count || a->order < 0 ||
            a->order >= caseload->order_count || a->session < 0 ||
            a->session >= caseload->window_session_count)
            return am_fail(err, AM_EINVALID, "appointment %d of the roster is not of this caseload",
                           i + 1);
    }
    for (int s = 0; s < caseload->window_session_count; s++)
        if (roster->sessions[s].supervisor < -1 ||
            roster->sessions[s].supervisor >= caseload->supervisor_count)
            return am_fail(err, AM_EINVALID, "session %d of the roster is not of this caseload",
                           s + 1);
    return AM_OK;
}

static int compare_by_person(const void *left, const void *right)
{
    const struct am_audit_booking *a = left, *b = right;
    const int keys_a[] = {a->person, a->session, a->order, a->start, a->minutes};
    const int keys_b[] = {b->person, b->session, b->order, b->start, b->minutes};
    for (size_t i = 0; i < sizeof keys_a / sizeof keys_a[0]; i++)
        if (keys_a[i] != keys_b[i])
            return keys_a[i] < keys_b[i] ? -1 : 1;
    return 0;
}

static int compare_by_session(const void *left, const void *right)
{
    const struct am_audit_booking *a = left, *b = right;
    if (a->session != b->session)
        return a->session < b->session ? -1 : 1;
    return compare_by_person(left, right);
}

static struct am_audit_booking booking_of(const struct am_audit_facts *facts,
                                          const struct am_roster_appointment *a)
{
    int fixed = am_audit_fixed_find(facts, a->person, a->session);
    return (struct am_audit_booking){
        .person = a->person,
        .session = a->session,
        .order = a->order,
        .start = a->start,
        .minutes = a->minutes,
        .fixed = fixed,
        .recorded = fixed >= 0 && facts->fixed[fixed].recorded,
        .offered = fixed < 0 || facts->fixed[fixed].offered,
    };
}

/* Where each person's and each session's bookings begin. */
static void find_firsts(struct am_audit_view *view, int count)
{
    const struct am_caseload *caseload = view->facts->caseload;
    for (int p = 0, i = 0; p <= caseload->person_count; p++) {
        while (i < count && view->by_person[i].person < p)
            i++;
        view->person_first[p] = i;
    }
    for (int s = 0, i = 0; s <= caseload->window_session_count; s++) {
        while (i < count && view->by_session[i].session < s)
            i++;
        view->session_first[s] = i;
    }
}

am_status am_audit_view_build(const struct am_audit_facts *facts, const struct am_roster *roster,
                              struct am_arena *arena, struct am_audit_view *view,
                              struct am_err *err)
{
    const struct am_caseload *caseload = facts->caseload;
    am_status status = check_indices(caseload, roster, err);
    if (status != AM_OK)
        return status;
    size_t count = (size_t)roster->appointment_count;
    *view = (struct am_audit_view){.facts = facts, .sessions = roster->sessions};
    view->by_person = AM_ARENA_NEW(arena, count, struct am_audit_booking);
    view->by_session = AM_ARENA_NEW(arena, count, struct am_audit_booking);
    view->person_first = AM_ARENA_NEW(arena, (size_t)caseload->person_count + 1, int);
    view->session_first = AM_ARENA_NEW(arena, (size_t)caseload->window_session_count + 1, int);
    if (!view->by_person || !view->by_session || !view->person_first || !view->session_first)
        return am_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        view->by_person[i] = view->by_session[i] = booking_of(facts, &roster->appointments[i]);
    if (count > 0) {
        qsort(view->by_person, count, sizeof *view->by_person, compare_by_person);
        qsort(view->by_session, count, sizeof *view->by_session, compare_by_session);
    }
    find_firsts(view, (int)count);
    return AM_OK;
}

struct am_audit_range am_audit_of_person(const struct am_audit_view *view, int person)
{
    int first = view->person_first[person];
    return (struct am_audit_range){view->by_person + first, view->person_first[person + 1] - first};
}

struct am_audit_range am_audit_of_session(const struct am_audit_view *view, int session)
{
    int first = view->session_first[session];
    return (struct am_audit_range){view->by_session + first,
                                   view->session_first[session + 1] - first};
}

int am_audit_heads(struct am_audit_range bookings)
{
    int heads = 0;
    for (int i = 0; i < bookings.count; i++)
        heads += !bookings.at[i].recorded;
    return heads;
}

/* ---- what is claimed ---- */

static bool same_score(const struct am_score *a, const struct am_score *b)
{
    bool same = a->total == b->total;
    for (int i = 0; i < AM_WISH_COUNT; i++)
        same =
            same && a->wish_units[i] == b->wish_units[i] && a->wish_points[i] == b->wish_points[i];
    for (int i = 0; i < AM_RULE_COUNT; i++)
        same =
            same && a->rule_units[i] == b->rule_units[i] && a->rule_points[i] == b->rule_points[i];
    return same;
}

/* Do the journeys shown, and what is marked as fixed, agree with the facts? */
static bool appointments_agree(const struct am_audit_facts *facts, const struct am_roster *roster)
{
    for (int i = 0; i < roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &roster->appointments[i];
        int f = am_audit_fixed_find(facts, a->person, a->session);
        if (a->fixed != (f >= 0) || a->recorded != (f >= 0 && facts->fixed[f].recorded))
            return false;
        if (f >= 0 && a->there < 0 && a->back < 0)
            continue; /* not shown */
        struct am_audit_journey journey =
            am_audit_journey_of(facts->caseload, a->person, a->session);
        if (journey.known && (a->there != journey.there || a->back != journey.back))
            return false;
    }
    return true;
}

am_status am_audit_fixed_roster(const struct am_audit_facts *facts, struct am_roster *roster,
                                struct am_err *err)
{
    const struct am_caseload *caseload = facts->caseload;
    for (int f = 0; f < facts->fixed_count; f++) {
        const struct am_audit_fixed *fixed = &facts->fixed[f];
        struct am_audit_journey journey =
            am_audit_journey_of(caseload, fixed->person, fixed->session);
        struct am_roster_appointment a = {
            .person = fixed->person,
            .order = fixed->order,
            .session = fixed->session,
            .start = (int16_t)fixed->start,
            .minutes = (int16_t)fixed->minutes,
            .there = (int16_t)(journey.known ? journey.there : -1),
            .back = (int16_t)(journey.known ? journey.back : -1),
            .mode = (uint8_t)journey.mode,
            .fixed = true,
            .recorded = fixed->recorded,
        };
        am_status status = am_roster_add(roster, a, err);
        if (status != AM_OK)
            return status;
    }
    for (int s = 0; s < caseload->window_session_count; s++) {
        const struct am_audit_session *state = &facts->sessions[s];
        bool runs = state->open ? state->fixed_heads > 0 : state->stays_running;
        int leader = state->open ? state->pinned : state->stays_led_by;
        if (!runs || (state->open && !caseload->sessions[s].supervised))
            leader = -1;
        roster->sessions[s] = (struct am_roster_session){runs, leader};
    }
    am_roster_sort(roster);
    return AM_OK;
}

static am_status reckon_fixed_only(const struct am_audit_facts *facts, struct am_arena *arena,
                                   int64_t *points, struct am_err *err)
{
    struct am_roster roster;
    struct am_audit_view view;
    struct am_score score;
    am_status status = am_roster_init(&roster, facts->caseload, err);
    if (status == AM_OK)
        status = am_audit_fixed_roster(facts, &roster, err);
    if (status == AM_OK)
        status = am_audit_view_build(facts, &roster, arena, &view, err);
    if (status == AM_OK) {
        am_audit_score_all(&view, &score);
        *points = score.total;
    }
    am_roster_release(&roster);
    return status;
}

static am_status check_claims(const struct am_audit_facts *facts, const struct am_roster *roster,
                              struct am_audit *audit, struct am_err *err)
{
    int64_t fixed_only = 0;
    am_status status = reckon_fixed_only(facts, &audit->arena, &fixed_only, err);
    if (status != AM_OK)
        return status;
    const struct am_proof *proof = &roster->proof;
    audit->score_agrees =
        same_score(&audit->score, &roster->score) && appointments_agree(facts, roster);
    audit->proof_agrees =
        proof->objective == audit->score.total && proof->bound <= proof->objective &&
        proof->fixed_only == fixed_only &&
        (roster->outcome != AM_OUTCOME_OPTIMAL || proof->bound == proof->objective);
    return AM_OK;
}

/* ---- the audit ---- */

static am_status run(const struct am_caseload *caseload, const struct am_roster *roster,
                     struct am_audit *audit, struct am_err *err)
{
    struct am_audit_facts facts;
    struct am_audit_view view;
    am_status status = am_audit_facts_build(caseload, &audit->arena, &facts, err);
    if (status == AM_OK)
        status = am_audit_view_build(&facts, roster, &audit->arena, &view, err);
    if (status != AM_OK)
        return status;
    struct am_audit_log log = {.audit = audit};
    am_audit_check_all(&log, &view);
    if (log.no_memory)
        return am_fail_memory(err);
    audit->broken = log.broken;
    am_audit_sort(audit);
    am_audit_score_all(&view, &audit->score);
    return check_claims(&facts, roster, audit, err);
}

am_status am_audit_roster(const struct am_caseload *caseload, const struct am_roster *roster,
                          struct am_audit *audit, struct am_err *err)
{
    *audit = (struct am_audit){0};
    am_arena_init(&audit->arena);
    am_status status = run(caseload, roster, audit, err);
    if (status != AM_OK)
        am_audit_release(audit);
    return status;
}

void am_audit_release(struct am_audit *audit)
{
    am_arena_release(&audit->arena);
    *audit = (struct am_audit){0};
}

am_status am_audit_score(const struct am_caseload *caseload, const struct am_roster *roster,
                         struct am_score *score, struct am_err *err)
{
    struct am_arena arena;
    struct am_audit_facts facts;
    struct am_audit_view view;
    am_arena_init(&arena);
    am_status status = am_audit_facts_build(caseload, &arena, &facts, err);
    if (status == AM_OK)
        status = am_audit_view_build(&facts, roster, &arena, &view, err);
    if (status == AM_OK)
        am_audit_score_all(&view, score);
    am_arena_release(&arena);
    return status;
}

bool am_audit_passes(const struct am_audit *audit)
{
    return audit->broken == 0 && audit->score_agrees && audit->proof_agrees;
}
