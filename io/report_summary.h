/*
 * report_summary - a roster in ten seconds, for the terminal.
 */
#ifndef AM_IO_REPORT_SUMMARY_H
#define AM_IO_REPORT_SUMMARY_H

#include "io/report_figures.h"

/* Plain text, aligned, about twenty lines, into *text (freed by the caller with
 * free). centiseconds is how long it took, in hundredths of a second; below 0:
 * not told. */
AM_MUST_CHECK am_status am_report_summary(const struct am_roster_context *context,
                                          const struct am_roster *roster,
                                          const struct am_figures *figures, int64_t centiseconds,
                                          char **text, struct am_err *err);

#endif
