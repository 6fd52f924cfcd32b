/*
 * calendar_index - which calendar file, and which register, is whose.
 *
 * private/index.csv: a line a file, "file,kind,code". It says whose a person's
 * file is, which its name does not, and which files are ours to remove when a
 * later run has no such file.
 */
#ifndef AM_IO_CALENDAR_INDEX_H
#define AM_IO_CALENDAR_INDEX_H

#include "io/calendar_ics.h"

/* Kinds of files: an enum am_calendar_view, or a supervisor's register. */
enum { AM_INDEX_REGISTER = AM_CALENDAR_PERSON + 1 };

struct am_index_entry {
    int kind;
    const char *file; /* relative to the output folder: "calendars/team.ics" */
    const char *code; /* "" for the team, and where nobody leads */
};

struct am_calendar_index {
    struct am_index_entry *at;
    int count, room;
};

/* Everything is in the arena. */
AM_MUST_CHECK am_status am_index_add(struct am_calendar_index *index, struct am_arena *arena,
                                     struct am_index_entry entry, struct am_err *err);

/* By file. Looks for a file need it. */
void am_index_sort(struct am_calendar_index *index);
bool am_index_has(const struct am_calendar_index *index, const char *file);

/* What an earlier run wrote; empty where there is no such file. Lines that name
 * no file such as we write (calendars/... .ics, registers/... .html) are passed over: whatever
 * stands in an index, nothing else is ever removed. */
AM_MUST_CHECK am_status am_index_read(struct am_calendar_index *index, const char *path,
                                      struct am_arena *arena, struct am_err *err);

void am_index_write(const struct am_calendar_index *index, struct am_text *text);

#endif
