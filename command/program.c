/* Every program's main: finds the subcommand and runs it. */
#include "command/command.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"

static void print_help(const struct am_program *program, FILE *out)
{
    (void)fprintf(out, "Usage: %s COMMAND [options]\n\n%s\n\nCommands:\n", am_program_name,
                  program->about);
    for (const struct am_command *const *at = program->commands; *at; at++)
        (void)fprintf(out, "  %-10s  %s\n", (*at)->name, (*at)->summary);
    (void)fprintf(out, "\n'%s COMMAND --help' explains a command; 'man %s' tells all.\n%s",
                  am_program_name, am_program_name, program->codes);
}

static const struct am_command *find_command(const struct am_program *program, const char *name)
{
    for (const struct am_command *const *at = program->commands; *at; at++)
        if (strcmp((*at)->name, name) == 0)
            return *at;
    return NULL;
}

static int unknown_command(const struct am_program *program, const char *name)
{
    struct am_nearest nearest = {0};
    for (const struct am_command *const *at = program->commands; *at; at++)
        am_nearest_offer(&nearest, name, (*at)->name);
    (void)fprintf(stderr, "%s: there is no command %s", am_program_name, name);
    if (nearest.word)
        (void)fprintf(stderr, "; did you mean %s?", nearest.word);
    (void)fprintf(stderr, "\nTry '%s --help'.\n", am_program_name);
    return AM_EXIT_USAGE;
}

static int dispatch(const struct am_program *program, int argc, char **argv)
{
    if (argc < 2) {
        print_help(program, stderr);
        return AM_EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_help(program, stdout);
        return AM_EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("%s %s\n", am_program_name, AM_VERSION);
        return AM_EXIT_DONE;
    }
    const struct am_command *command = find_command(program, argv[1]);
    if (!command)
        return unknown_command(program, argv[1]);
    return command->run(command, argc - 1, argv + 1);
}

int am_program_run(const struct am_program *program, int argc, char **argv)
{
    /* a file over the size limit is then an error of write, and cleaned up after */
    (void)signal(SIGXFSZ, SIG_IGN);
    int code = dispatch(program, argc, argv);
    bool failed = ferror(stdout) != 0;
    if (fflush(stdout) != 0 || failed) {
        (void)fprintf(stderr, "%s: cannot write to standard output: %s\n", am_program_name,
                      strerror(errno));
        return AM_EXIT_ERROR;
    }
    return code;
}
