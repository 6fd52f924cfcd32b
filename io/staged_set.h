/*
 * staged_set - several files that are replaced together.
 *
 * They are written into a folder of their own (.amends-new) inside the one
 * where they belong, flushed, and only when all are there renamed into their
 * places. A failure or an interrupt before that changes nothing. The renaming
 * cannot be one step: while it lasts INCOMPLETE.txt says so. If it is cut short,
 * the note and a journal (io/staged_journal.h) stay, and whoever opens the folder
 * next finishes it before anything else. So there are always the old files or
 * the new ones, or the note, and then the new ones. Signals that end the program wait from open to
 * close; am_staged_add gives up when one does.
 */
#ifndef AM_IO_STAGED_SET_H
#define AM_IO_STAGED_SET_H

#include "base/arena.h"
#include "io/held_signals.h"

struct am_staged_set {
    struct am_arena arena;
    const char *folder, *stage;
    const char **names; /* relative to the folder */
    int count, room;
    int lock;         /* descriptor; another process cannot stage meanwhile */
    long group;       /* that may read what is added; -1: none */
    const char *part; /* name of the file that was last begun */
    int descriptor;   /* of that file; -1: none */
    sigset_t signals; /* the mask to go back to */
};

/* Make the folder where it is missing, and an empty stage in it; finish what an
 * earlier run left unfinished. Fails with AM_EIO, also where another process is writing there. On
 * failure nothing needs to be closed. */
AM_MUST_CHECK am_status am_staged_open(struct am_staged_set *set, const char *folder,
                                       struct am_err *err);

/* From here on, files are added for a group to read (mode 0640); -1: for their
 * owner alone (0600), as in the beginning. Folders are not touched. */
void am_staged_share(struct am_staged_set *set, long group);

/* Write one file; name may lie in folders ("calendars/team.ics"). Where the
 * file in place holds just these bytes, it is left alone. Fails with
 * AM_EIO, AM_ENOMEM or AM_EINTERRUPTED. */
AM_MUST_CHECK am_status am_staged_add(struct am_staged_set *set, const char *name,
                                      const char *bytes, size_t size, struct am_err *err);

/* The same for what is too long to hold: begin, any number of parts, end. One
 * file at a time; after a failure nothing but am_staged_close. */
AM_MUST_CHECK am_status am_staged_begin(struct am_staged_set *set, const char *name,
                                        struct am_err *err);
AM_MUST_CHECK am_status am_staged_part(struct am_staged_set *set, const char *bytes, size_t size,
                                       struct am_err *err);
AM_MUST_CHECK am_status am_staged_end(struct am_staged_set *set, struct am_err *err);

/* Put one file into its place at once, ahead of the others. */
AM_MUST_CHECK am_status am_staged_put(struct am_staged_set *set, const char *name,
                                      const char *bytes, size_t size, struct am_err *err);

/* Flush them, put them into their places in the order in which they were
 * added, then remove the files named in stale (relative to the folder; one
 * that is not there is fine). */
AM_MUST_CHECK am_status am_staged_publish(struct am_staged_set *set, const char *const *stale,
                                          int stale_count, struct am_err *err);

/* Remove the stage, published or not, and let signals through. */
void am_staged_close(struct am_staged_set *set);

#endif
