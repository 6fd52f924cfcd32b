/*
 * worth - what a little more of something is worth, by the prices of the rows.
 *
 * At prices pi, L(pi) is a bound on every roster of a caseload
 * (solver/pricing.h), and L'(pi) one on every roster of the caseload with a
 * little more. With z the points of any roster of the first, v and v' the points
 * of best rosters,
 *
 *     v - v'  <=  z - L'(pi)      what is gained is no more than that: proven, exact
 *     L(pi) - L'(pi)              the estimate: what the bound falls by
 *
 * The estimate is itself at least v - v' where v = L(pi); else the gap z - L(pi)
 * stands between the two. L' holds for whatever prices: here those of the base,
 * each row's for the same row of the changed caseload, the places of a session that
 * the base does not know at the price that as many would pay as there are places, the
 * supervisors' reckoned anew, and some steps on from there.
 */
#ifndef AM_SOLVER_WORTH_H
#define AM_SOLVER_WORTH_H

#include <signal.h>

#include "base/settings.h"
#include "solver/instance.h"

struct am_worth;

struct am_worth_search {
    const struct am_settings *settings; /* step_limit, threads */
    int64_t fixed_only, objective; /* points of the roster with only what is fixed; of a good one */
    const volatile sig_atomic_t *stop; /* NULL: never */
};

/* Find good prices of an instance, which must outlive it. Fails with AM_ENOMEM
 * or AM_ESOLVER. */
AM_MUST_CHECK am_status am_worth_new(struct am_worth **worth, const struct am_instance *instance,
                                     struct am_worth_search search, struct am_err *err);
void am_worth_free(struct am_worth *worth); /* NULL is accepted */

/* L(pi), rounded up to whole points; INT64_MIN where it left the range of 64 bits. */
int64_t am_worth_bound(const struct am_worth *worth);

/* Points that one more seat at a session is worth at the margin, in hundredths:
 * minus the price of its row of places. */
int64_t am_worth_seat_centi(const struct am_worth *worth, int session);

/* Points by which the bound would fall at a session if some supervisor who may
 * lead it had nothing else to do (in hundredths; >= 0). */
int64_t am_worth_leader_centi(const struct am_worth *worth, int session);

/* A caseload with a little more: the same people, the same supervisors first. */
struct am_worth_change {
    const struct am_instance *instance;
    const int32_t *same; /* of each of its sessions: which of the base it is, -1: a new one */
    bool climb; /* some steps on from the base's prices, which had as many more themselves */
};

/* L' rounded up to whole points. May be called by several threads at once. */
AM_MUST_CHECK am_status am_worth_changed(const struct am_worth *worth,
                                         const struct am_worth_change *change, int64_t *bound,
                                         struct am_err *err);

#endif
