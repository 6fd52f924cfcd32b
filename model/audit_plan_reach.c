/*
 * The days on which somebody could attend a kind of place
 * (docs/formulation.md, section 8: days_kw and travel_k).
 */
#include "model/audit_plan_parts.h"

enum { WEEKDAYS = 7 };

/* Sessions of a kind on one weekday at one hour: first .. end - 1 of by_kind.
 * The journey is the same to all of them. */
struct hour {
    int first, end;
    struct am_audit_journey journey;
    uint8_t genders; /* of those who may lead some of them */
};

static bool same_hour(const struct am_plan_facts *facts, int a, int b)
{
    const struct am_session *x = &facts->caseload->sessions[a];
    const struct am_session *y = &facts->caseload->sessions[b];
    return x->start == y->start && am_weekday_of(x->date) == am_weekday_of(y->date);
}

static struct hour hour_from(const struct am_plan_facts *facts, int person, int first, int end)
{
    struct hour hour = {.first = first, .end = first};
    while (hour.end < end && same_hour(facts, facts->by_kind[first], facts->by_kind[hour.end]))
        hour.genders |= facts->genders[facts->by_kind[hour.end++]];
    hour.journey = am_audit_journey_of(facts->caseload, person, facts->by_kind[first]);
    return hour;
}

/* May this person attend the session, waivers apart? */
static am_rule_set broken_by(const struct am_plan_facts *facts, int person, int session,
                             const struct hour *hour)
{
    const struct am_caseload *caseload = facts->caseload;
    const struct am_session *s = &caseload->sessions[session];
    const struct am_person *p = &caseload->people[person];
    bool waivers = facts->audit.people[person].has_waiver;
    uint8_t genders = waivers ? facts->genders[session] : hour->genders;
    am_rule_set set = 0;
    if (!am_audit_free_for(caseload, person, session, &hour->journey))
        set |= AM_RULE_BIT(AM_R2);
    if (!hour->journey.allowed)
        set |= AM_RULE_BIT(AM_R3);
    if (p->supervisor_gender >= 0 && (!s->supervised || !(genders >> p->supervisor_gender & 1)))
        set |= AM_RULE_BIT(AM_R10);
    if (!am_audit_fits_placement(p, &caseload->projects[s->project]))
        set |= AM_RULE_BIT(AM_R11);
    if (!am_audit_suits(caseload, person, s->project, s->place))
        set |= AM_RULE_BIT(AM_R13);
    return set;
}

static bool may_attend(const struct am_plan_facts *facts, int person, int session,
                       const struct hour *hour)
{
    am_rule_set set = broken_by(facts, person, session, hour);
    for (int rule = 0; rule < AM_RULE_COUNT; rule++)
        if ((set & AM_RULE_BIT(rule)) &&
            !am_audit_waived(facts->caseload, (enum am_rule)rule, person, session))
            return false;
    return true;
}

/* Journeys of those allowed; one that is not known counts nothing. */
static int least_journey(int least, const struct am_audit_journey *journey)
{
    int minutes = journey->known ? journey->there + journey->back : 0;
    return least < 0 || minutes < least ? minutes : least;
}

int am_audit_plan_reach(struct am_plan_facts *facts, int kind)
{
    struct am_audit_weeks *at_hand = &facts->at_hand;
    int person = facts->entries[at_hand->entry].person, least = -1;
    struct hour hour = {.end = facts->kind_first[kind]};
    for (int w = 0; w < facts->weeks; w++)
        at_hand->days[w] = 0;
    while (hour.end < facts->kind_first[kind + 1]) {
        hour = hour_from(facts, person, hour.end, facts->kind_first[kind + 1]);
        for (int i = hour.first; i < hour.end; i++) {
            int session = facts->by_kind[i];
            int day = facts->caseload->sessions[session].date - facts->caseload->from;
            if (!may_attend(facts, person, session, &hour))
                continue;
            least = least_journey(least, &hour.journey);
            if (day >= at_hand->first_day &&
                !(at_hand->fixed_days[day / WEEKDAYS] >> day % WEEKDAYS & 1))
                at_hand->days[day / WEEKDAYS] |= (uint8_t)(1u << day % WEEKDAYS);
        }
    }
    return least;
}
