#include "io/json.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "io/json_pack.h"
#include "io/limits.h"

enum { PATH_BYTES = 300, FOUND_BYTES = 60, TEXT_BYTES = 700, KEYS_BYTES = 500 };

/* ---- parsing ---- */

/* What a walk through the tree takes from the scan. */
struct stamps {
    const uint32_t *offset;
    const struct am_json_span *packed, *packed_end;
    cJSON **list;
};

/* cJSON's tree has its values in document order, as the scan has; so one walk
 * gives each its offset. Nesting is limited by the scan. */
static void stamp(cJSON *value, struct stamps *stamps)
{
    uint32_t offset = *stamps->offset++;
    value->valueint = (int)offset;
    if (stamps->packed < stamps->packed_end && stamps->packed->at == offset) {
        *stamps->list++ = value;
        stamps->packed++;
    }
    for (cJSON *child = value->child; child; child = child->next)
        stamp(child, stamps);
}

static struct am_where where_of(struct am_json *json, size_t offset, const char *path);

static cJSON *parse_shortened(const struct am_json *json, const struct am_json_scan *scan)
{
    size_t length;
    char *shorter = am_json_without_packed(json->text, json->size, scan, &length);
    cJSON *root = shorter ? cJSON_ParseWithLength(shorter, length) : NULL;
    free(shorter);
    return root;
}

static am_status parse(struct am_json *json, const struct am_json_scan *scan, struct am_err *err)
{
    bool packed = scan->packed_count > 0;
    if (packed)
        json->packed = calloc(scan->packed_count, sizeof(cJSON *));
    if (!packed || json->packed)
        json->root =
            packed ? parse_shortened(json, scan) : cJSON_ParseWithLength(json->text, json->size);
    if (!json->root) /* the scan has found it to be JSON */
        return am_fail_memory(err);
    json->packed_count = scan->packed_count;
    stamp(json->root,
          &(struct stamps){scan->offsets, scan->packed,
                           packed ? scan->packed + scan->packed_count : NULL, json->packed});
    return AM_OK;
}

void am_json_init(struct am_json *json, const char *file, struct am_diag *diag,
                  struct am_arena *arena)
{
    *json = (struct am_json){
        .file = file, .diag = diag, .arena = arena, .seen_line = 1, .seen_column = 1};
    json->errors_before = diag->errors;
}

static am_status scan_and_parse(struct am_json *json, char *text, size_t size, size_t pack_least,
                                struct am_err *err)
{
    if (!text)
        return am_fail_memory(err);
    json->text = text;
    json->size = size;
    if (size > AM_FILE_LIMIT)
        return am_fail(err, AM_EINVALID, "%s: larger than 512 MB", json->file);
    struct am_json_scan scan;
    am_status status = am_json_scan_packed(text, size, pack_least, &scan);
    if (status == AM_OK)
        status = parse(json, &scan, err);
    else if (status == AM_EPARSE) {
        am_diag_add(json->diag, AM_ERROR, where_of(json, scan.fault_at, ""), "%s", scan.fault);
        status = am_fail(err, AM_EPARSE, "%s is not JSON", json->file);
    } else
        status = am_fail_memory(err);
    free(scan.offsets);
    free(scan.packed);
    return status;
}

am_status am_json_parse(struct am_json *json, char *text, size_t size, struct am_err *err)
{
    return scan_and_parse(json, text, size, SIZE_MAX, err);
}

am_status am_json_parse_packed(struct am_json *json, char *text, size_t size, struct am_err *err)
{
    return scan_and_parse(json, text, size, AM_JSON_PACKED_LEAST, err);
}

void am_json_release(struct am_json *json)
{
    cJSON_Delete(json->root);
    free(json->packed);
    free(json->text);
    *json = (struct am_json){0};
}

int am_json_errors(const struct am_json *json)
{
    return json->diag->errors - json->errors_before;
}

am_status am_json_verdict(const struct am_json *json, struct am_err *err)
{
    if (json->out_of_memory)
        return am_fail_memory(err);
    int errors = am_json_errors(json);
    return errors > 0 ? am_fail(err, AM_EINVALID, "%s: errors found: %d", json->file, errors)
                      : AM_OK;
}

/* ---- positions ---- */

/* Findings mostly come in the order of the file, so count on from the last. */
static void seek(struct am_json *json, size_t offset)
{
    if (offset < json->seen) {
        json->seen = 0;
        json->seen_line = json->seen_column = 1;
    }
    const char *at = json->text + json->seen, *end = json->text + offset;
    for (const char *line; (line = memchr(at, '\n', (size_t)(end - at))); at = line + 1) {
        json->seen_line++;
        json->seen_column = 1;
    }
    json->seen_column += (int)am_utf8_count(at, (size_t)(end - at));
    json->seen = offset;
}

static struct am_where where_of(struct am_json *json, size_t offset, const char *path)
{
    seek(json, offset);
    return (struct am_where){json->file, json->seen_line, json->seen_column, path};
}

static size_t offset_of(const cJSON *value)
{
    return value ? (size_t)value->valueint : 0;
}

int am_json_line(struct am_json *json, const cJSON *value)
{
    seek(json, offset_of(value));
    return json->seen_line;
}

void am_json_position(struct am_json *json, const cJSON *value, int32_t *line, int32_t *column)
{
    seek(json, offset_of(value));
    *line = json->seen_line;
    *column = json->seen_column;
}

/* Where the key of a member stands: before its value, a colon and its quotes.
 * Inside the string every quote has a backslash before it. */
static size_t key_offset(const struct am_json *json, const cJSON *member)
{
    size_t at = offset_of(member);
    while (json->text[at - 1] != '"')
        at--;
    for (at -= 2; json->text[at] != '"' || json->text[at - 1] == '\\';)
        at--;
    return at;
}

static size_t append(char *path, size_t used, const char *fmt, ...) AM_PRINTF(3, 4);
static size_t append(char *path, size_t used, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int more = vsnprintf(path + used, PATH_BYTES - used, fmt, args);
    va_end(args);
    if (more < 0 || used + (size_t)more >= PATH_BYTES)
        return PATH_BYTES - 1;
    return used + (size_t)more;
}

static bool plain_key(const char *key)
{
    return key[0] && strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                 "_-") == strlen(key);
}

/* What tells of a person more than a case reference does. */
static bool is_private_key(const char *key)
{
    static const char *const keys[] = {"name",          "address",    "lat",
                                       "lon",           "home",       "limited_access",
                                       "needs",         "must_avoid", "barred_projects",
                                       "barred_places", "keep_apart", "supervisor_gender",
                                       "reason",        "by"};
    for (size_t i = 0; key && i < sizeof keys / sizeof keys[0]; i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

/* The child that a value lies in: the last that begins at or before it. */
static const cJSON *child_towards(const cJSON *at, const cJSON *target, int *index)
{
    const cJSON *child = at->child;
    for (*index = 0; child->next && child->next->valueint <= target->valueint; ++*index)
        child = child->next;
    return child;
}

bool am_json_is_private(const struct am_json *json, const cJSON *value)
{
    int index;
    const cJSON *at = json->root;
    while (value && at != value && at->child) {
        at = child_towards(at, value, &index);
        if (is_private_key(at->string))
            return true;
    }
    return false;
}

/* Walk down to the value. */
static void write_path(const struct am_json *json, const cJSON *target, char path[PATH_BYTES])
{
    size_t used = append(path, 0, "$");
    const cJSON *at = json->root;
    while (target && at != target && at->child) {
        int index;
        const cJSON *child = child_towards(at, target, &index);
        if (cJSON_IsArray(at))
            used = append(path, used, "[%d]", index);
        else if (plain_key(child->string))
            used = append(path, used, ".%s", child->string);
        else
            used = append(path, used, "[\"%s\"]", child->string);
        at = child;
    }
}

/* ---- findings ---- */

static void add_at(struct am_json *json, enum am_severity severity, const cJSON *value,
                   size_t offset, const char *text)
{
    char path[PATH_BYTES] = "";
    struct am_where where = {0};
    if (json->out_of_memory)
        return;                             /* what is missing may be what could not be kept */
    if (json->diag->kept < AM_DIAG_LIMIT) { /* one that is only counted needs no place */
        write_path(json, value, path);
        where = where_of(json, offset, path);
    }
    am_diag_add(json->diag, severity, where, "%s", text);
}

void am_json_error(struct am_json *json, const cJSON *value, const char *fmt, ...)
{
    char text[TEXT_BYTES];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    add_at(json, AM_ERROR, value, offset_of(value), text);
}

void am_json_warning(struct am_json *json, const cJSON *value, const char *fmt, ...)
{
    char text[TEXT_BYTES];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    add_at(json, AM_WARNING, value, offset_of(value), text);
}

/* The length of a number, a word or a string in the text. */
static size_t token_length(const char *token)
{
    if (*token != '"')
        return strcspn(token, ",]} \t\r\n");
    size_t length = 1;
    while (token[length] != '"')
        length += token[length] == '\\' ? 2 : 1;
    return length + 1;
}

static void show(const struct am_json *json, const cJSON *value, char found[FOUND_BYTES])
{
    if (cJSON_IsObject(value) || cJSON_IsArray(value)) {
        (void)snprintf(found, FOUND_BYTES, "%s", cJSON_IsObject(value) ? "an object" : "a list");
        return;
    }
    if (am_json_is_private(json, value)) {
        (void)snprintf(found, FOUND_BYTES, "something else (private, so not shown)");
        return;
    }
    const char *token = json->text + offset_of(value);
    size_t length = token_length(token), most = FOUND_BYTES - 8;
    if (length > most) {
        for (length = most; ((unsigned char)token[length] & 0xc0) == 0x80;)
            length--;
        (void)snprintf(found, FOUND_BYTES, "%.*s...", (int)length, token);
    } else {
        (void)snprintf(found, FOUND_BYTES, "%.*s", (int)length, token);
    }
}

bool am_json_expected(struct am_json *json, const cJSON *value, const char *expected)
{
    char found[FOUND_BYTES];
    show(json, value, found);
    am_json_error(json, value, "expected %s, found %s", expected, found);
    return false;
}

/* ---- objects and lists ---- */

static void list_keys(const struct am_json_key *keys, int count, char text[KEYS_BYTES])
{
    size_t used = 0;
    for (int i = 0; i < count && used < KEYS_BYTES; i++) {
        int more =
            snprintf(text + used, KEYS_BYTES - used, "%s%s", i > 0 ? ", " : "", keys[i].name);
        used += more > 0 ? (size_t)more : 0;
    }
}

static void report_unknown(struct am_json *json, const cJSON *member,
                           const struct am_json_key *keys, int count)
{
    char text[TEXT_BYTES], known[KEYS_BYTES];
    struct am_nearest nearest = {0};
    for (int i = 0; i < count; i++)
        am_nearest_offer(&nearest, member->string, keys[i].name);
    if (nearest.word)
        (void)snprintf(text, sizeof text, "unknown key; the nearest known one is \"%s\"",
                       nearest.word);
    else {
        list_keys(keys, count, known);
        (void)snprintf(text, sizeof text, "unknown key; known here: %s", known);
    }
    add_at(json, AM_ERROR, member, key_offset(json, member), text);
}

static void report_twice(struct am_json *json, const cJSON *member, const cJSON *before)
{
    char text[TEXT_BYTES];
    (void)snprintf(text, sizeof text, "this key is given twice; the first is on line %d",
                   am_json_line(json, before));
    add_at(json, AM_ERROR, member, key_offset(json, member), text);
}

/* Members mostly come in the order of the table, so look on from the last. */
static int find_key(const struct am_json_key *keys, int count, const char *name, int after)
{
    for (int i = 0; i < count; i++) {
        int k = (after + i) % count;
        if (strcmp(keys[k].name, name) == 0)
            return k;
    }
    return -1;
}

bool am_json_keys(struct am_json *json, const cJSON *object, const struct am_json_key *keys,
                  int count, const cJSON **slots)
{
    for (int k = 0; k < count; k++)
        slots[k] = NULL;
    if (!cJSON_IsObject(object))
        return am_json_expected(json, object, "an object {...}");
    int next = 0;
    for (const cJSON *member = object->child; member; member = member->next) {
        int k = find_key(keys, count, member->string, next);
        if (k < 0) {
            if (strncmp(member->string, "x-", 2) != 0)
                report_unknown(json, member, keys, count);
            continue;
        }
        if (slots[k])
            report_twice(json, member, slots[k]);
        else
            slots[k] = member;
        next = k + 1;
    }
    for (int k = 0; k < count; k++)
        if (keys[k].required && !slots[k])
            am_json_error(json, object, "\"%s\" is missing", keys[k].name);
    return true;
}

const cJSON *am_json_member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

const cJSON *am_json_list(struct am_json *json, const cJSON *value, int *count)
{
    *count = 0;
    if (!value)
        return NULL;
    if (!cJSON_IsArray(value)) {
        (void)am_json_expected(json, value, "a list [...]");
        return NULL;
    }
    const cJSON *first = am_json_children(json, value);
    for (const cJSON *child = first; child; child = child->next)
        ++*count;
    return first;
}
