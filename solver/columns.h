/*
 * columns - the patterns seen so far, each once.
 */
#ifndef AM_SOLVER_COLUMNS_H
#define AM_SOLVER_COLUMNS_H

#include "solver/instance.h"

struct am_column {
    int64_t points;
    int64_t first_pick; /* in picks[] */
    int32_t pick_count;
    int32_t person;
};

struct am_columns {
    const struct am_instance *instance;
    struct am_column *at;
    int64_t *picks; /* pairs, by day */
    size_t count, room, pick_count, pick_room;
    int32_t *table; /* hash: column + 1, 0 empty */
    size_t table_size;
    int64_t *scratch; /* one pattern, by day */
};

AM_MUST_CHECK am_status am_columns_init(struct am_columns *columns,
                                        const struct am_instance *instance, struct am_err *err);
void am_columns_release(struct am_columns *columns);

/* Add a person's pattern, given by day as pairs less the person's first (-1:
 * none). *index is its column (NULL: not wanted).
 * Fails with AM_ENOMEM, or AM_EINVALID when it is not a pattern. */
AM_MUST_CHECK am_status am_columns_add(struct am_columns *columns, int person,
                                       const int32_t *chosen, int32_t *index, struct am_err *err);

#endif
