#include "io/json_pack.h"

#include <stdlib.h>
#include <string.h>

char *am_json_without_packed(const char *text, size_t size, const struct am_json_scan *scan,
                             size_t *length)
{
    size_t kept = size;
    for (size_t i = 0; i < scan->packed_count; i++)
        kept -= scan->packed[i].end - scan->packed[i].at - 2;
    char *shorter = malloc(kept + 1);
    if (!shorter)
        return NULL;
    size_t from = 0, to = 0;
    for (size_t i = 0; i < scan->packed_count; i++) {
        struct am_json_span span = scan->packed[i];
        size_t before = span.at + 1 - from; /* its bracket too */
        memcpy(shorter + to, text + from, before);
        to += before;
        from = span.end - 1;
    }
    memcpy(shorter + to, text + from, size - from);
    shorter[kept] = '\0';
    *length = kept;
    return shorter;
}

/* The list in the tree, or NULL where it is not packed. */
static cJSON *find_packed(const struct am_json *json, const cJSON *list)
{
    size_t low = 0, high = json->packed_count;
    if (!cJSON_IsArray(list) || list->child)
        return NULL;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (json->packed[middle]->valueint < list->valueint)
            low = middle + 1;
        else
            high = middle;
    }
    return low < json->packed_count && json->packed[low] == list ? json->packed[low] : NULL;
}

/* Give each child its place in the text. */
static void place_children(const struct am_json_scan *scan, cJSON *list)
{
    size_t next = 1; /* the list itself comes first */
    for (cJSON *child = list->child; child; child = child->next)
        child->valueint = list->valueint + (int)scan->offsets[next++];
}

static bool unpack(const struct am_json *json, cJSON *list)
{
    const char *text = json->text + list->valueint;
    size_t size = (size_t)(strchr(text, ']') - text) + 1; /* there are no strings in it */
    struct am_json_scan scan;
    am_status status = am_json_scan(text, size, &scan);
    cJSON *parsed = status == AM_OK ? cJSON_ParseWithLength(text, size) : NULL;
    if (parsed) {
        list->child = parsed->child;
        parsed->child = NULL;
        cJSON_Delete(parsed);
        place_children(&scan, list);
    }
    free(scan.offsets);
    return list->child != NULL;
}

const cJSON *am_json_children(struct am_json *json, const cJSON *list)
{
    cJSON *packed = find_packed(json, list);
    if (packed && !unpack(json, packed))
        json->out_of_memory = true;
    return list->child;
}

bool am_json_cells(const struct am_json *json, const cJSON *list, struct am_json_cells *cells)
{
    if (!find_packed(json, list))
        return false;
    cells->at = json->text + list->valueint + 1;
    return true;
}

/* The scan has found the list to be numbers and nulls between commas. */
bool am_json_cell(struct am_json_cells *cells, struct am_json_cell *cell)
{
    const char *at = cells->at + strspn(cells->at, " \t\r\n,");
    cells->at = at;
    if (*at == ']')
        return false;
    *cell = (struct am_json_cell){.is_null = *at == 'n'};
    if (!cell->is_null)
        cell->number = am_decimal_read(at, 0);
    cells->at = at + strcspn(at, ",] \t\r\n");
    return true;
}
