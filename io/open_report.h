/*
 * open_report - what to open, for people, spreadsheets and programs.
 *
 *   open.json  amends-open/1: the candidates, the set chosen, the proof
 *   open.csv   a row for each candidate
 */
#ifndef AM_IO_OPEN_REPORT_H
#define AM_IO_OPEN_REPORT_H

#include "io/candidates_json.h"

/* Points of a best roster, and what is proven of them. */
struct am_open_points {
    int64_t objective, bound;
};

struct am_open_result {
    const struct am_candidate *candidates;
    const bool *taken;
    int count;
    int64_t budget, cost;
    struct am_open_points none, all, chosen;
    int64_t bound; /* no set within the budget has fewer points */
    int rosters;   /* that were made */
    bool stopped;  /* a limit cut it short */
};

/* Each appends. */
void am_open_json(const struct am_open_result *result, struct am_text *text);
void am_open_csv(const struct am_open_result *result, struct am_text *text);
void am_open_summary(const struct am_open_result *result, struct am_text *text);

#endif
