/*
 * lp_args - the arguments of lp.h, looked at before the engine sees them: it
 * aborts the process on a bad one. Nothing here knows the engine.
 */
#ifndef AM_SOLVER_LP_ARGS_H
#define AM_SOLVER_LP_ARGS_H

#include "solver/lp.h"

/* Each fails with AM_EINVALID where the argument is no good. */
AM_MUST_CHECK am_status am_lp_check_bounds(double lower, double upper, struct am_err *err);
/* NULL is no name, and good. */
AM_MUST_CHECK am_status am_lp_check_name(const char *name, struct am_err *err);
AM_MUST_CHECK am_status am_lp_check_limits(const struct am_lp_limits *limits, struct am_err *err);

/* The entries of one row or column as the engine wants them: from [1] on, each
 * with a 1-based index. {0} is an empty one. */
struct am_lp_scratch {
    int *index;
    double *value;
    int room; /* elements, [0] included */
};

/* Make room for [1] to [count]. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_lp_scratch_grow(struct am_lp_scratch *scratch, int count,
                                           struct am_err *err);
void am_lp_scratch_free(struct am_lp_scratch *scratch);

/* Check the entries of a row or column (0-based, each index once and below
 * limit, values finite) and copy those that are not 0. Their number is returned
 * through *kept. Fails with AM_EINVALID or AM_ENOMEM. */
AM_MUST_CHECK am_status am_lp_scratch_take(struct am_lp_scratch *scratch, int count, const int *at,
                                           const double *values, int limit, int *kept,
                                           struct am_err *err);

#endif
