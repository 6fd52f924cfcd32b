/*
 * aims - what a completion plan asks of each person in a window (S2, S4).
 *
 * A plan is followed by two curves a person: the minutes that it has booked by
 * the end of each week, and the least that must be booked by then, because the
 * weeks after have no room to make up for it. What has been credited since the
 * plan was made is taken off both, so a plan serves the weeks that follow, too.
 * docs/formulation.md, section 6, states the figures.
 */
#ifndef AM_MODEL_AIMS_H
#define AM_MODEL_AIMS_H

#include "model/caseload.h"
#include "model/clock.h"
#include "model/plan.h"

/* Minutes to be worked for all open orders of the person. */
int32_t am_aim_left_min(const struct am_caseload *caseload, const struct am_orders *orders,
                        const struct am_clocks *clocks, int person);

/* Seat minutes that the plan leaves, [kind * weeks + week]: in sessions that run,
 * and in those that still could. In the arena; NULL without memory. */
int64_t *am_plan_spare(const struct am_plan *plan, struct am_arena *arena);

/* Both curves of planned i, weeks entries each: what is fixed is booked too.
 * Later weeks can make up for what they have room for beside the plan, where the
 * person could attend: room that others may take as well. */
AM_MUST_CHECK am_status am_plan_curves(const struct am_plan *plan, const int64_t *spare,
                                       int planned, int32_t *by_min, int32_t *least_min,
                                       struct am_err *err);

/* Set caseload->people[].aim; people without a curve, or with an order that the
 * plan does not know, get none. The clocks are those without aims: build them
 * again after this. Fails with AM_EINVALID where the window is not within the
 * plan's weeks. */
AM_MUST_CHECK am_status am_aims_set(struct am_caseload *caseload, const struct am_orders *orders,
                                    const struct am_clocks *clocks, const struct am_aims *aims,
                                    struct am_err *err);

#endif
