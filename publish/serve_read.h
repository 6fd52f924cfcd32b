/*
 * serve_read - one file read whole, from one descriptor.
 */
#ifndef AM_PUBLISH_SERVE_READ_H
#define AM_PUBLISH_SERVE_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <time.h>

/* What tells one version of a file from the next. A version that is very young
 * when it is read is not settled: the next may bear the same stamp. */
struct am_serve_stamp {
    bool there, settled;
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec modified, changed;
};

enum am_serve_reading { AM_SERVE_READ, AM_SERVE_ABSENT, AM_SERVE_FAILED };

/* Is the file at this path still the one of the stamp? errno says why not to
 * know; then too the answer is false. */
bool am_serve_is_current(const char *path, const struct am_serve_stamp *stamp);

/* The whole file: *bytes (malloc'd) and *size, and its stamp. FAILED (with
 * errno) also where it is no ordinary file, over the limit, or is changed in
 * place while it is read. */
enum am_serve_reading am_serve_read(const char *path, size_t limit, char **bytes, size_t *size,
                                    struct am_serve_stamp *stamp);

#endif
