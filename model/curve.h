/*
 * curve - a figure over a parameter, and where it breaks even.
 *
 * A line of a sweep: the same scenario with one number changed, from the lowest
 * value to the highest. Everything is an integer. What is proven is told apart
 * from what was only found (docs/scenarios.md).
 */
#ifndef AM_MODEL_CURVE_H
#define AM_MODEL_CURVE_H

#include "model/compare.h"

/* One value of the parameter. */
struct am_curve_point {
    int32_t value;
    int64_t figure;
    const struct am_proof *proof;
    int64_t cost_pounds;
};

/* What is asked of a line. */
struct am_curve_question {
    int better;          /* of the figure: +1, -1, 0 (which asks for nothing but proofs) */
    bool comparable;     /* points mean the same along the line */
    int64_t worth_pence; /* of one unit of the figure; -1: not given */
};

/* Indices of points; -1: none. */
struct am_curve_finding {
    int proven; /* the first whose best roster is proven better than that of the line's start */
    int enough; /* the first after which none is proven better: more of it gains nothing that
                   could be shown */
    int best;   /* the first with the best figure: there it turns, or stays */
    int covers; /* the first after the start at which what the figure gained is worth at least
                   what it cost more than the start */
    int net;    /* the one with the most worth less cost */
    int64_t net_pence; /* of that one, against the start */
};

struct am_curve_finding am_curve_study(const struct am_curve_point *points, int count,
                                       struct am_curve_question question);

#endif
