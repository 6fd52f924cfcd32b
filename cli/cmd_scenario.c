/*
 * scenario - what would be different: scenarios of one caseload, side by side.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/progress.h"
#include "cli/scenario_open.h"
#include "cli/scenario_run.h"
#include "cli/scenario_sweep.h"
#include "cli/scenario_tasks.h"
#include "command/options.h"
#include "io/atomic_file.h"
#include "io/compare_report.h"
#include "io/curve_report.h"
#include "io/limits.h"

struct options {
    const char *folder, *caseload;
    struct am_texts sweeps;
    const char *figure, *worth;
    const char *task, *collect;
    const char *candidates, *budget, *rosters;
    bool quiet, people, forecast;
    struct am_settings settings;
};

static const struct am_option option_table[] = {
    {"output", 'o', AM_OPTION_TEXT, offsetof(struct options, folder), "FOLDER",
     "write scenarios.csv, people.csv, pairs.csv, scenarios.json and scenarios.svg there"},
    {"people", 0, AM_OPTION_FLAG, offsetof(struct options, people), NULL,
     "say in the table who gains and who loses"},
    {"forecast", 0, AM_OPTION_FLAG, offsetof(struct options, forecast), NULL,
     "plan the weeks ahead too, and compare how many orders will finish late"},
    {"write-caseload", 0, AM_OPTION_TEXT, offsetof(struct options, caseload), "FILE",
     "write the caseload as the one scenario changes it there, and solve nothing"},
    {"sweep", 0, AM_OPTION_TEXTS, offsetof(struct options, sweeps), "SWEEP",
     "try a range of numbers, NAME[:TARGET]=FROM..TO[/STEP][@POUNDS]; several make a grid"},
    {"figure", 0, AM_OPTION_TEXT, offsetof(struct options, figure), "NAME",
     "figure of a sweep's curve: a column of scenarios.csv (default minutes)"},
    {"worth", 0, AM_OPTION_TEXT, offsetof(struct options, worth), "POUNDS",
     "what one unit of that figure is worth, to find where a sweep covers its cost"},
    {"task", 0, AM_OPTION_TEXT, offsetof(struct options, task), "I/N",
     "run slice I of N alone, and write it into the folder of --output"},
    {"collect", 0, AM_OPTION_TEXT, offsetof(struct options, collect), "FOLDER",
     "put the slices in that folder together, in place of running"},
    {"open", 0, AM_OPTION_TEXT, offsetof(struct options, candidates), "FILE",
     "choose which of these candidates to open"},
    {"budget", 0, AM_OPTION_TEXT, offsetof(struct options, budget), "POUNDS",
     "what they may cost together"},
    {"rosters", 0, AM_OPTION_TEXT, offsetof(struct options, rosters), "N",
     "most rosters that are made to choose (default 200)"},
    {"quiet", 'q', AM_OPTION_FLAG, offsetof(struct options, quiet), NULL, "no table"},
    {.kind = AM_OPTION_SETTINGS, .offset = offsetof(struct options, settings), .text = ""},
    {0},
};

struct run {
    struct options options;
    struct am_scenario_base base;
    struct am_scenario_task *tasks; /* the base first, then scenarios */
    struct am_compare_row *rows;    /* likewise */
    const char **names;             /* of the base and the scenarios */
    int count, point_count;         /* base and scenarios; behind them, points of sweeps */
    struct am_sweeps sweeps;
    struct am_slice slice; /* of --task */
    struct am_open_request open;
    struct am_open_answer opened;
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
                               struct am_err *err)
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
    return AM_OK;
}

static am_status read_scenarios(struct run *run, const struct am_operands *operands,
                                struct am_err *err)
{
    run->point_count = am_sweeps_tasks(&run->sweeps, operands->count);
    /* and one for what is opened */
    size_t count = (size_t)operands->count + (size_t)run->point_count + 1;
    run->tasks = AM_ARENA_NEW(&run->arena, count, struct am_scenario_task);
    run->rows = AM_ARENA_NEW(&run->arena, count, struct am_compare_row);
    run->names = AM_ARENA_NEW(&run->arena, count, const char *);
    if (!run->tasks || !run->rows || !run->names)
        return am_fail_memory(err);
    run->count = operands->count;
    am_status first = AM_OK;
    for (int i = 1; i < run->count; i++) {
        struct am_err own;
        am_status status = read_scenario(run, operands->at[i], &run->tasks[i].scenario, &own);
        if (status != AM_OK)
            am_diag_add(&run->diag, AM_ERROR, (struct am_where){0}, "%s", own.msg);
        if (status != AM_OK && first == AM_OK)
            first = am_fail(err, status, "%s", own.msg);
    }
    return first;
}

/* Their names; what is wrong with them is told by am_scenario_check. */
static am_status read_names(struct run *run, struct am_scenario *scenarios, struct am_err *err)
{
    run->names[0] = "base";
    for (int i = 1; i < run->count; i++) {
        struct am_diag unheard;
        if (!run->tasks[i].scenario.bytes)
            continue; /* it could not be read */
        am_diag_init(&unheard);
        am_status status =
            am_scenario_read(&scenarios[i], &run->tasks[i].scenario, &run->arena, &unheard, err);
        am_diag_release(&unheard);
        if (status == AM_ENOMEM)
            return status;
        run->names[i] = scenarios[i].name;
    }
    check_names(run, scenarios);
    return AM_OK;
}

/* All mistakes of all scenarios. */
static am_status check_scenarios(struct run *run, struct am_err *err)
{
    struct am_scenario *scenarios =
        AM_ARENA_NEW(&run->arena, (size_t)run->count, struct am_scenario);
    if (!scenarios)
        return am_fail_memory(err);
    am_status status = read_names(run, scenarios, err);
    if (status == AM_OK)
        status = am_scenario_check(&run->base, run->tasks, run->count, &run->diag, err);
    if (status == AM_OK && run->diag.errors > 0)
        status = am_fail(err, AM_EINVALID, "each scenario needs a name of its own");
    for (int i = 1; i < run->count && status == AM_OK; i++)
        run->tasks[i].checked = true;
    return status;
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

/* ---- what is written ---- */

/* Texts of a run beside those of the comparison. */
struct more {
    struct am_text csv, json, svg, said;
    struct am_compare_file files[3];
    int count;
};

static void more_release(struct more *more)
{
    am_text_release(&more->csv);
    am_text_release(&more->json);
    am_text_release(&more->svg);
    am_text_release(&more->said);
}

static am_status curves(struct run *run, struct more *more, struct am_err *err)
{
    struct am_curves all = {.sweeps = run->sweeps.at,
                            .sweep_count = run->sweeps.count,
                            .curves = run->count,
                            .names = run->names,
                            .rows = &run->rows[run->count],
                            .figure = run->sweeps.figure,
                            .worth_pence = run->sweeps.worth_pence};
    struct am_curve_line *lines;
    int count;
    am_status status = am_curve_lines(&all, &run->arena, &lines, &count, err);
    if (status != AM_OK)
        return status;
    am_curves_csv(&all, &more->csv);
    am_curves_json(&all, lines, count, &more->json);
    am_curves_svg(&all, lines, count, &more->svg);
    am_curves_summary(&all, lines, count, &more->said);
    const struct am_text *const texts[] = {&more->csv, &more->json, &more->svg, &more->said};
    for (int i = 0; i < 4 && status == AM_OK; i++)
        status = am_text_status(texts[i], err);
    more->files[0] = (struct am_compare_file){"sweep.csv", am_text_string(&more->csv)};
    more->files[1] = (struct am_compare_file){"sweep.json", am_text_string(&more->json)};
    more->files[2] = (struct am_compare_file){"sweep.svg", am_text_string(&more->svg)};
    more->count = 3;
    return status;
}

static void opened_files(const struct run *run, struct more *more)
{
    more->files[0] = (struct am_compare_file){"open.csv", run->opened.csv};
    more->files[1] = (struct am_compare_file){"open.json", run->opened.json};
    more->files[2] = (struct am_compare_file){"opened.json", run->opened.scenario.bytes};
    more->count = 3;
}

static am_status tell(struct run *run, struct am_err *err)
{
    struct am_comparison comparison = {run->rows, run->count, &run->base.derived.caseload};
    struct am_text text = {0};
    struct more more = {.count = 0};
    am_status status = AM_OK;
    if (run->open.candidates)
        opened_files(run, &more);
    else if (run->sweeps.count > 0)
        status = curves(run, &more, err);
    if (status == AM_OK && run->options.folder)
        status = am_compare_write(&comparison, run->options.folder, more.files, more.count, err);
    if (status == AM_OK && run->open.candidates)
        am_text_format(&text, "%s\n", run->opened.summary);
    if (status == AM_OK && !run->options.quiet)
        status = am_compare_table(&comparison, run->options.people, &text, err);
    if (status == AM_OK && !run->options.quiet) {
        (void)fputs(am_text_string(&text), stdout); /* main looks at the stream's state */
        (void)fputs(am_text_string(&more.said), stdout);
    }
    am_text_release(&text);
    more_release(&more);
    return status;
}

/* ---- the whole ---- */

/* All tasks, or those of a slice, or what slices there are. */
static am_status solve(struct run *run, struct am_err *err)
{
    int count = run->count + run->point_count;
    struct am_slice_run slices;
    struct am_slice slice = run->options.task ? run->slice : (struct am_slice){1, 1};
    am_slice_run_of(&slices, run->base.derived.caseload.sha256, &run->options.settings,
                    run->options.forecast, run->tasks, count);
    if (run->options.collect)
        return am_slices_collect(&slices, run->options.collect, run->rows, &run->arena, &run->diag,
                                 err);
    run->base.forecast = run->options.forecast;
    run->base.stop = am_stop_begin();
    am_status status = am_slice_solve(slice, &run->base, run->tasks, count, run->rows, &run->arena,
                                      &run->diag, err);
    am_stop_end();
    if (status == AM_OK && run->options.task)
        status = am_slice_write(&slices, slice, run->rows, run->options.folder, err);
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

/* Choose what to open; it becomes a scenario, beside the base. */
static int open_candidates(struct run *run)
{
    run->base.stop = am_stop_begin();
    int code = am_open_choose(&run->opened, &run->base, &run->open);
    am_stop_end();
    run->base.stop = NULL;
    run->tasks[1].scenario = run->opened.scenario;
    run->count = 2;
    return code;
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
    if (status == AM_OK || status == AM_EIO) {
        struct am_err own; /* all is in the findings */
        am_status checked = check_scenarios(run, &own);
        if (status == AM_OK && checked != AM_OK)
            status = am_fail(&err, checked, "%s", own.msg);
    }
    if (status == AM_OK)
        status = am_sweeps_make(&run->sweeps, &run->base, &run->tasks[1], run->count,
                                &run->tasks[run->count], &err);
    if (status != AM_OK)
        return finish(run, status, &err);
    if (run->options.caseload)
        return finish(run, write_caseload(run, &err), &err);
    if (run->open.candidates && (code = open_candidates(run)) != AM_EXIT_DONE)
        return code;
    status = solve(run, &err);
    if (status == AM_OK && !run->options.task)
        status = tell(run, &err);
    return finish(run, status, &err);
}

/* What is run in slices, or chosen. */
static int check_tasks(const struct am_command *command, struct run *run,
                       const struct am_operands *operands)
{
    const struct options *options = &run->options;
    bool wants = options->sweeps.count > 0 || options->candidates;
    if (operands->count < 2 && !wants)
        return am_usage_error(command, "an argument is missing: a scenario, --sweep or --open");
    if (options->candidates &&
        (operands->count > 1 || options->sweeps.count > 0 || options->task || options->collect))
        return am_usage_error(command,
                              "--open is for a caseload alone: no scenarios, --sweep, --task or "
                              "--collect");
    if (options->task && options->collect)
        return am_usage_error(command, "--task and --collect exclude each other");
    if (options->task && !options->folder)
        return am_usage_error(command, "--task needs --output");
    if (options->task && !am_slice_parse(options->task, &run->slice))
        return am_usage_error(command, "--task: found \"%s\", expected I/N, such as 3/20",
                              options->task);
    run->open = (struct am_open_request){
        .candidates = options->candidates, .budget = options->budget, .rosters = options->rosters};
    int stop = am_open_parse(&run->open, command);
    if (stop < 0)
        stop = am_sweeps_parse(&run->sweeps, command, options->sweeps.at, options->sweeps.count,
                               options->figure, options->worth);
    if (stop < 0 && run->sweeps.figure == AM_FIGURE_finish_late && !options->forecast)
        stop = am_usage_error(command, "--figure finish_late needs --forecast");
    return stop;
}

static int check_options(const struct am_command *command, const struct options *options,
                         const struct am_operands *operands)
{
    if (options->caseload && (operands->count != 2 || options->sweeps.count > 0))
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
    am_arena_init(&run.sweeps.arena);
    am_arena_init(&run.opened.arena);
    am_arena_init(&run.arena);
    am_diag_init(&run.diag);
    if (stop < 0)
        stop = check_tasks(command, &run, &operands);
    int code = stop >= 0 ? stop : run_scenarios(&run, &operands);
    am_scenario_base_release(&run.base);
    am_sweeps_release(&run.sweeps);
    am_open_release(&run.opened);
    am_diag_release(&run.diag);
    am_arena_release(&run.arena);
    return code;
}

const struct am_command am_cmd_scenario = {
    .name = "scenario",
    .usage = "CASELOAD [SCENARIO...] [-o FOLDER] [options]",
    .summary = "what would be different: scenarios side by side, against the caseload",
    .help =
        "A scenario is a small file: a name, a sentence, and changes to the caseload (close a "
        "project, add a\nsession, places, a supervisor, change the policy, or any field). Each "
        "scenario's best roster is\ncompared with that of the caseload as it is: people placed, "
        "work booked, late starts, orders at\nrisk, who gains and who loses. What the searches "
        "prove to be better or worse is told so; the rest\nlies within the gap. "
        "--sweep tries a range of numbers, --open chooses\nwhat to open within a budget, --task "
        "and --collect cut a long run into slices for many machines.\ndocs/scenarios.md explains "
        "the files.\n",
    .options = option_table,
    .least_operands = 1,
    .most_operands = 1000,
    .run = run_command,
};
