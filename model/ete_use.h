/*
 * ete_use - who has education allowance to spare, and which sessions of the
 * window could take it (S5, R7).
 */
#ifndef AM_MODEL_ETE_USE_H
#define AM_MODEL_ETE_USE_H

#include "model/caseload.h"
#include "model/eligible.h"
#include "model/order.h"

/* The order to credit of somebody with allowance left. */
struct am_ete_person {
    int person, order;
    int32_t allowance_min; /* of the order; AM_NO_LIMIT: policy sets none */
    int32_t used_min;      /* credited and booked already */
    int32_t left_min;      /* at least 1 */
    bool wants;            /* the person wants education */
    int first, count;      /* in sessions[] */
};

struct am_ete_use {
    struct am_ete_person *people; /* those who want it first, then most minutes left, then file */
    int count;
    int32_t *sessions; /* of the window, by date: where one more person could be booked */
    int64_t session_count;
    int64_t left_min, wanted_min; /* of all; of those who want it */
};

/* Sessions are those that a person may be booked to (eligibility); for one who
 * does not want education, those they could attend and whose minutes fit.
 * Everything is in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_ete_use_build(const struct am_caseload *caseload,
                                         const struct am_orders *orders,
                                         const struct am_eligibility *eligibility,
                                         struct am_arena *arena, struct am_ete_use *use,
                                         struct am_err *err);

#endif
