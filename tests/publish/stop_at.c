/*
 * stop_at - preloaded, it counts the calls that change files, and at one of them
 * stops the program as a power cut or a full disk would.
 *
 *   STOP_AT=n  SIGKILL instead of the n-th call; where that writes, half of the
 *              bytes are written first
 *   FULL_AT=n  from the n-th call on that needs room there is none (ENOSPC)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long calls, room_calls;

static long limit(const char *name)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : 0;
}

static int is_last(void)
{
    return ++calls == limit("STOP_AT");
}

static void stop(void)
{
    (void)kill(getpid(), SIGKILL);
}

/* Is the disk full by now? */
static int is_full(void)
{
    long at = limit("FULL_AT");
    if (at == 0 || ++room_calls < at)
        return 0;
    errno = ENOSPC;
    return 1;
}

#define REAL(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    if (descriptor > 2 && is_last()) {
        (void)!REAL(write)(descriptor, bytes, size / 2);
        stop();
    }
    return descriptor > 2 && is_full() ? -1 : REAL(write)(descriptor, bytes, size);
}

int open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list args;
        va_start(args, flags);
        mode = va_arg(args, mode_t);
        va_end(args);
        if (is_last())
            stop();
        if (is_full())
            return -1;
    }
    return REAL(open)(path, flags, mode);
}

int mkdir(const char *path, mode_t mode)
{
    if (is_last())
        stop();
    return is_full() ? -1 : REAL(mkdir)(path, mode);
}

int rename(const char *from, const char *to)
{
    if (is_last())
        stop();
    return REAL(rename)(from, to);
}

int unlink(const char *path)
{
    if (is_last())
        stop();
    return REAL(unlink)(path);
}

int rmdir(const char *path)
{
    if (is_last())
        stop();
    return REAL(rmdir)(path);
}
