#include "publish/caldav_label.h"

#include <string.h>

/* The value of a property, behind its parameters, where its line begins; NULL without. */
static const char *find_value(const struct am_feed_event *event, const char *name,
                              const char **value_end)
{
    const char *at = event->ics, *end = event->ics + event->size;
    size_t length = strlen(name);
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        const char *line_end = feed ? feed + 1 : end;
        if ((size_t)(line_end - at) > length && memcmp(at, name, length) == 0 &&
            (at[length] == ':' || at[length] == ';')) {
            const char *colon = memchr(at, ':', (size_t)(line_end - at));
            *value_end = end;
            return colon ? colon + 1 : NULL;
        }
        at = line_end;
    }
    return NULL;
}

/* 20260302T093000 */
static void put_start(const char *at, const char *end, struct am_text *text)
{
    if (end - at < 15 || strspn(at, "0123456789") != 8 || at[8] != 'T')
        return;
    am_text_format(text, "%.4s-%.2s-%.2s %.2s:%.2s", at, at + 4, at + 6, at + 9, at + 11);
}

/* A text, with its folds and escapes undone, up to the end of its line. */
static void put_text(const char *at, const char *end, struct am_text *text)
{
    for (; at < end; at++) {
        if (*at == '\r')
            continue;
        if (*at == '\n') {
            if (at + 1 >= end || at[1] != ' ')
                return;
            at++;
        } else if (*at == '\\' && at + 1 < end) {
            at++;
            am_text_char(text, *at == 'n' || *at == 'N' ? ' ' : *at);
        } else if ((unsigned char)*at >= ' ' && *at != 0x7f) {
            am_text_char(text, *at);
        }
    }
}

void am_caldav_put_label(const struct am_feed_event *event, struct am_text *text)
{
    const char *end, *start = find_value(event, "DTSTART", &end);
    size_t before = text->size;
    if (start)
        put_start(start, end, text);
    const char *summary = find_value(event, "SUMMARY", &end);
    if (summary && text->size > before)
        am_text_char(text, ' ');
    if (summary)
        put_text(summary, end, text);
}
