/* What the terminal shows of a forecast. */
#include <inttypes.h>

#include "io/forecast_parts.h"
#include "io/report_words.h"

enum { LABEL_WIDTH = 16, JAMS_TOLD = 3 };

static void label(struct am_text *text, const char *word)
{
    am_text_format(text, "  %-*s", LABEL_WIDTH, word);
}

static void put_orders(struct am_text *text, const struct am_forecast *forecast)
{
    const int *outlooks = forecast->ledger->outlooks;
    label(text, "open orders");
    am_text_format(text, "%d on track, %d at risk, %d cannot finish in time, %d overdue\n",
                   outlooks[AM_ON_TRACK], outlooks[AM_AT_RISK], outlooks[AM_CANNOT_FINISH],
                   outlooks[AM_OVERDUE]);
    label(text, "to court");
    am_text_format(text, "%d order%s, in court.html\n", forecast->court->count,
                   forecast->court->count == 1 ? "" : "s");
}

static void put_futures(struct am_text *text, const struct am_forecast *forecast)
{
    const struct am_futures *futures = forecast->futures;
    int64_t on_time = 0, orders = 0;
    if (!futures)
        return;
    for (int j = 0; j < forecast->caseload->order_count; j++)
        if (forecast->orders->orders[j].open &&
            forecast->orders->orders[j].deadline != AM_NO_DATE) {
            on_time += futures->orders[j].on_time;
            orders++;
        }
    label(text, "in time");
    am_text_tenths(text, on_time * 100 / futures->count);
    am_text_format(text, " of %" PRId64 " orders, on average over ", orders);
    am_text_thousands(text, futures->count);
    am_text_add(text, " futures\n");
}

static void put_jams(struct am_text *text, const struct am_forecast *forecast)
{
    const struct am_jam_list *jams = forecast->jams;
    label(text, "short of places");
    am_text_format(text, "%d kind%s of place\n", jams->count, jams->count == 1 ? "" : "s");
    for (int i = 0; i < jams->count && i < JAMS_TOLD; i++) {
        const struct am_place_kind *kind = &forecast->plan->horizon->kinds[jams->jams[i].kind];
        am_text_format(text, "  %*s  ", LABEL_WIDTH + 4, "");
        am_text_plain(text, forecast->caseload->projects[kind->project].code);
        am_text_format(text, ", %s, %d week%s from ", am_week_part_word(kind->part),
                       jams->jams[i].weeks, jams->jams[i].weeks == 1 ? "" : "s");
        am_text_date(text, forecast->caseload->from + 7 * jams->jams[i].first_week);
        am_text_char(text, '\n');
    }
}

static void put_plan(struct am_text *text, const struct am_forecast *forecast)
{
    const struct am_plan *plan = forecast->plan;
    label(text, "education");
    am_text_duration(text, forecast->ete->wanted_min);
    am_text_add(text, " to spare for those who want it\n");
    label(text, "plan");
    am_text_format(text, "%d weeks, within ", plan->horizon->weeks);
    am_text_ppm(text, am_plan_gap_ppm(plan));
    am_text_format(text, " of the best%s\n", forecast->stopped ? ", cut short" : "");
}

am_status am_forecast_summary(const struct am_forecast *forecast, char **text, struct am_err *err)
{
    struct am_text bytes = {0};
    am_text_add(&bytes, "Forecast from ");
    am_text_day(&bytes, forecast->caseload->from);
    am_text_char(&bytes, '\n');
    put_orders(&bytes, forecast);
    put_futures(&bytes, forecast);
    put_jams(&bytes, forecast);
    put_plan(&bytes, forecast);
    return am_forecast_done(&bytes, text, err);
}
