/* Writes amends-forecast/1. */
#include "io/emit_json.h"
#include "io/forecast_parts.h"

static void put_made(struct am_emit *emit, const struct am_forecast *forecast)
{
    const struct am_caseload *caseload = forecast->caseload;
    am_emit_open(emit, "made", '{', false);
    am_emit_string(emit, "program", "amends");
    am_emit_string(emit, "version", forecast->version);
    am_emit_string(emit, "input_sha256", caseload->sha256);
    am_emit_date(emit, "as_of", caseload->as_of);
    am_emit_date(emit, "from", caseload->from);
    am_emit_int(emit, "weeks", forecast->plan->horizon->weeks);
    am_emit_int(emit, "weeks_beyond", forecast->weeks_beyond);
    am_emit_int(emit, "arrivals", forecast->plan->horizon->arrival_count);
    if (forecast->futures) {
        am_emit_int(emit, "futures", forecast->futures->count);
        am_emit_int(emit, "seed", (int64_t)forecast->futures->seed);
    } else {
        am_emit_int(emit, "futures", 0);
        am_emit_null(emit, "seed");
    }
    am_emit_bool(emit, "stopped", forecast->stopped);
    am_emit_close(emit);
}

static void put_counts(struct am_emit *emit, const struct am_forecast *forecast)
{
    am_emit_open(emit, "counts", '{', true);
    for (int o = AM_ON_TRACK; o <= AM_NOT_ACTIVE; o++)
        am_emit_int(emit, am_outlook_word((enum am_outlook)o), forecast->ledger->outlooks[o]);
    am_emit_close(emit);
}

static void put_plan(struct am_emit *emit, const struct am_plan *plan)
{
    am_emit_open(emit, "plan", '{', true);
    am_emit_int(emit, "objective", plan->objective);
    am_emit_int(emit, "bound", plan->bound);
    am_emit_int(emit, "gap_millionths", am_plan_gap_ppm(plan));
    am_emit_close(emit);
}

static void put_order(struct am_emit *emit, const struct am_forecast *forecast, int order)
{
    const struct am_order *of = &forecast->caseload->orders[order];
    am_emit_string(emit, "crn", forecast->caseload->people[of->person].crn);
    am_emit_string(emit, "event", of->event);
}

static void put_future(struct am_emit *emit, const struct am_forecast *forecast, int order)
{
    const struct am_order_future *future = am_forecast_future(forecast, order);
    if (!future) {
        am_emit_null(emit, "chance_hundredths");
        return;
    }
    am_emit_int(emit, "chance_hundredths", am_futures_share(forecast->futures, future->on_time));
    am_emit_date(emit, "finish_10", future->at10);
    am_emit_date(emit, "finish_50", future->at50);
    am_emit_date(emit, "finish_90", future->at90);
}

static void put_slack(struct am_emit *emit, const struct am_ledger_entry *entry)
{
    am_emit_date(emit, "last_safe_start", entry->safe_start);
    am_emit_date(emit, "point_of_no_return", entry->no_return);
    am_emit_int(emit, "slack_weeks", entry->slack_weeks);
    am_emit_int(emit, "slack_minutes", entry->slack_min);
    am_emit_int(emit, "minutes_possible", entry->could_min);
    am_emit_int(emit, "sessions_left", entry->sessions_left);
}

static void put_entry(struct am_emit *emit, const struct am_forecast *forecast,
                      const struct am_ledger_entry *entry)
{
    const struct am_order_state *state = &forecast->orders->orders[entry->order];
    am_emit_open(emit, NULL, '{', true);
    put_order(emit, forecast, entry->order);
    am_emit_string(emit, "status", am_outlook_word(entry->outlook));
    am_emit_date(emit, "deadline", state->deadline);
    am_emit_int(emit, "minutes_left", entry->left_min);
    am_emit_int(emit, "earned_minutes", entry->earned_min);
    am_emit_int(emit, "ete_minutes_left", entry->ete_left_min);
    if (state->open && state->deadline != AM_NO_DATE)
        put_slack(emit, entry);
    if (entry->start_due != AM_NO_DATE) {
        am_emit_date(emit, "first_appointment_due", entry->start_due);
        am_emit_int(emit, "business_days_left", entry->start_days);
    }
    if (state->open) {
        am_emit_int(emit, "minutes_planned", am_forecast_planned(forecast, entry->order));
        put_future(emit, forecast, entry->order);
    }
    am_emit_close(emit);
}

static void put_ledger(struct am_emit *emit, const struct am_forecast *forecast)
{
    am_emit_open(emit, "orders", '[', false);
    for (int i = 0; i < forecast->ledger->count; i++)
        put_entry(emit, forecast, &forecast->ledger->entries[i]);
    am_emit_close(emit);
}

static void put_court(struct am_emit *emit, const struct am_forecast *forecast)
{
    am_emit_open(emit, "court", '[', false);
    for (int i = 0; i < forecast->court->count; i++) {
        const struct am_court_entry *of = &forecast->court->entries[i];
        const struct am_ledger_entry *entry = &forecast->ledger->entries[of->entry];
        am_emit_open(emit, NULL, '{', true);
        put_order(emit, forecast, entry->order);
        am_emit_string(emit, "reason", am_court_reason_word(of->reason));
        am_emit_int(emit, "offered", entry->record.offered);
        am_emit_int(emit, "attended", entry->record.attended);
        am_emit_int(emit, "missed", entry->record.missed);
        am_emit_int(emit, "missed_unacceptable", entry->record.missed_unacceptable);
        am_emit_int(emit, "stood_down", entry->record.stood_down);
        am_emit_date(emit, "earliest_finish", entry->soonest);
        am_emit_date(emit, "extension_90", of->at90);
        am_emit_close(emit);
    }
    am_emit_close(emit);
}

static void put_spread(struct am_emit *emit, const char *key, const struct am_spread *spread)
{
    am_emit_open(emit, key, '[', true);
    am_emit_int(emit, NULL, spread->at10);
    am_emit_int(emit, NULL, spread->at50);
    am_emit_int(emit, NULL, spread->at90);
    am_emit_close(emit);
}

static void put_fan(struct am_emit *emit, const struct am_futures *futures)
{
    am_emit_open(emit, "fan", '[', false);
    for (int w = 0; futures && w < futures->week_count; w++) {
        am_emit_open(emit, NULL, '{', true);
        am_emit_date(emit, "week", futures->from + 7 * w);
        put_spread(emit, "open", &futures->weeks[w].open);
        put_spread(emit, "overdue", &futures->weeks[w].overdue);
        put_spread(emit, "arrivals_open", &futures->weeks[w].arrivals_open);
        put_spread(emit, "arrivals_overdue", &futures->weeks[w].arrivals_overdue);
        am_emit_close(emit);
    }
    am_emit_close(emit);
}

static void put_jam(struct am_emit *emit, const struct am_forecast *forecast,
                    const struct am_jam *jam)
{
    const struct am_place_kind *kind = &forecast->plan->horizon->kinds[jam->kind];
    am_emit_open(emit, NULL, '{', true);
    am_emit_string(emit, "project", forecast->caseload->projects[kind->project].code);
    am_emit_string(emit, "area", am_forecast_area(forecast, kind->place));
    am_emit_string(emit, "days", am_week_part_word(kind->part));
    am_emit_int(emit, "session_minutes", kind->minutes);
    am_emit_bool(emit, "women_only", (jam->features & AM_JAM_WOMEN_ONLY) != 0);
    am_emit_bool(emit, "ete", (jam->features & AM_JAM_ETE) != 0);
    am_emit_bool(emit, "light_duty", (jam->features & AM_JAM_LIGHT_DUTY) != 0);
    am_emit_date(emit, "first_week", forecast->caseload->from + 7 * jam->first_week);
    am_emit_date(emit, "last_week", forecast->caseload->from + 7 * jam->last_week);
    am_emit_int(emit, "weeks_short", jam->weeks);
    am_emit_int(emit, "place_minutes", jam->places_min);
    am_emit_int(emit, "planned_minutes", jam->used_min);
    am_emit_int(emit, "one_more_place_points", jam->worth / 1000);
    if (jam->orders_hundredths >= 0)
        am_emit_int(emit, "one_more_place_orders_hundredths", jam->orders_hundredths);
    else
        am_emit_null(emit, "one_more_place_orders_hundredths");
    am_emit_close(emit);
}

static void put_jams(struct am_emit *emit, const struct am_forecast *forecast)
{
    am_emit_open(emit, "jams", '[', false);
    for (int i = 0; i < forecast->jams->count; i++)
        put_jam(emit, forecast, &forecast->jams->jams[i]);
    am_emit_close(emit);
}

static void put_ete(struct am_emit *emit, const struct am_forecast *forecast)
{
    am_emit_open(emit, "ete", '[', false);
    for (int i = 0; i < forecast->ete->count; i++) {
        const struct am_ete_person *of = &forecast->ete->people[i];
        am_emit_open(emit, NULL, '{', true);
        put_order(emit, forecast, of->order);
        am_emit_bool(emit, "wants_ete", of->wants);
        am_emit_int(emit, "left_minutes", of->left_min);
        am_emit_int(emit, "sessions", of->count);
        am_emit_close(emit);
    }
    am_emit_close(emit);
}

am_status am_forecast_json(const struct am_forecast *forecast, char **text, struct am_err *err)
{
    struct am_text bytes = {0};
    struct am_emit emit;
    am_emit_init(&emit, &bytes);
    am_emit_open(&emit, NULL, '{', false);
    am_emit_string(&emit, "format", "amends-forecast/1");
    put_made(&emit, forecast);
    put_counts(&emit, forecast);
    put_plan(&emit, forecast->plan);
    put_ledger(&emit, forecast);
    put_court(&emit, forecast);
    put_ete(&emit, forecast);
    put_jams(&emit, forecast);
    put_fan(&emit, forecast->futures);
    am_emit_close(&emit);
    am_text_char(&bytes, '\n');
    return am_forecast_done(&bytes, text, err);
}
