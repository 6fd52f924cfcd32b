/*
 * rivals - pairs that must not be chosen beside one another (R12), found from
 * either side.
 */
#ifndef AM_SOLVER_RIVALS_H
#define AM_SOLVER_RIVALS_H

#include "solver/instance.h"

struct am_rival {
    int64_t pair, other;
};

struct am_rivals {
    struct am_rival *at; /* by pair, then other */
    size_t count;
    uint64_t *has; /* a bit of each pair: few have any, and everybody asks */
};

/* Fails with AM_ENOMEM; release in either case. */
AM_MUST_CHECK am_status am_rivals_init(struct am_rivals *rivals, const struct am_instance *instance,
                                       struct am_err *err);
void am_rivals_release(struct am_rivals *rivals);

/* The first rival of a pair, count where there is none; the others follow it. */
size_t am_rivals_first(const struct am_rivals *rivals, int64_t pair);

#endif
