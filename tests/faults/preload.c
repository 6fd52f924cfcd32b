/*
 * preload - memory runs out, in the whole program and its libraries.
 *
 * LD_PRELOAD'ed. FAULT_ALLOC=n lets the n-th allocation fail, and with
 * FAULT_ALL set every later one too; FAULT_STACKS=file writes there, for each
 * allocation in turn, twice eight bytes that stand for the calls that led to it
 * (the same bytes: the same calls): for all of them, and for the innermost. With FAULT_SHORT set
 * every write takes no more than half.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* glibc's own, under the names that it keeps for such as this */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

enum { FRAMES_MOST = 100, FRAMES_NEAR = 14, ALLOCATIONS_MOST = 1 << 26 };

struct stack {
    uint64_t whole, near;
};

static atomic_long taken;
static long wanted;
static bool all, cut;
static struct stack *stacks;
static int stacks_file;

/* A file as long as can be needed, with nothing in it yet. */
static void open_stacks(const char *path)
{
    void *frame;
    size_t room = (size_t)ALLOCATIONS_MOST * sizeof *stacks;
    (void)backtrace(&frame, 1); /* loads what it needs, once */
    stacks_file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (stacks_file < 0 || ftruncate(stacks_file, (off_t)room) != 0)
        abort();
    stacks = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_SHARED, stacks_file, 0);
    if (stacks == MAP_FAILED)
        abort();
}

__attribute__((constructor)) static void begin(void)
{
    const char *number = getenv("FAULT_ALLOC"), *path = getenv("FAULT_STACKS");
    all = getenv("FAULT_ALL") != NULL;
    cut = getenv("FAULT_SHORT") != NULL;
    if (path)
        open_stacks(path);
    atomic_store(&taken, 0);
    wanted = number ? strtol(number, NULL, 10) : 0;
}

__attribute__((destructor)) static void end(void)
{
    if (stacks && ftruncate(stacks_file, (off_t)sizeof *stacks * (off_t)atomic_load(&taken)) != 0)
        abort();
}

static void note_stack(long number)
{
    void *frames[FRAMES_MOST];
    uint64_t hash = 14695981039346656037U;
    struct stack stack = {0, 0};
    int count = backtrace(frames, FRAMES_MOST);
    for (int i = 0; i < count; i++) {
        hash = (hash ^ (uintptr_t)frames[i]) * 1099511628211U;
        if (i < FRAMES_NEAR)
            stack.near = hash;
    }
    stack.whole = hash;
    if (number <= ALLOCATIONS_MOST)
        stacks[number - 1] = stack;
}

static bool fails(void)
{
    long now = atomic_fetch_add(&taken, 1) + 1;
    if (stacks)
        note_stack(now);
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
