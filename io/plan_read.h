/*
 * plan_read - read a completion plan (amends-plan/1) back.
 *
 * For a roster that aims at it: its curves, which serve the caseload that it
 * was made of, and those of the weeks after. For its audit: every cell, on the
 * horizon of the very caseload that it was made of. All mistakes are reported,
 * not only the first.
 */
#ifndef AM_IO_PLAN_READ_H
#define AM_IO_PLAN_READ_H

#include "base/diag.h"
#include "model/aims.h"
#include "model/plan.h"

/* Which plan it was, and how it fits the caseload. */
struct am_plan_origin {
    char sha256[65]; /* of the file */
    bool of_input;   /* made of these very bytes */
    bool of_earlier; /* made for an earlier window */
    int people;      /* that the plan tells of */
    int gone;        /* of them, not in the caseload now */
};

/* The curves, in the arena. A person whom the caseload does not have is counted
 * in origin->gone. Findings go to diag; AM_EPARSE or AM_EINVALID when any is an
 * error: not a plan, of later weeks than the window, or of nobody in the
 * caseload. A plan of the same window made of other bytes gives a warning. */
AM_MUST_CHECK am_status am_plan_read_aims(struct am_aims *aims, struct am_plan_origin *origin,
                                          const struct am_caseload *caseload, const char *path,
                                          struct am_arena *arena, struct am_diag *diag,
                                          struct am_err *err);

/* What a plan's file claims of itself, in thousandths of a point. */
struct am_plan_claims {
    int64_t objective, bound;
    bool uses_agree;   /* capacity[] is what the cells use */
    bool curves_agree; /* weeks and least of every person are those of the cells */
};

/* The plan on the horizon of the caseload that it was made of (a plan of any
 * other bytes is an error); bound and prices are as claimed, uses and objective
 * reckoned anew. The caller releases the plan on success. */
AM_MUST_CHECK am_status am_plan_read(struct am_plan *plan, const struct am_horizon *horizon,
                                     const char *path, struct am_plan_claims *claims,
                                     struct am_diag *diag, struct am_err *err);

/* What it was made with. */
struct am_plan_head {
    int weeks;
    int arrivals_per_week; /* struct am_horizon_wishes */
};

/* The file is read and checked as a whole; nothing of it but this is kept. */
AM_MUST_CHECK am_status am_plan_head_read(struct am_plan_head *head, const char *path,
                                          struct am_diag *diag, struct am_err *err);

/* Does the file at this path say in its first lines that it is a plan? False
 * where it cannot be read. */
bool am_is_plan(const char *path);

#endif
