/* The court list: one printed page an order, with the evidence. */
#include <inttypes.h>

#include "io/forecast_parts.h"
#include "io/html_text.h"
#include "io/report_html_parts.h"
#include "io/report_words.h"

static const char *reason_title(enum am_court_reason reason)
{
    static const char *const titles[] = {"Overdue", "Cannot finish in time",
                                         "Unlikely to finish in time"};
    return titles[reason];
}

/* ---- facts ---- */

static void open_fact(struct am_text *text, const char *name)
{
    am_text_format(text, "<dt>%s</dt><dd>", name);
}

static void close_fact(struct am_text *text)
{
    am_text_add(text, "</dd>\n");
}

static void put_minutes(struct am_text *text, const char *name, int64_t minutes)
{
    open_fact(text, name);
    am_text_duration(text, minutes);
    close_fact(text);
}

static void put_date(struct am_text *text, const char *name, am_date date)
{
    open_fact(text, name);
    am_text_date(text, date);
    close_fact(text);
}

static void put_facts(struct am_text *text, const struct am_forecast *forecast,
                      const struct am_ledger_entry *entry)
{
    const struct am_order *order = am_forecast_order(forecast, entry);
    am_text_add(text, "<dl class=\"facts\">\n");
    put_date(text, "Sentenced", order->sentence_date);
    open_fact(text, "To be finished by");
    am_text_date(text, forecast->orders->orders[entry->order].deadline);
    am_text_add(text, order->own_deadline == AM_NO_DATE ? "" : " (as extended)");
    close_fact(text);
    put_minutes(text, "Ordered", order->ordered_min);
    if (order->adjustment_min != 0) {
        open_fact(text, "Adjusted by");
        am_text_add(text, order->adjustment_min < 0 ? "&minus;" : "");
        am_text_duration(text, order->adjustment_min < 0 ? -order->adjustment_min
                                                         : order->adjustment_min);
        close_fact(text);
    }
    put_minutes(text, "Worked", order->worked_min);
    if (order->ete_min > 0)
        put_minutes(text, "of which education", order->ete_min);
    if (entry->earned_min > 0)
        put_minutes(text, "Earned reduction so far", entry->earned_min);
    put_minutes(text, "Left to work", entry->left_min);
    am_text_add(text, "</dl>\n");
}

/* ---- what was offered ---- */

static void put_record(struct am_text *text, const struct am_ledger_record *record)
{
    am_text_add(text, "<h3>What was offered</h3>\n");
    if (record->since == AM_NO_DATE) {
        am_text_add(text, "<p>The caseload has no appointment of this order on record.</p>\n");
        return;
    }
    am_text_add(text, "<p>On record from ");
    am_text_date(text, record->since);
    am_text_add(text, ":</p>\n<table class=\"brief\">\n<thead><tr><th scope=\"col\" class=\"n\">"
                      "Offered</th><th scope=\"col\" class=\"n\">Attended</th>"
                      "<th scope=\"col\" class=\"n\">Missed, excused</th>"
                      "<th scope=\"col\" class=\"n\">Missed, not excused</th>"
                      "<th scope=\"col\" class=\"n\">Stood down by us</th>"
                      "<th scope=\"col\" class=\"n\">Time offered</th>"
                      "<th scope=\"col\" class=\"n\">Time credited</th></tr></thead>\n");
    am_text_format(text,
                   "<tbody><tr><td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">%d"
                   "</td><td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">",
                   record->offered, record->attended, record->missed, record->missed_unacceptable,
                   record->stood_down);
    am_text_duration(text, record->offered_min);
    am_text_add(text, "</td><td class=\"n\">");
    am_text_duration(text, record->credited_min);
    am_text_add(text, "</td></tr></tbody>\n</table>\n");
}

/* ---- what could be worked, week by week ---- */

static void put_run(struct am_text *text, const struct am_forecast *forecast,
                    const struct am_ledger_week *week, int first, int count)
{
    am_text_add(text, "<tr><td>");
    am_forecast_day(text, forecast->caseload->from + 7 * first, "");
    am_text_format(text, "</td><td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">",
                   count, week->days);
    am_text_duration(text, week->most_min);
    am_text_add(text, "</td></tr>\n");
}

/* Weeks alike stand on one line. */
static void put_weeks(struct am_text *text, const struct am_forecast *forecast,
                      const struct am_ledger_entry *entry)
{
    am_text_add(text, "<h3>What can still be worked, week by week</h3>\n");
    if (entry->weeks_left == 0) {
        am_text_add(text, "<p>No week is left before the deadline.</p>\n");
        return;
    }
    am_text_add(text, "<table class=\"brief\">\n<thead><tr><th scope=\"col\">From the week of</th>"
                      "<th scope=\"col\" class=\"n\">Weeks</th><th scope=\"col\" class=\"n\">Days "
                      "with a session this person could attend</th>"
                      "<th scope=\"col\" class=\"n\">Most that a week can hold</th></tr></thead>\n"
                      "<tbody>\n");
    for (int w = 0, first = 0; w < entry->weeks_left; w++) {
        const struct am_ledger_week *week = &entry->weeks[w];
        if (w + 1 < entry->weeks_left && week[1].most_min == week->most_min &&
            week[1].days == week->days)
            continue;
        put_run(text, forecast, week, first, w + 1 - first);
        first = w + 1;
    }
    am_text_add(text, "</tbody>\n</table>\n");
}

/* ---- what an extension would do ---- */

static void put_extension(struct am_text *text, const struct am_forecast *forecast,
                          const struct am_court_entry *of)
{
    const struct am_ledger_entry *entry = &forecast->ledger->entries[of->entry];
    am_text_add(text, "<h3>What an extension would do</h3>\n<p>");
    if (entry->soonest == AM_NO_DATE)
        am_text_add(text, "The sessions that this person could attend, as far as they are known, "
                          "do not suffice to finish the order at all.");
    else {
        am_text_add(text, "If nothing were missed and a place were always free, the order could be "
                          "finished on ");
        am_text_date(text, entry->soonest);
        am_text_char(text, '.');
    }
    if (forecast->futures && of->at90 != AM_NO_DATE) {
        am_text_add(text, " <b>Extended to ");
        am_text_date(text, of->at90);
        am_text_add(text, ", it is finished in time in 90 of 100 simulated futures</b>, in which "
                          "appointments are missed as usual and others take places too.");
    } else if (forecast->futures) {
        am_text_add(text, " <b>In 90 of 100 simulated futures it is not finished by ");
        am_text_date(text, am_forecast_end(forecast));
        am_text_add(text, "</b>, where the forecast ends.");
    }
    am_text_add(text, "</p>\n");
}

/* ---- the pages ---- */

static void put_order(struct am_text *text, const struct am_forecast *forecast, int number)
{
    const struct am_court_entry *of = &forecast->court->entries[number];
    const struct am_ledger_entry *entry = &forecast->ledger->entries[of->entry];
    am_text_format(text,
                   "<section class=\"sheet\">\n<p class=\"over\">%d of %d to return to court"
                   "</p>\n<h2>",
                   number + 1, forecast->court->count);
    am_forecast_person(text, forecast, entry->order);
    am_text_format(text, "</h2>\n<p class=\"lead bad\">%s</p>\n", reason_title(of->reason));
    put_facts(text, forecast, entry);
    am_text_add(text, "<h3>Why it does not finish in time</h3>\n");
    am_forecast_why(text, forecast, of);
    put_record(text, &entry->record);
    put_weeks(text, forecast, entry);
    put_extension(text, forecast, of);
    am_text_add(text, "</section>\n");
}

static void put_list(struct am_text *text, const struct am_forecast *forecast)
{
    const struct am_court *court = forecast->court;
    am_text_add(text, "<section class=\"sheet\" aria-labelledby=\"title\">\n"
                      "<p class=\"over\">Community Payback</p>\n"
                      "<h1 id=\"title\">Orders to return to court</h1>\n<p class=\"lead\">From the "
                      "data of ");
    am_text_date(text, forecast->caseload->as_of);
    am_text_format(text,
                   "</p>\n<p>%d overdue, %d that cannot finish in time even if everything were "
                   "attended, and %d that finish in time in fewer than %d of 100 simulated "
                   "futures. One page each follows, the worst first.</p>\n",
                   court->of_reason[AM_COURT_OVERDUE], court->of_reason[AM_COURT_CANNOT_FINISH],
                   court->of_reason[AM_COURT_UNLIKELY], AM_COURT_PERCENT);
    if (court->count > 0)
        am_text_add(text, "<table class=\"list\">\n<thead><tr><th scope=\"col\">Order</th>"
                          "<th scope=\"col\">Why</th><th scope=\"col\">Deadline</th>"
                          "<th scope=\"col\" class=\"n\">Left</th>"
                          "<th scope=\"col\">Extension needed (90&nbsp;%)</th></tr></thead>\n"
                          "<tbody>\n");
    for (int i = 0; i < court->count; i++) {
        const struct am_ledger_entry *entry = &forecast->ledger->entries[court->entries[i].entry];
        am_text_add(text, "<tr><th scope=\"row\">");
        am_forecast_person(text, forecast, entry->order);
        am_text_format(text, "</th><td>%s</td><td>", reason_title(court->entries[i].reason));
        am_forecast_day(text, forecast->orders->orders[entry->order].deadline, "");
        am_text_add(text, "</td><td class=\"n\">");
        am_text_duration(text, entry->left_min);
        am_text_add(text, "</td><td>");
        if (forecast->futures && court->entries[i].at90 == AM_NO_DATE) {
            am_text_add(text, "not by ");
            am_forecast_day(text, am_forecast_end(forecast), "");
        } else
            am_forecast_day(text, court->entries[i].at90, "");
        am_text_add(text, "</td></tr>\n");
    }
    am_text_add(text, court->count > 0 ? "</tbody>\n</table>\n</section>\n" : "</section>\n");
}

am_status am_forecast_court_html(const struct am_forecast *forecast, char **text,
                                 struct am_err *err)
{
    struct am_text bytes = {0};
    am_forecast_head(&bytes, forecast, "Orders to return to court");
    put_list(&bytes, forecast);
    for (int i = 0; i < forecast->court->count; i++)
        put_order(&bytes, forecast, i);
    am_forecast_foot(&bytes, forecast);
    return am_forecast_done(&bytes, text, err);
}
