/*
 * price_step - one step in the prices of rows and links, in stripes.
 *
 * No row but a supervisor's, and no link, is about two sessions. So what a step
 * does - where the answer stands, which way to go, going there - falls apart by
 * session. A stripe is some sessions with their rows, variables and links; the
 * threads of the pricer take stripe after stripe. Sums over all stripes are taken in
 * their order, and how many there are depends on the sessions alone, so a step comes
 * out the same for any number of threads.
 *
 * Supervisors' rows have their prices from solver/leading.h and are left alone.
 */
#ifndef AM_SOLVER_PRICE_STEP_H
#define AM_SOLVER_PRICE_STEP_H

#include "solver/leading.h"
#include "solver/pricing.h"

/* The best prices so far and the bound they prove (fixed-point). */
struct am_best_prices {
    int64_t *row;
    int64_t bound;
};

/* How far a row's limit is from being met where it has that activity: its subgradient.
 * What is slack and has no price pulls nowhere. */
double am_row_pull(const struct am_row *row, double activity, int64_t price);
/* Likewise a link's, x_k <= there. */
double am_link_pull(double there, bool booked, int64_t price);

struct am_price_step;

/* From these prices on. deflection: how much of the last direction is kept. Fails
 * with AM_ENOMEM. The pricer, its instance and coupling, and leading must outlive it. */
AM_MUST_CHECK am_status am_price_step_new(struct am_price_step **step, struct am_pricer *pricer,
                                          const struct am_instance *instance,
                                          const struct am_coupling *coupling,
                                          struct am_leading *leading, const int64_t *prices,
                                          double deflection, struct am_err *err);
void am_price_step_free(struct am_price_step *step); /* NULL is accepted */

/* Solve for the present prices: people, supervisors, the bound. Fails as
 * am_leading_solve does. */
AM_MUST_CHECK am_status am_price_step_solve(struct am_price_step *step, struct am_limits branch,
                                            struct am_err *err);
/* What came of it. */
const struct am_answer *am_price_step_answer(const struct am_price_step *step);

/*
 * Where the answer stands, and which way that is to go. better: the present prices are
 * the best so far, and best->row receives them. mean: of each variable; its answer is
 * mixed in with this weight (NULL: not wanted). *square: the squared length of the way;
 * 0: there is nowhere to go. Fails with AM_ENOMEM.
 */
AM_MUST_CHECK am_status am_price_step_turn(struct am_price_step *step, bool better,
                                           struct am_best_prices *best, double *mean, double weight,
                                           double *square, struct am_err *err);

/* Go so far along it. */
void am_price_step_move(struct am_price_step *step, double length);

#endif
