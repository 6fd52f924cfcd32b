/* The spreadsheet and the JSON. */
#include <string.h>

#include "io/emit_csv.h"
#include "io/emit_json.h"
#include "io/prices_words.h"

/* ---- CSV ---- */

static void put_row(struct am_text *text, const struct am_prices *prices, int i)
{
    const struct am_caseload *caseload = prices->caseload;
    const struct am_price_row *row = &prices->rows[i];
    const struct am_project *project = row->project < 0 ? NULL : &caseload->projects[row->project];
    bool checked = row->checked;
    am_cell_int(text, i + 1);
    am_cell_text(text, am_price_kind_word(row->kind));
    am_cell_text(text, project ? project->code : "");
    am_cell_text(text, project ? project->name : "");
    am_cell_date(text, am_price_monday(prices, row));
    am_cell_date(text, row->date);
    am_cell_text(text, row->session < 0 ? "" : caseload->sessions[row->session].id);
    am_cell_int_if(text, row->people >= 0, row->people);
    am_cell_int(text, row->estimate);
    am_cell_int(text, row->at_most);
    am_cell_int_if(text, checked, row->gain);
    am_cell_int_if(text, checked && row->has_at_least, row->at_least);
    am_cell_text(text, !checked ? "" : row->proven ? "yes" : "no");
    am_cell_int_if(text, checked, row->more.placed);
    am_cell_int_if(text, checked, row->more.starting_on_time);
    am_cell_int_if(text, checked, row->more.minutes);
    am_cell_int_if(text, checked, row->more.orders_finished);
    am_cell_int_if(text, checked, row->more.orders_on_track);
    am_row_end(text);
}

am_status am_prices_csv(const struct am_prices *prices, struct am_text *text, struct am_err *err)
{
    am_text_add(text, AM_CSV_MARK
                "rank,kind,project,project_name,week,date,session,people,estimate_points,"
                "at_most_points,gained_points,at_least_points,gain_is_exact,more_placed,"
                "more_starting_on_time,more_minutes,more_orders_finished,"
                "more_orders_on_track\r\n");
    for (int i = 0; i < prices->row_count; i++)
        put_row(text, prices, i);
    return am_text_status(text, err);
}

/* ---- JSON ---- */

static void put_made(struct am_emit *emit, const struct am_prices *prices)
{
    am_emit_open(emit, "made", '{', false);
    am_emit_string(emit, "program", "amends");
    am_emit_string(emit, "version", prices->version);
    am_emit_string(emit, "input_sha256", prices->caseload->sha256);
    am_emit_open(emit, "settings", '{', true);
    for (int i = 0; i < am_setting_count; i++)
        if (strcmp(am_setting_table[i].name, "threads") != 0)
            am_emit_int(emit, am_setting_table[i].name,
                        am_setting_value(prices->settings, &am_setting_table[i]));
    am_emit_close(emit);
    am_emit_int(emit, "travel_minutes", prices->minutes);
    am_emit_close(emit);
}

static void put_yield(struct am_emit *emit, const char *key, const struct am_yield *yield)
{
    am_emit_open(emit, key, '{', true);
    am_emit_int(emit, "placed", yield->placed);
    am_emit_int(emit, "starting_on_time", yield->starting_on_time);
    am_emit_int(emit, "minutes", yield->minutes);
    am_emit_int(emit, "orders_finished", yield->orders_finished);
    am_emit_int(emit, "orders_on_track", yield->orders_on_track);
    am_emit_close(emit);
}

static void put_base(struct am_emit *emit, const struct am_prices *prices)
{
    am_emit_open(emit, "roster", '{', false);
    am_emit_int(emit, "given_points", prices->given);
    am_emit_int(emit, "points", prices->base.objective);
    am_emit_int(emit, "bound", prices->base.bound);
    am_emit_bool(emit, "proven", prices->base_proven);
    put_yield(emit, "brings", &prices->yield);
    am_emit_close(emit);
}

static void put_checked(struct am_emit *emit, const struct am_price_row *row)
{
    if (!row->checked) {
        am_emit_null(emit, "made_again");
        return;
    }
    am_emit_open(emit, "made_again", '{', true);
    am_emit_int(emit, "gained_points", row->gain);
    if (row->has_at_least)
        am_emit_int(emit, "at_least_points", row->at_least);
    else
        am_emit_null(emit, "at_least_points");
    am_emit_bool(emit, "exact", row->proven);
    put_yield(emit, "more", &row->more);
    am_emit_close(emit);
}

static void put_entry(struct am_emit *emit, const struct am_prices *prices,
                      const struct am_price_row *row)
{
    const struct am_caseload *caseload = prices->caseload;
    am_emit_open(emit, NULL, '{', true);
    am_emit_string(emit, "kind", am_price_kind_word(row->kind));
    if (row->project < 0)
        am_emit_null(emit, "project");
    else
        am_emit_string(emit, "project", caseload->projects[row->project].code);
    am_emit_date(emit, "week", am_price_monday(prices, row));
    am_emit_date(emit, "date", row->date);
    if (row->session < 0)
        am_emit_null(emit, "session");
    else
        am_emit_string(emit, "session", caseload->sessions[row->session].id);
    if (row->people >= 0)
        am_emit_int(emit, "people", row->people);
    am_emit_int(emit, "estimate_points", row->estimate);
    am_emit_int(emit, "at_most_points", row->at_most);
    put_checked(emit, row);
    am_emit_close(emit);
}

am_status am_prices_json(const struct am_prices *prices, struct am_text *text, struct am_err *err)
{
    struct am_emit emit;
    am_emit_init(&emit, text);
    am_emit_open(&emit, NULL, '{', false);
    am_emit_string(&emit, "format", "amends-prices/1");
    put_made(&emit, prices);
    put_base(&emit, prices);
    am_emit_open(&emit, "worth", '[', false);
    for (int i = 0; i < prices->row_count; i++)
        put_entry(&emit, prices, &prices->rows[i]);
    am_emit_close(&emit);
    am_emit_close(&emit);
    return am_text_status(text, err);
}
