/*
 * report - what a run tells on standard error, without addresses in it.
 */
#ifndef AM_PUBLISH_REPORT_H
#define AM_PUBLISH_REPORT_H

#include "io/text.h"

/* A line for each note. */
void am_report_notes(const struct am_text *notes);

/* am_report_error, with tokens overwritten. Returns AM_EXIT_ERROR. */
int am_report_without_tokens(const struct am_err *err);

#endif
