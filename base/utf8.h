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

/* For a text that is shown on a terminal, whoever wrote it and in whatever
 * encoding: what would steer the terminal (controls, breaks of lines, what turns
 * the direction of writing) and what is no UTF-8 become question marks. */
void am_utf8_disarm(char *text);

#endif
