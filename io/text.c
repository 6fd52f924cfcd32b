#include "io/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

void am_text_release(struct am_text *text)
{
    free(text->bytes);
    *text = (struct am_text){0};
}

void am_text_clear(struct am_text *text)
{
    text->size = 0;
    if (text->bytes)
        text->bytes[0] = '\0';
}

/* Room for `more` bytes and the NUL. */
static bool make_room(struct am_text *text, size_t more)
{
    if (text->failed)
        return false;
    if (more < text->room - text->size)
        return true;
    size_t wanted = text->room ? text->room : 256;
    while (wanted - text->size <= more) {
        if (wanted > SIZE_MAX / 2) {
            text->failed = true;
            return false;
        }
        wanted *= 2;
    }
    char *bytes = realloc(text->bytes, wanted);
    if (!bytes) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    text->room = wanted;
    return true;
}

void am_text_bytes(struct am_text *text, const char *bytes, size_t size)
{
    if (!make_room(text, size))
        return;
    if (size > 0)
        memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    text->bytes[text->size] = '\0';
}

void am_text_add(struct am_text *text, const char *string)
{
    am_text_bytes(text, string, strlen(string));
}

void am_text_plain(struct am_text *text, const char *string)
{
    size_t before = text->size;
    am_text_add(text, string);
    if (!text->failed && text->size > before)
        am_utf8_disarm(text->bytes + before);
}

void am_text_char(struct am_text *text, char c)
{
    am_text_bytes(text, &c, 1);
}

void am_text_format(struct am_text *text, const char *fmt, ...)
{
    char small[256];
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int size = vsnprintf(small, sizeof small, fmt, args);
    if (size < 0)
        text->failed = true;
    else if ((size_t)size < sizeof small)
        am_text_bytes(text, small, (size_t)size);
    else if (make_room(text, (size_t)size)) {
        (void)vsnprintf(text->bytes + text->size, (size_t)size + 1, fmt, again);
        text->size += (size_t)size;
    }
    va_end(again);
    va_end(args);
}

const char *am_text_string(const struct am_text *text)
{
    return text->bytes ? text->bytes : "";
}

am_status am_text_status(const struct am_text *text, struct am_err *err)
{
    return text->failed ? am_fail_memory(err) : AM_OK;
}

void am_text_thousands(struct am_text *text, int64_t number)
{
    char digits[24];
    uint64_t magnitude = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    int size = snprintf(digits, sizeof digits, "%" PRIu64, magnitude);
    if (number < 0)
        am_text_char(text, '-');
    for (int i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0)
            am_text_char(text, ',');
        am_text_char(text, digits[i]);
    }
}

void am_text_duration(struct am_text *text, int64_t minutes)
{
    if (minutes < 60) {
        am_text_format(text, "%" PRId64 " min", minutes);
        return;
    }
    am_text_thousands(text, minutes / 60);
    am_text_add(text, " h");
    if (minutes % 60 != 0)
        am_text_format(text, " %02" PRId64 " min", minutes % 60);
}

void am_text_tenths(struct am_text *text, int64_t hundredths)
{
    int64_t tenths = (hundredths + 5) / 10;
    am_text_thousands(text, tenths / 10);
    am_text_format(text, ".%" PRId64, tenths % 10);
}

void am_text_ppm(struct am_text *text, int64_t ppm)
{
    am_text_thousands(text, ppm / 10000);
    am_text_format(text, ".%04" PRId64 " %%", ppm % 10000);
}
