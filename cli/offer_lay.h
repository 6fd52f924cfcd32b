/*
 * offer_lay - offers in terms of the instance, laid out for the report.
 */
#ifndef AM_CLI_OFFER_LAY_H
#define AM_CLI_OFFER_LAY_H

#include "command/derived.h"
#include "io/offer_report.h"
#include "solver/offer.h"
#include "solver/rearrange.h"

struct am_offer_lay {
    const struct am_derived *derived; /* with the person */
    const struct am_instance *instance;
    const struct am_decision *decision; /* the roster, without the person */
    int person;
    struct am_arena *arena;
};

/* Fill the report's patterns and moves. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_offer_lay(const struct am_offer_lay *lay, const struct am_offers *offers,
                                     const struct am_rearranged *rearranged,
                                     struct am_offer_report *report, struct am_err *err);

#endif
