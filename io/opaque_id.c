#include "io/opaque_id.h"

#include <sha2.h>
#include <stdio.h>
#include <string.h>

enum { BLOCK = SHA256_BLOCK_LENGTH, DIGEST = SHA256_DIGEST_LENGTH };

struct am_id_key am_id_key_of_bytes(const void *bytes, size_t size)
{
    struct am_id_key key;
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, bytes, size);
    SHA256Final(key.bytes, &context);
    return key;
}

struct am_id_key am_id_key_default(void)
{
    static const char text[] = "amends calendars 1";
    return am_id_key_of_bytes(text, sizeof text - 1);
}

/* One of the two hashes of HMAC begins: the key, padded with zeros to a block,
 * every byte combined with the pad. */
static void begin_hash(SHA2_CTX *context, const struct am_id_key *key, uint8_t pad)
{
    uint8_t block[BLOCK];
    memset(block, pad, sizeof block);
    for (int i = 0; i < AM_KEY_BYTES; i++)
        block[i] ^= key->bytes[i];
    SHA256Init(context);
    SHA256Update(context, block, sizeof block);
}

static void hmac(const struct am_id_key *key, const char *const *parts, int count,
                 uint8_t digest[DIGEST])
{
    SHA2_CTX context;
    begin_hash(&context, key, 0x36);
    for (int i = 0; i < count; i++) /* the NUL keeps the parts apart */
        SHA256Update(&context, (const uint8_t *)parts[i], strlen(parts[i]) + 1);
    SHA256Final(digest, &context);
    begin_hash(&context, key, 0x5c);
    SHA256Update(&context, digest, DIGEST);
    SHA256Final(digest, &context);
}

void am_opaque_id(const struct am_id_key *key, const char *const *parts, int count,
                  char id[AM_OPAQUE_ID_TEXT])
{
    uint8_t digest[DIGEST];
    hmac(key, parts, count, digest);
    digest[6] = (uint8_t)(0x80 | (digest[6] & 0x0f)); /* version 8: of our own making */
    digest[8] = (uint8_t)(0x80 | (digest[8] & 0x3f)); /* the variant of RFC 9562 */
    char *at = id;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        at += snprintf(at, 3, "%02x", digest[i]);
    }
}
