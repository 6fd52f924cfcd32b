/* Reading a changed caseload: findings are told where the change is to be found. */
#include <string.h>

#include "base/utf8.h"
#include "io/caseload_json.h"
#include "io/caseload_patch_parts.h"
#include "io/caseload_patch.h"

/* The offset of a line and column, both from 1. */
static size_t offset_at(const struct am_document *document, int line, int column)
{
    const char *at = document->bytes, *end = document->bytes + document->size;
    for (int i = 1; i < line && at < end; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : end;
    }
    for (int i = 1; i < column && at < end; i++) {
        size_t length = am_utf8_length((const unsigned char *)at, (size_t)(end - at));
        at += length > 0 ? length : 1;
    }
    return (size_t)(at - document->bytes);
}

static int line_at(const struct am_document *document, size_t offset)
{
    int line = 1;
    for (size_t i = 0; i < offset && i < document->size; i++)
        line += document->bytes[i] == '\n';
    return line;
}

/* Where a byte of the result came from, as an offset of the tree. */
static int64_t origin_of(const struct am_patched *patched, size_t offset)
{
    size_t low = 0, high = patched->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (patched->pieces[middle].at <= offset)
            low = middle;
        else
            high = middle;
    }
    if (patched->piece_count == 0)
        return 0;
    const struct am_patch_piece *piece = &patched->pieces[low];
    return piece->origin < 0 ? piece->origin : piece->origin + (int64_t)(offset - piece->at);
}

/* The value of the scenario that begins at or before the offset, as deep as can be. */
static const cJSON *value_at(const struct am_json *json, int64_t offset)
{
    const cJSON *at = json->root;
    while (at->child) {
        const cJSON *child = at->child;
        if (child->valueint > offset)
            break;
        while (child->next && child->next->valueint <= offset)
            child = child->next;
        at = child;
    }
    return at;
}

static void retell(const struct am_patched *patched, struct am_json *scenario,
                   const struct am_finding *finding)
{
    int64_t shift = (int64_t)patched->base.size + 1;
    size_t offset = offset_at(&patched->caseload, finding->line, finding->column);
    int64_t origin = origin_of(patched, offset);
    bool of_base = finding->line > 0 && origin >= 0 && origin < shift;
    void (*tell)(struct am_json *, const cJSON *, const char *, ...) =
        finding->severity == AM_ERROR ? am_json_error : am_json_warning;
    if (of_base && finding->severity == AM_WARNING)
        return;
    if (of_base)
        tell(scenario, scenario->root,
             "with this scenario the caseload is not valid: %s (line %d of %s): %s", finding->path,
             line_at(&patched->base, (size_t)origin), patched->base.path, finding->text);
    else if (finding->line == 0)
        tell(scenario, scenario->root, "%s", finding->text);
    else
        tell(scenario, value_at(scenario, origin < 0 ? -1 - origin : origin - shift),
             "%s (in the caseload: %s)", finding->text, finding->path);
}

static am_status retell_all(const struct am_patched *patched, const struct am_diag *found,
                            struct am_diag *diag, struct am_err *err)
{
    struct am_json scenario;
    struct am_arena arena;
    am_arena_init(&arena);
    am_json_init(&scenario, patched->from.path, diag, &arena);
    am_status status =
        am_json_parse(&scenario, am_document_copy(&patched->from), patched->from.size, err);
    for (const struct am_finding *at = found->first; at && status == AM_OK; at = at->next)
        retell(patched, &scenario, at);
    am_json_release(&scenario);
    am_arena_release(&arena);
    return status;
}

am_status am_patched_read(const struct am_patched *patched, struct am_caseload *caseload,
                          struct am_diag *diag, struct am_err *err)
{
    struct am_diag found;
    struct am_err own;
    am_diag_init(&found);
    am_status status =
        am_caseload_read_bytes(caseload, patched->caseload.path, patched->caseload.bytes,
                               patched->caseload.size, &found, &own);
    am_status told = found.first ? retell_all(patched, &found, diag, err) : AM_OK;
    if (told != AM_OK)
        status = told;
    else if (status == AM_EINVALID || status == AM_EPARSE)
        status =
            am_fail(err, AM_EINVALID, "%s: makes a caseload that is not valid: errors found: %d",
                    patched->from.path, found.errors);
    else if (status != AM_OK)
        status = am_fail(err, status, "%s", own.msg);
    am_diag_release(&found);
    return status;
}
