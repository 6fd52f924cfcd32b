/*
 * feed - a published calendar, and the folder in which it is published.
 *
 *   DIR/amends-feeds          says that the folder is ours: "amends-feeds/1"
 *   DIR/feeds/<token>.ics     what subscribers get; replaced by rename, never
 *   DIR/feeds/<token>.ics.gz  written in place; the second is the first, gzipped
 *   DIR/revoked/<token>       an address that was taken back: answer 410, whatever
 *                             feeds/ holds. Any other token is unknown: 404
 *   DIR/ledger.json           private: whose feed has which token (as a hash), and of
 *   DIR/key                   each event what publish/ledger.h says; the key of UIDs
 *
 * A token is 256 random bits: 64 of the characters 0-9a-f. Nobody but the
 * names of files in feeds/ and revoked/ holds it in clear. Files of feeds/ and
 * revoked/ have mode 0600, or 0640 and the group of the web server.
 *
 * A feed is a calendar: a head (properties and the time zone), its events, and
 * the line that ends it. Bytes change only when what they tell has changed, so
 * a hash of a file will do as its strong ETag.
 */
#ifndef AM_PUBLISH_FEED_H
#define AM_PUBLISH_FEED_H

#include "base/arena.h"
#include "io/calendar_ics.h"
#include "io/digest.h"
#include "io/text.h"

#define AM_FOLDER_MARK "amends-feeds"
#define AM_FOLDER_FEEDS "feeds"
#define AM_FOLDER_REVOKED "revoked"
#define AM_FOLDER_LEDGER "ledger.json"
#define AM_FOLDER_KEY "key"

enum { AM_TOKEN_TEXT = 65 };

/* 64 of 0-9a-f and nothing else: safe as the name of a file. */
bool am_token_is_valid(const char *text);

struct am_feed_event {
    const char *uid; /* letters, digits and - alone: safe as the name of a resource */
    const char *ics; /* BEGIN:VEVENT ... END:VEVENT and CRLF, as published */
    size_t size;
    char hash[AM_DIGEST_TEXT]; /* SHA-256 of ics without DTSTAMP, LAST-MODIFIED, SEQUENCE */
    int32_t sequence;          /* grows with every change that can be seen */
    int64_t last_modified;     /* seconds since 1970, UTC */
    int64_t start, end;        /* of the session: likewise */
    bool cancelled;            /* a tombstone: it says only that the session is off */
};

/* Everything points into the arena that it was read into. */
struct am_feed {
    const char *id;   /* opaque; of the view and the code, whatever the token */
    const char *head; /* from BEGIN:VCALENDAR to the end of the time zone */
    size_t head_size;
    size_t size;                  /* of the whole feed, which begins at head */
    struct am_feed_event *events; /* by start, then UID; no UID twice */
    int event_count;
};

/* Read the bytes of a feed. Fails with AM_EPARSE where they are not such as
 * amends-publish writes (a file cut short, say), or AM_ENOMEM. */
AM_MUST_CHECK am_status am_feed_parse(const char *bytes, size_t size, struct am_arena *arena,
                                      struct am_feed *feed, struct am_err *err);

/* Append one event as a calendar of its own, with the time zone: what CalDAV
 * keeps as a resource. There is no METHOD. */
void am_feed_put_event(const struct am_feed *feed, int event, struct am_text *text);

/* Is the folder one of ours, in a format that we know? Fails with AM_EINVALID,
 * or AM_EIO where it cannot be read. */
AM_MUST_CHECK am_status am_folder_check(const char *folder, struct am_err *err);

/* One feed of the folder. */
struct am_folder_entry {
    const char *name;          /* "team", "supervisor:S1", "project:GT", "person:X100001" */
    char token[AM_TOKEN_TEXT]; /* "": it has no address */
    bool revoked;
};

struct am_folder_list {
    struct am_folder_entry *at; /* by name */
    int count;
};

/* Every feed of the folder, from its ledger; in the arena. Fails as
 * am_folder_check does, and with AM_EPARSE where the ledger is damaged, or
 * AM_ENOMEM. */
AM_MUST_CHECK am_status am_folder_list(const char *folder, struct am_arena *arena,
                                       struct am_folder_list *list, struct am_err *err);

/* The feed of a name, or of a code alone where only one feed has it. Fails with
 * AM_EINVALID: there is none (err names the nearest), or several (err names
 * two). */
AM_MUST_CHECK am_status am_folder_find(const struct am_folder_list *list, const char *name,
                                       int *index, struct am_err *err);

/* The feed of a name, read and parsed. Fails as those above do, and with
 * AM_EINVALID where it has no address. */
AM_MUST_CHECK am_status am_folder_read(const char *folder, const char *name, struct am_arena *arena,
                                       struct am_feed *feed, struct am_err *err);

#endif
