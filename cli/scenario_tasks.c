#include "cli/scenario_tasks.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "io/atomic_file.h"
#include "io/emit_json.h"
#include "io/limits.h"

enum { PATH_ROOM = 64 };

#define SLICE_FORMAT "amends-scenario-slice/1"

bool am_slice_parse(const char *text, struct am_slice *slice)
{
    int *const targets[] = {&slice->index, &slice->of};
    const char *at = text;
    for (int i = 0; i < 2; i++) {
        int number = 0;
        if (*at < '1' || *at > '9')
            return false;
        for (; *at >= '0' && *at <= '9' && number <= AM_SLICES_MOST; at++)
            number = 10 * number + (*at - '0');
        if (number > AM_SLICES_MOST || *at++ != (i == 0 ? '/' : '\0'))
            return false;
        *targets[i] = number;
    }
    return slice->index <= slice->of;
}

/* ---- what a slice belongs to ---- */

static void add_number(struct am_digest *digest, int64_t number)
{
    char text[32];
    int size = snprintf(text, sizeof text, "%" PRId64 "\n", number);
    am_digest_add(digest, text, (size_t)size);
}

static void add_bytes(struct am_digest *digest, const char *bytes, size_t size)
{
    add_number(digest, (int64_t)size);
    am_digest_add(digest, bytes, size);
}

/* What a roster depends on: not how many threads make it. */
static void add_settings(struct am_digest *digest, const struct am_settings *settings)
{
    for (int i = 0; i < am_setting_count; i++) {
        const struct am_setting *setting = &am_setting_table[i];
        if (strcmp(setting->name, "threads") == 0)
            continue;
        add_bytes(digest, setting->name, strlen(setting->name));
        add_number(digest, am_setting_value(settings, setting));
    }
}

void am_slice_run_of(struct am_slice_run *run, const char *base_sha256,
                     const struct am_settings *settings, bool forecast,
                     const struct am_scenario_task *tasks, int count)
{
    struct am_digest digest;
    am_digest_init(&digest);
    add_bytes(&digest, AM_VERSION, strlen(AM_VERSION));
    add_bytes(&digest, base_sha256, strlen(base_sha256));
    add_settings(&digest, settings);
    add_number(&digest, forecast);
    add_number(&digest, count);
    for (int i = 0; i < count; i++)
        add_bytes(&digest, tasks[i].scenario.bytes ? tasks[i].scenario.bytes : "",
                  tasks[i].scenario.size);
    am_digest_finish(&digest, run->digest);
    run->tasks = count;
}

/* ---- running ---- */

am_status am_slice_solve(struct am_slice slice, struct am_scenario_base *base,
                         const struct am_scenario_task *tasks, int count,
                         struct am_compare_row *rows, struct am_arena *arena, struct am_diag *diag,
                         struct am_err *err)
{
    size_t room = (size_t)count / (size_t)slice.of + 1;
    struct am_scenario_task *own = AM_ARENA_NEW(arena, room, struct am_scenario_task);
    struct am_compare_row *own_rows = AM_ARENA_NEW(arena, room, struct am_compare_row);
    if (!own || !own_rows)
        return am_fail_memory(err);
    int own_count = 0;
    for (int i = slice.index - 1; i < count; i += slice.of)
        own[own_count++] = tasks[i];
    am_status status = am_scenario_run(base, own, own_count, own_rows, arena, diag, err);
    for (int i = 0; i < own_count && status == AM_OK; i++)
        rows[slice.index - 1 + i * slice.of] = own_rows[i];
    return status;
}

/* ---- writing ---- */

static void slice_name(char name[PATH_ROOM], struct am_slice slice)
{
    (void)snprintf(name, PATH_ROOM, "slice-%d-of-%d.jsonl", slice.index, slice.of);
}

/* In JSON a line break stands only where any space may. */
static void add_line(struct am_text *text, const char *json)
{
    bool broken = false;
    for (; *json; json++) {
        broken = *json == '\n' || (broken && *json == ' ');
        if (!broken)
            am_text_char(text, *json);
    }
    am_text_char(text, '\n');
}

static void add_head(struct am_text *text, const struct am_slice_run *run, struct am_slice slice)
{
    struct am_emit emit;
    struct am_text head = {0};
    am_emit_init(&emit, &head);
    am_emit_open(&emit, NULL, '{', true);
    am_emit_string(&emit, "format", SLICE_FORMAT);
    am_emit_int(&emit, "slice", slice.index);
    am_emit_int(&emit, "of", slice.of);
    am_emit_int(&emit, "tasks", run->tasks);
    am_emit_string(&emit, "run", run->digest);
    am_emit_close(&emit);
    text->failed = text->failed || head.failed;
    add_line(text, am_text_string(&head));
    am_text_release(&head);
}

static void add_row(struct am_text *text, const struct am_compare_row *row)
{
    struct am_text json = {0};
    am_compare_row_write(row, &json);
    text->failed = text->failed || json.failed;
    add_line(text, am_text_string(&json));
    am_text_release(&json);
}

am_status am_slice_write(const struct am_slice_run *run, struct am_slice slice,
                         const struct am_compare_row *rows, const char *folder, struct am_err *err)
{
    struct am_text text = {0}, path = {0};
    char name[PATH_ROOM];
    slice_name(name, slice);
    am_text_format(&path, "%s/%s", folder, name);
    add_head(&text, run, slice);
    for (int i = 0; i < run->tasks; i++)
        if (am_slice_has(slice, i))
            add_row(&text, &rows[i]);
    am_status status = am_text_status(&text, err);
    if (status == AM_OK)
        status = am_text_status(&path, err);
    if (status == AM_OK)
        status = am_make_folder(folder, err);
    if (status == AM_OK)
        status = am_atomic_write(am_text_string(&path), text.bytes, text.size, err);
    am_text_release(&text);
    am_text_release(&path);
    return status;
}

/* ---- collecting ---- */

/* Putting slices together. */
struct collecting {
    const struct am_slice_run *run;
    const char *folder;
    struct am_compare_row *rows;
    struct am_arena *arena;
    struct am_diag *diag;
};

static void found(const struct collecting *collecting, struct am_slice slice, const char *text)
{
    char name[PATH_ROOM];
    struct am_text path = {0};
    slice_name(name, slice);
    am_text_format(&path, "%s/%s", collecting->folder, name);
    am_diag_add(collecting->diag, AM_ERROR, (struct am_where){.file = am_text_string(&path)},
                "%s; make it with --task %d/%d", text, slice.index, slice.of);
    am_text_release(&path);
}

/* Is it the name of a slice? */
static bool parse_name(const char *name, struct am_slice *slice)
{
    char again[PATH_ROOM];
    if (sscanf(name, "slice-%6d-of-%6d.jsonl", &slice->index, &slice->of) != 2 ||
        slice->index < 1 || slice->index > slice->of || slice->of > AM_SLICES_MOST)
        return false;
    slice_name(again, *slice);
    return strcmp(again, name) == 0;
}

/* How many slices the folder is of: 0 (a finding) where there is none, or where
 * there are slices of several numbers. */
static am_status count_slices(const struct collecting *collecting, int *of, struct am_err *err)
{
    const char *folder = collecting->folder;
    struct am_where where = {.file = folder};
    int least = 0, most = 0;
    struct dirent *entry;
    DIR *open = opendir(folder);
    if (!open)
        return am_fail(err, AM_EIO, "%s: %s", folder, strerror(errno));
    while ((entry = readdir(open))) {
        struct am_slice slice;
        if (!parse_name(entry->d_name, &slice))
            continue;
        most = slice.of > most ? slice.of : most;
        least = least == 0 || slice.of < least ? slice.of : least;
    }
    (void)closedir(open);
    *of = least == most ? least : 0;
    if (least != most)
        am_diag_add(collecting->diag, AM_ERROR, where,
                    "there are slices of %d and of %d in it; remove those of the other run", least,
                    most);
    else if (least == 0)
        am_diag_add(collecting->diag, AM_ERROR, where,
                    "there is no slice in it; --task I/N -o FOLDER writes one");
    return AM_OK;
}

/* The next line, without its end; NULL where there is none that ends. */
static char *take_line(char **at)
{
    char *line = *at, *end = strchr(line, '\n');
    if (!end)
        return NULL;
    *end = '\0';
    *at = end + 1;
    return line;
}

/* One row, its findings on the line of the file where it stands. */
static am_status take_row(const struct collecting *collecting, const char *path, const char *row,
                          int line, struct am_compare_row *into, struct am_err *err)
{
    struct am_text text = {0};
    for (int i = 1; i < line; i++)
        am_text_char(&text, '\n');
    am_text_add(&text, row);
    am_status status = am_text_status(&text, err);
    if (status == AM_OK) {
        struct am_document document = {.path = path, .bytes = text.bytes, .size = text.size};
        status = am_compare_row_read(into, &document, collecting->arena, collecting->diag, err);
    }
    am_text_release(&text);
    return status;
}

/* The rows of one slice, from behind its first line. */
static am_status take_rows(const struct collecting *collecting, struct am_slice slice,
                           const char *path, char *at, struct am_err *err)
{
    int number = 1; /* of the line */
    for (int i = slice.index - 1; i < collecting->run->tasks; i += slice.of) {
        char *line = take_line(&at);
        if (!line) {
            found(collecting, slice, "damaged: a line is missing");
            return AM_OK;
        }
        am_status status = take_row(collecting, path, line, ++number, &collecting->rows[i], err);
        if (status == AM_EPARSE || status == AM_EINVALID)
            found(collecting, slice, "damaged");
        else if (status != AM_OK)
            return status;
    }
    if (*at != '\0')
        found(collecting, slice, "damaged: there is more in it than its tasks");
    return AM_OK;
}

static am_status take_text(const struct collecting *collecting, struct am_slice slice,
                           const char *path, char *text, struct am_err *err)
{
    struct am_text head = {0};
    char *at = text;
    add_head(&head, collecting->run, slice);
    am_status status = am_text_status(&head, err);
    if (status == AM_OK) {
        const char *line = take_line(&at);
        bool same =
            line && strlen(line) + 1 == head.size && memcmp(line, head.bytes, strlen(line)) == 0;
        if (same)
            status = take_rows(collecting, slice, path, at, err);
        else
            found(collecting, slice,
                  "of another run: of other scenarios, settings, another caseload or another "
                  "version of amends");
    }
    am_text_release(&head);
    return status;
}

static am_status take_slice(const struct collecting *collecting, struct am_slice slice,
                            struct am_err *err)
{
    char name[PATH_ROOM], *bytes = NULL;
    size_t size;
    struct am_text path = {0};
    slice_name(name, slice);
    am_text_format(&path, "%s/%s", collecting->folder, name);
    am_status status = am_text_status(&path, err);
    if (status == AM_OK && access(am_text_string(&path), F_OK) != 0) {
        found(collecting, slice, "missing: this slice was not run, or did not end");
    } else if (status == AM_OK) {
        /* a path that lives as long as what names it */
        const char *kept = am_arena_strdup(collecting->arena, am_text_string(&path));
        status = kept ? am_read_file(kept, AM_FILE_LIMIT, &bytes, &size, err) : am_fail_memory(err);
        if (status == AM_OK)
            status = take_text(collecting, slice, kept, bytes, err);
    }
    free(bytes);
    am_text_release(&path);
    return status;
}

am_status am_slices_collect(const struct am_slice_run *run, const char *folder,
                            struct am_compare_row *rows, struct am_arena *arena,
                            struct am_diag *diag, struct am_err *err)
{
    struct collecting collecting = {run, folder, rows, arena, diag};
    int of = 0, errors = diag->errors;
    am_status status = count_slices(&collecting, &of, err);
    for (int i = 1; i <= of && status == AM_OK; i++)
        status = take_slice(&collecting, (struct am_slice){i, of}, err);
    if (status == AM_OK && diag->errors > errors)
        status = am_fail(err, AM_EINVALID, "%s: slices missing or not of this run: %d", folder,
                         diag->errors - errors);
    return status;
}
