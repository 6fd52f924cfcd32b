/* What amends-publish remembers. The bytes are what follows the checksum, which is
 * put right, unless the first one is odd. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "io/ledger_json.h"

static const char opening[] =
    "{\n  \"format\": \"amends-ledger/1\",\n  \"checksum\": "
    "\"0000000000000000000000000000000000000000000000000000000000000000\",\n";
enum { OPENING = sizeof opening - 1, DIGITS = AM_DIGEST_TEXT - 1, AT = OPENING - 3 - DIGITS };

static char *with_checksum(const uint8_t *data, size_t size)
{
    char *bytes = malloc(OPENING + size), checksum[AM_DIGEST_TEXT];
    struct am_digest digest;
    FUZZ_HOLDS(bytes != NULL);
    memcpy(bytes, opening, OPENING);
    memcpy(bytes + OPENING, data, size);
    am_digest_init(&digest);
    am_digest_add(&digest, bytes, OPENING + size);
    am_digest_finish(&digest, checksum);
    memcpy(bytes + AT, checksum, DIGITS);
    return bytes;
}

/* The same ledger gives the same bytes. */
static void check_again(const struct am_ledger *ledger, struct am_arena *arena)
{
    struct am_text text = {0}, again = {0};
    struct am_ledger back;
    FUZZ_HOLDS(am_ledger_json(ledger, &text, NULL) == AM_OK);
    FUZZ_HOLDS(am_ledger_read(&back, fuzz_file("again.json", text.bytes, text.size), arena, NULL) ==
               AM_OK);
    FUZZ_HOLDS(am_ledger_json(&back, &again, NULL) == AM_OK && again.size == text.size);
    FUZZ_HOLDS(memcmp(again.bytes, text.bytes, text.size) == 0);
    am_text_release(&text);
    am_text_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct am_ledger ledger;
    struct am_arena arena;
    struct am_err err = {0};
    const char *path;
    if (size == 0)
        return -1;
    if (data[0] % 2) {
        path = fuzz_file("ledger.json", data, size);
    } else {
        char *bytes = with_checksum(data + 1, size - 1);
        path = fuzz_file("ledger.json", bytes, OPENING + size - 1);
        free(bytes);
    }
    am_arena_init(&arena);
    am_status status = am_ledger_read(&ledger, path, &arena, &err);
    FUZZ_HOLDS(status == AM_OK || err.msg[0]);
    if (status == AM_OK)
        check_again(&ledger, &arena);
    am_arena_release(&arena);
    return 0;
}
