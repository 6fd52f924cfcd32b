#include "tests/fuzz/scenario.h"

#include <string.h>

#include "io/atomic_file.h"
#include "io/caseload_json.h"
#include "io/caseload_patch.h"
#include "io/limits.h"
#include "tests/fuzz/fuzz.h"

/* Read once. */
static struct am_document example(void)
{
    static char *bytes;
    static size_t size;
    if (!bytes)
        FUZZ_HOLDS(am_read_file("examples/tiny.json", AM_FILE_LIMIT, &bytes, &size, NULL) == AM_OK);
    return (struct am_document){"examples/tiny.json", bytes, size};
}

static void derive_patched(const struct am_patched *patched)
{
    struct tiny_case tiny = {0};
    struct am_caseload again;
    struct am_diag diag;
    struct am_err err = {0};
    am_arena_init(&tiny.arena);
    am_diag_init(&diag);
    am_caseload_init(&again);
    am_status status = am_patched_read(patched, &tiny.caseload, &diag, &err);
    FUZZ_HOLDS((status == AM_OK) == (diag.errors == 0));
    FUZZ_HOLDS(am_caseload_read_bytes(&again, "again.json", patched->caseload.bytes,
                                      patched->caseload.size, &diag, &err) == status);
    if (status == AM_OK) {
        FUZZ_HOLDS(strcmp(again.sha256, tiny.caseload.sha256) == 0);
        FUZZ_HOLDS(tiny_derive(&tiny));
    }
    am_diag_release(&diag);
    am_caseload_release(&again);
    tiny_release(&tiny);
}

void fuzz_scenario(const struct am_document *scenario)
{
    struct am_document base = example();
    struct am_patched patched;
    struct am_diag diag;
    struct am_err err = {0};
    am_diag_init(&diag);
    am_status status = am_caseload_patch(&patched, &base, scenario, &diag, &err);
    fuzz_findings(&diag, status, &err);
    if (status == AM_OK)
        derive_patched(&patched);
    am_patched_release(&patched);
    am_diag_release(&diag);
}
