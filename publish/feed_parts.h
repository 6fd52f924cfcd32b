/*
 * feed_parts - the pieces that a feed is put together from.
 */
#ifndef AM_PUBLISH_FEED_PARTS_H
#define AM_PUBLISH_FEED_PARTS_H

#include "publish/feed.h"

/* Append the head of a calendar (io/calendar_ics.h) with the feed's id in it:
 * by that a feed is known when the ledger is lost. It is a property of our own,
 * not UID, since readers that cut a calendar into events take the first UID
 * that they meet for the event's. */
void am_feed_put_head(const char *head, size_t size, const char *id, struct am_text *text);

void am_feed_put_end(struct am_text *text);

#endif
