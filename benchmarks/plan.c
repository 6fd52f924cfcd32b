/*
 * plan - the completion plan of a caseload, for measuring it and for giving the
 * same model whole to other engines.
 *
 *   plan CASELOAD [THREADS [MODEL.mps]]
 *
 * Prints one line of JSON: what there was to plan, seconds without reading,
 * objective and bound in points. With a model it writes that and plans nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "io/caseload_json.h"
#include "solver/plan_whole.h"
#include "solver/planning.h"

enum { TAIL_WEEKS = 26 };

struct ahead {
    struct am_caseload caseload;
    struct am_arena arena;
    struct am_horizon horizon;
};

static double now(void)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static am_status look_ahead(struct ahead *ahead, struct am_err *err)
{
    struct am_orders orders;
    struct am_clocks clocks;
    const struct am_horizon_wishes wishes = {.arrivals_per_week = -1};
    am_status status = am_orders_build(&ahead->caseload, &ahead->arena, &orders, err);
    if (status == AM_OK)
        status = am_clocks_build(&ahead->caseload, &orders, &ahead->arena, &clocks, err);
    if (status == AM_OK)
        status = am_horizon_build(&ahead->caseload, &orders, &clocks, &wishes, &ahead->arena,
                                  &ahead->horizon, err);
    return status;
}

static am_status write_model(const struct am_horizon *horizon, const char *path, struct am_err *err)
{
    struct am_plan_whole whole;
    am_status status = am_plan_whole_build(&whole, horizon, true, err);
    if (status == AM_OK)
        status = am_lp_write(whole.lp, AM_LP_FREE_MPS, path, err);
    am_plan_whole_release(&whole);
    return status;
}

static am_status make_plan(const struct am_horizon *horizon, int threads, double began,
                           struct am_err *err)
{
    struct am_plan plan;
    struct am_planning planning = am_planning_defaults();
    planning.threads = threads;
    am_status status = am_plan_solve(horizon, &planning, &plan, err);
    if (status != AM_OK)
        return status;
    status = am_plan_check(&plan, err);
    if (printf("{\"people\": %d, \"weeks\": %d, \"kinds\": %d, \"choices\": %lld, "
               "\"seconds\": %.3f, \"objective\": %.3f, \"bound\": %.3f}\n",
               horizon->planned_count, horizon->weeks, horizon->kind_count,
               (long long)am_plan_whole_choices(horizon), now() - began,
               (double)plan.objective / 1000, (double)plan.bound / 1000) < 0)
        status = am_fail(err, AM_EIO, "standard output cannot be written");
    am_plan_release(&plan);
    return status;
}

int main(int argc, char **argv)
{
    struct ahead ahead = {0};
    struct am_diag diag;
    struct am_err err = {0};
    if (argc < 2 || argc > 4) {
        (void)fprintf(stderr, "usage: plan CASELOAD [THREADS [MODEL.mps]]\n");
        return 2;
    }
    am_diag_init(&diag);
    am_arena_init(&ahead.arena);
    am_status status = am_caseload_read_ahead(&ahead.caseload, argv[1], TAIL_WEEKS, &diag, &err);
    am_diag_print(&diag, stderr);
    double began = now();
    int threads = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 2;
    if (status == AM_OK)
        status = look_ahead(&ahead, &err);
    if (status == AM_OK)
        status = argc > 3 ? write_model(&ahead.horizon, argv[3], &err)
                          : make_plan(&ahead.horizon, threads > 0 ? threads : 1, began, &err);
    if (status != AM_OK)
        (void)fprintf(stderr, "plan: %s\n", err.msg);
    am_arena_release(&ahead.arena);
    am_caseload_release(&ahead.caseload);
    am_diag_release(&diag);
    return status == AM_OK ? 0 : 1;
}
