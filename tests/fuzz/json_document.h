/*
 * json_document - a JSON document of somebody else's format, under test.
 */
#ifndef AM_TESTS_FUZZ_JSON_DOCUMENT_H
#define AM_TESTS_FUZZ_JSON_DOCUMENT_H

#include "io/json.h"
#include "tests/fuzz/fuzz.h"

struct fuzz_document {
    struct am_json json;
    struct am_arena arena;
    struct am_diag diag;
    struct am_err err;
    am_status status;
};

/* Is it JSON? Release it in either case: that checks its findings. */
bool fuzz_document(struct fuzz_document *document, const uint8_t *data, size_t size);
void fuzz_document_release(struct fuzz_document *document);

#endif
