/*
 * decimal - numbers as they are written, without floating point.
 */
#ifndef AM_IO_DECIMAL_H
#define AM_IO_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

struct am_decimal {
    bool in_range; /* |floor| < 10^18 */
    bool exact;    /* the number is floor itself, not between it and floor + 1 */
    int64_t floor;
};

/* The number of JSON's grammar at text (which must be one), times 10^shift. */
struct am_decimal am_decimal_read(const char *text, int shift);

#endif
