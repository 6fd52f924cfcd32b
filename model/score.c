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

am_status am_score_roster(const struct am_caseload *caseload, const struct am_orders *orders,
                          const struct am_clocks *clocks, const struct am_roster *roster,
                          struct am_score *score, struct am_err *err)
{
    struct am_score sum = {0};
    struct am_scoring scoring = {
        .caseload = caseload, .orders = orders, .clocks = clocks, .roster = roster, .score = &sum};
    am_arena_init(&scoring.scratch);
    am_status status = index_people(&scoring, err);
    if (status == AM_OK)
        status = am_score_people(&scoring, err);
    if (status == AM_OK)
        status = am_score_changes(&scoring, err);
    if (status == AM_OK) {
        am_score_appointments(&scoring);
        am_score_sessions(&scoring);
        add_up(&sum);
        *score = sum;
    }
    am_arena_release(&scoring.scratch);
    return status;
}
