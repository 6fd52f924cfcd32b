/*
 * report_csv - the roster as a table for a spreadsheet: one row an appointment.
 *
 * As io/emit_csv.h writes tables.
 */
#ifndef AM_IO_REPORT_CSV_H
#define AM_IO_REPORT_CSV_H

#include "io/detail.h"
#include "model/roster.h"

/* Into *text (freed by the caller with free). Always by CRN; with
 * AM_DETAIL_NAMES there is a column of names, empty for limited-access cases. */
AM_MUST_CHECK am_status am_report_csv(const struct am_roster *roster, enum am_detail detail,
                                      char **text, struct am_err *err);

#endif
