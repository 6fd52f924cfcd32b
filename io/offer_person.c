#include "io/offer_person.h"

#include <stdlib.h>
#include <string.h>

#include "io/atomic_file.h"
#include "io/caseload_json.h"
#include "io/document.h"
#include "io/json.h"
#include "io/limits.h"
#include "io/text.h"

/* Two texts, and where the one stands in the other. */
struct merge {
    const char *caseload_path, *person_path;
    char *caseload, *person;
    size_t caseload_size, person_size;
    size_t at;       /* of the list's end, in the caseload */
    bool first;      /* the list is empty */
    int line, lines; /* of the whole: where the person begins, and how many lines */
};

static int count_lines(const char *bytes, size_t size)
{
    int lines = 0;
    for (size_t i = 0; i < size; i++)
        lines += bytes[i] == '\n';
    return lines;
}

/* The end of the list that begins at `at`: of valid JSON. */
static size_t end_of_list(const char *text, size_t at)
{
    int depth = 0;
    bool quoted = false;
    for (;; at++) {
        if (quoted && text[at] == '\\')
            at++;
        else if (text[at] == '"')
            quoted = !quoted;
        else if (!quoted && (text[at] == '[' || text[at] == '{'))
            depth++;
        else if (!quoted && (text[at] == ']' || text[at] == '}') && --depth == 0)
            return at;
    }
}

static am_status parse(struct am_json *json, const struct am_document *document,
                       struct am_diag *diag, struct am_arena *arena, struct am_err *err)
{
    am_json_init(json, document->path, diag, arena);
    return am_json_parse_packed(json, am_document_copy(document), document->size, err);
}

static am_status find_list(struct merge *merge, struct am_diag *diag, struct am_arena *arena,
                           struct am_err *err)
{
    struct am_json json;
    const struct am_document caseload = {merge->caseload_path, merge->caseload,
                                         merge->caseload_size};
    am_status status = parse(&json, &caseload, diag, arena, err);
    const cJSON *people = status == AM_OK ? am_json_member(json.root, "people") : NULL;
    if (status == AM_OK && !cJSON_IsArray(people))
        status = am_fail(err, AM_EINVALID, "%s: no list of people", merge->caseload_path);
    if (status == AM_OK) {
        merge->at = end_of_list(merge->caseload, (size_t)people->valueint);
        merge->first = people->child == NULL;
    }
    am_json_release(&json);
    return status;
}

/* One object, and nothing else. */
static am_status check_person(const struct merge *merge, struct am_diag *diag,
                              struct am_arena *arena, struct am_err *err)
{
    struct am_json json;
    const struct am_document person = {merge->person_path, merge->person, merge->person_size};
    am_status status = parse(&json, &person, diag, arena, err);
    if (status == AM_OK && !cJSON_IsObject(json.root)) {
        (void)am_json_expected(&json, json.root, "one person: an entry of people[]");
        status = am_json_verdict(&json, err);
    }
    am_json_release(&json);
    return status;
}

static am_status join(struct merge *merge, struct am_text *whole, struct am_err *err)
{
    am_text_bytes(whole, merge->caseload, merge->at);
    am_text_add(whole, merge->first ? "\n" : ",\n");
    am_text_bytes(whole, merge->person, merge->person_size);
    am_text_add(whole, "\n");
    am_text_bytes(whole, merge->caseload + merge->at, merge->caseload_size - merge->at);
    merge->line = count_lines(merge->caseload, merge->at) + 2;
    merge->lines = count_lines(merge->person, merge->person_size) + 1;
    return am_text_status(whole, err);
}

/* ---- findings, at their place ---- */

static bool is_of_person(const struct merge *merge, int line)
{
    return line >= merge->line && line < merge->line + merge->lines;
}

/* "...; the first is on line N": N as the person's own file counts, where it is
 * one of their lines; else of which file. */
static void tell_line(const struct merge *merge, const char *from, char *to, size_t size)
{
    static const char words[] = " on line ";
    const char *found = strstr(from, words);
    char *rest = NULL;
    long line = found ? strtol(found + strlen(words), &rest, 10) : 0;
    if (line > 0 && line < merge->line)
        (void)snprintf(to, size, "%.*s%s%ld of %s%s", (int)(found - from), from, words, line,
                       merge->caseload_path, rest);
    else if (line > 0 && line < INT32_MAX && is_of_person(merge, (int)line))
        (void)snprintf(to, size, "%.*s%s%d%s", (int)(found - from), from, words,
                       (int)line - merge->line + 1, rest);
    else
        (void)snprintf(to, size, "%s", from);
}

/* $.people[500].home is $.home there. */
static const char *path_of_person(const char *path, char *to, size_t size)
{
    const char *end = strncmp(path, "$.people[", 9) == 0 ? strchr(path, ']') : NULL;
    if (!end)
        return path;
    (void)snprintf(to, size, "$%s", end + 1);
    return to;
}

/* Those about the person; and any error, wherever it stands: it came with them. */
static void pass_on(const struct merge *merge, const struct am_diag *from, struct am_diag *to)
{
    for (const struct am_finding *finding = from->first; finding; finding = finding->next) {
        bool here = is_of_person(merge, finding->line);
        char text[1024], path[256];
        if (!here && finding->severity != AM_ERROR)
            continue;
        tell_line(merge, finding->text, text, sizeof text);
        struct am_where where = {.file = merge->person_path};
        if (here)
            where = (struct am_where){merge->person_path, finding->line - merge->line + 1,
                                      finding->column,
                                      path_of_person(finding->path, path, sizeof path)};
        am_diag_add(to, finding->severity, where, "%s", text);
    }
}

static am_status read_whole(const struct merge *merge, const struct am_text *whole,
                            struct am_caseload *caseload, struct am_diag *diag, struct am_err *err)
{
    struct am_diag found;
    am_diag_init(&found);
    am_status status = am_caseload_read_bytes(caseload, merge->caseload_path, am_text_string(whole),
                                              whole->size, &found, err);
    pass_on(merge, &found, diag);
    if (status == AM_EINVALID || status == AM_EPARSE)
        status = am_fail(err, status, "%s: errors found: %d", merge->person_path, diag->errors);
    am_diag_release(&found);
    return status;
}

static am_status read_both(struct merge *merge, struct am_err *err)
{
    am_status status =
        am_read_file(merge->person_path, AM_FILE_LIMIT, &merge->person, &merge->person_size, err);
    if (status == AM_OK)
        status = am_read_file(merge->caseload_path, AM_FILE_LIMIT, &merge->caseload,
                              &merge->caseload_size, err);
    return status;
}

am_status am_offer_person_read(struct am_caseload *caseload, const char *caseload_path,
                               const char *person_path, struct am_diag *diag, struct am_err *err)
{
    struct merge merge = {.caseload_path = caseload_path, .person_path = person_path};
    struct am_text whole = {0};
    struct am_arena arena;
    am_arena_init(&arena);
    am_caseload_init(caseload);
    am_status status = read_both(&merge, err);
    if (status == AM_OK)
        status = check_person(&merge, diag, &arena, err);
    if (status == AM_OK)
        status = find_list(&merge, diag, &arena, err);
    if (status == AM_OK)
        status = join(&merge, &whole, err);
    if (status == AM_OK)
        status = read_whole(&merge, &whole, caseload, diag, err);
    am_text_release(&whole);
    am_arena_release(&arena);
    free(merge.caseload);
    free(merge.person);
    return status;
}
