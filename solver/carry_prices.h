/*
 * carry_prices - the prices of one solve as a start for another, of a caseload
 * that is much like it.
 *
 * Sessions are known again by id and original date, people by CRN, rows by their
 * family. What is not known again has no price. Prices are a start and no more:
 * whatever they are, the bounds they give are exact.
 */
#ifndef AM_SOLVER_CARRY_PRICES_H
#define AM_SOLVER_CARRY_PRICES_H

#include "solver/solve.h"
#include "solver/coupling.h"

/* Fill price (am_price_count of them, all 0) from what another solve ended with.
 * Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_prices_carry(const struct am_kept_prices *from,
                                        const struct am_instance *instance,
                                        const struct am_coupling *coupling, int64_t *price,
                                        struct am_err *err);

#endif
