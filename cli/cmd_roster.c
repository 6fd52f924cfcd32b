/*
 * roster - from a caseload to an audited roster and its files.
 *
 * The roster is audited against the caseload by code that shares nothing with
 * the solver, whatever the outcome; one that fails is not written.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "command/derived.h"
#include "command/key.h"
#include "command/options.h"
#include "cli/progress.h"
#include "cli/solved.h"
#include "cli/trace.h"
#include "io/atomic_file.h"
#include "io/outputs.h"
#include "io/report_summary.h"
#include "io/roster_warm.h"
#include "solver/compact.h"

enum { PPM_PER_PERCENT = 10000, BREACHES_SHOWN = 50, NANO_PER_CENTI = 10000000 };

struct options {
    const char *folder, *detail, *model, *key, *warm, *plan, *trace;
    bool quiet, verbose;
    struct am_settings settings;
};

/* One run, from the file to what is written. */
struct run {
    struct options options;
    struct am_output_options outputs;
    char *key;
    bool compact;
    struct am_log log;
    struct timespec began;
    struct am_derived derived;
    struct am_roster warm; /* where --warm is given */
    char warm_sha256[65];  /* likewise, else "" */
    struct am_solved solved;
    struct am_err trace_failed; /* AM_OK: it did not */
};

static const struct am_option option_table[] = {
    {"output", 'o', AM_OPTION_TEXT, offsetof(struct options, folder), "FOLDER",
     "write roster.json, roster.csv, roster.html and calendars/ there; else JSON to standard "
     "output"},
    {"detail", 0, AM_OPTION_TEXT, offsetof(struct options, detail), "WHAT",
     "what pages and calendars tell of people: count, crn (default) or names"},
    {"key", 0, AM_OPTION_TEXT, offsetof(struct options, key), "FILE",
     "secret from which the names of people's calendars are made"},
    {"model", 0, AM_OPTION_TEXT, offsetof(struct options, model), "NAME",
     "patterns (default), or compact: one big 0-1 model, for tiny caseloads"},
    {"warm", 0, AM_OPTION_TEXT, offsetof(struct options, warm), "ROSTER",
     "begin with this roster.json: last week's, or one changed by hand"},
    {"plan", 0, AM_OPTION_TEXT, offsetof(struct options, plan), "PLAN",
     "aim at this completion plan (plan.json), made of this caseload or of an earlier week's"},
    {"trace", 0, AM_OPTION_TEXT, offsetof(struct options, trace), "FILE",
     "write how the search goes there, as CSV: seconds, phase, objective, bound, gap"},
    {"quiet", 'q', AM_OPTION_FLAG, offsetof(struct options, quiet), NULL,
     "no summary and no progress"},
    {"verbose", 'v', AM_OPTION_FLAG, offsetof(struct options, verbose), NULL,
     "tell settings, sizes and times on standard error"},
    {.kind = AM_OPTION_SETTINGS, .offset = offsetof(struct options, settings), .text = ""},
    {0},
};

/* ---- log ---- */

static void print_line(void *context, enum am_log_level level, const char *line)
{
    (void)context;
    (void)level;
    (void)fprintf(stderr, "%s\n", line);
}

static int64_t centiseconds_since(const struct timespec *began)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return -1;
    return (int64_t)(now.tv_sec - began->tv_sec) * 100 +
           (now.tv_nsec - began->tv_nsec) / NANO_PER_CENTI;
}

static void log_step(const struct run *run, const char *what)
{
    int64_t time = centiseconds_since(&run->began);
    am_log(&run->log, AM_LOG_DETAIL, "%5" PRId64 ".%02" PRId64 " s  %s", time / 100, time % 100,
           what);
}

static void log_settings(const struct run *run)
{
    for (int i = 0; i < am_setting_count; i++) {
        const struct am_setting *setting = &am_setting_table[i];
        int32_t value = am_setting_value(&run->options.settings, setting);
        char text[AM_SETTING_TEXT];
        if (value != setting->value || strcmp(setting->name, "seed") == 0)
            am_log(&run->log, AM_LOG_DETAIL, "%s = %s", setting->name,
                   am_setting_format(setting, value, text));
    }
}

static void log_sizes(const struct run *run)
{
    const struct am_instance *instance = &run->solved.instance;
    am_log(&run->log, AM_LOG_DETAIL,
           "%d people, %d sessions, %d supervisors, %" PRId64 " possible appointments",
           instance->person_count, instance->session_count, instance->supervisor_count,
           instance->pair_count);
}

static void log_outcome(const struct run *run, enum am_log_level level)
{
    const struct am_proof *proof = &run->solved.roster.proof;
    int64_t gap = am_proof_gap_ppm(proof);
    am_log(&run->log, level,
           "%s: %" PRId64 " points, none can have fewer than %" PRId64 ", gap %" PRId64
           ".%04" PRId64 " %%, seed %d",
           am_outcome_word(run->solved.roster.outcome), proof->objective, proof->bound,
           gap / PPM_PER_PERCENT, gap % PPM_PER_PERCENT, (int)run->options.settings.seed);
}

/* ---- steps ---- */

static int check_options(const struct am_command *command, struct run *run)
{
    const struct options *options = &run->options;
    if (options->quiet && options->verbose)
        return am_usage_error(command, "--quiet and --verbose exclude each other");
    if (options->model && strcmp(options->model, "patterns") != 0 &&
        strcmp(options->model, "compact") != 0)
        return am_usage_error(command, "--model: found \"%s\", expected patterns or compact",
                              options->model);
    run->compact = options->model && strcmp(options->model, "compact") == 0;
    if (run->compact && options->warm)
        return am_usage_error(command, "--warm is for --model patterns");
    if (options->detail && !am_detail_parse(options->detail, &run->outputs.detail))
        return am_usage_error(command, "--detail: found \"%s\", expected count, crn or names",
                              options->detail);
    if (!options->folder && (options->detail || options->key))
        return am_usage_error(command, "--%s needs --output", options->detail ? "detail" : "key");
    return -1;
}

static struct am_roster_context context_of(const struct run *run)
{
    const struct am_derived *derived = &run->derived;
    return (struct am_roster_context){
        .caseload = &derived->caseload,
        .orders = &derived->orders,
        .eligibility = &derived->eligibility,
        .clocks = &derived->clocks,
        .settings = &run->options.settings,
        .version = AM_VERSION,
        .warm_sha256 = run->options.warm ? run->warm_sha256 : NULL,
    };
}

/* ---- a roster to begin with ---- */

static void tell_left_out(const struct run *run, int count, const char *why)
{
    if (count > 0)
        am_log(&run->log, AM_LOG_INFO, "  %d left out: %s", count, why);
}

static void tell_warm(const struct run *run, const struct am_warm_count *count)
{
    am_log(&run->log, AM_LOG_INFO, "%s: %d of %d appointments taken over, %d of %d supervisors",
           run->options.warm, count->taken, count->listed, count->led_taken, count->led);
    tell_left_out(run, count->no_person, "the person is gone, or has no order to work on");
    tell_left_out(run, count->no_session, "the session is not held on that day");
    tell_left_out(run, count->moved, "the session is at another time");
    tell_left_out(run, count->forbidden, "a rule keeps the person away");
    tell_left_out(run, count->twice, "the person has another appointment on that day");
}

/* Returns an exit code. */
static int read_warm(struct run *run)
{
    struct am_roster_context context = context_of(run);
    struct am_warm_count count;
    struct am_diag diag;
    struct am_err err;
    if (!run->options.warm)
        return AM_EXIT_DONE;
    am_diag_init(&diag);
    am_status status = am_roster_warm(&run->warm, &context, run->options.warm, &count,
                                      run->warm_sha256, &diag, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_diag_release(&diag);
    if (code == AM_EXIT_DONE)
        tell_warm(run, &count);
    return code;
}

/* ---- a plan to aim at ---- */

/* Returns an exit code. */
static int read_plan(struct run *run)
{
    struct am_aimed aimed;
    if (!run->options.plan)
        return AM_EXIT_DONE;
    int code = am_derived_aim(&run->derived, run->options.plan, &aimed);
    if (code != AM_EXIT_DONE)
        return code;
    am_log(&run->log, AM_LOG_INFO, "%s: a plan for %d of %d people with minutes to work",
           run->options.plan, aimed.aimed, aimed.at_work);
    if (aimed.gone > 0)
        am_log(&run->log, AM_LOG_INFO, "  %d of the plan no longer in the caseload", aimed.gone);
    return AM_EXIT_DONE;
}

/* ---- the search ---- */

/* Where the search shows how far it is. */
struct watch {
    struct am_progress_line line;
    struct am_trace trace;
};

static void watch_progress(void *context, const struct am_progress *progress)
{
    struct watch *watch = context;
    am_progress_show(&watch->line, progress);
    am_trace_note(&watch->trace, progress);
}

static am_status search(struct run *run, struct watch *watch, struct am_err *err)
{
    const struct am_settings *settings = &run->options.settings;
    struct am_solve_hooks hooks = {.progress = watch_progress,
                                   .context = watch,
                                   .stop = am_stop_begin(),
                                   .warm = run->options.warm ? &run->warm : NULL};
    am_progress_begin(&watch->line, !run->options.quiet, settings->time_limit);
    am_status status =
        am_solved_search(&run->solved, &run->derived, run->compact ? am_compact_solve : am_solve,
                         settings, hooks, err);
    am_stop_end();
    am_progress_end(&watch->line);
    return status;
}

static am_status solve(struct run *run, struct am_err *err)
{
    struct am_solved *solved = &run->solved;
    struct watch watch;
    struct am_err trace_err;
    am_status status = am_solved_instance(solved, &run->derived, err);
    if (status != AM_OK)
        return status;
    log_sizes(run);
    status = am_trace_begin(&watch.trace, run->options.trace, err);
    if (status != AM_OK)
        return status;
    status = search(run, &watch, err);
    bool found = status == AM_OK && solved->solution.outcome != AM_OUTCOME_NONE;
    if (am_trace_end(&watch.trace, found ? &solved->solution : NULL, &trace_err) != AM_OK)
        run->trace_failed = trace_err;
    return status;
}

/* A roster that fails here is a fault of amends, not of the caseload. */
static int refuse(const struct run *run)
{
    const struct am_audit *audit = &run->solved.audit;
    const struct am_caseload *caseload = &run->derived.caseload;
    (void)fprintf(stderr, "amends: the roster does not pass its audit, so it is not written. This "
                          "is a mistake in amends; please report it.\n");
    int shown = 0;
    for (int i = 0; i < audit->breach_count && shown < BREACHES_SHOWN; i++) {
        const struct am_breach *breach = &audit->breaches[i];
        if (breach->accepted)
            continue;
        shown++;
        (void)fprintf(stderr, "  %s %s %s: %s\n", am_rule_id(breach->rule),
                      breach->person >= 0 ? caseload->people[breach->person].crn : "-",
                      breach->session >= 0 ? caseload->sessions[breach->session].id : "-",
                      breach->detail);
    }
    if (!audit->score_agrees)
        (void)fprintf(stderr,
                      "  the score does not agree with the audit's own: %" PRId64 " and %" PRId64
                      "\n",
                      run->solved.roster.score.total, audit->score.total);
    if (!audit->proof_agrees)
        (void)fprintf(stderr, "  the proof does not agree with the score\n");
    return AM_EXIT_AUDIT;
}

static am_status print_summary(const struct run *run, const struct am_roster_context *context,
                               struct am_err *err)
{
    struct am_arena arena;
    struct am_figures figures;
    char *text = NULL;
    am_arena_init(&arena);
    am_status status = am_figures_gather(context, &run->solved.roster, &arena, &figures, err);
    if (status == AM_OK)
        status = am_report_summary(context, &run->solved.roster, &figures, -1, &text, err);
    if (status == AM_OK)
        (void)fputs(text, stdout); /* main looks at the stream's state */
    free(text);
    am_arena_release(&arena);
    return status;
}

static am_status write_results(const struct run *run, struct am_err *err)
{
    struct am_roster_context context = context_of(run);
    context.audit = &run->solved.audit;
    if (run->options.folder) {
        am_status status = am_write_outputs(&context, &run->solved.roster, run->options.folder,
                                            &run->outputs, err);
        if (status == AM_OK && !run->options.quiet)
            status = print_summary(run, &context, err);
        return status;
    }
    char *text = NULL;
    am_status status = am_roster_json(&context, &run->solved.roster, &text, err);
    if (status == AM_OK)
        (void)fputs(text, stdout);
    free(text);
    return status;
}

static int solve_and_write(struct run *run)
{
    struct am_err err;
    am_status status = solve(run, &err);
    if (status == AM_EINTERRUPTED ||
        (status == AM_OK && run->solved.solution.outcome == AM_OUTCOME_NONE)) {
        (void)fprintf(stderr, "amends: stopped before there was any roster\n");
        return AM_EXIT_LIMIT;
    }
    if (status != AM_OK)
        return am_report_error(&err);
    log_step(run, "solved");
    if (am_solved_roster(&run->solved, &run->derived, &err) != AM_OK)
        return am_report_error(&err);
    if (!am_audit_passes(&run->solved.audit))
        return refuse(run);
    log_step(run, "audited");
    if (write_results(run, &err) != AM_OK)
        return am_report_error(&err);
    log_step(run, "written");
    log_outcome(run, run->options.folder ? AM_LOG_DETAIL : AM_LOG_INFO);
    return run->trace_failed.status == AM_OK ? AM_EXIT_DONE : am_report_error(&run->trace_failed);
}

static int run_file(struct run *run, const char *path)
{
    struct am_err err;
    log_settings(run);
    if (am_key_read(run->options.key, &run->key, &run->outputs, &err) != AM_OK)
        return am_report_error(&err);
    int code = am_derived_read(&run->derived, path);
    if (code != AM_EXIT_DONE)
        return code;
    log_step(run, "read");
    code = read_plan(run);
    if (code == AM_EXIT_DONE)
        code = read_warm(run);
    return code == AM_EXIT_DONE ? solve_and_write(run) : code;
}

static int run_roster(const struct am_command *command, int argc, char **argv)
{
    struct run run = {.outputs = {.detail = AM_DETAIL_CRN, .files = AM_OUTPUT_ALL}};
    struct am_operands operands;
    am_settings_defaults(&run.options.settings);
    int stop = am_options_read(command, argc, argv, &run.options, &operands);
    if (stop < 0)
        stop = check_options(command, &run);
    if (stop >= 0)
        return stop;
    run.log.sink = print_line;
    run.log.level = run.options.verbose ? AM_LOG_DETAIL
                    : run.options.quiet ? AM_LOG_WARNING
                                        : AM_LOG_INFO;
    (void)clock_gettime(CLOCK_MONOTONIC, &run.began);
    int code = run_file(&run, operands.at[0]);
    am_solved_release(&run.solved);
    am_roster_release(&run.warm);
    am_derived_release(&run.derived);
    free(run.key);
    return code;
}

const struct am_command am_cmd_roster = {
    .name = "roster",
    .usage = "CASELOAD [-o FOLDER] [options]",
    .summary = "make the best roster of a caseload, with its calendars",
    .help = "Reads a caseload (JSON), makes the best roster of its window, checks it against "
            "every rule by\ncode that knows nothing of the search, and writes it. It says how far "
            "from the best possible\nroster it can be. Ctrl-C ends the search: the best roster so "
            "far is written.\n",
    .options = option_table,
    .least_operands = 1,
    .most_operands = 1,
    .run = run_roster,
};
