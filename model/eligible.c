/*
 * The rules of one person and one session. Each of the families below looks at
 * few properties of the session, so that am_eligibility_build can ask once for
 * all sessions that are alike in those.
 */
#include "model/eligible.h"
#include "model/eligible_rules.h"

bool am_indices_have(struct am_indices indices, int32_t index)
{
    int low = 0, high = indices.count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (indices.at[middle] < index)
            low = middle + 1;
        else
            high = middle;
    }
    return low < indices.count && indices.at[low] == index;
}

static am_rule_set when(bool broken, enum am_rule rule)
{
    return broken ? AM_RULE_BIT(rule) : 0;
}

/* ---- supervisors ---- */

bool am_may_lead(const struct am_caseload *caseload, int supervisor, int session)
{
    const struct am_session *at = &caseload->sessions[session];
    const struct am_supervisor *who = &caseload->supervisors[supervisor];
    if (at->pinned_supervisor >= 0)
        return at->pinned_supervisor == supervisor;
    if (am_session_past(caseload, session))
        return false;
    if (!who->any_project && !am_indices_have(who->projects, at->project))
        return false;
    return am_available(who->available, who->unavailable, at->date, at->start,
                        at->start + at->minutes);
}

am_genders am_leading_genders(const struct am_caseload *caseload, int session)
{
    am_genders all = 0, found = 0;
    for (int m = 0; m < caseload->supervisor_count; m++)
        all |= (am_genders)(1U << caseload->supervisors[m].gender);
    for (int m = 0; m < caseload->supervisor_count && found != all; m++) {
        am_genders gender = (am_genders)(1U << caseload->supervisors[m].gender);
        if (!(found & gender) && am_may_lead(caseload, m, session))
            found |= gender;
    }
    return found;
}

/* ---- the rules ---- */

am_rule_set am_rules_of_session(const struct am_caseload *caseload, int session, am_genders genders)
{
    const struct am_session *at = &caseload->sessions[session];
    return when(am_bookable(&caseload->policy, at->places) == 0, AM_R8) |
           when(at->supervised && !genders, AM_R10) | when(at->closed != AM_OPEN, AM_R14) |
           when(am_session_past(caseload, session), AM_R15);
}

/* R11: is it a type of placement for this person? */
static bool suits(const struct am_person *person, const struct am_project *project)
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

/* R13: is something there that must be avoided, or missing that is needed? */
static bool clashes(const struct am_person *person, const struct am_project *project)
{
    return (person->must_avoid & project->tags) || (person->needs & ~project->offers);
}

bool am_is_barred(const struct am_person *person, const struct am_session *session)
{
    return am_indices_have(person->barred_projects, session->project) ||
           am_indices_have(person->barred_places, session->place);
}

bool am_is_restricted(const struct am_caseload *caseload, int person, int session)
{
    const struct am_person *who = &caseload->people[person];
    const struct am_session *at = &caseload->sessions[session];
    return clashes(who, &caseload->projects[at->project]) || am_is_barred(who, at);
}

am_rule_set am_rules_of_sort(const struct am_caseload *caseload, const struct am_orders *orders,
                             int person, int session, am_genders genders)
{
    const struct am_person *who = &caseload->people[person];
    const struct am_session *at = &caseload->sessions[session];
    const struct am_project *project = &caseload->projects[at->project];
    bool demand_unmet = who->supervisor_gender >= 0 &&
                        (!at->supervised || !(genders & (1U << who->supervisor_gender)));
    bool second_induction = caseload->policy.induction_first && project->type == AM_INDUCTION &&
                            orders->people[person].inducted;
    return when(demand_unmet, AM_R10) | when(!suits(who, project), AM_R11) |
           when(clashes(who, project), AM_R13) | when(second_induction, AM_R16);
}

/* What a person's fixed appointments mean to a session. */
struct fixed_around {
    bool same_day;    /* R4 */
    bool later;       /* R6: one that is not recorded */
    int64_t week_min; /* R5: offered in the same week */
};

static struct fixed_around look_around(const struct am_caseload *caseload,
                                       const struct am_orders *orders, int person,
                                       const struct am_session *at)
{
    const struct am_person_state *state = &orders->people[person];
    struct fixed_around around = {0};
    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++) {
        const struct am_fixed *fixed = &orders->fixed[i];
        const struct am_session *other = &caseload->sessions[fixed->session];
        around.same_day |= other->date == at->date;
        around.later |= !fixed->recorded &&
                        am_stamp_of(other->date, other->start) > am_stamp_of(at->date, at->start);
        if (fixed->offered &&
            am_week_of(other->date, caseload->from) == am_week_of(at->date, caseload->from))
            around.week_min += fixed->minutes;
    }
    return around;
}

/* R4 to R7: what is left of the day, the week and the order. */
static am_rule_set rules_of_minutes(const struct am_caseload *caseload,
                                    const struct am_orders *orders, int person, int session,
                                    int32_t week_max)
{
    const struct am_person_state *state = &orders->people[person];
    const struct am_session *at = &caseload->sessions[session];
    struct fixed_around around = look_around(caseload, orders, person, at);
    int32_t free_min = state->free_min;
    int32_t credited = at->minutes < free_min ? at->minutes : free_min;
    bool too_short =
        credited < caseload->policy.shortest_appointment_minutes && credited < free_min;
    bool ete = caseload->projects[at->project].type == AM_ETE;
    return when(around.same_day, AM_R4) | when(credited + around.week_min > week_max, AM_R5) |
           when(too_short || free_min == 0 || (at->minutes > free_min && around.later), AM_R6) |
           when(ete && credited > state->ete_left_min, AM_R7);
}

am_rule_set am_rules_of_time(const struct am_caseload *caseload, const struct am_orders *orders,
                             int person, int session, int32_t week_max)
{
    const struct am_session *at = &caseload->sessions[session];
    const struct am_person *who = &caseload->people[person];
    int order = orders->people[person].order;
    am_rule_set set = rules_of_minutes(caseload, orders, person, session, week_max);
    set |= when(order < 0 || at->date < caseload->orders[order].sentence_date, AM_R1);
    if (!caseload->policy.availability_leaves_home)
        set |= when(!am_available(who->available, who->unavailable, at->date, at->start,
                                  at->start + at->minutes),
                    AM_R2);
    return set;
}

bool am_available_with(const struct am_caseload *caseload, int person, int session,
                       const struct am_journey *journey)
{
    const struct am_session *at = &caseload->sessions[session];
    const struct am_person *who = &caseload->people[person];
    int there = 0, back = 0;
    if (caseload->policy.availability_leaves_home && journey->known) {
        there = journey->there;
        back = journey->back;
    }
    return am_available(who->available, who->unavailable, at->date, at->start - there,
                        at->start + at->minutes + back);
}

am_rule_set am_rules_of_journey(const struct am_caseload *caseload, int person, int session,
                                const struct am_journey *journey)
{
    am_rule_set set = when(!journey->allowed, AM_R3);
    if (caseload->policy.availability_leaves_home)
        set |= when(!am_available_with(caseload, person, session, journey), AM_R2);
    return set;
}

am_rule_set am_without_waived(const struct am_caseload *caseload, struct am_waivers waivers,
                              int person, int session, am_rule_set set)
{
    const am_rule_set waivable = AM_RULE_BIT(AM_R2) | AM_RULE_BIT(AM_R3) | AM_RULE_BIT(AM_R7) |
                                 AM_RULE_BIT(AM_R10) | AM_RULE_BIT(AM_R11) | AM_RULE_BIT(AM_R13) |
                                 AM_RULE_BIT(AM_R16);
    for (int i = 0; i < waivers.count; i++) {
        const struct am_waiver *waiver = &waivers.at[i];
        am_rule_set rule = AM_RULE_BIT(waiver->rule) & waivable;
        if ((set & rule) && waiver->person == person && am_waiver_covers(caseload, waiver, session))
            set &= ~rule;
    }
    return set;
}

static struct am_waivers all_waivers(const struct am_caseload *caseload)
{
    return (struct am_waivers){caseload->waivers, caseload->waiver_count};
}

am_status am_waivers_by_person(const struct am_caseload *caseload, struct am_arena *arena,
                               struct am_waivers **waivers, struct am_err *err)
{
    size_t people = (size_t)caseload->person_count, count = (size_t)caseload->waiver_count;
    struct am_waivers *of = AM_ARENA_NEW(arena, people, struct am_waivers);
    struct am_waiver *sorted = AM_ARENA_NEW(arena, count, struct am_waiver);
    if (!of || !sorted)
        return am_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        of[caseload->waivers[i].person].count++;
    struct am_waiver *next = sorted;
    for (size_t p = 0; p < people; p++) {
        of[p].at = next;
        next += of[p].count;
        of[p].count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        struct am_waivers *whose = &of[caseload->waivers[i].person];
        sorted[(whose->at - sorted) + whose->count++] = caseload->waivers[i];
    }
    *waivers = of;
    return AM_OK;
}

/* ---- one pair ---- */

struct am_journey am_person_journey(const struct am_caseload *caseload, int person, int session)
{
    const struct am_person *who = &caseload->people[person];
    const struct am_session *at = &caseload->sessions[session];
    return am_travel_journey(caseload, who->home, at->place, who->modes, am_weekday_of(at->date),
                             at->start, at->start + at->minutes);
}

am_rule_set am_forbidden(const struct am_caseload *caseload, const struct am_orders *orders,
                         int person, int session, struct am_journey *journey)
{
    struct am_journey found = am_person_journey(caseload, person, session);
    am_genders genders = am_leading_genders(caseload, session);
    int week = am_week_of(caseload->sessions[session].date, caseload->from);
    am_rule_set set =
        am_rules_of_sort(caseload, orders, person, session, genders) |
        when(am_is_barred(&caseload->people[person], &caseload->sessions[session]), AM_R13) |
        am_rules_of_time(caseload, orders, person, session, am_weekly_max(caseload, person, week)) |
        am_rules_of_journey(caseload, person, session, &found);
    if (journey)
        *journey = found;
    return am_without_waived(caseload, all_waivers(caseload), person, session, set) |
           am_rules_of_session(caseload, session, genders);
}

bool am_could_attend(const struct am_caseload *caseload, int person, int order, int session)
{
    const struct am_order *of = &caseload->orders[order];
    const struct am_session *at = &caseload->sessions[session];
    if (of->status != AM_ORDER_ACTIVE || at->date < of->sentence_date || at->closed != AM_OPEN)
        return false;
    struct am_journey journey = am_person_journey(caseload, person, session);
    am_rule_set set = when(!am_available_with(caseload, person, session, &journey), AM_R2) |
                      when(!journey.allowed, AM_R3) |
                      when(am_is_restricted(caseload, person, session), AM_R13);
    return am_without_waived(caseload, all_waivers(caseload), person, session, set) == 0;
}

const struct am_pair *am_pair_find(const struct am_eligibility *eligibility, int person,
                                   int session)
{
    int64_t low = eligibility->first[person], end = eligibility->first[person + 1], high = end;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (eligibility->pairs[middle].session < session)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && eligibility->pairs[low].session == session ? &eligibility->pairs[low]
                                                                   : NULL;
}
