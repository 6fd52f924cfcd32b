/* The tables of a forecast, for spreadsheets (io/emit_csv.h says how). */
#include "io/emit_csv.h"
#include "io/forecast_parts.h"

/* Hundredths of a percent as "82.5"; with one digit, rounded down. */
static void put_share(struct am_text *text, int hundredths)
{
    am_text_format(text, "%d.%d,", hundredths / 100, hundredths / 10 % 10);
}

static void put_head(struct am_text *text, const struct am_forecast *forecast, const char *columns)
{
    am_text_format(text, AM_CSV_MARK "crn,%s%s\r\n",
                   forecast->detail == AM_DETAIL_NAMES ? "name," : "", columns);
}

static void put_order(struct am_text *text, const struct am_forecast *forecast, int order)
{
    int person = forecast->caseload->orders[order].person;
    am_cell_text(text, forecast->caseload->people[person].crn);
    if (forecast->detail == AM_DETAIL_NAMES)
        am_cell_text(text, am_forecast_name(forecast, person));
    am_cell_text(text, forecast->caseload->orders[order].event);
}

/* ---- ledger.csv ---- */

static void put_chance(struct am_text *text, const struct am_forecast *forecast, int order)
{
    const struct am_order_future *future = am_forecast_future(forecast, order);
    if (!future) {
        am_text_add(text, ",,,,");
        return;
    }
    put_share(text, am_futures_share(forecast->futures, future->on_time));
    am_cell_date(text, future->at10);
    am_cell_date(text, future->at50);
    am_cell_date(text, future->at90);
}

static void put_ledger_row(struct am_text *text, const struct am_forecast *forecast,
                           const struct am_ledger_entry *entry)
{
    const struct am_order *order = am_forecast_order(forecast, entry);
    const struct am_order_state *state = &forecast->orders->orders[entry->order];
    bool limited = state->open && state->deadline != AM_NO_DATE;
    put_order(text, forecast, entry->order);
    am_cell_text(text, am_outlook_word(entry->outlook));
    am_cell_date(text, order->sentence_date);
    am_cell_date(text, state->deadline);
    am_cell_int(text, order->ordered_min);
    am_cell_int(text, order->adjustment_min);
    am_cell_int(text, order->worked_min);
    am_cell_int(text, entry->earned_min);
    am_cell_int(text, entry->left_min);
    am_cell_int_if(text, state->open, entry->ahead_min);
    am_cell_int(text, entry->ete_left_min);
    am_cell_date(text, entry->safe_start);
    am_cell_date(text, entry->no_return);
    am_cell_int_if(text, limited, entry->slack_weeks);
    am_cell_int_if(text, limited, entry->slack_min);
    am_cell_int_if(text, limited, entry->could_min);
    am_cell_int_if(text, limited, entry->sessions_left);
    am_cell_date(text, entry->start_due);
    am_cell_int_if(text, entry->start_due != AM_NO_DATE, entry->start_days);
    am_cell_int_if(text, state->open, am_forecast_planned(forecast, entry->order));
    put_chance(text, forecast, entry->order);
    am_row_end(text);
}

am_status am_forecast_ledger_csv(const struct am_forecast *forecast, char **text,
                                 struct am_err *err)
{
    struct am_text bytes = {0};
    put_head(&bytes, forecast,
             "event,status,sentence_date,deadline,ordered_minutes,adjustment_minutes,"
             "worked_minutes,earned_minutes,minutes_left,minutes_left_with_earlier_orders,"
             "ete_minutes_left,last_safe_start,point_of_no_return,slack_weeks,slack_minutes,"
             "minutes_possible,sessions_left,first_appointment_due,business_days_left,"
             "minutes_planned,chance_percent,finish_10,finish_50,finish_90");
    for (int i = 0; i < forecast->ledger->count; i++)
        put_ledger_row(&bytes, forecast, &forecast->ledger->entries[i]);
    return am_forecast_done(&bytes, text, err);
}

/* ---- court.csv ---- */

static void put_court_row(struct am_text *text, const struct am_forecast *forecast,
                          const struct am_court_entry *of)
{
    const struct am_ledger_entry *entry = &forecast->ledger->entries[of->entry];
    const struct am_ledger_record *record = &entry->record;
    put_order(text, forecast, entry->order);
    am_cell_text(text, am_court_reason_word(of->reason));
    am_cell_date(text, forecast->orders->orders[entry->order].deadline);
    am_cell_int(text, entry->left_min);
    am_cell_int_if(text, of->reason != AM_COURT_UNLIKELY,
                   entry->slack_min < 0 ? -entry->slack_min : 0);
    am_cell_date(text, record->since);
    am_cell_int(text, record->offered);
    am_cell_int(text, record->attended);
    am_cell_int(text, record->missed);
    am_cell_int(text, record->missed_unacceptable);
    am_cell_int(text, record->stood_down);
    am_cell_int(text, entry->could_min);
    am_cell_int(text, entry->sessions_left);
    if (forecast->futures)
        put_share(text, am_futures_share(forecast->futures, of->on_time));
    else
        am_text_char(text, ',');
    am_cell_date(text, entry->soonest);
    am_cell_date(text, of->at90);
    am_row_end(text);
}

am_status am_forecast_court_csv(const struct am_forecast *forecast, char **text, struct am_err *err)
{
    struct am_text bytes = {0};
    put_head(&bytes, forecast,
             "event,reason,deadline,minutes_left,minutes_short,on_record_since,offered,attended,"
             "missed,missed_unacceptable,stood_down,minutes_possible,sessions_left,"
             "chance_percent,earliest_finish,extension_90");
    for (int i = 0; i < forecast->court->count; i++)
        put_court_row(&bytes, forecast, &forecast->court->entries[i]);
    return am_forecast_done(&bytes, text, err);
}

/* ---- ete.csv ---- */

static void put_ete_person(struct am_text *text, const struct am_forecast *forecast,
                           const struct am_ete_person *of)
{
    put_order(text, forecast, of->order);
    am_cell_text(text, of->wants ? "yes" : "no");
    am_cell_int_if(text, of->allowance_min != AM_NO_LIMIT, of->allowance_min);
    am_cell_int(text, of->used_min);
    am_cell_int(text, of->left_min);
}

static void put_session(struct am_text *text, const struct am_caseload *caseload, int session)
{
    const struct am_session *at = &caseload->sessions[session];
    char start[AM_MINUTE_TEXT];
    am_cell_text(text, caseload->projects[at->project].code);
    am_cell_text(text, at->id);
    am_cell_date(text, at->date);
    am_cell_text(text, am_minute_format(at->start, start));
    am_cell_int(text, at->minutes);
}

am_status am_forecast_ete_csv(const struct am_forecast *forecast, char **text, struct am_err *err)
{
    const struct am_ete_use *ete = forecast->ete;
    struct am_text bytes = {0};
    put_head(&bytes, forecast,
             "event,wants_ete,allowance_minutes,used_minutes,left_minutes,project,session,date,"
             "start,minutes");
    for (int i = 0; i < ete->count; i++) {
        const struct am_ete_person *of = &ete->people[i];
        for (int s = 0; s < of->count || s == 0; s++) {
            put_ete_person(&bytes, forecast, of);
            if (of->count > 0)
                put_session(&bytes, forecast->caseload, ete->sessions[of->first + s]);
            else
                am_text_add(&bytes, ",,,,,");
            am_row_end(&bytes);
        }
    }
    return am_forecast_done(&bytes, text, err);
}

/* ---- fan.csv ---- */

static void put_spread(struct am_text *text, const struct am_spread *spread)
{
    am_cell_int(text, spread->at10);
    am_cell_int(text, spread->at50);
    am_cell_int(text, spread->at90);
}

am_status am_forecast_fan_csv(const struct am_forecast *forecast, char **text, struct am_err *err)
{
    const struct am_futures *futures = forecast->futures;
    struct am_text bytes = {0};
    am_text_add(&bytes, AM_CSV_MARK
                "week,open_10,open_50,open_90,overdue_10,overdue_50,overdue_90,"
                "arrivals_open_10,arrivals_open_50,arrivals_open_90,arrivals_overdue_10,"
                "arrivals_overdue_50,arrivals_overdue_90\r\n");
    for (int w = 0; futures && w < futures->week_count; w++) {
        am_cell_date(&bytes, futures->from + 7 * w);
        put_spread(&bytes, &futures->weeks[w].open);
        put_spread(&bytes, &futures->weeks[w].overdue);
        put_spread(&bytes, &futures->weeks[w].arrivals_open);
        put_spread(&bytes, &futures->weeks[w].arrivals_overdue);
        am_row_end(&bytes);
    }
    return am_forecast_done(&bytes, text, err);
}

/* ---- jams.csv ---- */

static void put_features(struct am_text *text, unsigned features)
{
    am_text_char(text, '"');
    am_forecast_features(text, features, "; ");
    am_text_add(text, "\",");
}

static void put_jam(struct am_text *text, const struct am_forecast *forecast,
                    const struct am_jam *jam)
{
    const struct am_horizon *horizon = forecast->plan->horizon;
    const struct am_place_kind *kind = &horizon->kinds[jam->kind];
    const struct am_project *project = &forecast->caseload->projects[kind->project];
    am_cell_text(text, project->code);
    am_cell_text(text, am_project_type_word(project->type));
    am_cell_text(text, am_forecast_area(forecast, kind->place));
    am_cell_text(text, am_week_part_word(kind->part));
    am_cell_int(text, kind->minutes);
    put_features(text, jam->features);
    am_cell_date(text, forecast->caseload->from + 7 * jam->first_week);
    am_cell_date(text, forecast->caseload->from + 7 * jam->last_week);
    am_cell_int(text, jam->weeks);
    am_cell_int(text, jam->places_min);
    am_cell_int(text, jam->used_min);
    am_cell_int(text, jam->worth / 1000);
    am_cell_int_if(text, jam->orders_hundredths >= 0, jam->orders_hundredths);
    am_row_end(text);
}

am_status am_forecast_jams_csv(const struct am_forecast *forecast, char **text, struct am_err *err)
{
    struct am_text bytes = {0};
    am_text_add(&bytes, AM_CSV_MARK
                "project,type,area,days,session_minutes,kind,first_week,last_week,weeks_short,"
                "place_minutes,planned_minutes,one_more_place_points,"
                "one_more_place_orders_hundredths\r\n");
    for (int i = 0; i < forecast->jams->count; i++)
        put_jam(&bytes, forecast, &forecast->jams->jams[i]);
    return am_forecast_done(&bytes, text, err);
}
