/*
 * staged_journal - what is still to be done to put a set into its place.
 *
 * A text in the stage: a line "put NAME" for each file to be moved, "remove
 * NAME" for each that goes, and "end". Once it is there the set counts as
 * published; whoever opens the folder next carries out what is left of it.
 */
#ifndef AM_IO_STAGED_JOURNAL_H
#define AM_IO_STAGED_JOURNAL_H

#include <stdbool.h>

#include "base/arena.h"

struct am_journal {
    const char **put, **remove; /* relative to the folder; in the arena */
    int put_count, remove_count;
};

/* Write it, flushed. Fails with AM_EIO, AM_ENOMEM, or AM_EINVALID for a name
 * that would lead out of the folder. */
AM_MUST_CHECK am_status am_journal_write(const struct am_journal *journal, const char *stage,
                                         struct am_err *err);

/* False in *found where there is none, or one that we did not write. */
AM_MUST_CHECK am_status am_journal_read(struct am_journal *journal, const char *stage,
                                        struct am_arena *arena, bool *found, struct am_err *err);

bool am_journal_exists(const char *stage);
/* All of it is carried out. */
AM_MUST_CHECK am_status am_journal_remove(const char *stage, struct am_err *err);

#endif
