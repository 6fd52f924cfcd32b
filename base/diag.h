/*
 * diag - everything that is wrong with a file, not only the first thing.
 *
 * Readers add findings and go on; the command prints them all. Each names the
 * file, the line and column, the JSON path (or the column of a table), what
 * was found and what was expected.
 */
#ifndef AM_BASE_DIAG_H
#define AM_BASE_DIAG_H

#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"

enum am_severity { AM_WARNING, AM_ERROR };

struct am_finding {
    enum am_severity severity;
    const char *file; /* "" when no file is involved */
    int line;         /* from 1; 0 unknown */
    int column;       /* from 1; 0 unknown */
    const char *path; /* $.people[3].home; "" unknown */
    const char *text;
    struct am_finding *next;
};

/* Zero-initialise with am_diag_init; findings live in the arena inside. */
struct am_diag {
    struct am_arena arena;
    struct am_finding *first, *last;
    int errors; /* counted even beyond the limit */
    int warnings;
    int kept; /* findings stored, at most AM_DIAG_LIMIT */
    int lost; /* findings counted but not stored */
};

/* Findings kept of one run: a file of a million mistakes must not fill memory. */
enum { AM_DIAG_LIMIT = 1000 };

void am_diag_init(struct am_diag *diag);
void am_diag_release(struct am_diag *diag);

/* Where a finding lies. Any part may be NULL or 0. */
struct am_where {
    const char *file;
    int line, column;
    const char *path;
};

void am_diag_add(struct am_diag *diag, enum am_severity severity, struct am_where where,
                 const char *fmt, ...) AM_PRINTF(4, 5);

/* One finding a line, in the order of line and column:
 * file:line:column: error: $.path: text */
void am_diag_print(const struct am_diag *diag, FILE *out);

#endif
