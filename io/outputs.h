/*
 * outputs - everything that is written of one roster, as one set.
 *
 *   roster.json  roster.csv  roster.html
 *   calendars/team.ics, supervisor-<code>.ics, project-<code>.ics
 *   calendars/people/<id>.ics
 *   private/index.csv   whose calendar is which; not to be published
 *
 * The whole set is first written into a folder beside them (.amends-new). A
 * full disk, an unwritable folder or an interrupt until then leaves what was
 * there untouched. Only then are the files renamed into their places, one by
 * one, so that no published file is ever missing or half; signals wait
 * meanwhile. While that goes on, and if the machine dies in its middle, a file
 * INCOMPLETE.txt says that old and new files stand beside each other; the next
 * run clears up. Calendars of an earlier run that this one does not have are
 * removed: those, and nothing else, that private/index.csv lists.
 */
#ifndef AM_IO_OUTPUTS_H
#define AM_IO_OUTPUTS_H

#include "io/detail.h"
#include "io/roster_json.h"

/* What to write. */
enum am_output_files {
    AM_OUTPUT_JSON = 1,
    AM_OUTPUT_CSV = 2,
    AM_OUTPUT_HTML = 4,
    AM_OUTPUT_CALENDARS = 8,
    AM_OUTPUT_ALL = 15
};

struct am_output_options {
    enum am_detail detail;
    unsigned files; /* bits of am_output_files */
    /* Secret from which the names of people's files and the UIDs of events
     * come (io/opaque_id.h); NULL: from the seed, which is no secret. */
    const char *key;
    size_t key_size;
};

/* folder is made (0700) where it is missing; files have mode 0600. */
AM_MUST_CHECK am_status am_write_outputs(const struct am_roster_context *context,
                                         const struct am_roster *roster, const char *folder,
                                         const struct am_output_options *options,
                                         struct am_err *err);

#endif
