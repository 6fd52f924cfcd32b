/* Sentences and style that the pages of a forecast share. */
#include <inttypes.h>

#include "io/forecast_parts.h"
#include "io/html_text.h"
#include "io/report_html_parts.h"
#include "io/report_words.h"

static const char *const rules[] = {
    ".fan{margin:4mm 0 0}.fan figcaption{font-weight:650;font-size:10pt;margin-bottom:1mm}",
    ".fan svg{width:100%;height:auto;display:block}",
    ".fan text{font-size:10px;fill:var(--quiet)}.fan .grid{stroke:var(--line);stroke-width:1}",
    ".fan .band{fill:#0b5c6333;stroke:none}",
    ".fan .middle{fill:none;stroke:var(--accent);stroke-width:2}",
    ".fan.overdue .band{fill:#8a3b0033}.fan.overdue .middle{stroke:var(--warn)}",
    ".ledger td,.ledger th{padding-top:.8mm;padding-bottom:.8mm;font-size:8.5pt}",
    ".ledger tbody td,.ledger tbody th{white-space:nowrap}",
    ".bar{display:inline-block;width:10mm;height:2.2mm;background:var(--line)}",
    ".bar{margin-right:1.5mm;vertical-align:middle}",
    ".bar,.band{-webkit-print-color-adjust:exact;print-color-adjust:exact}",
    ".bar i{display:block;height:100%;background:var(--accent)}.bar.low i{background:var(--warn)}",
    ".weeks{columns:2;column-gap:8mm;font-size:9pt}",
    ".facts{display:grid;grid-template-columns:52mm 1fr;gap:1mm 4mm;margin:3mm 0 0}",
    ".facts dt{color:var(--quiet)}.facts dd{margin:0}",
    "ul.plain{margin:1.5mm 0;padding-left:5mm}.plain li{margin:.6mm 0}",
    "@media print{.fan{break-inside:avoid}}",
};

void am_forecast_head(struct am_text *text, const struct am_forecast *forecast, const char *title)
{
    am_text_format(text,
                   "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"robots\" content=\"noindex\">\n"
                   "<meta name=\"referrer\" content=\"no-referrer\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" "
                   "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>%s, ",
                   title);
    am_text_window(text, forecast->caseload);
    am_text_add(text, "</title>\n<style>\n");
    am_html_style(text);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        am_text_add(text, rules[i]);
        am_text_char(text, '\n');
    }
    am_text_add(text, "</style>\n</head>\n<body>\n<main>\n");
}

void am_forecast_foot(struct am_text *text, const struct am_forecast *forecast)
{
    am_text_format(text, "</main>\n<footer>Made by amends %s from the data of ", forecast->version);
    am_text_date(text, forecast->caseload->as_of);
    am_text_format(text, "; input %.12s", forecast->caseload->sha256);
    if (forecast->futures)
        am_text_format(text, ", %d futures, seed %" PRIu64, forecast->futures->count,
                       forecast->futures->seed);
    am_text_add(text, ".</footer>\n</body>\n</html>\n");
}

void am_forecast_day(struct am_text *text, am_date date, const char *none)
{
    if (date == AM_NO_DATE) {
        am_text_add(text, none);
        return;
    }
    struct am_civil civil = am_civil_of(date);
    am_text_format(text, "%d %.3s %d", civil.day, am_month_name(civil.month), civil.year);
}

void am_forecast_person(struct am_text *text, const struct am_forecast *forecast, int order)
{
    int person = forecast->caseload->orders[order].person;
    const char *name = am_forecast_name(forecast, person);
    am_text_html(text, forecast->caseload->people[person].crn);
    am_text_char(text, '/');
    am_text_html(text, forecast->caseload->orders[order].event);
    if (name[0]) {
        am_text_add(text, " <span class=\"name\">");
        am_text_html(text, name);
        am_text_add(text, "</span>");
    }
}

/* ---- why an order does not finish ---- */

static void put_past(struct am_text *text, const struct am_forecast *forecast,
                     const struct am_ledger_entry *entry)
{
    am_text_add(text, "<p>The order should have been finished by ");
    am_text_date(text, forecast->orders->orders[entry->order].deadline);
    am_text_add(text, "; ");
    am_text_duration(text, entry->left_min);
    am_text_add(text, " are left to work.</p>\n");
}

/* How much of the time left the person's own availability, journeys and needs leave. */
static void put_possible(struct am_text *text, const struct am_forecast *forecast,
                         const struct am_ledger_entry *entry)
{
    am_text_add(text, "Up to the deadline, ");
    am_text_date(text, forecast->orders->orders[entry->order].deadline);
    if (entry->could_min == 0) {
        am_text_add(text, ", there is no session that this person could attend. ");
        return;
    }
    am_text_add(text, ", there are sessions that this person could attend for at most ");
    am_text_duration(text, entry->could_min);
    am_text_add(text, ", if every one of them were kept");
    if (entry->slack_min < 0) {
        am_text_add(text, ": ");
        am_text_duration(text, -entry->slack_min);
        am_text_add(text, " too little");
    }
    am_text_add(text, ". ");
}

static void put_short(struct am_text *text, const struct am_forecast *forecast,
                      const struct am_ledger_entry *entry)
{
    int empty = 0;
    for (int w = 0; w < entry->weeks_left; w++)
        empty += entry->weeks[w].most_min == 0;
    am_text_duration(text, entry->ahead_min);
    am_text_add(text, entry->ahead_min > entry->left_min
                          ? " are left to work for this order and those before it. "
                          : " are left to work. ");
    put_possible(text, forecast, entry);
    if (empty > 0 && entry->could_min > 0)
        am_text_format(text, "In %d of the %d weeks left there is none. ", empty,
                       entry->weeks_left);
}

/* Time enough, and yet not finished. */
static void put_unlikely(struct am_text *text, const struct am_forecast *forecast,
                         const struct am_court_entry *of)
{
    int person = am_forecast_order(forecast, &forecast->ledger->entries[of->entry])->person;
    int share = am_futures_share(forecast->futures, of->on_time);
    if (!am_forecast_placeable(forecast, person)) {
        am_text_add(text, "But there is none of a type of placement that suits the person, or "
                          "under a supervisor whom the case allows: so nothing can be booked.");
        return;
    }
    am_text_format(text,
                   "That would be enough; but this person is expected to keep %d %% of the "
                   "appointments, not each of these sessions takes them, and others need the same "
                   "places: in %d of 100 simulated futures the order is finished in time.",
                   forecast->caseload->people[person].attendance_percent, share / 100);
}

/* What keeps the person from sessions of the window: the rules that forbid most. */
static void put_rules(struct am_text *text, const struct am_forecast *forecast, int person)
{
    static const enum am_rule told[] = {AM_R2, AM_R3, AM_R11, AM_R13, AM_R10, AM_R7};
    const struct am_caseload *caseload = forecast->caseload;
    bool any = false;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        int32_t count =
            forecast->eligibility->forbidden_any[(size_t)person * AM_RULE_COUNT + told[i]];
        if (count * 5 < caseload->window_session_count)
            continue;
        am_text_add(text, any ? ""
                              : "<p>What keeps the person from the sessions of the window, "
                                "beginning on ");
        if (!any) {
            am_text_date(text, caseload->from);
            am_text_add(text, ":</p>\n<ul class=\"plain\">\n");
        }
        any = true;
        am_text_format(text, "<li>%d of %d sessions: ", count, caseload->window_session_count);
        am_text_reason(text, (int)told[i]);
        am_text_add(text, "</li>\n");
    }
    am_text_add(text, any ? "</ul>\n" : "");
}

void am_forecast_why(struct am_text *text, const struct am_forecast *forecast,
                     const struct am_court_entry *of)
{
    const struct am_ledger_entry *entry = &forecast->ledger->entries[of->entry];
    if (of->reason == AM_COURT_OVERDUE)
        put_past(text, forecast, entry);
    else {
        am_text_add(text, "<p>");
        put_short(text, forecast, entry);
        if (of->reason == AM_COURT_UNLIKELY)
            put_unlikely(text, forecast, of);
        am_text_add(text, "</p>\n");
    }
    put_rules(text, forecast, am_forecast_order(forecast, entry)->person);
}
