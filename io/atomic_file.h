/*
 * atomic_file - files are written whole or not at all.
 *
 * A file is written beside its place under a temporary name, flushed to the
 * disk (fsync) and renamed; whatever fails, the old file is untouched and the
 * temporary one is gone. One that a process left behind that was killed is
 * removed when the next file is written into its folder. From open to commit or abandon the signals
 * that end a program (hang-up, interrupt, quit, terminate, broken pipe, file too large) wait, so
 * that an interrupt leaves nothing behind either; keep that stretch short. Devices and pipes
 * (/dev/stdout) are written in place.
 */
#ifndef AM_IO_ATOMIC_FILE_H
#define AM_IO_ATOMIC_FILE_H

#include <signal.h>
#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

struct am_atomic_file {
    FILE *stream;           /* write here */
    char *path, *temporary; /* temporary is NULL for a device */
    sigset_t signals;       /* the mask to go back to */
};

/* Open for writing path (mode 0600). Folders must exist. */
AM_MUST_CHECK am_status am_atomic_open(struct am_atomic_file *file, const char *path,
                                       struct am_err *err);
/* Flush, fsync, rename, fsync of the folder. On failure the old file stays. */
AM_MUST_CHECK am_status am_atomic_commit(struct am_atomic_file *file, struct am_err *err);
/* Give up: the temporary file is removed. Does nothing after a commit. */
void am_atomic_abandon(struct am_atomic_file *file);

/* All three, for bytes at hand. */
AM_MUST_CHECK am_status am_atomic_write(const char *path, const void *bytes, size_t size,
                                        struct am_err *err);

/* Make a folder (0700) and its parents; an existing one is fine. */
AM_MUST_CHECK am_status am_make_folder(const char *path, struct am_err *err);

/* The whole file into *bytes (size bytes and a NUL beyond them; freed by the
 * caller). Fails with AM_EIO, or AM_EINVALID when it is over the limit. */
AM_MUST_CHECK am_status am_read_file(const char *path, size_t limit, char **bytes, size_t *size,
                                     struct am_err *err);

#endif
