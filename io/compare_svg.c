/*
 * The comparison as a chart: for each figure that matters a panel, in it a bar
 * for each scenario, from the base's value to the right (more) or left (less).
 * Colour says whether that is good; a hollow bar lies within the gap.
 */
#include <inttypes.h>

#include "io/compare_report.h"
#include "io/html_text.h"

enum {
    WIDTH = 760,
    LABELS = 240, /* left of the bars */
    FIGURES = 90, /* right of them, and left of the names' end */
    BAR = 14,     /* height */
    STEP = 20,    /* from one bar to the next */
    HEAD = 26,    /* of a panel's title */
    PANEL_GAP = 18,
    TOP = 48
};

static const enum am_figure panels[] = {
    AM_FIGURE_placed,
    AM_FIGURE_minutes,
    AM_FIGURE_late_starts,
    AM_FIGURE_at_risk,
    AM_FIGURE_cannot_finish,
    AM_FIGURE_women_unserved,
    AM_FIGURE_intensive_unserved,
    AM_FIGURE_idle_places,
    AM_FIGURE_travel_minutes,
    AM_FIGURE_stand_downs,
    AM_FIGURE_finish_late,
};

enum { PANELS = sizeof panels / sizeof panels[0] };

static int64_t difference(const struct am_comparison *comparison, int i, enum am_figure figure)
{
    return comparison->rows[i].tally.figures[figure] - comparison->rows[0].tally.figures[figure];
}

static int64_t widest(const struct am_comparison *comparison, enum am_figure figure)
{
    int64_t most = 1;
    for (int i = 1; i < comparison->count; i++) {
        int64_t value = difference(comparison, i, figure);
        value = value < 0 ? -value : value;
        most = value > most ? value : most;
    }
    return most;
}

static void put_bar(struct am_text *text, const struct am_comparison *comparison, int i,
                    enum am_figure figure, int y)
{
    int64_t value = difference(comparison, i, figure), most = widest(comparison, figure);
    int room = (WIDTH - LABELS - 2 * FIGURES) / 2, middle = LABELS + FIGURES + room;
    int length = (int)(room * (value < 0 ? -value : value) / most);
    bool good = (value > 0) == (am_figure_table[figure].better > 0);
    bool proven = am_compare_proofs(&comparison->rows[i].tally.proof,
                                    &comparison->rows[0].tally.proof) != AM_VERDICT_WITHIN_GAP;
    am_text_format(text, "<text x=\"%d\" y=\"%d\" class=\"n\">", LABELS - 8, y + BAR - 3);
    am_text_html(text, comparison->rows[i].name);
    am_text_add(text, "</text>");
    if (value != 0)
        am_text_format(text, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"%s%s\"/>",
                       value < 0 ? middle - length : middle, y, length > 0 ? length : 1, BAR,
                       good ? "g" : "b", proven ? "" : " h");
    am_text_format(text, "<text x=\"%d\" y=\"%d\" class=\"%s\">%s%s%" PRId64 "</text>\n",
                   value < 0 ? middle - length - 5 : middle + length + 5, y + BAR - 3,
                   value < 0 ? "v l" : "v", value != 0 && !proven ? "~" : "", value > 0 ? "+" : "",
                   value);
}

static int put_panel(struct am_text *text, const struct am_comparison *comparison,
                     enum am_figure figure, int y)
{
    const struct am_figure_row *row = &am_figure_table[figure];
    int room = (WIDTH - LABELS - 2 * FIGURES) / 2, middle = LABELS + FIGURES + room;
    int bottom = y + HEAD + STEP * (comparison->count - 1);
    am_text_format(text, "<text x=\"8\" y=\"%d\" class=\"t\">", y + HEAD - 10);
    am_text_html(text, row->title);
    am_text_format(text, " <tspan class=\"u\">base: %" PRId64 " ",
                   comparison->rows[0].tally.figures[figure]);
    am_text_html(text, row->unit);
    am_text_add(text, "</tspan></text>\n");
    for (int i = 1; i < comparison->count; i++)
        put_bar(text, comparison, i, figure, y + HEAD + STEP * (i - 1));
    am_text_format(text, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", middle, y + HEAD - 4,
                   middle, bottom);
    return bottom + PANEL_GAP;
}

am_status am_compare_svg(const struct am_comparison *comparison, struct am_text *text,
                         struct am_err *err)
{
    int shown = PANELS - !am_comparison_has(comparison, AM_FIGURE_finish_late);
    int height = TOP + shown * (HEAD + STEP * (comparison->count - 1) + PANEL_GAP);
    int y = TOP;
    am_text_format(text,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                   "viewBox=\"0 0 %d %d\" role=\"img\">\n"
                   "<title>Scenarios against the base</title>\n"
                   "<desc>Bars to the right: more than the base; to the left: less. Blue is "
                   "better, orange is worse. A hollow bar lies within the gap.</desc>\n"
                   "<style>text{font:12px sans-serif;fill:#0b0c0c}.t{font-weight:bold}"
                   ".u{font-weight:normal;fill:#505a5f}.n{text-anchor:end}.l{text-anchor:end}"
                   ".g{fill:#1d70b8;stroke:#1d70b8}.b{fill:#f47738;stroke:#f47738}"
                   ".h{fill:#ffffff}line{stroke:#0b0c0c}</style>\n"
                   "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n"
                   "<text x=\"8\" y=\"20\" class=\"t\">Scenarios against the base</text>\n"
                   "<text x=\"8\" y=\"36\" class=\"u\">blue: better, orange: worse, hollow (~): "
                   "within the gap</text>\n",
                   WIDTH, height, WIDTH, height);
    for (int i = 0; i < PANELS; i++)
        if (am_comparison_has(comparison, panels[i]))
            y = put_panel(text, comparison, panels[i], y);
    am_text_add(text, "</svg>\n");
    return am_text_status(text, err);
}
