/*
 * The rules that look at one person and one session (docs/formulation.md,
 * section 3): what forbids a pair.
 */
#include "model/audit_parts.h"

#include <string.h>

/* ---- waivers ---- */

bool am_audit_waived(const struct am_caseload *caseload, enum am_rule rule, int person, int session)
{
    const struct am_session *s = &caseload->sessions[session];
    for (int i = 0; i < caseload->waiver_count; i++) {
        const struct am_waiver *waiver = &caseload->waivers[i];
        if (waiver->rule == rule && waiver->person == person &&
            (waiver->project < 0 || waiver->project == s->project) &&
            (!waiver->session_id || strcmp(waiver->session_id, s->id) == 0) &&
            (waiver->until == AM_NO_DATE || s->date <= waiver->until))
            return true;
    }
    return false;
}

/* ---- R2 ---- */

static bool is_valid_on(const struct am_window *window, am_date date)
{
    if (window->valid_from != AM_NO_DATE && date < window->valid_from)
        return false;
    if (window->valid_to != AM_NO_DATE && date > window->valid_to)
        return false;
    if (window->every_weeks <= 1 || window->valid_from == AM_NO_DATE)
        return true;
    return am_week_of(date, am_monday_of(window->valid_from)) % window->every_weeks == 0;
}

/* Are the hours covered on this weekday? date: by windows that are valid then;
 * AM_NO_DATE: by any. */
static bool are_covered(struct am_windows windows, enum am_weekday day, am_date date, int from,
                        int to)
{
    int reached = from; /* all of from .. reached is covered */
    while (reached < to) {
        int next = reached;
        for (int i = 0; i < windows.count; i++) {
            const struct am_window *window = &windows.at[i];
            if (window->from <= reached && window->to > next && (window->days >> day & 1) &&
                (date == AM_NO_DATE || is_valid_on(window, date)))
                next = window->to;
        }
        if (next == reached)
            return false;
        reached = next;
    }
    return true;
}

bool am_audit_available(struct am_windows windows, struct am_absences absences, am_date date,
                        int from, int to)
{
    if (!are_covered(windows, am_weekday_of(date), date, from, to))
        return false;
    for (int i = 0; i < absences.count; i++)
        if (absences.at[i].start < am_stamp_of(date, to) &&
            absences.at[i].end > am_stamp_of(date, from))
            return false;
    return true;
}

/* The minutes of the day for which the person is taken up by the session. */
struct hours {
    int from, to;
};

static struct hours hours_of(const struct am_caseload *caseload, const struct am_session *s,
                             const struct am_audit_journey *journey)
{
    struct hours hours = {s->start, s->start + s->minutes};
    if (caseload->policy.availability_leaves_home && journey->known) {
        hours.from -= journey->there;
        hours.to += journey->back;
    }
    return hours;
}

bool am_audit_free_for(const struct am_caseload *caseload, int person, int session,
                       const struct am_audit_journey *journey)
{
    const struct am_person *p = &caseload->people[person];
    const struct am_session *s = &caseload->sessions[session];
    struct hours hours = hours_of(caseload, s, journey);
    return am_audit_available(p->available, p->unavailable, s->date, hours.from, hours.to);
}

bool am_audit_may_be_free_for(const struct am_caseload *caseload, int person, int session,
                              const struct am_audit_journey *journey)
{
    const struct am_session *s = &caseload->sessions[session];
    struct hours hours = hours_of(caseload, s, journey);
    return are_covered(caseload->people[person].available, am_weekday_of(s->date), AM_NO_DATE,
                       hours.from, hours.to);
}

/* ---- R13, R11, R10 ---- */

static bool contains(struct am_indices list, int index)
{
    for (int i = 0; i < list.count; i++)
        if (list.at[i] == index)
            return true;
    return false;
}

bool am_audit_suits(const struct am_caseload *caseload, int person, int project, int place)
{
    const struct am_person *p = &caseload->people[person];
    const struct am_project *at = &caseload->projects[project];
    return !(p->must_avoid & at->tags) && !(p->needs & ~at->offers) &&
           !contains(p->barred_projects, project) && !contains(p->barred_places, place);
}

bool am_audit_fits_placement(const struct am_person *person, const struct am_project *project)
{
    if (project->women_only && (person->gender == AM_MALE ||
                                (person->gender != AM_FEMALE && !person->may_join_women_only)))
        return false;
    if (project->type == AM_GROUP)
        return person->placement & (project->women_only ? AM_WOMEN_ONLY : AM_MIXED_GROUP);
    if (project->type == AM_INDIVIDUAL)
        return person->placement & AM_INDIVIDUAL_PLACEMENT;
    return true;
}

bool am_audit_may_lead(const struct am_audit_facts *facts, int supervisor, int session)
{
    const struct am_session *s = &facts->caseload->sessions[session];
    const struct am_supervisor *m = &facts->caseload->supervisors[supervisor];
    const struct am_audit_session *state = &facts->sessions[session];
    if (state->pinned >= 0)
        return supervisor == state->pinned;
    return !state->past && (m->any_project || contains(m->projects, s->project)) &&
           am_audit_available(m->available, m->unavailable, s->date, s->start,
                              s->start + s->minutes);
}

/* gender -1: of any. */
static bool somebody_may_lead(const struct am_audit_facts *facts, int session, int gender)
{
    const struct am_caseload *caseload = facts->caseload;
    for (int m = 0; m < caseload->supervisor_count; m++)
        if ((gender < 0 || (int)caseload->supervisors[m].gender == gender) &&
            am_audit_may_lead(facts, m, session))
            return true;
    return false;
}

static bool breaks_R10(const struct am_audit_facts *facts, int person, int session)
{
    bool supervised = facts->caseload->sessions[session].supervised;
    int gender = facts->caseload->people[person].supervisor_gender;
    if (supervised && !somebody_may_lead(facts, session, -1))
        return true;
    return gender >= 0 && !am_audit_waived(facts->caseload, AM_R10, person, session) &&
           (!supervised || !somebody_may_lead(facts, session, gender));
}

/* ---- R4-R7, against what is fixed ---- */

static bool has_fixed_that_day(const struct am_audit_facts *facts, int person, am_date date)
{
    const struct am_audit_person *p = &facts->people[person];
    for (int i = p->first_fixed; i < p->first_fixed + p->fixed_count; i++)
        if (facts->caseload->sessions[facts->fixed[i].session].date == date)
            return true;
    return false;
}

static bool has_fixed_later(const struct am_audit_facts *facts, int person,
                            const struct am_session *session)
{
    const struct am_audit_person *p = &facts->people[person];
    for (int i = p->first_fixed; i < p->first_fixed + p->fixed_count; i++) {
        const struct am_audit_fixed *fixed = &facts->fixed[i];
        am_date date = facts->caseload->sessions[fixed->session].date;
        if (!fixed->recorded &&
            am_stamp_of(date, fixed->start) > am_stamp_of(session->date, session->start))
            return true;
    }
    return false;
}

static int64_t fixed_of_week(const struct am_audit_facts *facts, int person, int week)
{
    const struct am_audit_person *p = &facts->people[person];
    int64_t sum = 0;
    for (int i = p->first_fixed; i < p->first_fixed + p->fixed_count; i++)
        if (facts->fixed[i].offered &&
            am_audit_week(facts->caseload, facts->fixed[i].session) == week)
            sum += facts->fixed[i].minutes;
    return sum;
}

static am_rule_set breaks_minutes(const struct am_audit_facts *facts, int person, int session)
{
    const struct am_caseload *caseload = facts->caseload;
    const struct am_audit_person *p = &facts->people[person];
    const struct am_session *s = &caseload->sessions[session];
    int64_t length = s->minutes < p->free_min ? s->minutes : p->free_min;
    int week = am_audit_week(caseload, session);
    am_rule_set set = 0;
    if (length + fixed_of_week(facts, person, week) >
        am_audit_week_max_waived(caseload, person, week))
        set |= AM_RULE_BIT(AM_R5);
    bool short_of_worth =
        length < caseload->policy.shortest_appointment_minutes && length < p->free_min;
    bool cut_early = s->minutes > p->free_min && has_fixed_later(facts, person, s);
    if (p->free_min == 0 || short_of_worth || cut_early)
        set |= AM_RULE_BIT(AM_R6);
    if (caseload->projects[s->project].type == AM_ETE && length > p->ete_left_min)
        set |= AM_RULE_BIT(AM_R7);
    return set;
}

/* ---- all of them ---- */

/* The rules that neither count minutes nor look at what else is fixed; order
 * is the one credited, -1: none. */
static am_rule_set breaks_alone(const struct am_audit_facts *facts, int person, int session,
                                int order)
{
    const struct am_caseload *caseload = facts->caseload;
    const struct am_session *s = &caseload->sessions[session];
    const struct am_project *project = &caseload->projects[s->project];
    struct am_audit_journey journey = am_audit_journey_of(caseload, person, session);
    const struct {
        enum am_rule rule;
        bool broken, waivable;
    } checks[] = {
        {AM_R1, order < 0 || s->date < caseload->orders[order].sentence_date, false},
        {AM_R2, !am_audit_free_for(caseload, person, session, &journey), true},
        {AM_R3, !journey.allowed, true},
        {AM_R10, breaks_R10(facts, person, session), false},
        {AM_R11, !am_audit_fits_placement(&caseload->people[person], project), true},
        {AM_R13, !am_audit_suits(caseload, person, s->project, s->place), true},
        {AM_R14, s->closed != AM_OPEN, false},
    };
    am_rule_set set = 0;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        if (checks[i].broken &&
            !(checks[i].waivable && am_audit_waived(caseload, checks[i].rule, person, session)))
            set |= AM_RULE_BIT(checks[i].rule);
    return set;
}

am_rule_set am_audit_forbidden(const struct am_audit_facts *facts, int person, int session)
{
    const struct am_caseload *caseload = facts->caseload;
    const struct am_session *s = &caseload->sessions[session];
    const struct am_audit_person *p = &facts->people[person];
    am_rule_set set = breaks_alone(facts, person, session, p->order);
    if (has_fixed_that_day(facts, person, s->date))
        set |= AM_RULE_BIT(AM_R4);
    set |= breaks_minutes(facts, person, session);
    if (facts->sessions[session].bookable == 0)
        set |= AM_RULE_BIT(AM_R8);
    if (facts->sessions[session].past)
        set |= AM_RULE_BIT(AM_R15);
    if (caseload->policy.induction_first && p->inducted &&
        caseload->projects[s->project].type == AM_INDUCTION &&
        !am_audit_waived(caseload, AM_R16, person, session))
        set |= AM_RULE_BIT(AM_R16);
    return set;
}

am_rule_set am_audit_accepted(const struct am_audit_facts *facts,
                              const struct am_audit_fixed *fixed)
{
    const struct am_caseload *caseload = facts->caseload;
    am_rule_set set = breaks_alone(facts, fixed->person, fixed->session, fixed->order);
    if (!fixed->recorded && caseload->orders[fixed->order].status != AM_ORDER_ACTIVE)
        set |= AM_RULE_BIT(AM_R1);
    if (!facts->sessions[fixed->session].open) /* nobody is to be found for it any more */
        set &= ~AM_RULE_BIT(AM_R10);
    return set;
}
