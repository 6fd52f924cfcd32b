#include "tests/fuzz/json_document.h"

#include <stdlib.h>
#include <string.h>

bool fuzz_document(struct fuzz_document *document, const uint8_t *data, size_t size)
{
    am_arena_init(&document->arena);
    am_diag_init(&document->diag);
    document->err = (struct am_err){0};
    am_json_init(&document->json, "document.json", &document->diag, &document->arena);
    char *text = malloc(size + 1);
    FUZZ_HOLDS(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    document->status = am_json_parse(&document->json, text, size, &document->err);
    return document->status == AM_OK;
}

void fuzz_document_release(struct fuzz_document *document)
{
    FUZZ_HOLDS(!document->json.out_of_memory);
    am_status status = document->status;
    if (status == AM_OK && document->diag.errors > 0)
        status = am_fail(&document->err, AM_EINVALID, "mistakes");
    fuzz_findings(&document->diag, status, &document->err);
    am_json_release(&document->json);
    am_diag_release(&document->diag);
    am_arena_release(&document->arena);
}
