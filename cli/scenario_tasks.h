/*
 * scenario_tasks - a run of scenarios cut into slices, and put together again.
 *
 * Tasks are independent, so slice I of N takes tasks I - 1, I - 1 + N, and so on.
 * Its rows go into one file, slice-I-of-N.jsonl, whole or not at all: a line that
 * says what it belongs to, then a line for each task. What it belongs to is a
 * digest of all that the rows depend on, so that slices of another run are not
 * taken for this one's.
 */
#ifndef AM_CLI_SCENARIO_TASKS_H
#define AM_CLI_SCENARIO_TASKS_H

#include <signal.h>

#include "cli/scenario_run.h"
#include "io/digest.h"

enum { AM_SLICES_MOST = 100000 };

struct am_slice {
    int index; /* I: 1 .. of */
    int of;    /* N */
};

/* "3/20". False where it is not that. */
bool am_slice_parse(const char *text, struct am_slice *slice);

/* Whether a task (from 0) is of the slice. */
static inline bool am_slice_has(struct am_slice slice, int task)
{
    return task % slice.of == slice.index - 1;
}

/* What all slices of a run share. */
struct am_slice_run {
    char digest[AM_DIGEST_TEXT];
    int tasks;
};

/* Of the program's version, the settings, the base and every task. `base_sha256`
 * is that of the caseload as it was read. */
void am_slice_run_of(struct am_slice_run *run, const char *base_sha256,
                     const struct am_settings *settings, bool forecast,
                     const struct am_scenario_task *tasks, int count);

/* Run the tasks of the slice; rows[i] is that of task i, those of other slices stay
 * as they are. As am_scenario_run. */
AM_MUST_CHECK am_status am_slice_solve(struct am_slice slice, struct am_scenario_base *base,
                                       const struct am_scenario_task *tasks, int count,
                                       struct am_compare_row *rows, struct am_arena *arena,
                                       struct am_diag *diag, struct am_err *err);

/* Write the slice's rows into the folder, which is made where it is missing.
 * rows[i] is that of task i; those of other slices are not looked at. */
AM_MUST_CHECK am_status am_slice_write(const struct am_slice_run *run, struct am_slice slice,
                                       const struct am_compare_row *rows, const char *folder,
                                       struct am_err *err);

/* Read the rows of every slice in the folder, in arena; rows has room for
 * run->tasks. Each slice that is missing, damaged, or of another run is a
 * finding that names its file and how to make it. Fails with AM_EINVALID
 * (findings), AM_EIO or AM_ENOMEM. */
AM_MUST_CHECK am_status am_slices_collect(const struct am_slice_run *run, const char *folder,
                                          struct am_compare_row *rows, struct am_arena *arena,
                                          struct am_diag *diag, struct am_err *err);

#endif
