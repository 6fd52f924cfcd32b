/*
 * event_text - the bytes of one event: what they say, and said differently.
 *
 * An event is as io/calendar_ics writes it: BEGIN:VEVENT ... END:VEVENT, each
 * property on a line of its own, long ones folded, every line ended by CRLF.
 */
#ifndef AM_PUBLISH_EVENT_TEXT_H
#define AM_PUBLISH_EVENT_TEXT_H

#include "publish/feed.h"

/* Fill an event from its bytes, which it goes on pointing to. Fails with
 * AM_EPARSE where a property that we write is missing or not as we write it, or
 * AM_ENOMEM. */
AM_MUST_CHECK am_status am_event_read(const char *ics, size_t size, struct am_arena *arena,
                                      struct am_feed_event *event, struct am_err *err);

/* Append the event with another SEQUENCE and other stamps. */
void am_event_put_stamped(const struct am_feed_event *event, int32_t sequence,
                          int64_t last_modified, struct am_text *text);

/* Append what stays of an event that is cancelled: its time, its place and what
 * it was, marked as off. Nothing is said of people: no description, no number in
 * the summary. There is no reminder. */
void am_event_put_tombstone(const struct am_feed_event *event, struct am_text *text);

#endif
