/*
 * edit - bytes that change a good caseload.
 *
 * The first byte is the seed of a tiny caseload (tests/support/tiny_json.h).
 * Each further four bytes are one edit: what to do, which value (two bytes),
 * and with what. Nearly every string of bytes gives valid JSON whose values are
 * near what they should be, so that what lies behind the reader is reached.
 */
#ifndef AM_TESTS_FUZZ_EDIT_H
#define AM_TESTS_FUZZ_EDIT_H

#include <stddef.h>
#include <stdint.h>

/* The caseload's text; free() it. */
char *fuzz_edited(const uint8_t *data, size_t size);

#endif
