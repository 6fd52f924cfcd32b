/*
 * lp - the seam to the LP and MIP engine (GLPK). 0-based; one file includes
 * glpk.h (lp_glpk.c).
 *
 * GLPK aborts the process on a bad argument and on out-of-memory; the seam
 * checks arguments first (AM_EINVALID), and turns an abort into AM_ESOLVER, or
 * AM_ENOMEM (after either every lp of the thread is unusable and only am_lp_free may be
 * called; new ones may be made). An lp belongs to the thread that made it.
 */
#ifndef AM_SOLVER_LP_H
#define AM_SOLVER_LP_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct am_lp;

#define AM_LP_INFINITY 1e300 /* any bound at or beyond it is none */

enum am_lp_answer {
    AM_LP_OPTIMAL,
    AM_LP_FEASIBLE, /* a limit was reached; there is a (not proven) solution */
    AM_LP_INFEASIBLE,
    AM_LP_UNBOUNDED,
    AM_LP_UNKNOWN /* a limit was reached or numerical trouble; nothing to read */
};

AM_MUST_CHECK am_status am_lp_new(struct am_lp **lp, struct am_err *err); /* minimises */
void am_lp_free(struct am_lp *lp);                                        /* NULL is accepted */

/* name may be NULL. Returns through *index (NULL: not wanted). */
AM_MUST_CHECK am_status am_lp_add_row(struct am_lp *lp, double lower, double upper,
                                      const char *name, int *index, struct am_err *err);
/* rows must be distinct. */
AM_MUST_CHECK am_status am_lp_add_column(struct am_lp *lp, double cost, double lower, double upper,
                                         bool integer, const char *name, int count, const int *rows,
                                         const double *values, int *index, struct am_err *err);
AM_MUST_CHECK am_status am_lp_set_row_entries(struct am_lp *lp, int row, int count,
                                              const int *columns, const double *values,
                                              struct am_err *err);
AM_MUST_CHECK am_status am_lp_set_column_bounds(struct am_lp *lp, int column, double lower,
                                                double upper, struct am_err *err);
AM_MUST_CHECK am_status am_lp_set_row_bounds(struct am_lp *lp, int row, double lower, double upper,
                                             struct am_err *err);
AM_MUST_CHECK am_status am_lp_set_cost(struct am_lp *lp, int column, double cost,
                                       struct am_err *err);
/* keep[column] false: the column is deleted; the others close up in order. */
AM_MUST_CHECK am_status am_lp_keep_columns(struct am_lp *lp, const bool *keep, struct am_err *err);
AM_MUST_CHECK am_status am_lp_set_constant(struct am_lp *lp, double constant, struct am_err *err);
int am_lp_rows(const struct am_lp *lp);
int am_lp_columns(const struct am_lp *lp);

/* Limits of one call; 0: none. stop may be NULL; non-zero ends the call (a
 * relaxation within some tenths of a second, a search after its node). */
struct am_lp_limits {
    double seconds;
    long nodes;
    double cutoff; /* MIP: only solutions below this count; used when has_cutoff */
    bool has_cutoff;
    double absolute_gap; /* MIP: a solution this near the bound is optimal */
    bool plain;          /* MIP: without cuts, for what is nearly whole as it is */
    const volatile sig_atomic_t *stop;
};

/* Solve the relaxation from the current basis: after columns were added or
 * costs changed by primal simplex, after anything else by dual simplex. */
AM_MUST_CHECK am_status am_lp_solve(struct am_lp *lp, struct am_lp_limits limits,
                                    enum am_lp_answer *answer, struct am_err *err);
/* NAN where there is nothing to read: after any change, another call, or an
 * answer other than OPTIMAL or FEASIBLE. The dual of a row is the change of
 * the value per unit of its bound. */
double am_lp_value(const struct am_lp *lp);
double am_lp_primal(const struct am_lp *lp, int column);
double am_lp_dual(const struct am_lp *lp, int row);

/* Solve with the integer columns integer (their bounds are rounded inwards).
 * INFEASIBLE: no such point, or none below the cutoff. */
AM_MUST_CHECK am_status am_lp_solve_integer(struct am_lp *lp, struct am_lp_limits limits,
                                            enum am_lp_answer *answer, struct am_err *err);
double am_lp_integer_value(const struct am_lp *lp);
double am_lp_integer_primal(const struct am_lp *lp, int column);
/* What the last search proved: no solution is below it, as far as floating
 * point goes. -HUGE_VAL where nothing was proven. */
double am_lp_integer_bound(const struct am_lp *lp);

enum am_lp_format { AM_LP_FREE_MPS, AM_LP_CPLEX, AM_LP_GLPK };
AM_MUST_CHECK am_status am_lp_write(struct am_lp *lp, enum am_lp_format format, const char *path,
                                    struct am_err *err);

/* Free what the engine keeps for the calling thread; every lp that the thread
 * made is unusable from then on. */
void am_lp_thread_end(void);

#endif
