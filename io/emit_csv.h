/*
 * emit_csv - tables for spreadsheets, a cell at a time.
 *
 * RFC 4180 (CRLF, quotes doubled) in UTF-8 with a byte order mark, without
 * which Excel takes it for another encoding. No text can be taken for a
 * formula: one that begins like a formula gets an apostrophe before it. Numbers
 * of our own are written as they are, a minus sign too.
 */
#ifndef AM_IO_EMIT_CSV_H
#define AM_IO_EMIT_CSV_H

#include "io/text.h"
#include "model/time.h"

/* What a table begins with. */
#define AM_CSV_MARK "\xef\xbb\xbf"

/* A text, quoted where it must be, without what separates it from the next. */
void am_text_csv_cell(struct am_text *text, const char *value);

/* One cell each, and its comma. */
void am_cell_text(struct am_text *text, const char *value);
void am_cell_int(struct am_text *text, int64_t value);
/* Empty unless known. */
void am_cell_int_if(struct am_text *text, bool known, int64_t value);
/* AM_NO_DATE: empty. */
void am_cell_date(struct am_text *text, am_date date);
void am_cell_minute(struct am_text *text, int minute);

/* The end of a row, instead of the comma of its last cell. */
void am_row_end(struct am_text *text);

#endif
