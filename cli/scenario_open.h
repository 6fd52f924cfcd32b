/*
 * scenario_open - `amends scenario BASE --open CANDIDATES --budget POUNDS`:
 * which new sessions to open (solver/opening.h).
 */
#ifndef AM_CLI_SCENARIO_OPEN_H
#define AM_CLI_SCENARIO_OPEN_H

#include <signal.h>

#include "cli/scenario_run.h"
#include "command/command.h"

struct am_open_request {
    const char *candidates; /* path */
    const char *budget;     /* as written: whole pounds */
    const char *rosters;    /* as written: how many may be made; NULL: 200 */
    int64_t budget_pounds;  /* am_open_parse fills these two in */
    int rosters_most;
};

/* Mistakes in what was written are reported as ones of usage. Returns -1 to go
 * on or AM_EXIT_USAGE. */
int am_open_parse(struct am_open_request *request, const struct am_command *command);

/* What was chosen. */
struct am_open_answer {
    struct am_document scenario;      /* amends-scenario/1: the set that was chosen, "opened" */
    const char *json, *csv, *summary; /* of io/open_report.h */
    struct am_arena arena;            /* of all */
};

/* Choose. Mistakes are reported on standard error. Returns an enum am_exit; release
 * in any case. */
int am_open_choose(struct am_open_answer *answer, const struct am_scenario_base *base,
                   const struct am_open_request *request);
void am_open_release(struct am_open_answer *answer);

#endif
