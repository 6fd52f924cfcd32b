/* The frame of the page: head, sheets in order, foot. */
#include "io/report_html_parts.h"
#include "io/report_words.h"

void am_html_person(const struct am_html_page *page, int person)
{
    const struct am_person *who = &page->caseload->people[person];
    am_text_html(page->text, who->crn);
    if (page->detail == AM_DETAIL_NAMES && !who->limited_access && *who->name) {
        am_text_add(page->text, " <span class=\"name\">");
        am_text_html(page->text, who->name);
        am_text_add(page->text, "</span>");
    }
}

void am_html_supervisor(const struct am_html_page *page, int supervisor)
{
    if (supervisor < 0) {
        am_text_add(page->text, "<span class=\"quiet\">none</span>");
        return;
    }
    const struct am_supervisor *who = &page->caseload->supervisors[supervisor];
    am_text_html(page->text, who->code);
    if (page->detail == AM_DETAIL_NAMES && *who->name) {
        am_text_add(page->text, " <span class=\"name\">");
        am_text_html(page->text, who->name);
        am_text_add(page->text, "</span>");
    }
}

static void put_head(const struct am_html_page *page)
{
    am_text_add(page->text,
                "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"robots\" content=\"noindex\">\n"
                "<meta name=\"referrer\" content=\"no-referrer\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" "
                "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>Roster, ");
    am_text_window(page->text, page->caseload);
    am_text_add(page->text, "</title>\n<style>\n");
    am_html_style(page->text);
    am_text_add(page->text, "</style>\n</head>\n<body>\n<main>\n");
}

/* What the roster was made of, so that a printed sheet can be told from another. */
static void put_foot(const struct am_html_page *page)
{
    am_text_add(page->text, "</main>\n<footer>Made by amends ");
    am_text_html(page->text, page->context->version);
    am_text_add(page->text, " from the data of ");
    am_text_date(page->text, page->caseload->as_of);
    am_text_format(page->text, "; input %.12s, seed %d.</footer>\n</body>\n</html>\n",
                   page->caseload->sha256, (int)page->context->settings->seed);
}

am_status am_report_html(const struct am_roster_context *context, const struct am_roster *roster,
                         const struct am_figures *figures, enum am_detail detail, char **text,
                         struct am_err *err)
{
    struct am_text bytes = {0};
    const struct am_html_page page = {&bytes, context, context->caseload, roster, figures, detail};
    put_head(&page);
    am_html_summary_sheet(&page);
    for (int day = 0; day < am_caseload_days(context->caseload); day++)
        am_html_day_sheet(&page, day);
    am_html_list_sheets(&page);
    put_foot(&page);
    am_status status = am_text_status(&bytes, err);
    if (status)
        am_text_release(&bytes);
    *text = bytes.bytes;
    return status;
}
