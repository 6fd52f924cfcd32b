#include "io/caseload_reader.h"

#include <stdlib.h>

#include "base/order.h"

void am_ids_init(struct am_reader *reader, struct am_ids *ids, const char *kind, int count)
{
    *ids = (struct am_ids){.kind = kind};
    am_names_init(&ids->names, &reader->scratch);
    ids->index = AM_SCRATCH(reader, count, int32_t);
    ids->values = AM_SCRATCH(reader, count, const cJSON *);
}

const char *am_ids_add(struct am_reader *reader, struct am_ids *ids, const cJSON *value, int index)
{
    const char *id = am_json_id(&reader->json, value);
    if (!id)
        return "";
    int number;
    am_status status = am_names_add(&ids->names, id, &number);
    if (status == AM_EINVALID) {
        am_json_error(&reader->json, value, "%s \"%s\" is given twice; the first is on line %d",
                      ids->kind, id, am_json_line(&reader->json, ids->values[number]));
    } else if (status != AM_OK) {
        reader->status = am_fail_memory(reader->err);
    } else {
        ids->index[number] = index;
        ids->values[number] = value;
    }
    return id;
}

int am_ids_refer(struct am_reader *reader, const struct am_ids *ids, const cJSON *value)
{
    if (!value)
        return -1;
    if (!cJSON_IsString(value)) {
        char expected[64];
        (void)snprintf(expected, sizeof expected, "the id of a %s", ids->kind);
        (void)am_json_expected(&reader->json, value, expected);
        return -1;
    }
    int number = am_names_find(&ids->names, value->valuestring);
    if (number >= 0)
        return ids->index[number];
    if (am_json_is_private(&reader->json, value)) {
        am_json_error(&reader->json, value, "no %s is called so (private, so not shown)",
                      ids->kind);
        return -1;
    }
    const char *nearest = am_ids_nearest(ids, value->valuestring);
    am_json_error(&reader->json, value, "no %s is called \"%s\"%s%s%s", ids->kind,
                  value->valuestring, nearest ? "; the nearest is \"" : "", nearest ? nearest : "",
                  nearest ? "\"" : "");
    return -1;
}

const char *am_ids_nearest(const struct am_ids *ids, const char *text)
{
    return am_names_nearest(&ids->names, text);
}

struct am_indices am_ids_refer_list(struct am_reader *reader, const struct am_ids *ids,
                                    const cJSON *list)
{
    int length, count = 0;
    const cJSON *at = am_json_list(&reader->json, list, &length);
    int32_t *indices = length > 0 ? AM_KEEP(reader, length, int32_t) : NULL;
    if (!indices)
        return (struct am_indices){0};
    for (; at; at = at->next) {
        int index = am_ids_refer(reader, ids, at);
        if (index >= 0)
            indices[count++] = index;
    }
    qsort(indices, (size_t)count, sizeof *indices, am_by_number);
    return (struct am_indices){indices, am_each_once(indices, count)};
}
