#include "publish/token.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

enum { TOKEN_BYTES = (AM_TOKEN_TEXT - 1) / 2 };

bool am_token_is_valid(const char *text)
{
    size_t size = strspn(text, "0123456789abcdef");
    return size == AM_TOKEN_TEXT - 1 && text[size] == '\0';
}

am_status am_token_make(char token[AM_TOKEN_TEXT], struct am_err *err)
{
    unsigned char bytes[TOKEN_BYTES];
    ssize_t got;
    do /* so few bytes come whole, or not at all */
        got = getrandom(bytes, sizeof bytes, 0);
    while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof bytes)
        return am_fail(err, AM_EIO, "the system gives no random numbers: %s", strerror(errno));
    for (int i = 0; i < TOKEN_BYTES; i++)
        (void)snprintf(token + 2 * (size_t)i, 3, "%02x", bytes[i]);
    return AM_OK;
}

void am_token_hash(const char *token, char hash[AM_DIGEST_TEXT])
{
    struct am_digest digest;
    am_digest_init(&digest);
    am_digest_add(&digest, token, strlen(token));
    am_digest_finish(&digest, hash);
}
