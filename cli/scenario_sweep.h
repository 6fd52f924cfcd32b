/*
 * scenario_sweep - the tasks of `amends scenario --sweep`, and their curves.
 *
 * A grid of sweeps is tried on the base, and on each scenario that is given: a
 * task for each point. Its name says the values ("add_places-TOW-5").
 */
#ifndef AM_CLI_SCENARIO_SWEEP_H
#define AM_CLI_SCENARIO_SWEEP_H

#include <signal.h>

#include "cli/scenario_run.h"
#include "command/command.h"
#include "io/sweep.h"
#include "model/curve.h"

struct am_sweeps {
    struct am_sweep at[AM_SWEEP_MOST];
    int count;
    enum am_figure figure;
    int64_t worth_pence; /* of one unit of the figure; -1: not given */
    struct am_arena arena;
};

/* What was written on the command line (NULL: nothing). texts are the values of
 * each --sweep; figure that of --figure (NULL: "minutes"), worth that of --worth
 * in pounds. A mistake is reported as one of usage. Returns -1 to go on or
 * AM_EXIT_USAGE; release in any case. */
int am_sweeps_parse(struct am_sweeps *sweeps, const struct am_command *command,
                    const char *const *texts, int count, const char *figure, const char *worth);
void am_sweeps_release(struct am_sweeps *sweeps);

/* Tasks that the grid comes to on `curves` bases: points x curves. */
int am_sweeps_tasks(const struct am_sweeps *sweeps, int curves);

/* Fill them in: those of the base first, then those of scenarios[0], [1], ...
 * (curves - 1 of them, each checked with am_scenario_read). Texts are in
 * sweeps->arena. Fails with AM_EINVALID (an unknown target) or AM_ENOMEM. */
AM_MUST_CHECK am_status am_sweeps_make(struct am_sweeps *sweeps,
                                       const struct am_scenario_base *base,
                                       const struct am_scenario_task *scenarios, int curves,
                                       struct am_scenario_task *tasks, struct am_err *err);

#endif
