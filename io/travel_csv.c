/* Rows that agree in mode, days, start and source make one table for the way
 * there and one for the way back. */
#include "io/travel_csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "io/csv.h"

enum column {
    C_FROM,
    C_PLACE,
    C_MODE,
    C_THERE,
    C_BACK,
    C_DAYS,
    C_START,
    C_SOURCE,
    C_CHECKED_ON,
    C_COUNT,
    C_REQUIRED = C_DAYS
};

static const char *const column_names[C_COUNT] = {"from",          "place",        "mode",
                                                  "minutes_there", "minutes_back", "days",
                                                  "start",         "source",       "checked_on"};

enum { ANY_HOUR = -1 };

/* What makes a table. */
struct kind {
    enum am_mode mode;
    am_weekdays days;
    int16_t hour;
    enum am_travel_quality quality;
};

struct row {
    struct kind kind;
    int line, group;
    int32_t from, place;
    int16_t there, back;
};

struct group {
    struct kind kind;
    int first_row; /* ordinal of its first row, which orders the tables */
    bool there, back;
};

struct csv_reader {
    const char *file;
    const struct am_place_names *places;
    struct am_diag *diag;
    struct am_err *err;
    struct am_arena scratch;
    struct am_names unknown; /* places already warned about */
    int at[C_COUNT];         /* the field of each column, -1: not there */
    struct row *rows;
    int row_count, row_room;
    struct group *groups;
    int group_count, group_room;
    bool full; /* of groups */
};

static void complain(const struct csv_reader *r, enum am_severity severity, int line,
                     enum column column, const char *text)
{
    am_diag_add(r->diag, severity,
                (struct am_where){.file = r->file, .line = line, .path = column_names[column]},
                "%s", text);
}

static void expected(struct csv_reader *r, int line, enum column column, const char *what,
                     const char *found)
{
    char text[300];
    (void)snprintf(text, sizeof text, "expected %s, found \"%.60s\"", what, found);
    complain(r, AM_ERROR, line, column, text);
}

/* ---- the first row ---- */

static int find_column(const char *name)
{
    for (int c = 0; c < C_COUNT; c++)
        if (strcmp(column_names[c], name) == 0)
            return c;
    return -1;
}

static void report_header(struct csv_reader *r, int line, const char *name, const char *what)
{
    struct am_nearest nearest = {0};
    for (int c = 0; c < C_COUNT; c++)
        am_nearest_offer(&nearest, name, column_names[c]);
    am_diag_add(r->diag, AM_ERROR, (struct am_where){.file = r->file, .line = line},
                "%s \"%.60s\"%s%s%s", what, name,
                nearest.word ? "; the nearest known one is \"" : "",
                nearest.word ? nearest.word : "", nearest.word ? "\"" : "");
}

/* False when the table cannot be read without its missing columns. */
static bool read_header(struct csv_reader *r, const struct am_csv_row *row)
{
    bool complete = true;
    for (int c = 0; c < C_COUNT; c++)
        r->at[c] = -1;
    for (int f = 0; f < row->count; f++) {
        int column = find_column(row->fields[f]);
        if (column >= 0 && r->at[column] < 0)
            r->at[column] = f;
        else if (column >= 0)
            report_header(r, row->line, row->fields[f], "this column is given twice:");
        else if (strncmp(row->fields[f], "x-", 2) != 0)
            report_header(r, row->line, row->fields[f], "unknown column");
    }
    for (int c = 0; c < C_REQUIRED; c++) {
        if (r->at[c] >= 0)
            continue;
        complain(r, AM_ERROR, row->line, (enum column)c, "this column is missing");
        complete = false;
    }
    return complete;
}

/* ---- fields ---- */

static const char *field(const struct csv_reader *r, const struct am_csv_row *row,
                         enum column column)
{
    int at = r->at[column];
    return at >= 0 && at < row->count ? row->fields[at] : "";
}

static am_status read_place(struct csv_reader *r, const struct am_csv_row *row, enum column column,
                            int32_t *place)
{
    const char *id = field(r, row, column);
    char text[300];
    int number = am_names_find(r->places->names, id);
    *place = number >= 0 ? r->places->index[number] : -1;
    if (number >= 0)
        return AM_OK;
    if (!*id) {
        expected(r, row->line, column, "the id of a place", id);
        return AM_OK;
    }
    char *copy = am_arena_strdup(&r->scratch, id);
    am_status status = copy ? am_names_add(&r->unknown, copy, &number) : AM_ENOMEM;
    if (status != AM_OK) /* known as unknown, or no memory */
        return status == AM_EINVALID ? AM_OK : am_fail_memory(r->err);
    const char *nearest = am_names_nearest(r->places->names, id);
    (void)snprintf(text, sizeof text,
                   "no place of the caseload is called \"%.60s\"%s%.60s%s: its rows are left out",
                   id, nearest ? " (the nearest is \"" : "", nearest ? nearest : "",
                   nearest ? "\")" : "");
    complain(r, AM_WARNING, row->line, column, text);
    return AM_OK;
}

static bool read_word(struct csv_reader *r, const struct am_csv_row *row, enum column column,
                      const char *const *words, int count, int *word)
{
    char list[200] = "one of";
    size_t used = strlen(list);
    const char *found = field(r, row, column);
    for (int w = 0; w < count; w++) {
        if (strcmp(found, words[w]) == 0) {
            *word = w;
            return true;
        }
        int more = snprintf(list + used, sizeof list - used, " %s", words[w]);
        used += more > 0 ? (size_t)more : 0;
    }
    expected(r, row->line, column, list, found);
    return false;
}

static bool read_minutes(struct csv_reader *r, const struct am_csv_row *row, enum column column,
                         int16_t *minutes)
{
    const char *text = field(r, row, column);
    size_t digits = strspn(text, "0123456789");
    *minutes = AM_UNKNOWN_JOURNEY;
    if (!*text)
        return true;
    if (strcmp(text, "no") == 0) {
        *minutes = AM_NO_JOURNEY;
        return true;
    }
    long value = digits > 0 && digits < 6 && !text[digits] ? strtol(text, NULL, 10) : -1;
    if (value < 0 || value > AM_TRAVEL_MINUTES) {
        expected(r, row->line, column, "whole minutes, \"no\" or nothing", text);
        return false;
    }
    *minutes = (int16_t)value;
    return true;
}

/* "MO TU WE"; blank is every day */
static bool read_days(struct csv_reader *r, const struct am_csv_row *row, am_weekdays *days)
{
    static const char codes[] = "MO TU WE TH FR SA SU";
    const char *text = field(r, row, C_DAYS), *at = text;
    *days = 0;
    while (*at) {
        char code[3] = {at[0], at[1], '\0'};
        const char *found = at[1] && (at[2] == ' ' || !at[2]) ? strstr(codes, code) : NULL;
        if (!found || (found - codes) % 3 != 0) {
            expected(r, row->line, C_DAYS, "days such as \"MO TU WE\", or nothing", text);
            return false;
        }
        *days |= (am_weekdays)(1 << ((found - codes) / 3));
        at += 2;
        at += strspn(at, " ");
    }
    if (*days == 0)
        *days = 0x7f;
    return true;
}

static bool read_start(struct csv_reader *r, const struct am_csv_row *row, int16_t *hour)
{
    const char *text = field(r, row, C_START);
    int minute = ANY_HOUR;
    if (*text && !am_minute_parse(text, &minute)) {
        expected(r, row->line, C_START, "the start of a session as HH:MM, or nothing", text);
        return false;
    }
    *hour = (int16_t)minute;
    return true;
}

static bool read_kind(struct csv_reader *r, const struct am_csv_row *row, struct kind *kind)
{
    static const char *const modes[] = {"walk", "cycle", "car", "public_transport"};
    static const char *const sources[] = {"planner", "timetable", "routed", "estimated"};
    const char *checked = field(r, row, C_CHECKED_ON);
    int mode = 0, source = AM_PLANNER;
    am_date date;
    bool good = read_word(r, row, C_MODE, modes, AM_MODE_COUNT, &mode);
    if (*field(r, row, C_SOURCE))
        good = read_word(r, row, C_SOURCE, sources, AM_TRAVEL_QUALITY_COUNT, &source) && good;
    good = read_days(r, row, &kind->days) && good;
    good = read_start(r, row, &kind->hour) && good;
    if (*checked && !am_date_parse(checked, &date)) {
        expected(r, row->line, C_CHECKED_ON, "a date as YYYY-MM-DD, or nothing", checked);
        good = false;
    }
    kind->mode = (enum am_mode)mode;
    kind->quality = (enum am_travel_quality)source;
    return good;
}

/* ---- rows and groups ---- */

static void *grown(void *items, int *room, size_t size)
{
    int more = *room > 0 ? 2 * *room : 256;
    void *memory = realloc(items, (size_t)more * size);
    if (memory)
        *room = more;
    return memory;
}

static bool same_kind(const struct kind *a, const struct kind *b)
{
    return a->mode == b->mode && a->days == b->days && a->hour == b->hour &&
           a->quality == b->quality;
}

/* The group of a row; kinds are few. */
static am_status find_group(struct csv_reader *r, const struct row *row, int *group)
{
    for (int g = r->group_count - 1; g >= 0; g--) {
        if (same_kind(&r->groups[g].kind, &row->kind)) {
            *group = g;
            return AM_OK;
        }
    }
    if (r->group_count == AM_TRAVEL_KINDS) {
        complain(r, AM_ERROR, row->line, C_MODE,
                 "more than 500 different combinations of mode, days, start and source");
        r->full = true;
        return AM_OK;
    }
    if (r->group_count == r->group_room) {
        struct group *groups = grown(r->groups, &r->group_room, sizeof *groups);
        if (!groups)
            return am_fail_memory(r->err);
        r->groups = groups;
    }
    r->groups[r->group_count] = (struct group){.kind = row->kind, .first_row = r->row_count};
    *group = r->group_count++;
    return AM_OK;
}

static am_status add_row(struct csv_reader *r, struct row row)
{
    am_status status = find_group(r, &row, &row.group);
    if (status != AM_OK || r->full)
        return status;
    r->groups[row.group].there |= row.there != AM_UNKNOWN_JOURNEY;
    r->groups[row.group].back |= row.back != AM_UNKNOWN_JOURNEY;
    if (r->row_count == r->row_room) {
        struct row *rows = grown(r->rows, &r->row_room, sizeof *rows);
        if (!rows)
            return am_fail_memory(r->err);
        r->rows = rows;
    }
    r->rows[r->row_count++] = row;
    return AM_OK;
}

static am_status read_row(struct csv_reader *r, const struct am_csv_row *fields)
{
    struct row row = {.line = fields->line};
    bool good = read_kind(r, fields, &row.kind);
    good = read_minutes(r, fields, C_THERE, &row.there) && good;
    good = read_minutes(r, fields, C_BACK, &row.back) && good;
    am_status status = read_place(r, fields, C_FROM, &row.from);
    if (status == AM_OK)
        status = read_place(r, fields, C_PLACE, &row.place);
    if (status != AM_OK || !good || row.from < 0 || row.place < 0)
        return status;
    return add_row(r, row);
}

static am_status read_rows(struct csv_reader *r, char *text, size_t size)
{
    struct am_csv csv;
    struct am_csv_row row;
    struct am_err err = {0};
    bool header = false;
    am_csv_init(&csv, text, size);
    for (;;) {
        am_status status = am_csv_next(&csv, &row, &err);
        if (status != AM_OK) {
            am_diag_add(r->diag, AM_ERROR,
                        (struct am_where){.file = r->file, .line = csv.fault_line}, "%s", err.msg);
            return AM_OK;
        }
        if (row.count == 0)
            break;
        if (!header) {
            header = true;
            if (!read_header(r, &row))
                return AM_OK;
        } else if ((status = read_row(r, &row)) != AM_OK || r->full) {
            return status;
        }
    }
    if (!header)
        am_diag_add(r->diag, AM_ERROR, (struct am_where){.file = r->file, .line = 1},
                    "the file is empty; expected a row of column names");
    return AM_OK;
}

/* ---- tables ---- */

static int compare_rows(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return x->line < y->line ? -1 : 1;
}

static void check_twice(struct csv_reader *r)
{
    for (int i = 1; i < r->row_count; i++) {
        const struct row *a = &r->rows[i - 1], *b = &r->rows[i];
        char text[100];
        if (a->group != b->group || a->from != b->from || a->place != b->place)
            continue;
        (void)snprintf(text, sizeof text, "this journey is on line %d too", a->line);
        complain(r, AM_ERROR, b->line, C_FROM, text);
    }
}

/* Number the places that the rows name; returns how many. */
static int number_places(const struct csv_reader *r, int first, int last, bool homes, int32_t *of)
{
    int count = 0;
    for (int p = 0; p < r->places->place_count; p++)
        of[p] = -1;
    for (int i = first; i < last; i++) {
        int32_t place = homes ? r->rows[i].from : r->rows[i].place;
        if (of[place] < 0)
            of[place] = count++;
    }
    return count;
}

/* One direction of the rows of a group; for the way back, rows are sites. */
static am_status make_table(const struct csv_reader *r, int first, int last,
                            enum am_direction direction, struct am_arena *arena,
                            struct am_travel_table *table)
{
    bool back = direction == AM_BACK;
    const struct kind *kind = &r->rows[first].kind;
    int32_t *rows = AM_ARENA_NEW(arena, (size_t)r->places->place_count, int32_t);
    int32_t *columns = AM_ARENA_NEW(arena, (size_t)r->places->place_count, int32_t);
    if (!rows || !columns)
        return am_fail_memory(r->err);
    *table = (struct am_travel_table){.mode = kind->mode,
                                      .directions = (uint8_t)direction,
                                      .days = kind->days,
                                      .hour = back ? (int16_t)ANY_HOUR : kind->hour,
                                      .quality = kind->quality,
                                      .rows = number_places(r, first, last, !back, rows),
                                      .columns = number_places(r, first, last, back, columns),
                                      .row_of = rows,
                                      .column_of = columns};
    size_t cells = (size_t)table->rows * (size_t)table->columns;
    if (cells > AM_TRAVEL_CELLS) {
        complain(r, AM_ERROR, r->rows[first].line, C_FROM,
                 "more than 200,000,000 pairs of a home and a place in one table");
        return AM_OK;
    }
    int16_t *minutes = AM_ARENA_NEW(arena, cells, int16_t);
    if (!minutes)
        return am_fail_memory(r->err);
    for (size_t c = 0; c < cells; c++)
        minutes[c] = AM_UNKNOWN_JOURNEY;
    for (int i = first; i < last; i++) {
        const struct row *row = &r->rows[i];
        int at = back ? rows[row->place] : rows[row->from];
        int to = back ? columns[row->from] : columns[row->place];
        minutes[(size_t)at * (size_t)table->columns + (size_t)to] = back ? row->back : row->there;
    }
    table->minutes = minutes;
    return AM_OK;
}

static am_status make_tables(struct csv_reader *r, struct am_arena *arena,
                             struct am_travel_tables *tables)
{
    am_status status = AM_OK;
    tables->at = AM_ARENA_NEW(arena, 2 * (size_t)r->group_count, struct am_travel_table);
    if (!tables->at)
        return am_fail_memory(r->err);
    for (int first = 0, last; first < r->row_count && status == AM_OK; first = last) {
        const struct group *group = &r->groups[r->rows[first].group];
        for (last = first; last < r->row_count && r->rows[last].group == r->rows[first].group;)
            last++;
        if (group->there)
            status = make_table(r, first, last, AM_THERE, arena, &tables->at[tables->count++]);
        if (group->back && status == AM_OK)
            status = make_table(r, first, last, AM_BACK, arena, &tables->at[tables->count++]);
    }
    return status;
}

am_status am_travel_csv_read(const struct am_travel_csv *csv, struct am_arena *arena,
                             struct am_travel_tables *tables, struct am_err *err)
{
    struct csv_reader r = {
        .file = csv->file, .places = &csv->places, .diag = csv->diag, .err = err};
    int errors = r.diag->errors;
    *tables = (struct am_travel_tables){0};
    am_arena_init(&r.scratch);
    am_names_init(&r.unknown, &r.scratch);
    am_status status = read_rows(&r, csv->text, csv->size);
    if (status == AM_OK && r.row_count > 0) {
        qsort(r.rows, (size_t)r.row_count, sizeof *r.rows, compare_rows);
        check_twice(&r);
        if (r.diag->errors == errors)
            status = make_tables(&r, arena, tables);
        if (r.diag->errors > errors)
            tables->count = 0;
    }
    am_arena_release(&r.scratch);
    free(r.rows);
    free(r.groups);
    return status;
}
