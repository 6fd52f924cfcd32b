/*
 * scenario - what would be different: scenarios of one caseload, side by side.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/progress.h"
#include "cli/scenario_run.h"
#include "command/options.h"
#include "io/atomic_file.h"
#include "io/compare_report.h"
#include "io/limits.h"

struct options {
    const char *folder, *caseload;
    bool quiet, people;
    struct am_settings settings;
};

static const struct am_option option_table[] = {
    {"output", 'o', AM_OPTION_TEXT, offsetof(struct options, folder), "FOLDER",
     "write scenarios.csv, people.csv, pairs.csv, scenarios.json and scenarios.svg there"},
    {"people", 0, AM_OPTION_FLAG, offsetof(struct options, people), NULL,
     "say in the table who gains and who loses"},
    {"write-caseload", 0, AM_OPTION_TEXT, offsetof(struct options, caseload), "FILE",
     "write the caseload as the one scenario changes it there, and solve nothing"},
    {"quiet", 'q', AM_OPTION_FLAG, offsetof(struct options, quiet), NULL, "no table"},
    {.kind = AM_OPTION_SETTINGS, .offset = offsetof(struct options, settings), .text = ""},
    {0},
};

struct run {
    struct options options;
    struct am_scenario_base base;
    struct am_scenario_task *tasks; /* the base first */
    struct am_compare_row *rows;    /* likewise */
    int count;
    struct am_arena arena;
    struct am_diag diag;
};

/* ---- reading ---- */

/* Each scenario has a name of its own; "base" is the caseload's. */
static void check_names(struct run *run, const struct am_scenario *scenarios)
{
    for (int i = 1; i < run->count; i++) {
        const char *name = scenarios[i].name;
        struct am_where where = {run->tasks[i].scenario.path, 0, 0, "$.name"};
        if (strcmp(name, "base") == 0)
            am_diag_add(&run->diag, AM_ERROR, where, "the name \"base\" is that of the caseload");
        for (int j = 1; j < i && *name; j++)
            if (strcmp(name, scenarios[j].name) == 0)
                am_diag_add(&run->diag, AM_ERROR, where, "%s is called \"%s\" too",
                            run->tasks[j].scenario.path, name);
    }
}

/* The bytes live in the arena. */
static am_status read_scenario(struct run *run, const char *path, struct am_document *document,
                               struct am_scenario *scenario, struct am_err *err)
{
    char *bytes;
    size_t size;
    am_status status = am_read_file(path, AM_FILE_LIMIT, &bytes, &size, err);
    if (status != AM_OK)
        return status;
    char *kept = AM_ARENA_NEW(&run->arena, size + 1, char);
    if (kept)
        memcpy(kept, bytes, size);
    free(bytes);
    if (!kept)
        return am_fail_memory(err);
    *document = (struct am_document){path, kept, size};
    return am_scenario_read(scenario, document, &run->arena, &run->diag, err);
}

/* What is wrong with any of them is told; the rest is looked at all the same. */
static am_status read_scenarios(struct run *run, const struct am_operands *operands,
                                struct am_err *err)
{
    size_t count = (size_t)operands->count;
    struct am_scenario *scenarios = AM_ARENA_NEW(&run->arena, count, struct am_scenario);
    run->tasks = AM_ARENA_NEW(&run->arena, count, struct am_scenario_task);
    run->rows = AM_ARENA_NEW(&run->arena, count, struct am_compare_row);
    if (!scenarios || !run->tasks || !run->rows)
        return am_fail_memory(err);
    run->count = operands->count;
    am_status first = AM_OK;
    for (int i = 1; i < run->count; i++) {
        struct am_err own;
        am_status status =
            read_scenario(run, operands->at[i], &run->tasks[i].scenario, &scenarios[i], &own);
        if (status == AM_EIO)
            am_diag_add(&run->diag, AM_ERROR, (struct am_where){0}, "%s", own.msg);
        if (status != AM_OK && first == AM_OK)
            first = am_fail(err, status, "%s", own.msg);
    }
    check_names(run, scenarios);
    if (first == AM_OK && run->diag.errors > 0)
        first = am_fail(err, AM_EINVALID, "names are not different");
    return first;
}

/* ---- writing the caseload out ---- */

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino &&
           S_ISREG(x.st_mode);
}

static am_status write_caseload(struct run *run, struct am_err *err)
{
    const char *to = run->options.caseload;
    struct am_patched patched;
    struct am_derived derived = {0};
    if (same_file(run->base.document.path, to))
        return am_fail(err, AM_EINVALID, "%s: is the caseload itself; write to another file", to);
    am_status status =
        am_caseload_patch(&patched, &run->base.document, &run->tasks[1].scenario, &run->diag, err);
    if (status == AM_OK) {
        status = am_derived_patched(&derived, &patched, &run->diag, err);
        am_derived_release(&derived);
    }
    if (status == AM_OK)
        status = am_atomic_write(to, patched.caseload.bytes, patched.caseload.size, err);
    if (status == AM_OK && patched.names_files && !run->options.quiet)
        (void)fprintf(stderr,
                      "amends: %s names files relative to its folder; %s needs them beside it\n",
                      run->base.document.path, to);
    am_patched_release(&patched);
    return status;
}

/* ---- the whole ---- */

static am_status tell(const struct run *run, struct am_err *err)
{
    struct am_comparison comparison = {run->rows, run->count, &run->base.derived.caseload};
    struct am_text text = {0};
    am_status status = AM_OK;
    if (run->options.folder)
        status = am_compare_write(&comparison, run->options.folder, err);
    if (status == AM_OK && !run->options.quiet)
        status = am_compare_table(&comparison, run->options.people, &text, err);
    if (status == AM_OK)
        (void)fputs(am_text_string(&text), stdout); /* main looks at the stream's state */
    am_text_release(&text);
    return status;
}

static am_status solve(struct run *run, struct am_err *err)
{
    run->base.stop = am_stop_begin();
    am_status status = am_scenario_run(&run->base, run->tasks, run->count, run->rows, &run->arena,
                                       &run->diag, err);
    am_stop_end();
    return status;
}

static int finish(struct run *run, am_status status, const struct am_err *err)
{
    if (status == AM_EINTERRUPTED) {
        (void)fprintf(stderr, "amends: stopped before all scenarios were solved; nothing is "
                              "written\n");
        return AM_EXIT_LIMIT;
    }
    return am_report_findings(&run->diag, status == AM_OK ? NULL : err);
}

static int run_scenarios(struct run *run, const struct am_operands *operands)
{
    struct am_err err;
    am_status status = read_scenarios(run, operands, &err);
    int code = am_scenario_base_read(&run->base, operands->at[0], &run->options.settings, NULL);
    if (code != AM_EXIT_DONE) {
        if (status != AM_OK)
            (void)am_report_findings(&run->diag, &err);
        return code;
    }
    if (status != AM_OK)
        return finish(run, status, &err);
    if (run->options.caseload)
        return finish(run, write_caseload(run, &err), &err);
    status = solve(run, &err);
    if (status == AM_OK)
        status = tell(run, &err);
    return finish(run, status, &err);
}

static int check_options(const struct am_command *command, const struct options *options,
                         const struct am_operands *operands)
{
    if (options->caseload && operands->count != 2)
        return am_usage_error(command, "--write-caseload is for one scenario");
    if (options->caseload && options->folder)
        return am_usage_error(command, "--write-caseload and --output exclude each other");
    return -1;
}

static int run_command(const struct am_command *command, int argc, char **argv)
{
    struct run run = {0};
    struct am_operands operands;
    am_settings_defaults(&run.options.settings);
    int stop = am_options_read(command, argc, argv, &run.options, &operands);
    if (stop < 0)
        stop = check_options(command, &run.options, &operands);
    if (stop >= 0)
        return stop;
    am_arena_init(&run.arena);
    am_diag_init(&run.diag);
    int code = run_scenarios(&run, &operands);
    am_scenario_base_release(&run.base);
    am_diag_release(&run.diag);
    am_arena_release(&run.arena);
    return code;
}

const struct am_command am_cmd_scenario = {
    .name = "scenario",
    .usage = "CASELOAD SCENARIO... [-o FOLDER] [options]",
    .summary = "what would be different: scenarios side by side, against the caseload",
    .help =
        "A scenario is a small file: a name, a sentence, and changes to the caseload (close a "
        "project, add a\nsession, places, a supervisor, change the policy, or any field). Each "
        "scenario's best roster is\ncompared with that of the caseload as it is: people placed, "
        "work booked, late starts, orders at\nrisk, who gains and who loses. What the searches "
        "prove to be better or worse is told so; the rest\nlies within the gap. "
        "docs/scenarios.md explains the files.\n",
    .options = option_table,
    .least_operands = 2,
    .most_operands = 1000,
    .run = run_command,
};
