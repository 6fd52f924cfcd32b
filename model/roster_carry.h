/*
 * roster_carry - a roster of one caseload as a start for a changed one.
 *
 * People, sessions and supervisors are known again by CRN, session id with
 * original date, and code; what the changed caseload does not have is left out.
 */
#ifndef AM_MODEL_ROSTER_CARRY_H
#define AM_MODEL_ROSTER_CARRY_H

#include "model/roster.h"

/* Fill *to, a roster of `caseload`, sorted. It may break rules, and claims
 * nothing: a start for am_solve (hooks.warm), no more. The caller releases it
 * on success and on failure. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_roster_carry(const struct am_roster *from,
                                        const struct am_caseload *caseload, struct am_roster *to,
                                        struct am_err *err);

#endif
