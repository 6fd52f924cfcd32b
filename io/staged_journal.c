#include "io/staged_journal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/atomic_file.h"
#include "io/limits.h"
#include "io/text.h"

enum { PATH_ROOM = 4096 };

static const char journal_name[] = "publish";
static const char put_word[] = "put ", remove_word[] = "remove ", last_line[] = "end";

/* stage/publish; false where it is too long. */
static bool path_of(const char *stage, char path[PATH_ROOM])
{
    int size = snprintf(path, PATH_ROOM, "%s/%s", stage, journal_name);
    return size >= 0 && size < PATH_ROOM;
}

/* A name stays below the folder, whatever somebody wrote into the journal. */
static bool is_safe(const char *name)
{
    if (!*name || *name == '/' || strpbrk(name, "\r\n"))
        return false;
    for (const char *part = name; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || !part[2]))
            return false;
    }
    return true;
}

static bool add_lines(struct am_text *text, const char *word, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        if (!is_safe(names[i]))
            return false;
        am_text_add(text, word);
        am_text_add(text, names[i]);
        am_text_char(text, '\n');
    }
    return true;
}

am_status am_journal_write(const struct am_journal *journal, const char *stage, struct am_err *err)
{
    char path[PATH_ROOM];
    struct am_text text = {0};
    am_status status = AM_OK;
    if (!path_of(stage, path) || !add_lines(&text, put_word, journal->put, journal->put_count) ||
        !add_lines(&text, remove_word, journal->remove, journal->remove_count))
        status = am_fail(err, AM_EINVALID, "%s: a file's name that cannot be kept", stage);
    am_text_add(&text, last_line);
    am_text_char(&text, '\n');
    if (!status)
        status = am_text_status(&text, err);
    if (!status)
        status = am_atomic_write(path, text.bytes, text.size, err);
    am_text_release(&text);
    return status;
}

static int count_lines(const char *text)
{
    int count = 0;
    for (; (text = strchr(text, '\n')); text++)
        count++;
    return count;
}

/* Cut into lines in place; false where it is not as we write it. */
static bool parse(struct am_journal *journal, char *text)
{
    for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        if (strcmp(line, last_line) == 0)
            return !end[1];
        if (strncmp(line, put_word, sizeof put_word - 1) == 0)
            journal->put[journal->put_count++] = line += sizeof put_word - 1;
        else if (strncmp(line, remove_word, sizeof remove_word - 1) == 0)
            journal->remove[journal->remove_count++] = line += sizeof remove_word - 1;
        else
            return false;
        if (!is_safe(line))
            return false;
    }
    return false;
}

am_status am_journal_read(struct am_journal *journal, const char *stage, struct am_arena *arena,
                          bool *found, struct am_err *err)
{
    char path[PATH_ROOM];
    char *bytes;
    size_t size;
    *journal = (struct am_journal){0};
    *found = false;
    if (!path_of(stage, path) || !am_journal_exists(stage))
        return AM_OK;
    am_status status = am_read_file(path, AM_FILE_LIMIT, &bytes, &size, err);
    if (status)
        return status;
    char *text = am_arena_strdup(arena, bytes);
    free(bytes);
    int lines = text ? count_lines(text) : 0;
    journal->put = AM_ARENA_NEW(arena, (size_t)lines, const char *);
    journal->remove = AM_ARENA_NEW(arena, (size_t)lines, const char *);
    if (!text || !journal->put || !journal->remove)
        return am_fail_memory(err);
    *found = parse(journal, text);
    return AM_OK;
}

bool am_journal_exists(const char *stage)
{
    char path[PATH_ROOM];
    struct stat found;
    return path_of(stage, path) && lstat(path, &found) == 0 && S_ISREG(found.st_mode);
}

am_status am_journal_remove(const char *stage, struct am_err *err)
{
    char path[PATH_ROOM];
    if (path_of(stage, path) && unlink(path) != 0 && errno != ENOENT)
        return am_fail(err, AM_EIO, "%s: cannot be removed: %s", path, strerror(errno));
    return AM_OK;
}
