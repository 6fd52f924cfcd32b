/*
 * candidates_json - what may be opened, and what each costs (amends-candidates/1).
 *
 * A candidate is a scenario that adds sessions, of a project that is there or of
 * one that it brings, and nothing else: a name, a sentence, what it costs,
 * "changes" and "verbs" (docs/scenarios.md). Any set of them is a scenario again.
 */
#ifndef AM_IO_CANDIDATES_JSON_H
#define AM_IO_CANDIDATES_JSON_H

#include "io/scenario_json.h"
#include "io/text.h"

enum {
    AM_CANDIDATES_MOST = 64,
    AM_CANDIDATE_SESSIONS = 100 /* that one may bring, each with all its occurrences */
};

struct am_candidate {
    const char *name, *sentence;
    const char *path; /* the file and the name: what findings of its scenario name */
    int64_t cost_pounds;
    struct am_document scenario; /* of this one alone */
};

/* Fill in candidates and *count. All is in arena. Findings are of document->path.
 * Fails with AM_EPARSE or AM_EINVALID (findings) or AM_ENOMEM. */
AM_MUST_CHECK am_status am_candidates_read(const struct am_document *document,
                                           struct am_arena *arena,
                                           struct am_candidate candidates[AM_CANDIDATES_MOST],
                                           int *count, struct am_diag *diag, struct am_err *err);

/* The scenario of those whose `taken` is true, appended; its cost is theirs
 * together. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_candidates_join(const struct am_candidate *candidates, int count,
                                           const bool *taken, const char *name,
                                           const char *sentence, struct am_text *text,
                                           struct am_err *err);

#endif
