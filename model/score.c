#include "model/score.h"
#include "model/score_parts.h"

void am_score_wish(struct am_score *score, enum am_wish wish, int64_t units, int32_t weight)
{
    score->wish_units[wish] += units;
    score->wish_points[wish] += units * weight;
}

void am_score_rule(struct am_score *score, enum am_rule rule, int64_t units, int32_t weight)
{
    score->rule_units[rule] += units;
    score->rule_points[rule] += units * weight;
}

void am_score_of_person(struct am_scoring *scoring, int person)
{
    if (scoring->split.people)
        scoring->score = &scoring->split.people[person];
}

void am_score_of_session(struct am_scoring *scoring, int session)
{
    if (scoring->split.sessions)
        scoring->score = &scoring->split.sessions[session];
}

bool am_session_open(const struct am_caseload *caseload, int session)
{
    return caseload->sessions[session].closed == AM_OPEN && !am_session_past(caseload, session);
}

/* A sorted roster's appointments keep their order of sessions within a person. */
static am_status index_people(struct am_scoring *scoring, struct am_err *err)
{
    const struct am_roster *roster = scoring->roster;
    size_t people = (size_t)scoring->caseload->person_count;
    int32_t *first = AM_ARENA_NEW(&scoring->scratch, people + 2, int32_t);
    scoring->mine = AM_ARENA_NEW(&scoring->scratch, (size_t)roster->appointment_count,
                                 const struct am_roster_appointment *);
    if (!first || !scoring->mine)
        return am_fail_memory(err);
    for (int i = 0; i < roster->appointment_count; i++)
        if (!roster->appointments[i].recorded)
            first[roster->appointments[i].person + 2]++;
    for (size_t p = 2; p < people + 2; p++)
        first[p] += first[p - 1];
    for (int i = 0; i < roster->appointment_count; i++)
        if (!roster->appointments[i].recorded)
            scoring->mine[first[roster->appointments[i].person + 1]++] = &roster->appointments[i];
    scoring->first = first;
    return AM_OK;
}

static void add_up(struct am_score *score)
{
    for (int w = 0; w < AM_WISH_COUNT; w++)
        score->total += score->wish_points[w];
    for (int r = 0; r < AM_RULE_COUNT; r++)
        score->total += score->rule_points[r];
}

static am_status score_all(struct am_scoring *scoring, struct am_err *err)
{
    am_arena_init(&scoring->scratch);
    am_status status = index_people(scoring, err);
    if (status == AM_OK)
        status = am_score_people(scoring, err);
    if (status == AM_OK)
        status = am_score_changes(scoring, err);
    if (status == AM_OK) {
        am_score_appointments(scoring);
        am_score_sessions(scoring);
    }
    am_arena_release(&scoring->scratch);
    return status;
}

am_status am_score_roster(const struct am_caseload *caseload, const struct am_orders *orders,
                          const struct am_clocks *clocks, const struct am_roster *roster,
                          struct am_score *score, struct am_err *err)
{
    struct am_score sum = {0};
    struct am_scoring scoring = {
        .caseload = caseload, .orders = orders, .clocks = clocks, .roster = roster, .score = &sum};
    am_status status = score_all(&scoring, err);
    if (status != AM_OK)
        return status;
    add_up(&sum);
    *score = sum;
    return AM_OK;
}

am_status am_score_split(const struct am_caseload *caseload, const struct am_orders *orders,
                         const struct am_clocks *clocks, const struct am_roster *roster,
                         struct am_arena *arena, struct am_score_split *split, struct am_err *err)
{
    size_t people = (size_t)caseload->person_count;
    size_t sessions = (size_t)caseload->window_session_count;
    split->people = AM_ARENA_NEW(arena, people, struct am_score);
    split->sessions = AM_ARENA_NEW(arena, sessions, struct am_score);
    if (!split->people || !split->sessions)
        return am_fail_memory(err);
    struct am_scoring scoring = {.caseload = caseload,
                                 .orders = orders,
                                 .clocks = clocks,
                                 .roster = roster,
                                 .split = *split};
    am_status status = score_all(&scoring, err);
    for (size_t p = 0; p < people; p++)
        add_up(&split->people[p]);
    for (size_t s = 0; s < sessions; s++)
        add_up(&split->sessions[s]);
    return status;
}
