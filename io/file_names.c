#include "io/file_names.h"

#include <sha2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLAIN_MOST = 60, KEPT = 24, HASH_BYTES = 8, NAME_ROOM = 128 };

static bool is_plain_character(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

static bool is_plain(const char *code)
{
    size_t size = strlen(code);
    if (size == 0 || size > PLAIN_MOST)
        return false;
    for (; *code; code++)
        if (!is_plain_character(*code))
            return false;
    return true;
}

/* "p.1" as "p_1.<hash>": no plain code has a dot, so it is nobody's name. */
static void hashed_name(const char *code, char *name)
{
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA2_CTX context;
    size_t size = 0;
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)code, strlen(code));
    SHA256Final(digest, &context);
    for (; size < KEPT && code[size]; size++)
        name[size] = is_plain_character(code[size]) ? code[size] : '_';
    name[size++] = '.';
    for (int i = 0; i < HASH_BYTES; i++, size += 2)
        (void)snprintf(name + size, 3, "%02x", digest[i]);
}

struct entry {
    const char *code;
    int index;
};

static int folded(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

static int compare_folded(const char *a, const char *b)
{
    while (*a && folded(*a) == folded(*b)) {
        a++;
        b++;
    }
    return folded(*a) - folded(*b);
}

static int by_folded_code(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = compare_folded(x->code, y->code);
    return order ? order : x->index - y->index;
}

/* Which codes differ from an earlier one by case only. */
static am_status find_twins(const char *const *codes, int count, bool *twin, struct am_arena *arena,
                            struct am_err *err)
{
    struct entry *entries = AM_ARENA_NEW(arena, (size_t)count, struct entry);
    if (!entries)
        return am_fail_memory(err);
    for (int i = 0; i < count; i++)
        entries[i] = (struct entry){codes[i], i};
    qsort(entries, (size_t)count, sizeof *entries, by_folded_code);
    for (int i = 1; i < count; i++)
        twin[entries[i].index] = compare_folded(entries[i].code, entries[i - 1].code) == 0;
    return AM_OK;
}

am_status am_file_names(const char *prefix, const char *const *codes, int count,
                        struct am_arena *arena, const char ***names, struct am_err *err)
{
    bool *twin = AM_ARENA_NEW(arena, (size_t)count, bool);
    *names = AM_ARENA_NEW(arena, (size_t)count, const char *);
    if (!twin || !*names)
        return am_fail_memory(err);
    am_status status = find_twins(codes, count, twin, arena, err);
    for (int i = 0; i < count && !status; i++) {
        char hashed[NAME_ROOM], whole[2 * NAME_ROOM];
        bool plain = is_plain(codes[i]) && !twin[i];
        if (!plain)
            hashed_name(codes[i], hashed);
        (void)snprintf(whole, sizeof whole, "%s%s.ics", prefix, plain ? codes[i] : hashed);
        (*names)[i] = am_arena_strdup(arena, whole);
        if (!(*names)[i])
            status = am_fail_memory(err);
    }
    return status;
}
