#include "publish/publish_feed.h"

#include <string.h>

#include "publish/event_text.h"
#include "publish/feed_parts.h"

enum { DAY_S = 86400 };

/* A calendar as it comes from the roster, piece by piece. */
struct fresh {
    struct am_arena *arena;
    const char *head;
    size_t head_size;
    struct am_feed_event *events;
    int count, room;
};

static am_status more_events(struct fresh *fresh, struct am_err *err)
{
    int room = fresh->room ? 2 * fresh->room : 16;
    struct am_feed_event *more = AM_ARENA_NEW(fresh->arena, (size_t)room, struct am_feed_event);
    if (!more)
        return am_fail_memory(err);
    if (fresh->count > 0)
        memcpy(more, fresh->events, (size_t)fresh->count * sizeof *more);
    fresh->events = more;
    fresh->room = room;
    return AM_OK;
}

/* For am_calendar_stream: the head, then events, then the end, which is ours to
 * write. */
static am_status take_piece(void *context, const char *bytes, size_t size, struct am_err *err)
{
    static const char event[] = "BEGIN:VEVENT\r\n";
    struct fresh *fresh = context;
    bool is_event = size >= sizeof event && strncmp(bytes, event, sizeof event - 1) == 0;
    if (!is_event && fresh->head)
        return AM_OK;
    char *copy = am_arena_alloc(fresh->arena, size + 1, 1);
    if (!copy)
        return am_fail_memory(err);
    memcpy(copy, bytes, size);
    if (!is_event) {
        fresh->head = copy;
        fresh->head_size = size;
        return AM_OK;
    }
    am_status status = fresh->count == fresh->room ? more_events(fresh, err) : AM_OK;
    if (!status)
        status = am_event_read(copy, size, fresh->arena, &fresh->events[fresh->count], err);
    fresh->count += !status;
    return status;
}

/* What stands at the feed's address now; nothing where that cannot be read, for
 * then it is written anew. */
static am_status read_published(const struct am_publish_feed *run, int feed, struct am_arena *arena,
                                struct am_feed *published, struct am_err *err)
{
    struct am_store *store = run->store;
    *published = (struct am_feed){0};
    if (!store->tokens[feed])
        return AM_OK;
    am_status status =
        am_folder_read_token(store->folder, store->tokens[feed], arena, published, err);
    if (status != AM_EPARSE)
        return status;
    am_text_format(&store->notes, "the feed of %s was damaged; it is written anew\n",
                   store->ledger.feeds[feed].name);
    *published = (struct am_feed){0};
    return AM_OK;
}

/* Into the ledger's arena: what is merged lives as long as one feed's turn. */
static am_status record(const struct am_publish_feed *run, int feed, const struct am_merged *merged,
                        struct am_err *err)
{
    struct am_store *store = run->store;
    struct am_ledger_event *events =
        AM_ARENA_NEW(&store->arena, (size_t)merged->known_count, struct am_ledger_event);
    if (!events)
        return am_fail_memory(err);
    for (int i = 0; i < merged->known_count; i++) {
        events[i] = merged->known[i];
        events[i].uid = am_arena_strdup(&store->arena, merged->known[i].uid);
        if (!events[i].uid)
            return am_fail_memory(err);
    }
    store->ledger.feeds[feed].events = events;
    store->ledger.feeds[feed].event_count = merged->known_count;
    return AM_OK;
}

static am_status put(const struct am_publish_feed *run, int feed, struct am_text *text,
                     const struct am_merged *merged, struct am_err *err)
{
    for (int i = 0; i < merged->event_count; i++)
        am_text_bytes(text, merged->events[i].ics, merged->events[i].size);
    am_feed_put_end(text);
    am_status status = am_text_status(text, err);
    if (!status)
        status = am_store_put(run->store, feed, text->bytes, text->size, err);
    return status ? status : record(run, feed, merged, err);
}

am_status am_publish_feed(const struct am_publish_feed *run, int feed, enum am_calendar_view view,
                          int index, struct am_merge_counts *counts, struct am_err *err)
{
    struct am_ledger_feed *ledger = &run->store->ledger.feeds[feed];
    struct am_arena arena;
    struct am_feed published;
    struct am_merged merged = {0};
    struct am_text text = {0};
    am_arena_init(&arena);
    struct fresh fresh = {.arena = &arena};
    am_status status = read_published(run, feed, &arena, &published, err);
    if (!status)
        status = am_calendar_stream(run->calendars, view, index, take_piece, &fresh, err);
    const struct am_merge merge = {.now = run->now,
                                   .from = run->from,
                                   .to = run->to,
                                   .published = published.events,
                                   .published_count = published.event_count,
                                   .fresh = fresh.events,
                                   .fresh_count = fresh.count,
                                   .known = ledger->events,
                                   .known_count = ledger->event_count};
    if (!status)
        status = am_merge_events(&merge, &arena, &merged, err);
    if (!status) {
        am_feed_put_head(fresh.head, fresh.head_size, ledger->id, &text);
        *counts = merged.counts;
        status = put(run, feed, &text, &merged, err);
    }
    am_text_release(&text);
    am_arena_release(&arena);
    return status;
}

am_status am_publish_gone(const struct am_publish_feed *run, int feed, bool *over,
                          struct am_merge_counts *counts, struct am_err *err)
{
    struct am_ledger_feed *ledger = &run->store->ledger.feeds[feed];
    struct am_arena arena;
    struct am_feed published;
    struct am_merged merged = {0};
    struct am_text text = {0};
    am_arena_init(&arena);
    am_status status = read_published(run, feed, &arena, &published, err);
    const struct am_merge merge = {.now = run->now,
                                   .from = INT64_MIN,
                                   .to = INT64_MAX,
                                   .published = published.events,
                                   .published_count = published.event_count,
                                   .known = ledger->events,
                                   .known_count = ledger->event_count};
    if (!status)
        status = am_merge_events(&merge, &arena, &merged, err);
    if (!status) {
        *over = merged.over;
        *counts = merged.counts;
        am_text_bytes(&text, published.head, published.head_size);
        if (!merged.over)
            status = put(run, feed, &text, &merged, err);
    }
    am_text_release(&text);
    am_arena_release(&arena);
    return status;
}

void am_publish_forget(const struct am_publish_feed *run, int feed)
{
    struct am_ledger_feed *ledger = &run->store->ledger.feeds[feed];
    int kept = 0;
    for (int i = 0; i < ledger->event_count; i++) {
        ledger->events[kept] = ledger->events[i];
        ledger->events[kept].state = AM_EVENT_DROPPED;
        kept += ledger->events[i].end + (int64_t)AM_HISTORY_DAYS * DAY_S > run->now;
    }
    ledger->event_count = kept;
}
