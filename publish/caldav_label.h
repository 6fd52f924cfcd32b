/*
 * caldav_label - an event as a person would name it.
 */
#ifndef AM_PUBLISH_CALDAV_LABEL_H
#define AM_PUBLISH_CALDAV_LABEL_H

#include "publish/feed.h"

/* Append "2026-03-02 09:30 Shop: 6 places", from the event's start and summary;
 * what one of them lacks is left out. Control characters are, too. */
void am_caldav_put_label(const struct am_feed_event *event, struct am_text *text);

#endif
