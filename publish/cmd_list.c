/*
 * list - which feed has which address: what to hand to a supervisor.
 */
#include <stdio.h>
#include <string.h>

#include "command/options.h"
#include "publish/folder_files.h"
#include "publish/report.h"

struct options {
    const char *in, *url;
};

static const struct am_option option_table[] = {
    {"in", 0, AM_OPTION_TEXT, offsetof(struct options, in), "FOLDER", "the folder of the feeds"},
    {"url", 0, AM_OPTION_TEXT, offsetof(struct options, url), "URL",
     "where the web server has the feeds, such as https://example.org/feeds/"},
    {0},
};

static void print_entry(const struct options *options, const struct am_folder_entry *entry)
{
    const char *url = options->url ? options->url : "";
    size_t size = strlen(url);
    const char *slash = size > 0 && url[size - 1] != '/' ? "/" : "";
    const char *name = *entry->name ? entry->name : "(not known)";
    if (*entry->token)
        printf("%-24s  %s%s%s%s\n", name, url, slash, entry->token, AM_FEED_ENDING);
    else
        printf("%-24s  %s\n", name, entry->revoked ? "revoked" : "no address yet");
}

static am_status list(const struct options *options, const char *name, struct am_arena *arena,
                      struct am_err *err)
{
    struct am_folder_list found;
    int index = -1;
    am_status status = am_folder_list(options->in, arena, &found, err);
    if (!status && name)
        status = am_folder_find(&found, name, &index, err);
    for (int i = 0; !status && i < found.count; i++)
        if (index < 0 || i == index)
            print_entry(options, &found.at[i]);
    return status;
}

static int run_list(const struct am_command *command, int argc, char **argv)
{
    struct options options = {0};
    struct am_operands operands;
    struct am_arena arena;
    struct am_err err;
    int stop = am_options_read(command, argc, argv, &options, &operands);
    if (stop < 0 && !options.in)
        stop = am_usage_error(command, "--in says where the feeds are");
    if (stop >= 0)
        return stop;
    am_arena_init(&arena);
    am_status status = list(&options, operands.count > 0 ? operands.at[0] : NULL, &arena, &err);
    am_arena_release(&arena);
    return status ? am_report_without_tokens(&err) : AM_EXIT_DONE;
}

const struct am_command am_cmd_list = {
    .name = "list",
    .usage = "[FEED] --in FOLDER [options]",
    .summary = "show the addresses of feeds, to hand to those they are for",
    .help = "Prints the name and the address of each feed of a folder, or of one: team, "
            "supervisor:CODE,\nproject:CODE or person:CRN; the code alone will do where only one "
            "feed has it. Whoever has an\naddress can read the feed: hand it to its supervisor, "
            "and to nobody else.\n",
    .options = option_table,
    .least_operands = 0,
    .most_operands = 1,
    .run = run_list,
};
