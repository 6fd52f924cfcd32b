/*
 * opaque_id - ids that say nothing of what they stand for.
 *
 * Names of people's calendar files and UIDs of events are HMAC-SHA-256 of what
 * they stand for, shaped as UUIDs (version 8). The same key and parts always
 * give the same id, so that feeds stay what they are from week to week and the
 * same input gives the same bytes. A random id would need a memory, and one
 * made from the input's hash or from the seed would change with them.
 *
 * Without a key of one's own the key is a fixed one. Ids then look random but
 * are no secret: whoever has this program and a CRN can reckon them. Publish
 * people's calendars only with a key.
 */
#ifndef AM_IO_OPAQUE_ID_H
#define AM_IO_OPAQUE_ID_H

#include <stddef.h>
#include <stdint.h>

enum { AM_OPAQUE_ID_TEXT = 37, AM_KEY_BYTES = 32 };

/* The key that all ids of a run come from; made of whatever bytes are given. */
struct am_id_key {
    uint8_t bytes[AM_KEY_BYTES];
};

struct am_id_key am_id_key_of_bytes(const void *bytes, size_t size);
struct am_id_key am_id_key_default(void);

/* The id of so many parts, which are kept apart ("ab", "c" is not "a", "bc"). */
void am_opaque_id(const struct am_id_key *key, const char *const *parts, int count,
                  char id[AM_OPAQUE_ID_TEXT]);

#endif
