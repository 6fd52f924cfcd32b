/*
 * The supervisors' side of the instance (R10): who may lead what, sessions
 * that one supervisor can't lead both, and the hours that are left.
 */
#include <stdlib.h>

#include "model/score.h"
#include "solver/instance_build.h"

/* Sessions that are past or closed and run under somebody, or must run under
 * one who is pinned: time that is taken. */
struct taken {
    int supervisor, session;
};

static bool overlap(const struct am_session *a, const struct am_session *b)
{
    return a->date == b->date && a->start < b->start + b->minutes &&
           b->start < a->start + a->minutes;
}

/* The supervisor recorded or given (the first in the file) at a past or closed
 * session that runs: some fixed appointment there was not stood down. */
static int list_taken(const struct am_instance_build *build, struct taken *taken)
{
    const struct am_caseload *caseload = build->caseload;
    int count = 0;
    for (int s = 0; s < build->instance->session_count; s++) {
        int leader = -1, first = caseload->appointment_count;
        if (build->instance->sessions[s].led_by >= 0)
            taken[count++] = (struct taken){build->instance->sessions[s].led_by, s};
        if (build->instance->sessions[s].open)
            continue;
        for (int i = 0; i < build->orders->fixed_count; i++) {
            const struct am_fixed *fixed = &build->orders->fixed[i];
            int supervisor = caseload->appointments[fixed->appointment].supervisor;
            if (fixed->session == s && fixed->offered && supervisor >= 0 &&
                fixed->appointment < first) {
                first = fixed->appointment;
                leader = supervisor;
            }
        }
        if (leader >= 0)
            taken[count++] = (struct taken){leader, s};
    }
    return count;
}

/* Is there time for the session, and are there hours enough in its week? */
static bool is_free(const struct am_instance_build *build, const struct taken *taken,
                    int taken_count, int supervisor, int session)
{
    const struct am_caseload *caseload = build->caseload;
    const struct am_isession *sessions = build->instance->sessions;
    int64_t left = caseload->supervisors[supervisor].weekly_max_min;
    for (int i = 0; i < taken_count; i++) {
        if (taken[i].supervisor != supervisor)
            continue;
        if (overlap(&caseload->sessions[taken[i].session], &caseload->sessions[session]))
            return false;
        if (sessions[taken[i].session].day / 7 == sessions[session].day / 7)
            left -= sessions[taken[i].session].minutes;
    }
    return sessions[session].minutes <= left;
}

int64_t am_leading_points(const struct am_instance_build *build, int supervisor, int session)
{
    const struct am_weights *weights = &build->caseload->policy.weights;
    int last = build->orders->history.last_leader[session];
    int published = build->published_leader[session];
    int64_t points = 0;
    if (last >= 0 && last != supervisor)
        points += weights->supervisor_break;
    if (build->caseload->has_published && build->published_runs[session] && published >= 0 &&
        published != supervisor)
        points += weights->session_changed;
    return points;
}

static am_status add_candidates(struct am_instance_build *build, int s, const struct taken *taken,
                                int taken_count, struct am_err *err)
{
    const struct am_caseload *caseload = build->caseload;
    struct am_isession *at = &build->instance->sessions[s];
    int count = 0;
    struct am_icandidate *candidates =
        AM_ARENA_NEW(build->arena, (size_t)caseload->supervisor_count, struct am_icandidate);
    if (!candidates)
        return am_fail_memory(err);
    for (int m = 0; m < caseload->supervisor_count; m++) {
        if (!am_may_lead(caseload, m, s) || !is_free(build, taken, taken_count, m, s))
            continue;
        int32_t places = caseload->sessions[s].places;
        int32_t limit = caseload->supervisors[m].group_limit;
        int32_t bookable = am_bookable(&caseload->policy, places < limit ? places : limit);
        candidates[count++] = (struct am_icandidate){
            .cost = am_leading_points(build, m, s),
            .supervisor = m,
            .capacity = bookable > at->fixed_heads ? bookable : at->fixed_heads};
    }
    at->candidates = candidates;
    at->candidate_count = count;
    return AM_OK;
}

/* Every supervisor's candidate sessions in order of time: [first[m], first[m + 1]). */
static am_status list_led(const struct am_instance *instance, struct am_arena *arena,
                          int **first_out, int32_t **led_out, struct am_err *err)
{
    size_t supervisors = (size_t)instance->supervisor_count, total = 0;
    int *first = AM_ARENA_NEW(arena, supervisors + 2, int);
    if (!first)
        return am_fail_memory(err);
    for (int s = 0; s < instance->session_count; s++)
        for (int c = 0; c < instance->sessions[s].candidate_count; c++, total++)
            first[instance->sessions[s].candidates[c].supervisor + 2]++;
    for (size_t m = 2; m < supervisors + 2; m++)
        first[m] += first[m - 1];
    int32_t *led = AM_ARENA_NEW(arena, total, int32_t);
    if (!led)
        return am_fail_memory(err);
    for (int s = 0; s < instance->session_count; s++)
        for (int c = 0; c < instance->sessions[s].candidate_count; c++)
            led[first[instance->sessions[s].candidates[c].supervisor + 1]++] = s;
    *first_out = first;
    *led_out = led;
    return AM_OK;
}

/* The candidate sessions that hold the instant at which session `at` starts. A
 * set of intervals has its largest cliques at such instants; one that lies
 * within the clique of an earlier start is left out by the caller. */
static int clique_at(const struct am_instance *instance, const int32_t *led, int count, int at,
                     int32_t *clique)
{
    const struct am_isession *now = &instance->sessions[led[at]];
    int size = 0;
    for (int i = 0; i < count; i++) {
        const struct am_isession *other = &instance->sessions[led[i]];
        if (other->day == now->day && other->start <= now->start &&
            now->start < other->start + other->minutes)
            clique[size++] = led[i];
    }
    return size;
}

static bool contains_all(const struct am_iclash *clash, const int32_t *sessions, int count)
{
    int found = 0;
    for (int i = 0; i < count; i++)
        for (int j = 0; j < clash->count; j++)
            found += clash->sessions[j] == sessions[i];
    return found == count;
}

/* True when a clique found before, of the same supervisor, holds this one. */
static bool clash_known(const struct am_instance *instance, int supervisor, const int32_t *clique,
                        int size)
{
    for (int i = instance->clash_count - 1; i >= 0; i--) {
        const struct am_iclash *clash = &instance->clashes[i];
        if (clash->supervisor != supervisor)
            return false;
        if (contains_all(clash, clique, size))
            return true;
    }
    return false;
}

/* Starts are visited from the latest of a day: where two start together the
 * clique is found once, and a later start's clique that is a part of it is
 * dropped by clash_known when found after. */
static am_status add_clashes(struct am_instance_build *build, const int *first, const int32_t *led,
                             struct am_err *err)
{
    struct am_instance *instance = build->instance;
    int total = first[instance->supervisor_count];
    instance->clashes = AM_ARENA_NEW(build->arena, (size_t)total, struct am_iclash);
    if (!instance->clashes)
        return am_fail_memory(err);
    for (int m = 0; m < instance->supervisor_count; m++) {
        const int32_t *mine = led + first[m];
        int count = first[m + 1] - first[m];
        for (int i = 0; i < count; i++) {
            int32_t *clique = AM_ARENA_NEW(build->arena, (size_t)count, int32_t);
            if (!clique)
                return am_fail_memory(err);
            int size = clique_at(instance, mine, count, i, clique);
            if (size < 2 || clash_known(instance, m, clique, size))
                continue;
            instance->clashes[instance->clash_count++] = (struct am_iclash){m, clique, size};
        }
    }
    return AM_OK;
}

/* A row of hours only where all candidate sessions of the week are more than
 * what is left. */
static am_status add_hours(struct am_instance_build *build, const struct taken *taken,
                           int taken_count, struct am_err *err)
{
    const struct am_caseload *caseload = build->caseload;
    struct am_instance *instance = build->instance;
    size_t cells = (size_t)instance->supervisor_count * (size_t)instance->weeks;
    int64_t *could = AM_ARENA_NEW(build->arena, cells, int64_t);
    int64_t *used = AM_ARENA_NEW(build->arena, cells, int64_t);
    instance->hours = AM_ARENA_NEW(build->arena, cells, struct am_ihours);
    if (!could || !used || !instance->hours)
        return am_fail_memory(err);
    for (int s = 0; s < instance->session_count; s++)
        for (int c = 0; c < instance->sessions[s].candidate_count; c++)
            could[instance->sessions[s].candidates[c].supervisor * instance->weeks +
                  instance->sessions[s].day / 7] += instance->sessions[s].minutes;
    for (int i = 0; i < taken_count; i++)
        used[taken[i].supervisor * instance->weeks +
             instance->sessions[taken[i].session].day / 7] +=
            instance->sessions[taken[i].session].minutes;
    for (int m = 0; m < instance->supervisor_count; m++)
        for (int w = 0; w < instance->weeks; w++) {
            int64_t left = caseload->supervisors[m].weekly_max_min - used[m * instance->weeks + w];
            if (could[m * instance->weeks + w] > left)
                instance->hours[instance->hours_count++] =
                    (struct am_ihours){m, w, left > 0 ? (int32_t)left : 0};
        }
    return AM_OK;
}

am_status am_instance_supervisors(struct am_instance_build *build, struct am_err *err)
{
    struct am_instance *instance = build->instance;
    struct taken *taken = AM_ARENA_NEW(build->arena, (size_t)instance->session_count, struct taken);
    if (!taken)
        return am_fail_memory(err);
    int taken_count = list_taken(build, taken);
    am_status status = AM_OK;
    for (int s = 0; s < instance->session_count && status == AM_OK; s++)
        if (instance->sessions[s].open && instance->sessions[s].supervised)
            status = add_candidates(build, s, taken, taken_count, err);
    int *first = NULL;
    int32_t *led = NULL;
    if (status == AM_OK)
        status = list_led(instance, build->arena, &first, &led, err);
    if (status == AM_OK)
        status = add_clashes(build, first, led, err);
    if (status == AM_OK)
        status = add_hours(build, taken, taken_count, err);
    return status;
}
