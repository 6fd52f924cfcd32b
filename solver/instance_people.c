/*
 * The columns' side of the instance: each person's pairs, weeks and clocks,
 * and what their fixed appointments cost in every roster.
 */
#include <stdlib.h>

#include "model/score.h"
#include "solver/instance_build.h"

static bool is_ete(const struct am_caseload *caseload, int session)
{
    return caseload->projects[caseload->sessions[session].project].type == AM_ETE;
}

static bool is_induction(const struct am_caseload *caseload, int session)
{
    return caseload->projects[caseload->sessions[session].project].type == AM_INDUCTION;
}

static const struct am_fixed *fixed_of(const struct am_instance_build *build, int person, int i)
{
    return &build->orders->fixed[build->orders->people[person].first_fixed + i];
}

/* R12: somebody to be kept apart from is fixed at the session. */
static bool rival_is_fixed(const struct am_instance_build *build, int person, int session)
{
    const struct am_caseload *caseload = build->caseload;
    struct am_indices rivals = caseload->people[person].keep_apart;
    for (int i = 0; i < rivals.count; i++) {
        int rival = rivals.at[i];
        for (int k = 0; k < build->orders->people[rival].fixed_count; k++) {
            const struct am_fixed *fixed = fixed_of(build, rival, k);
            if (fixed->session == session && !fixed->recorded &&
                !am_waived(caseload, AM_R12, person, session) &&
                !am_waived(caseload, AM_R12, rival, session))
                return true;
        }
    }
    return false;
}

static struct am_ipair make_pair(const struct am_instance_build *build, int p,
                                 const struct am_pair *pair)
{
    const struct am_caseload *caseload = build->caseload;
    const struct am_person *person = &caseload->people[p];
    int s = pair->session;
    bool demands = person->supervisor_gender >= 0 && !am_waived(caseload, AM_R10, p, s) &&
                   build->instance->sessions[s].led_by < 0;
    return (struct am_ipair){
        .cost = am_appointment_points(caseload, build->orders, p, s, pair->there, pair->back),
        .session = s,
        .day = build->instance->sessions[s].day,
        .minutes = caseload->sessions[s].minutes,
        .ete = is_ete(caseload, s),
        /* to those who need none (R16 is off, or waived) it is a session like any other */
        .induction = is_induction(caseload, s) && build->orders->people[p].needs_induction,
        .published = am_build_published(build, p, s),
        .lone_woman = person->gender == AM_FEMALE && !person->consents_alone &&
                      !am_waived(caseload, AM_R11, p, s),
        .supervisor_gender = (int8_t)(demands ? person->supervisor_gender : -1)};
}

static void add_pairs(struct am_instance_build *build, int p)
{
    const struct am_eligibility *eligibility = build->eligibility;
    struct am_instance *instance = build->instance;
    struct am_iperson *person = &instance->people[p];
    person->first_pair = instance->pair_count;
    for (int64_t i = eligibility->first[p]; i < eligibility->first[p + 1]; i++) {
        const struct am_pair *pair = &eligibility->pairs[i];
        const struct am_isession *at = &instance->sessions[pair->session];
        if (at->capacity <= at->fixed_heads || rival_is_fixed(build, p, pair->session))
            continue;
        instance->pairs[instance->pair_count] = make_pair(build, p, pair);
        person->published_pairs += instance->pairs[instance->pair_count].published;
        instance->pair_count++;
    }
    person->pair_count = instance->pair_count - person->first_pair;
}

/* R5 and S3: what fixed appointments have used of each week. */
static am_status add_weeks(struct am_instance_build *build, int p, struct am_err *err)
{
    const struct am_caseload *caseload = build->caseload;
    struct am_instance *instance = build->instance;
    struct am_iweek *weeks = AM_ARENA_NEW(build->arena, (size_t)instance->weeks, struct am_iweek);
    if (!weeks)
        return am_fail_memory(err);
    for (int w = 0; w < instance->weeks; w++)
        weeks[w].maximum_min = am_weekly_max(caseload, p, w);
    for (int i = 0; i < build->orders->people[p].fixed_count; i++) {
        const struct am_fixed *fixed = fixed_of(build, p, i);
        struct am_iweek *week = &weeks[instance->sessions[fixed->session].day / 7];
        if (!fixed->offered)
            continue;
        week->used_min += fixed->minutes;
        if (!is_ete(caseload, fixed->session))
            week->work_min += fixed->minutes;
    }
    instance->people[p].weeks = weeks;
    return AM_OK;
}

/* S1: points by the day of the first new appointment; one that is fixed for
 * the same order may be earlier. */
static am_status add_start(struct am_instance_build *build, int p, struct am_err *err)
{
    const struct am_caseload *caseload = build->caseload;
    struct am_instance *instance = build->instance;
    int order = build->orders->people[p].order;
    int64_t *points = AM_ARENA_NEW(build->arena, (size_t)instance->days + 1, int64_t);
    if (!points)
        return am_fail_memory(err);
    instance->people[p].start_points = points;
    if (order < 0)
        return AM_OK;
    const struct am_order_state *state = &build->orders->orders[order];
    if (state->started || state->start_due == AM_NO_DATE)
        return AM_OK;
    int earliest = instance->days;
    for (int i = 0; i < build->orders->people[p].fixed_count; i++) {
        const struct am_fixed *fixed = fixed_of(build, p, i);
        int day = instance->sessions[fixed->session].day;
        if (!fixed->recorded && fixed->order == order && day < earliest)
            earliest = day;
    }
    for (int d = 0; d <= instance->days; d++) {
        am_date first = caseload->from + (d < earliest ? d : earliest);
        if (first > state->start_due)
            points[d] =
                (int64_t)(first - state->start_due) * caseload->policy.weights.start_late_day;
    }
    return AM_OK;
}

static int32_t not_below_zero(int32_t value)
{
    return value > 0 ? value : 0;
}

/* S2 and S4 for new minutes alone; R6's last fixed day. */
static void add_clock(struct am_instance_build *build, int p)
{
    struct am_instance *instance = build->instance;
    const struct am_person_clock *clock = &build->clocks->people[p];
    struct am_iperson *person = &instance->people[p];
    int32_t before_must = 0, all = 0;
    person->last_fixed_day = -1;
    for (int i = 0; i < build->orders->people[p].fixed_count; i++) {
        const struct am_fixed *fixed = fixed_of(build, p, i);
        int day = instance->sessions[fixed->session].day;
        if (fixed->recorded)
            continue;
        all += fixed->minutes;
        if (day <= clock->must_day)
            before_must += fixed->minutes;
        if (day > person->last_fixed_day)
            person->last_fixed_day = day;
    }
    person->must_day = clock->must_day;
    if (!person->counted)
        return;
    person->must_min = not_below_zero(clock->must_min - before_must);
    person->pace_min = not_below_zero(clock->pace_min - all);
}

/* The first published appointment of this person or a later one. O(log n). */
static int first_published(const struct am_instance_build *build, int person)
{
    int low = 0, high = build->published_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (build->published[middle].person < person)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* S8: can the published set still be kept exactly? It can't when a published
 * appointment is neither fixed nor possible, when two lie on one day, or when
 * something else is fixed. */
static void add_published(struct am_instance_build *build, int p)
{
    const struct am_instance *instance = build->instance;
    struct am_iperson *person = &build->instance->people[p];
    int listed = 0, kept = 0, last_day = -1;
    for (int i = first_published(build, p);
         i < build->published_count && build->published[i].person == p; i++)
        listed += instance->sessions[build->published[i].session].open;
    if (listed == 0)
        return;
    person->has_published = true;
    for (int i = 0; i < build->orders->people[p].fixed_count; i++) {
        const struct am_fixed *fixed = fixed_of(build, p, i);
        if (fixed->recorded || !instance->sessions[fixed->session].open)
            continue;
        kept++;
        if (!am_build_published(build, p, fixed->session))
            person->disturbed_anyway = true;
    }
    for (int64_t i = person->first_pair; i < person->first_pair + person->pair_count; i++) {
        if (!instance->pairs[i].published)
            continue;
        kept++;
        if (instance->pairs[i].day == last_day)
            person->disturbed_anyway = true;
        last_day = instance->pairs[i].day;
    }
    if (kept != listed)
        person->disturbed_anyway = true;
}

/* What the fixed, not recorded appointments cost in every roster: S5, S6, S7,
 * S9, S10. Their journey counts where it is known. */
static int64_t fixed_points(const struct am_instance_build *build, int p)
{
    const struct am_caseload *caseload = build->caseload;
    const struct am_weights *weights = &caseload->policy.weights;
    int64_t points = 0;
    for (int i = 0; i < build->orders->people[p].fixed_count; i++) {
        const struct am_fixed *fixed = fixed_of(build, p, i);
        if (fixed->recorded)
            continue;
        struct am_journey journey;
        (void)am_forbidden(caseload, build->orders, p, fixed->session, &journey);
        points += am_appointment_points(caseload, build->orders, p, fixed->session,
                                        journey.known ? journey.there : 0,
                                        journey.known ? journey.back : 0);
        points -= (int64_t)weights->booked_minute * fixed->minutes;
        if (is_ete(caseload, fixed->session))
            points -= (int64_t)weights->ete_minute * fixed->minutes;
    }
    return points;
}

static am_status add_person(struct am_instance_build *build, int p, struct am_err *err)
{
    const struct am_person *from = &build->caseload->people[p];
    const struct am_person_state *state = &build->orders->people[p];
    struct am_iperson *person = &build->instance->people[p];
    person->counted = state->order >= 0;
    person->free_min = state->free_min;
    person->ete_left_min = state->ete_left_min;
    person->needs_induction = state->needs_induction;
    person->intensive_min = from->intensive_agreed ? from->intensive_target_min : 0;
    person->attendance_percent = from->attendance_percent;
    person->woman = from->gender == AM_FEMALE;
    person->man = from->gender == AM_MALE;
    am_status status = add_weeks(build, p, err);
    if (status == AM_OK)
        status = add_start(build, p, err);
    if (status != AM_OK)
        return status;
    add_clock(build, p);
    add_pairs(build, p);
    if (build->published_count > 0)
        add_published(build, p);
    build->instance->constant_points += fixed_points(build, p);
    return AM_OK;
}

/* R12: each pair of people once, at each session to which both may come. */
static int64_t match_aparts(const struct am_instance_build *build, int p, int q,
                            struct am_iapart *out)
{
    const struct am_instance *instance = build->instance;
    const struct am_iperson *a = &instance->people[p], *b = &instance->people[q];
    int64_t i = a->first_pair, j = b->first_pair, count = 0;
    while (i < a->first_pair + a->pair_count && j < b->first_pair + b->pair_count) {
        int32_t s = instance->pairs[i].session, t = instance->pairs[j].session;
        if (s == t && !am_waived(build->caseload, AM_R12, p, s) &&
            !am_waived(build->caseload, AM_R12, q, s)) {
            if (out)
                out[count] = (struct am_iapart){s, i, j};
            count++;
        }
        i += s <= t;
        j += t <= s;
    }
    return count;
}

static int64_t list_aparts(const struct am_instance_build *build, struct am_iapart *out)
{
    int64_t count = 0;
    for (int p = 0; p < build->instance->person_count; p++) {
        struct am_indices rivals = build->caseload->people[p].keep_apart;
        for (int i = 0; i < rivals.count; i++)
            if (rivals.at[i] > p)
                count += match_aparts(build, p, rivals.at[i], out ? out + count : NULL);
    }
    return count;
}

am_status am_instance_people(struct am_instance_build *build, struct am_err *err)
{
    struct am_instance *instance = build->instance;
    instance->people =
        AM_ARENA_NEW(build->arena, (size_t)instance->person_count, struct am_iperson);
    instance->pairs =
        AM_ARENA_NEW(build->arena, (size_t)build->eligibility->pair_count, struct am_ipair);
    if (!instance->people || !instance->pairs)
        return am_fail_memory(err);
    for (int p = 0; p < instance->person_count; p++) {
        am_status status = add_person(build, p, err);
        if (status != AM_OK)
            return status;
    }
    instance->apart_count = list_aparts(build, NULL);
    instance->aparts = AM_ARENA_NEW(build->arena, (size_t)instance->apart_count, struct am_iapart);
    if (!instance->aparts)
        return am_fail_memory(err);
    (void)list_aparts(build, instance->aparts);
    return AM_OK;
}
