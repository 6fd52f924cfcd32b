#include "io/caseload_json.h"

#include <stdlib.h>
#include <string.h>

#include "io/atomic_file.h"
#include "io/caseload_reader.h"
#include "io/digest.h"
#include "io/document.h"
#include "io/limits.h"
#include "model/score.h"

static const struct am_json_key top_keys[AM_TOP_COUNT] = {
    [AM_TOP_FORMAT] = {"format", true},
    [AM_TOP_AS_OF] = {"as_of", true},
    [AM_TOP_POLICY] = {"policy", false},
    [AM_TOP_WINDOW] = {"window", true},
    [AM_TOP_DIVISION] = {"division", false},
    [AM_TOP_BANK_HOLIDAYS] = {"bank_holidays", false},
    [AM_TOP_NON_WORKING] = {"non_working_dates", false},
    [AM_TOP_PLACES] = {"places", false},
    [AM_TOP_PEOPLE] = {"people", true},
    [AM_TOP_PROJECTS] = {"projects", true},
    [AM_TOP_SUPERVISORS] = {"supervisors", false},
    [AM_TOP_TRAVEL] = {"travel", false},
    [AM_TOP_APPOINTMENTS] = {"appointments", false},
    [AM_TOP_PUBLISHED] = {"published", false},
    [AM_TOP_WAIVERS] = {"waivers", false},
    [AM_TOP_ARRIVALS] = {"arrivals", false},
};

void *am_reader_keep(struct am_reader *reader, size_t count, size_t size)
{
    void *memory = am_arena_alloc(&reader->caseload->arena, count, size);
    if (!memory)
        reader->status = am_fail_memory(reader->err);
    return memory;
}

void *am_reader_scratch(struct am_reader *reader, size_t count, size_t size)
{
    void *memory = am_arena_alloc(&reader->scratch, count, size);
    if (!memory)
        reader->status = am_fail_memory(reader->err);
    return memory;
}

struct am_position am_read_position(struct am_reader *reader, const cJSON *value)
{
    struct am_position at;
    am_json_position(&reader->json, value, &at.line, &at.column);
    return at;
}

/* The name of a file beside the caseload, in the caseload's own arena. */
static char *beside(struct am_reader *reader, const char *name)
{
    const char *file = reader->caseload->file, *slash = strrchr(file, '/');
    size_t folder = name[0] == '/' || !slash ? 0 : (size_t)(slash - file) + 1;
    size_t length = strlen(name);
    char *path = AM_KEEP(reader, folder + length + 1, char);
    if (!path)
        return NULL;
    memcpy(path, file, folder);
    memcpy(path + folder, name, length + 1);
    return path;
}

char *am_read_named_file(struct am_reader *reader, const cJSON *value, char **path, size_t *size)
{
    const char *name = am_json_id(&reader->json, value);
    char *bytes;
    struct am_err err = {0};
    *path = name ? beside(reader, name) : NULL;
    if (!*path)
        return NULL;
    am_status status = am_read_file(*path, AM_FILE_LIMIT, &bytes, size, &err);
    if (status == AM_ENOMEM)
        reader->status = am_fail_memory(reader->err);
    else if (status != AM_OK)
        am_json_error(&reader->json, value, "%s", err.msg);
    if (status != AM_OK)
        return NULL;
    am_digest_add(reader->digest, bytes, *size);
    return bytes;
}

static void check_format(struct am_reader *reader)
{
    const cJSON *format = reader->top[AM_TOP_FORMAT];
    if (format &&
        !(cJSON_IsString(format) && strcmp(format->valuestring, "amends-caseload/1") == 0))
        (void)am_json_expected(&reader->json, format, "\"amends-caseload/1\"");
}

/* Sums of points must stay exact, whatever the roster. */
static void check_ceiling(struct am_reader *reader)
{
    if (am_score_ceiling(reader->caseload) >= AM_POINTS_LIMIT)
        am_json_error(&reader->json, reader->top[AM_TOP_POLICY],
                      "with these weights a score could reach 2^50 points: make them smaller");
}

static void read_parts(struct am_reader *reader)
{
    static void (*const steps[])(struct am_reader *) = {
        check_format,       am_read_policy,       am_read_frame,        am_read_words_init,
        am_read_places,     am_read_project_ids,  am_read_supervisors,  am_read_projects,
        am_read_people_ids, am_read_people,       am_read_words_check,  am_read_travel,
        am_expand_sessions, am_index_occurrences, am_read_appointments, am_read_published,
        am_read_waivers,    am_read_arrivals,     am_check_pins,        check_ceiling,
    };
    if (!am_json_keys(&reader->json, reader->json.root, top_keys, AM_TOP_COUNT, reader->top))
        return;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && reader->status == AM_OK; i++)
        steps[i](reader);
}

static am_status read_text(struct am_reader *reader, char *text, size_t size, struct am_diag *diag)
{
    struct am_caseload *caseload = reader->caseload;
    am_digest_add(reader->digest, text, size);
    am_json_init(&reader->json, caseload->file, diag, &caseload->arena);
    am_status status = am_json_parse_packed(&reader->json, text, size, reader->err);
    if (status == AM_OK) {
        read_parts(reader);
        status =
            reader->status == AM_OK ? am_json_verdict(&reader->json, reader->err) : reader->status;
    }
    am_json_release(&reader->json);
    am_digest_finish(reader->digest, caseload->sha256);
    return status;
}

struct caseload_bytes {
    char *text;
    size_t size;
    int weeks_beyond;
};

/* Takes text, whatever comes of it. */
static am_status read_named(struct am_caseload *caseload, const char *path,
                            struct caseload_bytes bytes, struct am_diag *diag, struct am_err *err)
{
    struct am_digest digest;
    struct am_reader reader = {
        .caseload = caseload, .digest = &digest, .err = err, .weeks_beyond = bytes.weeks_beyond};
    am_arena_init(&reader.scratch);
    am_digest_init(&digest);
    caseload->division = "";
    caseload->file = am_arena_strdup(&caseload->arena, path);
    if (!caseload->file) {
        free(bytes.text);
        return am_fail_memory(err);
    }
    am_status status = read_text(&reader, bytes.text, bytes.size, diag);
    am_arena_release(&reader.scratch);
    return status;
}

am_status am_caseload_read_ahead(struct am_caseload *caseload, const char *path, int weeks_beyond,
                                 struct am_diag *diag, struct am_err *err)
{
    struct caseload_bytes bytes = {.weeks_beyond = weeks_beyond};
    am_caseload_init(caseload);
    am_status status = am_read_file(path, AM_FILE_LIMIT, &bytes.text, &bytes.size, err);
    return status == AM_OK ? read_named(caseload, path, bytes, diag, err) : status;
}

am_status am_caseload_read(struct am_caseload *caseload, const char *path, struct am_diag *diag,
                           struct am_err *err)
{
    return am_caseload_read_ahead(caseload, path, 0, diag, err);
}

am_status am_caseload_read_bytes(struct am_caseload *caseload, const char *path, const char *bytes,
                                 size_t size, struct am_diag *diag, struct am_err *err)
{
    am_caseload_init(caseload);
    const struct am_document document = {path, bytes, size};
    char *text = am_document_copy(&document);
    if (!text)
        return am_fail_memory(err);
    return read_named(caseload, path, (struct caseload_bytes){text, size, 0}, diag, err);
}
