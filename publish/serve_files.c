#include "publish/serve_files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "publish/feed.h"
#include "publish/serve_read.h"
#include "publish/token.h"

enum { PATH_TEXT = 4096, ROWS = 1024 };

/* A feed that is kept. */
struct kept {
    char key[AM_DIGEST_TEXT]; /* hash of its token */
    struct am_serve_body *plain;
    struct am_serve_body *gzip; /* NULL where there is none that is right */
    struct am_serve_stamp plain_stamp, gzip_stamp;
    int64_t asked_ms, gone_ms; /* gone_ms: since when the file is missing; -1: it is there */
    struct kept *next;         /* in its row */
};

struct am_serve_files {
    const char *folder;
    size_t kept_most, kept_bytes;
    int kept_feeds;
    struct kept *rows[ROWS];
};

/* ---- bodies ---- */

void am_serve_body_drop(struct am_serve_body *body)
{
    if (!body || --body->holders > 0)
        return;
    free(body->bytes);
    free(body);
}

/* Takes bytes, also when it fails. */
static struct am_serve_body *body_new(char *bytes, size_t size)
{
    struct am_serve_body *body = malloc(sizeof *body);
    struct am_digest digest;
    char text[AM_DIGEST_TEXT];
    if (!body) {
        free(bytes);
        return NULL;
    }
    am_digest_init(&digest);
    am_digest_add(&digest, bytes, size);
    am_digest_finish(&digest, text);
    *body = (struct am_serve_body){.bytes = bytes, .size = size, .holders = 1};
    (void)snprintf(body->etag, sizeof body->etag, "\"%s\"", text);
    return body;
}

/* Do these bytes unpack to the plain ones, all of them and nothing more? */
static bool unpacks_to(char *packed, size_t size, const struct am_serve_body *plain)
{
    enum { GZIP_WINDOW = 16 + MAX_WBITS };
    z_stream stream = {0};
    bool same = false;
    char *out = malloc(plain->size + 1);
    if (out && inflateInit2(&stream, GZIP_WINDOW) == Z_OK) {
        stream.next_in = (Bytef *)packed;
        stream.avail_in = (uInt)size;
        stream.next_out = (Bytef *)out;
        stream.avail_out = (uInt)plain->size + 1;
        same = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0 &&
               stream.total_out == plain->size && memcmp(out, plain->bytes, plain->size) == 0;
        (void)inflateEnd(&stream);
    }
    free(out);
    return same;
}

/* ---- what is kept ---- */

static unsigned row_of(const char *key)
{
    unsigned row = 0;
    for (int i = 0; i < 8; i++) /* a SHA-256 is spread well already */
        row = row * 31 + (unsigned char)key[i];
    return row % ROWS;
}

static struct kept **place_of(struct am_serve_files *files, const char *key)
{
    struct kept **place = &files->rows[row_of(key)];
    while (*place && strcmp((*place)->key, key) != 0)
        place = &(*place)->next;
    return place;
}

static size_t bytes_of(const struct kept *kept)
{
    return sizeof *kept + (kept->plain ? kept->plain->size : 0) +
           (kept->gzip ? kept->gzip->size : 0);
}

static void forget(struct am_serve_files *files, struct kept **place)
{
    struct kept *kept = *place;
    *place = kept->next;
    files->kept_bytes -= bytes_of(kept);
    files->kept_feeds--;
    am_serve_body_drop(kept->plain);
    am_serve_body_drop(kept->gzip);
    free(kept);
}

/* Forget what was not asked for longest until the rest is few enough bytes. */
static void make_room(struct am_serve_files *files)
{
    while (files->kept_bytes > files->kept_most) {
        struct kept **oldest = NULL;
        for (int row = 0; row < ROWS; row++)
            for (struct kept **place = &files->rows[row]; *place; place = &(*place)->next)
                if (!oldest || (*place)->asked_ms < (*oldest)->asked_ms)
                    oldest = place;
        if (!oldest)
            return;
        forget(files, oldest);
    }
}

am_status am_serve_files_new(const char *folder, size_t kept_most, struct am_serve_files **files,
                             struct am_err *err)
{
    *files = calloc(1, sizeof **files);
    if (!*files)
        return am_fail_memory(err);
    (*files)->folder = folder;
    (*files)->kept_most = kept_most;
    return AM_OK;
}

void am_serve_files_free(struct am_serve_files *files)
{
    if (!files)
        return;
    for (int row = 0; row < ROWS; row++)
        while (files->rows[row])
            forget(files, &files->rows[row]);
    free(files);
}

size_t am_serve_kept_bytes(const struct am_serve_files *files)
{
    return files->kept_bytes;
}

int am_serve_kept_feeds(const struct am_serve_files *files)
{
    return files->kept_feeds;
}

/* ---- finding ---- */

/* Where a feed lies. */
struct paths {
    char plain[PATH_TEXT], gzip[PATH_TEXT], revoked[PATH_TEXT];
};

static bool fill_paths(struct paths *paths, const char *folder, const char *token)
{
    int size = snprintf(paths->gzip, PATH_TEXT, "%s/" AM_FOLDER_FEEDS "/%s.ics.gz", folder, token);
    if (size < 0 || size >= PATH_TEXT)
        return false;
    (void)snprintf(paths->plain, PATH_TEXT, "%s/" AM_FOLDER_FEEDS "/%s.ics", folder, token);
    size = snprintf(paths->revoked, PATH_TEXT, "%s/" AM_FOLDER_REVOKED "/%s", folder, token);
    return size >= 0 && size < PATH_TEXT;
}

/* The gzipped form beside kept->plain, where it is there and right. */
static void read_gzip(struct am_serve_files *files, struct kept *kept, const char *path)
{
    char *bytes;
    size_t size;
    files->kept_bytes -= bytes_of(kept);
    am_serve_body_drop(kept->gzip);
    kept->gzip = NULL;
    if (am_serve_read(path, AM_SERVE_FILE_MOST, &bytes, &size, &kept->gzip_stamp) ==
        AM_SERVE_READ) {
        if (unpacks_to(bytes, size, kept->plain))
            kept->gzip = body_new(bytes, size);
        else
            free(bytes);
    }
    files->kept_bytes += bytes_of(kept);
}

/* Keep a new version of the feed's bytes, which it takes. False: no memory. */
static bool keep(struct am_serve_files *files, const char *key, char *bytes, size_t size,
                 const struct am_serve_stamp *stamp)
{
    struct am_serve_body *body = body_new(bytes, size);
    struct kept **place = place_of(files, key);
    if (!body)
        return false;
    if (!*place) {
        *place = calloc(1, sizeof **place);
        if (!*place) {
            am_serve_body_drop(body);
            return false;
        }
        memcpy((*place)->key, key, AM_DIGEST_TEXT);
        files->kept_bytes += bytes_of(*place);
        files->kept_feeds++;
    }
    struct kept *kept = *place;
    files->kept_bytes += size - (kept->plain ? kept->plain->size : 0);
    am_serve_body_drop(kept->plain);
    kept->plain = body;
    kept->plain_stamp = *stamp;
    kept->gzip_stamp = (struct am_serve_stamp){.there = true}; /* never current: read it anew */
    return true;
}

/* Bring what is kept of a feed up to date. Returns how reading went. */
static enum am_serve_reading refresh(struct am_serve_files *files, const char *key,
                                     const struct paths *paths)
{
    struct kept *kept = *place_of(files, key);
    if (!kept || !am_serve_is_current(paths->plain, &kept->plain_stamp)) {
        char *bytes;
        size_t size;
        struct am_serve_stamp stamp;
        enum am_serve_reading reading =
            am_serve_read(paths->plain, AM_SERVE_FILE_MOST, &bytes, &size, &stamp);
        if (reading != AM_SERVE_READ)
            return reading;
        if (!keep(files, key, bytes, size, &stamp)) {
            errno = ENOMEM;
            return AM_SERVE_FAILED;
        }
        kept = *place_of(files, key);
    }
    if (!am_serve_is_current(paths->gzip, &kept->gzip_stamp))
        read_gzip(files, kept, paths->gzip);
    return AM_SERVE_READ;
}

/* What to send of a feed whose file could not be read just now. */
static struct am_serve_found stand_in(struct am_serve_files *files, const char *key,
                                      enum am_serve_reading reading, int64_t now_ms)
{
    int reason = errno;
    struct kept **place = place_of(files, key);
    if (reading == AM_SERVE_FAILED)
        return (struct am_serve_found){*place ? AM_SERVE_FOUND : AM_SERVE_UNREADABLE, NULL, false,
                                       strerror(reason)};
    if (!*place)
        return (struct am_serve_found){.state = AM_SERVE_UNKNOWN};
    if ((*place)->gone_ms < 0)
        (*place)->gone_ms = now_ms;
    if (now_ms - (*place)->gone_ms <= AM_SERVE_STANDIN_MS)
        return (struct am_serve_found){AM_SERVE_FOUND, NULL, false, "the file is missing"};
    forget(files, place);
    return (struct am_serve_found){.state = AM_SERVE_UNKNOWN};
}

struct am_serve_found am_serve_find(struct am_serve_files *files, const char *token, bool gzip,
                                    int64_t now_ms)
{
    struct am_serve_found found = {.state = AM_SERVE_FOUND};
    struct paths paths;
    char key[AM_DIGEST_TEXT];
    if (!fill_paths(&paths, files->folder, token))
        return (struct am_serve_found){AM_SERVE_UNREADABLE, NULL, false, strerror(ENAMETOOLONG)};
    am_token_hash(token, key);
    if (access(paths.revoked, F_OK) == 0) {
        struct kept **place = place_of(files, key);
        if (*place)
            forget(files, place);
        return (struct am_serve_found){.state = AM_SERVE_REVOKED};
    }
    if (errno != ENOENT) /* it may be revoked: rather nothing than what was taken back */
        return (struct am_serve_found){AM_SERVE_UNREADABLE, NULL, false, strerror(errno)};
    enum am_serve_reading reading = refresh(files, key, &paths);
    if (reading != AM_SERVE_READ)
        found = stand_in(files, key, reading, now_ms);
    struct kept *kept = *place_of(files, key);
    if (found.state != AM_SERVE_FOUND || !kept)
        return found;
    if (reading == AM_SERVE_READ)
        kept->gone_ms = -1;
    kept->asked_ms = now_ms;
    found.gzipped = gzip && kept->gzip;
    found.body = found.gzipped ? kept->gzip : kept->plain;
    found.body->holders++;
    make_room(files); /* which may forget even this one; the caller holds its body */
    return found;
}
