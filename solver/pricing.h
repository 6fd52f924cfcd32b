/*
 * pricing - the best pattern of every person at given prices, and the exact
 * bound that follows.
 *
 * A price is a multiplier of a coupling row: fixed-point, AM_PRICE_ONE units a
 * point, not negative for a row with a lower limit, not positive for one with
 * an upper limit. For any such prices
 *
 *     L = sum_r rhs_r price_r + sum_p min_k rc_pk
 *         + sum_s min(0, min over options rc + least of its other variables)
 *
 * is a lower bound on the points of every roster (Lagrange relaxation of the
 * coupling rows: Geoffrion 1974). All of it is integer arithmetic, so the
 * bound holds whatever the LP engine returned.
 */
#ifndef AM_SOLVER_PRICING_H
#define AM_SOLVER_PRICING_H

#include "solver/coupling.h"
#include "solver/path.h"

#define AM_PRICE_MAX ((int64_t)1 << 55) /* prices are clamped to +- this */
#define AM_NO_BOUND INT64_MIN

/* What branching has decided. NULL arrays: nothing. */
struct am_limits {
    const int8_t *pair;    /* -1 free, 0 never, 1 always (only on its own day) */
    const int8_t *var;     /* -1 free, 0 at zero, 1 at its upper */
    const int8_t *session; /* -1 free, 0 does not run, 1 runs */
};

/* The answer to one set of prices. */
struct am_answer {
    int64_t *value;  /* each person's least reduced cost, fixed-point; AM_NO_PATH: none */
    int32_t *chosen; /* chosen[p * days + d]: pair less the person's first_pair, -1: none */
    int8_t *var;     /* each option's value in the relaxation, 0 or 1; of a session's other
                        variables that which they have if it runs, 0 or 1 (times upper) */
    int64_t bound;   /* fixed-point; AM_NO_BOUND when it left the range of 64 bits */
    bool infeasible; /* what branching decided leaves no roster; the bound says nothing */
};

struct am_pricer;

/* threads >= 1. Fails with AM_ENOMEM. Instance, networks, coupling must outlive it. */
AM_MUST_CHECK am_status am_pricer_new(struct am_pricer **pricer, const struct am_instance *instance,
                                      const struct am_networks *networks,
                                      const struct am_coupling *coupling, int threads,
                                      struct am_err *err);
void am_pricer_free(struct am_pricer *pricer); /* NULL is accepted */

/* Of so many sessions on, what is done session by session is shared out among threads;
 * with fewer that takes longer. */
enum { AM_MANY_SESSIONS = 256 };

/* The threads, for what is done between one set of prices and the next. */
struct am_crew *am_pricer_crew(const struct am_pricer *pricer);

/* Allocate the arrays of an answer. */
AM_MUST_CHECK am_status am_answer_init(struct am_answer *answer, const struct am_instance *instance,
                                       const struct am_coupling *coupling, struct am_arena *arena,
                                       struct am_err *err);

/* Sums of the links' prices of each session: what its variables answer for. */
struct am_link_sums {
    int64_t runs[AM_DEMANDS]; /* of pairs by what they demand */
    int64_t presence[2];
};
void am_link_sums(const struct am_coupling *coupling, const struct am_instance *instance,
                  const int64_t *prices, struct am_link_sums *sums);
/* Those of an option: the sum of all pairs' that it lets in. */
int64_t am_link_sum_of(const struct am_coupling *coupling, const struct am_link_sums *sums,
                       int32_t option);
/* Those of one pair's more. */
void am_link_add(const struct am_coupling *coupling, const struct am_instance *instance,
                 const int64_t *prices, int64_t pair, struct am_link_sums *sums);

/* What a session's variables beside its options cost if it runs, at best. */
struct am_rest {
    int64_t least; /* fixed-point; AM_NO_PATH: what is decided of them cannot be */
    bool must_run; /* one of them is decided to be there */
    bool held;     /* false: it left the range of 64 bits */
};
/* decided: each variable's, as in am_limits; NULL: nothing. value: theirs are set,
 * to what they are then; NULL: not wanted. */
struct am_rest am_session_rest(const struct am_coupling *coupling, const int64_t *prices,
                               const struct am_link_sums *sums, const int8_t *decided, int session,
                               int8_t *value);

/* Price everybody; the answer does not depend on the number of threads. */
void am_price(struct am_pricer *pricer, const int64_t *prices, struct am_limits limits,
              struct am_answer *answer);

/* am_price where the sums of the links' prices are known already. */
void am_price_summed(struct am_pricer *pricer, const int64_t *prices,
                     const struct am_link_sums *sums, struct am_limits limits,
                     struct am_answer *answer);

/* Likewise in two: from begin to end the threads price people, while the caller
 * may change the prices of rows that no pair is in (the supervisors'). Nothing
 * else of the pricer in between. */
void am_price_begin(struct am_pricer *pricer, const int64_t *prices,
                    const struct am_link_sums *sums, struct am_limits limits,
                    struct am_answer *answer);
void am_price_end(struct am_pricer *pricer);

/*
 * After am_price, while its prices and answer still stand: the price of a row or link
 * of the session was changed; what hangs on it follows from then on. Nothing of the
 * rest of the answer changes until it is asked for.
 */
void am_price_touch(struct am_pricer *pricer, int session);
/* Price one person again: their least reduced cost. The answer has it too, and what they
 * choose. */
int64_t am_price_person(struct am_pricer *pricer, int person);
/* Add what the session costs at best; the answer's bound does not follow. False:
 * it left the range of 64 bits. */
bool am_price_session(struct am_pricer *pricer, int session, int64_t *cost);

/* am_price, and loss[k]: what booking pair k would cost its
 * person beyond their best pattern (fixed-point, >= 0; AM_NO_PATH: in no
 * pattern). A roster that books it has at least bound + loss points. */
void am_price_losses(struct am_pricer *pricer, const int64_t *prices, struct am_limits limits,
                     struct am_answer *answer, int64_t *loss);

/* Reduced cost of a pair (its part of a pattern's), of a variable; fixed-point. */
int64_t am_pair_reduced(const struct am_instance *instance, const struct am_coupling *coupling,
                        const int64_t *prices, int64_t pair);
int64_t am_var_reduced(const struct am_coupling *coupling, const int64_t *prices,
                       const struct am_link_sums *sums, int32_t var);

/* The bound in whole points: every roster's points are whole, so it rounds up. */
int64_t am_bound_points(int64_t fixed_point_bound);

/* A price as the nearest fixed-point number with the sign that its row allows. */
int64_t am_price_of(const struct am_row *row, double value);
/* Likewise of a link: not positive. */
int64_t am_link_price_of(double value);

#endif
