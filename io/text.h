/*
 * text - bytes that grow: what every writer here writes into.
 *
 * Appending never fails at once; a text that ran out of memory says so at the
 * end (am_text_status), and what is appended after that is dropped. All zero
 * is an empty text.
 */
#ifndef AM_IO_TEXT_H
#define AM_IO_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct am_text {
    char *bytes; /* NUL-terminated once anything was appended; size does not count the NUL */
    size_t size, room;
    bool failed;
};

void am_text_release(struct am_text *text);
/* Keep the memory, drop the content. */
void am_text_clear(struct am_text *text);

void am_text_bytes(struct am_text *text, const char *bytes, size_t size);
void am_text_add(struct am_text *text, const char *string);
void am_text_char(struct am_text *text, char c);
void am_text_format(struct am_text *text, const char *fmt, ...) AM_PRINTF(2, 3);

/* A text out of a file, for a terminal: am_utf8_disarm. */
void am_text_plain(struct am_text *text, const char *string);

/* The content as a string: "" while nothing was appended. */
const char *am_text_string(const struct am_text *text);

/* AM_ENOMEM when anything was dropped. */
AM_MUST_CHECK am_status am_text_status(const struct am_text *text, struct am_err *err);

/* ---- figures as people read them; all append ---- */

/* 12345 as "12,345". */
void am_text_thousands(struct am_text *text, int64_t number);
/* 425 minutes as "7 h 05 min"; under an hour "45 min"; whole hours "7 h". */
void am_text_duration(struct am_text *text, int64_t minutes);
/* 585 hundredths as "5.9" (rounded half up). */
void am_text_tenths(struct am_text *text, int64_t hundredths);
/* Millionths as a percentage: 123 as "0.0123 %". */
void am_text_ppm(struct am_text *text, int64_t ppm);

#endif
