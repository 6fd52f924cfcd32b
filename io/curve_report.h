/*
 * curve_report - the curves of a sweep: a table, JSON, a drawing, some lines of text.
 *
 *   sweep.csv   a row for each point: the values, every figure, the proof
 *   sweep.json  the same by lines, and where each breaks even (amends-sweep/1)
 *   sweep.svg   the figure over the last sweep, a line for each scenario and for
 *               each value of the other sweeps
 *
 * What is said of people is how many.
 */
#ifndef AM_IO_CURVE_REPORT_H
#define AM_IO_CURVE_REPORT_H

#include "io/compare_row.h"
#include "io/sweep.h"
#include "model/curve.h"

struct am_curves {
    const struct am_sweep *sweeps;
    int sweep_count; /* at least 1 */
    int curves;      /* on the base, and on each scenario */
    const char *const *names;
    const struct am_compare_row *rows; /* by curve, then by point (am_sweep_point) */
    enum am_figure figure;
    int64_t worth_pence; /* -1: not given */
};

/* One line: the last sweep's values with all else the same. */
struct am_curve_line {
    const char *scenario;
    struct am_sweep_point at; /* its first point: what else it is at */
    const struct am_compare_row *rows;
    struct am_curve_point *points;
    int count;
    struct am_curve_finding finding;
};

/* All lines, in arena; *count of them. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_curve_lines(const struct am_curves *curves, struct am_arena *arena,
                                       struct am_curve_line **lines, int *count,
                                       struct am_err *err);

/* Each appends. */
void am_curves_csv(const struct am_curves *curves, struct am_text *text);
void am_curves_json(const struct am_curves *curves, const struct am_curve_line *lines, int count,
                    struct am_text *text);
void am_curves_svg(const struct am_curves *curves, const struct am_curve_line *lines, int count,
                   struct am_text *text);
void am_curves_summary(const struct am_curves *curves, const struct am_curve_line *lines, int count,
                       struct am_text *text);

/* "add_places:TOW 5, scale_arrivals 120": the values of a line that are not of the
 * last sweep; "" where there are none. */
void am_curve_line_name(const struct am_curves *curves, const struct am_curve_line *line,
                        struct am_text *text);

#endif
