#include "io/digest.h"

void am_digest_init(struct am_digest *digest)
{
    SHA256Init(&digest->context);
}

void am_digest_add(struct am_digest *digest, const char *bytes, size_t size)
{
    SHA256Update(&digest->context, (const uint8_t *)bytes, size);
}

void am_digest_finish(struct am_digest *digest, char text[AM_DIGEST_TEXT])
{
    (void)SHA256End(&digest->context, text);
}
