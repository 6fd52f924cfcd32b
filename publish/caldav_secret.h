/*
 * caldav_secret - user name and password for a calendar server.
 *
 * They come from a file that nobody else can read, or from the environment;
 * never from the command line, which other users of the computer see.
 */
#ifndef AM_PUBLISH_CALDAV_SECRET_H
#define AM_PUBLISH_CALDAV_SECRET_H

#include "base/err.h"

#define AM_CALDAV_USER "AMENDS_CALDAV_USER"
#define AM_CALDAV_PASSWORD "AMENDS_CALDAV_PASSWORD"

struct am_caldav_secret {
    char *user, *password; /* both, or both NULL: none is given */
};

/* From the file, whose first line is the user name and whose second the
 * password; or, where path is NULL, from the environment, where both variables
 * may be absent. Fails with AM_EINVALID (others may read the file, a line is
 * missing), AM_EIO or AM_ENOMEM. */
AM_MUST_CHECK am_status am_caldav_secret_read(const char *path, struct am_caldav_secret *secret,
                                              struct am_err *err);

/* Overwrites them first. */
void am_caldav_secret_release(struct am_caldav_secret *secret);

#endif
