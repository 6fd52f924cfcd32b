#include "io/calendar_index.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/atomic_file.h"

enum { INDEX_LIMIT = 1 << 28 };

static const char *const kinds[] = {"team", "supervisor", "project", "person", "register"};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

am_status am_index_add(struct am_calendar_index *index, struct am_arena *arena,
                       struct am_index_entry entry, struct am_err *err)
{
    if (index->count == index->room) {
        int room = index->room ? 2 * index->room : 64;
        struct am_index_entry *more = AM_ARENA_NEW(arena, (size_t)room, struct am_index_entry);
        if (!more)
            return am_fail_memory(err);
        if (index->count > 0)
            memcpy(more, index->at, (size_t)index->count * sizeof *more);
        index->at = more;
        index->room = room;
    }
    index->at[index->count++] = entry;
    return AM_OK;
}

static int by_file(const void *a, const void *b)
{
    const struct am_index_entry *x = a, *y = b;
    return strcmp(x->file, y->file);
}

void am_index_sort(struct am_calendar_index *index)
{
    if (index->count > 0)
        qsort(index->at, (size_t)index->count, sizeof *index->at, by_file);
}

bool am_index_has(const struct am_calendar_index *index, const char *file)
{
    const struct am_index_entry wanted = {.file = file};
    return index->count > 0 &&
           bsearch(&wanted, index->at, (size_t)index->count, sizeof *index->at, by_file);
}

/* A name of letters, digits, dots, - and _, with this ending and something
 * before it, not beginning with a dot. */
static bool is_plain(const char *name, const char *ending)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    size_t size = strlen(name), last = strlen(ending);
    return size > last && name[0] != '.' && strspn(name, allowed) == size &&
           strcmp(name + size - last, ending) == 0;
}

/* Where such names lie; the narrower folder first. */
static bool is_ours(const char *file)
{
    static const char *const places[][2] = {
        {"calendars/people/", ".ics"}, {"calendars/", ".ics"}, {"registers/", ".html"}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        size_t size = strlen(places[i][0]);
        if (strncmp(file, places[i][0], size) == 0)
            return is_plain(file + size, places[i][1]);
    }
    return false;
}

/* One line, cut into its cells in place. The code is kept as it was written. */
static am_status read_line(struct am_calendar_index *index, char *line, struct am_arena *arena,
                           struct am_err *err)
{
    char *kind = strchr(line, ','), *code = kind ? strchr(kind + 1, ',') : NULL;
    if (!code)
        return AM_OK;
    *kind++ = *code++ = '\0';
    for (int i = 0; i < KIND_COUNT; i++)
        if (strcmp(kind, kinds[i]) == 0 && is_ours(line))
            return am_index_add(index, arena, (struct am_index_entry){i, line, code}, err);
    return AM_OK;
}

am_status am_index_read(struct am_calendar_index *index, const char *path, struct am_arena *arena,
                        struct am_err *err)
{
    char *bytes;
    size_t size;
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return AM_OK;
    am_status status = am_read_file(path, INDEX_LIMIT, &bytes, &size, err);
    if (status)
        return status;
    char *at = am_arena_strdup(arena, bytes);
    free(bytes);
    if (!at)
        return am_fail_memory(err);
    for (char *end; !status && *at; at = end) {
        end = at + strcspn(at, "\r\n");
        while (*end == '\r' || *end == '\n')
            *end++ = '\0';
        status = read_line(index, at, arena, err);
    }
    return status;
}

void am_index_write(const struct am_calendar_index *index, struct am_text *text)
{
    am_text_add(text, "file,kind,code\r\n");
    for (int i = 0; i < index->count; i++) {
        am_text_format(text, "%s,%s,", index->at[i].file, kinds[index->at[i].kind]);
        am_text_add(text, index->at[i].code);
        am_text_add(text, "\r\n");
    }
}
