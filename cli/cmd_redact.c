/*
 * redact - a caseload without who is who, to be shown to others.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "command/options.h"
#include "io/atomic_file.h"
#include "io/redact.h"

struct options {
    const char *file;
    bool quiet;
};

static const struct am_option option_table[] = {
    {"output", 'o', AM_OPTION_TEXT, offsetof(struct options, file), "FILE",
     "write the redacted caseload there; else to standard output"},
    {"quiet", 'q', AM_OPTION_FLAG, offsetof(struct options, quiet), NULL, "no summary"},
    {0},
};

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino &&
           S_ISREG(x.st_mode);
}

static am_status write_result(const struct options *options, const struct am_text *text,
                              struct am_err *err)
{
    if (options->file)
        return am_atomic_write(options->file, text->bytes, text->size, err);
    (void)fwrite(text->bytes, 1, text->size, stdout); /* main looks at the stream's state */
    return AM_OK;
}

static void print_summary(const struct am_redact_result *result)
{
    (void)fprintf(stderr,
                  "New ids: people %d, places %d, projects %d, sessions %d, supervisors %d. "
                  "Journey tables: %d.\n"
                  "Dates, minutes, genders, limits and journey times remain: read it before you "
                  "pass it on.\n",
                  result->people, result->places, result->projects, result->sessions,
                  result->supervisors, result->tables);
}

static am_status redact(const struct options *options, const char *path, struct am_diag *diag,
                        struct am_err *err)
{
    struct am_text text = {0};
    struct am_redact_result result = {0};
    if (options->file && same_file(path, options->file))
        return am_fail(err, AM_EINVALID, "%s: is the caseload itself; write to another file",
                       options->file);
    am_status status = am_redact(path, diag, &text, &result, err);
    if (status == AM_OK)
        status = write_result(options, &text, err);
    if (status == AM_OK && !options->quiet)
        print_summary(&result);
    am_text_release(&text);
    return status;
}

static int run(const struct am_command *command, int argc, char **argv)
{
    struct options options = {0};
    struct am_operands operands;
    struct am_diag diag;
    struct am_err err;
    int stop = am_options_read(command, argc, argv, &options, &operands);
    if (stop >= 0)
        return stop;
    am_diag_init(&diag);
    am_status status = redact(&options, operands.at[0], &diag, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_diag_release(&diag);
    return code;
}

const struct am_command am_cmd_redact = {
    .name = "redact",
    .usage = "CASELOAD [-o FILE] [options]",
    .summary = "a caseload that solves alike, without who is who",
    .help = "Writes a caseload that gives the same roster and the same figures, to be attached to "
            "a report of\na mistake. Case references, event numbers, codes and places become "
            "numbers; journeys a table of\nminutes; needs and what must be avoided a list of "
            "barred projects. Names, addresses, coordinates,\nbeneficiaries, reasons and notes "
            "are left out. Dates, minutes, genders, limits and journey times\nremain, and may "
            "tell somebody who knows the case who it is: see docs/security.md.\n",
    .options = option_table,
    .least_operands = 1,
    .most_operands = 1,
    .run = run,
};
