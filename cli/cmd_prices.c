/*
 * prices - what one more place, session, supervisor day, or longer journeys
 * would be worth.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "cli/prices_check.h"
#include "cli/progress.h"
#include "command/checked_roster.h"
#include "command/count.h"
#include "command/options.h"
#include "io/staged_set.h"

enum { CHECK_EACH = 1, SHOWN = 5, MINUTES = 10, MOST = 100000, MILLION = 1000000 };

struct options {
    const char *check, *rows, *minutes, *project, *folder;
    bool json, csv;
    struct am_settings settings;
};

static const struct am_option option_table[] = {
    {"check", 0, AM_OPTION_TEXT, offsetof(struct options, check), "N",
     "make the roster again for the best N of each kind; default 1, 0: for none"},
    {"minutes", 0, AM_OPTION_TEXT, offsetof(struct options, minutes), "N",
     "so many more minutes of travel each way; default 10"},
    {"project", 0, AM_OPTION_TEXT, offsetof(struct options, project), "CODE",
     "look at this project alone"},
    {"rows", 0, AM_OPTION_TEXT, offsetof(struct options, rows), "N",
     "rows of each kind in the table; default 5"},
    {"output", 'o', AM_OPTION_TEXT, offsetof(struct options, folder), "FOLDER",
     "write prices.csv and prices.json there too"},
    {"csv", 0, AM_OPTION_FLAG, offsetof(struct options, csv), NULL,
     "print CSV instead of the table"},
    {"json", 0, AM_OPTION_FLAG, offsetof(struct options, json), NULL,
     "print JSON instead of the table"},
    {.kind = AM_OPTION_SETTINGS, .offset = offsetof(struct options, settings), .text = ""},
    {0},
};

/* One run. */
struct run {
    struct options options;
    int check, shown, minutes, project;
    struct am_derived derived;
    struct am_checked_roster roster;
    struct am_arena arena; /* of the instance and the rows */
    struct am_instance instance;
    int64_t fixed_only; /* points of the roster with only what is fixed */
    struct am_worth *worth;
    struct am_prices prices;
};

/* ---- the figures ---- */

static am_status find_prices(struct run *run, const volatile sig_atomic_t *stop, struct am_err *err)
{
    const struct am_derived *derived = &run->derived;
    struct am_worth_search search = {.settings = &run->options.settings,
                                     .objective = run->roster.roster.score.total,
                                     .stop = stop};
    am_status status = am_derived_fixed_only(derived, &run->fixed_only, err);
    search.fixed_only = run->fixed_only;
    if (status == AM_OK)
        status = am_instance_build(&derived->caseload, &derived->orders, &derived->eligibility,
                                   &derived->clocks, &run->arena, &run->instance, err);
    return status == AM_OK ? am_worth_new(&run->worth, &run->instance, search, err) : status;
}

/* What the search itself may leave unproven is taken for nothing. */
static int64_t least_points(const struct run *run)
{
    int64_t range = run->fixed_only - am_worth_bound(run->worth);
    int64_t gap = run->options.settings.gap;
    int64_t points = range / MILLION * gap + range % MILLION * gap / MILLION;
    return points > 1 ? points : 1;
}

static am_status reckon(struct run *run, const volatile sig_atomic_t *stop, struct am_err *err)
{
    am_status status = find_prices(run, stop, err);
    if (status != AM_OK)
        return status;
    const struct am_pricing_base base = {.derived = &run->derived,
                                         .instance = &run->instance,
                                         .worth = run->worth,
                                         .roster = &run->roster.roster,
                                         .settings = &run->options.settings,
                                         .least = least_points(run),
                                         .minutes = run->minutes,
                                         .project = run->project,
                                         .stop = stop};
    run->prices = (struct am_prices){.caseload = &run->derived.caseload,
                                     .minutes = run->minutes,
                                     .settings = &run->options.settings,
                                     .version = AM_VERSION};
    status = am_prices_rank(&base, &run->arena, &run->prices.rows, &run->prices.row_count, err);
    return status == AM_OK ? am_prices_check(&base, run->check, &run->prices, err) : status;
}

/* ---- what is written ---- */

static am_status add_files(const struct run *run, struct am_staged_set *set, struct am_err *err)
{
    struct am_text csv = {0}, json = {0};
    am_status status = am_prices_csv(&run->prices, &csv, err);
    if (status == AM_OK)
        status = am_prices_json(&run->prices, &json, err);
    if (status == AM_OK)
        status = am_staged_add(set, "prices.csv", am_text_string(&csv), csv.size, err);
    if (status == AM_OK)
        status = am_staged_add(set, "prices.json", am_text_string(&json), json.size, err);
    am_text_release(&csv);
    am_text_release(&json);
    return status;
}

static am_status write_folder(const struct run *run, struct am_err *err)
{
    struct am_staged_set set;
    am_status status = am_staged_open(&set, run->options.folder, err);
    if (status != AM_OK)
        return status;
    status = add_files(run, &set, err);
    if (status == AM_OK)
        status = am_staged_publish(&set, NULL, 0, err);
    am_staged_close(&set);
    return status;
}

static am_status write_results(const struct run *run, struct am_err *err)
{
    struct am_text text = {0};
    am_status status = run->options.folder ? write_folder(run, err) : AM_OK;
    if (status == AM_OK && run->options.json)
        status = am_prices_json(&run->prices, &text, err);
    else if (status == AM_OK && run->options.csv)
        status = am_prices_csv(&run->prices, &text, err);
    else if (status == AM_OK)
        status = am_prices_text(&run->prices, run->shown, &text, err);
    if (status == AM_OK)
        (void)fputs(am_text_string(&text), stdout); /* main looks at the stream's state */
    am_text_release(&text);
    return status;
}

/* ---- the command ---- */

static int check_options(const struct am_command *command, struct run *run)
{
    const struct options *options = &run->options;
    struct {
        const char *name, *text;
        int least, *value;
    } counts[] = {{"check", options->check, 0, &run->check},
                  {"rows", options->rows, 0, &run->shown},
                  {"minutes", options->minutes, 1, &run->minutes}};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        if (counts[i].text &&
            !am_count_parse(counts[i].text, counts[i].least, MOST, counts[i].value))
            return am_usage_error(command, "--%s: found \"%s\", expected a whole number from %d",
                                  counts[i].name, counts[i].text, counts[i].least);
    if (options->json && options->csv)
        return am_usage_error(command, "--json and --csv exclude each other");
    return -1;
}

/* Returns an exit code. */
static int find_project(struct run *run)
{
    const struct am_caseload *caseload = &run->derived.caseload;
    const char *code = run->options.project;
    struct am_nearest nearest = {0};
    struct am_err err;
    run->project = -1;
    if (!code)
        return AM_EXIT_DONE;
    for (int j = 0; j < caseload->project_count; j++) {
        if (strcmp(caseload->projects[j].code, code) == 0)
            run->project = j;
        am_nearest_offer(&nearest, code, caseload->projects[j].code);
    }
    if (run->project >= 0)
        return AM_EXIT_DONE;
    (void)am_fail(&err, AM_EINVALID, "%s: no project is called \"%s\"%s%s%s", caseload->file, code,
                  nearest.word ? "; the nearest is \"" : "", nearest.word ? nearest.word : "",
                  nearest.word ? "\"" : "");
    return am_report_error(&err);
}

static int run_files(struct run *run, char **paths)
{
    struct am_err err;
    int code = am_derived_read(&run->derived, paths[0]);
    if (code == AM_EXIT_DONE)
        code = find_project(run);
    if (code == AM_EXIT_DONE)
        code = am_checked_roster_read(&run->roster, &run->derived, paths[1], "nothing is priced");
    if (code != AM_EXIT_DONE)
        return code;
    /* what the file claims is not relied on */
    run->roster.roster.score = run->roster.audit.score;
    am_status status = reckon(run, am_stop_begin(), &err);
    am_stop_end();
    if (status == AM_EINTERRUPTED) {
        (void)fprintf(stderr, "amends: %s\n", err.msg);
        return AM_EXIT_LIMIT;
    }
    if (status == AM_OK)
        status = write_results(run, &err);
    return status == AM_OK ? AM_EXIT_DONE : am_report_error(&err);
}

static int run_prices(const struct am_command *command, int argc, char **argv)
{
    struct run run = {.check = CHECK_EACH, .shown = SHOWN, .minutes = MINUTES};
    struct am_operands operands;
    am_settings_defaults(&run.options.settings);
    int stop = am_options_read(command, argc, argv, &run.options, &operands);
    if (stop < 0)
        stop = check_options(command, &run);
    if (stop >= 0)
        return stop;
    am_arena_init(&run.arena);
    int code = run_files(&run, operands.at);
    am_worth_free(run.worth);
    am_arena_release(&run.arena);
    am_checked_roster_release(&run.roster);
    am_derived_release(&run.derived);
    return code;
}

const struct am_command am_cmd_prices = {
    .name = "prices",
    .usage = "CASELOAD ROSTER [options]",
    .summary = "rank what one more place, session, supervisor day or longer journeys are worth",
    .help = "Says what a little more would be worth to the roster, by site and week: a place at a "
            "session, a session,\na day of a supervisor, longer journeys. All are ranked by "
            "prices, with a proven limit; the first of each\nkind are checked by making the "
            "roster again, and both figures are shown. Nothing is changed.\n",
    .options = option_table,
    .least_operands = 2,
    .most_operands = 2,
    .run = run_prices,
};
