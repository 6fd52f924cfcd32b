/*
 * coupling - the rows that tie people together (R8-R12, S9, S11), and the
 * session side of the model: which sessions run, under whom.
 *
 *     min  sum c_k l_k + sum f_v t_v
 *     s.t. lower_r <= sum a_rk x_k + sum b_rv t_v <= upper_r      every row r
 *          at most one option t_v of a session (exactly one: must_run)
 *
 * x_k: pair k is booked. Options are the ways in which a session can run: under
 * each candidate, unled, or (unsupervised) simply. The other variables of a
 * session help to state its rules: heads short of company, expected
 * stand-downs, a man is booked, a lone woman may be booked. All coefficients
 * are whole, so that a bound reckoned from whole multipliers is exact.
 */
#ifndef AM_SOLVER_COUPLING_H
#define AM_SOLVER_COUPLING_H

#include "solver/instance.h"

enum am_var_kind {
    AM_VAR_OPTION,     /* the session runs this way */
    AM_VAR_SHORT,      /* S9: heads short of company */
    AM_VAR_OVER,       /* S11: hundredths of people expected over the places */
    AM_VAR_MAN,        /* R11: a man newly booked */
    AM_VAR_LONE_WOMAN, /* R11: women who must not be alone may be booked */
    AM_VAR_ALONE       /* R11 soft: a woman is alone */
};

struct am_var {
    enum am_var_kind kind;
    int32_t session;
    int32_t supervisor; /* of an option; -1: none */
    int32_t upper;      /* 0 .. upper */
    bool integer;
    int64_t cost;
};

struct am_entry {
    int32_t row;
    int32_t value;
};

enum { AM_ROW_FREE = INT32_MAX }; /* lower = -AM_ROW_FREE or upper = AM_ROW_FREE: no bound */

struct am_row {
    int32_t lower, upper;
    enum am_rule rule; /* whose row it is (R8 for S9 and S11) */
    int32_t session;   /* -1: of a supervisor */
    bool lazy;         /* follows from others for whole values: the LP takes it when it is broken */
};

struct am_coupling {
    struct am_row *rows;
    int32_t row_count;
    struct am_var *vars; /* by session; a session's options first */
    int32_t var_count;
    int32_t *first_var;    /* session_count + 1 */
    int32_t *option_count; /* a session's */
    int64_t *var_first;    /* entries of a var: var_entries[var_first[v]] .. [var_first[v + 1]] */
    struct am_entry *var_entries;
    int64_t *pair_first; /* likewise of a pair */
    struct am_entry *pair_entries;
};

/* All memory is in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_coupling_build(const struct am_instance *instance,
                                          struct am_arena *arena, struct am_coupling *coupling,
                                          struct am_err *err);

#endif
