/*
 * marks - what branching or diving has decided, for pricing and for the LP.
 */
#ifndef AM_SOLVER_MARKS_H
#define AM_SOLVER_MARKS_H

#include "solver/master.h"
#include "solver/pricing.h"

struct am_marks {
    int8_t *pair;    /* -1 free, 0 never, 1 always */
    int8_t *var;     /* -1 free, 0 at zero, 1 at its upper */
    int8_t *session; /* -1 free, 0 does not run, 1 runs */
};

/* Everything free. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_marks_init(struct am_marks *marks, const struct am_instance *instance,
                                      const struct am_coupling *coupling, struct am_err *err);
void am_marks_release(struct am_marks *marks);
struct am_limits am_marks_limits(const struct am_marks *marks);

/* Decide a person's whole pattern. */
void am_marks_pattern(struct am_marks *marks, const struct am_columns *columns, int32_t column);

/* What is decided as a decision; what is free is left out. */
void am_marks_read(const struct am_marks *marks, const struct am_instance *instance,
                   const struct am_coupling *coupling, struct am_decision *decision);

/* Bound the master's columns to what is decided; patterns against it go to zero. */
AM_MUST_CHECK am_status am_marks_apply(const struct am_marks *marks, struct am_master *master,
                                       struct am_err *err);

#endif
