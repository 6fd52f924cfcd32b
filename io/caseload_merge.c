/*
 * JSON Merge Patch (RFC 7396), extended by id: a list whose entries have ids (people
 * by crn, projects by code ...) is changed entry by entry. An object keyed by id
 * changes what is there, and null removes it; a list changes what is there and
 * adds what is not. Any other list is replaced as a whole.
 */
#include "io/caseload_patch_parts.h"

#include <string.h>

static void merge_entry_members(struct am_patch *patch, cJSON *to, const cJSON *from,
                                const struct am_list_kind *kind);

static const struct am_list_kind *find_kind(const struct am_list_kind *kinds, const char *key)
{
    for (; kinds && kinds->key; kinds++)
        if (strcmp(kinds->key, key) == 0)
            return kinds;
    return NULL;
}

static bool is_id_key(const struct am_list_kind *kind, const char *key)
{
    for (int i = 0; i < 3 && kind->id[i]; i++)
        if (strcmp(kind->id[i], key) == 0)
            return true;
    return false;
}

/* {"PARK": {...}, "MILL": null} */
static void merge_by_id(struct am_patch *patch, cJSON *list, const cJSON *from,
                        const struct am_list_kind *kind)
{
    for (const cJSON *change = from->child; change; change = change->next) {
        cJSON *entry = am_patch_entry(patch, kind, list, change->string);
        if (!entry)
            am_patch_no_entry(patch, kind, list, change->string, change);
        else if (cJSON_IsNull(change))
            am_patch_remove_entry(patch, list, entry, change->string, change);
        else if (!cJSON_IsObject(change))
            (void)am_json_expected(&patch->scenario, change, "an object {...} or null");
        else {
            am_patch_touch(list, change);
            merge_entry_members(patch, entry, change, kind);
        }
    }
}

/* One entry of a list; its id says what it changes. */
static void merge_entry(struct am_patch *patch, cJSON *to, const cJSON *change,
                        const struct am_list_kind *kind)
{
    cJSON *list = am_patch_member(to, kind->key);
    const char *id = cJSON_IsObject(change) ? am_patch_id(patch, kind, change) : NULL;
    if (!id) {
        char expected[64];
        (void)snprintf(expected, sizeof expected, "a %s with its \"%s\"", kind->noun, kind->id[0]);
        (void)am_json_expected(&patch->scenario, change, expected);
        return;
    }
    cJSON *entry = am_patch_entry(patch, kind, list, id);
    if (!entry && kind->complete && !am_patch_member(change, kind->complete)) {
        am_patch_no_entry(patch, kind, list, id, change);
        return;
    }
    if (!entry) {
        am_patch_append(patch, to, kind->key, am_patch_copy(patch, change), change);
        return;
    }
    am_patch_touch(list, change);
    am_patch_touch(to, change);
    merge_entry_members(patch, entry, change, kind);
}

/* A list whose entries have ids. */
static void merge_list(struct am_patch *patch, cJSON *to, const cJSON *from,
                       const struct am_list_kind *kind)
{
    if (cJSON_IsObject(from))
        merge_by_id(patch, am_patch_member(to, kind->key), from, kind);
    else
        for (const cJSON *change = from->child; change; change = change->next)
            merge_entry(patch, to, change, kind);
}

static void merge_object(struct am_patch *patch, cJSON *to, const cJSON *from,
                         const struct am_list_kind *kinds);

static void merge_member(struct am_patch *patch, cJSON *to, const cJSON *change,
                         const struct am_list_kind *kinds)
{
    const struct am_list_kind *kind = find_kind(kinds, change->string);
    cJSON *there = am_patch_member(to, change->string);
    bool container = cJSON_IsObject(change) || cJSON_IsArray(change);
    if (kind && container && (!there || cJSON_IsArray(there)))
        merge_list(patch, to, change, kind);
    else if (cJSON_IsNull(change))
        am_patch_remove(patch, to, change->string, change);
    else if (cJSON_IsObject(change) && cJSON_IsObject(there))
        merge_object(patch, there, change, NULL);
    else
        am_patch_set(patch, to, change->string, am_patch_copy(patch, change), change);
}

static void merge_object(struct am_patch *patch, cJSON *to, const cJSON *from,
                         const struct am_list_kind *kinds)
{
    am_patch_touch(to, from);
    for (const cJSON *change = from->child; change; change = change->next)
        merge_member(patch, to, change, kinds);
}

/* An entry keeps its id: the same again changes nothing. */
static void merge_entry_members(struct am_patch *patch, cJSON *to, const cJSON *from,
                                const struct am_list_kind *kind)
{
    am_patch_touch(to, from);
    for (const cJSON *change = from->child; change; change = change->next) {
        const cJSON *there = am_patch_member(to, change->string);
        if (!is_id_key(kind, change->string) || !there || !cJSON_Compare(there, change, true))
            merge_member(patch, to, change, kind->inside);
    }
}

void am_patch_merge(struct am_patch *patch, const cJSON *changes)
{
    if (!changes)
        return;
    if (cJSON_IsObject(changes))
        merge_object(patch, patch->base.root, changes, am_caseload_lists);
    else
        (void)am_json_expected(&patch->scenario, changes, "an object {...}");
}
