/*
 * export - the mathematical model of a caseload, for other engines.
 */
#include <stdio.h>
#include <string.h>

#include "command/derived.h"
#include "command/options.h"
#include "solver/compact.h"

struct options {
    const char *file, *format;
};

static const struct am_option option_table[] = {
    {"output", 'o', AM_OPTION_TEXT, offsetof(struct options, file), "FILE", "where to write it"},
    {"format", 0, AM_OPTION_TEXT, offsetof(struct options, format), "NAME",
     "mps (free MPS), lp (CPLEX LP) or glpk; default: by the ending of FILE"},
    {0},
};

struct format {
    const char *name, *ending;
    enum am_export_format format;
};

static const struct format formats[] = {
    {"mps", ".mps", AM_EXPORT_MPS},
    {"lp", ".lp", AM_EXPORT_LP},
    {"glpk", ".glpk", AM_EXPORT_GLPK},
};

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), tail = strlen(ending);
    return length > tail && strcmp(text + length - tail, ending) == 0;
}

static const struct format *find_format(const struct options *options)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (options->format ? strcmp(options->format, formats[i].name) == 0
                            : ends_with(options->file, formats[i].ending))
            return &formats[i];
    return NULL;
}

static am_status build_and_write(const struct am_derived *derived, struct am_arena *arena,
                                 enum am_export_format format, const char *path, struct am_err *err)
{
    struct am_instance instance;
    am_status status =
        am_instance_build(&derived->caseload, &derived->orders, &derived->eligibility,
                          &derived->clocks, arena, &instance, err);
    if (status != AM_OK)
        return status;
    return am_compact_export(&instance, format, path, err);
}

static int run(const struct am_command *command, int argc, char **argv)
{
    struct options options = {0};
    struct am_operands operands;
    struct am_derived derived;
    struct am_arena arena;
    struct am_err err;
    int stop = am_options_read(command, argc, argv, &options, &operands);
    if (stop >= 0)
        return stop;
    if (!options.file)
        return am_usage_error(command, "--output is missing");
    const struct format *format = find_format(&options);
    if (!format)
        return am_usage_error(command, "--format: found \"%s\", expected mps, lp or glpk",
                              options.format ? options.format : options.file);
    am_arena_init(&arena);
    int code = am_derived_read(&derived, operands.at[0]);
    if (code == AM_EXIT_DONE &&
        build_and_write(&derived, &arena, format->format, options.file, &err) != AM_OK)
        code = am_report_error(&err);
    am_arena_release(&arena);
    am_derived_release(&derived);
    return code;
}

const struct am_command am_cmd_export = {
    .name = "export",
    .usage = "CASELOAD -o FILE [--format mps|lp|glpk]",
    .summary = "write the problem as a 0-1 model for other engines",
    .help = "Writes the whole problem as one 0-1 model, to be minimised, for other engines to "
            "solve or check.\nRows are named after the rule that they stand for: R8.s12 holds the "
            "places of a session. The best\nvalue is the score of the best roster, in points.\n",
    .options = option_table,
    .least_operands = 1,
    .most_operands = 1,
    .run = run,
};
