#include "io/characters.h"

static uint32_t refuse(size_t *size)
{
    *size = 1;
    return AM_REPLACEMENT_CHARACTER;
}

/* Bytes of a character by its first byte; 0: none starts like that. */
static size_t length_of(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return 2;
    if (first >= 0xe0 && first <= 0xef)
        return 3;
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

uint32_t am_character_next(const char *string, size_t *size)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)string;
    size_t length = length_of(bytes[0]);
    if (length == 0)
        return refuse(size);
    uint32_t character = length == 1 ? bytes[0] : bytes[0] & (0x7fU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80) /* the end of the string is none either */
            return refuse(size);
        character = character << 6 | (bytes[i] & 0x3f);
    }
    if (character < least[length] || character > 0x10ffff ||
        (character >= 0xd800 && character <= 0xdfff))
        return refuse(size);
    *size = length;
    return character;
}

void am_text_character(struct am_text *text, uint32_t character)
{
    if (character < 0x80) {
        am_text_char(text, (char)character);
        return;
    }
    char bytes[4];
    size_t size = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = size - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (character & 0x3f));
        character >>= 6;
    }
    bytes[0] = (char)(lead[size] | character);
    am_text_bytes(text, bytes, size);
}
