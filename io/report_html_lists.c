/* The last sheets: who needs somebody's attention. */
#include "io/report_html_parts.h"
#include "io/report_words.h"

static void open_sheet(struct am_text *text, const char *id, const char *title, const char *lead)
{
    am_text_format(text,
                   "<section class=\"sheet\" aria-labelledby=\"%s\">\n"
                   "<p class=\"over\">Community Payback roster</p>\n<h2 id=\"%s\">%s</h2>\n"
                   "<p class=\"lead\">%s</p>\n<table class=\"list\">\n<thead><tr>",
                   id, id, title, lead);
}

static void close_sheet(struct am_text *text)
{
    am_text_add(text, "</tbody>\n</table>\n</section>\n");
}

static void put_columns(struct am_text *text, const char *const *names, int count, int first_number)
{
    for (int i = 0; i < count; i++)
        am_text_format(text, "<th scope=\"col\"%s>%s</th>", i >= first_number ? " class=\"n\"" : "",
                       names[i]);
    am_text_add(text, "</tr></thead>\n<tbody>\n");
}

static void put_who(const struct am_html_page *page, int person)
{
    am_text_add(page->text, "<tr><th scope=\"row\">");
    am_html_person(page, person);
    am_text_add(page->text, "</th>");
}

static void put_minutes(struct am_text *text, int64_t minutes)
{
    am_text_add(text, "<td class=\"n\">");
    am_text_duration(text, minutes);
    am_text_add(text, "</td>");
}

static void put_date(struct am_text *text, am_date date, const char *none)
{
    am_text_add(text, "<td>");
    if (date == AM_NO_DATE)
        am_text_format(text, "<span class=\"none\">%s</span>", none);
    else
        am_text_date(text, date);
    am_text_add(text, "</td>");
}

/* ---- orders ---- */

static const char *outlook_text(enum am_outlook outlook)
{
    if (outlook == AM_AT_RISK)
        return "at risk";
    return outlook == AM_OVERDUE ? "<span class=\"bad\">overdue</span>"
                                 : "<span class=\"bad\">cannot finish</span>";
}

/* The gravest first: those for the list to go back to court. */
static const enum am_outlook sequence[] = {AM_OVERDUE, AM_CANNOT_FINISH, AM_AT_RISK};
enum { SEQUENCE_COUNT = sizeof sequence / sizeof *sequence, SHORT_LIST = 8 };

static int attention_count(const struct am_figures *figures)
{
    return figures->outlooks[AM_AT_RISK] + figures->outlooks[AM_CANNOT_FINISH] +
           figures->outlooks[AM_OVERDUE];
}

static void put_short_row(const struct am_html_page *page, int order, enum am_outlook outlook)
{
    struct am_text *text = page->text;
    put_who(page, page->caseload->orders[order].person);
    am_html_element(text, "td", page->caseload->orders[order].event);
    am_text_format(text, "<td>%s</td>", outlook_text(outlook));
    put_date(text, page->context->orders->orders[order].deadline, "none");
    put_minutes(text, page->context->orders->orders[order].remaining_min);
    am_text_add(text, "</tr>\n");
}

void am_html_short_orders(const struct am_html_page *page)
{
    static const char *const columns[] = {"Person", "Event", "Standing", "Deadline", "Remaining"};
    int told = 0, count = attention_count(page->figures);
    if (count == 0 || page->detail == AM_DETAIL_COUNT)
        return;
    am_text_add(page->text, "<h3>Orders to look at</h3>\n<table class=\"brief\">\n<thead><tr>");
    put_columns(page->text, columns, 5, 4);
    for (int i = 0; i < SEQUENCE_COUNT; i++)
        for (int j = 0; j < page->caseload->order_count && told < SHORT_LIST; j++)
            if (page->figures->orders[j].outlook == sequence[i]) {
                put_short_row(page, j, sequence[i]);
                told++;
            }
    am_text_add(page->text, "</tbody>\n</table>\n");
    if (count > told)
        am_text_format(page->text,
                       "<p class=\"quiet\">and %d more, on the sheet of orders below</p>\n",
                       count - told);
}

static void put_order(const struct am_html_page *page, int order, enum am_outlook outlook)
{
    struct am_text *text = page->text;
    const struct am_order_clock *clock = &page->context->clocks->orders[order];
    put_who(page, page->caseload->orders[order].person);
    am_html_element(text, "td", page->caseload->orders[order].event);
    am_text_format(text, "<td>%s</td>", outlook_text(outlook));
    put_date(text, page->context->orders->orders[order].deadline, "none");
    put_minutes(text, clock->ahead_min);
    put_minutes(text, page->figures->orders[order].booked_min);
    put_minutes(text, clock->window_min);
    put_minutes(text, clock->later_min);
    am_text_add(text, "</tr>\n");
}

static void put_orders(const struct am_html_page *page)
{
    static const char *const columns[] = {"Person", "Event",  "Standing",   "Deadline",
                                          "Ahead",  "Booked", "Could hold", "Later"};
    if (attention_count(page->figures) == 0)
        return;
    open_sheet(page->text, "orders", "Orders to look at",
               "Ahead: what is left of the order and of those worked before it. Could hold: the "
               "most that this window has room for. Later: the most that could still be worked "
               "after it, at full attendance. At risk: too little at the attendance expected.");
    put_columns(page->text, columns, 8, 4);
    for (int i = 0; i < SEQUENCE_COUNT; i++)
        for (int j = 0; j < page->caseload->order_count; j++)
            if (page->figures->orders[j].outlook == sequence[i])
                put_order(page, j, sequence[i]);
    close_sheet(page->text);
}

/* ---- late starts ---- */

static void put_late_starts(const struct am_html_page *page)
{
    static const char *const columns[] = {"Person", "Event", "Due to start by", "First appointment",
                                          "Days late"};
    if (page->figures->late_count == 0)
        return;
    open_sheet(page->text, "late", "Late starts",
               "First appointments after the start limit, and people who have none yet.");
    put_columns(page->text, columns, 5, 4);
    for (int i = 0; i < page->figures->late_count; i++) {
        const struct am_late_start *late = &page->figures->late[i];
        put_who(page, late->person);
        am_html_element(page->text, "td", page->caseload->orders[late->order].event);
        put_date(page->text, page->context->orders->orders[late->order].start_due, "none");
        put_date(page->text, late->first, "none booked");
        am_text_format(page->text, "<td class=\"n\">%s%d</td></tr>\n",
                       late->first == AM_NO_DATE ? "at least " : "", late->days_late);
    }
    close_sheet(page->text);
}

/* ---- people without a place ---- */

static void put_unplaced(const struct am_html_page *page)
{
    static const char *const columns[] = {"Person", "Main reason", "Sessions they could attend"};
    if (page->figures->unplaced_count == 0)
        return;
    open_sheet(page->text, "unplaced", "People without a place",
               "Every rule that stands in somebody's way is counted in roster.json.");
    put_columns(page->text, columns, 3, 2);
    for (int i = 0; i < page->figures->unplaced_count; i++) {
        const struct am_unplaced *unplaced = &page->figures->unplaced[i];
        put_who(page, unplaced->person);
        am_text_add(page->text, "<td>");
        am_text_reason(page->text, unplaced->reason);
        am_text_add(page->text, "</td><td class=\"n\">");
        am_text_thousands(page->text, unplaced->eligible);
        am_text_add(page->text, "</td></tr>\n");
    }
    close_sheet(page->text);
}

/* ---- changes ---- */

static void put_change_kind(const struct am_html_page *page, const struct am_change *change)
{
    struct am_text *text = page->text;
    switch (change->kind) {
    case AM_CHANGE_SESSION_STARTS:
        am_text_add(text, "runs now");
        break;
    case AM_CHANGE_SESSION_STOPS:
        am_text_add(text, "no longer runs");
        break;
    case AM_CHANGE_SUPERVISOR:
        am_text_add(text, "supervisor ");
        am_html_supervisor(page, change->new_leader);
        am_text_add(text, " instead of ");
        am_html_supervisor(page, change->old_leader);
        break;
    case AM_CHANGE_ADDED:
        am_text_add(text, "added: ");
        am_html_person(page, change->person);
        break;
    case AM_CHANGE_REMOVED:
        am_text_add(text, "taken out: ");
        am_html_person(page, change->person);
        break;
    }
}

static void put_changes(const struct am_html_page *page)
{
    static const char *const columns[] = {"Session", "Date", "Change"};
    if (page->figures->change_count == 0)
        return;
    open_sheet(page->text, "changes", "Changes to what was published",
               "Everybody named here has to be told.");
    put_columns(page->text, columns, 3, 3);
    for (int i = 0; i < page->figures->change_count; i++) {
        const struct am_change *change = &page->figures->changes[i];
        const struct am_session *session = &page->caseload->sessions[change->session];
        if (change->person >= 0 && page->detail == AM_DETAIL_COUNT)
            continue;
        am_text_add(page->text, "<tr><th scope=\"row\">");
        am_text_html(page->text, session->id);
        am_text_add(page->text, "</th>");
        put_date(page->text, session->date, "");
        am_text_add(page->text, "<td>");
        put_change_kind(page, change);
        am_text_add(page->text, "</td></tr>\n");
    }
    close_sheet(page->text);
}

void am_html_list_sheets(const struct am_html_page *page)
{
    if (page->detail != AM_DETAIL_COUNT) {
        put_orders(page);
        put_late_starts(page);
        put_unplaced(page);
    }
    put_changes(page);
}
