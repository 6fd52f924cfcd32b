/* The folder as those see it who only read it. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/nearest.h"
#include "io/atomic_file.h"
#include "io/ledger_json.h"
#include "publish/folder_files.h"
#include "publish/token.h"

enum { MARK_LIMIT = 4096 };

/* ---- is it ours? ---- */

am_status am_folder_check(const char *folder, struct am_err *err)
{
    struct am_text path = {0};
    struct stat found;
    char *mark = NULL;
    size_t size;
    am_text_format(&path, "%s/%s", folder, AM_FOLDER_MARK);
    am_status status = am_text_status(&path, err);
    if (!status && stat(folder, &found) != 0)
        status = am_fail(err, AM_EIO, "%s: cannot be read: %s", folder, strerror(errno));
    else if (!status && access(am_text_string(&path), F_OK) != 0)
        status = am_fail(err, AM_EINVALID, "%s: not a folder of amends-publish (it has no file %s)",
                         folder, AM_FOLDER_MARK);
    if (!status)
        status = am_read_file(am_text_string(&path), MARK_LIMIT, &mark, &size, err);
    if (!status && strcmp(mark, am_folder_mark) != 0)
        status = am_fail(err, AM_EINVALID,
                         strncmp(mark, "amends-feeds/", 13) == 0
                             ? "%s: made by a newer version of amends-publish"
                             : "%s: not a folder of amends-publish",
                         folder);
    free(mark);
    am_text_release(&path);
    return status;
}

/* ---- the tokens in it ---- */

static int by_hash(const void *a, const void *b)
{
    const struct am_token_file *x = a, *y = b;
    return strcmp(x->hash, y->hash);
}

/* "<token>.ics"? */
static bool is_feed_name(const char *name, const char *ending)
{
    char token[AM_TOKEN_TEXT];
    size_t size = strlen(name);
    if (size != sizeof token - 1 + strlen(ending) || strcmp(name + sizeof token - 1, ending) != 0)
        return false;
    memcpy(token, name, sizeof token - 1);
    token[sizeof token - 1] = '\0';
    return am_token_is_valid(token);
}

static am_status add_token(struct am_token_files *files, const char *name, struct am_arena *arena,
                           struct am_err *err)
{
    if (files->count == files->room) {
        int room = files->room ? 2 * files->room : 64;
        struct am_token_file *more = AM_ARENA_NEW(arena, (size_t)room, struct am_token_file);
        if (!more)
            return am_fail_memory(err);
        if (files->count > 0)
            memcpy(more, files->at, (size_t)files->count * sizeof *more);
        files->at = more;
        files->room = room;
    }
    struct am_token_file *file = &files->at[files->count++];
    memcpy(file->token, name, AM_TOKEN_TEXT - 1);
    file->token[AM_TOKEN_TEXT - 1] = '\0';
    am_token_hash(file->token, file->hash);
    return AM_OK;
}

am_status am_token_files_read(const char *folder, const char *part, const char *ending,
                              struct am_arena *arena, struct am_token_files *files,
                              struct am_err *err)
{
    struct am_text path = {0};
    am_status status = AM_OK;
    *files = (struct am_token_files){0};
    am_text_format(&path, "%s/%s", folder, part);
    DIR *directory = path.failed ? NULL : opendir(am_text_string(&path));
    if (path.failed)
        status = am_fail_memory(err);
    else if (!directory && errno != ENOENT)
        status =
            am_fail(err, AM_EIO, "%s: cannot be read: %s", am_text_string(&path), strerror(errno));
    for (struct dirent *entry; directory && !status && (entry = readdir(directory));)
        if (is_feed_name(entry->d_name, ending))
            status = add_token(files, entry->d_name, arena, err);
    if (directory)
        (void)closedir(directory);
    am_text_release(&path);
    if (files->count > 0)
        qsort(files->at, (size_t)files->count, sizeof *files->at, by_hash);
    return status;
}

const struct am_token_file *am_token_files_find(const struct am_token_files *files,
                                                const char *hash)
{
    struct am_token_file wanted;
    if (files->count == 0 || strlen(hash) != AM_DIGEST_TEXT - 1)
        return NULL;
    memcpy(wanted.hash, hash, AM_DIGEST_TEXT);
    return bsearch(&wanted, files->at, (size_t)files->count, sizeof wanted, by_hash);
}

/* ---- the feeds in it ---- */

static int by_name(const void *a, const void *b)
{
    const struct am_folder_entry *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static am_status list_feeds(const char *folder, const struct am_ledger *ledger,
                            struct am_arena *arena, struct am_folder_list *list, struct am_err *err)
{
    struct am_token_files files;
    am_status status =
        am_token_files_read(folder, AM_FOLDER_FEEDS, AM_FEED_ENDING, arena, &files, err);
    if (status)
        return status;
    list->at = AM_ARENA_NEW(arena, (size_t)ledger->feed_count, struct am_folder_entry);
    if (!list->at)
        return am_fail_memory(err);
    for (int i = 0; i < ledger->feed_count; i++) {
        const struct am_ledger_feed *feed = &ledger->feeds[i];
        const struct am_token_file *file = am_token_files_find(&files, feed->token_hash);
        struct am_folder_entry *entry = &list->at[list->count++];
        entry->name = feed->name;
        entry->revoked = feed->revoked;
        if (file && !feed->revoked)
            memcpy(entry->token, file->token, AM_TOKEN_TEXT);
    }
    if (list->count > 0)
        qsort(list->at, (size_t)list->count, sizeof *list->at, by_name);
    return AM_OK;
}

am_status am_folder_list(const char *folder, struct am_arena *arena, struct am_folder_list *list,
                         struct am_err *err)
{
    struct am_ledger ledger;
    *list = (struct am_folder_list){0};
    am_status status = am_folder_check(folder, err);
    if (status)
        return status;
    char *path = am_folder_path(folder, AM_FOLDER_LEDGER, arena);
    if (!path)
        return am_fail_memory(err);
    status = am_ledger_read(&ledger, path, arena, err);
    return status ? status : list_feeds(folder, &ledger, arena, list, err);
}

/* ---- one of them ---- */

const char *am_folder_code(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static am_status no_such_feed(const struct am_folder_list *list, const char *name,
                              struct am_err *err)
{
    struct am_nearest nearest = {0};
    for (int i = 0; i < list->count; i++) {
        am_nearest_offer(&nearest, name, list->at[i].name);
        am_nearest_offer(&nearest, name, am_folder_code(list->at[i].name));
    }
    if (nearest.word)
        return am_fail(err, AM_EINVALID, "there is no feed %s; did you mean %s?", name,
                       nearest.word);
    return am_fail(err, AM_EINVALID, "there is no feed %s", name);
}

am_status am_folder_find(const struct am_folder_list *list, const char *name, int *index,
                         struct am_err *err)
{
    int found = -1;
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->at[i].name, name) == 0) {
            *index = i;
            return AM_OK;
        }
    for (int i = 0; i < list->count; i++) {
        if (strcmp(am_folder_code(list->at[i].name), name) != 0)
            continue;
        if (found >= 0)
            return am_fail(err, AM_EINVALID, "%s may be %s or %s: say which", name,
                           list->at[found].name, list->at[i].name);
        found = i;
    }
    if (found < 0)
        return no_such_feed(list, name, err);
    *index = found;
    return AM_OK;
}

am_status am_folder_read_token(const char *folder, const char *token, struct am_arena *arena,
                               struct am_feed *feed, struct am_err *err)
{
    char name[sizeof AM_FOLDER_FEEDS + AM_TOKEN_TEXT + sizeof AM_FEED_ENDING];
    char *bytes;
    size_t size;
    (void)snprintf(name, sizeof name, "%s/%s%s", AM_FOLDER_FEEDS, token, AM_FEED_ENDING);
    char *path = am_folder_path(folder, name, arena);
    if (!path)
        return am_fail_memory(err);
    am_status status = am_read_file(path, AM_FEED_MOST, &bytes, &size, NULL);
    if (status) /* err would name the file, and so the token */
        return am_fail(err, status, "%s: a feed cannot be read: %s", folder, strerror(errno));
    status = am_feed_parse(bytes, size, arena, feed, err);
    free(bytes);
    return status;
}

am_status am_folder_read(const char *folder, const char *name, struct am_arena *arena,
                         struct am_feed *feed, struct am_err *err)
{
    struct am_folder_list list;
    int index = 0;
    am_status status = am_folder_list(folder, arena, &list, err);
    if (!status)
        status = am_folder_find(&list, name, &index, err);
    if (status)
        return status;
    if (!*list.at[index].token)
        return am_fail(err, AM_EINVALID, "%s: %s has no address", folder, list.at[index].name);
    return am_folder_read_token(folder, list.at[index].token, arena, feed, err);
}
