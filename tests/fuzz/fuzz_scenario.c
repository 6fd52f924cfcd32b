/* A scenario's JSON, byte by byte, on the example: what is accepted makes a
 * caseload whose reading says why it is refused, or that is derived to the end.
 * The same bytes as candidates to open, and as a sweep. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "io/atomic_file.h"
#include "io/candidates_json.h"
#include "io/caseload_json.h"
#include "io/caseload_patch.h"
#include "io/limits.h"
#include "io/sweep.h"

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

static void try_scenario(const struct am_document *document)
{
    struct am_document base = example();
    struct am_patched patched;
    struct am_diag diag;
    struct am_err err = {0};
    am_diag_init(&diag);
    am_status status = am_caseload_patch(&patched, &base, document, &diag, &err);
    fuzz_findings(&diag, status, &err);
    if (status == AM_OK)
        derive_patched(&patched);
    am_patched_release(&patched);
    am_diag_release(&diag);
}

/* All of them together are a scenario. */
static void try_candidates(const struct am_document *document)
{
    static struct am_candidate candidates[AM_CANDIDATES_MOST];
    bool taken[AM_CANDIDATES_MOST];
    struct am_text text = {0};
    struct am_arena arena;
    struct am_diag diag;
    struct am_err err = {0};
    int count;
    am_arena_init(&arena);
    am_diag_init(&diag);
    am_status status = am_candidates_read(document, &arena, candidates, &count, &diag, &err);
    fuzz_findings(&diag, status, &err);
    for (int i = 0; i < count; i++)
        taken[i] = true;
    if (status == AM_OK) {
        status = am_candidates_join(candidates, count, taken, "all", "", &text, &err);
        FUZZ_HOLDS(status == AM_OK);
    }
    if (status == AM_OK)
        try_scenario(&(struct am_document){"all.json", text.bytes, text.size});
    am_text_release(&text);
    am_diag_release(&diag);
    am_arena_release(&arena);
}

/* What is accepted makes scenarios that can be read. */
static void try_sweep(const char *written)
{
    struct am_sweep sweep;
    struct am_arena arena;
    struct am_text text = {0};
    struct am_err err = {0};
    am_arena_init(&arena);
    am_status status = am_sweep_parse(&sweep, written, &arena, &err);
    FUZZ_HOLDS(status == AM_OK || (status == AM_EINVALID && err.msg[0]));
    if (status == AM_OK) {
        int points = am_sweep_points(&sweep, 1);
        FUZZ_HOLDS(points >= 1 && points <= AM_SWEEP_POINTS);
        struct am_sweep_point point = am_sweep_point(&sweep, 1, points - 1);
        status = am_sweep_resolve(&sweep, &fuzz_example()->caseload, &err);
        FUZZ_HOLDS(status == AM_OK || (status == AM_EINVALID && err.msg[0]));
        if (status == AM_OK) {
            FUZZ_HOLDS(am_sweep_scenario(&point, "point", NULL, &fuzz_example()->caseload, &text,
                                         &err) == AM_OK);
            try_scenario(&(struct am_document){"point.json", text.bytes, text.size});
        }
    }
    am_text_release(&text);
    am_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = malloc(size + 1);
    FUZZ_HOLDS(bytes != NULL);
    if (size > 0)
        memcpy(bytes, data, size);
    bytes[size] = '\0';
    struct am_document document = {"scenario.json", bytes, size};
    if (size > 0 && bytes[0] == '{') {
        try_scenario(&document);
        try_candidates(&document);
    } else {
        try_sweep(bytes);
        try_scenario(&document);
    }
    free(bytes);
    return 0;
}
