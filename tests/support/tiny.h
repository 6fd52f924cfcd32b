/*
 * tiny - a seeded tiny caseload, read and derived, and solved by either model.
 */
#ifndef AM_TESTS_TINY_H
#define AM_TESTS_TINY_H

#include "model/audit.h"
#include "solver/solve.h"
#include "tests/support/tiny_json.h"

struct tiny_case {
    struct am_caseload caseload;
    struct am_arena arena; /* of what is derived */
    struct am_orders orders;
    struct am_eligibility eligibility;
    struct am_clocks clocks;
    struct am_instance instance;
    int64_t fixed_only;
};

/* Read the caseload of a seed; what is wrong is printed. Release in either case. */
bool tiny_read(struct tiny_case *tiny, uint64_t seed, const struct tiny_telling *telling);
/* Likewise any caseload of a file; what names it in messages. */
bool tiny_read_file(struct tiny_case *tiny, const char *path, const char *what);
/* Derive, or derive again after the caseload was changed. */
bool tiny_derive(struct tiny_case *tiny);
void tiny_release(struct tiny_case *tiny);

typedef am_status tiny_solver(const struct am_instance *instance,
                              const struct am_settings *settings, int64_t fixed_only,
                              struct am_solve_hooks hooks, struct am_arena *arena,
                              struct am_solution *solution, struct am_err *err);

/* Solve with am_solve or am_compact_solve to a gap of 0, on one thread, and
 * write the roster with its claims. roster is released by the caller where true. */
bool tiny_solve(struct tiny_case *tiny, tiny_solver *solver, struct am_roster *roster);
/* Likewise with other settings; false, too, where there is no roster within their limits. */
bool tiny_solve_with(struct tiny_case *tiny, tiny_solver *solver,
                     const struct am_settings *settings, struct am_roster *roster);

/* Does the audit pass the roster? What it finds is printed if not. */
bool tiny_audit(const struct tiny_case *tiny, const struct am_roster *roster, const char *what);

#endif
