/*
 * order - whole numbers in order, for qsort.
 */
#ifndef AM_BASE_ORDER_H
#define AM_BASE_ORDER_H

#include <stdint.h>

/* Both point to an int32_t: the smaller one first. */
static inline int am_by_number(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

#endif
