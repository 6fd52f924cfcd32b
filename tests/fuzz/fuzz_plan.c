/* A completion plan's JSON, of a caseload that stays the same: read to aim at,
 * and read to be audited; what can be read is checked to the end. */
#include "tests/fuzz/fuzz.h"

#include "io/plan_read.h"
#include "model/audit.h"
#include "model/audit_plan.h"
#include "model/horizon.h"

static void try_aims(struct tiny_case *tiny, const char *path)
{
    struct am_arena arena;
    struct am_aims aims;
    struct am_plan_origin origin;
    struct am_audit_aims audited;
    struct am_diag diag;
    struct am_err err = {0};
    am_diag_init(&diag);
    am_arena_init(&arena);
    am_status status =
        am_plan_read_aims(&aims, &origin, &tiny->caseload, path, &arena, &diag, &err);
    fuzz_findings(&diag, status, &err);
    if (status == AM_OK) {
        FUZZ_HOLDS(am_aims_set(&tiny->caseload, &tiny->orders, &tiny->clocks, &aims, &err) ==
                   AM_OK);
        FUZZ_HOLDS(am_audit_compare_aims(&tiny->caseload, &aims, &audited, &err) == AM_OK);
        FUZZ_HOLDS(audited.differ == 0);
    }
    am_arena_release(&arena);
    am_diag_release(&diag);
}

/* Built once. */
static const struct am_horizon *example_horizon(void)
{
    const struct am_horizon_wishes wishes = {.arrivals_per_week = -1};
    static struct am_arena arena;
    static struct am_horizon horizon;
    static bool built;
    const struct tiny_case *tiny = fuzz_example();
    if (!built) {
        am_arena_init(&arena);
        FUZZ_HOLDS(am_horizon_build(&tiny->caseload, &tiny->orders, &tiny->clocks, &wishes, &arena,
                                    &horizon, NULL) == AM_OK);
    }
    built = true;
    return &horizon;
}

static void try_audit(const struct tiny_case *tiny, const char *path)
{
    struct am_plan plan;
    struct am_plan_claims claims;
    struct am_plan_audit audit;
    struct am_diag diag;
    struct am_err err = {0};
    am_diag_init(&diag);
    am_status status = am_plan_read(&plan, example_horizon(), path, &claims, &diag, &err);
    fuzz_findings(&diag, status, &err);
    if (status == AM_OK) {
        FUZZ_HOLDS(am_audit_plan(&tiny->caseload, &plan, -1, &audit, &err) == AM_OK);
        am_plan_audit_release(&audit);
        am_plan_release(&plan);
    }
    am_diag_release(&diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tiny_case *tiny = fuzz_example();
    const char *path = fuzz_file("plan.json", data, size);
    try_aims(tiny, path);
    try_audit(tiny, path);
    return 0;
}
