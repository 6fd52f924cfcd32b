#include "command/derived.h"

#include <string.h>

#include "command/command.h"
#include "io/caseload_json.h"
#include "io/plan_read.h"
#include "io/caseload_patch.h"
#include "model/score.h"

am_status am_derived_make(struct am_derived *derived, struct am_err *err)
{
    const struct am_caseload *caseload = &derived->caseload;
    struct am_arena *arena = &derived->arena;
    am_status status = am_orders_build(caseload, arena, &derived->orders, err);
    if (status == AM_OK)
        status =
            am_eligibility_build(caseload, &derived->orders, arena, &derived->eligibility, err);
    if (status == AM_OK)
        status = am_clocks_build(caseload, &derived->orders, arena, &derived->clocks, err);
    return status;
}

void am_derived_begin(struct am_derived *derived)
{
    *derived = (struct am_derived){0};
    am_caseload_init(&derived->caseload);
    am_arena_init(&derived->arena);
}

am_status am_derived_read_bytes(struct am_derived *derived, const char *path, const char *bytes,
                                size_t size, struct am_diag *diag, struct am_err *err)
{
    am_derived_begin(derived);
    am_status status = am_caseload_read_bytes(&derived->caseload, path, bytes, size, diag, err);
    return status == AM_OK ? am_derived_make(derived, err) : status;
}

am_status am_derived_patched(struct am_derived *derived, const struct am_patched *patched,
                             struct am_diag *diag, struct am_err *err)
{
    am_derived_begin(derived);
    am_status status = am_patched_read(patched, &derived->caseload, diag, err);
    return status == AM_OK ? am_derived_make(derived, err) : status;
}

int am_derived_read(struct am_derived *derived, const char *path)
{
    return am_derived_read_ahead(derived, path, 0);
}

int am_derived_read_ahead(struct am_derived *derived, const char *path, int weeks_beyond)
{
    struct am_diag diag;
    struct am_err err;
    am_diag_init(&diag);
    am_derived_begin(derived);
    am_status status = am_caseload_read_ahead(&derived->caseload, path, weeks_beyond, &diag, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_diag_release(&diag);
    if (code == AM_EXIT_DONE && am_derived_make(derived, &err) != AM_OK)
        code = am_report_error(&err);
    return code;
}

/* ---- a completion plan ---- */

static void count_aimed(const struct am_derived *derived, struct am_aimed *aimed)
{
    const struct am_caseload *caseload = &derived->caseload;
    for (int p = 0; p < caseload->person_count; p++) {
        aimed->at_work += derived->orders.people[p].order >= 0;
        aimed->aimed += derived->orders.people[p].order >= 0 && caseload->people[p].aim.given;
    }
}

static am_status aim(struct am_derived *derived, const char *path, struct am_aimed *aimed,
                     struct am_diag *diag, struct am_err *err)
{
    struct am_caseload *caseload = &derived->caseload;
    struct am_aims aims;
    struct am_plan_origin origin;
    am_status status =
        am_plan_read_aims(&aims, &origin, caseload, path, &derived->arena, diag, err);
    if (status == AM_OK)
        status = am_aims_set(caseload, &derived->orders, &derived->clocks, &aims, err);
    if (status != AM_OK)
        return status;
    memcpy(caseload->plan_sha256, origin.sha256, sizeof caseload->plan_sha256);
    *aimed = (struct am_aimed){.of_input = origin.of_input, .gone = origin.gone};
    count_aimed(derived, aimed);
    return am_clocks_build(caseload, &derived->orders, &derived->arena, &derived->clocks, err);
}

int am_derived_aim(struct am_derived *derived, const char *path, struct am_aimed *aimed)
{
    struct am_diag diag;
    struct am_err err;
    am_diag_init(&diag);
    am_status status = aim(derived, path, aimed, &diag, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_diag_release(&diag);
    return code;
}

void am_derived_release(struct am_derived *derived)
{
    am_arena_release(&derived->arena);
    am_caseload_release(&derived->caseload);
}

am_status am_derived_fixed_only(const struct am_derived *derived, int64_t *points,
                                struct am_err *err)
{
    struct am_roster roster;
    struct am_score score;
    am_status status = am_roster_init(&roster, &derived->caseload, err);
    if (status == AM_OK)
        status = am_roster_fixed_only(&derived->caseload, &derived->orders, &roster, err);
    if (status == AM_OK)
        status = am_score_roster(&derived->caseload, &derived->orders, &derived->clocks, &roster,
                                 &score, err);
    if (status == AM_OK)
        *points = score.total;
    am_roster_release(&roster);
    return status;
}
