/*
 * audit_plan - an independent check of a completion plan against its caseload.
 * Whole numbers only.
 *
 * Shares nothing with what makes a plan (model/horizon*.c, model/plan.c,
 * solver/plan_*.c): kinds of place, what is held, who is planned, what each
 * could attend and has to book, and what the plan costs are reckoned again
 * from the raw caseload (docs/formulation.md, section 8). Of the plan's
 * horizon it reads only which kind and whom a number stands for, and its weeks.
 */
#ifndef AM_MODEL_AUDIT_PLAN_H
#define AM_MODEL_AUDIT_PLAN_H

#include "model/caseload.h"
#include "model/plan.h"

/* What can be wrong with a plan. */
enum am_plan_rule {
    AM_PLAN_CELLS,       /* cells in order, each once, above 0, of something that there is */
    AM_PLAN_KINDS,       /* weeks and kinds are those of the caseload */
    AM_PLAN_PEOPLE,      /* planned is who has an order to credit, or arrives */
    AM_PLAN_DAYS,        /* no more than the days on which they could attend hold */
    AM_PLAN_WEEK,        /* R5: no more than the week holds for them */
    AM_PLAN_TO_BOOK,     /* R1, R6: no more than there is to book, and not before its sentence */
    AM_PLAN_ETE,         /* R7 */
    AM_PLAN_PLACES,      /* R8: no more than is held */
    AM_PLAN_SUPERVISORS, /* R10: no more than supervisors can lead */
    AM_PLAN_USES,        /* what it says of the use of places, and prices below 0 */
    AM_PLAN_OBJECTIVE,   /* it costs what it says */
    AM_PLAN_BOUND,       /* bound <= objective */
    AM_PLAN_RULE_COUNT
};

const char *am_plan_rule_word(enum am_plan_rule rule); /* "supervisors" */

struct am_plan_breach {
    enum am_plan_rule rule;
    int planned, week, kind; /* as the plan counts them; -1: not concerned */
    const char *detail;      /* a sentence; says nothing of restrictions */
};

struct am_plan_audit {
    struct am_arena arena;
    struct am_plan_breach *breaches; /* by rule, week, kind, planned */
    int breach_count, breach_room;
    int64_t objective; /* as reckoned here, thousandths of a point */
};

/* arrivals_per_week: what the plan was made with; -1: as the caseload says.
 * Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_audit_plan(const struct am_caseload *caseload,
                                      const struct am_plan *plan, int arrivals_per_week,
                                      struct am_plan_audit *audit, struct am_err *err);
void am_plan_audit_release(struct am_plan_audit *audit);

bool am_plan_audit_passes(const struct am_plan_audit *audit);

#endif
