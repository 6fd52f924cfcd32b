#include "io/patch_tree.h"

#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "io/json_set.h"

enum { NUMBER_BYTES = 32 };

/* Looked for where an id or a member is missing. */
struct am_patch_removed {
    const cJSON *from;
    const char *name;
    int why; /* offset in the scenario */
    struct am_patch_removed *next;
};

static const struct am_list_kind override_lists[] = {
    {"overrides", "override", {"date"}, NULL, NULL},
    {0},
};
static const struct am_list_kind session_lists[] = {
    {"sessions", "session", {"id"}, "start", override_lists},
    {0},
};
static const struct am_list_kind person_lists[] = {
    {"orders", "order", {"event"}, "sentence_date", NULL},
    {0},
};

const struct am_list_kind am_caseload_lists[] = {
    {"people", "person", {"crn"}, "orders", person_lists},
    {"projects", "project", {"code"}, "type", session_lists},
    {"supervisors", "supervisor", {"code"}, "group_limit", NULL},
    {"places", "place", {"id"}, NULL, NULL},
    {"appointments", "appointment", {"crn", "session", "date"}, "state", NULL},
    {0},
};

/* ---- where values came from ---- */

static int made_by(const cJSON *why)
{
    return -1 - why->valueint;
}

static bool is_new(const struct am_patch *patch, const cJSON *node)
{
    return node->valueint < 0 || node->valueint >= patch->shift;
}

/* The offset in the scenario of what made a value that is new. */
static int maker(const struct am_patch *patch, const cJSON *node)
{
    return node->valueint < 0 ? -1 - node->valueint : node->valueint - patch->shift;
}

static int line_of(struct am_patch *patch, int offset)
{
    cJSON at = {.valueint = offset};
    return am_json_line(&patch->scenario, &at);
}

static void shift_all(cJSON *node, int shift)
{
    node->valueint += shift;
    for (cJSON *child = node->child; child; child = child->next)
        shift_all(child, shift);
}

/* ---- making values ---- */

static cJSON *checked(struct am_patch *patch, cJSON *node)
{
    if (!node)
        patch->out_of_memory = true;
    return node;
}

static cJSON *made(struct am_patch *patch, cJSON *node, const cJSON *why)
{
    if (checked(patch, node))
        node->valueint = made_by(why);
    return node;
}

static void drop_nulls(cJSON *node)
{
    for (cJSON *child = node->child, *next; child; child = next) {
        next = child->next;
        if (cJSON_IsObject(node) && cJSON_IsNull(child))
            cJSON_Delete(cJSON_DetachItemViaPointer(node, child));
        else
            drop_nulls(child);
    }
}

/* Objects that have lost a member are written anew, and so is what holds them;
 * the rest stands in the scenario's text. */
static bool place_copy(const struct am_patch *patch, cJSON *copy, const cJSON *value)
{
    bool whole = true;
    const cJSON *from = value->child;
    for (cJSON *child = copy->child; child; child = child->next, from = from->next) {
        while (from->valueint != child->valueint) {
            whole = false;
            from = from->next;
        }
        whole = place_copy(patch, child, from) && whole;
    }
    whole = whole && !from;
    copy->valueint = whole ? value->valueint + patch->shift : made_by(value);
    return whole;
}

cJSON *am_patch_copy_whole(struct am_patch *patch, const cJSON *value)
{
    cJSON *copy = checked(patch, cJSON_Duplicate(value, true));
    if (copy)
        shift_all(copy, patch->shift);
    return copy;
}

cJSON *am_patch_copy(struct am_patch *patch, const cJSON *value)
{
    cJSON *copy = checked(patch, cJSON_Duplicate(value, true));
    if (copy) {
        drop_nulls(copy);
        (void)place_copy(patch, copy, value);
    }
    return copy;
}

cJSON *am_patch_clone(struct am_patch *patch, const cJSON *value, const cJSON *why)
{
    cJSON *copy = checked(patch, cJSON_Duplicate(value, true));
    if (copy)
        am_patch_touch(copy, why);
    return copy;
}

cJSON *am_patch_object(struct am_patch *patch, const cJSON *why)
{
    return made(patch, cJSON_CreateObject(), why);
}

cJSON *am_patch_list(struct am_patch *patch, const cJSON *why)
{
    return made(patch, cJSON_CreateArray(), why);
}

cJSON *am_patch_number(struct am_patch *patch, int32_t number, const cJSON *why)
{
    return made(patch, cJSON_CreateNumber(number), why);
}

cJSON *am_patch_text(struct am_patch *patch, const char *text, const cJSON *why)
{
    return made(patch, cJSON_CreateString(text), why);
}

cJSON *am_patch_date(struct am_patch *patch, am_date date, const cJSON *why)
{
    char text[AM_DATE_TEXT];
    return am_patch_text(patch, am_date_format(date, text), why);
}

cJSON *am_patch_flag(struct am_patch *patch, bool flag, const cJSON *why)
{
    return made(patch, cJSON_CreateBool(flag), why);
}

/* ---- changing ---- */

void am_patch_touch(cJSON *node, const cJSON *why)
{
    if (node->valueint >= 0)
        node->valueint = made_by(why);
}

static void conflict(struct am_patch *patch, const cJSON *why, int other, const char *key)
{
    am_json_error(&patch->scenario, why,
                  "this change conflicts with the one on line %d: both are about \"%s\"",
                  line_of(patch, other), key);
}

void am_patch_conflict(struct am_patch *patch, const cJSON *why, const cJSON *other,
                       const char *about)
{
    conflict(patch, why, other->valueint, about);
}

static const struct am_patch_removed *find_removed(const struct am_patch *patch, const cJSON *from,
                                                   const char *name)
{
    for (const struct am_patch_removed *at = patch->removed; at; at = at->next)
        if (at->from == from && strcmp(at->name, name) == 0)
            return at;
    return NULL;
}

static void note_removed(struct am_patch *patch, const cJSON *from, const char *name,
                         const cJSON *why)
{
    struct am_patch_removed *removed = AM_ARENA_NEW(patch->arena, 1, struct am_patch_removed);
    char *copy = am_arena_strdup(patch->arena, name);
    if (!removed || !copy) {
        patch->out_of_memory = true;
        return;
    }
    *removed = (struct am_patch_removed){from, copy, why->valueint, patch->removed};
    patch->removed = removed;
}

/* May the member be changed? Tells of a conflict. */
static bool is_free(struct am_patch *patch, const cJSON *object, const char *key,
                    const cJSON *there, const cJSON *why)
{
    const struct am_patch_removed *removed = find_removed(patch, object, key);
    if (there && is_new(patch, there))
        conflict(patch, why, maker(patch, there), key);
    else if (removed)
        conflict(patch, why, removed->why, key);
    else
        return true;
    return false;
}

void am_patch_put(struct am_patch *patch, cJSON *object, const char *key, cJSON *value)
{
    if (!value || !object) {
        cJSON_Delete(value);
        return;
    }
    if (!am_json_set(object, key, value))
        patch->out_of_memory = true;
}

void am_patch_set(struct am_patch *patch, cJSON *object, const char *key, cJSON *value,
                  const cJSON *why)
{
    if (value && is_free(patch, object, key, am_patch_member(object, key), why)) {
        am_patch_touch(object, why);
        am_patch_put(patch, object, key, value);
    } else {
        cJSON_Delete(value);
    }
}

void am_patch_remove(struct am_patch *patch, cJSON *object, const char *key, const cJSON *why)
{
    cJSON *there = am_patch_member(object, key);
    if (!there || !is_free(patch, object, key, there, why))
        return;
    am_patch_touch(object, why);
    note_removed(patch, object, key, why);
    cJSON_Delete(cJSON_DetachItemViaPointer(object, there));
}

void am_patch_remove_entry(struct am_patch *patch, cJSON *list, cJSON *entry, const char *id,
                           const cJSON *why)
{
    if (is_new(patch, entry)) {
        conflict(patch, why, maker(patch, entry), id);
        return;
    }
    am_patch_touch(list, why);
    note_removed(patch, list, id, why);
    cJSON_Delete(cJSON_DetachItemViaPointer(list, entry));
}

void am_patch_append(struct am_patch *patch, cJSON *object, const char *key, cJSON *value,
                     const cJSON *why)
{
    cJSON *list = am_patch_member(object, key);
    if (value && !list) {
        am_patch_set(patch, object, key, am_patch_list(patch, why), why);
        list = am_patch_member(object, key);
    }
    if (!value || !cJSON_IsArray(list)) {
        cJSON_Delete(value);
        return;
    }
    am_patch_touch(object, why);
    am_patch_touch(list, why);
    if (!cJSON_AddItemToArray(list, value)) {
        cJSON_Delete(value);
        patch->out_of_memory = true;
    }
}

/* ---- finding ---- */

cJSON *am_patch_member(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

const char *am_patch_string(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(am_patch_member(object, key));
}

am_date am_patch_date_of(const cJSON *object, const char *key)
{
    const char *text = am_patch_string(object, key);
    am_date date = AM_NO_DATE;
    if (text)
        (void)am_date_parse(text, &date);
    return date;
}

/* A part of an id: a text, or (an event) a whole number. */
static const char *id_part(const cJSON *value, char number[NUMBER_BYTES])
{
    if (!cJSON_IsNumber(value))
        return cJSON_GetStringValue(value);
    (void)snprintf(number, NUMBER_BYTES, "%.0f", value->valuedouble);
    return number;
}

const char *am_patch_id(struct am_patch *patch, const struct am_list_kind *kind, const cJSON *entry)
{
    char number[NUMBER_BYTES];
    const char *id = id_part(am_patch_member(entry, kind->id[0]), number);
    if (id && id != number && !kind->id[1])
        return id; /* as it stands */
    struct am_text text = {0};
    for (int i = 0; i < 3 && kind->id[i] && id; i++) {
        id = id_part(am_patch_member(entry, kind->id[i]), number);
        am_text_add(&text, i > 0 ? " " : "");
        am_text_add(&text, id ? id : "");
    }
    const char *kept = id ? am_arena_strdup(patch->arena, am_text_string(&text)) : NULL;
    if (text.failed || (id && !kept))
        patch->out_of_memory = true;
    am_text_release(&text);
    return kept;
}

cJSON *am_patch_entry(struct am_patch *patch, const struct am_list_kind *kind, const cJSON *list,
                      const char *id)
{
    cJSON *entry;
    cJSON_ArrayForEach(entry, list)
    {
        const char *other = am_patch_id(patch, kind, entry);
        if (other && strcmp(other, id) == 0)
            return entry;
    }
    return NULL;
}

void am_patch_no_entry(struct am_patch *patch, const struct am_list_kind *kind, const cJSON *list,
                       const char *id, const cJSON *why)
{
    struct am_nearest nearest = {0};
    const struct am_patch_removed *removed = find_removed(patch, list, id);
    if (removed) {
        conflict(patch, why, removed->why, id);
        return;
    }
    const cJSON *entry;
    cJSON_ArrayForEach(entry, list)
    {
        const char *other = am_patch_id(patch, kind, entry);
        if (other)
            am_nearest_offer(&nearest, id, other);
    }
    am_json_error(&patch->scenario, why, "the caseload has no %s \"%s\"%s%s%s", kind->noun, id,
                  nearest.word ? "; the nearest is \"" : "", nearest.word ? nearest.word : "",
                  nearest.word ? "\"" : "");
}

cJSON *am_patch_refer(struct am_patch *patch, const char *list_key, const cJSON *value)
{
    const struct am_list_kind *kind = am_caseload_lists;
    while (strcmp(kind->key, list_key) != 0)
        kind++;
    const char *id = value ? am_json_id(&patch->scenario, value) : NULL;
    if (!id)
        return NULL;
    cJSON *list = am_patch_member(patch->base.root, list_key);
    cJSON *entry = am_patch_entry(patch, kind, list, id);
    if (!entry)
        am_patch_no_entry(patch, kind, list, id, value);
    return entry;
}
