#include "solver/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

am_status am_decision_init(struct am_decision *decision, const struct am_instance *instance,
                           struct am_arena *arena, struct am_err *err)
{
    size_t days = (size_t)instance->person_count * (size_t)instance->days;
    size_t sessions = (size_t)instance->session_count;
    decision->chosen = AM_ARENA_NEW(arena, days, int64_t);
    decision->runs = AM_ARENA_NEW(arena, sessions, bool);
    decision->supervisor = AM_ARENA_NEW(arena, sessions, int32_t);
    if (!decision->chosen || !decision->runs || !decision->supervisor)
        return am_fail_memory(err);
    for (size_t i = 0; i < days; i++)
        decision->chosen[i] = -1;
    for (size_t s = 0; s < sessions; s++)
        decision->supervisor[s] = -1;
    return AM_OK;
}

void am_decision_copy(const struct am_instance *instance, struct am_decision *to,
                      const struct am_decision *from)
{
    size_t days = (size_t)instance->person_count * (size_t)instance->days;
    size_t sessions = (size_t)instance->session_count;
    if (days)
        memcpy(to->chosen, from->chosen, days * sizeof *to->chosen);
    if (sessions) {
        memcpy(to->runs, from->runs, sessions * sizeof *to->runs);
        memcpy(to->supervisor, from->supervisor, sessions * sizeof *to->supervisor);
    }
}

/* The first incumbent: the one given, else the roster with only what is fixed. */
static am_status start_incumbent(struct am_search *search, struct am_err *err)
{
    const struct am_instance *instance = search->instance;
    if (search->start)
        am_decision_copy(instance, &search->incumbent, search->start);
    for (int s = 0; s < instance->session_count && !search->start; s++)
        search->incumbent.runs[s] = instance->sessions[s].must_run;
    search->objective = am_decision_points(instance, &search->incumbent);
    if (search->objective == INT64_MAX)
        return am_fail(err, AM_EINVALID, "what is fixed makes no roster on its own");
    return AM_OK;
}

am_status am_search_init(struct am_search *search, struct am_err *err)
{
    const struct am_instance *instance = search->instance;
    if (search->began.tv_sec == 0)
        (void)clock_gettime(CLOCK_MONOTONIC, &search->began);
    am_status status = am_decision_init(&search->incumbent, instance, search->arena, err);
    if (status == AM_OK)
        status = am_decision_init(&search->scratch, instance, search->arena, err);
    if (status == AM_OK)
        status = start_incumbent(search, err);
    if (status == AM_OK)
        status = am_networks_build(instance, search->arena, &search->networks, err);
    if (status == AM_OK)
        status = am_coupling_build(instance, search->arena, &search->coupling, err);
    if (status == AM_OK)
        status = am_answer_init(&search->answer, instance, &search->coupling, search->arena, err);
    if (status == AM_OK)
        status = am_pricer_new(&search->pricer, instance, &search->networks, &search->coupling,
                               search->settings->threads, err);
    if (status == AM_OK)
        status = am_leading_new(&search->leading, instance, &search->coupling,
                                search->settings->threads, err);
    search->share = AM_ARENA_NEW(search->arena, (size_t)search->coupling.var_count, double);
    if (status == AM_OK && !search->share)
        status = am_fail_memory(err);
    if (status == AM_OK)
        status = am_columns_init(&search->columns, instance, err);
    if (status == AM_OK)
        status =
            am_master_init(&search->master, instance, &search->coupling, &search->columns, err);
    search->best.bound = AM_NO_BOUND;
    search->best.row =
        AM_ARENA_NEW(search->arena, (size_t)am_price_count(&search->coupling) + 1, int64_t);
    if (status == AM_OK && !search->best.row)
        status = am_fail_memory(err);
    return status;
}

void am_search_release(struct am_search *search)
{
    am_master_release(&search->master);
    am_columns_release(&search->columns);
    am_leading_free(search->leading);
    am_pricer_free(search->pricer);
    search->pricer = NULL;
}

double am_search_seconds(const struct am_search *search)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - search->began.tv_sec) +
           (double)(now.tv_nsec - search->began.tv_nsec) / 1e9;
}

bool am_search_stop(void *context)
{
    struct am_search *search = context;
    bool interrupted = search->hooks.stop && *search->hooks.stop;
    bool late = search->settings->time_limit > 0 &&
                am_search_seconds(search) >= (double)search->settings->time_limit;
    if (interrupted || late)
        search->stopped = true;
    if (!search->part)
        am_search_tell(search);
    return search->stopped;
}

bool am_search_phase_over(void *context)
{
    struct am_search *search = context;
    return am_search_stop(search) ||
           (search->settings->time_limit > 0 &&
            am_search_seconds(search) >=
                search->phase_share * (double)search->settings->time_limit);
}

struct am_lp_limits am_search_lp_limits(const struct am_search *search, long nodes)
{
    struct am_lp_limits limits = {.nodes = nodes, .stop = search->hooks.stop};
    if (search->settings->time_limit > 0) {
        double left = (double)search->settings->time_limit - am_search_seconds(search);
        limits.seconds = left > 0.01 ? left : 0.01;
    }
    return limits;
}

long am_search_nodes(const struct am_search *search)
{
    long people = search->instance->person_count > 0 ? search->instance->person_count : 1;
    return (long)search->settings->node_limit * (1 + AM_UNIT_PEOPLE / people);
}

bool am_search_can_wait(const struct am_search *search)
{
    return search->part && search->part_tolerance > 0;
}

bool am_search_parts_done(const struct am_search *search)
{
    return search->hooks.parts > 0 && search->parts >= search->hooks.parts;
}

int64_t am_search_tolerance(const struct am_search *search)
{
    if (search->part)
        return search->part_tolerance;
    if (!search->has_bound)
        return 0;
    int64_t range = search->fixed_only - search->bound;
    return range / 1000000 * search->settings->gap +
           range % 1000000 * search->settings->gap / 1000000;
}

bool am_search_done(const struct am_search *search)
{
    return search->has_bound && search->objective - search->bound <= am_search_tolerance(search);
}

void am_search_tell(struct am_search *search)
{
    if (!search->hooks.progress)
        return;
    int64_t bound = search->bound;
    bool has_bound = search->has_bound;
    if (search->best.bound != AM_NO_BOUND) {
        int64_t proven = am_bound_points(search->best.bound);
        bound = has_bound && bound > proven ? bound : proven;
        has_bound = true;
    }
    struct am_progress progress = {.phase = search->phase,
                                   .has_incumbent = true,
                                   .has_bound = has_bound,
                                   .incumbent = search->objective,
                                   .bound = bound,
                                   .fixed_only = search->fixed_only,
                                   .seconds = am_search_seconds(search)};
    search->hooks.progress(search->hooks.context, &progress);
}

void am_search_offer(struct am_search *search)
{
    int64_t points = am_decision_points(search->instance, &search->scratch);
    if (points >= search->objective)
        return;
    search->objective = points;
    am_decision_copy(search->instance, &search->incumbent, &search->scratch);
}

void am_search_bound(struct am_search *search, int64_t fixed_point_bound)
{
    if (fixed_point_bound == AM_NO_BOUND)
        return;
    int64_t points = am_bound_points(fixed_point_bound);
    if (!search->has_bound || points > search->bound)
        search->bound = points;
    search->has_bound = true;
}
