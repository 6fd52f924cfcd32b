/* What came of a scenario, as a slice keeps it: what is accepted is written as it
 * was read. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "io/compare_row.h"

/* Written, read and written again: the same bytes. */
static void check_again(const struct am_compare_row *row, struct am_arena *arena)
{
    struct am_text text = {0}, again = {0};
    struct am_compare_row back;
    struct am_diag diag;
    am_diag_init(&diag);
    am_compare_row_write(row, &text);
    FUZZ_HOLDS(am_text_status(&text, NULL) == AM_OK);
    struct am_document document = {"again.json", text.bytes, text.size};
    FUZZ_HOLDS(am_compare_row_read(&back, &document, arena, &diag, NULL) == AM_OK);
    am_compare_row_write(&back, &again);
    FUZZ_HOLDS(am_text_status(&again, NULL) == AM_OK && again.size == text.size);
    FUZZ_HOLDS(memcmp(again.bytes, text.bytes, text.size) == 0);
    am_diag_release(&diag);
    am_text_release(&text);
    am_text_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct am_document document = {"row.json", size > 0 ? (const char *)data : "", size};
    struct am_compare_row row;
    struct am_arena arena;
    struct am_diag diag;
    struct am_err err = {0};
    am_arena_init(&arena);
    am_diag_init(&diag);
    am_status status = am_compare_row_read(&row, &document, &arena, &diag, &err);
    fuzz_findings(&diag, status, &err);
    if (status == AM_OK)
        check_again(&row, &arena);
    am_diag_release(&diag);
    am_arena_release(&arena);
    return 0;
}
