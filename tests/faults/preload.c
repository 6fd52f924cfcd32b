/*
 * preload - memory runs out, in the whole program and its libraries.
 *
 * LD_PRELOAD'ed. FAULT_ALLOC=n lets the n-th allocation fail, and with
 * FAULT_ALL set every later one too; FAULT_COUNT=file writes their number there
 * at the end. With FAULT_SHORT set every write takes no more than half.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/* glibc's own, under the names that it keeps for such as this */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

static atomic_long taken;
static long wanted;
static bool all, cut;

__attribute__((constructor)) static void begin(void)
{
    const char *number = getenv("FAULT_ALLOC");
    wanted = number ? strtol(number, NULL, 10) : 0;
    all = getenv("FAULT_ALL") != NULL;
    cut = getenv("FAULT_SHORT") != NULL;
    atomic_store(&taken, 0);
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAULT_COUNT");
    char text[32];
    int file = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    if (file < 0)
        return;
    int size = snprintf(text, sizeof text, "%ld\n", atomic_load(&taken));
    if (write(file, text, (size_t)size) != size)
        abort();
    (void)close(file);
}

static bool fails(void)
{
    long now = atomic_fetch_add(&taken, 1) + 1;
    if (wanted == 0 || now < wanted || (now > wanted && !all))
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return fails() ? NULL : __libc_realloc(memory, size);
}

ssize_t write(int file, const void *bytes, size_t size)
{
    return syscall(SYS_write, file, bytes, cut && size > 1 ? size / 2 : size);
}
