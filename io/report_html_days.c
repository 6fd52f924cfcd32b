/* A sheet a day: what a supervisor takes along. */
#include "io/report_html_parts.h"
#include "io/report_words.h"

static void put_times(struct am_text *text, const struct am_session *session)
{
    char from[AM_MINUTE_TEXT], to[AM_MINUTE_TEXT];
    am_text_format(text, "<th scope=\"row\" class=\"t\">%s<span>to %s</span></th>",
                   am_minute_format(session->start, from),
                   am_minute_format(session->start + session->minutes, to));
}

static void put_project(const struct am_html_page *page, const struct am_session *session)
{
    struct am_text *text = page->text;
    const struct am_project *project = &page->caseload->projects[session->project];
    am_text_add(text, "<td class=\"p\"><b>");
    am_text_html(text, *project->name ? project->name : project->code);
    am_text_add(text, "</b>");
    if (session->place >= 0) {
        const struct am_place *place = &page->caseload->places[session->place];
        if (*place->name)
            am_html_element(text, "span", place->name);
        if (*place->address)
            am_html_element(text, "span", place->address);
    }
    am_text_add(text, "<span>");
    am_text_html(text, project->code);
    if (project->women_only)
        am_text_add(text, ", women only");
    am_text_add(text, ", session ");
    am_text_html(text, session->id);
    am_text_add(text, "</span></td>");
}

static void put_person(const struct am_html_page *page,
                       const struct am_roster_appointment *appointment)
{
    const struct am_session *session = &page->caseload->sessions[appointment->session];
    am_text_add(page->text, "<li>");
    am_html_person(page, appointment->person);
    if (appointment->start != session->start || appointment->minutes != session->minutes) {
        char from[AM_MINUTE_TEXT], to[AM_MINUTE_TEXT];
        am_text_format(page->text, "<small>%s to %s</small>",
                       am_minute_format(appointment->start, from),
                       am_minute_format(appointment->start + appointment->minutes, to));
    }
    am_text_add(page->text, "</li>");
}

static void put_people(const struct am_html_page *page, int index)
{
    const struct am_roster *roster = page->roster;
    if (page->detail == AM_DETAIL_COUNT) {
        int booked = page->figures->sessions[index].booked;
        am_text_format(page->text, "<td>%d %s</td>", booked, booked == 1 ? "person" : "people");
        return;
    }
    am_text_format(page->text, "<td><ul class=\"people%s\">",
                   page->detail == AM_DETAIL_NAMES ? " named" : "");
    for (int i = am_roster_first(roster, index);
         i < roster->appointment_count && roster->appointments[i].session == index; i++)
        put_person(page, &roster->appointments[i]);
    am_text_add(page->text, "</ul></td>");
}

static void put_session(const struct am_html_page *page, int index)
{
    struct am_text *text = page->text;
    const struct am_session *session = &page->caseload->sessions[index];
    const struct am_session_figures *figures = &page->figures->sessions[index];
    int leader = page->roster->sessions[index].supervisor;
    am_text_add(text, "<tr>");
    put_times(text, session);
    put_project(page, session);
    am_text_add(text, "<td class=\"l\">");
    if (leader < 0 && session->supervised)
        am_text_add(text, "<span class=\"bad\">nobody yet</span>");
    else if (leader < 0)
        am_text_add(text, "<span class=\"quiet\">not needed</span>");
    else
        am_html_supervisor(page, leader);
    am_text_add(text, "</td>");
    put_people(page, index);
    am_text_format(text, "<td class=\"h\"><b>%d</b> of %d<span>", figures->booked, session->places);
    am_text_tenths(text, figures->expected_hundredths);
    am_text_format(text, " expected</span><span>%d free</span></td></tr>\n", figures->places_free);
}

static void put_running(const struct am_html_page *page, int first, int last)
{
    am_text_add(page->text,
                "<table class=\"day\">\n<thead><tr><th scope=\"col\" class=\"t\">Time</th>"
                "<th scope=\"col\" class=\"p\">Project and place</th>"
                "<th scope=\"col\" class=\"l\">Supervisor</th>"
                "<th scope=\"col\">People booked</th>"
                "<th scope=\"col\" class=\"h\">Places</th></tr></thead>\n<tbody>\n");
    for (int s = first; s < last; s++)
        if (page->roster->sessions[s].runs)
            put_session(page, s);
    am_text_add(page->text, "</tbody>\n</table>\n");
}

static void put_not_running(const struct am_html_page *page, int first, int last)
{
    struct am_text *text = page->text;
    am_text_add(text, "<table class=\"off\">\n<thead><tr><th scope=\"col\">Not running</th>"
                      "<th scope=\"col\">Time</th><th scope=\"col\">Why</th></tr></thead>\n"
                      "<tbody>\n");
    for (int s = first; s < last; s++) {
        const struct am_session *session = &page->caseload->sessions[s];
        const struct am_project *project = &page->caseload->projects[session->project];
        char from[AM_MINUTE_TEXT];
        if (page->roster->sessions[s].runs)
            continue;
        am_text_add(text, "<tr><th scope=\"row\">");
        am_text_html(text, *project->name ? project->name : project->code);
        am_text_add(text, " (");
        am_text_html(text, session->id);
        am_text_format(text, ")</th><td>%s</td><td>%s</td></tr>\n",
                       am_minute_format(session->start, from),
                       am_why_not_sentence(page->figures->sessions[s].why_not));
    }
    am_text_add(text, "</tbody>\n</table>\n");
}

/* Sessions of a date: from *first, before *last. They are sorted by date. */
static void sessions_of(const struct am_caseload *caseload, am_date date, int *first, int *last)
{
    int s = 0;
    while (s < caseload->window_session_count && caseload->sessions[s].date < date)
        s++;
    *first = s;
    while (s < caseload->window_session_count && caseload->sessions[s].date == date)
        s++;
    *last = s;
}

static void put_lead(const struct am_html_page *page, int first, int last, int running)
{
    int64_t booked = 0, expected = 0;
    for (int s = first; s < last; s++)
        if (page->roster->sessions[s].runs) {
            booked += page->figures->sessions[s].booked;
            expected += page->figures->sessions[s].expected_hundredths;
        }
    if (running == 0) {
        am_text_add(page->text, "<p class=\"lead\">Nothing runs</p>\n");
        return;
    }
    am_text_format(page->text, "<p class=\"lead\">%d session%s, ", running,
                   running == 1 ? "" : "s");
    am_text_thousands(page->text, booked);
    am_text_format(page->text, " %s booked, about ", booked == 1 ? "person" : "people");
    am_text_tenths(page->text, expected);
    am_text_add(page->text, " expected</p>\n");
}

void am_html_day_sheet(const struct am_html_page *page, int day)
{
    int first, last, running = 0;
    am_date date = page->caseload->from + day;
    sessions_of(page->caseload, date, &first, &last);
    if (first == last)
        return;
    for (int s = first; s < last; s++)
        running += page->roster->sessions[s].runs;
    am_text_format(page->text,
                   "<section class=\"sheet\" aria-labelledby=\"day-%d\">\n"
                   "<p class=\"over\">Community Payback roster</p>\n"
                   "<h2 id=\"day-%d\">",
                   day + 1, day + 1);
    am_text_day(page->text, date);
    am_text_add(page->text, "</h2>\n");
    put_lead(page, first, last, running);
    if (running > 0)
        put_running(page, first, last);
    if (running < last - first)
        put_not_running(page, first, last);
    am_text_add(page->text, "</section>\n");
}
