/* The file of a slice: its first byte says whether it begins as this run's slice
 * does; the rest are its lines. */
#include "tests/fuzz/fuzz.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/scenario_tasks.h"

enum { TASKS = 2, FOLDER_ROOM = 256 };

static const struct am_slice_run run = {"0123456789abcdef", TASKS};

static char *with_head(const uint8_t *data, size_t size, size_t *all)
{
    static const char head[] = "{\"format\": \"amends-scenario-slice/1\", \"slice\": 1, \"of\": 1, "
                               "\"tasks\": 2, \"run\": \"0123456789abcdef\"}\n";
    size_t length = data[0] % 2 ? sizeof head - 1 : 0;
    char *bytes = malloc(length + size);
    FUZZ_HOLDS(bytes != NULL);
    memcpy(bytes, head, length);
    memcpy(bytes + length, data + 1, size - 1);
    *all = length + size - 1;
    return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct am_compare_row rows[TASKS];
    struct am_arena arena;
    struct am_diag diag;
    struct am_err err = {0};
    char folder[FOLDER_ROOM];
    size_t all;
    if (size == 0)
        return -1;
    char *bytes = with_head(data, size, &all);
    (void)snprintf(folder, sizeof folder, "%s", fuzz_file("slice-1-of-1.jsonl", bytes, all));
    free(bytes);
    am_arena_init(&arena);
    am_diag_init(&diag);
    am_status status = am_slices_collect(&run, dirname(folder), rows, &arena, &diag, &err);
    FUZZ_HOLDS(status == AM_OK || (status == AM_EINVALID && err.msg[0]));
    FUZZ_HOLDS((status == AM_OK) == (diag.errors == 0));
    for (int i = 0; i < TASKS && status == AM_OK; i++)
        FUZZ_HOLDS(rows[i].name && rows[i].sentence && rows[i].sha256);
    am_diag_release(&diag);
    am_arena_release(&arena);
    return 0;
}
