#include "cli/scenario_forecast.h"

#include "model/audit_plan.h"
#include "model/futures_plan.h"
#include "solver/planning.h"

enum { FUTURES = 1000 };

/* Of every order with a deadline, the share of the futures in which it is late. */
static int64_t count_late(const struct am_derived *derived, const struct am_futures *futures)
{
    int64_t late = 0;
    for (int j = 0; j < derived->caseload.order_count; j++) {
        const struct am_order_state *order = &derived->orders.orders[j];
        if (order->open && order->deadline != AM_NO_DATE)
            late += futures->count - futures->orders[j].on_time;
    }
    return (100 * late + futures->count / 2) / futures->count;
}

static am_status simulate(const struct am_derived *derived, const struct am_settings *settings,
                          const struct am_plan *plan, struct am_arena *arena,
                          int64_t *late_hundredths, struct am_err *err)
{
    struct am_futures_setup setup;
    struct am_futures futures;
    struct am_futures_options options = {
        .count = FUTURES, .seed = (uint64_t)settings->seed, .threads = settings->threads};
    am_status status = am_futures_setup_build(plan, &derived->orders, arena, &setup, err);
    if (status == AM_OK)
        status = am_futures_run(&setup, &options, arena, &futures, err);
    if (status == AM_OK)
        *late_hundredths = count_late(derived, &futures);
    return status;
}

/* A plan that breaks a rule is a fault of amends, and no figure is made of it. */
static am_status audit(const struct am_derived *derived, const struct am_plan *plan,
                       struct am_err *err)
{
    struct am_plan_audit found;
    am_status status = am_audit_plan(&derived->caseload, plan, -1, &found, err);
    if (status != AM_OK)
        return status;
    if (!am_plan_audit_passes(&found))
        status = am_fail(err, AM_ESOLVER,
                         "%s: the plan does not pass its audit; this is a mistake in amends, "
                         "please report it",
                         derived->caseload.file);
    am_plan_audit_release(&found);
    return status;
}

am_status am_scenario_forecast(const struct am_derived *derived, const struct am_settings *settings,
                               const volatile sig_atomic_t *stop, int64_t *late_hundredths,
                               struct am_err *err)
{
    struct am_arena arena;
    struct am_horizon horizon;
    struct am_plan plan = {0};
    struct am_planning planning = am_planning_defaults();
    const struct am_horizon_wishes wishes = {.arrivals_per_week = -1};
    planning.threads = settings->threads;
    planning.stop = stop;
    am_arena_init(&arena);
    am_status status = am_horizon_build(&derived->caseload, &derived->orders, &derived->clocks,
                                        &wishes, &arena, &horizon, err);
    if (status == AM_OK)
        status = am_plan_solve(&horizon, &planning, &plan, err);
    if (status == AM_OK) {
        status = audit(derived, &plan, err);
        if (status == AM_OK)
            status = simulate(derived, settings, &plan, &arena, late_hundredths, err);
        am_plan_release(&plan);
    }
    am_arena_release(&arena);
    return status;
}
