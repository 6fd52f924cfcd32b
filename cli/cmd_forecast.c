/*
 * forecast - will each order finish in time? The ledger of every order's clock,
 * the completion plan, its futures, and who has to go back to court.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/forecast_doubts.h"
#include "cli/progress.h"
#include "command/derived.h"
#include "command/options.h"
#include "io/forecast.h"
#include "io/plan_json.h"
#include "model/audit_plan.h"
#include "model/futures_plan.h"
#include "solver/planning.h"

enum {
    FUTURES = 1000,
    WEEKS_BEYOND = 26,
    WEEKS_BEYOND_MOST = 104,
    ARRIVALS_MOST = 1000,
    JAMS_TRIED = 5,
    JAM_FUTURES = 100, /* each with the luck of the one it is compared with */
    BREACHES_SHOWN = 20
};

struct options {
    const char *folder, *detail, *futures, *seed, *threads, *arrivals, *weeks, *time_limit;
    bool quiet;
};

/* One run, from the file to what is written. */
struct run {
    struct options options;
    struct am_settings settings; /* seed, threads and time limit count */
    enum am_detail detail;
    int32_t futures_count, arrivals, weeks_beyond;
    struct am_derived derived;
    struct am_arena arena; /* of what follows */
    struct am_order_ledger ledger;
    struct am_ete_use ete;
    struct am_horizon horizon;
    struct am_planning planning;
    struct am_plan plan;
    bool stopped;
    struct am_futures_setup setup;
    struct am_futures futures;
    struct am_jam_list jams;
    struct am_court court;
};

static const struct am_option option_table[] = {
    {"output", 'o', AM_OPTION_TEXT, offsetof(struct options, folder), "FOLDER",
     "write forecast.html, court.html, the tables, forecast.json and plan.json there; else "
     "forecast.json to standard output"},
    {"futures", 0, AM_OPTION_TEXT, offsetof(struct options, futures), "N",
     "futures to simulate, 0 to 100000; default 1000"},
    {"arrivals", 0, AM_OPTION_TEXT, offsetof(struct options, arrivals), "N",
     "people sentenced each week, in place of what the caseload says"},
    {"weeks", 0, AM_OPTION_TEXT, offsetof(struct options, weeks), "N",
     "weeks to look at beyond the last deadline; default 26"},
    {"detail", 0, AM_OPTION_TEXT, offsetof(struct options, detail), "WHAT",
     "what files tell of people: crn (default) or names"},
    {"seed", 0, AM_OPTION_TEXT, offsetof(struct options, seed), "N",
     "names the luck of the futures; the same seed gives the same files (default 1)"},
    {"threads", 0, AM_OPTION_TEXT, offsetof(struct options, threads), "N",
     "threads; the files do not depend on it (default 2)"},
    {"time-limit", 0, AM_OPTION_TEXT, offsetof(struct options, time_limit), "N",
     "take the best plan so far after this many seconds; 0, the default: no limit"},
    {"quiet", 'q', AM_OPTION_FLAG, offsetof(struct options, quiet), NULL, "no summary"},
    {0},
};

/* ---- options ---- */

/* A whole number of the range; text NULL leaves the value. */
static bool parse_count(const char *text, int32_t least, int32_t most, int32_t *value)
{
    if (!text)
        return true;
    if (strspn(text, "0123456789") != strlen(text) || !*text || strlen(text) > 9)
        return false;
    long number = strtol(text, NULL, 10);
    if (number < least || number > most)
        return false;
    *value = (int32_t)number;
    return true;
}

/* What may be set for any search is read as its settings are. */
static bool parse_setting(struct run *run, const char *name, const char *text, struct am_err *err)
{
    return !text || am_setting_parse(&run->settings, am_setting_find(name), text, err) == AM_OK;
}

static int check_options(const struct am_command *command, struct run *run)
{
    const struct options *options = &run->options;
    struct am_err err;
    if (!parse_count(options->futures, 0, AM_FUTURES_MAX, &run->futures_count))
        return am_usage_error(command, "--futures: found \"%s\", expected 0 to %d",
                              options->futures, AM_FUTURES_MAX);
    if (!parse_count(options->arrivals, 0, ARRIVALS_MOST, &run->arrivals))
        return am_usage_error(command, "--arrivals: found \"%s\", expected 0 to %d",
                              options->arrivals, ARRIVALS_MOST);
    if (!parse_count(options->weeks, 0, WEEKS_BEYOND_MOST, &run->weeks_beyond))
        return am_usage_error(command, "--weeks: found \"%s\", expected 0 to %d", options->weeks,
                              WEEKS_BEYOND_MOST);
    if (!parse_setting(run, "seed", options->seed, &err) ||
        !parse_setting(run, "threads", options->threads, &err) ||
        !parse_setting(run, "time_limit", options->time_limit, &err))
        return am_usage_error(command, "%s", err.msg);
    if (options->detail &&
        (!am_detail_parse(options->detail, &run->detail) || run->detail == AM_DETAIL_COUNT))
        return am_usage_error(command, "--detail: found \"%s\", expected crn or names",
                              options->detail);
    if (!options->folder && options->detail)
        return am_usage_error(command, "--detail needs --output");
    return -1;
}

/* ---- steps ---- */

static am_status build_horizon(struct run *run, struct am_err *err)
{
    const struct am_derived *derived = &run->derived;
    const struct am_horizon_wishes wishes = {.arrivals_per_week = run->arrivals};
    return am_horizon_build(&derived->caseload, &derived->orders, &derived->clocks, &wishes,
                            &run->arena, &run->horizon, err);
}

/* Returns an exit code. */
static int read_and_reckon(struct run *run, const char *path)
{
    struct am_derived *derived = &run->derived;
    struct am_diag diag;
    struct am_err err;
    int code = am_derived_read_ahead(derived, path, run->weeks_beyond);
    if (code != AM_EXIT_DONE)
        return code;
    am_status status = am_order_ledger_build(&derived->caseload, &derived->orders, &derived->clocks,
                                             &run->arena, &run->ledger, &err);
    if (!status)
        status = build_horizon(run, &err);
    if (!status)
        status = am_ete_use_build(&derived->caseload, &derived->orders, &derived->eligibility,
                                  &run->arena, &run->ete, &err);
    if (status)
        return am_report_error(&err);
    am_diag_init(&diag);
    am_forecast_doubts(derived, &run->ledger, &run->horizon, &diag);
    code = am_report_findings(&diag, NULL);
    am_diag_release(&diag);
    return code;
}

static am_status plan(struct run *run, struct am_err *err)
{
    run->planning = am_planning_defaults();
    run->planning.threads = run->settings.threads;
    run->planning.stop = am_stop_begin();
    am_stop_after(run->settings.time_limit);
    am_status status = am_plan_solve(&run->horizon, &run->planning, &run->plan, err);
    run->stopped = *run->planning.stop != 0;
    am_stop_end();
    return status;
}

/* Nothing is written of a plan that breaks a rule. Returns an exit code. */
static int audit(const struct run *run)
{
    struct am_plan_audit audit;
    struct am_err err;
    if (am_audit_plan(&run->derived.caseload, &run->plan, run->arrivals, &audit, &err))
        return am_report_error(&err);
    bool passes = am_plan_audit_passes(&audit);
    if (!passes)
        (void)fprintf(stderr, "amends: the plan does not pass its audit, so nothing is written. "
                              "This is a mistake in amends; please report it.\n");
    for (int i = 0; i < audit.breach_count && i < BREACHES_SHOWN; i++)
        (void)fprintf(stderr, "  %s: %s\n", am_plan_rule_word(audit.breaches[i].rule),
                      audit.breaches[i].detail);
    am_plan_audit_release(&audit);
    return passes ? AM_EXIT_DONE : AM_EXIT_AUDIT;
}

static am_status simulate(struct run *run, struct am_err *err)
{
    struct am_futures_options options = {.count = run->futures_count,
                                         .seed = (uint64_t)run->settings.seed,
                                         .threads = run->settings.threads};
    am_status status = am_jams_find(&run->plan, &run->arena, &run->jams, err);
    if (status || run->futures_count == 0)
        return status;
    status =
        am_futures_setup_build(&run->plan, &run->derived.orders, &run->arena, &run->setup, err);
    if (!status)
        status = am_futures_run(&run->setup, &options, &run->arena, &run->futures, err);
    if (options.count > JAM_FUTURES)
        options.count = JAM_FUTURES;
    return status ? status
                  : am_jams_try(&run->plan, &run->setup, &options, JAMS_TRIED, &run->jams, err);
}

/* ---- what is written ---- */

static am_status put(const struct am_forecast *forecast,
                     am_status (*make)(const struct am_forecast *, char **, struct am_err *),
                     struct am_err *err)
{
    char *text = NULL;
    am_status status = make(forecast, &text, err);
    if (!status)
        (void)fputs(text, stdout); /* main looks at the stream's state */
    free(text);
    return status;
}

static am_status write_forecast(const struct run *run, struct am_forecast *forecast,
                                struct am_err *err)
{
    const struct am_derived *derived = &run->derived;
    const struct am_plan_context context = {.caseload = &derived->caseload,
                                            .orders = &derived->orders,
                                            .clocks = &derived->clocks,
                                            .version = AM_VERSION,
                                            .gap_ppm = run->planning.gap_ppm,
                                            .steps = run->planning.steps,
                                            .arrivals_per_week = run->arrivals};
    char *plan_json = NULL;
    if (!run->options.folder)
        return put(forecast, am_forecast_json, err);
    am_status status = am_plan_json(&context, &run->plan, &plan_json, err);
    forecast->plan_json = plan_json;
    if (!status)
        status = am_forecast_write(forecast, run->options.folder, err);
    if (!status && !run->options.quiet)
        status = put(forecast, am_forecast_summary, err);
    free(plan_json);
    return status;
}

static am_status forecast_plan(struct run *run, struct am_err *err)
{
    const struct am_derived *derived = &run->derived;
    am_status status = simulate(run, err);
    const struct am_futures *futures = run->futures_count > 0 ? &run->futures : NULL;
    if (!status)
        status =
            am_court_build(&derived->orders, &run->ledger, futures, &run->arena, &run->court, err);
    struct am_forecast forecast = {.caseload = &derived->caseload,
                                   .orders = &derived->orders,
                                   .eligibility = &derived->eligibility,
                                   .clocks = &derived->clocks,
                                   .ledger = &run->ledger,
                                   .ete = &run->ete,
                                   .court = &run->court,
                                   .plan = &run->plan,
                                   .futures = futures,
                                   .jams = &run->jams,
                                   .version = AM_VERSION,
                                   .detail = run->detail,
                                   .weeks_beyond = run->weeks_beyond,
                                   .stopped = run->stopped};
    return status ? status : write_forecast(run, &forecast, err);
}

static int run_file(struct run *run, const char *path)
{
    struct am_err err;
    int code = read_and_reckon(run, path);
    if (code != AM_EXIT_DONE)
        return code;
    if (plan(run, &err))
        return am_report_error(&err);
    code = audit(run);
    if (code != AM_EXIT_DONE)
        return code;
    return forecast_plan(run, &err) == AM_OK ? AM_EXIT_DONE : am_report_error(&err);
}

static int run(const struct am_command *command, int argc, char **argv)
{
    struct run run = {.detail = AM_DETAIL_CRN,
                      .futures_count = FUTURES,
                      .arrivals = -1,
                      .weeks_beyond = WEEKS_BEYOND};
    struct am_operands operands;
    am_settings_defaults(&run.settings);
    int code = am_options_read(command, argc, argv, &run.options, &operands);
    if (code < 0)
        code = check_options(command, &run);
    if (code >= 0)
        return code;
    am_arena_init(&run.arena);
    code = run_file(&run, operands.at[0]);
    am_plan_release(&run.plan);
    am_arena_release(&run.arena);
    am_derived_release(&run.derived);
    return code;
}

const struct am_command am_cmd_forecast = {
    .name = "forecast",
    .usage = "CASELOAD [-o FOLDER] [options]",
    .summary = "say which orders will finish in time, plan the weeks ahead, list those for court",
    .help =
        "For every order: by when it has to be finished, what is left, the last week in which "
        "work can\nsafely start, the point of no return, and how likely it is to finish in time. "
        "For the unit: a plan\nof the whole caseload up to the last deadline, against the places "
        "and supervisors that there are,\nopen and overdue orders by week, and where places are "
        "short.\n\n"
        "Interrupted once (Ctrl-C), it takes the best plan so far and goes on.\n",
    .options = option_table,
    .least_operands = 1,
    .most_operands = 1,
    .run = run,
};
