/*
 * order - whole numbers in order.
 */
#ifndef AM_BASE_ORDER_H
#define AM_BASE_ORDER_H

#include <stdint.h>

/* For qsort: both point to an int32_t, the smaller one goes first. */
static inline int am_by_number(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* Of ascending numbers each stays once; how many that are. */
static inline int am_each_once(int32_t *numbers, int count)
{
    int kept = 0;
    for (int i = 0; i < count; i++)
        if (kept == 0 || numbers[kept - 1] != numbers[i])
            numbers[kept++] = numbers[i];
    return kept;
}

#endif
