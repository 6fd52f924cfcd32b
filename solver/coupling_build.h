/*
 * coupling_build - what the parts of am_coupling_build share.
 */
#ifndef AM_SOLVER_COUPLING_BUILD_H
#define AM_SOLVER_COUPLING_BUILD_H

#include "solver/coupling.h"

/* One entry before it is sorted to its variable or pair. */
struct am_loose_entry {
    int64_t owner;
    struct am_entry entry;
};

struct am_entry_heap {
    struct am_loose_entry *at;
    size_t count, room;
};

struct am_coupling_build {
    const struct am_instance *instance;
    struct am_coupling *coupling;
    int32_t *person_of; /* a pair's: asked for every row that it is in */
    struct am_row *rows;
    size_t row_count, row_room;
    struct am_var *vars;
    size_t var_count, var_room;
    struct am_entry_heap var_heap, pair_heap;
    bool failed; /* no memory; checked once at the end of each family */
};

/* The number of the new row. Without memory: build->failed. */
int32_t am_build_row(struct am_coupling_build *build, struct am_row row);
/* Likewise; an entry of 0 is none. */
void am_build_var_entry(struct am_coupling_build *build, int32_t var, int32_t row, int32_t value);

/* Likewise a variable. */
int32_t am_build_var(struct am_coupling_build *build, struct am_var var);

/* Which pairs of a session an entry is for. */
enum am_who {
    AM_WHO_EVERYBODY,
    AM_WHO_MEN,
    AM_WHO_NOT_MEN,
    AM_WHO_WOMEN,
    AM_WHO_LONE_WOMEN /* who must not be alone (R11) */
};
bool am_build_is_who(const struct am_coupling_build *build, int64_t pair, enum am_who who);
int32_t am_build_count_who(const struct am_coupling_build *build, int s, enum am_who who);
/* Value 1 for each such pair of the session. */
void am_build_heads(struct am_coupling_build *build, int s, enum am_who who, int32_t row);
/* Value `value` for every way in which the session can run; first: its first variable. */
void am_build_options(struct am_coupling_build *build, int s, int32_t first, int32_t row,
                      int32_t value);

/* R11: no lone woman among men. Once the session's options are there. */
void am_coupling_lone_women(struct am_coupling_build *build, int s, int32_t first_option);

/* R10: nobody leads two sessions at once, or more than their hours. Once all
 * options are there. */
void am_coupling_supervisors(struct am_coupling_build *build);

#endif
