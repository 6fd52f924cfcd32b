/*
 * score - what a roster costs, by wish, in units and in points. Integers only.
 *
 * docs/formulation.md, section 5, is the definition; the solver's objective
 * and the audit's own reckoning must come to the same points.
 */
#ifndef AM_MODEL_SCORE_H
#define AM_MODEL_SCORE_H

#include "model/caseload.h"
#include "model/clock.h"
#include "model/order.h"
#include "model/roster.h"

/* The roster must be sorted and its indices in range; it need not obey the
 * rules. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_score_roster(const struct am_caseload *caseload,
                                        const struct am_orders *orders,
                                        const struct am_clocks *clocks,
                                        const struct am_roster *roster, struct am_score *score,
                                        struct am_err *err);

/*
 * The same points, told by whose they are: of each person (S1 to S4, what their
 * appointments cost, S8 where they are disturbed) and of each session of the
 * window (S7 and R15 of its supervisor, S8, S9's heads, S11, R11 where it is
 * soft). Figure by figure, people and sessions add up to am_score_roster's.
 */
struct am_score_split {
    struct am_score *people;   /* person_count */
    struct am_score *sessions; /* window_session_count */
};

/* Allocated in arena. As am_score_roster, otherwise. */
AM_MUST_CHECK am_status am_score_split(const struct am_caseload *caseload,
                                       const struct am_orders *orders,
                                       const struct am_clocks *clocks,
                                       const struct am_roster *roster, struct am_arena *arena,
                                       struct am_score_split *split, struct am_err *err);

/* Fill an empty roster (am_roster_init) with what is fixed and nothing else: the sessions that must
 * run for it, unled unless a supervisor is pinned or recorded. */
AM_MUST_CHECK am_status am_roster_fixed_only(const struct am_caseload *caseload,
                                             const struct am_orders *orders,
                                             struct am_roster *roster, struct am_err *err);

/* Wishes that belong to one appointment alone, shared with the solver's
 * formulation: is it a break of continuity (S7), is a preference missed (S9)? */
bool am_breaks_continuity(const struct am_caseload *caseload, const struct am_orders *orders,
                          int person, int session);
bool am_misses_preference(const struct am_caseload *caseload, int person, int session);
/* Totals stay below this, so that sums of prices fit 64 bits with room. */
#define AM_POINTS_LIMIT ((int64_t)1 << 50)

/* The most points that any roster of this caseload can cost or earn, for the
 * check that weights stay in range (below 2^50). Saturates at INT64_MAX. */
int64_t am_score_ceiling(const struct am_caseload *caseload);

#endif
