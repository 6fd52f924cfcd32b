/*
 * main - `amends`: makes rosters, and reaches nothing but files.
 */
#include "command/command.h"

#define AM_COMMAND(name) extern const struct am_command am_cmd_##name;
#include "cli/commands.def"
#undef AM_COMMAND

const char am_program_name[] = "amends";

static const struct am_command *const commands[] = {
#define AM_COMMAND(name) &am_cmd_##name,
#include "cli/commands.def"
#undef AM_COMMAND
    NULL,
};

int main(int argc, char **argv)
{
    const struct am_program program = {
        .about = "Weekly rosters for Community Payback teams: who works where, on which day, under "
                 "whom.",
        .codes = "Exit codes: 0 done, 1 mistake in a file or system error, 2 mistake on the "
                 "command line,\n3 the audit found a broken rule, 4 a limit was reached before "
                 "any roster.\n",
        .commands = commands,
    };
    return am_program_run(&program, argc, argv);
}
