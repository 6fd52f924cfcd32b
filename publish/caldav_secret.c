#include "publish/caldav_secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MOST = 4096 };

/* Through a volatile pointer, so that it is not left out as useless. */
static void wipe(char *bytes, size_t size)
{
    volatile char *at = bytes;
    while (size-- > 0)
        *at++ = 0;
}

void am_caldav_secret_release(struct am_caldav_secret *secret)
{
    if (secret->user)
        wipe(secret->user, strlen(secret->user));
    if (secret->password)
        wipe(secret->password, strlen(secret->password));
    free(secret->user);
    free(secret->password);
    *secret = (struct am_caldav_secret){0};
}

static am_status check(const char *path, const struct stat *found, struct am_err *err)
{
    if (!S_ISREG(found->st_mode))
        return am_fail(err, AM_EINVALID, "%s: no ordinary file", path);
    if (found->st_uid != geteuid() && found->st_uid != 0)
        return am_fail(err, AM_EINVALID, "%s: belongs to somebody else", path);
    if (found->st_mode & (S_IRWXG | S_IRWXO))
        return am_fail(err, AM_EINVALID,
                       "%s: others can read or change the password in it; run: chmod 600 %s", path,
                       path);
    return AM_OK;
}

/* The whole file and a NUL; what is checked is what is read. */
static am_status read_checked(const char *path, char bytes[FILE_MOST + 1], struct am_err *err)
{
    struct stat found;
    size_t size = 0;
    ssize_t got = 0;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return am_fail(err, AM_EIO, "%s: cannot be read: %s", path, strerror(errno));
    am_status status = AM_OK;
    if (fstat(descriptor, &found) != 0)
        status = am_fail(err, AM_EIO, "%s: cannot be read: %s", path, strerror(errno));
    else
        status = check(path, &found, err);
    while (!status && size < FILE_MOST &&
           (got = read(descriptor, bytes + size, FILE_MOST - size)) != 0) {
        if (got < 0)
            status = am_fail(err, AM_EIO, "%s: cannot be read: %s", path, strerror(errno));
        else
            size += (size_t)got;
    }
    if (!status && (size == FILE_MOST || memchr(bytes, '\0', size)))
        status = am_fail(err, AM_EINVALID, "%s: no file of a user name and a password", path);
    bytes[size] = '\0';
    (void)close(descriptor);
    return status;
}

/* The line at *at, which moves on to the next; NULL (and no memory taken) where
 * it is empty. *failed: no memory. */
static char *take_line(const char **at, bool *failed)
{
    size_t size = strcspn(*at, "\r\n");
    char *line = size > 0 ? strndup(*at, size) : NULL;
    if (size > 0 && !line)
        *failed = true;
    *at += size;
    if (**at == '\r')
        ++*at;
    if (**at == '\n')
        ++*at;
    return line;
}

static am_status from_file(const char *path, struct am_caldav_secret *secret, struct am_err *err)
{
    char bytes[FILE_MOST + 1] = "";
    const char *at = bytes;
    bool failed = false;
    am_status status = read_checked(path, bytes, err);
    if (!status) {
        secret->user = take_line(&at, &failed);
        secret->password = take_line(&at, &failed);
        if (failed)
            status = am_fail_memory(err);
        else if (!secret->user || !secret->password)
            status = am_fail(err, AM_EINVALID,
                             "%s: the first line is the user name, the second the password; one "
                             "is missing",
                             path);
        else if (strchr(secret->user, ':'))
            status = am_fail(err, AM_EINVALID, "%s: a user name cannot hold a colon", path);
    }
    wipe(bytes, sizeof bytes);
    return status;
}

static am_status from_environment(struct am_caldav_secret *secret, struct am_err *err)
{
    const char *user = getenv(AM_CALDAV_USER), *password = getenv(AM_CALDAV_PASSWORD);
    if (!user && !password)
        return AM_OK;
    if (!user || !password || !*user || strchr(user, ':'))
        return am_fail(err, AM_EINVALID,
                       "%s and %s are both needed, and a user name cannot be empty or hold a colon",
                       AM_CALDAV_USER, AM_CALDAV_PASSWORD);
    secret->user = strdup(user);
    secret->password = strdup(password);
    return secret->user && secret->password ? AM_OK : am_fail_memory(err);
}

am_status am_caldav_secret_read(const char *path, struct am_caldav_secret *secret,
                                struct am_err *err)
{
    *secret = (struct am_caldav_secret){0};
    am_status status = path ? from_file(path, secret, err) : from_environment(secret, err);
    if (status)
        am_caldav_secret_release(secret);
    return status;
}
