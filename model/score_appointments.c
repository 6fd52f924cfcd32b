/*
 * What one appointment costs, whatever the others are: S5, S6, S7, S9, S10.
 */
#include "model/score_parts.h"

/* ---- continuity (S7) ---- */

/* The one day of an allocation that is for once: the first from its start that
 * is one of its days. */
static am_date one_day(const struct am_allocation *allocation)
{
    for (int i = 0; i < 7; i++)
        if (allocation->days & (1U << am_weekday_of(allocation->from + i)))
            return allocation->from + i;
    return AM_NO_DATE;
}

static bool is_in_force(const struct am_allocation *allocation, am_date date)
{
    am_date monday = am_monday_of(date);
    if (allocation->from > monday + 6 || (allocation->to != AM_NO_DATE && allocation->to < monday))
        return false;
    return allocation->frequency != AM_ONCE || date <= one_day(allocation);
}

static bool is_for(const struct am_allocation *allocation, int project, am_date date)
{
    if (allocation->project != project || !(allocation->days & (1U << am_weekday_of(date))))
        return false;
    if (allocation->frequency == AM_FORTNIGHTLY)
        return am_week_of(date, allocation->from) % 2 == 0;
    return allocation->frequency != AM_ONCE || date == one_day(allocation);
}

/* Where no allocation is in force: the person was somewhere last week, and not
 * at this project on this weekday. Only the window's first week comes after
 * one that is before the window. */
static bool breaks_last_week(const struct am_caseload *caseload, const struct am_orders *orders,
                             int person, const struct am_session *at)
{
    const struct am_history *history = &orders->history;
    if (am_week_of(at->date, caseload->from) != 0)
        return false;
    for (int i = history->first[person]; i < history->first[person + 1]; i++) {
        const struct am_appointment *was = &caseload->appointments[history->last_week[i]];
        if (was->project == at->project && am_weekday_of(was->date) == am_weekday_of(at->date))
            return false;
    }
    return history->first[person] < history->first[person + 1];
}

bool am_breaks_continuity(const struct am_caseload *caseload, const struct am_orders *orders,
                          int person, int session)
{
    const struct am_person *who = &caseload->people[person];
    const struct am_session *at = &caseload->sessions[session];
    bool any_in_force = false;
    for (int i = 0; i < who->allocation_count; i++) {
        const struct am_allocation *allocation = &who->allocations[i];
        if (!is_in_force(allocation, at->date))
            continue;
        if (is_for(allocation, at->project, at->date))
            return false;
        any_in_force = true;
    }
    return any_in_force || breaks_last_week(caseload, orders, person, at);
}

/* ---- preference (S9) ---- */

bool am_misses_preference(const struct am_caseload *caseload, int person, int session)
{
    struct am_indices prefers = caseload->people[person].prefers;
    for (int i = 0; i < prefers.count; i++)
        if (prefers.at[i] == caseload->sessions[session].project)
            return false;
    return prefers.count > 0;
}

/* ---- the sums ---- */

static int known_minutes(int minutes)
{
    return minutes > 0 ? minutes : 0;
}

static void score_appointment(const struct am_scoring *scoring,
                              const struct am_roster_appointment *a)
{
    const struct am_caseload *caseload = scoring->caseload;
    const struct am_weights *weights = &caseload->policy.weights;
    const struct am_session *at = &caseload->sessions[a->session];
    const struct am_project *project = &caseload->projects[at->project];
    struct am_score *score = scoring->score;
    if (project->type == AM_ETE)
        am_score_wish(score, AM_S5, a->minutes, -weights->ete_minute);
    am_score_wish(score, AM_S6, known_minutes(a->there) + known_minutes(a->back),
                  weights->travel_minute);
    am_score_wish(score, AM_S7,
                  am_breaks_continuity(caseload, scoring->orders, a->person, a->session),
                  weights->continuity_break);
    am_score_wish(score, AM_S9, 5 - project->quality, weights->quality_point);
    am_score_wish(score, AM_S9, am_misses_preference(caseload, a->person, a->session),
                  weights->preference_missed);
    am_score_wish(score, AM_S10, a->minutes, -weights->booked_minute);
    score->wish_points[AM_S10] += (int64_t)(at->date - caseload->from) * weights->later_day;
}

void am_score_appointments(struct am_scoring *scoring)
{
    const struct am_roster *roster = scoring->roster;
    for (int i = 0; i < roster->appointment_count; i++)
        if (!roster->appointments[i].recorded) {
            am_score_of_person(scoring, roster->appointments[i].person);
            score_appointment(scoring, &roster->appointments[i]);
        }
}
