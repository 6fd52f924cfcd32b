/*
 * calendars - a roster's calendars again: with other detail, another key, or
 * after somebody changed the roster by hand.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/checked_roster.h"
#include "command/key.h"
#include "command/options.h"
#include "io/atomic_file.h"
#include "io/outputs.h"

struct options {
    const char *folder, *detail, *only, *key, *alarm, *method, *organizer;
    bool registers;
};

struct run {
    struct options options;
    struct am_output_options outputs;
    char *key;
    struct am_settings settings;
    struct am_derived derived;
    struct am_checked_roster checked;
};

static const struct am_option option_table[] = {
    {"output", 'o', AM_OPTION_TEXT, offsetof(struct options, folder), "FOLDER",
     "write calendars/ there (and private/index.csv, which says whose is which)"},
    {"detail", 0, AM_OPTION_TEXT, offsetof(struct options, detail), "WHAT",
     "what supervisors' calendars and registers tell of people: count, crn (default) or names"},
    {"only", 0, AM_OPTION_TEXT, offsetof(struct options, only), "WHICH",
     "some of team, supervisors, projects and people, separated by commas"},
    {"key", 0, AM_OPTION_TEXT, offsetof(struct options, key), "FILE",
     "secret from which the names of people's calendars are made"},
    {"registers", 0, AM_OPTION_FLAG, offsetof(struct options, registers), NULL,
     "write registers/ too: a sign-in sheet for each session, to be printed"},
    {"alarm", 0, AM_OPTION_TEXT, offsetof(struct options, alarm), "MINUTES",
     "remind of each event so long before; without it nothing reminds"},
    {"method", 0, AM_OPTION_TEXT, offsetof(struct options, method), "publish",
     "say METHOD:PUBLISH, for clients that want it; needs --organizer"},
    {"organizer", 0, AM_OPTION_TEXT, offsetof(struct options, organizer), "ADDRESS",
     "the team's mailbox, which --method publish puts into every event"},
    {0},
};

/* Whole minutes up to a week. */
static bool read_alarm(const char *text, struct am_output_options *outputs)
{
    char *end;
    long minutes = *text >= '0' && *text <= '9' ? strtol(text, &end, 10) : -1;
    if (minutes < 0 || minutes > AM_ALARM_MOST_MIN || *end != '\0')
        return false;
    outputs->alarm = true;
    outputs->alarm_min = (int)minutes;
    return true;
}

static int check_method(const struct am_command *command, struct run *run)
{
    const struct options *options = &run->options;
    if (options->method && strcmp(options->method, "publish") != 0)
        return am_usage_error(command, "--method: found \"%s\", expected publish", options->method);
    if (!options->method != !options->organizer)
        return am_usage_error(command, "--method publish and --organizer go together: a published "
                                       "event must name the mailbox it comes from");
    if (options->organizer && !am_calendar_is_mailbox(options->organizer))
        return am_usage_error(command,
                              "--organizer: found \"%s\", expected an address such as "
                              "roster@example.org",
                              options->organizer);
    run->outputs.organizer = options->organizer;
    return -1;
}

/* Returns -1 to go on. */
static int check_options(const struct am_command *command, struct run *run)
{
    const struct options *options = &run->options;
    if (!options->folder)
        return am_usage_error(command, "--output says where the calendars go");
    if (options->detail && !am_detail_parse(options->detail, &run->outputs.detail))
        return am_usage_error(command, "--detail: found \"%s\", expected count, crn or names",
                              options->detail);
    if (options->only && !(run->outputs.views = am_views_parse(options->only)))
        return am_usage_error(command,
                              "--only: found \"%s\", expected some of team, supervisors, projects "
                              "and people, separated by commas",
                              options->only);
    if (options->registers)
        run->outputs.files |= AM_OUTPUT_REGISTERS;
    if (options->alarm && !read_alarm(options->alarm, &run->outputs))
        return am_usage_error(command, "--alarm: found \"%s\", expected minutes, 0 to %d",
                              options->alarm, AM_ALARM_MOST_MIN);
    return check_method(command, run);
}

static int write_calendars(struct run *run)
{
    const struct am_derived *derived = &run->derived;
    struct am_err err;
    const struct am_roster_context context = {
        .caseload = &derived->caseload,
        .orders = &derived->orders,
        .eligibility = &derived->eligibility,
        .clocks = &derived->clocks,
        .settings = &run->settings,
        .version = AM_VERSION,
        .audit = &run->checked.audit,
    };
    if (am_write_outputs(&context, &run->checked.roster, run->options.folder, &run->outputs,
                         &err) != AM_OK)
        return am_report_error(&err);
    return AM_EXIT_DONE;
}

static int run_files(struct run *run, const char *caseload, const char *roster)
{
    struct am_err err;
    if (am_key_read(run->options.key, &run->key, &run->outputs, &err) != AM_OK)
        return am_report_error(&err);
    int code = am_derived_read(&run->derived, caseload);
    if (code == AM_EXIT_DONE)
        code = am_checked_roster_read(&run->checked, &run->derived, roster,
                                      "no calendars are written");
    return code == AM_EXIT_DONE ? write_calendars(run) : code;
}

static int run_calendars(const struct am_command *command, int argc, char **argv)
{
    struct run run = {.outputs = {.detail = AM_DETAIL_CRN, .files = AM_OUTPUT_CALENDARS}};
    struct am_operands operands;
    am_settings_defaults(&run.settings);
    int stop = am_options_read(command, argc, argv, &run.options, &operands);
    if (stop < 0)
        stop = check_options(command, &run);
    if (stop >= 0)
        return stop;
    int code = run_files(&run, operands.at[0], operands.at[1]);
    am_checked_roster_release(&run.checked);
    am_derived_release(&run.derived);
    free(run.key);
    return code;
}

const struct am_command am_cmd_calendars = {
    .name = "calendars",
    .usage = "CASELOAD ROSTER -o FOLDER [options]",
    .summary = "write the calendars of a roster",
    .help = "Reads a caseload and a roster of it (JSON) and writes iCalendar files: one for the "
            "team, one a\nsupervisor, one a project, one a person. A person's file is named by an "
            "id that says nothing;\nprivate/index.csv says whose it is. The team and projects see "
            "numbers of people only, and\nlimited-access cases are merely counted. Calendars of "
            "an earlier run that are no longer made\nare removed. A roster that breaks a rule "
            "or was made from another caseload is refused.\nRegisters are pages for a browser, "
            "one a supervisor, with a sheet of A4 a "
            "session: who is expected,\nroom for arrival, finish and notes, and blank lines.\n",
    .options = option_table,
    .least_operands = 2,
    .most_operands = 2,
    .run = run_calendars,
};
