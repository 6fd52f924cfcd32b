/* A published feed, as amends-publish reads it back. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "publish/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct am_feed feed;
    struct am_arena arena;
    struct am_text text = {0};
    struct am_err err = {0};
    am_arena_init(&arena);
    am_status status = am_feed_parse(size > 0 ? (const char *)data : "", size, &arena, &feed, &err);
    FUZZ_HOLDS(status == AM_OK || (status == AM_EPARSE && err.msg[0]));
    for (int i = 0; status == AM_OK && i < feed.event_count; i++) {
        FUZZ_HOLDS(strspn(feed.events[i].uid, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                              "0123456789-") == strlen(feed.events[i].uid));
        FUZZ_HOLDS(i == 0 || feed.events[i - 1].start <= feed.events[i].start);
        am_text_clear(&text);
        am_feed_put_event(&feed, i, &text);
        FUZZ_HOLDS(am_text_status(&text, &err) == AM_OK);
    }
    am_text_release(&text);
    am_arena_release(&arena);
    return 0;
}
