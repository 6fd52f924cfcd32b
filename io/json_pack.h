/*
 * json_pack - long lists of numbers, left in the text.
 *
 * Most of a big caseload is tables of journey times. As a tree each of their
 * numbers takes 80 bytes; so a list of nothing but numbers and nulls, from
 * AM_JSON_PACKED_LEAST of them on, stays as it is written: an array without
 * children until somebody asks for them (am_json_list). Whoever can do without
 * reads it cell by cell.
 */
#ifndef AM_IO_JSON_PACK_H
#define AM_IO_JSON_PACK_H

#include "io/decimal.h"
#include "io/json.h"
#include "io/json_scan.h"

enum { AM_JSON_PACKED_LEAST = 16 };

/* The text without the inside of its packed lists, to be freed; NULL without
 * memory. *length: bytes before its NUL. */
char *am_json_without_packed(const char *text, size_t size, const struct am_json_scan *scan,
                             size_t *length);

/* The children of a list: those it has, or, where it is packed, parsed now.
 * Without memory it has none, and json->out_of_memory is set. */
const cJSON *am_json_children(struct am_json *json, const cJSON *list);

/* ---- cell by cell ---- */

struct am_json_cells {
    const char *at;
};

struct am_json_cell {
    bool is_null;
    struct am_decimal number; /* zeroes for null */
};

/* False where the list is not packed. */
bool am_json_cells(const struct am_json *json, const cJSON *list, struct am_json_cells *cells);
/* The next cell; false at the end. */
bool am_json_cell(struct am_json_cells *cells, struct am_json_cell *cell);

#endif
