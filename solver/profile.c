#include "solver/profile.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* Entries of pairs as they were written, and the profiles found among them. */
struct profiling {
    struct am_coupling *coupling;
    const int64_t *first; /* of a pair */
    const struct am_entry *entries;
    int32_t *starts; /* of a profile */
    size_t start_count, start_room;
    struct am_entry *kept;
    size_t kept_count, kept_room;
};

static bool same_entries(const struct profiling *profiling, size_t profile, int64_t k)
{
    const struct am_entry *theirs = profiling->kept + profiling->starts[profile];
    const struct am_entry *ours = profiling->entries + profiling->first[k];
    int64_t count = profiling->first[k + 1] - profiling->first[k];
    if (profiling->starts[profile + 1] - profiling->starts[profile] != count)
        return false;
    for (int64_t e = 0; e < count; e++)
        if (theirs[e].row != ours[e].row || theirs[e].value != ours[e].value)
            return false;
    return true;
}

/* A new profile like the pair's entries; starts[] always ends with where the
 * next one would begin. */
static bool add_profile(struct profiling *profiling, int64_t k)
{
    int64_t count = profiling->first[k + 1] - profiling->first[k];
    size_t kept = profiling->kept_count + (size_t)count;
    if (kept > INT32_MAX ||
        !am_grow((void **)&profiling->starts, &profiling->start_room, profiling->start_count + 2,
                 sizeof *profiling->starts) ||
        !am_grow((void **)&profiling->kept, &profiling->kept_room, kept + 1,
                 sizeof *profiling->kept))
        return false;
    for (int64_t e = 0; e < count; e++)
        profiling->kept[profiling->kept_count++] = profiling->entries[profiling->first[k] + e];
    profiling->starts[profiling->start_count++] = (int32_t)(kept - (size_t)count);
    profiling->starts[profiling->start_count] = (int32_t)kept;
    return true;
}

static bool profile_session(struct profiling *profiling, int s)
{
    struct am_coupling *coupling = profiling->coupling;
    size_t before = profiling->start_count;
    for (int64_t i = coupling->session_first[s]; i < coupling->session_first[s + 1]; i++) {
        int64_t k = coupling->by_session[i];
        size_t f = before;
        while (f < profiling->start_count && !same_entries(profiling, f, k))
            f++;
        if (f == profiling->start_count && !add_profile(profiling, k))
            return false;
        coupling->profile_of[k] = (int32_t)f;
    }
    return true;
}

static bool keep_profiles(const struct profiling *profiling, struct am_arena *arena)
{
    struct am_coupling *coupling = profiling->coupling;
    coupling->profile_count = (int32_t)profiling->start_count;
    coupling->profile_first = AM_ARENA_NEW(arena, profiling->start_count + 1, int32_t);
    coupling->profile_entries = AM_ARENA_NEW(arena, profiling->kept_count, struct am_entry);
    if (!coupling->profile_first || !coupling->profile_entries)
        return false;
    if (profiling->start_count > 0)
        memcpy(coupling->profile_first, profiling->starts,
               (profiling->start_count + 1) * sizeof *profiling->starts);
    if (profiling->kept_count > 0)
        memcpy(coupling->profile_entries, profiling->kept,
               profiling->kept_count * sizeof *profiling->kept);
    return true;
}

bool am_profiles_make(struct am_coupling *coupling, int session_count, const int64_t *first,
                      const struct am_entry *entries, struct am_arena *arena)
{
    struct profiling profiling = {.coupling = coupling, .first = first, .entries = entries};
    coupling->profile_of = AM_ARENA_NEW(arena, (size_t)coupling->pair_count, int32_t);
    bool good = coupling->profile_of != NULL;
    for (int s = 0; s < session_count && good; s++)
        good = profile_session(&profiling, s);
    good = good && keep_profiles(&profiling, arena);
    free(profiling.starts);
    free(profiling.kept);
    return good;
}
