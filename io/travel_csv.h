/*
 * travel_csv - journeys that somebody looked up, one a row.
 *
 *   from,place,mode,minutes_there,minutes_back,days,start,source,checked_on
 *
 * Columns are known by the names in the first row, in any order; the first
 * five must be there. Blank minutes are unknown, "no" is no journey.
 */
#ifndef AM_IO_TRAVEL_CSV_H
#define AM_IO_TRAVEL_CSV_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/names.h"
#include "model/caseload.h"

/* The places that rows may name: index[number] is the place of names' number. */
struct am_place_names {
    const struct am_names *names;
    const int32_t *index;
    int place_count;
};

struct am_travel_csv {
    const char *file; /* as findings name it */
    char *text;       /* size bytes and a NUL; they change */
    size_t size;
    struct am_place_names places;
    struct am_diag *diag;
};

struct am_travel_tables {
    struct am_travel_table *at;
    int count;
};

/* Read the file's tables into the arena, in the order in which their first
 * rows stand. Mistakes are findings that name the line; a place that is not in
 * the caseload is a warning, and its rows are left out. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_travel_csv_read(const struct am_travel_csv *csv, struct am_arena *arena,
                                           struct am_travel_tables *tables, struct am_err *err);

#endif
