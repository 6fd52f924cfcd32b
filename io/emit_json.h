/*
 * emit_json - JSON that diffs well: one element of a list a line.
 *
 * Commas and line breaks are kept here; a list opened "inline" stands on one
 * line. Every text is written as valid UTF-8: other bytes become U+FFFD.
 */
#ifndef AM_IO_EMIT_JSON_H
#define AM_IO_EMIT_JSON_H

#include <stdbool.h>

#include "io/text.h"
#include "model/time.h"

enum { AM_EMIT_DEPTH = 8 };

struct am_emit {
    struct am_text *text;
    int depth;
    struct {
        char close;
        bool inline_list, empty;
    } levels[AM_EMIT_DEPTH];
};

void am_emit_init(struct am_emit *emit, struct am_text *text);

/* key is NULL inside an array and at the top. */
void am_emit_open(struct am_emit *emit, const char *key, char bracket, bool inline_list);
void am_emit_close(struct am_emit *emit);
void am_emit_string(struct am_emit *emit, const char *key, const char *value);
void am_emit_int(struct am_emit *emit, const char *key, int64_t value);
void am_emit_bool(struct am_emit *emit, const char *key, bool value);
void am_emit_null(struct am_emit *emit, const char *key);
/* AM_NO_DATE: null. */
void am_emit_date(struct am_emit *emit, const char *key, am_date date);
/* A time of day, as "09:30". */
void am_emit_minute(struct am_emit *emit, const char *key, int minute);

/* "..." with what JSON escapes. */
void am_text_json_string(struct am_text *text, const char *value);

#endif
