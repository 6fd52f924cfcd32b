/*
 * register - the sheet on which a supervisor notes who came.
 *
 * One page of HTML a supervisor, to be printed: a sheet of A4 a session (more
 * where the people do not fit), with who is expected, room for arrival, finish
 * and notes, and blank lines for late additions. People stand in the order of
 * their CRNs, with a name only where the detail and the case allow it; with
 * AM_DETAIL_COUNT there are as many blank lines as people. Nothing is told of
 * anybody but when they are expected to leave, where that is before the end.
 */
#ifndef AM_IO_REGISTER_H
#define AM_IO_REGISTER_H

#include "io/detail.h"
#include "io/report_figures.h"
#include "io/text.h"

/* Sessions that run under a supervisor; -1: under nobody. */
int am_register_sessions(const struct am_roster *roster, int supervisor);

struct am_register {
    const struct am_roster_context *context;
    const struct am_roster *roster; /* sorted */
    const struct am_figures *figures;
    enum am_detail detail;
};

/* Append the page of these sessions. */
AM_MUST_CHECK am_status am_register_html(const struct am_register *what, int supervisor,
                                         struct am_text *text, struct am_err *err);

#endif
