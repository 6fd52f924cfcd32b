/* What may be opened, byte by byte: all that is accepted is a scenario. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/scenario.h"

#include "io/candidates_json.h"

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
        fuzz_scenario(&(struct am_document){"all.json", text.bytes, text.size});
    am_text_release(&text);
    am_diag_release(&diag);
    am_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    try_candidates(
        &(struct am_document){"candidates.json", size > 0 ? (const char *)data : "", size});
    return 0;
}
