/*
 * plan_whole - the completion plan as one integer program, for small horizons,
 * for what tests compare with, and for other engines.
 *
 * docs/formulation.md, section 8, as it stands there: x and r whole, n booked
 * by the end of each week, one variable for each max(0, ...) of the cost. In
 * points. Rows are named after the wish or rule that they state.
 */
#ifndef AM_SOLVER_PLAN_WHOLE_H
#define AM_SOLVER_PLAN_WHOLE_H

#include "model/plan.h"
#include "solver/lp.h"

struct am_plan_whole {
    const struct am_horizon *horizon;
    struct am_lp *lp;
    int *minutes; /* columns of the minutes: tables of all planned, one after the other; -1: none */
    size_t *first; /* of each planned's table */
    size_t size;   /* of all tables */
    struct am_arena arena;
};

/* Minutes that a plan may choose: the size of the model. */
int64_t am_plan_whole_choices(const struct am_horizon *horizon);

/* whole: minutes are integers; else the relaxation. The caller releases it,
 * whatever comes of this. */
AM_MUST_CHECK am_status am_plan_whole_build(struct am_plan_whole *whole,
                                            const struct am_horizon *horizon, bool integer,
                                            struct am_err *err);
void am_plan_whole_release(struct am_plan_whole *whole);

/* The minutes of the engine's integer answer, rounded: table of all planned. */
void am_plan_whole_read(const struct am_plan_whole *whole, int32_t *minutes);

#endif
