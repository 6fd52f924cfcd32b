/*
 * caldav_multistatus - what a server's 207 answer says of its resources
 * (RFC 4918).
 *
 * Read with expat, which sees namespaces. A document type, and with it every
 * entity, is refused; depth, lengths and counts have limits. Whatever is not
 * looked for is skipped.
 */
#ifndef AM_PUBLISH_CALDAV_MULTISTATUS_H
#define AM_PUBLISH_CALDAV_MULTISTATUS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct am_caldav_resource {
    const char *href; /* as the server wrote it */
    const char *etag; /* "" where the server tells none */
    bool is_calendar; /* the calendar itself, rather than something in it */
    bool missing;     /* the answer for this resource is an error */
};

struct am_caldav_listing {
    struct am_caldav_resource *resources; /* in the order of the answer; in the arena */
    int count, room;
};

/* Read size bytes; strings are kept in the arena. Fails with AM_EPARSE or
 * AM_ENOMEM. */
AM_MUST_CHECK am_status am_caldav_listing_read(const char *bytes, size_t size,
                                               struct am_arena *arena,
                                               struct am_caldav_listing *listing,
                                               struct am_err *err);

#endif
