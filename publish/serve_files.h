/*
 * serve_files - the feeds of a folder (publish/feed.h), as they are sent.
 *
 * A feed is read whole, from one descriptor, and kept: what is sent and its
 * entity tag are always of the same bytes, whatever happens to the file
 * meanwhile. A file that is gone or cannot be read right now is stood in for by
 * the last good one (for AM_SERVE_STANDIN_MS when it is gone); one that is
 * revoked is not. What is kept is found by the hash of its token, and forgotten
 * when it was not asked for longest.
 *
 * The gzipped form is sent only if it unpacks to the very bytes of the feed, so
 * the two never tell different things while they are being replaced.
 */
#ifndef AM_PUBLISH_SERVE_FILES_H
#define AM_PUBLISH_SERVE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "io/digest.h"

enum {
    AM_SERVE_STANDIN_MS = 60000,
    AM_SERVE_FILE_MOST = 16 << 20, /* bytes of one feed */
    AM_SERVE_KEPT_MOST = 64 << 20, /* bytes of all feeds that are kept */
    AM_SERVE_ETAG_TEXT = AM_DIGEST_TEXT + 2
};

/* One form of a feed. Whoever holds it counts; for one thread. */
struct am_serve_body {
    char *bytes;
    size_t size;
    char etag[AM_SERVE_ETAG_TEXT]; /* the SHA-256 of bytes, in quotes */
    int holders;
};
void am_serve_body_drop(struct am_serve_body *body); /* NULL is accepted */

enum am_serve_state {
    AM_SERVE_UNKNOWN,
    AM_SERVE_REVOKED,
    AM_SERVE_FOUND,
    AM_SERVE_UNREADABLE /* it is there, but neither it nor an older one can be had */
};

struct am_serve_found {
    enum am_serve_state state;
    struct am_serve_body *body; /* FOUND: held for the caller, who drops it */
    bool gzipped;
    const char *trouble; /* not NULL: why the last good one, or none, had to do */
};

struct am_serve_files;

/* folder is not copied and must outlive the files. kept_most is how many bytes
 * may be kept: AM_SERVE_KEPT_MOST. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_serve_files_new(const char *folder, size_t kept_most,
                                           struct am_serve_files **files, struct am_err *err);
void am_serve_files_free(struct am_serve_files *files); /* NULL is accepted */

/* The feed of a valid token, gzipped where that is wanted and can be had. Time in
 * milliseconds that never goes back. */
struct am_serve_found am_serve_find(struct am_serve_files *files, const char *token, bool gzip,
                                    int64_t now_ms);

/* Bytes and feeds that are kept, for the log and tests. */
size_t am_serve_kept_bytes(const struct am_serve_files *files);
int am_serve_kept_feeds(const struct am_serve_files *files);

#endif
