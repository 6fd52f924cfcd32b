/* A planner's table of journeys, for the places of the example. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "io/travel_csv.h"

enum { PLACES_MOST = 64 };

static void check_table(const struct am_travel_table *table, int places)
{
    FUZZ_HOLDS(table->rows > 0 && table->columns > 0 && table->days != 0);
    for (int p = 0; p < places; p++) {
        FUZZ_HOLDS(table->row_of[p] >= -1 && table->row_of[p] < table->rows);
        FUZZ_HOLDS(table->column_of[p] >= -1 && table->column_of[p] < table->columns);
    }
    for (int c = 0; c < table->rows * table->columns; c++)
        FUZZ_HOLDS(table->minutes[c] >= 0 || table->minutes[c] == AM_NO_JOURNEY ||
                   table->minutes[c] == AM_UNKNOWN_JOURNEY);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct am_caseload *caseload = &fuzz_example()->caseload;
    struct am_arena arena;
    struct am_names names;
    struct am_diag diag;
    struct am_travel_tables tables = {0};
    struct am_err err = {0};
    int32_t index[PLACES_MOST];
    am_arena_init(&arena);
    am_diag_init(&diag);
    am_names_init(&names, &arena);
    for (int p = 0; p < caseload->place_count && p < PLACES_MOST; p++) {
        int number;
        if (caseload->places[p].id && *caseload->places[p].id &&
            am_names_add(&names, caseload->places[p].id, &number) == AM_OK)
            index[number] = p;
    }
    char *text = malloc(size + 1);
    FUZZ_HOLDS(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    struct am_travel_csv csv = {
        "journeys.csv", text, size, {&names, index, caseload->place_count}, &diag};
    am_status status = am_travel_csv_read(&csv, &arena, &tables, &err);
    FUZZ_HOLDS(status == AM_OK);
    for (const struct am_finding *f = diag.first; f; f = f->next)
        FUZZ_HOLDS(f->line > 0);
    for (int t = 0; t < tables.count && diag.errors == 0; t++)
        check_table(&tables.at[t], caseload->place_count);
    free(text);
    am_diag_release(&diag);
    am_arena_release(&arena);
    return 0;
}
