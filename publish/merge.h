/*
 * merge - what a feed holds after a roster, given what it held before.
 *
 * - An event that says the same as before stays byte for byte what it was. One
 *   that says something else has its SEQUENCE raised by one, and a later stamp.
 * - A session of the roster's days that is to come and that the roster no longer
 *   has is cancelled: its event becomes a tombstone, which stays until seven
 *   days after the session. If the session comes back, so does its event, under
 *   the same UID, with a higher SEQUENCE.
 * - What is over stays for 28 days, as it was. A feed that held anything never
 *   becomes empty: some readers refuse one that does. Its last event stays.
 * - UIDs of cancelled events are remembered for those 28 days, and nothing
 *   older is ever added: so none begins again at SEQUENCE 0.
 *
 * Where what is published and the ledger differ, because a run was cut short or
 * the ledger was lost, the one with the higher SEQUENCE is right, since somebody
 * may have seen it.
 */
#ifndef AM_PUBLISH_MERGE_H
#define AM_PUBLISH_MERGE_H

#include "io/ledger_json.h"
#include "publish/feed.h"

enum { AM_TOMBSTONE_DAYS = 7, AM_HISTORY_DAYS = 28 };

struct am_merge {
    int64_t now;      /* of the roster's data; seconds since 1970, UTC */
    int64_t from, to; /* the roster speaks of sessions that start from .. to - 1 */
    /* No UID twice in any of these. Of events by UID, in any order. */
    struct am_feed_event *published, *fresh;
    int published_count, fresh_count;
    struct am_ledger_event *known;
    int known_count;
};

struct am_merge_counts {
    int64_t same, added, changed, cancelled, removed;
};

struct am_merged {
    struct am_feed_event *events; /* by start, then UID */
    int event_count;
    struct am_ledger_event *known; /* by UID */
    int known_count;
    bool over; /* nothing is left but the last event of a feed that has no more */
    struct am_merge_counts counts;
};

/* Everything is in the arena. The lists of merge are sorted by UID on the way.
 * Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_merge_events(const struct am_merge *merge, struct am_arena *arena,
                                        struct am_merged *merged, struct am_err *err);

#endif
