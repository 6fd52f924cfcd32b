/*
 * main - `amends-publish`: keeps calendars where others can subscribe to them.
 *
 * Everything that reaches a network is in this program; `amends` itself
 * reaches nothing but files.
 */
#include "command/command.h"

#define AM_COMMAND(name) extern const struct am_command am_cmd_##name;
#include "publish/commands.def"
#undef AM_COMMAND

const char am_program_name[] = "amends-publish";

static const struct am_command *const commands[] = {
#define AM_COMMAND(name) &am_cmd_##name,
#include "publish/commands.def"
#undef AM_COMMAND
    NULL,
};

int main(int argc, char **argv)
{
    const struct am_program program = {
        .about = "Calendars of a roster that people subscribe to: kept right week by week, at "
                 "addresses\nthat nobody can guess.",
        .codes = "Exit codes: 0 done, 1 mistake in a file or system error, 2 mistake on the "
                 "command line,\n3 the audit found a broken rule.\n",
        .commands = commands,
    };
    return am_program_run(&program, argc, argv);
}
