/*
 * caldav_target - the calendar on a server that events go to.
 *
 * Its address is https, or http on this computer, and holds no user name or
 * password. Every request goes to it or to a resource right inside it; what a
 * server says of other places is never asked.
 */
#ifndef AM_PUBLISH_CALDAV_TARGET_H
#define AM_PUBLISH_CALDAV_TARGET_H

#include <stdbool.h>

#include "base/err.h"

struct am_caldav_target {
    char *url;   /* ends with a slash; no query, fragment, user name or password */
    bool secure; /* https */
};

/* Fails with AM_EINVALID, AM_ENOMEM. */
AM_MUST_CHECK am_status am_caldav_target_read(const char *text, struct am_caldav_target *target,
                                              struct am_err *err);
void am_caldav_target_release(struct am_caldav_target *target);

/* The target that a server's redirection leads to: *moved, to be released. Fails
 * with AM_EINVALID where that is another server, scheme or port: credentials
 * are for the one that was named. */
AM_MUST_CHECK am_status am_caldav_target_follow(const struct am_caldav_target *target,
                                                const char *location,
                                                struct am_caldav_target *moved, struct am_err *err);

/* The last part of the address of a resource right inside a collection, as the
 * server wrote it: a pointer into href; NULL where href ends with a slash or
 * this part holds what has no place in an address. */
const char *am_caldav_name_of(const char *href);

#endif
