#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

static bool continues(const unsigned char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if ((text[i] & 0xc0) != 0x80)
            return false;
    return true;
}

size_t am_utf8_length(const unsigned char *text, size_t size)
{
    unsigned char first = text[0];
    if (first < 0x80)
        return 1;
    size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first < 0xc2 || first > 0xf4 || size < length || !continues(text + 1, length - 1))
        return 0;
    unsigned char second = text[1];
    bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    bool surrogate = first == 0xed && second > 0x9f;
    bool beyond = first == 0xf4 && second > 0x8f;
    return overlong || surrogate || beyond ? 0 : length;
}

size_t am_utf8_count(const char *text, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

/* Does a terminal obey this character of UTF-8: a control, a break of lines, or
 * what turns the direction of writing? */
static bool steers(const unsigned char *at, size_t length)
{
    if (length == 1)
        return *at < 0x20 || *at == 0x7f;
    if (length == 2)
        return (at[0] == 0xc2 && at[1] <= 0x9f) || (at[0] == 0xd8 && at[1] == 0x9c);
    if (length != 3 || at[0] != 0xe2)
        return false;
    if (at[1] == 0x81)
        return at[2] >= 0xa6 && at[2] <= 0xa9;
    return at[1] == 0x80 && (at[2] == 0x8e || at[2] == 0x8f || (at[2] >= 0xa8 && at[2] <= 0xae));
}

void am_utf8_disarm(char *text)
{
    unsigned char *at = (unsigned char *)text;
    for (size_t left = strlen(text), length; left > 0; at += length, left -= length) {
        length = am_utf8_length(at, left);
        if (length == 0 || steers(at, length)) {
            length += length == 0;
            memset(at, '?', length);
        }
    }
}
