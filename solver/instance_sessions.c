/*
 * The rows' side of the instance: places, minimum groups, heads that are
 * fixed, company, stand-downs, and what was published of each session.
 */
#include "model/score.h"
#include "solver/instance_build.h"

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Count the fixed, not recorded appointments into their sessions (f_s). */
static void count_fixed(struct am_instance_build *build)
{
    const struct am_caseload *caseload = build->caseload;
    for (int i = 0; i < build->orders->fixed_count; i++) {
        const struct am_fixed *fixed = &build->orders->fixed[i];
        struct am_isession *at = &build->instance->sessions[fixed->session];
        if (fixed->recorded || !at->open)
            continue;
        const struct am_person *person = &caseload->people[fixed->person];
        at->fixed_heads++;
        at->fixed_attendance += person->attendance_percent;
        at->fixed_men += person->gender == AM_MALE;
        at->fixed_women += person->gender == AM_FEMALE;
        at->fixed_lone_women += person->gender == AM_FEMALE && !person->consents_alone &&
                                !am_waived(caseload, AM_R11, fixed->person, fixed->session);
    }
}

/* S8: a session published as running costs if it does not run; that is put
 * into the constant, and running earns it back. */
static void add_published_costs(struct am_instance_build *build, int s)
{
    struct am_instance *instance = build->instance;
    struct am_isession *at = &instance->sessions[s];
    int64_t changed = instance->policy->weights.session_changed;
    if (!build->caseload->has_published || !at->open)
        return;
    if (!build->published_runs[s]) {
        at->run_cost += changed;
        return;
    }
    instance->constant_points += changed;
    at->run_cost -= changed;
    if (build->published_leader[s] < 0 || at->led_by >= 0)
        return;
    if (at->supervised)
        at->unled_cost += changed;
    else
        at->run_cost += changed;
}

static void fill_session(struct am_instance_build *build, int s)
{
    const struct am_caseload *caseload = build->caseload;
    const struct am_policy *policy = &caseload->policy;
    const struct am_session *from = &caseload->sessions[s];
    struct am_isession *at = &build->instance->sessions[s];
    at->day = (int16_t)(from->date - caseload->from);
    at->start = from->start;
    at->minutes = from->minutes;
    at->supervised = from->supervised;
    at->must_run = at->fixed_heads > 0;
    at->capacity = most(am_bookable(policy, from->places), at->fixed_heads);
    at->min_heads = at->must_run ? 0 : most(1, from->min_group);
    at->unled_cost = policy->weights.unsupervised;
    at->led_by = -1;
    if (at->open && at->must_run && from->supervised && from->pinned_supervisor >= 0) {
        int32_t limit = caseload->supervisors[from->pinned_supervisor].group_limit;
        at->led_by = from->pinned_supervisor;
        at->supervised = false;
        at->capacity = most(am_bookable(policy, least(from->places, limit)), at->fixed_heads);
        at->run_cost += am_leading_points(build, at->led_by, s);
    }
    if (caseload->projects[from->project].type == AM_GROUP)
        at->company_heads = least(policy->near_empty_heads, from->places);
    at->places100 = 100 * from->places;
    at->stand_down_rule = at->open && at->capacity > from->places;
    /* a second woman who is fixed, or one who may be alone, is company for any */
    bool company = at->fixed_women > at->fixed_lone_women || at->fixed_women > 1;
    at->lone_woman_rule = at->open && policy->lone_woman != AM_LONE_WOMAN_OFF && !company;
    add_published_costs(build, s);
}

am_status am_instance_sessions(struct am_instance_build *build, struct am_err *err)
{
    const struct am_caseload *caseload = build->caseload;
    struct am_instance *instance = build->instance;
    size_t count = (size_t)instance->session_count;
    instance->sessions = AM_ARENA_NEW(build->arena, count, struct am_isession);
    if (!instance->sessions)
        return am_fail_memory(err);
    for (int s = 0; s < instance->session_count; s++)
        instance->sessions[s].open =
            caseload->sessions[s].closed == AM_OPEN && !am_session_past(caseload, s);
    count_fixed(build);
    for (int s = 0; s < instance->session_count; s++)
        fill_session(build, s);
    return AM_OK;
}
