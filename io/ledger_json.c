#include "io/ledger_json.h"

#include <stdlib.h>
#include <string.h>

#include "io/atomic_file.h"
#include "io/emit_json.h"
#include "io/json.h"
#include "io/json_value.h"
#include "io/utc.h"

/* The file begins like this, with the checksum in place of the zeros, over
 * which it is reckoned. */
static const char opening[] =
    "{\n  \"format\": \"amends-ledger/1\",\n  \"checksum\": "
    "\"0000000000000000000000000000000000000000000000000000000000000000\",\n";
enum { DIGITS = AM_DIGEST_TEXT - 1, CHECKSUM_AT = sizeof opening - 1 - 3 - DIGITS };

static const char *const state_words[] = {"live", "cancelled", "dropped"};

static void reckon(const char *bytes, size_t size, char checksum[AM_DIGEST_TEXT])
{
    struct am_digest digest;
    am_digest_init(&digest);
    am_digest_add(&digest, opening, sizeof opening - 1);
    am_digest_add(&digest, bytes + sizeof opening - 1, size - (sizeof opening - 1));
    am_digest_finish(&digest, checksum);
}

/* ---- writing ---- */

static void emit_event(struct am_emit *emit, const struct am_ledger_event *event)
{
    char utc[AM_UTC_TEXT];
    am_emit_open(emit, NULL, '{', true);
    am_emit_string(emit, "uid", event->uid);
    am_emit_int(emit, "sequence", event->sequence);
    am_emit_string(emit, "last_modified", am_utc_format(event->last_modified, utc));
    am_emit_string(emit, "end", am_utc_format(event->end, utc));
    am_emit_string(emit, "state", state_words[event->state]);
    am_emit_string(emit, "hash", event->hash);
    am_emit_close(emit);
}

static void emit_feed(struct am_emit *emit, const struct am_ledger_feed *feed)
{
    am_emit_open(emit, NULL, '{', false);
    am_emit_string(emit, "feed", feed->name);
    am_emit_string(emit, "id", feed->id);
    am_emit_string(emit, "token_sha256", feed->token_hash);
    am_emit_bool(emit, "revoked", feed->revoked);
    am_emit_open(emit, "events", '[', false);
    for (int i = 0; i < feed->event_count; i++)
        emit_event(emit, &feed->events[i]);
    am_emit_close(emit);
    am_emit_close(emit);
}

am_status am_ledger_json(const struct am_ledger *ledger, struct am_text *text, struct am_err *err)
{
    struct am_emit emit;
    char utc[AM_UTC_TEXT], checksum[AM_DIGEST_TEXT];
    size_t begin = text->size;
    am_emit_init(&emit, text);
    am_emit_open(&emit, NULL, '{', false);
    am_emit_string(&emit, "format", "amends-ledger/1");
    memset(checksum, '0', DIGITS);
    checksum[DIGITS] = '\0';
    am_emit_string(&emit, "checksum", checksum);
    am_emit_string(&emit, "now", am_utc_format(ledger->now, utc));
    am_emit_string(&emit, "key", ledger->key);
    am_emit_open(&emit, "feeds", '[', false);
    for (int i = 0; i < ledger->feed_count; i++)
        emit_feed(&emit, &ledger->feeds[i]);
    am_emit_close(&emit);
    am_emit_close(&emit);
    am_status status = am_text_status(text, err);
    if (status)
        return status;
    reckon(text->bytes + begin, text->size - begin, checksum);
    memcpy(text->bytes + begin + CHECKSUM_AT, checksum, DIGITS);
    return AM_OK;
}

/* ---- reading ---- */

struct reader {
    struct am_json json;
    struct am_diag diag;
    struct am_arena *arena;
    bool failed; /* no memory */
};

static int64_t read_utc(struct reader *r, const cJSON *value)
{
    int64_t seconds = 0;
    if (value && !am_utc_parse(am_json_text(&r->json, value), &seconds))
        (void)am_json_expected(&r->json, value, "a moment such as 2026-03-05T14:30:00Z");
    return seconds;
}

/* A SHA-256, or nothing where that is allowed. */
static void read_hash(struct reader *r, const cJSON *value, bool may_lack,
                      char hash[AM_DIGEST_TEXT])
{
    const char *text = am_json_text(&r->json, value);
    size_t size = strlen(text);
    if ((size == 0 && may_lack) || (size == DIGITS && strspn(text, "0123456789abcdef") == size))
        memcpy(hash, text, size + 1);
    else
        (void)am_json_expected(&r->json, value, "a SHA-256");
}

static void read_event(struct reader *r, const cJSON *value, struct am_ledger_event *event)
{
    static const struct am_json_key keys[] = {{"uid", true},  {"sequence", true},
                                              {"end", true},  {"last_modified", true},
                                              {"hash", true}, {"state", true}};
    const cJSON *slots[6];
    if (!am_json_keys(&r->json, value, keys, 6, slots))
        return;
    event->uid = am_json_id(&r->json, slots[0]);
    event->sequence = am_json_whole(&r->json, slots[1], 0, INT32_MAX - 1, 0);
    event->end = read_utc(r, slots[2]);
    event->last_modified = read_utc(r, slots[3]);
    read_hash(r, slots[4], false, event->hash);
    event->state = (enum am_event_state)am_json_word(&r->json, slots[5], state_words, 3, 0);
}

static void read_feed(struct reader *r, const cJSON *value, struct am_ledger_feed *feed)
{
    static const struct am_json_key keys[] = {
        {"feed", true}, {"id", true}, {"token_sha256", true}, {"revoked", true}, {"events", true}};
    const cJSON *slots[5];
    if (!am_json_keys(&r->json, value, keys, 5, slots))
        return;
    feed->name = am_json_text(&r->json, slots[0]);
    feed->id = am_json_id(&r->json, slots[1]);
    read_hash(r, slots[2], true, feed->token_hash);
    feed->revoked = am_json_flag(&r->json, slots[3], false);
    int count;
    const cJSON *event = am_json_list(&r->json, slots[4], &count);
    feed->events = AM_ARENA_NEW(r->arena, (size_t)count, struct am_ledger_event);
    r->failed |= !feed->events;
    for (; event && !r->failed; event = event->next)
        read_event(r, event, &feed->events[feed->event_count++]);
}

static void read_ledger(struct reader *r, struct am_ledger *ledger)
{
    static const struct am_json_key keys[] = {
        {"format", true}, {"checksum", true}, {"now", true}, {"key", true}, {"feeds", true}};
    const cJSON *slots[5];
    if (!am_json_keys(&r->json, r->json.root, keys, 5, slots))
        return;
    ledger->now = read_utc(r, slots[2]);
    ledger->key = am_json_text(&r->json, slots[3]);
    int count;
    const cJSON *feed = am_json_list(&r->json, slots[4], &count);
    ledger->feeds = AM_ARENA_NEW(r->arena, (size_t)count, struct am_ledger_feed);
    r->failed |= !ledger->feeds;
    for (; feed && !r->failed; feed = feed->next)
        read_feed(r, feed, &ledger->feeds[ledger->feed_count++]);
}

/* Is it whole? A newer version may reckon its checksum otherwise, and is told
 * by the first lines. */
static am_status check_bytes(const char *path, const char *bytes, size_t size, struct am_err *err)
{
    static const char format[] = "{\n  \"format\": \"amends-ledger/";
    if (size > sizeof format && strncmp(bytes, format, sizeof format - 1) == 0) {
        const char *version = bytes + sizeof format - 1;
        size_t digits = strspn(version, "0123456789");
        if (digits > 0 && version[digits] == '"' && !(digits == 1 && *version == '1'))
            return am_fail(err, AM_EINVALID,
                           "%s: written by a newer version of amends-publish (amends-ledger/%.*s; "
                           "this one knows amends-ledger/1)",
                           path, digits < 10 ? (int)digits : 10, version);
    }
    char checksum[AM_DIGEST_TEXT];
    if (size >= sizeof opening) {
        reckon(bytes, size, checksum);
        if (memcmp(bytes, opening, CHECKSUM_AT) == 0 &&
            memcmp(bytes + CHECKSUM_AT, checksum, DIGITS) == 0)
            return AM_OK;
    }
    return am_fail(err, AM_EPARSE, "%s: damaged: its checksum does not agree", path);
}

am_status am_ledger_read(struct am_ledger *ledger, const char *path, struct am_arena *arena,
                         struct am_err *err)
{
    struct reader r = {.arena = arena};
    char *bytes;
    size_t size;
    *ledger = (struct am_ledger){.key = ""};
    am_status status = am_read_file(path, AM_JSON_LIMIT, &bytes, &size, err);
    if (status)
        return status;
    status = check_bytes(path, bytes, size, err);
    if (status) {
        free(bytes);
        return status;
    }
    am_diag_init(&r.diag);
    am_json_init(&r.json, path, &r.diag, arena);
    status = am_json_parse(&r.json, bytes, size, err);
    if (!status)
        read_ledger(&r, ledger);
    if (r.failed || r.json.out_of_memory)
        status = am_fail_memory(err);
    else if (r.diag.errors > 0)
        status = am_fail(err, AM_EPARSE, "%s: damaged: %s", path, r.diag.first->text);
    am_json_release(&r.json);
    am_diag_release(&r.diag);
    return status;
}
