/*
 * caldav_plan - what has to be done so that a calendar on a server holds what a
 * feed holds.
 *
 * Three lists are compared: the events of the feed, the ledger of what we put
 * there, and what the server says it has. Resources that we make are named
 * amends-<feed>-<uid>.ics, so ours are known without any ledger and those of
 * others, people's own entries and other feeds too, are never touched.
 */
#ifndef AM_PUBLISH_CALDAV_PLAN_H
#define AM_PUBLISH_CALDAV_PLAN_H

#include "base/arena.h"
#include "publish/caldav_ledger.h"
#include "publish/caldav_multistatus.h"
#include "publish/feed.h"

enum am_caldav_deed { AM_CALDAV_KEEP, AM_CALDAV_CREATE, AM_CALDAV_UPDATE, AM_CALDAV_DELETE };

struct am_caldav_step {
    enum am_caldav_deed deed;
    int event; /* of the feed; -1: it is no longer there */
    const char *uid, *name;
    const char *etag;          /* that the server has now; "" unknown */
    char hash[AM_DIGEST_TEXT]; /* of what it is to hold; "" when it is to go */
};

struct am_caldav_plan {
    struct am_caldav_step *steps; /* creations and changes by the feed's order, then deletions */
    int count, room;
    int counts[AM_CALDAV_DELETE + 1]; /* of each deed */
};

/* Everything is kept in the arena; feed, ledger and listing must outlive the
 * plan. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_caldav_plan_make(const struct am_feed *feed,
                                            const struct am_caldav_ledger *ledger,
                                            const struct am_caldav_listing *listing,
                                            struct am_arena *arena, struct am_caldav_plan *plan,
                                            struct am_err *err);

#endif
