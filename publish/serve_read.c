#include "publish/serve_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* File systems keep times by the clock's tick, of some milliseconds; some by two seconds. */
enum { SETTLED_MS = 50, SETTLED_COARSE_MS = 2500, TRIES = 3 };

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool same_file(const struct stat *found, const struct am_serve_stamp *stamp)
{
    return found->st_dev == stamp->device && found->st_ino == stamp->inode &&
           found->st_size == stamp->size && same_time(found->st_mtim, stamp->modified) &&
           same_time(found->st_ctim, stamp->changed);
}

bool am_serve_is_current(const char *path, const struct am_serve_stamp *stamp)
{
    struct stat found;
    if (stat(path, &found) != 0)
        return !stamp->there && errno == ENOENT;
    return stamp->there && stamp->settled && same_file(&found, stamp);
}

static struct am_serve_stamp stamp_of(const struct stat *found)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    int64_t age_ms = (int64_t)(now.tv_sec - found->st_ctim.tv_sec) * 1000 +
                     (now.tv_nsec - found->st_ctim.tv_nsec) / 1000000;
    bool coarse = found->st_ctim.tv_nsec == 0 && found->st_mtim.tv_nsec == 0;
    return (struct am_serve_stamp){.there = true,
                                   .settled = age_ms >= (coarse ? SETTLED_COARSE_MS : SETTLED_MS),
                                   .device = found->st_dev,
                                   .inode = found->st_ino,
                                   .size = found->st_size,
                                   .modified = found->st_mtim,
                                   .changed = found->st_ctim};
}

/* All bytes up to size; false (with errno) also where the file ends earlier. */
static bool read_all(int descriptor, char *bytes, size_t size)
{
    size_t at = 0;
    while (at < size) {
        ssize_t got = pread(descriptor, bytes + at, size - at, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            errno = got == 0 ? EAGAIN : errno;
            return false;
        }
        at += (size_t)got;
    }
    return true;
}

static bool read_open(int descriptor, size_t limit, char **bytes, size_t *size,
                      struct am_serve_stamp *stamp)
{
    struct stat before, after;
    if (fstat(descriptor, &before) != 0)
        return false;
    if (!S_ISREG(before.st_mode) || before.st_size < 0 || (uintmax_t)before.st_size > limit) {
        errno = S_ISREG(before.st_mode) ? EFBIG : EINVAL;
        return false;
    }
    *size = (size_t)before.st_size;
    *bytes = malloc(*size + 1);
    if (!*bytes || !read_all(descriptor, *bytes, *size) || fstat(descriptor, &after) != 0)
        return false;
    *stamp = stamp_of(&before);
    if (same_time(before.st_mtim, after.st_mtim) && before.st_size == after.st_size)
        return true;
    errno = EAGAIN; /* somebody writes into it, which amends never does */
    return false;
}

static bool read_once(const char *path, size_t limit, char **bytes, size_t *size,
                      struct am_serve_stamp *stamp)
{
    /* a pipe that somebody put there must not block us, nor a link lead us out of the folder */
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (descriptor < 0)
        return false;
    bool done = read_open(descriptor, limit, bytes, size, stamp);
    int reason = errno;
    if (!done) {
        free(*bytes);
        *bytes = NULL;
    }
    (void)close(descriptor);
    errno = reason;
    return done;
}

enum am_serve_reading am_serve_read(const char *path, size_t limit, char **bytes, size_t *size,
                                    struct am_serve_stamp *stamp)
{
    *bytes = NULL;
    *size = 0;
    *stamp = (struct am_serve_stamp){0};
    for (int i = 0; i < TRIES; i++) {
        if (read_once(path, limit, bytes, size, stamp))
            return AM_SERVE_READ;
        if (errno != EAGAIN)
            break;
    }
    return errno == ENOENT ? AM_SERVE_ABSENT : AM_SERVE_FAILED;
}
