/*
 * characters - one character at a time, from bytes that may not be UTF-8 at all.
 */
#ifndef AM_IO_CHARACTERS_H
#define AM_IO_CHARACTERS_H

#include <stddef.h>
#include <stdint.h>

#include "io/text.h"

enum { AM_REPLACEMENT_CHARACTER = 0xfffd };

/* The first character of a string that is not empty, and its size in bytes.
 * Where the bytes are not valid (overlong, surrogate, cut off, beyond
 * U+10FFFF), U+FFFD and 1. */
uint32_t am_character_next(const char *string, size_t *size);

void am_text_character(struct am_text *text, uint32_t character);

#endif
