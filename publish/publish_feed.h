/*
 * publish_feed - one feed: what it held, what the roster says, what it holds now.
 */
#ifndef AM_PUBLISH_PUBLISH_FEED_H
#define AM_PUBLISH_PUBLISH_FEED_H

#include "publish/merge.h"
#include "publish/store.h"

/* What all feeds of a run share. */
struct am_publish_feed {
    struct am_store *store;
    struct am_calendars *calendars;
    int64_t now, from, to; /* as in struct am_merge */
};

/* Stage the feed of a calendar. Fails as am_calendar_stream and am_store_put
 * do. */
AM_MUST_CHECK am_status am_publish_feed(const struct am_publish_feed *run, int feed,
                                        enum am_calendar_view view, int index,
                                        struct am_merge_counts *counts, struct am_err *err);

/* Stage a feed that has no calendar any more: what is to come is cancelled.
 * Where *over, nothing is left to tell, and nothing was staged. */
AM_MUST_CHECK am_status am_publish_gone(const struct am_publish_feed *run, int feed, bool *over,
                                        struct am_merge_counts *counts, struct am_err *err);

/* Drop from the ledger what a revoked feed no longer needs to remember. */
void am_publish_forget(const struct am_publish_feed *run, int feed);

#endif
