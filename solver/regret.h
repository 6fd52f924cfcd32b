/*
 * regret - where the gap between a roster and the bound lies.
 *
 * At prices with bound L, a roster's points are exactly
 *
 *     L + sum_p (reduced cost of p's pattern - the least there is)
 *       + sum_s (reduced cost of what is decided of a session - the least there is)
 *       + sum_r |price_r| x (slack of row or link r),
 *
 * none of them negative (complementary slackness): each is somebody's regret,
 * and whatever betters the roster has to lessen them. They are laid at the
 * doors of sessions: a person's at each of those that they have and that they
 * would rather have; a supervisor's row at each session that it holds and that
 * does not run.
 */
#ifndef AM_SOLVER_REGRET_H
#define AM_SOLVER_REGRET_H

#include "solver/heads.h"
#include "solver/search.h"

struct am_regret {
    int64_t *session; /* fixed-point; a person's regret counts at several */
    int64_t total;    /* every regret once: the gap to the bound of the prices */
    int64_t *loss;    /* of each pair, am_price_losses */
    /* pairs of each session, least loss first: near[first_near[s]] .. */
    int64_t *first_near, *near;
    /* pairs whose links have a price, and whose they are */
    int64_t *linked;
    int32_t *linked_person;
    int64_t linked_count;
    struct am_link_sums *sums; /* of the links' prices */
    struct am_arena *arena;
    int64_t *activity; /* scratch: of each row */
    int8_t *there;     /* scratch: of each session */
};

/* All memory is in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_regret_init(struct am_regret *regret, const struct am_instance *instance,
                                       const struct am_coupling *coupling, struct am_arena *arena,
                                       struct am_err *err);

/* Losses, near pairs and links at these prices; search->answer is overwritten. Fails with
 * AM_ENOMEM. */
AM_MUST_CHECK am_status am_regret_price(struct am_regret *regret, struct am_search *search,
                                        const int64_t *prices, struct am_err *err);

/* List the pairs of each session by the losses that stand in regret->loss.
 * Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_regret_near(struct am_regret *regret, const struct am_instance *instance,
                                       struct am_err *err);

/* A person's regret in a decision, at prices that search->answer is the answer to. */
int64_t am_regret_of(const struct am_search *search, const struct am_decision *decision,
                     const int64_t *prices, int person);

/* The regrets of search->incumbent, whose heads are given, at the prices of the last
 * am_regret_price. */
void am_regret_look(struct am_regret *regret, const struct am_search *search, const int64_t *prices,
                    const struct am_heads *heads);

#endif
