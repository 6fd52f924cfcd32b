#include "io/staged_set.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/atomic_file.h"
#include "io/flush.h"
#include "io/staged_journal.h"

static const char stage_name[] = ".amends-new";
static const char lock_name[] = "lock";
static const char ahead_name[] = "ahead"; /* what am_staged_put is writing */
static const char note_name[] = "INCOMPLETE.txt";
static const char note[] =
    "The files in this folder are being replaced by those of another run: old and new ones stand\n"
    "beside each other. If this note is still here a minute later, the run was cut short. The "
    "next\n"
    "run of amends in this folder puts the rest into place first; use none of these files "
    "before.\n";

/* folder/name in the arena, or NULL. */
static char *join(struct am_arena *arena, const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = am_arena_alloc(arena, size, 1);
    if (path)
        (void)snprintf(path, size, "%s/%s", folder, name);
    return path;
}

/* ---- the stage ---- */

static bool is_folder(const char *path)
{
    struct stat found;
    return lstat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* Remove what is in a folder, folders in it too; the lock stays. The depth is
 * that of the names: nothing that is not ours lies in a stage. */
static void clear_folder(const char *path)
{
    DIR *directory = opendir(path);
    struct dirent *entry;
    while (directory && (entry = readdir(directory))) {
        char child[4096];
        int size = snprintf(child, sizeof child, "%s/%s", path, entry->d_name);
        if (size < 0 || (size_t)size >= sizeof child || strcmp(entry->d_name, ".") == 0 ||
            strcmp(entry->d_name, "..") == 0 || strcmp(entry->d_name, lock_name) == 0)
            continue;
        if (is_folder(child)) {
            clear_folder(child);
            (void)rmdir(child);
        } else
            (void)unlink(child);
    }
    if (directory)
        (void)closedir(directory);
}

/* The lock of a stage that another process removed meanwhile locks nothing. */
static bool take_lock(struct am_staged_set *set, const char *path)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat found;
    set->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (set->lock < 0)
        return false;
    if (fcntl(set->lock, F_SETLK, &whole) == 0 && fstat(set->lock, &found) == 0) {
        if (found.st_nlink > 0)
            return true;
        errno = EAGAIN;
    }
    int reason = errno;
    (void)close(set->lock);
    set->lock = -1;
    errno = reason;
    return false;
}

static am_status finish_earlier(struct am_staged_set *set, struct am_err *err);

static am_status open_stage(struct am_staged_set *set, struct am_err *err)
{
    const char *lock = join(&set->arena, set->stage, lock_name);
    if (!lock)
        return am_fail_memory(err);
    am_status status = am_make_folder(set->stage, err);
    if (status)
        return status;
    if (take_lock(set, lock)) {
        status = finish_earlier(set, err);
        if (!status)
            clear_folder(set->stage);
        return status;
    }
    if (errno == EAGAIN || errno == EACCES)
        return am_fail(err, AM_EIO, "%s: another run is writing here", set->folder);
    return am_fail(err, AM_EIO, "%s: cannot be written: %s", set->folder, strerror(errno));
}

am_status am_staged_open(struct am_staged_set *set, const char *folder, struct am_err *err)
{
    memset(set, 0, sizeof *set);
    am_arena_init(&set->arena);
    set->lock = set->descriptor = -1;
    set->group = -1;
    am_signals_hold(&set->signals);
    set->folder = am_arena_strdup(&set->arena, folder);
    set->stage = join(&set->arena, folder, stage_name);
    am_status status =
        set->folder && set->stage ? am_make_folder(folder, err) : am_fail_memory(err);
    if (!status)
        status = open_stage(set, err);
    if (status) {
        if (set->lock >= 0)
            (void)close(set->lock);
        am_arena_release(&set->arena);
        am_signals_release(&set->signals);
    }
    return status;
}

/* Remove a staged file, and its folders where nothing else is in them. */
static void remove_staged(const struct am_staged_set *set, const char *name)
{
    char path[4096];
    int size = snprintf(path, sizeof path, "%s/%s", set->stage, name);
    if (size < 0 || (size_t)size >= sizeof path)
        return;
    (void)unlink(path);
    size_t root = strlen(set->stage);
    for (char *slash = strrchr(path, '/'); slash && slash > path + root;
         slash = strrchr(path, '/')) {
        *slash = '\0';
        (void)rmdir(path);
    }
}

/* What is known to be there goes first, for which no memory is needed. */
static void remove_stage(const struct am_staged_set *set)
{
    for (int i = 0; i < set->count; i++)
        remove_staged(set, set->names[i]);
    if (set->part)
        remove_staged(set, set->part);
    remove_staged(set, ahead_name);
    clear_folder(set->stage);
    remove_staged(set, lock_name);
    (void)rmdir(set->stage);
}

void am_staged_close(struct am_staged_set *set)
{
    if (set->descriptor >= 0)
        (void)close(set->descriptor);
    if (!am_journal_exists(set->stage)) /* else it failed half way: for the next run to finish */
        remove_stage(set);
    if (set->lock >= 0)
        (void)close(set->lock);
    free(set->names);
    am_arena_release(&set->arena);
    am_signals_release(&set->signals);
}

/* ---- adding ---- */

static am_status keep_part(struct am_staged_set *set, struct am_err *err)
{
    if (set->count == set->room) {
        int room = set->room ? set->room * 2 : 64;
        const char **names = realloc(set->names, (size_t)room * sizeof *names);
        if (!names)
            return am_fail_memory(err);
        set->names = names;
        set->room = room;
    }
    set->names[set->count++] = set->part;
    return AM_OK;
}

/* The folders that a name lies in, below root. */
static am_status make_parents(struct am_staged_set *set, const char *root, const char *name,
                              struct am_err *err)
{
    const char *slash = strrchr(name, '/');
    if (!slash)
        return AM_OK;
    char *path = join(&set->arena, root, name);
    if (!path)
        return am_fail_memory(err);
    path[strlen(root) + 1 + (size_t)(slash - name)] = '\0';
    return am_make_folder(path, err);
}

void am_staged_share(struct am_staged_set *set, long group)
{
    set->group = group;
}

/* Without flushing: all files are flushed together once they are there. */
static int open_new(const struct am_staged_set *set, const char *path)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0 || set->group < 0 ||
        (fchown(descriptor, (uid_t)-1, (gid_t)set->group) == 0 && fchmod(descriptor, 0640) == 0))
        return descriptor;
    int reason = errno;
    (void)close(descriptor);
    errno = reason;
    return -1;
}

static bool write_whole(int descriptor, const char *bytes, size_t size)
{
    bool written = true;
    while (size > 0 && written) {
        ssize_t part = write(descriptor, bytes, size);
        written = part >= 0 || errno == EINTR;
        bytes += part > 0 ? part : 0;
        size -= part > 0 ? (size_t)part : 0;
    }
    return written;
}

static bool write_file(const struct am_staged_set *set, const char *path, const char *bytes,
                       size_t size)
{
    int descriptor = open_new(set, path);
    if (descriptor < 0)
        return false;
    bool written = write_whole(descriptor, bytes, size);
    int reason = errno;
    if (close(descriptor) != 0 && written)
        return false;
    errno = reason;
    return written;
}

/* Is that what the file holds already? Then it stays, and those who watch its
 * date are not told of a change that is none. */
static bool is_there_already(const char *path, const char *bytes, size_t size)
{
    struct stat found;
    char *old;
    size_t old_size;
    if (lstat(path, &found) != 0 || !S_ISREG(found.st_mode) || found.st_size < 0 ||
        (uintmax_t)found.st_size != size ||
        am_read_file(path, size, &old, &old_size, NULL) != AM_OK)
        return false;
    bool same = old_size == size && memcmp(old, bytes, size) == 0;
    free(old);
    return same;
}

am_status am_staged_add(struct am_staged_set *set, const char *name, const char *bytes, size_t size,
                        struct am_err *err)
{
    if (am_signals_waiting())
        return am_fail(err, AM_EINTERRUPTED, "%s: interrupted; nothing was changed", set->folder);
    const char *path = join(&set->arena, set->stage, name);
    const char *place = join(&set->arena, set->folder, name);
    if (!path || !place)
        return am_fail_memory(err);
    if (is_there_already(place, bytes, size))
        return AM_OK;
    set->part = am_arena_strdup(&set->arena, name);
    if (!set->part)
        return am_fail_memory(err);
    am_status status = make_parents(set, set->stage, name, err);
    if (status)
        return status;
    if (!write_file(set, path, bytes, size))
        return am_fail(err, AM_EIO, "%s/%s: cannot be written: %s", set->folder, name,
                       strerror(errno));
    return keep_part(set, err);
}

/* ---- a file in parts ---- */

static am_status fail_to_write(const struct am_staged_set *set, const char *name,
                               struct am_err *err)
{
    return am_fail(err, AM_EIO, "%s/%s: cannot be written: %s", set->folder, name, strerror(errno));
}

am_status am_staged_begin(struct am_staged_set *set, const char *name, struct am_err *err)
{
    const char *path = join(&set->arena, set->stage, name);
    set->part = am_arena_strdup(&set->arena, name);
    if (!path || !set->part)
        return am_fail_memory(err);
    am_status status = make_parents(set, set->stage, name, err);
    if (status)
        return status;
    set->descriptor = open_new(set, path);
    return set->descriptor < 0 ? fail_to_write(set, name, err) : AM_OK;
}

am_status am_staged_part(struct am_staged_set *set, const char *bytes, size_t size,
                         struct am_err *err)
{
    if (am_signals_waiting())
        return am_fail(err, AM_EINTERRUPTED, "%s: interrupted; nothing was changed", set->folder);
    return write_whole(set->descriptor, bytes, size) ? AM_OK : fail_to_write(set, set->part, err);
}

/* Do two files hold the same bytes? False too where one cannot be read. */
static bool are_equal(const char *a, const char *b)
{
    FILE *first = fopen(a, "re"), *second = fopen(b, "re");
    bool equal = first && second;
    for (int c = 0; equal && c != EOF;) {
        c = getc(first);
        equal = c == getc(second) && !ferror(first) && !ferror(second);
    }
    if (first)
        (void)fclose(first);
    if (second)
        (void)fclose(second);
    return equal;
}

static bool is_file(const char *path)
{
    struct stat found;
    return lstat(path, &found) == 0 && S_ISREG(found.st_mode);
}

am_status am_staged_end(struct am_staged_set *set, struct am_err *err)
{
    const char *path = join(&set->arena, set->stage, set->part);
    const char *place = join(&set->arena, set->folder, set->part);
    int descriptor = set->descriptor;
    set->descriptor = -1;
    if (close(descriptor) != 0)
        return fail_to_write(set, set->part, err);
    if (!path || !place)
        return am_fail_memory(err);
    if (is_file(place) && are_equal(path, place) && unlink(path) == 0)
        return AM_OK;
    return keep_part(set, err);
}

/* ---- publishing ---- */

static am_status flush_all(struct am_staged_set *set, struct am_err *err)
{
    const char **paths = AM_ARENA_NEW(&set->arena, (size_t)set->count, const char *);
    for (int i = 0; paths && i < set->count; i++)
        if (!(paths[i] = join(&set->arena, set->stage, set->names[i])))
            return am_fail_memory(err);
    if (!paths)
        return am_fail_memory(err);
    int failed = am_flush_all(paths, set->count);
    if (failed < 0)
        return AM_OK;
    return am_fail(err, AM_EIO, "%s/%s: cannot be written: %s", set->folder, set->names[failed],
                   strerror(errno));
}

static am_status put_in_place(struct am_staged_set *set, const char *name, struct am_err *err)
{
    const char *from = join(&set->arena, set->stage, name);
    const char *to = join(&set->arena, set->folder, name);
    if (!from || !to)
        return am_fail_memory(err);
    am_status status = make_parents(set, set->folder, name, err);
    if (!status && rename(from, to) != 0 && !(errno == ENOENT && access(from, F_OK) != 0))
        status = am_fail(err, AM_EIO, "%s: cannot be replaced: %s", to, strerror(errno));
    return status;
}

/* Length of the folder that a name lies in: 0 where it is the set's own. */
static size_t parent_length(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash ? (size_t)(slash - name) : 0;
}

/* Flush the folders that a name lies in, from the root down. */
static am_status flush_parents(struct am_staged_set *set, const char *root, const char *name,
                               struct am_err *err)
{
    char *path = join(&set->arena, root, name);
    if (!path)
        return am_fail_memory(err);
    for (char *slash = path + strlen(root); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (!am_flush(path))
            return am_fail(err, AM_EIO, "%s: cannot be written: %s", path, strerror(errno));
        *slash = '/';
    }
    return AM_OK;
}

/* Make the new names last, in every folder that has any. Files of one folder
 * were mostly added one after the other. */
static am_status flush_folders(struct am_staged_set *set, const char *root,
                               const struct am_journal *journal, struct am_err *err)
{
    const char *before = NULL;
    am_status status = AM_OK;
    for (int i = 0; i < journal->put_count && !status; i++) {
        const char *name = journal->put[i];
        size_t length = parent_length(name);
        if (!before || parent_length(before) != length || strncmp(before, name, length) != 0)
            status = flush_parents(set, root, name, err);
        before = name;
    }
    return status;
}

/* By way of the stage, so that even a process that is killed leaves no
 * temporary file that nobody clears up. */
am_status am_staged_put(struct am_staged_set *set, const char *name, const char *bytes, size_t size,
                        struct am_err *err)
{
    const char *from = join(&set->arena, set->stage, ahead_name);
    const char *to = join(&set->arena, set->folder, name);
    if (!from || !to)
        return am_fail_memory(err);
    am_status status = make_parents(set, set->folder, name, err);
    if (!status && !(write_file(set, from, bytes, size) && am_flush(from) && rename(from, to) == 0))
        status = am_fail(err, AM_EIO, "%s: cannot be written: %s", to, strerror(errno));
    if (status)
        (void)unlink(from);
    return status;
}

static am_status remove_stale(struct am_staged_set *set, const char *name, struct am_err *err)
{
    const char *path = join(&set->arena, set->folder, name);
    if (!path)
        return am_fail_memory(err);
    if (unlink(path) != 0 && errno != ENOENT)
        return am_fail(err, AM_EIO, "%s: cannot be removed: %s", path, strerror(errno));
    return AM_OK;
}

/* Old and new files stand beside each other while this goes on, and the note
 * says so. What was moved by an earlier run that was cut short is no longer in
 * the stage. */
static am_status carry_out(struct am_staged_set *set, const struct am_journal *journal,
                           struct am_err *err)
{
    const char *path = join(&set->arena, set->folder, note_name);
    if (!path)
        return am_fail_memory(err);
    am_status status = am_staged_put(set, note_name, note, sizeof note - 1, err);
    if (!status && !am_flush(set->folder))
        status = am_fail(err, AM_EIO, "%s: cannot be written: %s", path, strerror(errno));
    for (int i = 0; i < journal->put_count && !status; i++)
        status = put_in_place(set, journal->put[i], err);
    for (int i = 0; i < journal->remove_count && !status; i++)
        status = remove_stale(set, journal->remove[i], err);
    if (!status)
        status = flush_folders(set, set->folder, journal, err);
    if (!status && (unlink(path) != 0 || !am_flush(set->folder)))
        status = am_fail(err, AM_EIO, "%s: cannot be removed: %s", path, strerror(errno));
    return status ? status : am_journal_remove(set->stage, err);
}

/* A run that was cut short had published its set: put the rest into place. */
static am_status finish_earlier(struct am_staged_set *set, struct am_err *err)
{
    struct am_journal journal;
    bool found;
    const char *ahead = join(&set->arena, set->stage, ahead_name);
    if (!ahead)
        return am_fail_memory(err);
    am_status status = am_journal_read(&journal, set->stage, &set->arena, &found, err);
    if (status || !found)
        return status;
    (void)unlink(ahead);
    return carry_out(set, &journal, err);
}

am_status am_staged_publish(struct am_staged_set *set, const char *const *stale, int stale_count,
                            struct am_err *err)
{
    const char **remove = AM_ARENA_NEW(&set->arena, (size_t)stale_count, const char *);
    if (!remove)
        return am_fail_memory(err);
    for (int i = 0; i < stale_count; i++)
        remove[i] = stale[i];
    const struct am_journal journal = {set->names, remove, set->count, stale_count};
    if (set->count == 0 && stale_count == 0)
        return remove_stale(set, note_name, err);
    am_status status = flush_all(set, err);
    if (!status)
        status = flush_folders(set, set->stage, &journal, err);
    if (status)
        return status;
    status = am_journal_write(&journal, set->stage, err);
    if (status) {
        (void)!am_journal_remove(set->stage, NULL); /* or the next run would carry it out */
        return status;
    }
    return carry_out(set, &journal, err);
}
