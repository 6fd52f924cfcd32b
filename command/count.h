/*
 * count - a whole number on the command line.
 */
#ifndef AM_COMMAND_COUNT_H
#define AM_COMMAND_COUNT_H

#include <stdbool.h>

/* Digits alone, from least to most; false, and nothing is written, for anything else. */
bool am_count_parse(const char *text, int least, int most, int *value);

#endif
