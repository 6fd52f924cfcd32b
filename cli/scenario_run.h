/*
 * scenario_run - scenarios of one caseload, solved side by side.
 *
 * A task is a scenario (or the base as it is); its row is what came of it. Rows
 * do not depend on the number of threads, nor on the other tasks: each is solved
 * from the base's roster. A row can be written to a file and read back, so that tasks
 * may run in processes of their own.
 */
#ifndef AM_CLI_SCENARIO_RUN_H
#define AM_CLI_SCENARIO_RUN_H

#include "base/settings.h"
#include "cli/solved.h"
#include "command/derived.h"
#include "io/caseload_patch.h"
#include "io/compare_row.h"
#include "model/compare.h"

/* The base; what tasks start from. */
struct am_scenario_base {
    struct am_document document; /* its bytes; owned */
    struct am_derived derived;
    bool is_solved;
    struct am_solved solved; /* once it is */
    struct am_settings settings;
    bool forecast;                     /* reckon finish_late too */
    const volatile sig_atomic_t *stop; /* NULL: never */
};

/* Read the caseload; it is solved when a task wants it. Mistakes are reported on
 * standard error. Returns an enum am_exit; release in any case. */
int am_scenario_base_read(struct am_scenario_base *base, const char *path,
                          const struct am_settings *settings, const volatile sig_atomic_t *stop);
void am_scenario_base_release(struct am_scenario_base *base);

struct am_scenario_task {
    struct am_document scenario; /* bytes NULL: the base as it is */
    bool checked;                /* am_scenario_check has found nothing wrong with it */
};

/* Read every scenario, and the caseload that it makes: mistakes of all of them are
 * in diag. Fails with AM_EINVALID or AM_EPARSE (findings) or AM_ENOMEM. */
AM_MUST_CHECK am_status am_scenario_check(const struct am_scenario_base *base,
                                          const struct am_scenario_task *tasks, int count,
                                          struct am_diag *diag, struct am_err *err);

/*
 * Check the tasks that are not yet, then solve the base where it is not yet, then the tasks in up
 * to settings.threads threads; rows[i] is that of tasks[i], in arena. Fails as
 * am_scenario_check does, before anything is solved, or with AM_EINTERRUPTED
 * (stopped: no row is to be used), AM_ESOLVER.
 */
AM_MUST_CHECK am_status am_scenario_run(struct am_scenario_base *base,
                                        const struct am_scenario_task *tasks, int count,
                                        struct am_compare_row *rows, struct am_arena *arena,
                                        struct am_diag *diag, struct am_err *err);

#endif
