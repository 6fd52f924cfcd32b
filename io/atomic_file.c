/* The temporary file lies in the folder of the file it will replace, since
 * rename is atomic only within one file system. */
#include "io/atomic_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/flush.h"
#include "io/held_signals.h"

/* No longer than any name, so that a name of the greatest length works too. */
static const char temporary_pattern[] = "/.amends-XXXXXX";
static const char temporary_start[] = ".amends-";
enum { TEMPORARY_LENGTH = sizeof temporary_pattern - 2, PATH_ROOM = 4096 };

/* The folder that holds a path: "." where the path names none. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return strdup(".");
    return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static char *temporary_of(const char *path)
{
    char *folder = folder_of(path);
    if (!folder)
        return NULL;
    size_t size = strlen(folder) + sizeof temporary_pattern;
    char *name = malloc(size);
    if (name)
        (void)snprintf(name, size, "%s%s", folder, temporary_pattern);
    free(folder);
    return name;
}

static void forget(struct am_atomic_file *file)
{
    free(file->path);
    free(file->temporary);
    file->path = file->temporary = NULL;
}

void am_atomic_abandon(struct am_atomic_file *file)
{
    if (!file->path)
        return;
    if (file->stream)
        (void)fclose(file->stream);
    file->stream = NULL;
    if (file->temporary)
        (void)unlink(file->temporary);
    forget(file);
    am_signals_release(&file->signals);
}

/* Where the path is a device, a pipe or a socket there is nothing to rename. */
static bool written_in_place(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && !S_ISREG(found.st_mode) && !S_ISDIR(found.st_mode);
}

/* ---- temporary files of processes that were killed ---- */

/* Remove it if it is ours and nobody is writing it: whoever does holds its lock. */
static void remove_if_dead(const char *folder, const char *name)
{
    char path[PATH_ROOM];
    struct stat found;
    int size = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (size < 0 || (size_t)size >= sizeof path || lstat(path, &found) != 0 ||
        !S_ISREG(found.st_mode) || found.st_uid != geteuid() || (found.st_mode & 07777) != 0600)
        return;
    int descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0)
        return;
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        (void)unlink(path);
    (void)close(descriptor);
}

static void remove_dead(const char *path)
{
    char *folder = folder_of(path);
    DIR *directory = folder ? opendir(folder) : NULL;
    for (struct dirent *entry; directory && (entry = readdir(directory));)
        if (strncmp(entry->d_name, temporary_start, sizeof temporary_start - 1) == 0 &&
            strlen(entry->d_name) == TEMPORARY_LENGTH)
            remove_if_dead(folder, entry->d_name);
    if (directory)
        (void)closedir(directory);
    free(folder);
}

/* ---- opening ---- */

/* Made with mode 0600, and locked while it is written. One that was taken for
 * dead before it was locked is gone: then make another. */
static int open_temporary(struct am_atomic_file *file)
{
    enum { ATTEMPTS = 100 };
    char *end = file->temporary + strlen(file->temporary) - 6;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        struct stat found;
        (void)snprintf(end, sizeof "XXXXXX", "XXXXXX");
        int descriptor = mkstemp(file->temporary);
        if (descriptor < 0)
            return -1;
        if (flock(descriptor, LOCK_EX) != 0) /* a file system without locks */
            return descriptor;
        if (fstat(descriptor, &found) == 0 && found.st_nlink > 0)
            return descriptor;
        (void)close(descriptor);
    }
    errno = EAGAIN;
    return -1;
}

static int open_descriptor(struct am_atomic_file *file)
{
    if (!file->temporary)
        return open(file->path, O_WRONLY | O_CLOEXEC);
    remove_dead(file->path);
    return open_temporary(file);
}

am_status am_atomic_open(struct am_atomic_file *file, const char *path, struct am_err *err)
{
    memset(file, 0, sizeof *file);
    bool in_place = written_in_place(path);
    file->path = strdup(path);
    file->temporary = in_place ? NULL : temporary_of(path);
    if (!file->path || (!in_place && !file->temporary)) {
        forget(file);
        return am_fail_memory(err);
    }
    am_signals_hold(&file->signals);
    int descriptor = open_descriptor(file);
    int reason = errno;
    if (descriptor >= 0 && !(file->stream = fdopen(descriptor, "wb"))) {
        reason = errno;
        (void)close(descriptor);
        if (file->temporary)
            (void)unlink(file->temporary);
    }
    if (file->stream)
        return AM_OK;
    forget(file);
    am_signals_release(&file->signals);
    return am_fail(err, AM_EIO, "%s: cannot be written: %s", path, strerror(reason));
}

/* Make the new name of a folder's entry last. */
static bool flush_folder(const char *path)
{
    char *folder = folder_of(path);
    bool flushed = folder && am_flush(folder);
    free(folder);
    return flushed;
}

/* Devices and pipes cannot be flushed to a disk and say so. */
static bool flush_stream(struct am_atomic_file *file)
{
    if (ferror(file->stream) || fflush(file->stream) != 0)
        return false;
    return fsync(fileno(file->stream)) == 0 ||
           (!file->temporary && (errno == EINVAL || errno == ENOTSUP || errno == EROFS));
}

/* Flush and close. A stream that failed earlier may have lost the reason: then
 * it is EIO. */
static bool finish_stream(struct am_atomic_file *file)
{
    errno = 0;
    bool written = flush_stream(file);
    int reason = errno ? errno : EIO;
    if (fclose(file->stream) != 0 && written) {
        written = false;
        reason = errno;
    }
    file->stream = NULL;
    errno = reason;
    return written;
}

/* Everything up to the rename; errno says why it fails. The lock goes with the
 * last descriptor: one stays open till the temporary name is gone, or another
 * process could take the file for one that was left behind. */
static bool put_in_place(struct am_atomic_file *file)
{
    int lock = fcntl(fileno(file->stream), F_DUPFD_CLOEXEC, 0);
    if (lock < 0)
        return false;
    bool put =
        finish_stream(file) && (!file->temporary || rename(file->temporary, file->path) == 0);
    int reason = errno;
    (void)close(lock);
    errno = reason;
    return put;
}

am_status am_atomic_commit(struct am_atomic_file *file, struct am_err *err)
{
    am_status status = AM_OK;
    if (!put_in_place(file)) {
        status = am_fail(err, AM_EIO, "%s: cannot be written: %s", file->path, strerror(errno));
        am_atomic_abandon(file);
        return status;
    }
    if (file->temporary && !flush_folder(file->path))
        status = am_fail(err, AM_EIO, "%s: written, but its folder cannot be flushed: %s",
                         file->path, strerror(errno));
    forget(file);
    am_signals_release(&file->signals);
    return status;
}

am_status am_atomic_write(const char *path, const void *bytes, size_t size, struct am_err *err)
{
    struct am_atomic_file file;
    am_status status = am_atomic_open(&file, path, err);
    if (status)
        return status;
    if (size > 0 && fwrite(bytes, 1, size, file.stream) != size) {
        status = am_fail(err, AM_EIO, "%s: cannot be written: %s", path, strerror(errno));
        am_atomic_abandon(&file);
        return status;
    }
    return am_atomic_commit(&file, err);
}

static am_status make_one_folder(const char *path, struct am_err *err)
{
    struct stat found;
    if (mkdir(path, 0700) == 0)
        return AM_OK;
    int reason = errno;
    if (stat(path, &found) == 0) {
        if (S_ISDIR(found.st_mode))
            return AM_OK;
        reason = ENOTDIR;
    }
    return am_fail(err, AM_EIO, "%s: the folder cannot be made: %s", path, strerror(reason));
}

am_status am_make_folder(const char *path, struct am_err *err)
{
    char *partial = strdup(path);
    if (!partial)
        return am_fail_memory(err);
    am_status status = AM_OK;
    for (char *slash = strchr(partial + (*partial == '/'), '/'); slash && !status;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        status = make_one_folder(partial, err);
        *slash = '/';
    }
    if (!status)
        status = make_one_folder(partial, err);
    free(partial);
    return status;
}

/* ---- reading ---- */

static am_status fail_size(const char *path, size_t limit, struct am_err *err)
{
    if (limit < 1 << 20)
        return am_fail(err, AM_EINVALID, "%s: larger than %zu bytes", path, limit);
    return am_fail(err, AM_EINVALID, "%s: larger than %zu MB", path, limit >> 20);
}

/* Bytes to begin with: what a file has, and one to see its end; a pipe does
 * not say. */
static size_t first_room(FILE *stream, size_t limit)
{
    struct stat found;
    if (fstat(fileno(stream), &found) != 0 || !S_ISREG(found.st_mode) || found.st_size <= 0)
        return 65536;
    return (uintmax_t)found.st_size > limit ? 0 : (size_t)found.st_size + 2;
}

static bool resize(char **bytes, size_t *room, size_t wanted)
{
    char *more = realloc(*bytes, wanted);
    if (!more)
        return false;
    *bytes = more;
    *room = wanted;
    return true;
}

static am_status read_stream(FILE *stream, const char *path, size_t limit, char **bytes,
                             size_t *size, struct am_err *err)
{
    size_t room = 0, wanted = first_room(stream, limit);
    if (wanted == 0)
        return fail_size(path, limit, err);
    for (;; wanted = 2 * room) {
        if (*size + 1 >= room && !resize(bytes, &room, wanted))
            return am_fail_memory(err);
        size_t got = fread(*bytes + *size, 1, room - *size - 1, stream);
        *size += got;
        if (*size > limit)
            return fail_size(path, limit, err);
        if (got == 0)
            break;
    }
    if (ferror(stream))
        return am_fail(err, AM_EIO, "%s: cannot be read: %s", path, strerror(errno));
    (*bytes)[*size] = '\0';
    return AM_OK;
}

am_status am_read_file(const char *path, size_t limit, char **bytes, size_t *size,
                       struct am_err *err)
{
    *bytes = NULL;
    *size = 0;
    FILE *stream = fopen(path, "rbe");
    if (!stream)
        return am_fail(err, AM_EIO, "%s: cannot be read: %s", path, strerror(errno));
    am_status status = read_stream(stream, path, limit, bytes, size, err);
    (void)fclose(stream);
    if (status) {
        free(*bytes);
        *bytes = NULL;
        *size = 0;
    }
    return status;
}
