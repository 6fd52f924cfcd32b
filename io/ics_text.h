/*
 * ics_text - text that every reader of iCalendar takes the same way.
 */
#ifndef AM_IO_ICS_TEXT_H
#define AM_IO_ICS_TEXT_H

#include "io/text.h"

/* Append a text without what some reader stumbles over: CRLF and CR become LF,
 * tabs become spaces; other control characters, line and paragraph separators,
 * controls of writing direction and byte order marks go; invalid bytes become
 * U+FFFD. Runs of spaces become one, and none is left at either end, since a
 * folded line must not begin or end with one. */
void am_ics_clean(struct am_text *text, const char *value);

/*
 * Append what libical wrote with its folding undone and done again: at most 75
 * octets a line, never inside a character, never beside a space.
 *
 * libical 3.0.16 counts the line's end as part of the line: a run that ends 73
 * or 74 octets into a line gives a fold inside the CRLF, or an empty
 * continuation line. Unfolding on CRLF and a space puts both right.
 */
void am_ics_refold(struct am_text *text, const char *raw, size_t size);

#endif
