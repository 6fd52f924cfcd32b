#include "publish/event_text.h"

#include <stdlib.h>
#include <string.h>

#include "io/ics_text.h"
#include "io/utc.h"

enum { VALUE_MOST = 64 };

/* One property with its folds and the CRLF that ends it. */
struct line {
    const char *at;
    size_t size;
};

/* The property at *at, which moves on; false at the end. */
static bool next_line(const char **at, const char *end, struct line *line)
{
    const char *begin = *at, *stop = begin;
    if (begin == end)
        return false;
    do {
        const char *feed = memchr(stop, '\n', (size_t)(end - stop));
        stop = feed ? feed + 1 : end;
    } while (stop < end && *stop == ' ');
    *line = (struct line){begin, (size_t)(stop - begin)};
    *at = stop;
    return true;
}

/* Is it this property (with parameters or without)? */
static bool is_property(struct line line, const char *name)
{
    size_t size = strlen(name);
    return line.size > size && memcmp(line.at, name, size) == 0 &&
           (line.at[size] == ':' || line.at[size] == ';');
}

static bool is_stamp(struct line line)
{
    return is_property(line, "DTSTAMP") || is_property(line, "LAST-MODIFIED") ||
           is_property(line, "SEQUENCE");
}

/* Its value; none of those looked at here is long enough to be folded. */
static bool take_value(struct line line, char value[VALUE_MOST])
{
    const char *colon = memchr(line.at, ':', line.size);
    size_t size = colon ? line.size - (size_t)(colon + 1 - line.at) : 0;
    if (size < 2 || size - 2 >= VALUE_MOST || memcmp(colon + size - 1, "\r\n", 2) != 0)
        return false;
    memcpy(value, colon + 1, size - 2);
    value[size - 2] = '\0';
    return true;
}

/* ---- reading ---- */

enum { HAS_UID = 1, HAS_SEQUENCE = 2, HAS_STAMP = 4, HAS_START = 8, HAS_END = 16, HAS_ALL = 31 };

static bool read_sequence(const char *value, int32_t *sequence)
{
    size_t size = strspn(value, "0123456789");
    if (size == 0 || size > 9 || value[size])
        return false;
    *sequence = (int32_t)strtol(value, NULL, 10);
    return true;
}

/* "20260302T093000", of London. */
static bool read_local(const char *value, int64_t *seconds)
{
    char utc[AM_UTC_TEXT];
    int64_t as_utc;
    if (strlen(value) != 15)
        return false;
    memcpy(utc, value, 15);
    memcpy(utc + 15, "Z", 2);
    if (!am_utc_parse(utc, &as_utc))
        return false;
    am_date date = am_utc_date(as_utc);
    *seconds = am_utc_of_london(date, (int)((as_utc - (int64_t)date * 86400) / 60));
    return true;
}

static bool is_uid(const char *value)
{
    size_t size = strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    return size > 0 && value[size] == '\0';
}

/* What one property tells; the bits of what was found. */
static int read_property(struct line line, struct am_arena *arena, struct am_feed_event *event)
{
    char value[VALUE_MOST];
    if (is_property(line, "UID")) {
        bool good = take_value(line, value) && is_uid(value);
        if (good)
            event->uid = am_arena_strdup(arena, value);
        return good ? HAS_UID : 0;
    }
    if (is_property(line, "SEQUENCE"))
        return take_value(line, value) && read_sequence(value, &event->sequence) ? HAS_SEQUENCE : 0;
    if (is_property(line, "LAST-MODIFIED"))
        return take_value(line, value) && am_utc_parse(value, &event->last_modified) ? HAS_STAMP
                                                                                     : 0;
    if (is_property(line, "DTSTART"))
        return take_value(line, value) && read_local(value, &event->start) ? HAS_START : 0;
    if (is_property(line, "DTEND"))
        return take_value(line, value) && read_local(value, &event->end) ? HAS_END : 0;
    if (is_property(line, "STATUS"))
        event->cancelled = take_value(line, value) && strcmp(value, "CANCELLED") == 0;
    return 0;
}

am_status am_event_read(const char *ics, size_t size, struct am_arena *arena,
                        struct am_feed_event *event, struct am_err *err)
{
    const char *at = ics, *end = ics + size;
    struct am_digest digest;
    struct line line;
    int found = 0;
    *event = (struct am_feed_event){.ics = ics, .size = size};
    am_digest_init(&digest);
    while (next_line(&at, end, &line)) {
        found |= read_property(line, arena, event);
        if (!is_stamp(line))
            am_digest_add(&digest, line.at, line.size);
    }
    am_digest_finish(&digest, event->hash);
    if (found != HAS_ALL)
        return am_fail(err, AM_EPARSE, "an event is not as amends-publish writes events");
    return event->uid ? AM_OK : am_fail_memory(err);
}

/* ---- writing ---- */

void am_event_put_stamped(const struct am_feed_event *event, int32_t sequence,
                          int64_t last_modified, struct am_text *text)
{
    const char *at = event->ics, *end = at + event->size;
    char utc[AM_UTC_TEXT];
    struct line line;
    (void)am_utc_format_basic(last_modified, utc);
    while (next_line(&at, end, &line)) {
        if (is_property(line, "DTSTAMP"))
            am_text_format(text, "DTSTAMP:%s\r\n", utc);
        else if (is_property(line, "LAST-MODIFIED"))
            am_text_format(text, "LAST-MODIFIED:%s\r\n", utc);
        else if (is_property(line, "SEQUENCE"))
            am_text_format(text, "SEQUENCE:%d\r\n", (int)sequence);
        else
            am_text_bytes(text, line.at, line.size);
    }
}

/* The size of a summary without the number of people that ends it. */
static size_t without_heads(const char *summary, size_t size)
{
    static const char *const endings[] = {" person", " people"};
    size_t at = size;
    for (int i = 0; i < 2 && at == size; i++) {
        size_t ending = strlen(endings[i]);
        if (size > ending && memcmp(summary + size - ending, endings[i], ending) == 0)
            at = size - ending;
    }
    if (at == size)
        return size;
    size_t digits = at;
    while (digits > 0 && summary[digits - 1] >= '0' && summary[digits - 1] <= '9')
        digits--;
    bool counted = digits < at && digits > 2 && memcmp(summary + digits - 2, ": ", 2) == 0;
    return counted ? digits - 2 : size;
}

static void put_cancelled_summary(struct line line, struct am_text *text)
{
    const char *colon = memchr(line.at, ':', line.size), *end = line.at + line.size;
    struct am_text value = {0};
    for (const char *at = colon ? colon + 1 : end; at < end; at++) {
        if (*at == '\r' && end - at > 2 && at[1] == '\n' && at[2] == ' ')
            at += 2; /* a fold */
        else if (*at != '\r' && *at != '\n')
            am_text_char(&value, *at);
    }
    am_text_add(text, "SUMMARY:CANCELLED: ");
    am_text_bytes(text, am_text_string(&value), without_heads(am_text_string(&value), value.size));
    am_text_add(text, "\r\n");
    text->failed |= value.failed;
    am_text_release(&value);
}

static void put_cancelled_line(struct line line, struct am_text *text)
{
    if (is_property(line, "SUMMARY"))
        put_cancelled_summary(line, text);
    else if (is_property(line, "STATUS"))
        am_text_add(text, "STATUS:CANCELLED\r\n");
    else if (is_property(line, "TRANSP"))
        am_text_add(text, "TRANSP:TRANSPARENT\r\n");
    else if (!is_property(line, "DESCRIPTION"))
        am_text_bytes(text, line.at, line.size);
}

void am_event_put_tombstone(const struct am_feed_event *event, struct am_text *text)
{
    static const char alarm[] = "BEGIN:VALARM\r\n", alarm_end[] = "END:VALARM\r\n";
    const char *at = event->ics, *end = at + event->size;
    struct am_text raw = {0};
    struct line line;
    bool in_alarm = false;
    while (next_line(&at, end, &line)) {
        in_alarm |= line.size == sizeof alarm - 1 && memcmp(line.at, alarm, line.size) == 0;
        if (!in_alarm)
            put_cancelled_line(line, &raw);
        else
            in_alarm =
                line.size != sizeof alarm_end - 1 || memcmp(line.at, alarm_end, line.size) != 0;
    }
    am_ics_refold(text, am_text_string(&raw), raw.size);
    text->failed |= raw.failed;
    am_text_release(&raw);
}
