/*
 * Structure-aware: bytes say how to change a good caseload (edit.h). What is
 * still good goes all the way: checked, planned ahead and simulated, solved
 * with tiny limits, audited, written in every form, and read back.
 */
#include "tests/fuzz/edit.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tiny_case tiny;
    struct am_roster roster;
    struct am_audit audit = {0};
    char *text = fuzz_edited(data, size);
    bool good = fuzz_caseload(&tiny, fuzz_file("caseload.json", text, strlen(text)));
    free(text);
    if (good) {
        FUZZ_HOLDS(tiny_derive(&tiny));
        fuzz_forecast(&tiny);
        if (fuzz_solve(&tiny, &roster)) {
            FUZZ_HOLDS(am_audit_roster(&tiny.caseload, &roster, &audit, NULL) == AM_OK);
            fuzz_outputs(&tiny, &roster, &audit);
            am_audit_release(&audit);
            am_roster_release(&roster);
        }
    }
    tiny_release(&tiny);
    return good ? 0 : -1;
}
