/*
 * wrap - memory runs out in our own code and in cJSON, under the sanitizers.
 *
 * Linked in with --wrap, since the sanitizers' own allocator leaves no room
 * for tests/faults/preload.c. FAULT_ALLOC=n lets the n-th allocation fail and,
 * with FAULT_ALL set, every later one; FAULT_COUNT=file takes their number.
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cjson/cJSON.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t size);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t size);

static long taken, wanted;
static bool all;

static bool fails(void)
{
    long now = ++taken;
    if (wanted == 0 || now < wanted || (now > wanted && !all))
        return false;
    errno = ENOMEM;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails() ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
    return fails() ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t size)
{
    return fails() ? NULL : __real_strndup(text, size);
}

static void tell_count(void)
{
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file)
        return;
    (void)fprintf(file, "%ld\n", taken);
    (void)fclose(file);
}

__attribute__((constructor)) static void begin(void)
{
    const char *number = getenv("FAULT_ALLOC");
    cJSON_Hooks hooks = {__wrap_malloc, free};
    wanted = number ? strtol(number, NULL, 10) : 0;
    all = getenv("FAULT_ALL") != NULL;
    cJSON_InitHooks(&hooks);
    (void)atexit(tell_count);
}
