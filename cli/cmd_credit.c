/*
 * credit - a week's outcomes make next week's caseload.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "command/options.h"
#include "io/atomic_file.h"
#include "io/caseload_json.h"
#include "io/credit.h"
#include "io/roster_json.h"

enum { WEEKS_MOST = 52 };

struct options {
    const char *file, *roster, *weeks, *as_of;
    bool quiet;
};

static const struct am_option option_table[] = {
    {"output", 'o', AM_OPTION_TEXT, offsetof(struct options, file), "FILE",
     "write the new caseload there; else to standard output"},
    {"roster", 0, AM_OPTION_TEXT, offsetof(struct options, roster), "ROSTER",
     "roster.json of the week: what it books is booked"},
    {"weeks", 0, AM_OPTION_TEXT, offsetof(struct options, weeks), "N",
     "move the window on by N weeks (default: its length; 0: record outcomes alone)"},
    {"as-of", 0, AM_OPTION_TEXT, offsetof(struct options, as_of), "DATE",
     "date of the new caseload (default: the first day of its window)"},
    {"quiet", 'q', AM_OPTION_FLAG, offsetof(struct options, quiet), NULL, "no summary"},
    {0},
};

static bool parse_weeks(const char *text, int *weeks)
{
    char *end;
    if (*text < '0' || *text > '9')
        return false;
    long value = strtol(text, &end, 10);
    *weeks = value <= WEEKS_MOST ? (int)value : -1;
    return *end == '\0' && value <= WEEKS_MOST;
}

static int check_options(const struct am_command *command, const struct options *options,
                         struct am_credit_request *request)
{
    request->weeks = -1;
    request->as_of = AM_NO_DATE;
    if (options->weeks && !parse_weeks(options->weeks, &request->weeks))
        return am_usage_error(command, "--weeks: found \"%s\", expected a number from 0 to %d",
                              options->weeks, WEEKS_MOST);
    if (options->as_of && !am_date_parse(options->as_of, &request->as_of))
        return am_usage_error(command, "--as-of: found \"%s\", expected a date like 2026-03-02",
                              options->as_of);
    return -1;
}

static const char *plural(int64_t count)
{
    return count == 1 ? "" : "s";
}

static void print_summary(const struct am_credit_result *result)
{
    char from[AM_DATE_TEXT];
    (void)fprintf(stderr, "%d outcome%s, %d attended: %" PRId64 " minutes credited.\n",
                  result->outcomes, plural(result->outcomes), result->attended,
                  result->credited_min);
    if (result->completed > 0)
        (void)fprintf(stderr, "%d order%s completed.\n", result->completed,
                      plural(result->completed));
    if (result->inducted > 0)
        (void)fprintf(stderr, "%d %s inducted.\n", result->inducted,
                      result->inducted == 1 ? "person" : "people");
    if (result->replaced > 0)
        (void)fprintf(stderr, "%d earlier booking%s replaced by the roster.\n", result->replaced,
                      plural(result->replaced));
    if (result->without_outcome > 0)
        (void)fprintf(stderr,
                      "%d appointment%s still without an outcome: the minutes stay booked until "
                      "it is known.\n",
                      result->without_outcome, plural(result->without_outcome));
    if (result->left_out > 0)
        (void)fprintf(stderr, "%d appointment%s of more than %d weeks ago left out.\n",
                      result->left_out, plural(result->left_out), AM_CREDIT_HISTORY_WEEKS);
    (void)fprintf(stderr, "The window now begins on %s.\n", am_date_format(result->from, from));
}

/* The folder of a file; false where it cannot be told. */
static bool folder_of(const char *path, struct stat *folder)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return stat(".", folder) == 0;
    char *name = strndup(path, (size_t)(slash - path) + 1); /* with the slash: "/" is a folder */
    bool told = name && stat(name, folder) == 0;
    free(name);
    return told;
}

static void warn_of_other_folder(const char *from, const char *to)
{
    struct stat old, new;
    if (folder_of(from, &old) && folder_of(to, &new) &&
        (old.st_dev != new.st_dev || old.st_ino != new.st_ino))
        (void)fprintf(stderr,
                      "amends: warning: %s names files relative to its folder; %s is in another, "
                      "and needs them there too\n",
                      from, to);
}

static am_status write_result(const struct options *options, const struct am_credit_result *result,
                              struct am_err *err)
{
    if (options->file)
        return am_atomic_write(options->file, result->text, strlen(result->text), err);
    (void)fputs(result->text, stdout); /* main looks at the stream's state */
    return AM_OK;
}

/* Everything is read; findings go to diag. */
static am_status credit(const struct options *options, struct am_credit_request *request,
                        struct am_roster *roster, struct am_diag *diag, struct am_err *err)
{
    struct am_credit_result result = {0};
    am_status status = AM_OK;
    if (options->roster) {
        status = am_roster_read(roster, request->caseload, options->roster, diag, err);
        request->roster = roster;
    }
    if (status == AM_OK)
        status = am_credit(request, diag, &result, err);
    if (status == AM_OK)
        status = write_result(options, &result, err);
    if (status == AM_OK && options->file && result.names_files)
        warn_of_other_folder(request->caseload->file, options->file);
    if (status == AM_OK && !options->quiet)
        print_summary(&result);
    free(result.text);
    return status;
}

static int run(const struct am_command *command, int argc, char **argv)
{
    struct options options = {0};
    struct am_credit_request request = {0};
    struct am_operands operands;
    struct am_caseload caseload;
    struct am_roster roster = {0};
    struct am_diag diag;
    struct am_err err;
    int stop = am_options_read(command, argc, argv, &options, &operands);
    if (stop < 0)
        stop = check_options(command, &options, &request);
    if (stop >= 0)
        return stop;
    request.caseload = &caseload;
    request.outcomes = operands.at[1];
    am_diag_init(&diag);
    am_caseload_init(&caseload);
    am_status status = am_caseload_read(&caseload, operands.at[0], &diag, &err);
    if (status == AM_OK)
        status = credit(&options, &request, &roster, &diag, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_roster_release(&roster);
    am_caseload_release(&caseload);
    am_diag_release(&diag);
    return code;
}

const struct am_command am_cmd_credit = {
    .name = "credit",
    .usage = "CASELOAD OUTCOMES [--roster ROSTER] [-o FILE] [options]",
    .summary = "turn a week's outcomes into next week's caseload",
    .help = "Reads a caseload, the roster that was made of it, and a table (CSV) of what became of "
            "each\nappointment: crn, session, date, state (attended, missed, missed_unacceptable, "
            "stood_down) and,\nwhere wanted, event and credited (minutes; else all that were "
            "booked). Writes the caseload of the\nnext window: minutes credited, orders "
            "completed, inductions noted. Everything else stays as it is.\n",
    .options = option_table,
    .least_operands = 2,
    .most_operands = 2,
    .run = run,
};
