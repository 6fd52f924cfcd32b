/*
 * compare_report - scenarios beside their base: a table, CSV, JSON and a chart.
 *
 * rows[0] is the base. People appear by CRN alone. The same rows give the same
 * bytes.
 */
#ifndef AM_IO_COMPARE_REPORT_H
#define AM_IO_COMPARE_REPORT_H

#include "io/compare_row.h"

struct am_comparison {
    const struct am_compare_row *rows;
    int count;
    const struct am_caseload *caseload; /* the base */
};

/* Is the figure known of every row? */
bool am_comparison_has(const struct am_comparison *comparison, enum am_figure figure);

/* Of row a against row b: "better", "worse", "same" or "within_gap"; or, where
 * points do not compare, "other_weights" or "other_people". */
const char *am_comparison_word(const struct am_comparison *comparison, int a, int b);

/* For the terminal; appended. people: name who gains and who loses. */
AM_MUST_CHECK am_status am_compare_table(const struct am_comparison *comparison, bool people,
                                         struct am_text *text, struct am_err *err);

/* scenarios.csv: a line a scenario; people.csv: a line for everybody who gains or
 * loses; pairs.csv: each scenario against each. All append. */
AM_MUST_CHECK am_status am_compare_csv(const struct am_comparison *comparison, struct am_text *text,
                                       struct am_err *err);
AM_MUST_CHECK am_status am_compare_people_csv(const struct am_comparison *comparison,
                                              struct am_text *text, struct am_err *err);
AM_MUST_CHECK am_status am_compare_pairs_csv(const struct am_comparison *comparison,
                                             struct am_text *text, struct am_err *err);
/* amends-comparison/1 */
AM_MUST_CHECK am_status am_compare_json(const struct am_comparison *comparison,
                                        struct am_text *text, struct am_err *err);
AM_MUST_CHECK am_status am_compare_svg(const struct am_comparison *comparison, struct am_text *text,
                                       struct am_err *err);

/* A file that is written with them. */
struct am_compare_file {
    const char *name, *text;
};

/* All of them into a folder, as one set, and `more` files that go with them. */
AM_MUST_CHECK am_status am_compare_write(const struct am_comparison *comparison, const char *folder,
                                         const struct am_compare_file *more, int more_count,
                                         struct am_err *err);

#endif
