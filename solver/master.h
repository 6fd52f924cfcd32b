/*
 * master - the restricted master LP over the patterns seen so far.
 *
 *     min  sum f_v t_v + sum_{k in columns} c_k l_k
 *     s.t. lower_r <= sum_k a_rk l_k + sum_v b_rv t_v <= upper_r   every row r
 *          sum of a session's options <= 1 (= 1: must_run)         every session
 *          sum_{k of p} l_k = 1                                     every person
 *
 * (Dantzig and Wolfe 1960.) Its duals are prices for am_price. Rows and links
 * come into the LP when they have a price, or when a solution breaks them; till
 * then their price is zero. Most are slack, and an iteration costs as much as
 * there are rows.
 */
#ifndef AM_SOLVER_MASTER_H
#define AM_SOLVER_MASTER_H

#include "solver/columns.h"
#include "solver/coupling.h"
#include "solver/lp.h"
#include "solver/pricing.h"

struct am_master {
    const struct am_instance *instance;
    const struct am_coupling *coupling;
    const struct am_columns *columns;
    struct am_lp *lp;
    int32_t *lp_row;      /* of each price: a row or a link; -1: not in the LP */
    int32_t *session_row; /* -1: none */
    int32_t *person_row;
    /* LP columns: the variables in order, an artificial one a row (not a link), whether it is
     * in the LP or not (at zero until branching needs them), then one a pattern. */
    int32_t *column_of; /* LP column -> pattern, for those after the variables */
    size_t column_count, column_room;
    bool *inside; /* a pattern is in the LP */
    size_t inside_room;
    int artificial_count;
    double artificial_points; /* a unit; 0: not allowed */
    int *rows;                /* scratch of one column */
    double *values;
    double value; /* of the last LP */
};

AM_MUST_CHECK am_status am_master_init(struct am_master *master, const struct am_instance *instance,
                                       const struct am_coupling *coupling,
                                       const struct am_columns *columns, struct am_err *err);
void am_master_release(struct am_master *master);

/* Put pattern `column` into the LP, unless it is there. */
AM_MUST_CHECK am_status am_master_add(struct am_master *master, int32_t column, struct am_err *err);
bool am_master_has(const struct am_master *master, int32_t column);

/* Solve; prices[row_count] and person_price[person_count] receive the duals.
 * AM_LP_OPTIMAL or AM_LP_FEASIBLE: there is something to read. */
AM_MUST_CHECK am_status am_master_solve(struct am_master *master, struct am_lp_limits limits,
                                        int64_t *prices, double *person_price,
                                        enum am_lp_answer *answer, struct am_err *err);

/* Let the artificial columns, one a row of the LP, be used at so many points a
 * unit: then the LP has a solution whatever branching demands. */
AM_MUST_CHECK am_status am_master_allow_artificial(struct am_master *master, double points,
                                                   struct am_err *err);
bool am_master_uses_artificial(const struct am_master *master);  /* the last LP solution */
int am_master_artificial(const struct am_master *master, int i); /* its LP column */
int am_master_lp_column(const struct am_master *master, size_t lp_pattern);

/* The last solution as a decision (rounded): of the LP, or of the search. */
void am_master_read(const struct am_master *master, bool of_search, struct am_decision *decision);

/* Take the rows and links that the last solution (of the LP, or of the search)
 * breaks into the LP. */
AM_MUST_CHECK am_status am_master_separate(struct am_master *master, bool of_search, int *added,
                                           struct am_err *err);
/* Likewise the rows that have a price, and the links whose price is beyond
 * `least` (fixed-point), either way. */
AM_MUST_CHECK am_status am_master_take_priced(struct am_master *master, const int64_t *prices,
                                              int64_t least, struct am_err *err);

/* Values of the last solution. */
double am_master_var(const struct am_master *master, int32_t var);
double am_master_weight(const struct am_master *master, size_t lp_pattern); /* l of column_of[..] */

/* Search among the patterns in the LP for a whole solution, with the engine's
 * branch and cut. *found: decision holds it (arrays by the caller). */
AM_MUST_CHECK am_status am_master_search(struct am_master *master, struct am_lp_limits limits,
                                         struct am_decision *decision, bool *found,
                                         struct am_err *err);

/* Leave out the patterns for which drop[i] holds, i counting column_of. */
AM_MUST_CHECK am_status am_master_drop(struct am_master *master, const bool *drop,
                                       struct am_err *err);

#endif
