/*
 * Few changes against what was published for this window (S8).
 */
#include "model/score_parts.h"

#include <stdlib.h>

static int compare_published(const void *a, const void *b)
{
    const struct am_published_appointment *x = a, *y = b;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return (x->session > y->session) - (x->session < y->session);
}

/* Published appointments in open sessions, sorted, each once. */
static int list_published(const struct am_caseload *caseload, struct am_published_appointment *list)
{
    int count = 0, kept = 0;
    for (int i = 0; i < caseload->published_appointment_count; i++)
        if (am_session_open(caseload, caseload->published_appointments[i].session))
            list[count++] = caseload->published_appointments[i];
    if (count > 1)
        qsort(list, (size_t)count, sizeof *list, compare_published);
    for (int i = 0; i < count; i++)
        if (kept == 0 || compare_published(&list[kept - 1], &list[i]) != 0)
            list[kept++] = list[i];
    return kept;
}

/* Does the person go to exactly these open sessions? Both are by session. */
static bool is_kept(const struct am_scoring *scoring, int person,
                    const struct am_published_appointment *list, int count)
{
    int matched = 0, last = -1;
    for (int i = scoring->first[person]; i < scoring->first[person + 1]; i++) {
        int session = scoring->mine[i]->session;
        if (!am_session_open(scoring->caseload, session) || session == last)
            continue;
        if (matched == count || list[matched].session != session)
            return false;
        last = session;
        matched++;
    }
    return matched == count;
}

static am_status score_people(struct am_scoring *scoring, struct am_err *err)
{
    const struct am_caseload *caseload = scoring->caseload;
    struct am_published_appointment *list =
        AM_ARENA_NEW(&scoring->scratch, (size_t)caseload->published_appointment_count,
                     struct am_published_appointment);
    if (!list)
        return am_fail_memory(err);
    int count = list_published(caseload, list);
    for (int i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && list[end].person == list[i].person;)
            end++;
        am_score_of_person(scoring, list[i].person);
        am_score_wish(scoring->score, AM_S8, !is_kept(scoring, list[i].person, list + i, end - i),
                      caseload->policy.weights.person_disturbed);
    }
    return AM_OK;
}

enum { NOT_PUBLISHED = -2 };

/* By session: NOT_PUBLISHED, the supervisor published, or -1 for none. */
static void fill_leaders(const struct am_caseload *caseload, int32_t *leader)
{
    for (int s = 0; s < caseload->window_session_count; s++)
        leader[s] = NOT_PUBLISHED;
    for (int i = 0; i < caseload->published_appointment_count; i++)
        leader[caseload->published_appointments[i].session] = -1;
    for (int i = 0; i < caseload->published_session_count; i++)
        leader[caseload->published_sessions[i].session] =
            caseload->published_sessions[i].supervisor;
}

static am_status score_sessions(struct am_scoring *scoring, struct am_err *err)
{
    const struct am_caseload *caseload = scoring->caseload;
    size_t sessions = (size_t)caseload->window_session_count;
    int32_t *leader = AM_ARENA_NEW(&scoring->scratch, sessions, int32_t);
    if (!leader)
        return am_fail_memory(err);
    fill_leaders(caseload, leader);
    for (int s = 0; s < caseload->window_session_count; s++) {
        const struct am_roster_session *now = &scoring->roster->sessions[s];
        bool stops_or_starts = now->runs != (leader[s] != NOT_PUBLISHED);
        bool led_by_another = now->runs && leader[s] >= 0 && now->supervisor != leader[s];
        am_score_of_session(scoring, s);
        if (am_session_open(caseload, s))
            am_score_wish(scoring->score, AM_S8, stops_or_starts || led_by_another,
                          caseload->policy.weights.session_changed);
    }
    return AM_OK;
}

am_status am_score_changes(struct am_scoring *scoring, struct am_err *err)
{
    if (!scoring->caseload->has_published)
        return AM_OK;
    am_status status = score_people(scoring, err);
    return status == AM_OK ? score_sessions(scoring, err) : status;
}
