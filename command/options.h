/*
 * options - reading a command line.
 *
 * A command lists its options in a table; values go into a struct of its own,
 * at the offset that the table gives. --help is understood everywhere.
 */
#ifndef AM_COMMAND_OPTIONS_H
#define AM_COMMAND_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/settings.h"
#include "command/command.h"

enum am_option_kind {
    AM_OPTION_FLAG,    /* a bool, set to true */
    AM_OPTION_TEXT,    /* a const char *, pointing into argv */
    AM_OPTION_TEXTS,   /* a struct am_texts: may be given several times */
    AM_OPTION_SETTINGS /* a struct am_settings: every setting becomes an option. It must hold the
                          defaults already. Name, letter and value are not used. */
};

enum { AM_TEXTS_MOST = 16 };

/* The values of an option that may be given several times; they point into argv. */
struct am_texts {
    const char *at[AM_TEXTS_MOST];
    int count;
};

struct am_option {
    const char *name; /* without the dashes */
    char letter;      /* short form, 0: none */
    enum am_option_kind kind;
    size_t offset;     /* of the target in the command's struct */
    const char *value; /* how help names the value: "FOLDER" */
    const char *text;
};

struct am_operands {
    char **at; /* inside argv */
    int count;
};

/* Read argv into target and operands. Returns -1 to go on, or the exit code to
 * leave with: help was printed, or a mistake was reported (AM_EXIT_USAGE). */
int am_options_read(const struct am_command *command, int argc, char **argv, void *target,
                    struct am_operands *operands);

/* A mistake in how the command was used, on standard error, with a line that
 * points to its help. Returns AM_EXIT_USAGE. */
int am_usage_error(const struct am_command *command, const char *fmt, ...) AM_PRINTF(2, 3);

#endif
