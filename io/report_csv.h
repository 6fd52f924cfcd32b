/*
 * report_csv - the roster as a table for a spreadsheet: one row an appointment.
 *
 * RFC 4180 (CRLF, quotes doubled) in UTF-8 with a byte order mark, without
 * which Excel takes it for another encoding. No cell can be taken for a
 * formula: one that begins like a formula gets an apostrophe before it.
 */
#ifndef AM_IO_REPORT_CSV_H
#define AM_IO_REPORT_CSV_H

#include "io/detail.h"
#include "io/text.h"
#include "model/roster.h"

/* Into *text (freed by the caller with free). Always by CRN; with
 * AM_DETAIL_NAMES there is a column of names, empty for limited-access cases. */
AM_MUST_CHECK am_status am_report_csv(const struct am_roster *roster, enum am_detail detail,
                                      char **text, struct am_err *err);

/* One cell, quoted where it must be, without what separates it from the next. */
void am_text_csv_cell(struct am_text *text, const char *value);

#endif
