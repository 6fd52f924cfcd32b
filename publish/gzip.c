#include "publish/gzip.h"

#include <limits.h>

#define ZLIB_CONST
#include <zlib.h>

/* 15 bits of window; 16 more ask for gzip's own header, which zlib leaves
 * without a date and a name. */
enum { WINDOW = 15 + 16, MEMORY = 8, CHUNK = 16384 };

am_status am_gzip(const char *bytes, size_t size, struct am_text *text, struct am_err *err)
{
    z_stream stream = {0};
    char chunk[CHUNK];
    int state;
    if (size > UINT_MAX)
        return am_fail(err, AM_EINVALID, "a calendar of over 4 GB cannot be compressed");
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW, MEMORY, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        return am_fail_memory(err);
    stream.next_in = (const Bytef *)bytes;
    stream.avail_in = (uInt)size;
    do {
        stream.next_out = (Bytef *)chunk;
        stream.avail_out = CHUNK;
        state = deflate(&stream, Z_FINISH);
        am_text_bytes(text, chunk, CHUNK - stream.avail_out);
    } while (state == Z_OK);
    (void)deflateEnd(&stream);
    return state == Z_STREAM_END ? am_text_status(text, err) : am_fail_memory(err);
}
