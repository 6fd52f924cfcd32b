/*
 * reading - caseloads read from text, and what was found in them.
 */
#ifndef AM_TESTS_READING_H
#define AM_TESTS_READING_H

#include "base/diag.h"
#include "model/caseload.h"

/* Parts of a caseload as JSON text; NULL stands for the plainest that works:
 * one person X1 at place home, one group project PARK with the weekly session
 * PARK-A (Tuesdays 09:30, 420 minutes), one supervisor SV1, and the week from
 * Monday 2 March 2026. `rest` is what follows, such as "\"waivers\": []". */
struct reading_parts {
    const char *format, *as_of, *window, *policy, *places, *people, *projects, *supervisors, *rest;
};

struct reading {
    struct am_caseload caseload;
    struct am_diag diag;
    struct am_err err;
    am_status status;
};

/* Write the text to a file of its own and read it. */
void reading_text(struct reading *reading, const char *text);
void reading_parts(struct reading *reading, struct reading_parts parts);
void reading_file(struct reading *reading, const char *path);
void reading_release(struct reading *reading);

/* The finding at this path whose text holds this; NULL when there is none. */
const struct am_finding *reading_find(const struct reading *reading, enum am_severity severity,
                                      const char *path, const char *text);

/* Assert that the only error is this one; that there is this warning and no
 * error; that there is no error. Each prints the findings when it fails. The
 * reading is then released. */
void reading_only_error(struct reading_parts parts, const char *path, const char *text);
void reading_warns(struct reading_parts parts, const char *path, const char *text);
void reading_is_good(struct reading_parts parts);

/* A file in a folder for this run, which is gone at the end of the program. */
const char *reading_scratch(const char *name, const char *bytes);

#endif
