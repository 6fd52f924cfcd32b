/* What a CalDAV server answers. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "publish/caldav_multistatus.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct am_caldav_listing listing = {0};
    struct am_arena arena;
    struct am_err err = {0};
    am_arena_init(&arena);
    am_status status =
        am_caldav_listing_read(size > 0 ? (const char *)data : "", size, &arena, &listing, &err);
    FUZZ_HOLDS(status == AM_OK || (status == AM_EPARSE && err.msg[0]));
    for (int i = 0; status == AM_OK && i < listing.count; i++)
        FUZZ_HOLDS(listing.resources[i].href && listing.resources[i].etag);
    am_arena_release(&arena);
    return 0;
}
