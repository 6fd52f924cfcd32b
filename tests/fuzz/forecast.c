/*
 * What a good caseload is planned to, audited, and simulated: within the rows,
 * above its bound, and no seat given twice.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#include "model/audit_plan.h"
#include "model/futures_plan.h"
#include "solver/planning.h"

enum { FUTURES = 3, STEPS = 20, ARRIVALS = 1 };

/* Seats given in the week of the future at hand, by kind. */
struct given {
    const struct am_futures_setup *setup;
    int32_t *seats; /* [(future * weeks + week) * kinds + kind] */
};

static void take_seat(void *context, const struct am_futures_event *event)
{
    const struct given *given = context;
    const struct am_futures_setup *setup = given->setup;
    if (event->kind < 0)
        return;
    size_t week = (size_t)event->future * (size_t)setup->weeks + (size_t)event->week;
    int32_t *taken = &given->seats[week * (size_t)setup->kind_count + (size_t)event->kind];
    FUZZ_HOLDS(++*taken <= setup->seats[event->week * setup->kind_count + event->kind]);
    FUZZ_HOLDS(event->minutes > 0 && event->minutes <= setup->kinds[event->kind].minutes);
}

static void simulate(const struct tiny_case *tiny, const struct am_plan *plan,
                     struct am_arena *arena)
{
    struct am_futures_setup setup;
    struct am_futures futures;
    FUZZ_HOLDS(am_futures_setup_build(plan, &tiny->orders, arena, &setup, NULL) == AM_OK);
    size_t cells = (size_t)FUTURES * (size_t)setup.weeks * (size_t)setup.kind_count;
    struct given given = {&setup, AM_ARENA_NEW(arena, cells, int32_t)};
    const struct am_futures_options options = {
        .count = FUTURES, .seed = 1, .threads = 1, .watch = take_seat, .context = &given};
    FUZZ_HOLDS(given.seats);
    FUZZ_HOLDS(am_futures_run(&setup, &options, arena, &futures, NULL) == AM_OK);
    for (int j = 0; j < setup.order_count; j++) {
        const struct am_order_future *order = &futures.orders[j];
        FUZZ_HOLDS(order->on_time >= 0 && order->on_time <= order->done);
        FUZZ_HOLDS(order->done <= FUTURES);
    }
}

void fuzz_forecast(const struct tiny_case *tiny)
{
    const struct am_horizon_wishes wishes = {.arrivals_per_week = ARRIVALS};
    struct am_planning planning = am_planning_defaults();
    struct am_horizon horizon;
    struct am_plan plan;
    struct am_plan_audit audit;
    struct am_arena arena;
    am_arena_init(&arena);
    planning.threads = 1;
    planning.steps = STEPS;
    /* weights may be too large, or those arriving too many */
    if (am_horizon_build(&tiny->caseload, &tiny->orders, &tiny->clocks, &wishes, &arena, &horizon,
                         NULL) == AM_OK) {
        FUZZ_HOLDS(am_plan_solve(&horizon, &planning, &plan, NULL) == AM_OK);
        FUZZ_HOLDS(am_plan_check(&plan, NULL) == AM_OK);
        FUZZ_HOLDS(am_audit_plan(&tiny->caseload, &plan, ARRIVALS, &audit, NULL) == AM_OK);
        FUZZ_HOLDS(am_plan_audit_passes(&audit));
        am_plan_audit_release(&audit);
        simulate(tiny, &plan, &arena);
        am_plan_release(&plan);
    }
    am_arena_release(&arena);
}
