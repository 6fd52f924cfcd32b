/* The fan: how many orders are open, and overdue, by week, as SVG. */
#include <inttypes.h>

#include "io/forecast_parts.h"

/* Of a drawing, in its own units. */
enum { WIDTH = 690, HEIGHT = 170, LEFT = 44, RIGHT = 12, TOP = 10, BOTTOM = 24, LINES = 4 };

struct chart {
    struct am_text *text;
    const struct am_futures *futures;
    const struct am_spread *(*pick)(const struct am_futures_week *week);
    int32_t top; /* the figure at the upper edge; at least LINES */
};

static const struct am_spread *pick_open(const struct am_futures_week *week)
{
    return &week->open;
}

static const struct am_spread *pick_overdue(const struct am_futures_week *week)
{
    return &week->overdue;
}

static int x_of(const struct chart *chart, int week)
{
    int steps = chart->futures->week_count > 1 ? chart->futures->week_count - 1 : 1;
    return LEFT + (WIDTH - LEFT - RIGHT) * week / steps;
}

static int y_of(const struct chart *chart, int32_t figure)
{
    return HEIGHT - BOTTOM - (int)((int64_t)(HEIGHT - TOP - BOTTOM) * figure / chart->top);
}

/* The least of 1, 2, 5, 10, 20 ... times LINES that is not below `most`. */
static int32_t round_top(int32_t most)
{
    static const int32_t steps[] = {1, 2, 5};
    int32_t ten = 1;
    for (;; ten *= 10)
        for (int i = 0; i < 3; i++)
            if ((int64_t)steps[i] * ten * LINES >= most || ten > INT32_MAX / 1000)
                return steps[i] * ten * LINES;
}

static int32_t find_top(const struct chart *chart)
{
    int32_t most = 0;
    for (int w = 0; w < chart->futures->week_count; w++) {
        int32_t figure = chart->pick(&chart->futures->weeks[w])->at90;
        most = figure > most ? figure : most;
    }
    return round_top(most);
}

static void put_grid(const struct chart *chart)
{
    for (int i = 0; i <= LINES; i++) {
        int32_t figure = chart->top / LINES * i;
        int y = y_of(chart, figure);
        am_text_format(chart->text,
                       "<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>"
                       "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">",
                       LEFT, y, WIDTH - RIGHT, y, LEFT - 6, y + 4);
        am_text_thousands(chart->text, figure);
        am_text_add(chart->text, "</text>\n");
    }
}

/* A label at the first week that begins in each month, every so many months. */
static void put_months(const struct chart *chart)
{
    int months = chart->futures->week_count / 4, every = months > 36 ? 6 : months > 12 ? 3 : 1;
    for (int w = 0; w < chart->futures->week_count; w++) {
        struct am_civil civil = am_civil_of(chart->futures->from + 7 * w);
        if (civil.day > 7 || (civil.month - 1) % every != 0 || x_of(chart, w) > WIDTH - RIGHT - 20)
            continue;
        am_text_format(chart->text,
                       "<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>"
                       "<text x=\"%d\" y=\"%d\">%.3s",
                       x_of(chart, w), HEIGHT - BOTTOM, x_of(chart, w), HEIGHT - BOTTOM + 4,
                       x_of(chart, w) - 2, HEIGHT - 6, am_month_name(civil.month));
        if (civil.month == 1 || w < 5)
            am_text_format(chart->text, " %d", civil.year);
        am_text_add(chart->text, "</text>\n");
    }
}

static void put_band(const struct chart *chart)
{
    int weeks = chart->futures->week_count;
    am_text_add(chart->text, "<path class=\"band\" d=\"");
    for (int w = 0; w < weeks; w++)
        am_text_format(chart->text, "%c%d %d", w ? 'L' : 'M', x_of(chart, w),
                       y_of(chart, chart->pick(&chart->futures->weeks[w])->at90));
    for (int w = weeks - 1; w >= 0; w--)
        am_text_format(chart->text, "L%d %d", x_of(chart, w),
                       y_of(chart, chart->pick(&chart->futures->weeks[w])->at10));
    am_text_add(chart->text, "Z\"/>\n<path class=\"middle\" d=\"");
    for (int w = 0; w < weeks; w++)
        am_text_format(chart->text, "%c%d %d", w ? 'L' : 'M', x_of(chart, w),
                       y_of(chart, chart->pick(&chart->futures->weeks[w])->at50));
    am_text_add(chart->text, "\"/>\n");
}

static void put_chart(struct chart *chart, const char *class, const char *title)
{
    chart->top = find_top(chart);
    am_text_format(chart->text,
                   "<figure class=\"fan %s\"><figcaption>%s</figcaption>\n"
                   "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
                   class, title, WIDTH, HEIGHT, title);
    put_grid(chart);
    put_months(chart);
    put_band(chart);
    am_text_add(chart->text, "</svg></figure>\n");
}

void am_forecast_fan(struct am_text *text, const struct am_futures *futures)
{
    struct chart open = {text, futures, pick_open, 0}, overdue = {text, futures, pick_overdue, 0};
    put_chart(&open, "open", "Orders not yet finished, at the end of each week");
    put_chart(&overdue, "overdue", "Of which past their deadline");
}
