#include "solver/lp_args.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_ROOM = 255 }; /* GLPK's own limit */

am_status am_lp_check_bounds(double lower, double upper, struct am_err *err)
{
    if (isnan(lower) || isnan(upper) || lower > upper || lower >= AM_LP_INFINITY ||
        upper <= -AM_LP_INFINITY)
        return am_fail(err, AM_EINVALID, "lp: bounds %g .. %g", lower, upper);
    return AM_OK;
}

am_status am_lp_check_name(const char *name, struct am_err *err)
{
    if (name == NULL)
        return AM_OK;
    size_t length = 0;
    for (; name[length] != '\0'; length++)
        if (length >= NAME_ROOM || (unsigned char)name[length] <= ' ')
            return am_fail(err, AM_EINVALID, "lp: name \"%.40s\": too long, or not printable",
                           name);
    return AM_OK;
}

am_status am_lp_check_limits(const struct am_lp_limits *limits, struct am_err *err)
{
    if (isnan(limits->seconds) || limits->seconds < 0.0 || limits->nodes < 0)
        return am_fail(err, AM_EINVALID, "lp: limits of %g s, %ld nodes", limits->seconds,
                       limits->nodes);
    if (isnan(limits->absolute_gap) || limits->absolute_gap < 0.0 ||
        (limits->has_cutoff && isnan(limits->cutoff)))
        return am_fail(err, AM_EINVALID, "lp: gap %g, cutoff %g", limits->absolute_gap,
                       limits->cutoff);
    return AM_OK;
}

am_status am_lp_scratch_grow(struct am_lp_scratch *scratch, int count, struct am_err *err)
{
    if (count < scratch->room)
        return AM_OK;
    int room = count < 64 ? 128 : count + count / 2 + 1;
    int *index = realloc(scratch->index, (size_t)room * sizeof *index);
    if (index == NULL)
        return am_fail_memory(err);
    scratch->index = index;
    double *value = realloc(scratch->value, (size_t)room * sizeof *value);
    if (value == NULL)
        return am_fail_memory(err);
    scratch->value = value;
    scratch->room = room;
    return AM_OK;
}

void am_lp_scratch_free(struct am_lp_scratch *scratch)
{
    free(scratch->index);
    free(scratch->value);
    *scratch = (struct am_lp_scratch){0};
}

static int compare_index(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* GLPK aborts on an index given twice. */
static am_status check_distinct(struct am_lp_scratch *scratch, int count, const int *at,
                                struct am_err *err)
{
    bool ascending = true;
    for (int k = 1; k < count && ascending; k++)
        ascending = at[k - 1] < at[k];
    if (ascending)
        return AM_OK;
    memcpy(scratch->index, at, (size_t)count * sizeof *at);
    qsort(scratch->index, (size_t)count, sizeof *at, compare_index);
    for (int k = 1; k < count; k++)
        if (scratch->index[k - 1] == scratch->index[k])
            return am_fail(err, AM_EINVALID, "lp: entry %d given twice", scratch->index[k]);
    return AM_OK;
}

am_status am_lp_scratch_take(struct am_lp_scratch *scratch, int count, const int *at,
                             const double *values, int limit, int *kept, struct am_err *err)
{
    if (count < 0 || count > limit || (count > 0 && (at == NULL || values == NULL)))
        return am_fail(err, AM_EINVALID, "lp: %d entries where there is room for %d", count, limit);
    for (int k = 0; k < count; k++) {
        if (at[k] < 0 || at[k] >= limit)
            return am_fail(err, AM_EINVALID, "lp: entry %d of %d", at[k], limit);
        if (!isfinite(values[k]))
            return am_fail(err, AM_EINVALID, "lp: entry %d has the value %g", at[k], values[k]);
    }
    am_status status = am_lp_scratch_grow(scratch, count, err);
    if (status == AM_OK)
        status = check_distinct(scratch, count, at, err);
    if (status != AM_OK)
        return status;
    *kept = 0;
    for (int k = 0; k < count; k++) {
        if (values[k] == 0.0)
            continue;
        (*kept)++;
        scratch->index[*kept] = at[k] + 1;
        scratch->value[*kept] = values[k];
    }
    return AM_OK;
}
