/*
 * scenario_forecast - how many orders will finish late, as a figure of a scenario.
 */
#ifndef AM_CLI_SCENARIO_FORECAST_H
#define AM_CLI_SCENARIO_FORECAST_H

#include <signal.h>

#include "base/settings.h"
#include "command/derived.h"

/* Plan the weeks up to the last deadline and simulate the plan (as amends
 * forecast does): orders expected to be open after their deadline, in hundredths
 * of an order, those not yet sentenced left out. The same for any number of
 * threads. Fails with AM_EINTERRUPTED, AM_ENOMEM, AM_ESOLVER. */
AM_MUST_CHECK am_status am_scenario_forecast(const struct am_derived *derived,
                                             const struct am_settings *settings,
                                             const volatile sig_atomic_t *stop,
                                             int64_t *late_hundredths, struct am_err *err);

#endif
