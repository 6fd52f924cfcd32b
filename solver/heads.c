#include "solver/heads.h"

void am_heads_add(const struct am_instance *instance, int64_t pair, int person, int32_t times,
                  struct am_heads *heads)
{
    const struct am_ipair *at = &instance->pairs[pair];
    const struct am_iperson *who = &instance->people[person];
    heads->all += times;
    heads->attendance += times * who->attendance_percent;
    heads->men += times * who->man;
    heads->women += times * who->woman;
    heads->lone_women += times * at->lone_woman;
    if (at->supervisor_gender >= 0)
        heads->demanding[at->supervisor_gender] += times;
}

void am_heads_count_some(const struct am_instance *instance, const struct am_decision *decision,
                         int first, int count, struct am_heads *heads)
{
    for (int i = 0; i < count; i++) {
        const struct am_isession *at = &instance->sessions[first + i];
        heads[i] = (struct am_heads){.all = at->fixed_heads,
                                     .attendance = at->fixed_attendance,
                                     .men = at->fixed_men,
                                     .women = at->fixed_women};
    }
    for (int p = 0; p < instance->person_count; p++)
        for (int d = 0; d < instance->days; d++) {
            int64_t k = decision->chosen[(int64_t)p * instance->days + d];
            int32_t i = k >= 0 ? instance->pairs[k].session - first : -1;
            if (i >= 0 && i < count)
                am_heads_add(instance, k, p, 1, &heads[i]);
        }
}

void am_heads_count(const struct am_instance *instance, const struct am_decision *decision,
                    struct am_heads *heads)
{
    am_heads_count_some(instance, decision, 0, instance->session_count, heads);
}

bool am_is_lone_woman(const struct am_isession *at, int men, int women, int new_lone_women)
{
    if (!at->lone_woman_rule || men < 1 || women != 1)
        return false;
    return new_lone_women == 1 || (at->fixed_lone_women == 1 && men > at->fixed_men);
}

/* R10 for one session: points, or INT64_MAX. */
static int64_t leader_points(const struct am_instance *instance, const struct am_isession *at,
                             int supervisor, const struct am_heads *heads)
{
    if (!at->supervised)
        return supervisor < 0 ? 0 : INT64_MAX;
    if (supervisor < 0)
        return at->must_run && heads->all == at->fixed_heads ? at->unled_cost : INT64_MAX;
    const struct am_icandidate *leader = am_candidate(at, supervisor);
    if (!leader || heads->all > leader->capacity)
        return INT64_MAX;
    for (int g = 0; g < AM_GENDERS; g++)
        if (heads->demanding[g] > 0 && (int)instance->caseload->supervisors[supervisor].gender != g)
            return INT64_MAX;
    return leader->cost;
}

int64_t am_session_points(const struct am_instance *instance, int session, bool runs,
                          int supervisor, const struct am_heads *heads)
{
    const struct am_isession *at = &instance->sessions[session];
    const struct am_weights *weights = &instance->policy->weights;
    if (!at->open)
        return heads->all == at->fixed_heads ? 0 : INT64_MAX;
    if (!runs)
        return heads->all == 0 ? 0 : INT64_MAX;
    if (heads->all > at->capacity || heads->all < at->min_heads || heads->all < 1)
        return INT64_MAX;
    int64_t points = leader_points(instance, at, supervisor, heads);
    if (points == INT64_MAX)
        return points;
    points += at->run_cost;
    if (heads->all < at->company_heads)
        points += (int64_t)(at->company_heads - heads->all) * weights->near_empty_head;
    if (heads->attendance > at->places100)
        points += (int64_t)(heads->attendance - at->places100) * weights->stand_down;
    if (am_is_lone_woman(at, heads->men, heads->women, heads->lone_women)) {
        if (instance->policy->lone_woman == AM_LONE_WOMAN_HARD)
            return INT64_MAX;
        points += weights->lone_woman_soft;
    }
    return points;
}
