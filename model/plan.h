/*
 * plan - the completion plan: so many minutes for everybody, week by week, at
 * which kind of place.
 *
 * A plan refers to its horizon and must not outlive it. Cells are sorted by
 * planned, week, kind; each once, with minutes above 0. What a plan costs is
 * stated in docs/formulation.md, section 8, in thousandths of a point.
 */
#ifndef AM_MODEL_PLAN_H
#define AM_MODEL_PLAN_H

#include "model/horizon.h"

struct am_plan_cell {
    int32_t planned; /* in horizon.planned */
    int32_t week, kind;
    int32_t minutes;
};

/* The use of a kind in a week, and what one more place there is worth. */
struct am_plan_use {
    int32_t run_min;  /* session minutes that run: ceil(minutes booked / seats) */
    int64_t seat_min; /* minutes booked */
    int64_t price;    /* thousandths of a point that one more seat minute would save; >= 0 */
};

struct am_plan {
    struct am_arena arena;
    const struct am_horizon *horizon;
    struct am_plan_cell *cells;
    int cell_count;
    int32_t *first;            /* cells of planned i: first[i] .. first[i + 1] - 1 */
    struct am_plan_use *uses;  /* [kind * weeks + week] */
    int64_t *supervisor_price; /* [week * AM_SUPERVISED_ROWS + row]: of a supervisor's minute */
    int64_t objective;         /* thousandths of a point */
    int64_t bound;             /* no plan costs less */
};

/* What a plan's cost is made of, thousandths of a point. */
struct am_plan_cost {
    int64_t start, must, offer, left, travel; /* S1, S2, S3 by week and at the end, S6 with S5 */
    int64_t total;
};

void am_plan_release(struct am_plan *plan);

/* Make a plan of cells: sorted, uses reckoned, prices 0, objective set, bound
 * 0. The cells are copied. It need not be feasible. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_plan_make(struct am_plan *plan, const struct am_horizon *horizon,
                                     const struct am_plan_cell *cells, int cell_count,
                                     struct am_err *err);

/* The cost of one planned: minutes[w * option_count + o] of each week and option. */
struct am_plan_cost am_planned_cost(const struct am_horizon *horizon, int planned,
                                    const int32_t *minutes);

/* The cost of the plan's cells, reckoned anew. */
AM_MUST_CHECK am_status am_plan_cost(const struct am_plan *plan, struct am_plan_cost *cost,
                                     struct am_err *err);

/* Does the plan break no row: what each could attend, weeks, ETE, what is to
 * book, places, supervisors? What is broken first is told in err (AM_EINVALID). */
AM_MUST_CHECK am_status am_plan_check(const struct am_plan *plan, struct am_err *err);

/* Minutes that planned i books in a week; fixed ones are not included. */
int32_t am_plan_week_min(const struct am_plan *plan, int planned, int week);

/* Minutes short of planned i's target t at its deadline; 0 where it has none. */
int32_t am_plan_short_min(const struct am_plan *plan, int planned, int target);

/* (objective - bound) / bound in millionths, rounded up; 0 where they agree. */
int64_t am_plan_gap_ppm(const struct am_plan *plan);

#endif
