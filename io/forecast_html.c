/* The page of a forecast: what a manager wants to know of the year ahead. */
#include <inttypes.h>

#include "io/forecast_parts.h"
#include "io/html_text.h"
#include "io/report_html_parts.h"
#include "io/report_words.h"

enum { LEDGER_ROWS = 300, JAM_ROWS = 15 };

/* ---- cells ---- */

static void open_tile(struct am_text *text, const char *title, bool warn)
{
    am_text_format(text, "<div%s><dt>%s</dt><dd>", warn ? " class=\"warn\"" : "", title);
}

static void put_tile(struct am_text *text, const char *title, int64_t figure, const char *small,
                     bool warn)
{
    open_tile(text, title, warn && figure > 0);
    am_text_thousands(text, figure);
    am_text_format(text, "<small>%s</small></dd></div>\n", small);
}

/* ---- the first sheet ---- */

static void put_chances(const struct am_forecast *forecast, struct am_text *text)
{
    int64_t on_time = 0, orders = 0;
    for (int j = 0; j < forecast->caseload->order_count; j++) {
        const struct am_order_future *future = am_forecast_future(forecast, j);
        if (!future || forecast->orders->orders[j].deadline == AM_NO_DATE)
            continue;
        on_time += future->on_time;
        orders++;
    }
    if (!forecast->futures)
        return;
    open_tile(text, "Likely to finish in time", false);
    am_text_thousands(text, on_time / forecast->futures->count);
    am_text_add(text, "<small>of ");
    am_text_thousands(text, orders);
    am_text_add(text, " open orders, on average over ");
    am_text_thousands(text, forecast->futures->count);
    am_text_add(text, " futures</small></dd></div>\n");
}

static void put_tiles(const struct am_forecast *forecast, struct am_text *text)
{
    const int *outlooks = forecast->ledger->outlooks;
    int open = outlooks[AM_ON_TRACK] + outlooks[AM_AT_RISK] + outlooks[AM_CANNOT_FINISH] +
               outlooks[AM_OVERDUE];
    am_text_add(text, "<dl class=\"tiles\">\n");
    put_tile(text, "Open orders", open, "with work left", false);
    put_tile(text, "On track", outlooks[AM_ON_TRACK], "time enough at expected attendance", false);
    put_tile(text, "At risk", outlooks[AM_AT_RISK], "only if more is attended than expected", true);
    put_tile(text, "Cannot finish in time", outlooks[AM_CANNOT_FINISH],
             "not even if everything were attended", true);
    put_tile(text, "Overdue", outlooks[AM_OVERDUE], "past their deadline", true);
    put_chances(forecast, text);
    put_tile(text, "To return to court", forecast->court->count, "listed in court.html", true);
    open_tile(text, "Education to spare", false);
    am_text_thousands(text, forecast->ete->wanted_min / 60);
    am_text_add(text, " h<small>of those who want it; ");
    am_text_thousands(text, forecast->ete->left_min / 60);
    am_text_add(text, " h in all</small></dd></div>\n</dl>\n");
}

static void put_fan(const struct am_forecast *forecast, struct am_text *text)
{
    am_text_add(text, "<h3>The weeks ahead</h3>\n");
    if (!forecast->futures) {
        am_text_add(text, "<p>No futures were simulated.</p>\n");
        return;
    }
    am_text_add(text, "<p>Who attends is uncertain, so the year was played through ");
    am_text_thousands(text, forecast->futures->count);
    am_text_add(text, " times. The line is the middle; in 80 of 100 futures the figure lies within "
                      "the band. New sentences are not counted.</p>\n");
    am_forecast_fan(text, forecast->futures);
}

static void put_plan(const struct am_forecast *forecast, struct am_text *text)
{
    const struct am_plan *plan = forecast->plan;
    am_text_add(text, "<h3>The plan behind it</h3>\n<div class=\"proof\">\n<p>Everybody's weeks "
                      "up to ");
    am_text_date(text, forecast->caseload->from + 7 * plan->horizon->weeks - 1);
    am_text_add(text, " were planned together, against the places, supervisors and non-working "
                      "days that there are.</p>\n<p>The plan is within ");
    am_text_ppm(text, am_plan_gap_ppm(plan));
    am_text_add(text, " of the best that there can be");
    am_text_add(text, forecast->stopped ? ", though it was cut short" : "");
    if (plan->horizon->arrival_count > 0)
        am_text_format(text, "; it keeps places for %d people yet to be sentenced",
                       plan->horizon->arrival_count);
    am_text_add(text, ".</p>\n</div>\n");
}

static void put_first_sheet(const struct am_forecast *forecast, struct am_text *text)
{
    am_text_add(text, "<section class=\"sheet\" aria-labelledby=\"title\">\n"
                      "<p class=\"over\">Community Payback</p>\n"
                      "<h1 id=\"title\">Will it finish in time?</h1>\n<p class=\"lead\">Forecast "
                      "from ");
    am_text_day(text, forecast->caseload->from);
    am_text_add(text, ", from the data of ");
    am_text_date(text, forecast->caseload->as_of);
    am_text_add(text, "</p>\n");
    put_tiles(forecast, text);
    put_fan(forecast, text);
    put_plan(forecast, text);
    am_text_add(text, "</section>\n");
}

/* ---- jams ---- */

static void put_jam(const struct am_forecast *forecast, struct am_text *text,
                    const struct am_jam *jam)
{
    static const char *const parts[AM_PART_COUNT] = {"weekdays", "Saturdays", "Sundays"};
    const struct am_place_kind *kind = &forecast->plan->horizon->kinds[jam->kind];
    const struct am_project *project = &forecast->caseload->projects[kind->project];
    am_text_add(text, "<tr><th scope=\"row\">");
    am_text_html(text, project->name[0] ? project->name : project->code);
    am_text_add(text, "</th><td>");
    am_text_html(text, am_forecast_area(forecast, kind->place));
    am_text_format(text, "</td><td>%s", parts[kind->part]);
    if (jam->features & ~(unsigned)AM_JAM_WEEKEND) {
        am_text_add(text, ", ");
        am_forecast_features(text, jam->features & ~(unsigned)AM_JAM_WEEKEND, ", ");
    }
    am_text_add(text, "</td><td>");
    am_forecast_day(text, forecast->caseload->from + 7 * jam->first_week, "");
    am_text_add(text, " to ");
    am_forecast_day(text, forecast->caseload->from + 7 * jam->last_week, "");
    am_text_format(text, "</td><td class=\"n\">%d</td><td class=\"n\">", jam->weeks);
    am_text_thousands(text, jam->worth / 1000);
    am_text_add(text, "</td><td class=\"n\">");
    if (jam->orders_hundredths >= 0)
        am_text_tenths(text, jam->orders_hundredths);
    am_text_add(text, "</td></tr>\n");
}

static void put_jams(const struct am_forecast *forecast, struct am_text *text)
{
    const struct am_jam_list *jams = forecast->jams;
    am_text_add(text, "<section class=\"sheet\">\n<h2>Where places are short</h2>\n");
    if (jams->count == 0) {
        am_text_add(text, "<p>Nowhere: in no week is there less room than the plan would use."
                          "</p>\n</section>\n");
        return;
    }
    am_text_add(
        text,
        "<p>In these weeks more people need a place than there are. The worth is what one "
        "more place in each of these sessions would save, in points; the last column is "
        "how many more orders would then finish in time, where that was tried.</p>\n"
        "<table class=\"list\">\n<thead><tr><th scope=\"col\">Project</th>"
        "<th scope=\"col\">Area</th><th scope=\"col\">Days</th><th scope=\"col\">Weeks "
        "beginning</th><th scope=\"col\" class=\"n\">Weeks short</th>"
        "<th scope=\"col\" class=\"n\">Worth</th><th scope=\"col\" class=\"n\">Orders more</th>"
        "</tr></thead>\n<tbody>\n");
    for (int i = 0; i < jams->count && i < JAM_ROWS; i++)
        put_jam(forecast, text, &jams->jams[i]);
    am_text_add(text, "</tbody>\n</table>\n");
    if (jams->count > JAM_ROWS)
        am_text_format(text, "<p class=\"quiet\">%d more are in jams.csv.</p>\n",
                       jams->count - JAM_ROWS);
    am_text_add(text, "</section>\n");
}

/* ---- the ledger ---- */

static const char *outlook_text(enum am_outlook outlook)
{
    static const char *const texts[] = {"on track", "at risk",  "cannot finish",
                                        "overdue",  "finished", "not active"};
    return texts[outlook];
}

static void put_chance(const struct am_forecast *forecast, struct am_text *text, int order)
{
    const struct am_order_future *future = am_forecast_future(forecast, order);
    am_text_add(text, "<td>");
    if (future && forecast->orders->orders[order].deadline != AM_NO_DATE) {
        int percent = am_futures_share(forecast->futures, future->on_time) / 100;
        am_text_format(text, "<span class=\"bar%s\"><i style=\"width:%d%%\"></i></span>%d&nbsp;%%",
                       percent < 50 ? " low" : "", percent, percent);
    }
    am_text_add(text, "</td><td>");
    if (future) {
        am_forecast_day(text, future->at50, "later");
        am_text_add(text, "</td><td>");
        am_forecast_day(text, future->at90, "later");
    } else
        am_text_add(text, "</td><td>");
    am_text_add(text, "</td>");
}

static void put_row(const struct am_forecast *forecast, struct am_text *text,
                    const struct am_ledger_entry *entry)
{
    const struct am_order_state *state = &forecast->orders->orders[entry->order];
    bool limited = state->deadline != AM_NO_DATE;
    am_text_add(text, "<tr><th scope=\"row\">");
    am_forecast_person(text, forecast, entry->order);
    am_text_format(text, "</th><td%s>%s</td><td>",
                   entry->outlook == AM_ON_TRACK ? "" : " class=\"bad\"",
                   outlook_text(entry->outlook));
    am_forecast_day(text, state->deadline, "none");
    am_text_add(text, "</td><td class=\"n\">");
    am_text_duration(text, entry->left_min);
    am_text_add(text, "</td><td>");
    am_forecast_day(text, entry->safe_start, limited ? "passed" : "");
    am_text_add(text, "</td><td>");
    am_forecast_day(text, entry->no_return, limited ? "passed" : "");
    am_text_add(text, "</td><td class=\"n\">");
    if (entry->no_return != AM_NO_DATE)
        am_text_format(text, "%d", entry->slack_weeks);
    am_text_add(text, "</td>");
    put_chance(forecast, text, entry->order);
    am_text_add(text, "</tr>\n");
}

static void put_ledger(const struct am_forecast *forecast, struct am_text *text)
{
    const struct am_order_ledger *ledger = forecast->ledger;
    int shown = 0, open = 0;
    am_text_add(text,
                "<section class=\"sheet\">\n<h2>Orders, by when it is too late</h2>\n"
                "<p>The <b>last safe start</b> is the Monday from which work at the expected "
                "attendance still finishes the order in time; the <b>point of no return</b> the "
                "Monday from which it still does if nothing at all is missed.</p>\n"
                "<table class=\"ledger\">\n<thead><tr><th scope=\"col\">Order</th>"
                "<th scope=\"col\">Status</th><th scope=\"col\">Deadline</th>"
                "<th scope=\"col\" class=\"n\">Left</th><th scope=\"col\">Last safe start</th>"
                "<th scope=\"col\">Point of no return</th>"
                "<th scope=\"col\" class=\"n\">Weeks to spare</th>"
                "<th scope=\"col\">Chance to be in time</th><th scope=\"col\">As likely as not "
                "by</th><th scope=\"col\">At 90&nbsp;% by</th></tr></thead>\n<tbody>\n");
    for (int i = 0; i < ledger->count; i++) {
        const struct am_ledger_entry *entry = &ledger->entries[i];
        if (!forecast->orders->orders[entry->order].open)
            continue;
        open++;
        if (shown < LEDGER_ROWS) {
            put_row(forecast, text, entry);
            shown++;
        }
    }
    am_text_add(text, "</tbody>\n</table>\n");
    if (open > shown)
        am_text_format(text,
                       "<p class=\"quiet\">%d more, all with more time, are in ledger.csv."
                       "</p>\n",
                       open - shown);
    am_text_add(text, "</section>\n");
}

/* ---- the whole ---- */

am_status am_forecast_html(const struct am_forecast *forecast, char **text, struct am_err *err)
{
    struct am_text bytes = {0};
    am_forecast_head(&bytes, forecast, "Forecast");
    put_first_sheet(forecast, &bytes);
    put_jams(forecast, &bytes);
    put_ledger(forecast, &bytes);
    am_forecast_foot(&bytes, forecast);
    return am_forecast_done(&bytes, text, err);
}
