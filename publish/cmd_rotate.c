/*
 * rotate, revoke - another address for a feed, or none.
 */
#include <stdio.h>
#include <string.h>

#include "command/options.h"
#include "publish/report.h"
#include "publish/store.h"

struct options {
    const char *in;
};

static const struct am_option option_table[] = {
    {"in", 0, AM_OPTION_TEXT, offsetof(struct options, in), "FOLDER", "the folder of the feeds"},
    {0},
};

typedef am_status (*change_fn)(struct am_store *store, int feed, struct am_err *err);

/* The number of the feed in the ledger. */
static am_status find(struct am_store *store, const char *wanted, int *feed, struct am_err *err)
{
    const struct am_ledger *ledger = &store->ledger;
    struct am_folder_list list = {0};
    int index;
    list.at = AM_ARENA_NEW(&store->arena, (size_t)ledger->feed_count, struct am_folder_entry);
    if (!list.at)
        return am_fail_memory(err);
    for (; list.count < ledger->feed_count; list.count++)
        list.at[list.count].name = ledger->feeds[list.count].name;
    am_status status = am_folder_find(&list, wanted, &index, err);
    *feed = status ? -1 : index;
    return status;
}

/* The same bytes at another address. One without an address, or whose file is
 * damaged, gets its new one when it is next published. */
static am_status rotate(struct am_store *store, int feed, struct am_err *err)
{
    struct am_feed published;
    struct am_text text = {0};
    const char *token = store->tokens[feed];
    store->ledger.feeds[feed].revoked = false;
    am_status status =
        token ? am_folder_read_token(store->folder, token, &store->arena, &published, err) : AM_OK;
    if (!token || status == AM_EPARSE)
        return am_store_withdraw(store, feed, AM_MARK_ROTATED, err);
    if (!status)
        status = am_store_withdraw(store, feed, AM_MARK_ROTATED, err);
    am_text_bytes(&text, published.head, status ? 0 : published.size);
    if (!status)
        status = am_text_status(&text, err);
    if (!status)
        status = am_store_put(store, feed, text.bytes, text.size, err);
    am_text_release(&text);
    return status;
}

static am_status revoke(struct am_store *store, int feed, struct am_err *err)
{
    store->ledger.feeds[feed].revoked = true;
    return am_store_withdraw(store, feed, AM_MARK_REVOKED, err);
}

static int change(const char *folder, const char *wanted, change_fn act)
{
    struct am_store store;
    struct am_err err;
    const char *name = "", *token = NULL;
    int feed = -1;
    am_status status = am_store_open(&store, folder, AM_STORE_CHANGE, &err);
    if (!status)
        status = find(&store, wanted, &feed, &err);
    if (!status) {
        name = store.ledger.feeds[feed].name;
        status = act(&store, feed, &err);
        token = status ? NULL : store.tokens[feed];
    }
    if (!status)
        status = am_store_publish(&store, &err);
    am_report_notes(&store.notes);
    if (!status && token)
        printf("%s  %s%s\n", name, token, AM_FEED_ENDING);
    else if (!status && act == rotate)
        printf("%s  gets a new address when it is next published\n", name);
    else if (!status)
        printf("%s  revoked\n", name);
    am_store_close(&store);
    return status ? am_report_without_tokens(&err) : AM_EXIT_DONE;
}

static int read_and_change(const struct am_command *command, int argc, char **argv, change_fn act)
{
    struct options options = {0};
    struct am_operands operands;
    int stop = am_options_read(command, argc, argv, &options, &operands);
    if (stop < 0 && !options.in)
        stop = am_usage_error(command, "--in says where the feeds are");
    if (stop >= 0)
        return stop;
    return change(options.in, operands.at[0], act);
}

static int run_rotate(const struct am_command *command, int argc, char **argv)
{
    return read_and_change(command, argc, argv, rotate);
}

static int run_revoke(const struct am_command *command, int argc, char **argv)
{
    return read_and_change(command, argc, argv, revoke);
}

const struct am_command am_cmd_rotate = {
    .name = "rotate",
    .usage = "FEED --in FOLDER",
    .summary = "give a feed a new address; the old one stops working",
    .help = "For an address that came into the wrong hands, or a lost phone. The old address "
            "answers \"gone\"\nfrom then on; the new one is printed. What was fetched before "
            "cannot be called back. A revoked\nfeed is published again, at a new address, by the "
            "next 'amends-publish folder'.\nFEED is team, supervisor:CODE, project:CODE or "
            "person:CRN, or a code that only one feed has.\n",
    .options = option_table,
    .least_operands = 1,
    .most_operands = 1,
    .run = run_rotate,
};

const struct am_command am_cmd_revoke = {
    .name = "revoke",
    .usage = "FEED --in FOLDER",
    .summary = "take a feed's address back, and publish it no more",
    .help = "For somebody who has left, or shall not have a feed. The address answers \"gone\" "
            "from then on,\nand the feed is not published again until 'amends-publish rotate'. "
            "What was fetched before cannot\nbe called back.\nFEED is team, supervisor:CODE, "
            "project:CODE or person:CRN, or a code that only one feed has.\n",
    .options = option_table,
    .least_operands = 1,
    .most_operands = 1,
    .run = run_revoke,
};
