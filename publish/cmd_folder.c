/*
 * folder - a roster's calendars into a folder that people subscribe to.
 */
#include <grp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command/checked_roster.h"
#include "command/options.h"
#include "io/utc.h"
#include "publish/publish.h"
#include "publish/report.h"

enum {
    DEFAULT_VIEWS = 1 << AM_CALENDAR_TEAM | 1 << AM_CALENDAR_SUPERVISOR | 1 << AM_CALENDAR_PROJECT
};

struct options {
    const char *to, *detail, *only, *now, *group;
    bool quiet;
};

struct run {
    const struct am_command *command;
    struct options options;
    struct am_publish_options publish;
    bool now_given;
    long group; /* -1: not given */
    struct am_settings settings;
    struct am_derived derived;
    struct am_checked_roster checked;
};

static const struct am_option option_table[] = {
    {"to", 0, AM_OPTION_TEXT, offsetof(struct options, to), "FOLDER",
     "the folder of the feeds; made where it is missing"},
    {"detail", 0, AM_OPTION_TEXT, offsetof(struct options, detail), "WHAT",
     "what supervisors' feeds tell of people: count (default), crn or names"},
    {"only", 0, AM_OPTION_TEXT, offsetof(struct options, only), "WHICH",
     "some of team, supervisors, projects and people (default: all but people)"},
    {"now", 0, AM_OPTION_TEXT, offsetof(struct options, now), "TIME",
     "when it is: 2026-03-05T14:30:00Z, or clock (default: the caseload's as_of)"},
    {"group", 0, AM_OPTION_TEXT, offsetof(struct options, group), "NAME",
     "let the web server's group read the feeds, now and from now on"},
    {"quiet", 'q', AM_OPTION_FLAG, offsetof(struct options, quiet), NULL, "print no summary"},
    {0},
};

/* ---- options ---- */

static int read_now(struct run *run)
{
    const char *now = run->options.now;
    if (!now)
        return -1;
    run->now_given = true;
    if (strcmp(now, "clock") == 0)
        run->publish.now = (int64_t)time(NULL);
    else if (!am_utc_parse(now, &run->publish.now))
        return am_usage_error(run->command,
                              "--now: found \"%s\", expected clock or a time such as "
                              "2026-03-05T14:30:00Z",
                              now);
    return -1;
}

static int read_group(struct run *run)
{
    run->group = -1;
    if (!run->options.group)
        return -1;
    const struct group *group = getgrnam(run->options.group);
    if (!group)
        return am_usage_error(run->command, "--group: there is no group %s", run->options.group);
    run->group = (long)group->gr_gid;
    return -1;
}

static int read_detail(struct run *run)
{
    const char *detail = run->options.detail;
    if (detail && !am_detail_parse(detail, &run->publish.detail))
        return am_usage_error(run->command, "--detail: found \"%s\", expected count, crn or names",
                              detail);
    if (run->publish.detail != AM_DETAIL_COUNT)
        (void)fprintf(stderr,
                      "%s: warning: with --detail %s, whoever has the address of a supervisor's "
                      "feed sees who is\nexpected; so do the makers of many calendar programs, on "
                      "whose computers copies are kept\n",
                      am_program_name, detail);
    return -1;
}

/* Returns -1 to go on. */
static int check_options(struct run *run)
{
    const struct options *options = &run->options;
    if (!options->to)
        return am_usage_error(run->command, "--to says where the feeds are");
    if (options->only && !(run->publish.views = am_views_parse(options->only)))
        return am_usage_error(run->command,
                              "--only: found \"%s\", expected some of team, supervisors, projects "
                              "and people, separated by commas",
                              options->only);
    int stop = read_now(run);
    if (stop < 0)
        stop = read_group(run);
    return stop < 0 ? read_detail(run) : stop;
}

/* ---- the summary ---- */

static void print_addresses(const struct run *run, const struct am_publish_result *result)
{
    const char *at = am_text_string(&result->addresses);
    if (!*at)
        return;
    printf("  new addresses   'amends-publish list --in %s' shows them\n", run->options.to);
    for (const char *end; (end = strchr(at, '\n')); at = end + 1)
        printf("                    %.*s\n", (int)(end - at), at);
}

static void print_summary(const struct run *run, const struct am_publish_result *result)
{
    const struct am_merge_counts *events = &result->events;
    if (run->options.quiet)
        return;
    printf("Published in %s\n", run->options.to);
    printf("  feeds           %d: %d new, %d changed, %d as before\n", result->feeds, result->made,
           result->changed, result->feeds - result->made - result->changed);
    if (result->withdrawn > 0)
        printf("  taken back      %d, since nothing is left in them\n", result->withdrawn);
    if (result->revoked > 0)
        printf("  revoked         %d, not published\n", result->revoked);
    printf("  events          %" PRId64 " new, %" PRId64 " changed, %" PRId64 " cancelled, %" PRId64
           " as before, %" PRId64 " past and gone\n",
           events->added, events->changed, events->cancelled, events->same, events->removed);
    print_addresses(run, result);
}

/* ---- publishing ---- */

static am_status publish(struct run *run, struct am_store *store, struct am_publish_result *result,
                         struct am_err *err)
{
    const struct am_derived *derived = &run->derived;
    const struct am_roster_context context = {.caseload = &derived->caseload,
                                              .orders = &derived->orders,
                                              .eligibility = &derived->eligibility,
                                              .clocks = &derived->clocks,
                                              .settings = &run->settings,
                                              .version = AM_VERSION,
                                              .audit = &run->checked.audit};
    am_status status = am_store_open(store, run->options.to, AM_STORE_MAKE, err);
    if (!status && run->group >= 0)
        status = am_store_share(store, run->group, err);
    if (!status)
        status =
            am_publish_roster(store, &context, &run->checked.roster, &run->publish, result, err);
    return status ? status : am_store_publish(store, err);
}

static int publish_roster(struct run *run)
{
    struct am_publish_result result = {0};
    struct am_store store;
    struct am_err err;
    if (!run->now_given) /* midnight, in UTC */
        run->publish.now = (int64_t)run->derived.caseload.as_of * 24 * 60 * 60;
    am_status status = publish(run, &store, &result, &err);
    am_report_notes(&store.notes);
    if (!status)
        print_summary(run, &result);
    am_text_release(&result.addresses);
    am_store_close(&store);
    return status ? am_report_without_tokens(&err) : AM_EXIT_DONE;
}

static int run_files(struct run *run, const char *caseload, const char *roster)
{
    int code = am_derived_read(&run->derived, caseload);
    if (code == AM_EXIT_DONE)
        code = am_checked_roster_read(&run->checked, &run->derived, roster, "nothing is published");
    return code == AM_EXIT_DONE ? publish_roster(run) : code;
}

static int run_folder(const struct am_command *command, int argc, char **argv)
{
    struct run run = {.command = command,
                      .publish = {.views = DEFAULT_VIEWS, .detail = AM_DETAIL_COUNT}};
    struct am_operands operands;
    am_settings_defaults(&run.settings);
    int stop = am_options_read(command, argc, argv, &run.options, &operands);
    if (stop < 0)
        stop = check_options(&run);
    if (stop >= 0)
        return stop;
    int code = run_files(&run, operands.at[0], operands.at[1]);
    am_checked_roster_release(&run.checked);
    am_derived_release(&run.derived);
    return code;
}

const struct am_command am_cmd_folder = {
    .name = "folder",
    .usage = "CASELOAD ROSTER --to FOLDER [options]",
    .summary = "publish a roster's calendars as feeds in a folder",
    .help = "Reads a caseload and a roster of it (JSON) and keeps a folder of feeds, which any web "
            "server can\nserve: one for the team, one a supervisor, one a project and, where asked "
            "for, one a person.\nEach has an address that nobody can guess; 'amends-publish list' "
            "shows them. What has changed\nsince the last time is marked as changed, what is off "
            "as cancelled; feeds without a change keep\ntheir bytes. A roster that breaks a rule "
            "or was made from another caseload is refused.\n",
    .options = option_table,
    .least_operands = 2,
    .most_operands = 2,
    .run = run_folder,
};
