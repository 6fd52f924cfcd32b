#include "io/osrm.h"

#include <string.h>

#include "io/json_pack.h"
#include "io/json_value.h"
#include "model/caseload.h"

enum { SECONDS_MOST = 10080 * 60, SNAP_METRES = 500 };

static bool check_length(struct am_json *json, const cJSON *list, int expected, const char *what)
{
    int length;
    (void)am_json_list(json, list, &length);
    if (cJSON_IsArray(list) && length == expected)
        return true;
    if (cJSON_IsArray(list))
        am_json_error(json, list, "expected %d %s, found %d", expected, what, length);
    return false;
}

static int16_t read_cell(struct am_json *json, const cJSON *value)
{
    int64_t seconds;
    if (cJSON_IsNull(value))
        return AM_NO_JOURNEY;
    if (!am_json_ceiling(json, value, &seconds))
        return AM_UNKNOWN_JOURNEY;
    if (seconds > SECONDS_MOST) /* nobody travels for a week */
        return AM_NO_JOURNEY;
    return (int16_t)((seconds + 59) / 60);
}

/* A row that is as it should be, without a tree of its numbers. */
static bool read_packed_row(const struct am_json *json, const cJSON *row, int columns,
                            int16_t *minutes)
{
    struct am_json_cells cells;
    struct am_json_cell cell;
    if (!am_json_cells(json, row, &cells))
        return false;
    for (int c = 0; c < columns; c++) {
        if (!am_json_cell(&cells, &cell))
            return false;
        if (!cell.is_null && (!cell.number.in_range || cell.number.floor < 0))
            return false;
        int64_t seconds = cell.number.floor + !cell.number.exact;
        minutes[c] =
            (int16_t)(cell.is_null || seconds > SECONDS_MOST ? AM_NO_JOURNEY : (seconds + 59) / 60);
    }
    return !am_json_cell(&cells, &cell);
}

static bool read_durations(struct am_json *json, const cJSON *durations, int rows, int columns,
                           int16_t *minutes)
{
    bool good = check_length(json, durations, rows, "rows, one for each of \"from\"");
    if (!good)
        return false;
    for (const cJSON *row = durations->child; row; row = row->next) {
        if (read_packed_row(json, row, columns, minutes)) {
            minutes += columns;
            continue;
        }
        if (!check_length(json, row, columns, "columns, one for each of \"to\"")) {
            good = false;
            continue;
        }
        for (const cJSON *cell = row->child; cell; cell = cell->next)
            *minutes++ = read_cell(json, cell);
    }
    return good;
}

/* [[row, column], ...] */
static void forget_fallbacks(struct am_json *json, const cJSON *cells, int rows, int columns,
                             int16_t *minutes)
{
    int length;
    for (const cJSON *at = am_json_list(json, cells, &length); at; at = at->next) {
        int pair;
        const cJSON *row = am_json_list(json, at, &pair);
        if (pair != 2) {
            (void)am_json_expected(json, at, "a row and a column");
            continue;
        }
        int32_t r = am_json_whole(json, row, 0, rows - 1, -1);
        int32_t c = am_json_whole(json, row->next, 0, columns - 1, -1);
        if (r >= 0 && c >= 0)
            minutes[(size_t)r * (size_t)columns + (size_t)c] = AM_UNKNOWN_JOURNEY;
    }
}

/* A place that was moved far to the nearest road may be another place. */
static void check_snaps(struct am_json *json, const cJSON *points)
{
    int length;
    if (!cJSON_IsArray(points))
        return;
    for (const cJSON *at = am_json_list(json, points, &length); at; at = at->next) {
        const cJSON *distance = am_json_member(at, "distance");
        int64_t metres;
        if (cJSON_IsNumber(distance) && am_json_ceiling(json, distance, &metres) &&
            metres > SNAP_METRES)
            am_json_warning(json, distance, "the nearest road is more than %d m away", SNAP_METRES);
    }
}

bool am_osrm_read(struct am_json *json, const cJSON *document, int rows, int columns,
                  int16_t *minutes)
{
    const cJSON *code = am_json_member(document, "code");
    const cJSON *durations = am_json_member(document, "durations");
    if (!cJSON_IsString(code) || strcmp(code->valuestring, "Ok") != 0) {
        am_json_error(json, code ? code : document,
                      "expected the answer of OSRM's table service, with \"code\": \"Ok\"");
        return false;
    }
    if (!durations) {
        am_json_error(json, document, "\"durations\" is missing");
        return false;
    }
    if (!read_durations(json, durations, rows, columns, minutes))
        return false;
    forget_fallbacks(json, am_json_member(document, "fallback_speed_cells"), rows, columns,
                     minutes);
    check_snaps(json, am_json_member(document, "sources"));
    check_snaps(json, am_json_member(document, "destinations"));
    return true;
}
