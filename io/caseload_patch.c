#include "io/caseload_patch.h"

#include <stdlib.h>

#include "io/caseload_json.h"
#include "io/caseload_patch_parts.h"

/* ---- making the changes ---- */

static bool names_a_file(const cJSON *object)
{
    const char *file = am_patch_string(object, "file");
    return file && file[0] != '/';
}

static bool names_files(const cJSON *root)
{
    const cJSON *table;
    cJSON_ArrayForEach(table, am_patch_member(root, "travel"))
    {
        if (names_a_file(table))
            return true;
    }
    return names_a_file(am_patch_member(root, "bank_holidays"));
}

static void make_changes(struct am_patch *patch, struct am_scenario *scenario)
{
    const cJSON *slots[AM_SCENARIO_KEY_COUNT];
    am_scenario_take(&patch->scenario, scenario, slots);
    if (!cJSON_IsObject(patch->base.root))
        return; /* reading the caseload tells */
    am_patch_merge(patch, slots[AM_SCENARIO_CHANGES]);
    if (cJSON_IsArray(slots[AM_SCENARIO_VERBS]))
        am_patch_verbs(patch, slots[AM_SCENARIO_VERBS]);
}

static am_status write_result(const struct am_patch *patch, struct am_patched *patched,
                              struct am_err *err)
{
    struct am_text text = {0};
    struct am_patch_pieces pieces = {0};
    am_status status = am_patch_write(patch, &text, &pieces, err);
    patched->caseload =
        (struct am_document){.path = patched->base.path, .bytes = text.bytes, .size = text.size};
    patched->pieces = pieces.at;
    patched->piece_count = pieces.count;
    patched->names_files = names_files(patch->base.root);
    return status;
}

static am_status change(struct am_patch *patch, struct am_patched *patched, struct am_err *err)
{
    const struct am_document *base = &patched->base, *from = &patched->from;
    am_status status = am_json_parse_packed(&patch->base, am_document_copy(base), base->size, err);
    if (status == AM_OK)
        status = am_json_parse(&patch->scenario, am_document_copy(from), from->size, err);
    if (status != AM_OK)
        return status;
    patch->shift = (int)patched->base.size + 1;
    make_changes(patch, &patched->scenario);
    if (patch->out_of_memory)
        return am_fail_memory(err);
    status = am_json_verdict(&patch->scenario, err);
    return status == AM_OK ? write_result(patch, patched, err) : status;
}

am_status am_caseload_patch(struct am_patched *patched, const struct am_document *base,
                            const struct am_document *scenario, struct am_diag *diag,
                            struct am_err *err)
{
    *patched = (struct am_patched){.base = *base, .from = *scenario};
    am_arena_init(&patched->arena);
    struct am_patch patch = {.arena = &patched->arena};
    am_json_init(&patch.base, base->path, diag, &patched->arena);
    am_json_init(&patch.scenario, scenario->path, diag, &patched->arena);
    am_status status = change(&patch, patched, err);
    am_json_release(&patch.base);
    am_json_release(&patch.scenario);
    return status;
}

void am_patched_release(struct am_patched *patched)
{
    free((char *)(uintptr_t)patched->caseload.bytes);
    free(patched->pieces);
    am_arena_release(&patched->arena);
    *patched = (struct am_patched){0};
}
