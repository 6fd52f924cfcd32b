/*
 * plan_json - write a completion plan (amends-plan/1).
 *
 * People by CRN alone. Lists are in a stable order, one element a line, so that
 * two plans can be compared line by line. docs/plan.schema.json describes every
 * field; io/plan_read.h reads it back.
 */
#ifndef AM_IO_PLAN_JSON_H
#define AM_IO_PLAN_JSON_H

#include "model/aims.h"
#include "model/plan.h"

/* What the plan's file tells beside the plan. */
struct am_plan_context {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    const struct am_clocks *clocks;
    const char *version; /* of the program */
    int64_t gap_ppm;     /* the settings of the search: struct am_planning */
    int steps;
    int arrivals_per_week; /* struct am_horizon_wishes */
};

/* The file's bytes into *text (freed by the caller with free). The same plan
 * gives the same bytes. */
AM_MUST_CHECK am_status am_plan_json(const struct am_plan_context *context,
                                     const struct am_plan *plan, char **text, struct am_err *err);

#endif
