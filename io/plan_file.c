/*
 * amends-plan/1 as a document: every key, number and list.
 */
#include "io/plan_file.h"

#include <string.h>

#include "base/names.h"
#include "io/atomic_file.h"
#include "io/decimal.h"
#include "io/json_value.h"

enum {
    WEEK_MOST = 7 * AM_DAY_MINUTES,
    CURVE_MOST = AM_PLAN_WEEKS_MAX * WEEK_MOST,
    MINUTES_MOST = 1 << 30,
    SEATS_MOST = 1000000,
    ROW_COUNT = AM_SUPERVISED_ROWS
};

struct reader {
    struct am_plan_file *file;
    struct am_json *json;
    struct am_names crns; /* to find one that is given twice */
    bool failed;          /* memory; findings are in the diag */
};

/* ---- single values ---- */

static void *take(struct reader *r, int count, size_t size)
{
    void *room = am_arena_alloc(&r->file->arena, (size_t)count, size);
    r->failed = r->failed || !room;
    return room;
}

static int64_t read_figure(struct reader *r, const cJSON *value)
{
    if (!value)
        return 0;
    if (cJSON_IsNumber(value)) {
        struct am_decimal number = am_decimal_read(r->json->text + value->valueint, 0);
        if (number.in_range && number.exact)
            return number.floor;
    }
    (void)am_json_expected(r->json, value, "a whole number of at most 18 digits");
    return 0;
}

static int32_t read_minutes(struct reader *r, const cJSON *value, int32_t low)
{
    return am_json_whole(r->json, value, low, MINUTES_MOST, low);
}

static int32_t read_week(struct reader *r, const cJSON *value)
{
    return am_json_whole(r->json, value, 0, r->file->weeks - 1, 0);
}

/* ---- the head ---- */

static void read_made(struct reader *r, const cJSON *value)
{
    static const struct am_json_key keys[] = {
        {"program", true}, {"version", true}, {"input_sha256", true},      {"as_of", true},
        {"from", true},    {"weeks", true},   {"arrivals_per_week", true}, {"settings", true}};
    const cJSON *slots[8];
    struct am_plan_file *file = r->file;
    if (!value || !am_json_keys(r->json, value, keys, 8, slots))
        return;
    file->input_sha256 = am_json_text(r->json, slots[2]);
    file->input_at = slots[2];
    file->from = am_json_date(r->json, slots[4], AM_NO_DATE);
    file->weeks = am_json_whole(r->json, slots[5], 1, AM_PLAN_WEEKS_MAX, 0);
    file->arrivals_per_week = am_json_whole(r->json, slots[6], -1, SEATS_MOST, -1);
    if (file->from != AM_NO_DATE && am_weekday_of(file->from) != AM_MO)
        am_json_error(r->json, slots[4], "expected a Monday");
}

static void read_proof(struct reader *r, const cJSON *value)
{
    static const struct am_json_key keys[] = {
        {"objective", true}, {"bound", true}, {"between", false}, {"gap_millionths", false}};
    const cJSON *slots[4];
    if (!value || !am_json_keys(r->json, value, keys, 4, slots))
        return;
    r->file->objective = read_figure(r, slots[0]);
    r->file->bound = read_figure(r, slots[1]);
}

/* ---- kinds of place ---- */

static void read_kind(struct reader *r, const cJSON *value, int index)
{
    static const struct am_json_key keys[] = {
        {"kind", true},  {"project", true},    {"place", true}, {"minutes", true},
        {"seats", true}, {"supervised", true}, {"part", true}};
    static const char *const parts[] = {"weekdays", "saturday", "sunday"};
    const cJSON *slots[7];
    struct am_plan_file_kind *kind = &r->file->kinds[index];
    if (!am_json_keys(r->json, value, keys, 7, slots))
        return;
    if (am_json_whole(r->json, slots[0], 0, MINUTES_MOST, index) != index)
        am_json_error(r->json, slots[0], "expected %d: kinds are numbered as they stand", index);
    kind->project = am_json_text(r->json, slots[1]);
    kind->place = am_json_text(r->json, slots[2]);
    kind->minutes = am_json_whole(r->json, slots[3], 1, AM_DAY_MINUTES, 1);
    kind->seats = am_json_whole(r->json, slots[4], 0, SEATS_MOST, 0);
    kind->supervised = am_json_flag(r->json, slots[5], false);
    kind->part = (enum am_week_part)am_json_word(r->json, slots[6], parts, AM_PART_COUNT, 0);
    kind->at = value;
}

static void read_kinds(struct reader *r, const cJSON *list)
{
    struct am_plan_file *file = r->file;
    const cJSON *at = am_json_list(r->json, list, &file->kind_count);
    file->kinds = take(r, file->kind_count, sizeof *file->kinds);
    for (int i = 0; at && !r->failed; at = at->next, i++)
        read_kind(r, at, i);
}

static int32_t read_kind_number(struct reader *r, const cJSON *value)
{
    if (r->file->kind_count == 0 && value)
        am_json_error(r->json, value, "the plan has no kinds of place");
    return r->file->kind_count == 0 ? 0
                                    : am_json_whole(r->json, value, 0, r->file->kind_count - 1, 0);
}

static void read_uses(struct reader *r, const cJSON *list)
{
    static const struct am_json_key keys[] = {{"week", true},  {"kind", true},
                                              {"held", true},  {"run", true},
                                              {"price", true}, {"seat_minutes", true}};
    struct am_plan_file *file = r->file;
    int count;
    const cJSON *slots[6], *at = am_json_list(r->json, list, &count);
    file->uses = take(r, count, sizeof *file->uses);
    for (; at && !r->failed; at = at->next) {
        if (!am_json_keys(r->json, at, keys, 6, slots))
            continue;
        file->uses[file->use_count++] = (struct am_plan_file_use){
            .week = read_week(r, slots[0]),
            .kind = read_kind_number(r, slots[1]),
            .held_min = read_minutes(r, slots[2], 0),
            .run_min = read_minutes(r, slots[3], 0),
            .price = read_figure(r, slots[4]),
            .seat_min = read_figure(r, slots[5]),
        };
    }
}

static void read_supervisors(struct reader *r, const cJSON *list)
{
    static const struct am_json_key keys[] = {
        {"week", true}, {"part", true}, {"minutes", true}, {"price", true}};
    static const char *const rows[ROW_COUNT] = {"weekdays", "saturday", "sunday", "week"};
    struct am_plan_file *file = r->file;
    int count;
    const cJSON *slots[4], *at = am_json_list(r->json, list, &count);
    file->supervisors = take(r, count, sizeof *file->supervisors);
    for (; at && !r->failed; at = at->next) {
        if (!am_json_keys(r->json, at, keys, 4, slots))
            continue;
        file->supervisors[file->supervisor_count++] = (struct am_plan_file_supervisors){
            .week = read_week(r, slots[0]),
            .row = am_json_word(r->json, slots[1], rows, ROW_COUNT, 0),
            .minutes = read_minutes(r, slots[2], 0),
            .price = read_figure(r, slots[3]),
        };
    }
}

/* ---- people ---- */

/* One number a week, none below the one before. */
static int32_t *read_curve(struct reader *r, const cJSON *value)
{
    int count, weeks = r->file->weeks;
    const cJSON *at = am_json_list(r->json, value, &count);
    int32_t *curve = take(r, weeks, sizeof *curve);
    if (!curve || !value || !cJSON_IsArray(value))
        return curve;
    if (count != weeks)
        am_json_error(r->json, value, "expected %d numbers, one a week, found %d", weeks, count);
    for (int w = 0; at && w < weeks; at = at->next, w++) {
        int32_t before = w > 0 ? curve[w - 1] : 0;
        curve[w] = am_json_whole(r->json, at, before, CURVE_MOST, before);
    }
    return curve;
}

static void check_curves(struct reader *r, const struct am_plan_file_planned *who,
                         const cJSON *least)
{
    for (int w = 0; w < r->file->weeks; w++)
        if (who->least_min[w] > who->by_min[w]) {
            am_json_error(r->json, least, "week %d: at least %d minutes, but only %d are planned",
                          w, who->least_min[w], who->by_min[w]);
            return;
        }
}

static void read_events(struct reader *r, struct am_plan_file_planned *who, const cJSON *list)
{
    static const struct am_json_key keys[] = {
        {"event", true}, {"deadline", false}, {"until_minutes", false}, {"short_minutes", false}};
    int count;
    const cJSON *slots[4], *at = am_json_list(r->json, list, &count);
    who->events = take(r, count, sizeof *who->events);
    for (; at && !r->failed; at = at->next)
        if (am_json_keys(r->json, at, keys, 4, slots))
            who->events[who->event_count++] = am_json_text(r->json, slots[0]);
}

static void read_cells(struct reader *r, struct am_plan_file_planned *who, const cJSON *list)
{
    static const struct am_json_key keys[] = {{"week", true}, {"kind", true}, {"minutes", true}};
    int count, last_week = -1, last_kind = -1;
    const cJSON *slots[3], *at = am_json_list(r->json, list, &count);
    who->cells = take(r, count, sizeof *who->cells);
    for (; at && !r->failed; at = at->next) {
        if (!am_json_keys(r->json, at, keys, 3, slots))
            continue;
        struct am_plan_file_cell cell = {read_week(r, slots[0]), read_kind_number(r, slots[1]),
                                         am_json_whole(r->json, slots[2], 1, WEEK_MOST, 1)};
        if (cell.week < last_week || (cell.week == last_week && cell.kind <= last_kind))
            am_json_error(r->json, at, "cells are in the order of week and kind, each once");
        last_week = cell.week;
        last_kind = cell.kind;
        who->cells[who->cell_count++] = cell;
    }
}

static void read_person(struct reader *r, const cJSON *value, struct am_plan_file_planned *who)
{
    static const struct am_json_key keys[] = {{"crn", true},          {"orders", true},
                                              {"left_minutes", true}, {"to_book_minutes", false},
                                              {"planned_by", true},   {"needed_by", true},
                                              {"cells", true}};
    const cJSON *slots[7];
    int number;
    if (!am_json_keys(r->json, value, keys, 7, slots))
        return;
    const char *crn = am_json_id(r->json, slots[0]);
    who->crn = crn ? crn : "";
    am_status status = am_names_add(&r->crns, who->crn, &number);
    r->failed = r->failed || status == AM_ENOMEM;
    if (status == AM_EINVALID && crn)
        am_json_error(r->json, slots[0], "given twice");
    read_events(r, who, slots[1]);
    who->left_min = read_minutes(r, slots[2], 0);
    who->by_min = read_curve(r, slots[4]);
    who->least_min = read_curve(r, slots[5]);
    read_cells(r, who, slots[6]);
    if (!r->failed)
        check_curves(r, who, slots[5]);
}

static void read_arrival(struct reader *r, const cJSON *value, struct am_plan_file_planned *who)
{
    static const struct am_json_key keys[] = {{"arrival", true},
                                              {"like", false},
                                              {"sentence_date", false},
                                              {"to_book_minutes", false},
                                              {"cells", true}};
    const cJSON *slots[5];
    if (!am_json_keys(r->json, value, keys, 5, slots))
        return;
    who->arrival = am_json_whole(r->json, slots[0], 0, MINUTES_MOST, 0);
    read_cells(r, who, slots[4]);
}

static void read_planned(struct reader *r, const cJSON *people, const cJSON *arrivals)
{
    struct am_plan_file *file = r->file;
    int person_count, arrival_count;
    const cJSON *person = am_json_list(r->json, people, &person_count);
    const cJSON *arrival = am_json_list(r->json, arrivals, &arrival_count);
    file->planned = take(r, person_count + arrival_count, sizeof *file->planned);
    for (; person && !r->failed; person = person->next) {
        struct am_plan_file_planned *who = &file->planned[file->planned_count++];
        *who = (struct am_plan_file_planned){.crn = "", .arrival = -1, .at = person};
        read_person(r, person, who);
    }
    for (; arrival && !r->failed; arrival = arrival->next) {
        struct am_plan_file_planned *who = &file->planned[file->planned_count++];
        *who = (struct am_plan_file_planned){.at = arrival};
        read_arrival(r, arrival, who);
    }
}

/* ---- the whole ---- */

static void read_root(struct reader *r)
{
    static const struct am_json_key keys[] = {
        {"format", true}, {"made", true},     {"proof", true},
        {"cost", true},   {"kinds", true},    {"capacity", true},
        {"people", true}, {"arrivals", true}, {"supervisors", true}};
    static const char *const formats[] = {"amends-plan/1"};
    const cJSON *slots[9];
    if (!am_json_keys(r->json, r->json->root, keys, 9, slots))
        return;
    (void)am_json_word(r->json, slots[0], formats, 1, 0);
    read_made(r, slots[1]);
    if (r->file->weeks == 0)
        return; /* without them nothing else can be checked */
    read_proof(r, slots[2]);
    read_kinds(r, slots[4]);
    read_uses(r, slots[5]);
    read_supervisors(r, slots[8]);
    read_planned(r, slots[6], slots[7]);
}

static void digest(struct am_plan_file *file, const char *text, size_t size)
{
    struct am_digest all;
    am_digest_init(&all);
    am_digest_add(&all, text, size);
    am_digest_finish(&all, file->sha256);
}

am_status am_plan_file_read(struct am_plan_file *file, const char *path, struct am_diag *diag,
                            struct am_err *err)
{
    struct reader r = {.file = file, .json = &file->json};
    char *text;
    size_t size;
    *file = (struct am_plan_file){.from = AM_NO_DATE, .input_sha256 = ""};
    am_arena_init(&file->arena);
    am_json_init(&file->json, path, diag, &file->arena);
    am_names_init(&r.crns, &file->arena);
    am_status status = am_read_file(path, AM_FILE_LIMIT, &text, &size, err);
    if (status != AM_OK)
        return status;
    digest(file, text, size);
    status = am_json_parse_packed(&file->json, text, size, err);
    if (status != AM_OK)
        return status;
    read_root(&r);
    if (r.failed || file->json.out_of_memory)
        return am_fail_memory(err);
    return am_json_errors(&file->json) > 0 ? am_fail(err, AM_EINVALID, "%s: not a plan", path)
                                           : AM_OK;
}

void am_plan_file_release(struct am_plan_file *file)
{
    am_json_release(&file->json);
    am_arena_release(&file->arena);
}
