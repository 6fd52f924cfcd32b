/*
 * utf8 - the shape of UTF-8.
 */
#ifndef AM_BASE_UTF8_H
#define AM_BASE_UTF8_H

#include <stddef.h>

/* Bytes of the character at text, or 0 when it is not valid UTF-8 (overlong,
 * a surrogate, beyond U+10FFFF, cut off). size >= 1. */
size_t am_utf8_length(const unsigned char *text, size_t size);

/* Characters in size bytes of valid UTF-8. */
size_t am_utf8_count(const char *text, size_t size);

#endif
