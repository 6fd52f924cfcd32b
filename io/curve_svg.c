/*
 * The drawing of a sweep: whole pixels, no text of the caseload but ids.
 */
#include <inttypes.h>

#include "io/curve_report.h"
#include "io/html_text.h"

enum {
    WIDTH = 720,
    HEIGHT = 420,
    LEFT = 90,
    RIGHT = 30,
    TOP = 50,
    BOTTOM = 60,
    LEGEND_LINE = 18,
    LEGEND_MOST = 20,
    TICKS = 6
};

/* Told apart by most who see colours differently (Okabe and Ito 2008). */
static const char *const colours[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                      "#e69f00", "#56b4e9", "#000000"};
enum { COLOURS = sizeof colours / sizeof colours[0] };

/* One axis: values low .. high over pixels from .. to. */
struct axis {
    int64_t low, high;
    int from, to;
};

static int pixel(struct axis axis, int64_t value)
{
    int64_t span = axis.high - axis.low;
    if (span == 0)
        return (axis.from + axis.to) / 2;
    return axis.from + (int)((value - axis.low) * (axis.to - axis.from) / span);
}

/* 1, 2, 5, 10, 20 ... so that there are at most TICKS of them. */
static int64_t tick_step(struct axis axis)
{
    static const int64_t steps[] = {1, 2, 5};
    int64_t span = axis.high - axis.low, power = 1;
    for (int i = 0;; i++) {
        int64_t step = steps[i % 3] * power;
        if (span / step < TICKS)
            return step;
        power *= i % 3 == 2 ? 10 : 1;
    }
}

static int64_t first_tick(struct axis axis, int64_t step)
{
    int64_t tick = axis.low / step * step;
    return tick < axis.low ? tick + step : tick;
}

static void draw_frame(struct am_text *text, struct axis x, struct axis y)
{
    int64_t step = tick_step(y);
    for (int64_t tick = first_tick(y, step); tick <= y.high; tick += step) {
        am_text_format(text,
                       "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"#ddd\"/>"
                       "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">",
                       x.from, x.to, pixel(y, tick), pixel(y, tick), x.from - 8,
                       pixel(y, tick) + 4);
        am_text_thousands(text, tick);
        am_text_add(text, "</text>\n");
    }
    step = tick_step(x);
    for (int64_t tick = first_tick(x, step); tick <= x.high; tick += step)
        am_text_format(text, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%" PRId64 "</text>\n",
                       pixel(x, tick), y.from + 20, tick);
    am_text_format(text, "<path d=\"M%d %dH%dM%d %dV%d\" stroke=\"#555\" fill=\"none\"/>\n", x.from,
                   y.from, x.to, x.from, y.from, y.to);
}

static void draw_line(struct am_text *text, const struct am_curve_line *line, const char *colour,
                      struct axis x, struct axis y)
{
    am_text_format(text, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"",
                   colour);
    for (int i = 0; i < line->count; i++)
        am_text_format(text, "%s%d,%d", i ? " " : "", pixel(x, line->points[i].value),
                       pixel(y, line->points[i].figure));
    am_text_add(text, "\"/>\n");
    for (int i = 0; i < line->count; i++)
        am_text_format(text, "<circle cx=\"%d\" cy=\"%d\" r=\"3\" fill=\"%s\"/>\n",
                       pixel(x, line->points[i].value), pixel(y, line->points[i].figure), colour);
    int enough = line->finding.enough;
    if (enough >= 0)
        am_text_format(text,
                       "<circle cx=\"%d\" cy=\"%d\" r=\"7\" fill=\"none\" stroke=\"%s\" "
                       "stroke-width=\"2\"/>\n",
                       pixel(x, line->points[enough].value), pixel(y, line->points[enough].figure),
                       colour);
}

static void draw_legend(struct am_text *text, const struct am_curves *curves,
                        const struct am_curve_line *lines, int count)
{
    for (int i = 0; i < count && i < LEGEND_MOST; i++) {
        int at = HEIGHT + LEGEND_LINE * i;
        struct am_text name = {0};
        am_curve_line_name(curves, &lines[i], &name);
        am_text_format(text,
                       "<rect x=\"%d\" y=\"%d\" width=\"18\" height=\"4\" fill=\"%s\"/>"
                       "<text x=\"%d\" y=\"%d\">",
                       LEFT, at - 6, colours[i % COLOURS], LEFT + 26, at);
        am_text_html(text, lines[i].scenario);
        am_text_add(text, name.size > 0 ? ", " : "");
        am_text_html(text, am_text_string(&name));
        am_text_add(text, "</text>\n");
        text->failed = text->failed || name.failed;
        am_text_release(&name);
    }
    if (count > LEGEND_MOST)
        am_text_format(text, "<text x=\"%d\" y=\"%d\">and %d more: see sweep.csv</text>\n",
                       LEFT + 26, HEIGHT + LEGEND_LINE * LEGEND_MOST, count - LEGEND_MOST);
}

static void widen(struct axis *axis, int64_t value)
{
    axis->low = value < axis->low ? value : axis->low;
    axis->high = value > axis->high ? value : axis->high;
}

static void draw_titles(struct am_text *text, const struct am_curves *curves)
{
    const struct am_figure_row *figure = &am_figure_table[curves->figure];
    am_text_format(text, "<text x=\"%d\" y=\"26\" font-size=\"16\">", LEFT);
    am_text_html(text, figure->title);
    am_text_add(text, " (");
    am_text_html(text, figure->unit);
    am_text_format(text, ")</text>\n<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">",
                   (LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 42);
    am_text_html(text, curves->sweeps[curves->sweep_count - 1].text);
    am_text_add(text, "</text>\n");
}

void am_curves_svg(const struct am_curves *curves, const struct am_curve_line *lines, int count,
                   struct am_text *text)
{
    const struct am_curve_point *start = &lines[0].points[0];
    struct axis x = {start->value, start->value, LEFT, WIDTH - RIGHT};
    struct axis y = {start->figure, start->figure, HEIGHT - BOTTOM, TOP};
    for (int i = 0; i < count; i++)
        for (int k = 0; k < lines[i].count; k++) {
            widen(&x, lines[i].points[k].value);
            widen(&y, lines[i].points[k].figure);
        }
    int rows = count < LEGEND_MOST ? count : LEGEND_MOST + 1;
    am_text_format(text,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
                   "height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">\n"
                   "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
                   WIDTH, HEIGHT + LEGEND_LINE * rows, WIDTH, HEIGHT + LEGEND_LINE * rows);
    draw_titles(text, curves);
    draw_frame(text, x, y);
    for (int i = 0; i < count; i++)
        draw_line(text, &lines[i], colours[i % COLOURS], x, y);
    draw_legend(text, curves, lines, count);
    am_text_add(text, "</svg>\n");
}
