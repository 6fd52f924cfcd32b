/*
 * scenario_json - a scenario: what would be different (amends-scenario/1).
 *
 * A small JSON file: a name, a sentence, and changes to a caseload. What each
 * field means is in docs/scenarios.md, and in the JSON Schema beside it. The
 * changes are made by io/caseload_patch.h; this reads the rest.
 */
#ifndef AM_IO_SCENARIO_JSON_H
#define AM_IO_SCENARIO_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "io/document.h"

enum { AM_SCENARIO_NAME = 41 }; /* bytes of a name, its NUL included */

struct am_scenario {
    char name[AM_SCENARIO_NAME]; /* letters, digits, - _ and . alone: part of file names */
    const char *sentence;        /* in the arena given; "" where there is none */
    bool has_cost;
    int64_t cost_pounds; /* of the scenario and its verbs, for the window; negative: saves */
    int verbs;           /* how many */
};

/* What the scenario says of itself. Findings are of document->path. Fails with
 * AM_EPARSE or AM_EINVALID (findings) or AM_ENOMEM. */
AM_MUST_CHECK am_status am_scenario_read(struct am_scenario *scenario,
                                         const struct am_document *document, struct am_arena *arena,
                                         struct am_diag *diag, struct am_err *err);

#endif
