/*
 * store - the folder as those see it who change it: one at a time, all or
 * nothing.
 *
 * Opening takes the lock, reads the ledger, looks at what is published, and
 * puts the two in order where a run was cut short or the ledger is lost: feeds
 * are known by the id in them. Everything that is changed is written beside the
 * folder's files and put into place by am_store_publish, the ledger last. What
 * the user should know of what was found goes to `notes`, a line each.
 */
#ifndef AM_PUBLISH_STORE_H
#define AM_PUBLISH_STORE_H

#include "base/names.h"
#include "io/ledger_json.h"
#include "io/staged_set.h"
#include "publish/folder_files.h"

/* Why an address was taken back. */
enum am_mark_reason {
    AM_MARK_ROTATED,   /* the feed has another */
    AM_MARK_REVOKED,   /* the feed shall have none */
    AM_MARK_WITHDRAWN, /* whose it was has left */
    AM_MARK_REASON_COUNT
};

struct am_store {
    struct am_arena arena;
    const char *folder;
    struct am_staged_set set;
    bool is_open;
    struct am_ledger ledger;
    int feed_room;
    struct am_names ids; /* of the ledger's feeds, in their order */
    const char **tokens; /* of the ledger's feeds; NULL: no address */
    const char **stale;  /* files that go when all is published */
    int stale_count, stale_room;
    long group; /* of files that the web server reads; -1: none */
    struct am_text notes;
};

/* How a folder is opened. */
enum am_store_mode {
    AM_STORE_MAKE,  /* make it where it is missing or empty; rebuild a lost ledger */
    AM_STORE_CHANGE /* it must be there, and its ledger whole */
};

/* Fails with AM_EINVALID where the folder is not ours, or a newer version's;
 * with AM_EPARSE where the ledger is damaged and may not be rebuilt; and as
 * am_staged_open does. Close in either case. */
AM_MUST_CHECK am_status am_store_open(struct am_store *store, const char *folder,
                                      enum am_store_mode mode, struct am_err *err);
void am_store_close(struct am_store *store);

/* Let a group read feeds and go through the folder. It stays so. Fails with
 * AM_EIO. */
AM_MUST_CHECK am_status am_store_share(struct am_store *store, long group, struct am_err *err);

/* The number of the feed with this id, added where there is none. Fails with
 * AM_ENOMEM. */
AM_MUST_CHECK am_status am_store_feed(struct am_store *store, const char *id, int *feed,
                                      struct am_err *err);

/* Publish these bytes at the feed's address, or at a new one where it has none. */
AM_MUST_CHECK am_status am_store_put(struct am_store *store, int feed, const char *bytes,
                                     size_t size, struct am_err *err);

/* Take the feed's address back, if it has one. */
AM_MUST_CHECK am_status am_store_withdraw(struct am_store *store, int feed,
                                          enum am_mark_reason reason, struct am_err *err);

/* Write the ledger and put everything into its place. */
AM_MUST_CHECK am_status am_store_publish(struct am_store *store, struct am_err *err);

/* Overwrite tokens in a message: they are as good as passwords. */
void am_store_hide_tokens(char *message);

#endif
