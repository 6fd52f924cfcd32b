/*
 * ledger_json - what amends-publish remembers of what it published
 * (amends-ledger/1).
 *
 * Events are known by UID, feeds by an opaque id; addresses of feeds by the
 * SHA-256 of their token alone. The file carries a checksum of itself, so that
 * one that is cut short or was changed is not mistaken for the truth.
 */
#ifndef AM_IO_LEDGER_JSON_H
#define AM_IO_LEDGER_JSON_H

#include "base/arena.h"
#include "io/digest.h"
#include "io/text.h"

enum am_event_state {
    AM_EVENT_LIVE,
    AM_EVENT_CANCELLED, /* a tombstone is published */
    AM_EVENT_DROPPED    /* no longer published; its UID and SEQUENCE are remembered */
};

struct am_ledger_event {
    const char *uid;
    char hash[AM_DIGEST_TEXT]; /* of what it tells, without stamps and SEQUENCE */
    int32_t sequence;
    int64_t last_modified, end; /* seconds since 1970, UTC */
    enum am_event_state state;
};

struct am_ledger_feed {
    const char *id;                  /* opaque: of the view and the code */
    const char *name;                /* "team", "supervisor:S1"; "" when not known */
    char token_hash[AM_DIGEST_TEXT]; /* "": it has no address */
    bool revoked;                    /* and shall have none */
    struct am_ledger_event *events;  /* by UID */
    int event_count;
};

struct am_ledger {
    int64_t now;     /* of the last publication */
    const char *key; /* of ids; "" while there is none */
    struct am_ledger_feed *feeds;
    int feed_count;
};

/* Append the file. The same ledger gives the same bytes. */
AM_MUST_CHECK am_status am_ledger_json(const struct am_ledger *ledger, struct am_text *text,
                                       struct am_err *err);

/* Read path into the arena. Fails with AM_EIO where it cannot be read, with
 * AM_EINVALID when a newer version wrote it, with AM_EPARSE when it is damaged,
 * or with AM_ENOMEM. */
AM_MUST_CHECK am_status am_ledger_read(struct am_ledger *ledger, const char *path,
                                       struct am_arena *arena, struct am_err *err);

#endif
