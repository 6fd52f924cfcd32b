/*
 * main - finds the subcommand and runs it.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "cli/command.h"

static const struct am_command *const commands[] = {
#define AM_COMMAND(name) &am_cmd_##name,
#include "cli/commands.def"
#undef AM_COMMAND
};

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void print_help(FILE *out)
{
    (void)fprintf(out, "Usage: amends COMMAND [options]\n\n"
                       "Weekly rosters for Community Payback teams: who works where, on which "
                       "day, under whom.\n\nCommands:\n");
    for (int i = 0; i < COMMAND_COUNT; i++)
        (void)fprintf(out, "  %-10s  %s\n", commands[i]->name, commands[i]->summary);
    (void)fprintf(out, "\n'amends COMMAND --help' explains a command; 'man amends' tells all.\n"
                       "Exit codes: 0 done, 1 mistake in a file or system error, 2 mistake on the "
                       "command line,\n3 the audit found a broken rule, 4 a limit was reached "
                       "before any roster.\n");
}

static const struct am_command *find_command(const char *name)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int unknown_command(const char *name)
{
    struct am_nearest nearest = {0};
    for (int i = 0; i < COMMAND_COUNT; i++)
        am_nearest_offer(&nearest, name, commands[i]->name);
    (void)fprintf(stderr, "amends: there is no command %s", name);
    if (nearest.word)
        (void)fprintf(stderr, "; did you mean %s?", nearest.word);
    (void)fprintf(stderr, "\nTry 'amends --help'.\n");
    return AM_EXIT_USAGE;
}

static int dispatch(int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return AM_EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_help(stdout);
        return AM_EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("amends %s\n", AM_VERSION);
        return AM_EXIT_DONE;
    }
    const struct am_command *command = find_command(argv[1]);
    if (!command)
        return unknown_command(argv[1]);
    return command->run(command, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    /* a file over the size limit is then an error of write, and cleaned up after */
    (void)signal(SIGXFSZ, SIG_IGN);
    int code = dispatch(argc, argv);
    bool failed = ferror(stdout) != 0;
    if (fflush(stdout) != 0 || failed) {
        (void)fprintf(stderr, "amends: cannot write to standard output: %s\n", strerror(errno));
        return AM_EXIT_ERROR;
    }
    return code;
}
