#include "publish/feed.h"

#include <string.h>

#include "base/names.h"
#include "publish/event_text.h"
#include "publish/feed_parts.h"

static const char calendar_begin[] = "BEGIN:VCALENDAR\r\n", calendar_end[] = "END:VCALENDAR\r\n";
static const char event_begin[] = "BEGIN:VEVENT\r\n", event_end[] = "END:VEVENT\r\n";
static const char zone_begin[] = "BEGIN:VTIMEZONE\r\n", id_line[] = "X-AMENDS-FEED:";

static bool begins(const char *at, const char *end, const char *with)
{
    size_t size = strlen(with);
    return (size_t)(end - at) >= size && memcmp(at, with, size) == 0;
}

/* Behind the next such line, or NULL. at is where a line begins. */
static const char *behind_line(const char *at, const char *end, const char *line)
{
    while (at < end) {
        if (begins(at, end, line))
            return at + strlen(line);
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        at = feed ? feed + 1 : end;
    }
    return NULL;
}

/* Where the first of such lines begins, or NULL. */
static const char *find_line(const char *at, const char *end, const char *line)
{
    const char *behind = behind_line(at, end, line);
    return behind ? behind - strlen(line) : NULL;
}

static am_status not_ours(struct am_err *err)
{
    return am_fail(err, AM_EPARSE, "not a whole feed as amends-publish writes them");
}

static am_status read_head(const char *bytes, const char *stop, struct am_arena *arena,
                           struct am_feed *feed, struct am_err *err)
{
    const char *id = behind_line(bytes, stop, id_line);
    if (!begins(bytes, stop, calendar_begin) || !id)
        return not_ours(err);
    size_t size = strspn(id, "0123456789abcdef-");
    if (size != AM_OPAQUE_ID_TEXT - 1 || !begins(id + size, stop, "\r\n"))
        return not_ours(err);
    char *copy = am_arena_alloc(arena, size + 1, 1);
    if (!copy)
        return am_fail_memory(err);
    memcpy(copy, id, size);
    feed->id = copy;
    feed->head = bytes;
    feed->head_size = (size_t)(stop - bytes);
    return AM_OK;
}

static int count_events(const char *at, const char *end)
{
    int count = 0;
    while ((at = behind_line(at, end, event_begin)))
        count++;
    return count;
}

/* By start, then UID, and none twice. */
static am_status check_order(const struct am_feed *feed, struct am_arena *arena, struct am_err *err)
{
    struct am_names uids;
    am_names_init(&uids, arena);
    for (int i = 0; i < feed->event_count; i++) {
        const struct am_feed_event *at = &feed->events[i];
        int index;
        if (i > 0 && (at[-1].start > at->start ||
                      (at[-1].start == at->start && strcmp(at[-1].uid, at->uid) > 0)))
            return not_ours(err);
        am_status status = am_names_add(&uids, at->uid, &index);
        if (status != AM_OK)
            return status == AM_ENOMEM ? am_fail_memory(err) : not_ours(err);
    }
    return AM_OK;
}

static am_status read_events(const char *at, const char *end, struct am_arena *arena,
                             struct am_feed *feed, struct am_err *err)
{
    feed->events = AM_ARENA_NEW(arena, (size_t)count_events(at, end), struct am_feed_event);
    if (!feed->events)
        return am_fail_memory(err);
    while (begins(at, end, event_begin)) {
        const char *stop = behind_line(at, end, event_end);
        if (!stop)
            return not_ours(err);
        am_status status =
            am_event_read(at, (size_t)(stop - at), arena, &feed->events[feed->event_count], err);
        if (status)
            return status;
        feed->event_count++;
        at = stop;
    }
    return (size_t)(end - at) == sizeof calendar_end - 1 && begins(at, end, calendar_end)
               ? check_order(feed, arena, err)
               : not_ours(err);
}

am_status am_feed_parse(const char *bytes, size_t size, struct am_arena *arena,
                        struct am_feed *feed, struct am_err *err)
{
    *feed = (struct am_feed){0};
    char *copy = am_arena_alloc(arena, size + 1, 1);
    if (!copy)
        return am_fail_memory(err);
    memcpy(copy, bytes, size);
    feed->size = size;
    const char *end = copy + size, *stop = find_line(copy, end, event_begin);
    if (!stop)
        stop = find_line(copy, end, calendar_end);
    if (!stop)
        return not_ours(err);
    am_status status = read_head(copy, stop, arena, feed, err);
    return status ? status : read_events(stop, end, arena, feed, err);
}

void am_feed_put_head(const char *head, size_t size, const char *id, struct am_text *text)
{
    const char *zone = find_line(head, head + size, zone_begin);
    size_t properties = zone ? (size_t)(zone - head) : size;
    am_text_bytes(text, head, properties);
    am_text_format(text, "%s%s\r\n", id_line, id);
    am_text_bytes(text, head + properties, size - properties);
}

void am_feed_put_end(struct am_text *text)
{
    am_text_add(text, calendar_end);
}

void am_feed_put_event(const struct am_feed *feed, int event, struct am_text *text)
{
    am_text_bytes(text, feed->head, feed->head_size);
    am_text_bytes(text, feed->events[event].ics, feed->events[event].size);
    am_feed_put_end(text);
}
