#include "io/curve_report.h"

#include "io/emit_csv.h"
#include "io/emit_json.h"

enum { PENCE = 100 };

static const struct am_sweep *last_sweep(const struct am_curves *curves)
{
    return &curves->sweeps[curves->sweep_count - 1];
}

static const struct am_figure_row *figure_of(const struct am_curves *curves)
{
    return &am_figure_table[curves->figure];
}

/* ---- lines ---- */

/* More people cost more points: then a better roster is no gain. */
static bool is_comparable(const struct am_curve_line *line)
{
    for (int i = 0; i < line->count; i++)
        if (!line->rows[i].same_weights || !line->rows[i].same_people)
            return false;
    return true;
}

static void study(const struct am_curves *curves, struct am_curve_line *line)
{
    for (int i = 0; i < line->count; i++) {
        const struct am_compare_row *row = &line->rows[i];
        line->points[i] =
            (struct am_curve_point){.value = last_sweep(curves)->values[i],
                                    .figure = row->tally.figures[curves->figure],
                                    .proof = &row->tally.proof,
                                    .cost_pounds = row->has_cost ? row->cost_pounds : 0};
    }
    line->finding =
        am_curve_study(line->points, line->count,
                       (struct am_curve_question){figure_of(curves)->better, is_comparable(line),
                                                  curves->worth_pence});
}

am_status am_curve_lines(const struct am_curves *curves, struct am_arena *arena,
                         struct am_curve_line **lines, int *count, struct am_err *err)
{
    int points = am_sweep_points(curves->sweeps, curves->sweep_count);
    int length = last_sweep(curves)->count;
    *count = curves->curves * points / length;
    *lines = AM_ARENA_NEW(arena, (size_t)*count, struct am_curve_line);
    if (!*lines)
        return am_fail_memory(err);
    for (int i = 0; i < *count; i++) {
        int first = i * length;
        struct am_curve_line *line = &(*lines)[i];
        *line = (struct am_curve_line){
            .scenario = curves->names[first / points],
            .at = am_sweep_point(curves->sweeps, curves->sweep_count, first % points),
            .rows = &curves->rows[first],
            .points = AM_ARENA_NEW(arena, (size_t)length, struct am_curve_point),
            .count = length,
        };
        if (!line->points)
            return am_fail_memory(err);
        study(curves, line);
    }
    return AM_OK;
}

void am_curve_line_name(const struct am_curves *curves, const struct am_curve_line *line,
                        struct am_text *text)
{
    for (int i = 0; i + 1 < curves->sweep_count; i++)
        am_text_format(text, "%s%s %d", i ? ", " : "", curves->sweeps[i].text,
                       (int)line->at.values[i]);
}

/* ---- CSV ---- */

static void csv_head(const struct am_curves *curves, struct am_text *text)
{
    am_text_add(text, AM_CSV_MARK "scenario,");
    for (int i = 0; i < curves->sweep_count; i++)
        am_cell_text(text, curves->sweeps[i].text);
    for (int i = 0; i < AM_FIGURE_COUNT; i++)
        am_cell_text(text, am_figure_table[i].name);
    am_text_add(text, "objective,bound,cost_pounds\r\n");
}

void am_curves_csv(const struct am_curves *curves, struct am_text *text)
{
    int points = am_sweep_points(curves->sweeps, curves->sweep_count);
    csv_head(curves, text);
    for (int r = 0; r < curves->curves * points; r++) {
        const struct am_compare_row *row = &curves->rows[r];
        struct am_sweep_point point =
            am_sweep_point(curves->sweeps, curves->sweep_count, r % points);
        am_cell_text(text, curves->names[r / points]);
        for (int i = 0; i < curves->sweep_count; i++)
            am_cell_int(text, point.values[i]);
        for (int i = 0; i < AM_FIGURE_COUNT; i++)
            am_cell_int_if(text, row->tally.figures[i] != AM_FIGURE_UNKNOWN, row->tally.figures[i]);
        am_cell_int(text, row->tally.proof.objective);
        am_cell_int(text, row->tally.proof.bound);
        am_cell_int_if(text, row->has_cost, row->cost_pounds);
        am_row_end(text);
    }
}

/* ---- JSON ---- */

static void emit_at(struct am_emit *emit, const char *key, const struct am_curve_line *line,
                    int index)
{
    if (index < 0)
        am_emit_null(emit, key);
    else
        am_emit_int(emit, key, line->points[index].value);
}

static void emit_break_even(struct am_emit *emit, const struct am_curves *curves,
                            const struct am_curve_line *line)
{
    const struct am_curve_finding *finding = &line->finding;
    am_emit_open(emit, "break_even", '{', true);
    emit_at(emit, "first_proven_gain", line, finding->proven);
    emit_at(emit, "enough", line, finding->enough);
    emit_at(emit, "best", line, finding->best);
    emit_at(emit, "covers_its_cost", line, finding->covers);
    emit_at(emit, "most_for_the_money", line, finding->net);
    if (curves->worth_pence >= 0 && finding->net >= 0)
        am_emit_int(emit, "net_pence", finding->net_pence);
    am_emit_close(emit);
}

static void emit_point(struct am_emit *emit, const struct am_curve_line *line, int i)
{
    const struct am_compare_row *row = &line->rows[i];
    am_emit_open(emit, NULL, '{', true);
    am_emit_int(emit, "value", line->points[i].value);
    am_emit_string(emit, "name", row->name);
    am_emit_int(emit, "figure", line->points[i].figure);
    am_emit_int(emit, "objective", row->tally.proof.objective);
    am_emit_int(emit, "bound", row->tally.proof.bound);
    if (row->has_cost)
        am_emit_int(emit, "cost_pounds", row->cost_pounds);
    am_emit_close(emit);
}

static void emit_line(struct am_emit *emit, const struct am_curves *curves,
                      const struct am_curve_line *line)
{
    am_emit_open(emit, NULL, '{', false);
    am_emit_string(emit, "scenario", line->scenario);
    am_emit_open(emit, "at", '[', true);
    for (int i = 0; i + 1 < curves->sweep_count; i++)
        am_emit_int(emit, NULL, line->at.values[i]);
    am_emit_close(emit);
    emit_break_even(emit, curves, line);
    am_emit_open(emit, "points", '[', false);
    for (int i = 0; i < line->count; i++)
        emit_point(emit, line, i);
    am_emit_close(emit);
    am_emit_close(emit);
}

void am_curves_json(const struct am_curves *curves, const struct am_curve_line *lines, int count,
                    struct am_text *text)
{
    struct am_emit emit;
    am_emit_init(&emit, text);
    am_emit_open(&emit, NULL, '{', false);
    am_emit_string(&emit, "format", "amends-sweep/1");
    am_emit_string(&emit, "figure", figure_of(curves)->name);
    am_emit_string(&emit, "unit", figure_of(curves)->unit);
    if (curves->worth_pence >= 0)
        am_emit_int(&emit, "worth_pence", curves->worth_pence);
    am_emit_open(&emit, "sweeps", '[', true);
    for (int i = 0; i < curves->sweep_count; i++)
        am_emit_string(&emit, NULL, curves->sweeps[i].text);
    am_emit_close(&emit);
    am_emit_open(&emit, "lines", '[', false);
    for (int i = 0; i < count; i++)
        emit_line(&emit, curves, &lines[i]);
    am_emit_close(&emit);
    am_emit_close(&emit);
}

/* ---- text ---- */

static void say_title(const struct am_curves *curves, const struct am_curve_line *line,
                      struct am_text *text)
{
    am_text_format(text, "\n%s over %s, %s", figure_of(curves)->title, last_sweep(curves)->text,
                   line->scenario);
    am_text_add(text, curves->sweep_count > 1 ? " with " : "");
    am_curve_line_name(curves, line, text);
    am_text_char(text, '\n');
}

static void say_points(const struct am_curve_line *line, struct am_text *text)
{
    for (int i = 0; i < line->count; i++) {
        am_text_format(text, "  %8d  ", (int)line->points[i].value);
        am_text_thousands(text, line->points[i].figure);
        if (i > 0) {
            int64_t change = line->points[i].figure - line->points[0].figure;
            am_text_add(text, change > 0 ? "  (+" : change < 0 ? "  (-" : "  (same");
            if (change != 0)
                am_text_thousands(text, change < 0 ? -change : change);
            am_text_char(text, ')');
        }
        am_text_char(text, '\n');
    }
}

static void say_at(const struct am_curve_line *line, int index, const char *what, const char *none,
                   struct am_text *text)
{
    if (index >= 0)
        am_text_format(text, "  %s %d\n", what, (int)line->points[index].value);
    else if (none)
        am_text_format(text, "  %s\n", none);
}

static void say_money(const struct am_curves *curves, const struct am_curve_line *line,
                      struct am_text *text)
{
    if (curves->worth_pence < 0)
        return;
    say_at(line, line->finding.covers, "what it gains covers what it costs from",
           "nowhere does what it gains cover what it costs", text);
    if (line->finding.net > 0) {
        am_text_format(text,
                       "  most for the money at %d: ", (int)line->points[line->finding.net].value);
        am_text_thousands(text, line->finding.net_pence / PENCE);
        am_text_add(text, " pounds more than it costs\n");
    }
}

void am_curves_summary(const struct am_curves *curves, const struct am_curve_line *lines, int count,
                       struct am_text *text)
{
    for (int i = 0; i < count; i++) {
        const struct am_curve_line *line = &lines[i];
        say_title(curves, line, text);
        say_points(line, text);
        if (line->finding.enough >= 0) {
            say_at(line, line->finding.proven, "the first gain that is proven is at",
                   "no value is proven better than the first", text);
            say_at(line, line->finding.enough, "nothing more is proven to be gained beyond", NULL,
                   text);
        }
        say_at(line, line->finding.best, "the figure is best at", NULL, text);
        say_money(curves, line, text);
    }
}
