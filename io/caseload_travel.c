/* Journey times: tables in the caseload itself, or in files that it names. */
#include "io/caseload_reader.h"

#include <stdlib.h>
#include <string.h>

#include "io/json_pack.h"
#include "io/limits.h"
#include "io/osrm.h"
#include "io/travel_csv.h"

enum {
    T_MODE,
    T_DIRECTION,
    T_DAYS,
    T_ARRIVE_BY,
    T_DEPART_AFTER,
    T_QUALITY,
    T_FROM,
    T_TO,
    T_TRUNCATED,
    T_MINUTES,
    T_SECONDS,
    T_FILE,
    T_FORMAT,
    T_COUNT
};

static const struct am_json_key table_keys[T_COUNT] = {
    [T_MODE] = {"mode", false},
    [T_DIRECTION] = {"direction", false},
    [T_DAYS] = {"days", false},
    [T_ARRIVE_BY] = {"arrive_by", false},
    [T_DEPART_AFTER] = {"depart_after", false},
    [T_QUALITY] = {"quality", false},
    [T_FROM] = {"from", false},
    [T_TO] = {"to", false},
    [T_TRUNCATED] = {"truncated", false},
    [T_MINUTES] = {"minutes", false},
    [T_SECONDS] = {"seconds", false},
    [T_FILE] = {"file", false},
    [T_FORMAT] = {"format", false},
};

/* Tables as they come; taken over by the caseload at the end. */
struct tables {
    struct am_travel_table *at;
    int count, room;
};

static void add_table(struct am_reader *reader, struct tables *tables,
                      const struct am_travel_table *table)
{
    if (tables->count == tables->room) {
        int room = tables->room > 0 ? 2 * tables->room : 16;
        struct am_travel_table *at = realloc(tables->at, (size_t)room * sizeof *at);
        if (!at) {
            reader->status = am_fail_memory(reader->err);
            return;
        }
        tables->at = at;
        tables->room = room;
    }
    tables->at[tables->count++] = *table;
}

/* ---- which places ---- */

/* Number the places of "from" or "to"; a place named twice is an error. */
static int32_t *number_places(struct am_reader *reader, const cJSON *list, int *count)
{
    const cJSON *at = am_json_list(&reader->json, list, count);
    int place_count = reader->caseload->place_count;
    int32_t *of = AM_KEEP(reader, place_count, int32_t);
    if (!of)
        return NULL;
    for (int p = 0; p < place_count; p++)
        of[p] = -1;
    for (int i = 0; at; at = at->next, i++) {
        int place = am_ids_refer(reader, &reader->places, at);
        if (place < 0)
            continue;
        if (of[place] >= 0)
            am_json_error(&reader->json, at, "place \"%s\" is given twice", at->valuestring);
        of[place] = i;
    }
    return of;
}

/* ---- the figures ---- */

struct unit {
    bool seconds;
    int truncated; /* what whole minutes may have lost */
};

static int16_t read_cell(struct am_reader *reader, const cJSON *value, struct unit unit)
{
    int64_t seconds;
    if (cJSON_IsNull(value))
        return AM_NO_JOURNEY;
    if (cJSON_IsString(value) && strcmp(value->valuestring, "unknown") == 0)
        return AM_UNKNOWN_JOURNEY;
    if (!unit.seconds)
        return (int16_t)(am_json_whole(&reader->json, value, 0, AM_TRAVEL_MINUTES, 0) +
                         unit.truncated);
    if (!am_json_ceiling(&reader->json, value, &seconds))
        return AM_UNKNOWN_JOURNEY;
    if (seconds > (int64_t)AM_TRAVEL_MINUTES * 60) {
        (void)am_json_expected(&reader->json, value, "at most a week");
        return AM_UNKNOWN_JOURNEY;
    }
    return (int16_t)((seconds + 59) / 60);
}

/* A row that is as it should be, without a tree of its numbers. False where it
 * is not: then it is read again, and what is wrong with it is told. */
static bool read_packed_row(const struct am_reader *reader, const cJSON *row, int columns,
                            struct unit unit, int16_t *minutes)
{
    struct am_json_cells cells;
    struct am_json_cell cell;
    if (!am_json_cells(&reader->json, row, &cells))
        return false;
    for (int c = 0; c < columns; c++) {
        if (!am_json_cell(&cells, &cell))
            return false;
        int64_t value = cell.number.floor, most = AM_TRAVEL_MINUTES;
        if (cell.is_null) {
            minutes[c] = AM_NO_JOURNEY;
            continue;
        }
        if (!cell.number.in_range || value < 0 || (!unit.seconds && !cell.number.exact))
            return false;
        if (unit.seconds)
            value += !cell.number.exact;
        if (value > (unit.seconds ? 60 * most : most))
            return false;
        minutes[c] = (int16_t)(unit.seconds ? (value + 59) / 60 : value + unit.truncated);
    }
    return !am_json_cell(&cells, &cell);
}

static void read_matrix(struct am_reader *reader, const cJSON *matrix,
                        const struct am_travel_table *table, struct unit unit, int16_t *minutes)
{
    int rows, columns;
    const cJSON *row = am_json_list(&reader->json, matrix, &rows);
    if (cJSON_IsArray(matrix) && rows != table->rows)
        am_json_error(&reader->json, matrix, "expected %d rows, one for each of \"from\", found %d",
                      table->rows, rows);
    for (int r = 0; row && r < table->rows; row = row->next, r++) {
        int16_t *to = minutes + (size_t)r * (size_t)table->columns;
        if (read_packed_row(reader, row, table->columns, unit, to))
            continue;
        const cJSON *cell = am_json_list(&reader->json, row, &columns);
        if (cJSON_IsArray(row) && columns != table->columns)
            am_json_error(&reader->json, row,
                          "expected %d columns, one for each of \"to\", found %d", table->columns,
                          columns);
        for (int c = 0; cell && c < table->columns; cell = cell->next, c++)
            to[c] = read_cell(reader, cell, unit);
    }
}

static void read_osrm(struct am_reader *reader, const cJSON *file,
                      const struct am_travel_table *table, int16_t *minutes)
{
    char *path;
    size_t size;
    struct am_json document;
    char *text = am_read_named_file(reader, file, &path, &size);
    if (!text)
        return;
    am_json_init(&document, path, reader->json.diag, &reader->caseload->arena);
    am_status status = am_json_parse_packed(&document, text, size, reader->err);
    if (status == AM_OK)
        (void)am_osrm_read(&document, document.root, table->rows, table->columns, minutes);
    if (status == AM_ENOMEM)
        reader->status = status;
    am_json_release(&document);
}

/* ---- one table ---- */

static void read_hour(struct am_reader *reader, const cJSON *const *key,
                      struct am_travel_table *table)
{
    struct am_json *json = &reader->json;
    int arrive = am_json_minute(json, key[T_ARRIVE_BY], -1);
    int depart = am_json_minute(json, key[T_DEPART_AFTER], -1);
    table->hour = (int16_t)(table->directions == AM_BACK ? depart : arrive);
    if (key[T_ARRIVE_BY] && table->directions != AM_THERE)
        am_json_error(json, key[T_ARRIVE_BY], "is for tables with \"direction\": \"there\"");
    if (key[T_DEPART_AFTER] && table->directions != AM_BACK)
        am_json_error(json, key[T_DEPART_AFTER], "is for tables with \"direction\": \"back\"");
}

static bool read_heading(struct am_reader *reader, const cJSON *value, const cJSON *const *key,
                         struct am_travel_table *table)
{
    static const char *const modes[] = {"walk", "cycle", "car", "public_transport"};
    static const char *const directions[] = {"there", "back", "both"};
    static const char *const qualities[] = {"planner", "timetable", "routed", "estimated"};
    static const int required[] = {T_MODE, T_DIRECTION, T_FROM, T_TO};
    struct am_json *json = &reader->json;
    bool complete = true;
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++) {
        if (key[required[i]])
            continue;
        am_json_error(json, value, "\"%s\" is missing", table_keys[required[i]].name);
        complete = false;
    }
    table->mode = (enum am_mode)am_json_word(json, key[T_MODE], modes, AM_MODE_COUNT, 0);
    int direction = am_json_word(json, key[T_DIRECTION], directions, 3, 0);
    table->directions = (uint8_t)(direction + 1);
    table->days = am_json_weekdays(json, key[T_DAYS]);
    table->quality = (enum am_travel_quality)am_json_word(json, key[T_QUALITY], qualities,
                                                          AM_TRAVEL_QUALITY_COUNT, AM_ROUTED);
    read_hour(reader, key, table);
    table->row_of = number_places(reader, key[T_FROM], &table->rows);
    table->column_of = number_places(reader, key[T_TO], &table->columns);
    return complete && table->row_of && table->column_of;
}

static void read_grid(struct am_reader *reader, const cJSON *value, const cJSON *const *key,
                      struct tables *tables)
{
    struct am_travel_table table = {0};
    struct am_json *json = &reader->json;
    struct unit unit = {.seconds = key[T_SECONDS] != NULL,
                        .truncated = am_json_flag(json, key[T_TRUNCATED], false)};
    if (key[T_TRUNCATED] && !key[T_MINUTES])
        am_json_error(json, key[T_TRUNCATED], "is for tables with \"minutes\"");
    if (!read_heading(reader, value, key, &table))
        return;
    size_t cells = (size_t)table.rows * (size_t)table.columns;
    if (cells > AM_TRAVEL_CELLS) {
        am_json_error(json, value, "more than %d journeys", AM_TRAVEL_CELLS);
        return;
    }
    int16_t *minutes = AM_KEEP(reader, cells, int16_t);
    if (!minutes)
        return;
    for (size_t c = 0; c < cells; c++)
        minutes[c] = AM_UNKNOWN_JOURNEY;
    if (key[T_FILE])
        read_osrm(reader, key[T_FILE], &table, minutes);
    else
        read_matrix(reader, unit.seconds ? key[T_SECONDS] : key[T_MINUTES], &table, unit, minutes);
    table.minutes = minutes;
    add_table(reader, tables, &table);
}

static void read_csv(struct am_reader *reader, const cJSON *const *key, struct tables *tables)
{
    struct am_caseload *caseload = reader->caseload;
    struct am_travel_tables found;
    char *path;
    size_t size;
    for (int k = 0; k < T_FILE; k++)
        if (key[k])
            am_json_error(&reader->json, key[k], "a CSV file says this in its own columns");
    char *text = am_read_named_file(reader, key[T_FILE], &path, &size);
    if (!text)
        return;
    const struct am_travel_csv csv = {
        .file = path,
        .text = text,
        .size = size,
        .places = {&reader->places.names, reader->places.index, caseload->place_count},
        .diag = reader->json.diag,
    };
    am_status status = am_travel_csv_read(&csv, &caseload->arena, &found, reader->err);
    free(text);
    if (status != AM_OK)
        reader->status = status;
    for (int t = 0; t < found.count && reader->status == AM_OK; t++)
        add_table(reader, tables, &found.at[t]);
}

static void read_table(struct am_reader *reader, const cJSON *value, struct tables *tables)
{
    static const char *const formats[] = {"csv", "osrm"};
    struct am_json *json = &reader->json;
    const cJSON *key[T_COUNT];
    if (!am_json_keys(json, value, table_keys, T_COUNT, key))
        return;
    int sources = (key[T_MINUTES] != NULL) + (key[T_SECONDS] != NULL) + (key[T_FILE] != NULL);
    if (sources != 1) {
        am_json_error(json, value, "expected one of \"minutes\", \"seconds\" and \"file\"");
        return;
    }
    if (!key[T_FILE] != !key[T_FORMAT]) {
        am_json_error(json, value, "\"file\" and \"format\" go together");
        return;
    }
    int format = am_json_word(json, key[T_FORMAT], formats, 2, 1);
    if (key[T_FILE] && format == 0)
        read_csv(reader, key, tables);
    else
        read_grid(reader, value, key, tables);
}

void am_read_travel(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    struct tables tables = {0};
    int length;
    const cJSON *at = am_json_list(&reader->json, reader->top[AM_TOP_TRAVEL], &length);
    for (; at && reader->status == AM_OK; at = at->next)
        read_table(reader, at, &tables);
    caseload->travel = AM_KEEP(reader, tables.count, struct am_travel_table);
    if (caseload->travel && tables.count > 0)
        memcpy(caseload->travel, tables.at, (size_t)tables.count * sizeof *tables.at);
    caseload->travel_count = tables.count;
    free(tables.at);
}
