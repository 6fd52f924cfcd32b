/* The first sheet: what a manager wants to know before anything else. */
#include <inttypes.h>

#include "io/report_html_parts.h"
#include "io/report_words.h"

/* ---- tiles ---- */

static void open_tile(struct am_text *text, const char *title, bool warn)
{
    am_text_format(text, "<div%s><dt>%s</dt><dd>", warn ? " class=\"warn\"" : "", title);
}

static void put_placed(struct am_text *text, const struct am_figures *figures)
{
    open_tile(text, "People placed", false);
    am_text_thousands(text, figures->placed);
    am_text_add(text, "<small>of ");
    am_text_thousands(text, figures->due);
    am_text_add(text, " due; ");
    am_text_thousands(text, figures->unplaced_count);
    am_text_add(text, " without a place</small></dd></div>\n");
}

static void put_run(struct am_text *text, const struct am_figures *figures)
{
    open_tile(text, "Sessions that run", false);
    am_text_thousands(text, figures->run_sessions);
    am_text_add(text, "<small>of ");
    am_text_thousands(text, figures->open_sessions);
    am_text_add(text, " that could be held</small></dd></div>\n");
}

static void put_seats(struct am_text *text, const struct am_figures *figures)
{
    open_tile(text, "Seats used", false);
    am_text_thousands(text, figures->seats_used);
    am_text_add(text, "<small>of ");
    am_text_thousands(text, figures->seats);
    am_text_add(text, "; about ");
    am_text_tenths(text, figures->expected_hundredths);
    am_text_add(text, " people expected</small></dd></div>\n");
}

static void put_work(struct am_text *text, const struct am_figures *figures)
{
    open_tile(text, "Work booked", false);
    am_text_thousands(text, figures->booked_min / 60);
    am_text_add(text, " h<small>in ");
    am_text_thousands(text, figures->appointments);
    am_text_format(text, " appointment%s</small></dd></div>\n",
                   figures->appointments == 1 ? "" : "s");
}

static void put_late(struct am_text *text, const struct am_figures *figures)
{
    int none = 0;
    for (int i = 0; i < figures->late_count; i++)
        none += figures->late[i].first == AM_NO_DATE;
    open_tile(text, "Late starts", figures->late_count > 0);
    am_text_thousands(text, figures->late_count);
    am_text_add(text, "<small>of which ");
    am_text_thousands(text, none);
    am_text_add(text, " not yet booked</small></dd></div>\n");
}

static void put_risk(struct am_text *text, const struct am_figures *figures)
{
    int beyond = figures->outlooks[AM_CANNOT_FINISH] + figures->outlooks[AM_OVERDUE];
    open_tile(text, "Orders at risk", figures->outlooks[AM_AT_RISK] > 0);
    am_text_thousands(text, figures->outlooks[AM_AT_RISK]);
    am_text_add(text, "<small>of not finishing in time</small></dd></div>\n");
    open_tile(text, "Cannot finish in time", beyond > 0);
    am_text_thousands(text, beyond);
    am_text_add(text, "<small>of which ");
    am_text_thousands(text, figures->outlooks[AM_OVERDUE]);
    am_text_add(text, " overdue</small></dd></div>\n");
}

static void put_travel(struct am_text *text, const struct am_figures *figures)
{
    open_tile(text, "Travel", false);
    if (figures->journeys == 0)
        am_text_add(text, "<span class=\"quiet\">unknown</span>");
    else {
        int64_t legs = 2 * (int64_t)figures->journeys;
        am_text_format(text, "%" PRId64 " min<small>each way on average</small>",
                       (figures->travel_min + legs / 2) / legs);
    }
    am_text_add(text, "</dd></div>\n");
}

/* ---- how good it is ---- */

static void put_proof(const struct am_html_page *page)
{
    struct am_text *text = page->text;
    const struct am_proof *proof = &page->roster->proof;
    am_text_add(text,
                "<h3>How good this roster is</h3>\n<div class=\"proof\">\n<p>This roster is ");
    am_text_verdict(text, page->roster);
    am_text_add(text, ".</p>\n<p>It scores ");
    am_text_thousands(text, proof->objective);
    am_text_add(text, " points (fewer is better); no roster that obeys the rules scores below ");
    am_text_thousands(text, proof->bound);
    am_text_add(text, ". With only what was already fixed it would be ");
    am_text_thousands(text, proof->fixed_only);
    am_text_add(text, ": ");
    am_text_ppm(text, am_proof_gap_ppm(proof));
    am_text_add(text, " of the possible improvement is not proven.</p>\n</div>\n");
}

/* ---- why people have no place ---- */

static void put_reasons(const struct am_html_page *page)
{
    struct am_text *text = page->text;
    struct am_reason_count reasons[AM_RULE_COUNT + 1];
    int count = am_reasons_sorted(page->figures, reasons);
    am_text_add(text, "<h3>Why people have no place</h3>\n");
    if (count == 0) {
        am_text_add(text, "<p>Everybody who is due has a place.</p>\n");
        return;
    }
    am_text_add(text, "<table class=\"brief\">\n<thead><tr><th scope=\"col\">Main reason</th>"
                      "<th scope=\"col\" class=\"n\">People</th></tr></thead>\n<tbody>\n");
    for (int i = 0; i < count; i++) {
        am_text_add(text, "<tr><td>");
        am_text_reason(text, reasons[i].reason);
        am_text_format(text, "</td><td class=\"n\">%d</td></tr>\n", reasons[i].people);
    }
    am_text_add(text, "</tbody>\n</table>\n");
}

/* ---- the days at a glance ---- */

struct day_total {
    int sessions;
    int64_t booked, expected, free;
};

static struct day_total total_of(const struct am_html_page *page, int first_day, int days)
{
    struct day_total total = {0};
    for (int s = 0; s < page->caseload->window_session_count; s++) {
        int day = page->caseload->sessions[s].date - page->caseload->from;
        if (day < first_day || day >= first_day + days || !page->roster->sessions[s].runs)
            continue;
        total.sessions++;
        total.booked += page->figures->sessions[s].booked;
        total.expected += page->figures->sessions[s].expected_hundredths;
        total.free += page->figures->sessions[s].places_free;
    }
    return total;
}

static void put_total(struct am_text *text, struct day_total total)
{
    am_text_format(text, "<td class=\"n\">%d</td><td class=\"n\">", total.sessions);
    am_text_thousands(text, total.booked);
    am_text_add(text, "</td><td class=\"n\">");
    am_text_tenths(text, total.expected);
    am_text_add(text, "</td><td class=\"n\">");
    am_text_thousands(text, total.free);
    am_text_add(text, "</td></tr>\n");
}

static void put_days(const struct am_html_page *page)
{
    struct am_text *text = page->text;
    int days = am_caseload_days(page->caseload);
    am_text_add(
        text, "<h3>Day by day</h3>\n<table class=\"brief\">\n<thead><tr><th scope=\"col\">Day</th>"
              "<th scope=\"col\" class=\"n\">Sessions</th>"
              "<th scope=\"col\" class=\"n\">Booked</th>"
              "<th scope=\"col\" class=\"n\">Expected</th>"
              "<th scope=\"col\" class=\"n\">Free</th></tr></thead>\n<tbody>\n");
    for (int day = 0; day < days; day++) {
        struct am_civil civil = am_civil_of(page->caseload->from + day);
        am_text_format(text, "<tr><th scope=\"row\">%.3s %d %s",
                       am_weekday_name(am_weekday_of(page->caseload->from + day)), civil.day,
                       am_month_name(civil.month));
        am_text_add(text, "</th>");
        put_total(text, total_of(page, day, 1));
    }
    am_text_add(text, "</tbody>\n<tfoot><tr><th scope=\"row\">All days</th>");
    put_total(text, total_of(page, 0, days));
    am_text_add(text, "</tfoot>\n</table>\n");
}

static void put_title(const struct am_html_page *page)
{
    struct am_text *text = page->text;
    am_text_add(text, "<section class=\"sheet\" aria-labelledby=\"title\">\n"
                      "<p class=\"over\">Community Payback</p>\n<h1 id=\"title\">Roster for ");
    am_text_window(text, page->caseload);
    am_text_add(text, "</h1>\n<p class=\"lead\">From the data of ");
    am_text_date(text, page->caseload->as_of);
    if (page->figures->change_count > 0)
        am_text_format(text, "; %d change%s to what was published", page->figures->change_count,
                       page->figures->change_count == 1 ? "" : "s");
    am_text_add(text, "</p>\n");
}

void am_html_summary_sheet(const struct am_html_page *page)
{
    struct am_text *text = page->text;
    put_title(page);
    am_text_add(text, "<dl class=\"tiles\">\n");
    put_placed(text, page->figures);
    put_run(text, page->figures);
    put_seats(text, page->figures);
    put_work(text, page->figures);
    put_late(text, page->figures);
    put_risk(text, page->figures);
    put_travel(text, page->figures);
    am_text_add(text, "</dl>\n");
    put_proof(page);
    am_text_add(text, "<div class=\"two\">\n<div>\n");
    put_days(page);
    am_text_add(text, "</div>\n<div>\n");
    put_reasons(page);
    am_text_add(text, "</div>\n</div>\n");
    am_html_short_orders(page);
    am_text_add(text, "</section>\n");
}
