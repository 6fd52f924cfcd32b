/* What is in the folder, and how the ledger and the files are put in order. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/atomic_file.h"
#include "io/utc.h"
#include "publish/store_parts.h"
#include "publish/token.h"

enum { MARK_LIMIT = 4096, MARK_DAYS = 400 };

static const char *const reason_words[] = {"rotated", "revoked", "withdrawn"};

/* ---- the ledger and the key ---- */

am_status am_store_read_ledger(struct am_store *store, enum am_store_mode mode, struct am_err *err)
{
    const char *path = am_folder_path(store->folder, AM_FOLDER_LEDGER, &store->arena);
    if (!path)
        return am_fail_memory(err);
    if (access(path, F_OK) != 0 && errno == ENOENT && mode == AM_STORE_MAKE)
        return AM_OK;
    struct am_err why;
    am_status status = am_ledger_read(&store->ledger, path, &store->arena, &why);
    if (status == AM_EPARSE && mode == AM_STORE_MAKE) {
        am_text_format(&store->notes, "%s; it is rebuilt from the feeds\n", why.msg);
        store->ledger = (struct am_ledger){.key = ""};
        return AM_OK;
    }
    if (status == AM_EPARSE)
        return am_fail(err, status, "%s; 'amends-publish folder' rebuilds it", why.msg);
    return status ? am_fail(err, status, "%s", why.msg) : AM_OK;
}

/* The key of the file, or NULL. */
static const char *read_key(struct am_store *store)
{
    const char *path = am_folder_path(store->folder, AM_FOLDER_KEY, &store->arena);
    char *bytes = NULL;
    size_t size;
    const char *key = NULL;
    if (path && am_read_file(path, MARK_LIMIT, &bytes, &size, NULL) == AM_OK) {
        if (size == AM_TOKEN_TEXT && bytes[size - 1] == '\n') {
            bytes[size - 1] = '\0';
            key = am_token_is_valid(bytes) ? am_arena_strdup(&store->arena, bytes) : NULL;
        }
        free(bytes);
    }
    return key;
}

static am_status write_key(struct am_store *store, struct am_err *err)
{
    char bytes[AM_TOKEN_TEXT + 1];
    (void)snprintf(bytes, sizeof bytes, "%s\n", store->ledger.key);
    return am_staged_put(&store->set, AM_FOLDER_KEY, bytes, strlen(bytes), err);
}

static am_status make_key(struct am_store *store, struct am_err *err)
{
    struct am_token_files files;
    char key[AM_TOKEN_TEXT];
    am_status status = am_token_files_read(store->folder, AM_FOLDER_FEEDS, AM_FEED_ENDING,
                                           &store->arena, &files, err);
    if (!status && files.count > 0)
        status = am_fail(err, AM_EINVALID,
                         "%s: %s and %s are both lost, so nobody can tell whose the feeds are. Put "
                         "either back from a copy, or begin again in another folder, with new "
                         "addresses",
                         store->folder, AM_FOLDER_LEDGER, AM_FOLDER_KEY);
    if (!status)
        status = am_token_make(key, err); /* as random as an address */
    if (status)
        return status;
    store->ledger.key = am_arena_strdup(&store->arena, key);
    return store->ledger.key ? write_key(store, err) : am_fail_memory(err);
}

am_status am_store_take_key(struct am_store *store, struct am_err *err)
{
    const char *key = read_key(store);
    if (*store->ledger.key) {
        if (key && strcmp(key, store->ledger.key) == 0)
            return AM_OK;
        am_text_format(&store->notes, "%s/%s was lost; it is put back from the ledger\n",
                       store->folder, AM_FOLDER_KEY);
        return write_key(store, err);
    }
    if (!key)
        return make_key(store, err);
    store->ledger.key = key;
    return AM_OK;
}

/* ---- marks: addresses that were taken back ---- */

struct mark {
    const char *token, *id;
    enum am_mark_reason reason;
    am_date date;
};

void am_mark_write(struct am_text *text, const char *id, enum am_mark_reason reason, am_date date)
{
    char when[AM_DATE_TEXT];
    am_text_format(text, "%s %s %s\n", id, reason_words[reason], am_date_format(date, when));
}

/* One that cannot be read still takes its address back. */
static void read_mark_text(struct am_store *store, const char *text, struct mark *mark)
{
    char id[64], word[16], date[16];
    if (sscanf(text, "%63s %15s %15s", id, word, date) != 3 || !am_date_parse(date, &mark->date))
        return;
    for (int i = 0; i < AM_MARK_REASON_COUNT; i++)
        if (strcmp(word, reason_words[i]) == 0)
            mark->reason = (enum am_mark_reason)i;
    mark->id = am_arena_strdup(&store->arena, id);
}

static am_status read_mark(struct am_store *store, const char *token, struct mark *mark,
                           struct am_err *err)
{
    char name[sizeof AM_FOLDER_REVOKED + AM_TOKEN_TEXT];
    char *bytes;
    size_t size;
    (void)snprintf(name, sizeof name, "%s/%s", AM_FOLDER_REVOKED, token);
    const char *path = am_folder_path(store->folder, name, &store->arena);
    if (!path)
        return am_fail_memory(err);
    *mark = (struct mark){.token = token, .reason = AM_MARK_WITHDRAWN, .date = AM_NO_DATE};
    am_status status = am_read_file(path, MARK_LIMIT, &bytes, &size, err);
    if (status)
        return status;
    read_mark_text(store, bytes, mark);
    free(bytes);
    return AM_OK;
}

/* An address that was taken back long ago is as good as unknown. */
static bool is_forgotten(const struct am_store *store, const struct mark *mark)
{
    return mark->date != AM_NO_DATE && mark->date + MARK_DAYS < am_utc_date(store->ledger.now);
}

/* ---- which file is whose ---- */

/* What binding works on. */
struct binder {
    struct am_store *store;
    struct am_token_files files, marks;
    bool *taken; /* of the files: bound to a feed, or to go */
};

static int file_index(const struct binder *b, const char *hash)
{
    const struct am_token_file *file = am_token_files_find(&b->files, hash);
    return file ? (int)(file - b->files.at) : -1;
}

/* A file whose address was taken back: a run was cut short before it went. */
static am_status finish_mark(struct binder *b, const struct mark *mark, struct am_err *err)
{
    struct am_store *store = b->store;
    char hash[AM_DIGEST_TEXT];
    am_token_hash(mark->token, hash);
    int file = file_index(b, hash);
    int feed = mark->id ? am_names_find(&store->ids, mark->id) : -1;
    if (file >= 0)
        b->taken[file] = true;
    if (feed >= 0 && strcmp(store->ledger.feeds[feed].token_hash, hash) == 0) {
        store->ledger.feeds[feed].token_hash[0] = '\0';
        store->ledger.feeds[feed].revoked |= mark->reason == AM_MARK_REVOKED;
    }
    return file >= 0 ? am_store_remove_feed(store, mark->token, err) : AM_OK;
}

static am_status finish_marks(struct binder *b, struct am_err *err)
{
    am_status status = AM_OK;
    for (int i = 0; i < b->marks.count && !status; i++) {
        struct mark mark = {0};
        status = read_mark(b->store, b->marks.at[i].token, &mark, err);
        if (!status && is_forgotten(b->store, &mark))
            status = am_store_remove(b->store, AM_FOLDER_REVOKED, mark.token, "", err);
        else if (!status)
            status = finish_mark(b, &mark, err);
    }
    return status;
}

static void bind_known(struct binder *b)
{
    struct am_store *store = b->store;
    for (int i = 0; i < store->ledger.feed_count; i++) {
        int file = file_index(b, store->ledger.feeds[i].token_hash);
        if (file < 0 || b->taken[file])
            continue;
        store->tokens[i] = b->files.at[file].token;
        b->taken[file] = true;
    }
}

/* What the ledger should say of a feed, by its events. */
static am_status recall_events(struct am_store *store, int index, const struct am_feed *feed,
                               struct am_err *err)
{
    struct am_ledger_feed *ledger = &store->ledger.feeds[index];
    ledger->events = AM_ARENA_NEW(&store->arena, (size_t)feed->event_count, struct am_ledger_event);
    if (!ledger->events)
        return am_fail_memory(err);
    for (int i = 0; i < feed->event_count; i++) {
        const struct am_feed_event *event = &feed->events[i];
        struct am_ledger_event *known = &ledger->events[i];
        *known = (struct am_ledger_event){.uid = am_arena_strdup(&store->arena, event->uid),
                                          .sequence = event->sequence,
                                          .last_modified = event->last_modified,
                                          .end = event->end,
                                          .state = event->cancelled ? AM_EVENT_CANCELLED
                                                                    : AM_EVENT_LIVE};
        memcpy(known->hash, event->hash, sizeof known->hash);
        if (!known->uid)
            return am_fail_memory(err);
    }
    ledger->event_count = feed->event_count;
    return AM_OK;
}

/* A file that the ledger does not know: the ledger is lost, or a run was cut
 * short after this file and before the ledger. It is its feed's address where
 * the feed has no other. */
static am_status adopt(struct binder *b, const struct am_token_file *file, struct am_err *err)
{
    struct am_store *store = b->store;
    struct am_arena arena;
    struct am_feed feed;
    int index = -1;
    am_arena_init(&arena);
    am_status status = am_folder_read_token(store->folder, file->token, &arena, &feed, err);
    bool readable = status == AM_OK;
    if (status == AM_EPARSE)
        status = AM_OK;
    if (readable)
        status = am_store_feed(store, feed.id, &index, err);
    if (!status && readable && !store->tokens[index] && !store->ledger.feeds[index].revoked) {
        store->tokens[index] = file->token;
        memcpy(store->ledger.feeds[index].token_hash, file->hash, AM_DIGEST_TEXT);
        if (store->ledger.feeds[index].event_count == 0)
            status = recall_events(store, index, &feed, err);
    } else if (!status) {
        am_text_add(&store->notes, readable ? "a second address of a feed was taken back\n"
                                            : "a feed that nobody can read was taken back\n");
        status =
            am_store_mark(store, file->token, readable ? feed.id : "-", AM_MARK_WITHDRAWN, err);
    }
    am_arena_release(&arena);
    return status;
}

static am_status adopt_rest(struct binder *b, struct am_err *err)
{
    am_status status = AM_OK;
    for (int i = 0; i < b->files.count && !status; i++)
        if (!b->taken[i])
            status = adopt(b, &b->files.at[i], err);
    return status;
}

/* A lost ledger knew which feeds are revoked; their marks still do. */
static am_status recall_revoked(struct binder *b, struct am_err *err)
{
    am_status status = AM_OK;
    for (int i = 0; i < b->marks.count && !status; i++) {
        struct mark mark = {0};
        int feed;
        status = read_mark(b->store, b->marks.at[i].token, &mark, err);
        if (status || mark.reason != AM_MARK_REVOKED || !mark.id)
            continue;
        status = am_store_feed(b->store, mark.id, &feed, err);
        if (!status && !b->store->tokens[feed])
            b->store->ledger.feeds[feed].revoked = true;
    }
    return status;
}

/* A gzipped file beside nothing. */
static am_status drop_orphans(struct binder *b, struct am_err *err)
{
    struct am_token_files zipped;
    am_status status = am_token_files_read(b->store->folder, AM_FOLDER_FEEDS, AM_FEED_ENDING ".gz",
                                           &b->store->arena, &zipped, err);
    for (int i = 0; i < zipped.count && !status; i++)
        if (file_index(b, zipped.at[i].hash) < 0)
            status = am_store_remove_feed(b->store, zipped.at[i].token, err);
    return status;
}

am_status am_store_bind(struct am_store *store, struct am_err *err)
{
    struct binder b = {.store = store};
    bool rebuilt = store->ledger.feed_count == 0;
    am_status status = am_token_files_read(store->folder, AM_FOLDER_FEEDS, AM_FEED_ENDING,
                                           &store->arena, &b.files, err);
    if (!status)
        status =
            am_token_files_read(store->folder, AM_FOLDER_REVOKED, "", &store->arena, &b.marks, err);
    if (status)
        return status;
    b.taken = AM_ARENA_NEW(&store->arena, (size_t)b.files.count, bool);
    if (!b.taken)
        return am_fail_memory(err);
    status = finish_marks(&b, err);
    if (status)
        return status;
    bind_known(&b);
    status = adopt_rest(&b, err);
    if (!status && rebuilt)
        status = recall_revoked(&b, err);
    return status ? status : drop_orphans(&b, err);
}
