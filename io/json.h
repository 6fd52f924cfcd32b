/*
 * json - a JSON document that knows where each of its values stood.
 *
 * Values are cJSON's, in a tree of our own: after parsing, valueint of every
 * value is its byte offset in the text (numbers are read from the text, exactly,
 * by io/json_value.h). From that come line, column and path of every finding.
 */
#ifndef AM_IO_JSON_H
#define AM_IO_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/diag.h"
#include "io/limits.h"

/* Bytes of a document. */
#define AM_JSON_LIMIT AM_FILE_LIMIT

struct am_json {
    const char *file; /* as findings name it; not owned */
    char *text;       /* owned */
    size_t size;
    cJSON *root;
    cJSON **packed; /* io/json_pack.h; in document order */
    size_t packed_count;
    struct am_diag *diag;   /* not owned */
    int errors_before;      /* in diag, when this document was begun */
    struct am_arena *arena; /* of the strings read; not owned */
    bool out_of_memory;     /* some string could not be kept */
    size_t seen;            /* the position last told, from which the next is counted */
    int seen_line, seen_column;
};

/* An empty document: findings are of this file and go to diag, strings that are
 * read are kept in the arena. All three must outlive it. */
void am_json_init(struct am_json *json, const char *file, struct am_diag *diag,
                  struct am_arena *arena);

/* Take the text (size bytes and a NUL), also when this fails, and parse it. NULL
 * is a text for which there was no memory. Fails with AM_EPARSE (the finding is
 * in diag) or AM_ENOMEM. */
AM_MUST_CHECK am_status am_json_parse(struct am_json *json, char *text, size_t size,
                                      struct am_err *err);
/* Likewise, leaving long lists of numbers in the text (io/json_pack.h): for
 * documents that are read with am_json_list alone, and are not written again. */
AM_MUST_CHECK am_status am_json_parse_packed(struct am_json *json, char *text, size_t size,
                                             struct am_err *err);
void am_json_release(struct am_json *json);

/* Errors that went to diag since am_json_init. */
int am_json_errors(const struct am_json *json);

/* What reading has come to: fails with AM_ENOMEM where a string could not be
 * kept, with AM_EINVALID ("<file>: errors found: <n>") where there are errors. */
AM_MUST_CHECK am_status am_json_verdict(const struct am_json *json, struct am_err *err);

/* A finding about a value. NULL stands for the whole document. */
void am_json_error(struct am_json *json, const cJSON *value, const char *fmt, ...) AM_PRINTF(3, 4);
void am_json_warning(struct am_json *json, const cJSON *value, const char *fmt, ...)
    AM_PRINTF(3, 4);

/* "expected ..., found ...". Returns false. */
bool am_json_expected(struct am_json *json, const cJSON *value, const char *expected);

/* Does the value lie where a restriction, a home or a name is written? Findings
 * go to logs and screens: they tell where such a value stands, and never what
 * it is. am_json_expected keeps to that; other findings must. */
bool am_json_is_private(const struct am_json *json, const cJSON *value);

/* Line of a value, for findings that name two places. */
int am_json_line(struct am_json *json, const cJSON *value);

/* Where a value stands, for findings after the document is gone. Cheap where
 * values are asked for in the order of the file. */
void am_json_position(struct am_json *json, const cJSON *value, int32_t *line, int32_t *column);

/* ---- objects and lists ---- */

struct am_json_key {
    const char *name;
    bool required;
};

/* Sort the members of an object into slots[0 .. count - 1], NULL where absent.
 * Unknown keys (except x-...), keys given twice and required ones that are
 * missing are errors. False when it is not an object. */
bool am_json_keys(struct am_json *json, const cJSON *object, const struct am_json_key *keys,
                  int count, const cJSON **slots);

/* A member of an object of somebody else's format, or NULL. */
const cJSON *am_json_member(const cJSON *object, const char *name);

/* The first element of a list (walk on by ->next) and their number; NULL and 0
 * when the value is absent, empty, or (an error) no list. */
const cJSON *am_json_list(struct am_json *json, const cJSON *value, int *count);

#endif
