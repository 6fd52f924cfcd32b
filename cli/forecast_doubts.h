/*
 * forecast_doubts - what is most likely a slip where a caseload is forecast.
 */
#ifndef AM_CLI_FORECAST_DOUBTS_H
#define AM_CLI_FORECAST_DOUBTS_H

#include "base/diag.h"
#include "command/derived.h"
#include "model/horizon.h"
#include "model/order_ledger.h"

/* Add a warning for each active order that has been worked to its end or
 * beyond, each open one for which there is no session up to its deadline or
 * whose person can be placed nowhere, and a window after every deadline. */
void am_forecast_doubts(const struct am_derived *derived, const struct am_order_ledger *ledger,
                        const struct am_horizon *horizon, struct am_diag *diag);

#endif
