/*
 * publish - a roster's calendars into the feeds of a folder.
 *
 * Supervisors' calendars, the team's, the projects' and, where asked for,
 * people's: each has a feed of its own, with an address of its own. A feed
 * whose supervisor, project or person has left gets cancellations for what was
 * still to come, and is taken back when everything in it is over (28 days).
 * Revoked feeds are left out.
 */
#ifndef AM_PUBLISH_PUBLISH_H
#define AM_PUBLISH_PUBLISH_H

#include "publish/merge.h"
#include "publish/store.h"

struct am_publish_options {
    int64_t now;    /* of the roster's data; seconds since 1970, UTC */
    unsigned views; /* bits 1 << enum am_calendar_view; feeds of others stay as they are */
    enum am_detail detail;
};

struct am_publish_result {
    int feeds, changed, made, withdrawn, revoked; /* feeds counts all that are published */
    struct am_merge_counts events;
    struct am_text addresses; /* names of feeds with a new address, a line each; released by the
                                 caller */
};

/* Stage everything in the store; am_store_publish puts it into place. The store
 * was opened with AM_STORE_MAKE. context, roster: as for am_calendars_new, and
 * the roster is sorted. Fails with AM_EINVALID where the data is from after the
 * roster's last day, and as am_calendar_stream and am_store_put do. */
AM_MUST_CHECK am_status am_publish_roster(struct am_store *store,
                                          const struct am_roster_context *context,
                                          const struct am_roster *roster,
                                          const struct am_publish_options *options,
                                          struct am_publish_result *result, struct am_err *err);

#endif
