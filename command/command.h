/*
 * command - one subcommand of a program, and what all programs of amends share.
 *
 * Each subcommand lives in its own file, which defines `const struct am_command
 * am_cmd_<name>`, and has a line in its program's commands.def. Results go to
 * standard output or to the files asked for; everything else goes to standard
 * error.
 */
#ifndef AM_COMMAND_COMMAND_H
#define AM_COMMAND_COMMAND_H

#include <stddef.h>

#include "base/diag.h"
#include "base/err.h"

#define AM_VERSION "1.0.0"

enum am_exit {
    AM_EXIT_DONE = 0,
    AM_EXIT_ERROR = 1, /* a mistake in a file, or the system failed */
    AM_EXIT_USAGE = 2, /* a mistake on the command line */
    AM_EXIT_AUDIT = 3, /* the audit found a broken rule */
    AM_EXIT_LIMIT = 4  /* a limit was reached before any roster */
};

struct am_option; /* command/options.h */

struct am_command {
    const char *name;
    const char *usage;               /* what follows the name: "CASELOAD [options]" */
    const char *summary;             /* one line, for the list of commands */
    const char *help;                /* what it does, in sentences; ends with a newline */
    const struct am_option *options; /* ended by {0}; NULL: none but --help */
    int least_operands, most_operands;
    /* argv[0] is the command's name. Returns an enum am_exit. */
    int (*run)(const struct am_command *command, int argc, char **argv);
};

/* What the program that is linked is called; defined beside its main(). */
extern const char am_program_name[];

struct am_program {
    const char *about;                        /* what it is for, in a sentence or two */
    const char *codes;                        /* what its exit codes mean; ends with a newline */
    const struct am_command *const *commands; /* in the order of --help; ended by NULL */
};

/* Find the subcommand that argv names and run it; --help and --version are
 * understood, and a result that could not be written to standard output is
 * reported. Returns an enum am_exit. */
int am_program_run(const struct am_program *program, int argc, char **argv);

/* "<program>: <message>" on standard error. Returns AM_EXIT_ERROR. */
int am_report_error(const struct am_err *err);

/* The findings on standard error, with a count of the errors. Returns
 * AM_EXIT_ERROR when there was an error (or err is given), else AM_EXIT_DONE.
 * err, when not NULL, is reported where the findings hold no error: then it is
 * the only thing that says what went wrong. */
int am_report_findings(const struct am_diag *diag, const struct am_err *err);

#endif
