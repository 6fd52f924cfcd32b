/*
 * compact - the one big 0-1 model: a binary for each pair, session and
 * candidate. For tiny inputs, for export, and as what tests compare with.
 */
#ifndef AM_SOLVER_COMPACT_H
#define AM_SOLVER_COMPACT_H

#include "solver/solve.h"

enum am_export_format { AM_EXPORT_MPS, AM_EXPORT_LP, AM_EXPORT_GLPK };

/* Solve to proven optimality with GLPK's branch and cut, within the limits of
 * settings. Same contract as am_solve. */
AM_MUST_CHECK am_status am_compact_solve(const struct am_instance *instance,
                                         const struct am_settings *settings, int64_t fixed_only,
                                         struct am_solve_hooks hooks, struct am_arena *arena,
                                         struct am_solution *solution, struct am_err *err);

/* Write the model (minimise; the constant is in the objective) to a file.
 * Rows are named after their rule: R4.p17.d3. The file is whole or absent. */
AM_MUST_CHECK am_status am_compact_export(const struct am_instance *instance,
                                          enum am_export_format format, const char *path,
                                          struct am_err *err);

#endif
