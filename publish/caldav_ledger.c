#include "publish/caldav_ledger.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/atomic_file.h"
#include "io/text.h"

static const char family[] = "amends-caldav-ledger/", version[] = "1";
enum { FILE_MOST = 256 << 20, HASH_LENGTH = AM_DIGEST_TEXT - 1 };

void am_caldav_ledger_init(struct am_caldav_ledger *ledger, struct am_arena *arena, const char *url)
{
    *ledger = (struct am_caldav_ledger){.arena = arena, .url = url};
}

/* ---- entries ---- */

/* The place of a UID, or where it belongs. */
static int place_of(const struct am_caldav_ledger *ledger, const char *uid, bool *found)
{
    int low = 0, high = ledger->count;
    *found = false;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int order = strcmp(ledger->entries[middle].uid, uid);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct am_caldav_entry *am_caldav_ledger_find(const struct am_caldav_ledger *ledger,
                                              const char *uid)
{
    bool found;
    int place = place_of(ledger, uid, &found);
    return found ? &ledger->entries[place] : NULL;
}

static bool make_room(struct am_caldav_ledger *ledger)
{
    if (ledger->count < ledger->room)
        return true;
    int room = ledger->room ? 2 * ledger->room : 64;
    struct am_caldav_entry *more =
        AM_ARENA_NEW(ledger->arena, (size_t)room, struct am_caldav_entry);
    if (!more)
        return false;
    if (ledger->count > 0)
        memcpy(more, ledger->entries, (size_t)ledger->count * sizeof *more);
    ledger->entries = more;
    ledger->room = room;
    return true;
}

am_status am_caldav_ledger_put(struct am_caldav_ledger *ledger, const struct am_caldav_entry *entry,
                               struct am_err *err)
{
    bool found;
    struct am_caldav_entry copy = {
        am_arena_strdup(ledger->arena, entry->uid), am_arena_strdup(ledger->arena, entry->name),
        am_arena_strdup(ledger->arena, entry->etag), am_arena_strdup(ledger->arena, entry->hash)};
    if (!copy.uid || !copy.name || !copy.etag || !copy.hash || !make_room(ledger))
        return am_fail_memory(err);
    int place = place_of(ledger, entry->uid, &found);
    if (!found) {
        memmove(ledger->entries + place + 1, ledger->entries + place,
                (size_t)(ledger->count - place) * sizeof *ledger->entries);
        ledger->count++;
    }
    ledger->entries[place] = copy;
    return AM_OK;
}

void am_caldav_ledger_remove(struct am_caldav_ledger *ledger, const char *uid)
{
    bool found;
    int place = place_of(ledger, uid, &found);
    if (!found)
        return;
    ledger->count--;
    memmove(ledger->entries + place, ledger->entries + place + 1,
            (size_t)(ledger->count - place) * sizeof *ledger->entries);
}

/* ---- the file ---- */

static void checksum(const char *bytes, size_t size, char text[AM_DIGEST_TEXT])
{
    struct am_digest digest;
    am_digest_init(&digest);
    am_digest_add(&digest, bytes, size);
    am_digest_finish(&digest, text);
}

am_status am_caldav_ledger_write(const struct am_caldav_ledger *ledger, const char *path,
                                 struct am_err *err)
{
    struct am_text text = {0};
    char sum[AM_DIGEST_TEXT];
    am_text_format(&text, "%s%s\n%s\n", family, version, ledger->url);
    for (int i = 0; i < ledger->count; i++) {
        const struct am_caldav_entry *entry = &ledger->entries[i];
        am_text_format(&text, "%s %s %s %s\n", entry->uid, entry->hash, entry->name, entry->etag);
    }
    am_status status = am_text_status(&text, err);
    if (!status) {
        checksum(text.bytes, text.size, sum);
        am_text_format(&text, "%s\n", sum);
        status = am_text_status(&text, err);
    }
    if (!status)
        status = am_atomic_write(path, text.bytes, text.size, err);
    am_text_release(&text);
    return status;
}

/* The line at *at ended by a NUL, *at moved to the next; NULL at the end. */
static char *take_line(char **at)
{
    char *line = *at, *end = strchr(line, '\n');
    if (!end)
        return NULL;
    *end = '\0';
    *at = end + 1;
    return line;
}

/* The word at *at, up to the next blank; NULL where there is no such blank. */
static char *take_word(char **at)
{
    char *word = *at, *blank = strchr(word, ' ');
    if (!blank || blank == word)
        return NULL;
    *blank = '\0';
    *at = blank + 1;
    return word;
}

static bool read_entry(char *line, struct am_caldav_entry *entry)
{
    entry->uid = take_word(&line);
    entry->hash = entry->uid ? take_word(&line) : NULL;
    entry->name = entry->hash ? take_word(&line) : NULL;
    entry->etag = line;
    return entry->name && strlen(entry->hash) == HASH_LENGTH;
}

/* Is the last line the checksum of the rest? It is cut off then. */
static bool is_whole(char *bytes, size_t *size)
{
    char sum[AM_DIGEST_TEXT];
    if (*size < HASH_LENGTH + 1 || memchr(bytes, '\0', *size) || bytes[*size - 1] != '\n')
        return false;
    size_t before = *size - HASH_LENGTH - 1;
    checksum(bytes, before, sum);
    if (memcmp(bytes + before, sum, HASH_LENGTH) != 0)
        return false;
    bytes[before] = '\0';
    *size = before;
    return true;
}

static am_status read_entries(struct am_caldav_ledger *ledger, char *at, bool *damaged,
                              struct am_err *err)
{
    for (char *line; *at && (line = take_line(&at));) {
        struct am_caldav_entry entry;
        if (!read_entry(line, &entry)) {
            *damaged = true;
            ledger->count = 0;
            return AM_OK;
        }
        am_status status = am_caldav_ledger_put(ledger, &entry, err);
        if (status)
            return status;
    }
    return AM_OK;
}

static am_status read_text(struct am_caldav_ledger *ledger, const char *path, char *bytes,
                           size_t size, bool *damaged, struct am_err *err)
{
    *damaged = !is_whole(bytes, &size);
    if (*damaged)
        return AM_OK;
    char *at = bytes, *format = take_line(&at);
    if (format && strncmp(format, family, sizeof family - 1) == 0 &&
        strcmp(format + sizeof family - 1, version) != 0)
        return am_fail(err, AM_EINVALID,
                       "%s: written by a newer version of amends-publish (%.40s); use that one",
                       path, format);
    char *url = format ? take_line(&at) : NULL;
    *damaged =
        !url || strncmp(format, family, sizeof family - 1) != 0 || strcmp(url, ledger->url) != 0;
    return *damaged ? AM_OK : read_entries(ledger, at, damaged, err);
}

am_status am_caldav_ledger_read(struct am_caldav_ledger *ledger, const char *path, bool *missing,
                                bool *damaged, struct am_err *err)
{
    char *bytes;
    size_t size;
    *damaged = false;
    *missing = access(path, F_OK) != 0 && errno == ENOENT;
    if (*missing)
        return AM_OK;
    am_status status = am_read_file(path, FILE_MOST, &bytes, &size, err);
    if (status)
        return status;
    status = read_text(ledger, path, bytes, size, damaged, err);
    free(bytes);
    return status;
}
