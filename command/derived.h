/*
 * derived - a caseload as read, and everything that model/ derives of it.
 */
#ifndef AM_COMMAND_DERIVED_H
#define AM_COMMAND_DERIVED_H

#include "base/diag.h"
#include "model/caseload.h"
#include "model/clock.h"
#include "model/eligible.h"
#include "model/order.h"
#include "model/roster.h"

struct am_patched;

struct am_derived {
    struct am_caseload caseload;
    struct am_arena arena; /* of what follows */
    struct am_orders orders;
    struct am_eligibility eligibility;
    struct am_clocks clocks;
};

/* Read the file and derive. What is wrong is reported on standard error.
 * Returns AM_EXIT_DONE or AM_EXIT_ERROR; release in either case. */
int am_derived_read(struct am_derived *derived, const char *path);

/* Likewise, with the sessions of so many weeks beyond the last deadline
 * (am_caseload_read_ahead). */
int am_derived_read_ahead(struct am_derived *derived, const char *path, int weeks_beyond);

/* Likewise from bytes at hand (am_caseload_read_bytes). Findings go to diag, and
 * nothing is printed: for caseloads that no user wrote, and for threads. */
AM_MUST_CHECK am_status am_derived_read_bytes(struct am_derived *derived, const char *path,
                                              const char *bytes, size_t size, struct am_diag *diag,
                                              struct am_err *err);
/* Likewise of a caseload as a scenario changes it (io/caseload_patch.h). */
AM_MUST_CHECK am_status am_derived_patched(struct am_derived *derived,
                                           const struct am_patched *patched, struct am_diag *diag,
                                           struct am_err *err);

/* An empty one; then am_derived_make, once the caller has filled its caseload in
 * memory: for caseloads that were changed after they were read. */
void am_derived_begin(struct am_derived *derived);
AM_MUST_CHECK am_status am_derived_make(struct am_derived *derived, struct am_err *err);

void am_derived_release(struct am_derived *derived);

/* How a plan fits a caseload. */
struct am_aimed {
    bool of_input; /* made of these very bytes */
    int at_work;   /* people with minutes left to work */
    int aimed;     /* of them, people for whom the plan asks something */
    int gone;      /* people of the plan who are not in the caseload */
};

/* Let the caseload aim at the completion plan at path: people's aims are set,
 * and the clocks built again with them. What is wrong is reported on standard
 * error. Returns AM_EXIT_DONE or AM_EXIT_ERROR. */
int am_derived_aim(struct am_derived *derived, const char *path, struct am_aimed *aimed);

/* Points of the roster with only what is fixed: where the gap counts from. */
AM_MUST_CHECK am_status am_derived_fixed_only(const struct am_derived *derived, int64_t *points,
                                              struct am_err *err);

#endif
