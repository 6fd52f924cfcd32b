/*
 * digest - SHA-256 of what was read.
 */
#ifndef AM_IO_DIGEST_H
#define AM_IO_DIGEST_H

#include <stddef.h>
#include <sys/types.h>
#include <stdint.h>
#include <sha2.h>

struct am_digest {
    SHA2_CTX context;
};

enum { AM_DIGEST_TEXT = 65 };

void am_digest_init(struct am_digest *digest);
void am_digest_add(struct am_digest *digest, const char *bytes, size_t size);
void am_digest_finish(struct am_digest *digest, char text[AM_DIGEST_TEXT]);

#endif
