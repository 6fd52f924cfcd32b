/*
 * prices_check - the rows of most worth, checked by making the roster again.
 */
#ifndef AM_CLI_PRICES_CHECK_H
#define AM_CLI_PRICES_CHECK_H

#include "cli/prices_rank.h"

/*
 * Search on from the given roster; then, from what was found, make the roster
 * with each of the first `each` rows of every kind, side by side. Fills the base's
 * figures of *prices and those of the rows checked; without any row to check
 * (each 0) the base is the roster as given. A check that is interrupted before
 * there is any roster is left out. Every roster passes its audit. Fails with
 * AM_ENOMEM, AM_ESOLVER.
 */
AM_MUST_CHECK am_status am_prices_check(const struct am_pricing_base *base, int each,
                                        struct am_prices *prices, struct am_err *err);

#endif
