/* A sweep as it is written on the command line: what is accepted makes scenarios
 * that can be read. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "io/sweep.h"

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
            fuzz_scenario(&(struct am_document){"point.json", text.bytes, text.size});
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
    try_sweep(bytes);
    free(bytes);
    return 0;
}
