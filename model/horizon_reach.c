/*
 * What a person could attend in the weeks ahead: the longest session of each
 * day as the clock sees it, and the days of each kind of place, with every
 * rule that looks at one person and one session but R1 and those of minutes.
 */
#include <string.h>

#include "model/horizon_parts.h"

am_status am_horizon_reach_init(struct am_horizon_work *work, struct am_horizon_reach *reach,
                                struct am_err *err)
{
    size_t kinds = (size_t)work->horizon->kind_count, days = (size_t)work->days;
    struct am_arena *scratch = &work->scratch;
    reach->longest = AM_ARENA_NEW(scratch, days, int32_t);
    reach->days = AM_ARENA_NEW(scratch, kinds * (size_t)work->horizon->weeks, uint8_t);
    reach->travel = AM_ARENA_NEW(scratch, kinds, int32_t);
    reach->kinds = AM_ARENA_NEW(scratch, kinds, int32_t);
    int32_t *slot_of = AM_ARENA_NEW(scratch, (size_t)work->class_count, int32_t);
    if (!reach->longest || !reach->days || !reach->travel || !reach->kinds || !slot_of)
        return am_fail_memory(err);
    am_status status = am_days_ahead_build(work->caseload, scratch, &work->ahead, err);
    if (status != AM_OK)
        return status;
    for (int c = 0; c < work->class_count; c++)
        slot_of[c] = work->ahead.journeys.slots.of[work->classes[c].example];
    const struct am_alike by_slot = {.count = work->ahead.journeys.slots.count, .of = slot_of};
    return am_alike_members(&by_slot, work->class_count, scratch, &work->classes_of_slot, err);
}

static void add_day(const struct am_horizon_work *work, struct am_horizon_reach *reach, int class,
                    int week)
{
    const struct am_slot_class *of = &work->classes[class];
    reach->days[week * work->horizon->kind_count + of->kind] |= (uint8_t)(1U << of->weekday);
}

static void add_travel(struct am_horizon_reach *reach, int kind, int32_t travel)
{
    if (reach->travel[kind] < 0 || travel < reach->travel[kind])
        reach->travel[kind] = travel;
}

static bool is_held(const struct am_horizon_work *work, int class, int week)
{
    return work->class_held[(size_t) class * work->words + (size_t)week / 64] >> week % 64 & 1;
}

/* R2 at a class's hours on a date. */
static bool is_free(const struct am_horizon_work *work, const struct am_person *person,
                    const struct am_slot_class *of, am_date date, const struct am_journey *journey)
{
    int start = of->start, end = of->start + work->horizon->kinds[of->kind].minutes;
    if (work->caseload->policy.availability_leaves_home && journey->known) {
        start -= journey->there;
        end += journey->back;
    }
    return am_available(person->available, person->unavailable, date, start, end);
}

static void look_at_class(struct am_horizon_work *work, int person, int class,
                          struct am_horizon_reach *reach, const struct am_journey *journey)
{
    const struct am_caseload *caseload = work->caseload;
    const struct am_person *who = &caseload->people[person];
    const struct am_slot_class *of = &work->classes[class];
    if (am_rules_of_sort(caseload, work->orders, person, of->example, of->genders) ||
        am_is_barred(who, &caseload->sessions[of->example]))
        return;
    bool steady = who->unavailable.count == 0 && am_windows_steady(who->available), free = true;
    if (steady && !is_free(work, who, of, caseload->from + of->weekday, journey))
        return;
    bool any = false;
    for (int w = 0; w < work->horizon->weeks; w++) {
        if (!is_held(work, class, w))
            continue;
        if (!steady)
            free = is_free(work, who, of, caseload->from + 7 * w + of->weekday, journey);
        if (!free)
            continue;
        add_day(work, reach, class, w);
        any = true;
    }
    if (any)
        add_travel(reach, of->kind, journey->there + journey->back);
}

/* Every session by itself: for those with waivers. */
static void look_at_sessions(struct am_horizon_work *work, int person,
                             struct am_horizon_reach *reach)
{
    const struct am_caseload *caseload = work->caseload;
    for (int s = 0; s < caseload->session_count; s++) {
        if (work->kind_of[s] < 0)
            continue;
        const struct am_journey *journey =
            am_journeys_get(&work->ahead.journeys, work->ahead.journeys.slots.of[s]);
        am_rule_set set =
            am_rules_of_sort(caseload, work->orders, person, s, work->genders[s]) |
            (journey->allowed ? 0 : AM_RULE_BIT(AM_R3)) |
            (am_available_with(caseload, person, s, journey) ? 0 : AM_RULE_BIT(AM_R2)) |
            (am_is_barred(&caseload->people[person], &caseload->sessions[s]) ? AM_RULE_BIT(AM_R13)
                                                                             : 0);
        if (am_without_waived(caseload, work->ahead.waivers[person], person, s, set) != 0)
            continue;
        add_day(work, reach, work->class_of[s], (caseload->sessions[s].date - caseload->from) / 7);
        add_travel(reach, work->kind_of[s], journey->known ? journey->there + journey->back : 0);
    }
}

static void look_at_near(struct am_horizon_work *work, int person, struct am_horizon_reach *reach)
{
    const struct am_journeys *journeys = &work->ahead.journeys;
    const struct am_members *members = &work->classes_of_slot;
    for (int i = 0; i < journeys->near_count; i++) {
        int slot = journeys->near[i];
        const struct am_journey *journey = am_journeys_get(journeys, slot);
        for (int c = members->first[slot]; journey->allowed && c < members->first[slot + 1]; c++)
            look_at_class(work, person, members->at[c], reach, journey);
    }
}

void am_horizon_reach_look(struct am_horizon_work *work, int person, struct am_horizon_reach *reach)
{
    size_t kinds = (size_t)work->horizon->kind_count;
    int known = work->days < work->ahead.day_count ? work->days : work->ahead.day_count;
    memset(reach->days, 0, kinds * (size_t)work->horizon->weeks);
    memset(reach->longest, 0, (size_t)work->days * sizeof *reach->longest);
    for (size_t k = 0; k < kinds; k++)
        reach->travel[k] = -1;
    am_days_ahead_look(&work->ahead, person, known);
    memcpy(reach->longest, work->ahead.longest, (size_t)known * sizeof *reach->longest);
    if (work->ahead.waivers[person].count > 0)
        look_at_sessions(work, person, reach);
    else
        look_at_near(work, person, reach);
    reach->kind_count = 0;
    for (int k = 0; k < work->horizon->kind_count; k++)
        if (reach->travel[k] >= 0)
            reach->kinds[reach->kind_count++] = k;
}
