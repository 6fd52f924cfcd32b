/*
 * futures_plan - what the simulation (model/futures.h) needs to know of a plan.
 *
 * Orders of the setup: those of the caseload under their own numbers, then one
 * for each arrival. So am_futures.orders[j] is of the caseload's order j; of
 * one that is not planned (not open) it is all 0.
 */
#ifndef AM_MODEL_FUTURES_PLAN_H
#define AM_MODEL_FUTURES_PLAN_H

#include "model/futures.h"
#include "model/order.h"
#include "model/plan.h"

/* Everything is allocated in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_futures_setup_build(const struct am_plan *plan,
                                               const struct am_orders *orders,
                                               struct am_arena *arena,
                                               struct am_futures_setup *setup, struct am_err *err);

#endif
