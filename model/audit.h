/*
 * audit - an independent check of a roster against its caseload. Integers only.
 *
 * Shares no code with the formulation: it includes nothing but the headers of
 * the caseload, the roster and time, and reckons eligibility, minutes and the
 * score from the raw data again.
 */
#ifndef AM_MODEL_AUDIT_H
#define AM_MODEL_AUDIT_H

#include "model/caseload.h"
#include "model/roster.h"

/* One broken rule. -1 where no person (session, supervisor) is concerned.
 * detail is a sentence; for restricted rules (R10, R12, R13) it says no more
 * than "a restriction on this case". */
struct am_breach {
    enum am_rule rule;
    bool accepted; /* only what is fixed breaks it (R15): listed, not refused */
    int person, session, supervisor;
    am_date date; /* AM_NO_DATE: none */
    const char *detail;
};

struct am_audit {
    struct am_arena arena;
    struct am_breach *breaches; /* by rule, session, person */
    int breach_count, breach_room;
    int broken;            /* breaches that are not accepted */
    struct am_score score; /* as reckoned here */
    bool score_agrees;     /* with every figure that the roster claims */
    bool proof_agrees;     /* objective = total, bound <= objective, fixed_only recomputed */
};

AM_MUST_CHECK am_status am_audit_roster(const struct am_caseload *caseload,
                                        const struct am_roster *roster, struct am_audit *audit,
                                        struct am_err *err);
void am_audit_release(struct am_audit *audit);

/* The audit's own score of a roster, without looking for breaches. Also the
 * evaluator of the brute-force oracle. */
AM_MUST_CHECK am_status am_audit_score(const struct am_caseload *caseload,
                                       const struct am_roster *roster, struct am_score *score,
                                       struct am_err *err);

/* People whose aim in the caseload is not what a plan's curves ask of the window. */
struct am_audit_aims {
    int differ;          /* how many */
    int person;          /* the first of them, -1: none */
    struct am_aim asked; /* of that person */
};

/* The window lies within the weeks of the curves. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_audit_compare_aims(const struct am_caseload *caseload,
                                              const struct am_aims *aims,
                                              struct am_audit_aims *result, struct am_err *err);

/* Everything is well: no rule broken, score and proof as claimed. */
bool am_audit_passes(const struct am_audit *audit);

#endif
