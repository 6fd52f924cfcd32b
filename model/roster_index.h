/*
 * roster_index - the people, supervisors and sessions of a caseload, found by
 * what a roster calls them: CRN, code, and session id with original date.
 *
 * So a roster that is read, or of another caseload, is known again.
 */
#ifndef AM_MODEL_ROSTER_INDEX_H
#define AM_MODEL_ROSTER_INDEX_H

#include "base/names.h"
#include "model/caseload.h"

struct am_roster_index {
    struct am_names people, supervisors; /* numbers are indices of the caseload */
    struct am_names definitions;         /* ids of the sessions of the window */
    struct am_occurrence *occurrences;   /* of the window, sorted by id and original date */
    int occurrence_count;
};

/* Memory is in arena, strings are the caseload's: both must outlive the index.
 * Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_roster_index_build(struct am_roster_index *index,
                                              const struct am_caseload *caseload,
                                              struct am_arena *arena, struct am_err *err);

/* The session of the window with this id and original date, or -1. O(log n). */
int am_roster_index_session(const struct am_roster_index *index, const char *id, am_date date);

#endif
