/*
 * handover - what supervisors would rather lead, at the prices of the roster's proof.
 *
 * A session that nobody is free to lead may want some others to change hands first:
 * one supervisor takes over another's session, who then has the hours. Such chains
 * run through sessions that have nothing else in common, so no part that is cut out
 * around a session has all of them. The programme of solver/leading.h knows them: its
 * best whole answer at the prices, as near to the roster as it can be, says what
 * should change; changes that share a supervisor's week are one handover.
 */
#ifndef AM_SOLVER_HANDOVER_H
#define AM_SOLVER_HANDOVER_H

#include "solver/search.h"

struct am_handovers {
    int count; /* those that promise most first */
    /* Sessions of handover h that begin to run, end, or change hands:
     * sessions[first[h]] to before sessions[first[h + 1]], those that begin first. */
    int32_t *first, *sessions;
};

/* From the incumbent, at these prices of the whole. All memory is in arena; the sharing
 * out of search->leading must be free (am_unsettle). Fails with AM_ENOMEM or AM_ESOLVER. */
AM_MUST_CHECK am_status am_handovers_find(struct am_search *search,
                                          const struct am_best_prices *prices,
                                          struct am_arena *arena, struct am_handovers *handovers,
                                          struct am_err *err);

#endif
