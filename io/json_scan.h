/*
 * json_scan - is this text JSON, and where does each value begin?
 *
 * One pass over the bytes, before they are parsed: RFC 8259 to the letter,
 * valid UTF-8, no escaped NUL, no lone surrogate, within the limits of
 * io/limits.h. Parsers are laxer in places, and do not say where a value stood.
 */
#ifndef AM_IO_JSON_SCAN_H
#define AM_IO_JSON_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct am_json_span {
    uint32_t at, end;
};

struct am_json_scan {
    uint32_t *offsets; /* of each value, in document order; freed by the caller */
    size_t count, room;
    /* lists of numbers and nulls, whose offsets are left out; freed likewise */
    struct am_json_span *packed;
    size_t packed_count, packed_room;
    const char *fault; /* what is wrong, when AM_EPARSE */
    size_t fault_at;   /* and at which byte */
};

/* Scan size bytes (size < UINT32_MAX). Fails with AM_EPARSE at the first
 * fault, or with AM_ENOMEM. */
AM_MUST_CHECK am_status am_json_scan(const char *text, size_t size, struct am_json_scan *scan);

/* Likewise, but lists of at least `least` numbers and nulls, and nothing else,
 * are noted as packed. */
AM_MUST_CHECK am_status am_json_scan_packed(const char *text, size_t size, size_t least,
                                            struct am_json_scan *scan);

#endif
