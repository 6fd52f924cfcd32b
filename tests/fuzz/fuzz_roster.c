/* A roster's JSON, of a caseload that stays the same: read and audited; what
 * passes is written in every form. And as a start for another one. */
#include "tests/fuzz/fuzz.h"

#include "io/roster_warm.h"

/* Whatever it holds, what is taken over is fit to start from. */
static void try_warm(struct tiny_case *tiny, const char *path)
{
    const struct am_roster_context context = {.caseload = &tiny->caseload,
                                              .orders = &tiny->orders,
                                              .eligibility = &tiny->eligibility,
                                              .clocks = &tiny->clocks};
    struct am_roster roster;
    struct am_warm_count count;
    struct am_diag diag;
    struct am_err err = {0};
    char sha256[65];
    am_diag_init(&diag);
    am_status status = am_roster_warm(&roster, &context, path, &count, sha256, &diag, &err);
    fuzz_findings(&diag, status, &err);
    if (status == AM_OK) {
        FUZZ_HOLDS(count.taken >= 0 && count.taken <= count.listed);
        FUZZ_HOLDS(count.led_taken >= 0 && count.led_taken <= count.led);
    }
    am_roster_release(&roster);
    am_diag_release(&diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tiny_case *tiny = fuzz_example();
    struct am_roster roster;
    struct am_audit audit = {0};
    struct am_diag diag;
    struct am_err err = {0};
    am_diag_init(&diag);
    const char *path = fuzz_file("roster.json", data, size);
    am_status status = am_roster_read(&roster, &tiny->caseload, path, &diag, &err);
    fuzz_findings(&diag, status, &err);
    if (status == AM_OK) {
        FUZZ_HOLDS(am_audit_roster(&tiny->caseload, &roster, &audit, &err) == AM_OK);
        if (am_audit_passes(&audit))
            fuzz_outputs(tiny, &roster, &audit);
        am_audit_release(&audit);
    }
    am_roster_release(&roster);
    am_diag_release(&diag);
    try_warm(tiny, path);
    return 0;
}
