/*
 * store_parts - how the store reads what it finds; for publish/store*.c alone.
 */
#ifndef AM_PUBLISH_STORE_PARTS_H
#define AM_PUBLISH_STORE_PARTS_H

#include "publish/store.h"

/* Read the ledger, or begin an empty one where it is lost and may be rebuilt. */
AM_MUST_CHECK am_status am_store_read_ledger(struct am_store *store, enum am_store_mode mode,
                                             struct am_err *err);

/* Have the key of ids, which the ledger and a file of its own both hold: from
 * either of them, or (in a folder without feeds) a new one. */
AM_MUST_CHECK am_status am_store_take_key(struct am_store *store, struct am_err *err);

/* Find out which file is whose. What a run that was cut short left is finished. */
AM_MUST_CHECK am_status am_store_bind(struct am_store *store, struct am_err *err);

/* What stands in revoked/<token>: whose it was, why it went and when. */
void am_mark_write(struct am_text *text, const char *id, enum am_mark_reason reason, am_date date);

/* Take a token back, whoever's it is. */
AM_MUST_CHECK am_status am_store_mark(struct am_store *store, const char *token, const char *id,
                                      enum am_mark_reason reason, struct am_err *err);

/* Have a file removed when all is published; both files of a feed. */
AM_MUST_CHECK am_status am_store_remove(struct am_store *store, const char *part, const char *token,
                                        const char *ending, struct am_err *err);
AM_MUST_CHECK am_status am_store_remove_feed(struct am_store *store, const char *token,
                                             struct am_err *err);

#endif
