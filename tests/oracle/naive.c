#include <stdlib.h>

#include "model/audit_parts.h"
#include "tests/oracle/brute.h"

enum { PAIRS_MOST = 16, ROSTERS_MOST = 4000 };

struct naive {
    const struct am_caseload *caseload;
    struct am_arena arena;
    struct am_audit_facts facts;
    int person[PAIRS_MOST], session[PAIRS_MOST], pair_count;
    bool taken[PAIRS_MOST];
    struct am_roster_session as[BRUTE_SESSIONS];
    struct brute_answer *answer;
    struct am_err *err;
};

/* The last of the person's new ones gets what is left. */
static int minutes_of(const struct naive *naive, int i)
{
    int64_t left = naive->facts.people[naive->person[i]].free_min;
    bool last = true;
    for (int k = 0; k < naive->pair_count; k++) {
        if (!naive->taken[k] || k == i || naive->person[k] != naive->person[i])
            continue;
        if (naive->session[k] > naive->session[i])
            last = false;
        else
            left -= naive->caseload->sessions[naive->session[k]].minutes;
    }
    int minutes = naive->caseload->sessions[naive->session[i]].minutes;
    if (last && left < minutes)
        return left > 0 ? (int)left : 0;
    return minutes;
}

static am_status fill(const struct naive *naive, struct am_roster *roster)
{
    am_status status = am_audit_fixed_roster(&naive->facts, roster, naive->err);
    for (int i = 0; i < naive->pair_count && status == AM_OK; i++) {
        int order = naive->facts.people[naive->person[i]].order;
        struct am_roster_appointment a = {
            .person = naive->person[i],
            .order = order >= 0 ? order : naive->caseload->people[naive->person[i]].first_order,
            .session = naive->session[i],
            .start = naive->caseload->sessions[naive->session[i]].start,
            .minutes = (int16_t)minutes_of(naive, i),
        };
        if (naive->taken[i])
            status = am_roster_add(roster, a, naive->err);
    }
    for (int s = 0; s < naive->caseload->window_session_count; s++)
        if (naive->facts.sessions[s].open)
            roster->sessions[s] = naive->as[s];
    am_roster_sort(roster);
    return status;
}

static am_status judge(const struct naive *naive)
{
    struct am_roster roster;
    struct am_audit audit = {0};
    am_status status = am_roster_init(&roster, naive->caseload, naive->err);
    if (status == AM_OK)
        status = fill(naive, &roster);
    if (status == AM_OK)
        status = am_audit_roster(naive->caseload, &roster, &audit, naive->err);
    struct brute_answer *answer = naive->answer;
    if (status == AM_OK && audit.broken == 0 &&
        (!answer->found || audit.score.total < answer->optimum)) {
        answer->found = true;
        answer->optimum = audit.score.total;
    }
    if (status == AM_OK)
        am_audit_release(&audit);
    am_roster_release(&roster);
    return status;
}

static am_status each_leader(struct naive *naive, int s)
{
    if (naive->answer->nodes >= ROSTERS_MOST) {
        naive->answer->given_up = true;
        return AM_OK;
    }
    if (s == naive->caseload->window_session_count) {
        naive->answer->nodes++;
        return judge(naive);
    }
    bool runs = naive->facts.sessions[s].fixed_heads > 0;
    for (int i = 0; i < naive->pair_count; i++)
        runs = runs || (naive->taken[i] && naive->session[i] == s);
    int most =
        runs && naive->caseload->sessions[s].supervised ? naive->caseload->supervisor_count : 0;
    am_status status = AM_OK;
    for (int m = -1; m < most && status == AM_OK; m++) {
        naive->as[s] = (struct am_roster_session){runs, m};
        status = each_leader(naive, s + 1);
    }
    return status;
}

static am_status each_set(struct naive *naive, int i)
{
    if (i == naive->pair_count)
        return each_leader(naive, 0);
    naive->taken[i] = false;
    am_status status = each_set(naive, i + 1);
    naive->taken[i] = true;
    return status == AM_OK ? each_set(naive, i + 1) : status;
}

static void list_pairs(struct naive *naive)
{
    const struct am_caseload *caseload = naive->caseload;
    for (int p = 0; p < caseload->person_count; p++)
        for (int s = 0; s < caseload->window_session_count; s++) {
            if (am_audit_fixed_find(&naive->facts, p, s) >= 0)
                continue;
            if (naive->pair_count == PAIRS_MOST) {
                naive->answer->given_up = true;
                return;
            }
            naive->person[naive->pair_count] = p;
            naive->session[naive->pair_count++] = s;
        }
}

am_status naive_solve(const struct am_caseload *caseload, struct brute_answer *answer,
                      struct am_err *err)
{
    struct naive naive = {.caseload = caseload, .answer = answer, .err = err};
    *answer = (struct brute_answer){0};
    am_arena_init(&naive.arena);
    am_status status = am_audit_facts_build(caseload, &naive.arena, &naive.facts, err);
    if (status == AM_OK) {
        list_pairs(&naive);
        if (!answer->given_up)
            status = each_set(&naive, 0);
    }
    am_arena_release(&naive.arena);
    return status;
}
