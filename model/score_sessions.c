/*
 * What an open session costs as a whole: its supervisor (S7, R15), company
 * (S9, R11) and people who may have to be turned away (S11).
 */
#include "model/score_parts.h"

/* Who is booked to one session: new appointments and fixed ones that are not
 * recorded. */
struct heads {
    int32_t all, men, women;
    int64_t attendance;
    bool all_fixed;                            /* the men and the women */
    const struct am_roster_appointment *woman; /* the last, where there is one */
};

static struct heads count_heads(const struct am_scoring *scoring, int first, int end)
{
    struct heads heads = {.all_fixed = true};
    for (int i = first; i < end; i++) {
        const struct am_roster_appointment *a = &scoring->roster->appointments[i];
        const struct am_person *person = &scoring->caseload->people[a->person];
        if (a->recorded)
            continue;
        heads.all++;
        heads.attendance += person->attendance_percent;
        heads.men += person->gender == AM_MALE;
        if (person->gender == AM_FEMALE) {
            heads.women++;
            heads.woman = a;
        }
        if (person->gender == AM_MALE || person->gender == AM_FEMALE)
            heads.all_fixed = heads.all_fixed && a->fixed;
    }
    return heads;
}

/* R11: a woman alone among men who has not agreed to it. */
static bool has_lone_woman(const struct am_scoring *scoring, const struct heads *heads)
{
    const struct am_caseload *caseload = scoring->caseload;
    if (heads->men == 0 || heads->women != 1 || heads->all_fixed)
        return false;
    return !caseload->people[heads->woman->person].consents_alone &&
           !am_waived(caseload, AM_R11, heads->woman->person, heads->woman->session);
}

static void score_leader(const struct am_scoring *scoring, int session)
{
    const struct am_caseload *caseload = scoring->caseload;
    int leader = scoring->roster->sessions[session].supervisor;
    int last = scoring->orders->history.last_leader[session];
    am_score_wish(scoring->score, AM_S7, leader >= 0 && last >= 0 && leader != last,
                  caseload->policy.weights.supervisor_break);
    am_score_rule(scoring->score, AM_R15, caseload->sessions[session].supervised && leader < 0,
                  caseload->policy.weights.unsupervised);
}

static void score_running(const struct am_scoring *scoring, int session, const struct heads *heads)
{
    const struct am_caseload *caseload = scoring->caseload;
    const struct am_policy *policy = &caseload->policy;
    const struct am_session *at = &caseload->sessions[session];
    int32_t company = policy->near_empty_heads < at->places ? policy->near_empty_heads : at->places;
    int64_t over = heads->attendance - 100 * (int64_t)at->places;
    score_leader(scoring, session);
    if (caseload->projects[at->project].type == AM_GROUP && heads->all < company)
        am_score_wish(scoring->score, AM_S9, company - heads->all, policy->weights.near_empty_head);
    if (over > 0)
        am_score_wish(scoring->score, AM_S11, over, policy->weights.stand_down);
}

void am_score_sessions(struct am_scoring *scoring)
{
    const struct am_caseload *caseload = scoring->caseload;
    const struct am_roster *roster = scoring->roster;
    int first = 0, end;
    for (int s = 0; s < caseload->window_session_count; s++, first = end) {
        for (end = first;
             end < roster->appointment_count && roster->appointments[end].session == s;)
            end++;
        if (!am_session_open(caseload, s))
            continue;
        struct heads heads = count_heads(scoring, first, end);
        am_score_of_session(scoring, s);
        if (roster->sessions[s].runs)
            score_running(scoring, s, &heads);
        if (caseload->policy.lone_woman == AM_LONE_WOMAN_SOFT)
            am_score_rule(scoring->score, AM_R11, has_lone_woman(scoring, &heads),
                          caseload->policy.weights.lone_woman_soft);
    }
}
