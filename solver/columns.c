#include "solver/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

am_status am_columns_init(struct am_columns *columns, const struct am_instance *instance,
                          struct am_err *err)
{
    *columns = (struct am_columns){.instance = instance};
    columns->scratch = calloc((size_t)instance->days + 1, sizeof *columns->scratch);
    return columns->scratch ? AM_OK : am_fail_memory(err);
}

void am_columns_release(struct am_columns *columns)
{
    free(columns->at);
    free(columns->picks);
    free(columns->table);
    free(columns->scratch);
    *columns = (struct am_columns){0};
}

static size_t hash_picks(int person, const int64_t *picks, int count)
{
    uint64_t h = (uint64_t)(uint32_t)person * 0x9e3779b97f4a7c15u;
    for (int i = 0; i < count; i++)
        h = (h ^ (h >> 31) ^ (uint64_t)picks[i]) * 0xbf58476d1ce4e5b9u;
    return (size_t)(h ^ (h >> 29));
}

static size_t hash_column(const struct am_columns *columns, size_t index)
{
    const struct am_column *column = &columns->at[index];
    return hash_picks(column->person, columns->picks + column->first_pick, column->pick_count);
}

static bool grow_table(struct am_columns *columns)
{
    if (columns->count * 2 < columns->table_size)
        return true;
    size_t size = columns->table_size ? columns->table_size * 2 : 1024;
    int32_t *table = calloc(size, sizeof *table);
    if (!table)
        return false;
    for (size_t i = 0; i < columns->count; i++) {
        size_t at = hash_column(columns, i) & (size - 1);
        while (table[at])
            at = (at + 1) & (size - 1);
        table[at] = (int32_t)i + 1;
    }
    free(columns->table);
    columns->table = table;
    columns->table_size = size;
    return true;
}

/* Where the pattern is, or would be, in the table. */
static size_t find(const struct am_columns *columns, int person, const int64_t *picks, int count)
{
    size_t at = hash_picks(person, picks, count) & (columns->table_size - 1);
    while (columns->table[at]) {
        const struct am_column *column = &columns->at[columns->table[at] - 1];
        if (column->person == person && column->pick_count == count &&
            memcmp(columns->picks + column->first_pick, picks, (size_t)count * sizeof *picks) == 0)
            break;
        at = (at + 1) & (columns->table_size - 1);
    }
    return at;
}

static am_status append(struct am_columns *columns, int person, const int64_t *picks, int count,
                        int64_t points, struct am_err *err)
{
    if (!am_grow((void **)&columns->at, &columns->room, columns->count + 1, sizeof *columns->at) ||
        !am_grow((void **)&columns->picks, &columns->pick_room,
                 columns->pick_count + (size_t)count + 1, sizeof *columns->picks))
        return am_fail_memory(err);
    columns->at[columns->count++] =
        (struct am_column){points, (int64_t)columns->pick_count, count, person};
    for (int i = 0; i < count; i++)
        columns->picks[columns->pick_count++] = picks[i];
    return AM_OK;
}

am_status am_columns_add(struct am_columns *columns, int person, const int32_t *chosen,
                         int32_t *index, struct am_err *err)
{
    const struct am_instance *instance = columns->instance;
    int64_t first = instance->people[person].first_pair;
    int count = 0;
    if (!grow_table(columns))
        return am_fail_memory(err);
    for (int d = 0; d < instance->days; d++)
        if (chosen[d] >= 0)
            columns->scratch[count++] = first + chosen[d];
    size_t at = find(columns, person, columns->scratch, count);
    if (columns->table[at] == 0) {
        int64_t points = am_pattern_points_of(instance, person, columns->scratch, count);
        if (points == INT64_MAX)
            return am_fail(err, AM_EINVALID, "a column that is not a pattern");
        am_status status = append(columns, person, columns->scratch, count, points, err);
        if (status != AM_OK)
            return status;
        columns->table[at] = (int32_t)columns->count;
    }
    if (index)
        *index = columns->table[at] - 1;
    return AM_OK;
}
