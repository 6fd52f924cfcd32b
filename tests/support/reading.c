#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/caseload_json.h"
#include "tests/support/reading.h"

enum { PATH_BYTES = 200, FILES_MOST = 64 };

static char folder[64];
static char paths[FILES_MOST][PATH_BYTES];
static int path_count;

static void clean_up(void)
{
    for (int i = 0; i < path_count; i++)
        (void)unlink(paths[i]);
    (void)rmdir(folder);
}

static void open_folder(void)
{
    if (folder[0])
        return;
    (void)snprintf(folder, sizeof folder, "/tmp/amends-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(atexit(clean_up), 0);
}

const char *reading_scratch(const char *name, const char *bytes)
{
    open_folder();
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    int at = 0;
    while (at < path_count && strcmp(paths[at], path) != 0)
        at++;
    assert_true(at < FILES_MOST);
    if (at == path_count)
        memcpy(paths[path_count++], path, sizeof path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, strlen(bytes), file), strlen(bytes));
    assert_int_equal(fclose(file), 0);
    return paths[at];
}

void reading_file(struct reading *reading, const char *path)
{
    *reading = (struct reading){0};
    am_diag_init(&reading->diag);
    reading->status = am_caseload_read(&reading->caseload, path, &reading->diag, &reading->err);
}

void reading_text(struct reading *reading, const char *text)
{
    reading_file(reading, reading_scratch("caseload.json", text));
}

static const char *or_else(const char *text, const char *fallback)
{
    return text ? text : fallback;
}

void reading_parts(struct reading *reading, struct reading_parts parts)
{
    static const char people[] =
        "{\"crn\": \"X1\", \"gender\": \"male\", \"placement\": [\"mixed_group\"],"
        " \"home\": \"home\", \"travel_modes\": [\"walk\"], \"orders\": [{\"event\": \"1\","
        " \"sentence_date\": \"2026-01-05\", \"ordered_minutes\": 6000}], \"available\":"
        " [{\"days\": [\"TU\"], \"from\": \"08:00\", \"to\": \"18:00\"}]}";
    static const char projects[] =
        "{\"code\": \"PARK\", \"type\": \"group\", \"place\": \"park\", \"sessions\": [{\"id\":"
        " \"PARK-A\", \"start\": \"2026-01-06T09:30\", \"minutes\": 420, \"rrule\":"
        " \"FREQ=WEEKLY\", \"places\": 8}]}";
    static const char supervisors[] =
        "{\"code\": \"SV1\", \"available\": [{\"days\": [\"TU\"], \"from\": \"08:00\", \"to\":"
        " \"18:00\"}], \"group_limit\": 8}";
    static const char frame[] =
        "{\"format\": %s, \"as_of\": %s, \"window\": %s, \"policy\": %s, \"bank_holidays\": [],\n"
        " \"places\": [%s],\n \"people\": [%s],\n \"projects\": [%s],\n \"supervisors\": [%s]%s%s}";
    size_t room = 1 << 16;
    char *text = malloc(room);
    assert_non_null(text);
    int length = snprintf(
        text, room, frame, or_else(parts.format, "\"amends-caseload/1\""),
        or_else(parts.as_of, "\"2026-02-26\""), or_else(parts.window, "{\"from\": \"2026-03-02\"}"),
        or_else(parts.policy, "{}"),
        or_else(parts.places, "{\"id\": \"home\"}, {\"id\": \"park\"}"),
        or_else(parts.people, people), or_else(parts.projects, projects),
        or_else(parts.supervisors, supervisors), parts.rest ? ",\n " : "", or_else(parts.rest, ""));
    assert_true(length > 0 && (size_t)length < room);
    reading_text(reading, text);
    free(text);
}

void reading_release(struct reading *reading)
{
    am_caseload_release(&reading->caseload);
    am_diag_release(&reading->diag);
}

const struct am_finding *reading_find(const struct reading *reading, enum am_severity severity,
                                      const char *path, const char *text)
{
    for (const struct am_finding *f = reading->diag.first; f; f = f->next)
        if (f->severity == severity && strcmp(f->path, path) == 0 && strstr(f->text, text))
            return f;
    return NULL;
}

static void check(struct reading_parts parts, enum am_severity severity, int errors,
                  const char *path, const char *text)
{
    struct reading reading;
    reading_parts(&reading, parts);
    bool found = !path || reading_find(&reading, severity, path, text) != NULL;
    bool counted = reading.diag.errors == errors;
    bool told = reading.status == (errors > 0 ? AM_EINVALID : AM_OK);
    if (!found || !counted || !told)
        am_diag_print(&reading.diag, stderr);
    reading_release(&reading);
    assert_true(found);
    assert_true(counted);
    assert_true(told);
}

void reading_only_error(struct reading_parts parts, const char *path, const char *text)
{
    check(parts, AM_ERROR, 1, path, text);
}

void reading_warns(struct reading_parts parts, const char *path, const char *text)
{
    check(parts, AM_WARNING, 0, path, text);
}

void reading_is_good(struct reading_parts parts)
{
    check(parts, AM_ERROR, 0, NULL, NULL);
}
