#include "io/open_report.h"

#include "io/emit_json.h"
#include "io/emit_csv.h"

/* ---- JSON ---- */

static void emit_points(struct am_emit *emit, const char *key, struct am_open_points points)
{
    am_emit_open(emit, key, '{', true);
    am_emit_int(emit, "objective", points.objective);
    am_emit_int(emit, "bound", points.bound);
    am_emit_close(emit);
}

void am_open_json(const struct am_open_result *result, struct am_text *text)
{
    struct am_emit emit;
    am_emit_init(&emit, text);
    am_emit_open(&emit, NULL, '{', false);
    am_emit_string(&emit, "format", "amends-open/1");
    am_emit_int(&emit, "budget_pounds", result->budget);
    am_emit_int(&emit, "cost_pounds", result->cost);
    am_emit_open(&emit, "candidates", '[', false);
    for (int i = 0; i < result->count; i++) {
        am_emit_open(&emit, NULL, '{', true);
        am_emit_string(&emit, "name", result->candidates[i].name);
        am_emit_int(&emit, "cost_pounds", result->candidates[i].cost_pounds);
        am_emit_bool(&emit, "open", result->taken[i]);
        am_emit_close(&emit);
    }
    am_emit_close(&emit);
    emit_points(&emit, "none_open", result->none);
    emit_points(&emit, "all_open", result->all);
    emit_points(&emit, "chosen", result->chosen);
    am_emit_open(&emit, "proof", '{', true);
    am_emit_int(&emit, "objective", result->chosen.objective);
    am_emit_int(&emit, "bound", result->bound);
    am_emit_int(&emit, "points_between", result->chosen.objective - result->bound);
    am_emit_close(&emit);
    am_emit_int(&emit, "rosters", result->rosters);
    am_emit_bool(&emit, "stopped", result->stopped);
    am_emit_close(&emit);
}

/* ---- CSV ---- */

void am_open_csv(const struct am_open_result *result, struct am_text *text)
{
    am_text_add(text, AM_CSV_MARK "candidate,open,cost_pounds,sentence\r\n");
    for (int i = 0; i < result->count; i++) {
        am_cell_text(text, result->candidates[i].name);
        am_cell_text(text, result->taken[i] ? "yes" : "no");
        am_cell_int(text, result->candidates[i].cost_pounds);
        am_cell_text(text, result->candidates[i].sentence);
        am_row_end(text);
    }
}

/* ---- text ---- */

static void say_number(struct am_text *text, const char *title, int64_t number, const char *unit)
{
    am_text_format(text, "  %-15s ", title);
    am_text_thousands(text, number);
    am_text_format(text, " %s\n", unit);
}

static void say_candidates(const struct am_open_result *result, struct am_text *text)
{
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < result->count; i++) {
            if (result->taken[i] != (pass == 0))
                continue;
            am_text_format(text, "  %-15s ", pass == 0 ? "open" : "leave");
            am_text_add(text, result->candidates[i].name);
            am_text_add(text, ", ");
            am_text_thousands(text, result->candidates[i].cost_pounds);
            am_text_add(text, result->candidates[i].sentence[0] ? " pounds: " : " pounds");
            am_text_add(text, result->candidates[i].sentence);
            am_text_char(text, '\n');
        }
}

void am_open_summary(const struct am_open_result *result, struct am_text *text)
{
    int64_t between = result->chosen.objective - result->bound;
    am_text_format(text, "What to open, of %d candidates, for ", result->count);
    am_text_thousands(text, result->budget);
    am_text_add(text, " pounds\n");
    say_candidates(result, text);
    say_number(text, "cost", result->cost, "pounds");
    say_number(text, "as it is", result->none.objective, "points");
    say_number(text, "with these", result->chosen.objective, "points");
    say_number(text, "with all", result->all.objective, "points");
    am_text_format(text, "  %-15s ", "proven");
    if (between < 1) {
        am_text_add(text, "no other choice within the budget has a better roster\n");
    } else {
        am_text_add(text, "no other choice within the budget comes below ");
        am_text_thousands(text, result->bound);
        am_text_add(text, " points (");
        am_text_thousands(text, between);
        am_text_add(text,
                    result->stopped ? " between; the search was cut short)\n" : " between)\n");
    }
}
