/*
 * compare_row - what came of one scenario, to be compared; in a file and back.
 */
#ifndef AM_IO_COMPARE_ROW_H
#define AM_IO_COMPARE_ROW_H

#include "io/document.h"
#include "io/report_figures.h"
#include "io/text.h"
#include "model/compare.h"

struct am_compare_row {
    const char *name, *sentence;
    bool has_cost;
    int64_t cost_pounds;
    const char *sha256;             /* of the caseload that was solved */
    bool same_weights, same_people; /* as the base: only then are points comparable */
    struct am_tally tally;
};

/* The figures of a roster; figures and people in arena. */
AM_MUST_CHECK am_status am_tally_make(const struct am_roster_context *context,
                                      const struct am_roster *roster, struct am_arena *arena,
                                      struct am_tally *tally, struct am_err *err);

/* As JSON (amends-scenario-row/1), appended. */
void am_compare_row_write(const struct am_compare_row *row, struct am_text *text);
/* And back, in arena. Findings are of document->path. */
AM_MUST_CHECK am_status am_compare_row_read(struct am_compare_row *row,
                                            const struct am_document *document,
                                            struct am_arena *arena, struct am_diag *diag,
                                            struct am_err *err);

#endif
