#include "io/register.h"

#include <stdlib.h>
#include <string.h>

#include "io/report_html_parts.h"
#include "io/report_words.h"

/* Lines that fit on a sheet, and how many of them stay blank where there is
 * room: tests/calendars/run_registers.sh prints them and counts the pages. */
enum { LINES = 19, BLANK_MOST = 5, BLANK_LEAST = 2 };

static const char *const rules[] = {
    ":root{--ink:#1b1f24;--quiet:#5a6570;--line:#8b96a1;--soft:#f3f6f8;--accent:#0b5c63}",
    "*{box-sizing:border-box}",
    "html{background:#e6eaee}",
    "body{margin:0;color:var(--ink);font:10.5pt/1.3 \"Segoe UI\",\"Helvetica Neue\",Arial,"
    "\"Liberation Sans\",\"DejaVu Sans\",sans-serif;font-variant-numeric:tabular-nums}",
    "main{max-width:210mm;margin:0 auto}",
    ".sheet{background:#fff;margin:8mm 0;padding:12mm 14mm;box-shadow:0 1px 4px #0003}",
    "header{display:grid;grid-template-columns:1fr auto;gap:0 8mm;align-items:end}",
    "h1,h2,p{margin:0;line-height:1.2}",
    ".over{grid-column:1/-1;color:var(--accent);font-weight:650;font-size:9.5pt;"
    "letter-spacing:.04em;margin-bottom:1mm}",
    "h2{font-size:16pt;font-weight:650;overflow-wrap:anywhere}",
    "h2 small{font-size:10.5pt;font-weight:400;color:var(--quiet)}",
    ".when{text-align:right;font-size:12pt;font-weight:650;white-space:nowrap}",
    ".when b{display:block;font-size:16pt;font-weight:650}",
    "dl{display:grid;grid-template-columns:auto 1fr auto 1fr;gap:.8mm 3mm;margin:3mm 0 4mm;"
    "padding:2.5mm 3mm;background:var(--soft);border-top:.9mm solid var(--accent)}",
    "dt{color:var(--quiet)}dd{margin:0;font-weight:650;overflow-wrap:anywhere}",
    "dd .name,dd span{font-weight:400}",
    "dd.wide{grid-column:2/-1}",
    "table{border-collapse:collapse;width:calc(100% - .3mm);table-layout:fixed}",
    "th,td{border:.25mm solid var(--line);text-align:left;vertical-align:middle;padding:.4mm 2mm}",
    "thead th{font-size:9pt;font-weight:650;color:var(--quiet);background:var(--soft);"
    "padding:1.2mm 2mm}",
    "thead small{float:right;font-size:8pt;font-weight:400;overflow-wrap:anywhere}",
    "tbody tr{height:9mm;break-inside:avoid}",
    "thead{display:table-header-group}",
    ".n{width:9mm;text-align:right;color:var(--quiet);font-weight:400}",
    ".who{width:52mm;line-height:1.15;overflow-wrap:anywhere}",
    ".who b{font-size:11.5pt}.who .name{display:block;font-weight:400;font-size:9.5pt}",
    ".who em{font-style:normal;font-size:9.5pt;white-space:nowrap}",
    ".time{width:23mm}",
    ".more{height:auto!important}",
    ".more th{font-size:9pt;font-weight:650;color:var(--quiet);background:var(--soft);"
    "padding:1mm 2mm}",
    ".end{break-inside:avoid;margin-top:5mm}",
    ".end p{display:flex;gap:3mm;align-items:end;margin:0 0 4.5mm}",
    ".end i{flex:1;border-bottom:.25mm solid var(--ink);min-width:14mm}",
    ".end .long{flex:3}",
    "small.foot{display:block;color:var(--quiet);font-size:8pt;line-height:1.35}",
    "@page{size:A4 portrait;margin:11mm 14mm}",
    "@media print{html{background:none}main{max-width:none}",
    ".sheet{margin:0;padding:0;box-shadow:none;break-before:page}",
    ".sheet:first-child{break-before:auto}",
    "dl,th{-webkit-print-color-adjust:exact;print-color-adjust:exact}}",
    "@media screen and (max-width:700px){.sheet{padding:6mm 4mm;overflow-x:auto}"
    "table{min-width:150mm}}",
};

static bool is_of(const struct am_roster *roster, int session, int supervisor)
{
    return roster->sessions[session].runs && roster->sessions[session].supervisor == supervisor;
}

int am_register_sessions(const struct am_roster *roster, int supervisor)
{
    int count = 0;
    for (int s = 0; s < roster->caseload->window_session_count; s++)
        count += is_of(roster, s, supervisor);
    return count;
}

/* ---- what stands above the lines ---- */

static void put_heading(const struct am_html_page *page, int index)
{
    struct am_text *text = page->text;
    const struct am_session *session = &page->caseload->sessions[index];
    const struct am_project *project = &page->caseload->projects[session->project];
    char from[AM_MINUTE_TEXT], to[AM_MINUTE_TEXT];
    am_text_add(text, "<header>\n<p class=\"over\">Sign-in sheet</p>\n<h2>");
    am_text_html(text, *project->name ? project->name : project->code);
    if (*project->name) {
        am_text_add(text, " <small>");
        am_text_html(text, project->code);
        am_text_add(text, "</small>");
    }
    if (project->women_only)
        am_text_add(text, " <small>women only</small>");
    am_text_add(text, "</h2>\n<p class=\"when\">");
    am_text_day(text, session->date);
    am_text_format(text, "<b>%s to %s</b></p>\n</header>\n", am_minute_format(session->start, from),
                   am_minute_format(session->start + session->minutes, to));
}

static void put_place(struct am_text *text, const struct am_place *place)
{
    am_text_html(text, place->name);
    if (*place->name && *place->address)
        am_text_add(text, ", ");
    am_html_element(text, "span", place->address);
}

static void put_facts(const struct am_html_page *page, int index)
{
    struct am_text *text = page->text;
    const struct am_session *session = &page->caseload->sessions[index];
    int leader = page->roster->sessions[index].supervisor;
    am_text_add(text, "<dl>\n<dt>Place</dt><dd class=\"wide\">");
    if (session->place >= 0)
        put_place(text, &page->caseload->places[session->place]);
    am_text_add(text, "</dd>\n<dt>Supervisor</dt><dd>");
    if (leader < 0 && session->supervised)
        am_text_add(text, "nobody yet");
    else if (leader < 0)
        am_text_add(text, "not needed");
    else
        am_html_supervisor(page, leader);
    am_text_format(text, "</dd>\n<dt>Booked</dt><dd>%d <span>for %d %s</span></dd>\n",
                   page->figures->sessions[index].booked, session->places,
                   session->places == 1 ? "place" : "places");
    am_text_add(text, "<dt>Session</dt><dd class=\"wide\"><span>");
    am_text_html(text, session->id);
    am_text_add(text, "</span></dd>\n</dl>\n");
}

/* ---- the lines ---- */

static void put_blank(struct am_text *text, int number)
{
    am_text_format(text,
                   "<tr><td class=\"n\">%d</td><td class=\"who\"></td><td></td><td></td><td></td>"
                   "</tr>\n",
                   number);
}

/* When somebody comes later or leaves earlier than the rest. */
static void put_own_time(struct am_text *text, const struct am_session *session,
                         const struct am_roster_appointment *appointment)
{
    char from[AM_MINUTE_TEXT], to[AM_MINUTE_TEXT];
    am_minute_format(appointment->start, from);
    am_minute_format(appointment->start + appointment->minutes, to);
    if (appointment->start != session->start)
        am_text_format(text, " <em>%s to %s</em>", from, to);
    else if (appointment->minutes != session->minutes)
        am_text_format(text, " <em>until %s</em>", to);
}

static void put_expected(const struct am_html_page *page,
                         const struct am_roster_appointment *appointment, int number)
{
    const struct am_person *person = &page->caseload->people[appointment->person];
    am_text_format(page->text, "<tr><td class=\"n\">%d</td><td class=\"who\"><b>", number);
    am_text_html(page->text, person->crn);
    am_text_add(page->text, "</b>");
    put_own_time(page->text, &page->caseload->sessions[appointment->session], appointment);
    if (page->detail == AM_DETAIL_NAMES && !person->limited_access && *person->name) {
        am_text_add(page->text, " <span class=\"name\">");
        am_text_html(page->text, person->name);
        am_text_add(page->text, "</span>");
    }
    am_text_add(page->text, "</td><td></td><td></td><td></td></tr>\n");
}

struct line {
    const char *crn;
    const struct am_roster_appointment *appointment;
};

static int by_crn(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    return strcmp(x->crn, y->crn);
}

static bool put_everybody(const struct am_html_page *page, int first, int count)
{
    struct line *lines = calloc((size_t)count + 1, sizeof *lines);
    if (!lines)
        return false;
    for (int i = 0; i < count; i++) {
        lines[i].appointment = &page->roster->appointments[first + i];
        lines[i].crn = page->caseload->people[lines[i].appointment->person].crn;
    }
    qsort(lines, (size_t)count, sizeof *lines, by_crn);
    for (int i = 0; i < count; i++)
        put_expected(page, lines[i].appointment, i + 1);
    free(lines);
    return true;
}

static int blank_lines(int people)
{
    int left = LINES - people;
    return left >= BLANK_LEAST && left < BLANK_MOST ? left : BLANK_MOST;
}

/* Which sheet this is, in few words. */
static void put_mark(const struct am_html_page *page, int index)
{
    const struct am_session *session = &page->caseload->sessions[index];
    am_text_html(page->text, session->id);
    am_text_add(page->text, ", ");
    am_text_date(page->text, session->date);
}

static bool put_lines(const struct am_html_page *page, int index)
{
    int first = am_roster_first(page->roster, index), count = am_roster_booked(page->roster, index);
    am_text_add(page->text, "<table>\n<thead><tr><th scope=\"col\" class=\"n\"></th>"
                            "<th scope=\"col\" class=\"who\">Expected</th>"
                            "<th scope=\"col\" class=\"time\">Arrival</th>"
                            "<th scope=\"col\" class=\"time\">Finish</th>"
                            "<th scope=\"col\">Notes <small>");
    put_mark(page, index); /* it stands on every page, should they be parted */
    am_text_add(page->text, "</small></th></tr></thead>\n<tbody>\n");
    for (int i = 0; i < count && page->detail == AM_DETAIL_COUNT; i++)
        put_blank(page->text, i + 1);
    if (page->detail != AM_DETAIL_COUNT && !put_everybody(page, first, count))
        return false;
    am_text_add(page->text, "<tr class=\"more\"><th colspan=\"5\" scope=\"rowgroup\">"
                            "Late additions</th></tr>\n");
    for (int i = 0; i < blank_lines(count); i++)
        put_blank(page->text, count + i + 1);
    am_text_add(page->text, "</tbody>\n</table>\n");
    return true;
}

/* ---- what stands below them ---- */

static void put_end(const struct am_html_page *page)
{
    am_text_add(page->text,
                "<div class=\"end\">\n"
                "<p>Came <i></i> Stood down <i></i> Stayed to the end <i></i></p>\n"
                "<p>Supervisor&#39;s signature <i class=\"long\"></i> Date <i></i></p>\n"
                "<small class=\"foot\">Personal data: keep it with you, and hand it in after the "
                "session. Made by amends ");
    am_text_html(page->text, page->context->version);
    am_text_add(page->text, " from the data of ");
    am_text_date(page->text, page->caseload->as_of);
    am_text_format(page->text, ", input %.12s.</small>\n</div>\n", page->caseload->sha256);
}

static bool put_sheet(const struct am_html_page *page, int index)
{
    am_text_add(page->text, "<section class=\"sheet\">\n");
    put_heading(page, index);
    put_facts(page, index);
    bool complete = put_lines(page, index);
    put_end(page);
    am_text_add(page->text, "</section>\n");
    return complete;
}

static void put_head(const struct am_html_page *page)
{
    am_text_add(page->text,
                "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"robots\" content=\"noindex\">\n"
                "<meta name=\"referrer\" content=\"no-referrer\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" "
                "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                "<title>Sign-in sheets, ");
    am_text_window(page->text, page->caseload);
    am_text_add(page->text, "</title>\n<style>\n");
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        am_text_add(page->text, rules[i]);
        am_text_char(page->text, '\n');
    }
    am_text_add(page->text, "</style>\n</head>\n<body>\n<main>\n");
}

am_status am_register_html(const struct am_register *what, int supervisor, struct am_text *text,
                           struct am_err *err)
{
    const struct am_roster *roster = what->roster;
    const struct am_html_page page = {text,   what->context, what->context->caseload,
                                      roster, what->figures, what->detail};
    bool complete = true;
    put_head(&page);
    for (int s = 0; s < roster->caseload->window_session_count && complete; s++)
        if (is_of(roster, s, supervisor))
            complete = put_sheet(&page, s);
    am_text_add(text, "</main>\n</body>\n</html>\n");
    return complete ? am_text_status(text, err) : am_fail_memory(err);
}
