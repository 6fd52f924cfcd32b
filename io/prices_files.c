/* The spreadsheet and the JSON. */
#include <inttypes.h>
#include <string.h>

#include "io/emit_json.h"
#include "io/prices_words.h"
#include "io/report_csv.h"

/* ---- CSV ---- */

static void put_cell(struct am_text *text, const char *value)
{
    am_text_csv_cell(text, value);
    am_text_char(text, ',');
}

static void put_number(struct am_text *text, bool known, int64_t value)
{
    if (known)
        am_text_format(text, "%" PRId64, value);
    am_text_char(text, ',');
}

static void put_date_cell(struct am_text *text, am_date date)
{
    char cell[AM_DATE_TEXT];
    put_cell(text, date == AM_NO_DATE ? "" : am_date_format(date, cell));
}

static void put_row(struct am_text *text, const struct am_prices *prices, int i)
{
    const struct am_caseload *caseload = prices->caseload;
    const struct am_price_row *row = &prices->rows[i];
    const struct am_project *project = row->project < 0 ? NULL : &caseload->projects[row->project];
    bool checked = row->checked;
    put_number(text, true, i + 1);
    put_cell(text, am_price_kind_word(row->kind));
    put_cell(text, project ? project->code : "");
    put_cell(text, project ? project->name : "");
    put_date_cell(text, am_price_monday(prices, row));
    put_date_cell(text, row->date);
    put_cell(text, row->session < 0 ? "" : caseload->sessions[row->session].id);
    put_number(text, row->people >= 0, row->people);
    put_number(text, true, row->estimate);
    put_number(text, true, row->at_most);
    put_number(text, checked, row->gain);
    put_number(text, checked && row->has_at_least, row->at_least);
    put_cell(text, !checked ? "" : row->proven ? "yes" : "no");
    put_number(text, checked, row->more.placed);
    put_number(text, checked, row->more.starting_on_time);
    put_number(text, checked, row->more.minutes);
    put_number(text, checked, row->more.orders_finished);
    if (checked)
        am_text_format(text, "%" PRId64, row->more.orders_on_track);
    am_text_add(text, "\r\n");
}

am_status am_prices_csv(const struct am_prices *prices, struct am_text *text, struct am_err *err)
{
    am_text_add(text, "\xef\xbb\xbf"
                      "rank,kind,project,project_name,week,date,session,people,estimate_points,"
                      "at_most_points,gained_points,at_least_points,gain_is_exact,more_placed,"
                      "more_starting_on_time,more_minutes,more_orders_finished,"
                      "more_orders_on_track\r\n");
    for (int i = 0; i < prices->row_count; i++)
        put_row(text, prices, i);
    return am_text_status(text, err);
}

/* ---- JSON ---- */

static void put_date(struct am_emit *emit, const char *key, am_date date)
{
    char text[AM_DATE_TEXT];
    if (date == AM_NO_DATE)
        am_emit_null(emit, key);
    else
        am_emit_string(emit, key, am_date_format(date, text));
}

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
    put_date(emit, "week", am_price_monday(prices, row));
    put_date(emit, "date", row->date);
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
