#include "solver/instance.h"

#include <stdlib.h>

#include "model/score.h"
#include "solver/instance_build.h"

static int compare_published(const void *left, const void *right)
{
    const struct am_published_appointment *a = left, *b = right;
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    return (a->session > b->session) - (a->session < b->session);
}

bool am_build_published(const struct am_instance_build *build, int person, int session)
{
    const struct am_published_appointment key = {person, session};
    return build->published_count > 0 &&
           bsearch(&key, build->published, (size_t)build->published_count, sizeof key,
                   compare_published);
}

/* What was published (S8): appointments sorted by person, and by session
 * whether it was to run and under whom. */
static am_status index_published(struct am_instance_build *build, struct am_err *err)
{
    const struct am_caseload *caseload = build->caseload;
    size_t sessions = (size_t)caseload->window_session_count;
    build->published_count = caseload->published_appointment_count;
    build->published =
        AM_ARENA_NEW(build->arena, (size_t)build->published_count, struct am_published_appointment);
    build->published_runs = AM_ARENA_NEW(build->arena, sessions, bool);
    build->published_leader = AM_ARENA_NEW(build->arena, sessions, int32_t);
    if (!build->published || !build->published_runs || !build->published_leader)
        return am_fail_memory(err);
    for (size_t s = 0; s < sessions; s++)
        build->published_leader[s] = -1;
    for (int i = 0; i < build->published_count; i++) {
        build->published[i] = caseload->published_appointments[i];
        build->published_runs[build->published[i].session] = true;
    }
    for (int i = 0; i < caseload->published_session_count; i++) {
        const struct am_published_session *told = &caseload->published_sessions[i];
        build->published_runs[told->session] = true;
        build->published_leader[told->session] = told->supervisor;
    }
    qsort(build->published, (size_t)build->published_count, sizeof *build->published,
          compare_published);
    return AM_OK;
}

/* The last person whose first pair is not after it. */
int am_pair_person(const struct am_instance *instance, int64_t pair)
{
    int low = 0, high = instance->person_count - 1;
    while (low < high) {
        int middle = low + (high - low + 1) / 2;
        if (instance->people[middle].first_pair <= pair)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

int64_t am_pair_of(const struct am_instance *instance, int person, int session)
{
    const struct am_iperson *at = &instance->people[person];
    int64_t low = at->first_pair, end = at->first_pair + at->pair_count, high = end;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (instance->pairs[middle].session < session)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && instance->pairs[low].session == session ? low : -1;
}

int64_t am_appointment_points(const struct am_caseload *caseload, const struct am_orders *orders,
                              int person, int session, int there, int back)
{
    const struct am_weights *weights = &caseload->policy.weights;
    const struct am_session *at = &caseload->sessions[session];
    int64_t points = (int64_t)weights->travel_minute * (there + back);
    points += (int64_t)weights->quality_point * (5 - caseload->projects[at->project].quality);
    points += (int64_t)weights->later_day * (at->date - caseload->from);
    if (am_breaks_continuity(caseload, orders, person, session))
        points += weights->continuity_break;
    if (am_misses_preference(caseload, person, session))
        points += weights->preference_missed;
    return points;
}

am_status am_instance_build(const struct am_caseload *caseload, const struct am_orders *orders,
                            const struct am_eligibility *eligibility,
                            const struct am_clocks *clocks, struct am_arena *arena,
                            struct am_instance *instance, struct am_err *err)
{
    *instance = (struct am_instance){.caseload = caseload,
                                     .policy = &caseload->policy,
                                     .person_count = caseload->person_count,
                                     .session_count = caseload->window_session_count,
                                     .supervisor_count = caseload->supervisor_count,
                                     .days = am_caseload_days(caseload),
                                     .weeks = caseload->weeks};
    int32_t floor_min = caseload->policy.offer_minutes - caseload->policy.offer_tolerance_minutes;
    instance->offer_floor_min = floor_min > 0 ? floor_min : 0;
    if (am_score_ceiling(caseload) >= AM_POINTS_LIMIT)
        return am_fail(err, AM_EINVALID, "the weights are so large that points could pass 2^50");
    struct am_instance_build build = {.caseload = caseload,
                                      .orders = orders,
                                      .eligibility = eligibility,
                                      .clocks = clocks,
                                      .arena = arena,
                                      .instance = instance};
    am_status status = index_published(&build, err);
    if (status == AM_OK)
        status = am_instance_sessions(&build, err);
    if (status == AM_OK)
        status = am_instance_supervisors(&build, err);
    if (status == AM_OK)
        status = am_instance_people(&build, err);
    return status;
}
