/*
 * profile - the entries of pairs in the coupling rows, each kind held once.
 *
 * Most pairs of a session stand in the same rows with the same values: what
 * they have in common is a profile, and a pair only says which is its own. A
 * large unit has millions of pairs and some thousands of profiles.
 */
#ifndef AM_SOLVER_PROFILE_H
#define AM_SOLVER_PROFILE_H

#include "solver/coupling.h"

/* Find the profiles of the pairs of each session, in order, and fill profile_of
 * and the other profile_* of the coupling, whose pair_count and lists by session
 * are there already. Pair k's entries are entries[first[k]] to before
 * entries[first[k + 1]]; they are copied. Memory is in arena; false: none left. */
AM_MUST_CHECK bool am_profiles_make(struct am_coupling *coupling, int session_count,
                                    const int64_t *first, const struct am_entry *entries,
                                    struct am_arena *arena);

#endif
