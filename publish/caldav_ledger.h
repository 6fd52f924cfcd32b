/*
 * caldav_ledger - what a calendar on a server holds of ours, as we last knew.
 *
 * One text file for each calendar and feed: a line that names the format, one
 * with the address, one for each event, and the checksum of all that. Written
 * atomically. When it is lost or damaged nothing is lost: the server is asked,
 * and events are sent once more.
 */
#ifndef AM_PUBLISH_CALDAV_LEDGER_H
#define AM_PUBLISH_CALDAV_LEDGER_H

#include <stdbool.h>

#include "base/arena.h"
#include "io/digest.h"

struct am_caldav_entry {
    const char *uid;  /* of the event */
    const char *name; /* of its resource in the calendar, as it stands in addresses */
    const char *etag; /* as the server gave it; "" unknown */
    const char *hash; /* SHA-256 of what was sent */
};

struct am_caldav_ledger {
    struct am_arena *arena; /* strings and entries; not owned */
    const char *url;
    struct am_caldav_entry *entries; /* by UID */
    int count, room;
};

void am_caldav_ledger_init(struct am_caldav_ledger *ledger, struct am_arena *arena,
                           const char *url);

/* Read the file at path into an empty ledger. *missing: there is none. *damaged:
 * it is not whole, or of another address; the ledger is empty then. Fails with
 * AM_EINVALID (written by a newer version), AM_EIO or AM_ENOMEM. */
AM_MUST_CHECK am_status am_caldav_ledger_read(struct am_caldav_ledger *ledger, const char *path,
                                              bool *missing, bool *damaged, struct am_err *err);
AM_MUST_CHECK am_status am_caldav_ledger_write(const struct am_caldav_ledger *ledger,
                                               const char *path, struct am_err *err);

/* The entry of a UID, or NULL; until the next am_caldav_ledger_put. */
struct am_caldav_entry *am_caldav_ledger_find(const struct am_caldav_ledger *ledger,
                                              const char *uid);

/* Put an entry in place of the one of its UID; strings are copied. Fails with
 * AM_ENOMEM. */
AM_MUST_CHECK am_status am_caldav_ledger_put(struct am_caldav_ledger *ledger,
                                             const struct am_caldav_entry *entry,
                                             struct am_err *err);
void am_caldav_ledger_remove(struct am_caldav_ledger *ledger, const char *uid);

#endif
