#include "publish/store.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/atomic_file.h"
#include "io/utc.h"
#include "publish/gzip.h"
#include "publish/store_parts.h"
#include "publish/token.h"

enum { FOLDER_MODE = 0700, SHARED_FOLDER_MODE = 0750, SHARED_FILE_MODE = 0640 };

static const char gzip_ending[] = AM_FEED_ENDING ".gz";

/* ---- feeds of the ledger ---- */

static am_status more_feeds(struct am_store *store, struct am_err *err)
{
    int room = store->ledger.feed_count ? 2 * store->ledger.feed_count : 64;
    struct am_ledger_feed *feeds = AM_ARENA_NEW(&store->arena, (size_t)room, struct am_ledger_feed);
    const char **tokens = AM_ARENA_NEW(&store->arena, (size_t)room, const char *);
    if (!feeds || !tokens)
        return am_fail_memory(err);
    if (store->ledger.feed_count > 0) {
        memcpy(feeds, store->ledger.feeds, (size_t)store->ledger.feed_count * sizeof *feeds);
        if (store->tokens)
            memcpy(tokens, store->tokens, (size_t)store->ledger.feed_count * sizeof *tokens);
    }
    store->ledger.feeds = feeds;
    store->tokens = tokens;
    store->feed_room = room;
    return AM_OK;
}

am_status am_store_feed(struct am_store *store, const char *id, int *feed, struct am_err *err)
{
    *feed = am_names_find(&store->ids, id);
    if (*feed >= 0)
        return AM_OK;
    if (store->ledger.feed_count == store->feed_room) {
        am_status status = more_feeds(store, err);
        if (status)
            return status;
    }
    const char *copy = am_arena_strdup(&store->arena, id);
    if (!copy || am_names_add(&store->ids, copy, feed) != AM_OK)
        return am_fail_memory(err);
    store->tokens[*feed] = NULL;
    store->ledger.feeds[*feed] = (struct am_ledger_feed){.id = copy, .name = ""};
    store->ledger.feed_count++;
    return AM_OK;
}

/* What the ledger read has, ready for more. */
static am_status number_feeds(struct am_store *store, struct am_err *err)
{
    am_status status = more_feeds(store, err);
    for (int i = 0; i < store->ledger.feed_count && !status; i++) {
        int number;
        status = am_names_add(&store->ids, store->ledger.feeds[i].id, &number);
        if (status == AM_EINVALID)
            status =
                am_fail(err, AM_EPARSE, "%s: damaged: a feed stands there twice", AM_FOLDER_LEDGER);
        else if (status)
            status = am_fail_memory(err);
    }
    return status;
}

/* ---- files ---- */

/* "feeds/<token>.ics" */
static const char *name_file(struct am_store *store, const char *part, const char *token,
                             const char *ending)
{
    size_t size = strlen(part) + strlen(token) + strlen(ending) + 2;
    char *name = am_arena_alloc(&store->arena, size, 1);
    if (name)
        (void)snprintf(name, size, "%s/%s%s", part, token, ending);
    return name;
}

static am_status put_file(struct am_store *store, const char *name, const char *bytes, size_t size,
                          struct am_err *err)
{
    if (!name)
        return am_fail_memory(err);
    am_staged_share(&store->set, store->group);
    am_status status = am_staged_add(&store->set, name, bytes, size, err);
    am_staged_share(&store->set, -1);
    return status;
}

am_status am_store_remove(struct am_store *store, const char *part, const char *token,
                          const char *ending, struct am_err *err)
{
    const char *name = name_file(store, part, token, ending);
    if (store->stale_count == store->stale_room) {
        int room = store->stale_room ? 2 * store->stale_room : 64;
        const char **more = AM_ARENA_NEW(&store->arena, (size_t)room, const char *);
        if (!more)
            return am_fail_memory(err);
        if (store->stale_count > 0)
            memcpy(more, store->stale, (size_t)store->stale_count * sizeof *more);
        store->stale = more;
        store->stale_room = room;
    }
    if (!name)
        return am_fail_memory(err);
    store->stale[store->stale_count++] = name;
    return AM_OK;
}

am_status am_store_remove_feed(struct am_store *store, const char *token, struct am_err *err)
{
    am_status status = am_store_remove(store, AM_FOLDER_FEEDS, token, AM_FEED_ENDING, err);
    return status ? status : am_store_remove(store, AM_FOLDER_FEEDS, token, gzip_ending, err);
}

am_status am_store_put(struct am_store *store, int feed, const char *bytes, size_t size,
                       struct am_err *err)
{
    struct am_text zipped = {0};
    am_status status = AM_OK;
    if (!store->tokens[feed]) {
        char token[AM_TOKEN_TEXT];
        status = am_token_make(token, err);
        if (status)
            return status;
        store->tokens[feed] = am_arena_strdup(&store->arena, token);
        if (!store->tokens[feed])
            return am_fail_memory(err);
        am_token_hash(token, store->ledger.feeds[feed].token_hash);
    }
    const char *token = store->tokens[feed];
    status =
        put_file(store, name_file(store, AM_FOLDER_FEEDS, token, AM_FEED_ENDING), bytes, size, err);
    if (!status)
        status = am_gzip(bytes, size, &zipped, err);
    if (!status)
        status = put_file(store, name_file(store, AM_FOLDER_FEEDS, token, gzip_ending),
                          zipped.bytes, zipped.size, err);
    am_text_release(&zipped);
    return status;
}

am_status am_store_mark(struct am_store *store, const char *token, const char *id,
                        enum am_mark_reason reason, struct am_err *err)
{
    struct am_text mark = {0};
    am_mark_write(&mark, id, reason, am_utc_date(store->ledger.now));
    am_status status = am_text_status(&mark, err);
    if (!status)
        status = put_file(store, name_file(store, AM_FOLDER_REVOKED, token, ""), mark.bytes,
                          mark.size, err);
    am_text_release(&mark);
    return status ? status : am_store_remove_feed(store, token, err);
}

am_status am_store_withdraw(struct am_store *store, int feed, enum am_mark_reason reason,
                            struct am_err *err)
{
    const char *token = store->tokens[feed];
    store->tokens[feed] = NULL;
    store->ledger.feeds[feed].token_hash[0] = '\0';
    return token ? am_store_mark(store, token, store->ledger.feeds[feed].id, reason, err) : AM_OK;
}

/* ---- who may read ---- */

static am_status share_one(const char *path, long group, mode_t mode, struct am_err *err)
{
    if (chown(path, (uid_t)-1, (gid_t)group) != 0 || chmod(path, mode) != 0)
        return am_fail(err, AM_EIO, "%s: cannot be given to the group: %s", path, strerror(errno));
    return AM_OK;
}

static am_status share_files(const char *folder, long group, struct am_err *err)
{
    am_status status = AM_OK;
    DIR *directory = opendir(folder);
    if (!directory)
        return am_fail(err, AM_EIO, "%s: cannot be read: %s", folder, strerror(errno));
    for (struct dirent *entry; !status && (entry = readdir(directory));) {
        struct am_text path = {0};
        if (*entry->d_name == '.')
            continue;
        am_text_format(&path, "%s/%s", folder, entry->d_name);
        status = am_text_status(&path, err);
        if (!status)
            status = share_one(am_text_string(&path), group, SHARED_FILE_MODE, err);
        am_text_release(&path);
    }
    (void)closedir(directory);
    return status;
}

am_status am_store_share(struct am_store *store, long group, struct am_err *err)
{
    static const char *const parts[] = {AM_FOLDER_FEEDS, AM_FOLDER_REVOKED};
    am_status status = share_one(store->folder, group, SHARED_FOLDER_MODE, err);
    for (int i = 0; i < 2 && !status; i++) {
        const char *path = am_folder_path(store->folder, parts[i], &store->arena);
        if (!path)
            return am_fail_memory(err);
        status = share_files(path, group, err);
        if (!status)
            status = share_one(path, group, SHARED_FOLDER_MODE, err);
    }
    store->group = group;
    return status;
}

/* The group that am_store_share was last told, by what it did. */
static am_status find_group(struct am_store *store, struct am_err *err)
{
    static const char *const parts[] = {AM_FOLDER_FEEDS, AM_FOLDER_REVOKED};
    struct stat found;
    for (int i = 0; i < 2; i++) {
        const char *path = am_folder_path(store->folder, parts[i], &store->arena);
        if (!path)
            return am_fail_memory(err);
        am_status status = am_make_folder(path, err);
        if (status)
            return status;
        if (i == 0 && stat(path, &found) == 0 && (found.st_mode & 0050) == 0050)
            store->group = (long)found.st_gid;
    }
    return AM_OK;
}

/* ---- opening, publishing, closing ---- */

/* Missing, or nothing in it but what a first run that was cut short left. */
static bool is_empty(const char *folder)
{
    DIR *directory = opendir(folder);
    bool empty = true;
    if (!directory)
        return errno == ENOENT;
    for (struct dirent *entry; (entry = readdir(directory));)
        empty &= strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
                 strcmp(entry->d_name, ".amends-new") == 0;
    (void)closedir(directory);
    return empty;
}

static am_status open_parts(struct am_store *store, enum am_store_mode mode, bool fresh,
                            struct am_err *err)
{
    am_status status = AM_OK;
    if (fresh)
        status = am_staged_put(&store->set, AM_FOLDER_MARK, am_folder_mark,
                               sizeof am_folder_mark - 1, err);
    if (!status)
        status = find_group(store, err);
    if (!status)
        status = am_store_read_ledger(store, mode, err);
    if (!status)
        status = am_store_take_key(store, err);
    if (!status)
        status = number_feeds(store, err);
    return status ? status : am_store_bind(store, err);
}

am_status am_store_open(struct am_store *store, const char *folder, enum am_store_mode mode,
                        struct am_err *err)
{
    *store = (struct am_store){.folder = folder, .group = -1, .ledger = {.key = ""}};
    am_arena_init(&store->arena);
    am_names_init(&store->ids, &store->arena);
    bool fresh = mode == AM_STORE_MAKE && is_empty(folder);
    am_status status = fresh ? AM_OK : am_folder_check(folder, err);
    if (!status)
        status = am_staged_open(&store->set, folder, err);
    if (status)
        return status;
    store->is_open = true;
    return open_parts(store, mode, fresh, err);
}

static int by_id(const void *a, const void *b)
{
    const struct am_ledger_feed *x = a, *y = b;
    return strcmp(x->id, y->id);
}

am_status am_store_publish(struct am_store *store, struct am_err *err)
{
    struct am_text text = {0};
    if (store->ledger.feed_count > 0)
        qsort(store->ledger.feeds, (size_t)store->ledger.feed_count, sizeof *store->ledger.feeds,
              by_id);
    am_status status = am_ledger_json(&store->ledger, &text, err);
    if (!status)
        status = am_staged_add(&store->set, AM_FOLDER_LEDGER, text.bytes, text.size, err);
    if (!status)
        status = am_staged_publish(&store->set, store->stale, store->stale_count, err);
    am_text_release(&text);
    return status;
}

void am_store_close(struct am_store *store)
{
    if (store->is_open)
        am_staged_close(&store->set);
    am_text_release(&store->notes);
    am_arena_release(&store->arena);
}

void am_store_hide_tokens(char *message)
{
    enum { TOKEN = AM_TOKEN_TEXT - 1 };
    for (char *at = message; *at; at++) {
        size_t size = strspn(at, "0123456789abcdef");
        if (size >= TOKEN)
            memset(at, '.', size);
        at += size > 0 ? size - 1 : 0;
    }
}
