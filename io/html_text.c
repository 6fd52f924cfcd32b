#include "io/html_text.h"

#include "io/characters.h"

static const char *entity_of(uint32_t character)
{
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c <= 0x9f);
}

void am_text_html(struct am_text *text, const char *value)
{
    for (size_t size; *value; value += size) {
        uint32_t c = am_character_next(value, &size);
        const char *entity = entity_of(c);
        if (entity)
            am_text_add(text, entity);
        else
            am_text_character(text, is_control(c) ? AM_REPLACEMENT_CHARACTER : c);
    }
}

void am_html_element(struct am_text *text, const char *tag, const char *value)
{
    am_text_format(text, "<%s>", tag);
    am_text_html(text, value);
    am_text_format(text, "</%s>", tag);
}
