/*
 * report_html_parts - the sheets of the printed roster; for io/report_html*.c only.
 */
#ifndef AM_IO_REPORT_HTML_PARTS_H
#define AM_IO_REPORT_HTML_PARTS_H

#include "io/html_text.h"
#include "io/report_html.h"

struct am_html_page {
    struct am_text *text;
    const struct am_roster_context *context;
    const struct am_caseload *caseload;
    const struct am_roster *roster;
    const struct am_figures *figures;
    enum am_detail detail;
};

void am_html_style(struct am_text *text);
void am_html_summary_sheet(const struct am_html_page *page);
void am_html_day_sheet(const struct am_html_page *page, int day);
/* People without a place, orders to look at, changes; nothing where there are none. */
void am_html_list_sheets(const struct am_html_page *page);

/* The first few of the orders to look at, for the first sheet. */
void am_html_short_orders(const struct am_html_page *page);

/* The CRN, and the name where the detail and the case allow it. */
void am_html_person(const struct am_html_page *page, int person);
/* Likewise the supervisor's code and name; "none" for -1. */
void am_html_supervisor(const struct am_html_page *page, int supervisor);

#endif
