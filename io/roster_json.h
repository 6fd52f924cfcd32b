/*
 * roster_json - write and read a roster (amends-roster/1).
 */
#ifndef AM_IO_ROSTER_JSON_H
#define AM_IO_ROSTER_JSON_H

#include "base/diag.h"
#include "base/settings.h"
#include "model/audit.h"
#include "model/caseload.h"
#include "model/clock.h"
#include "model/eligible.h"
#include "model/order.h"
#include "model/roster.h"

/* What the roster's file tells beside the roster. */
struct am_roster_context {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    const struct am_eligibility *eligibility;
    const struct am_clocks *clocks;
    const struct am_settings *settings;
    const char *version;          /* of the program */
    const char *warm_sha256;      /* of the roster that the search began with; NULL: none */
    const struct am_audit *audit; /* NULL: accepted breaches are not listed */
};

/* The file's bytes into *text (freed by the caller with free). The same roster
 * gives the same bytes. */
AM_MUST_CHECK am_status am_roster_json(const struct am_roster_context *context,
                                       const struct am_roster *roster, char **text,
                                       struct am_err *err);

/* Read path into *roster (released by the caller on success and failure),
 * including what the file claims (score, proof, outcome). Ids that the
 * caseload does not have are findings. */
AM_MUST_CHECK am_status am_roster_read(struct am_roster *roster, const struct am_caseload *caseload,
                                       const char *path, struct am_diag *diag, struct am_err *err);

#endif
