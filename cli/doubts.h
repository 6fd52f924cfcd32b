/*
 * doubts - what is allowed in a caseload and yet most likely a slip.
 */
#ifndef AM_CLI_DOUBTS_H
#define AM_CLI_DOUBTS_H

#include "base/diag.h"
#include "command/derived.h"

/* Add a warning for each order past its deadline, person whom no session can
 * take, supervisor who can lead nothing, project without sessions, and group
 * that nobody may lead. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_doubts_find(const struct am_derived *derived, struct am_diag *diag,
                                       struct am_err *err);

/* Journeys by which somebody with an open order could reach some session. */
struct am_journey_count {
    int64_t known, asked;
};

AM_MUST_CHECK am_status am_journeys_count(const struct am_derived *derived, struct am_diag *diag,
                                          struct am_journey_count *count, struct am_err *err);

#endif
