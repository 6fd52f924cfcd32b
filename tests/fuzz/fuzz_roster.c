/* A roster's JSON, of a caseload that stays the same: read and audited; what
 * passes is written in every form. */
#include "tests/fuzz/fuzz.h"

#include "io/roster_json.h"

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
    return 0;
}
