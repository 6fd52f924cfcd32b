/*
 * What follows from the caseload alone about sessions, what is published and
 * what was done the week before; the other facts are in audit_order.c and
 * audit_clock.c.
 */
#include "model/audit_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- sessions ---- */

static void note_pinned(struct am_audit_facts *facts)
{
    const struct am_caseload *caseload = facts->caseload;
    for (int i = 0; i < caseload->appointment_count; i++) {
        const struct am_appointment *a = &caseload->appointments[i];
        if (!a->pinned || a->supervisor < 0 || a->session < 0 ||
            a->session >= caseload->window_session_count)
            continue;
        if (facts->sessions[a->session].pinned < 0)
            facts->sessions[a->session].pinned = a->supervisor;
    }
}

/* What is fixed at each session; who leads what is past or closed is the first
 * that the file gives. */
static void note_fixed(struct am_audit_facts *facts)
{
    const struct am_caseload *caseload = facts->caseload;
    for (int i = 0; i < facts->fixed_count; i++) {
        struct am_audit_session *s = &facts->sessions[facts->fixed[i].session];
        s->fixed_heads += !facts->fixed[i].recorded;
        s->stays_running = s->stays_running || (!s->open && facts->fixed[i].offered);
    }
    for (int i = 0; i < caseload->appointment_count; i++) {
        const struct am_appointment *a = &caseload->appointments[i];
        if (a->session < 0 || a->session >= caseload->window_session_count ||
            a->state == AM_STOOD_DOWN)
            continue;
        struct am_audit_session *s = &facts->sessions[a->session];
        if (s->stays_running && s->stays_led_by < 0 &&
            am_audit_fixed_find(facts, a->person, a->session) >= 0)
            s->stays_led_by = a->supervisor;
    }
}

struct named {
    const char *id;
    int session;
};

static int compare_named(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    int order = strcmp(a->id, b->id);
    return order != 0 ? order : (a->session > b->session) - (a->session < b->session);
}

/* The first of the window's sessions by id that is not before this one. */
static int first_named(const struct named *named, int count, const char *id)
{
    int low = 0, high = count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (strcmp(named[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* S7: who last led each definition before the window. */
static am_status note_leaders(struct am_audit_facts *facts, struct am_arena *arena,
                              struct am_err *err)
{
    const struct am_caseload *caseload = facts->caseload;
    int count = caseload->window_session_count;
    am_date *latest = AM_ARENA_NEW(arena, (size_t)count, am_date);
    struct named *named = AM_ARENA_NEW(arena, (size_t)count, struct named);
    if (!latest || !named)
        return am_fail_memory(err);
    for (int s = 0; s < count; s++)
        named[s] = (struct named){caseload->sessions[s].id, s};
    if (count > 0)
        qsort(named, (size_t)count, sizeof *named, compare_named);
    for (int i = 0; i < caseload->appointment_count; i++) {
        const struct am_appointment *a = &caseload->appointments[i];
        if (a->supervisor < 0 || a->date >= caseload->from)
            continue;
        int k = first_named(named, count, a->session_id);
        for (; k < count && strcmp(named[k].id, a->session_id) == 0; k++) {
            int s = named[k].session;
            if (facts->sessions[s].last_leader >= 0 && latest[s] > a->date)
                continue;
            latest[s] = a->date;
            facts->sessions[s].last_leader = a->supervisor;
        }
    }
    return AM_OK;
}

static void reckon_sessions(struct am_audit_facts *facts)
{
    const struct am_caseload *caseload = facts->caseload;
    for (int i = 0; i < caseload->window_session_count; i++) {
        const struct am_session *given = &caseload->sessions[i];
        struct am_audit_session *s = &facts->sessions[i];
        s->past = given->date < caseload->as_of;
        s->open = !s->past && given->closed == AM_OPEN;
        s->bookable = am_audit_bookable(&caseload->policy, given->places);
        s->pinned = given->pinned_supervisor;
        s->stays_led_by = s->last_leader = s->published_leader = -1;
    }
}

/* ---- the week before ---- */

static bool was_last_week(const struct am_caseload *caseload, const struct am_appointment *a)
{
    return a->date >= caseload->from - 7 && a->date < caseload->from && a->state != AM_STOOD_DOWN;
}

static am_status note_last_week(struct am_audit_facts *facts, struct am_arena *arena,
                                struct am_err *err)
{
    const struct am_caseload *caseload = facts->caseload;
    facts->last_week = AM_ARENA_NEW(arena, (size_t)caseload->appointment_count, int);
    if (!facts->last_week)
        return am_fail_memory(err);
    for (int i = 0; i < caseload->appointment_count; i++)
        if (was_last_week(caseload, &caseload->appointments[i]))
            facts->people[caseload->appointments[i].person].last_week_count++;
    int next = 0;
    for (int p = 0; p < caseload->person_count; p++) {
        facts->people[p].first_last_week = next;
        next += facts->people[p].last_week_count;
        facts->people[p].last_week_count = 0;
    }
    for (int i = 0; i < caseload->appointment_count; i++) {
        struct am_audit_person *p = &facts->people[caseload->appointments[i].person];
        if (was_last_week(caseload, &caseload->appointments[i]))
            facts->last_week[p->first_last_week + p->last_week_count++] = i;
    }
    return AM_OK;
}

/* ---- what was published (S8) ---- */

static int compare_published(const void *left, const void *right)
{
    const struct am_published_appointment *a = left, *b = right;
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    return (a->session > b->session) - (a->session < b->session);
}

static void add_published(struct am_audit_facts *facts, int person, int session)
{
    facts->any_published = true;
    facts->sessions[session].published = true;
    if (facts->sessions[session].open)
        facts->published[facts->published_count++] =
            (struct am_published_appointment){person, session};
}

static void index_published(struct am_audit_facts *facts)
{
    qsort(facts->published, (size_t)facts->published_count, sizeof *facts->published,
          compare_published);
    int kept = 0;
    for (int i = 0; i < facts->published_count; i++)
        if (kept == 0 || compare_published(&facts->published[kept - 1], &facts->published[i]) != 0)
            facts->published[kept++] = facts->published[i];
    facts->published_count = kept;
    for (int i = kept - 1; i >= 0; i--) {
        facts->people[facts->published[i].person].first_published = i;
        facts->people[facts->published[i].person].published_count++;
    }
}

/* What is booked in the window and not fixed counts as published too. */
static am_status note_published(struct am_audit_facts *facts, struct am_arena *arena,
                                struct am_err *err)
{
    const struct am_caseload *caseload = facts->caseload;
    size_t most =
        (size_t)caseload->published_appointment_count + (size_t)caseload->appointment_count;
    facts->published = AM_ARENA_NEW(arena, most, struct am_published_appointment);
    if (!facts->published)
        return am_fail_memory(err);
    facts->any_published = caseload->has_published;
    for (int i = 0; i < caseload->published_appointment_count; i++)
        add_published(facts, caseload->published_appointments[i].person,
                      caseload->published_appointments[i].session);
    for (int i = 0; i < caseload->published_session_count; i++) {
        const struct am_published_session *listed = &caseload->published_sessions[i];
        facts->any_published = true;
        facts->sessions[listed->session].published = true;
        facts->sessions[listed->session].published_leader = listed->supervisor;
    }
    for (int i = 0; i < caseload->appointment_count; i++) {
        const struct am_appointment *a = &caseload->appointments[i];
        if (a->session >= 0 && a->session < caseload->window_session_count &&
            am_audit_fixed_find(facts, a->person, a->session) < 0)
            add_published(facts, a->person, a->session);
    }
    index_published(facts);
    return AM_OK;
}

/* ---- all ---- */

am_status am_audit_facts_build(const struct am_caseload *caseload, struct am_arena *arena,
                               struct am_audit_facts *facts, struct am_err *err)
{
    *facts = (struct am_audit_facts){.caseload = caseload};
    facts->people = AM_ARENA_NEW(arena, (size_t)caseload->person_count, struct am_audit_person);
    facts->sessions =
        AM_ARENA_NEW(arena, (size_t)caseload->window_session_count, struct am_audit_session);
    if (!facts->people || !facts->sessions)
        return am_fail_memory(err);
    reckon_sessions(facts);
    note_pinned(facts);
    for (int i = 0; i < caseload->waiver_count; i++)
        facts->people[caseload->waivers[i].person].has_waiver = true;
    am_status status = am_audit_find_fixed(facts, arena, err);
    if (status != AM_OK)
        return status;
    note_fixed(facts);
    status = note_leaders(facts, arena, err);
    if (status == AM_OK)
        status = note_last_week(facts, arena, err);
    if (status == AM_OK)
        status = note_published(facts, arena, err);
    if (status == AM_OK)
        status = am_audit_reckon_orders(facts, arena, err);
    if (status == AM_OK)
        status = am_audit_reckon_clocks(facts, arena, err);
    return status;
}
