/*
 * caldav_place - where a folder of feeds keeps the ledger of a calendar.
 *
 *   FOLDER/caldav/<16 hex digits>.ledger   of the address and the feed
 *   FOLDER/caldav/<16 hex digits>.lock     held while a run is under way
 */
#ifndef AM_PUBLISH_CALDAV_PLACE_H
#define AM_PUBLISH_CALDAV_PLACE_H

#include "base/err.h"

struct am_caldav_place {
    char *ledger, *lock;
    int descriptor; /* of the lock */
};

/* Make the folder where it is missing, and lock: of two runs for one calendar
 * and feed the second fails. Fails with AM_EIO (also for that), AM_ENOMEM. */
AM_MUST_CHECK am_status am_caldav_place_take(const char *folder, const char *url,
                                             const char *feed_id, struct am_caldav_place *place,
                                             struct am_err *err);
void am_caldav_place_leave(struct am_caldav_place *place);

#endif
