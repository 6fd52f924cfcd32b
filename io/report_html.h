/*
 * report_html - the roster to print: one page without scripts or anything to fetch.
 *
 * A first sheet with the summary, a sheet a day, then the people without a
 * place and the orders to look at. People by CRN; with AM_DETAIL_NAMES by name
 * too, but for limited-access cases; with AM_DETAIL_COUNT counted only.
 */
#ifndef AM_IO_REPORT_HTML_H
#define AM_IO_REPORT_HTML_H

#include "io/detail.h"
#include "io/report_figures.h"

/* Into *text (freed by the caller with free). */
AM_MUST_CHECK am_status am_report_html(const struct am_roster_context *context,
                                       const struct am_roster *roster,
                                       const struct am_figures *figures, enum am_detail detail,
                                       char **text, struct am_err *err);

#endif
