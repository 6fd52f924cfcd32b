#include "io/emit_json.h"

#include <assert.h>
#include <inttypes.h>

#include "io/characters.h"

void am_emit_init(struct am_emit *emit, struct am_text *text)
{
    *emit = (struct am_emit){.text = text};
}

static void add_escaped(struct am_text *text, uint32_t character)
{
    static const char short_forms[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (const char *form = short_forms; *form; form += 2)
        if ((uint32_t)form[0] == character) {
            am_text_char(text, '\\');
            am_text_char(text, form[1]);
            return;
        }
    if (character < 0x20 || character == 0x7f)
        am_text_format(text, "\\u%04" PRIx32, character);
    else
        am_text_character(text, character);
}

void am_text_json_string(struct am_text *text, const char *value)
{
    am_text_char(text, '"');
    for (size_t size; *value; value += size)
        add_escaped(text, am_character_next(value, &size));
    am_text_char(text, '"');
}

static void indent(struct am_emit *emit)
{
    am_text_char(emit->text, '\n');
    for (int i = 0; i < emit->depth; i++)
        am_text_add(emit->text, "  ");
}

/* What stands before an element: comma, line break, key. */
static void begin(struct am_emit *emit, const char *key)
{
    if (emit->depth > 0) {
        bool inline_list = emit->levels[emit->depth - 1].inline_list;
        if (!emit->levels[emit->depth - 1].empty)
            am_text_add(emit->text, inline_list ? ", " : ",");
        if (!inline_list)
            indent(emit);
        emit->levels[emit->depth - 1].empty = false;
    }
    if (key) {
        am_text_json_string(emit->text, key);
        am_text_add(emit->text, ": ");
    }
}

void am_emit_open(struct am_emit *emit, const char *key, char bracket, bool inline_list)
{
    assert(emit->depth < AM_EMIT_DEPTH);
    begin(emit, key);
    am_text_char(emit->text, bracket);
    emit->levels[emit->depth].close = bracket == '{' ? '}' : ']';
    emit->levels[emit->depth].inline_list = inline_list;
    emit->levels[emit->depth].empty = true;
    emit->depth++;
}

void am_emit_close(struct am_emit *emit)
{
    assert(emit->depth > 0);
    emit->depth--;
    if (!emit->levels[emit->depth].inline_list && !emit->levels[emit->depth].empty)
        indent(emit);
    am_text_char(emit->text, emit->levels[emit->depth].close);
    if (emit->depth == 0)
        am_text_char(emit->text, '\n');
}

void am_emit_string(struct am_emit *emit, const char *key, const char *value)
{
    begin(emit, key);
    am_text_json_string(emit->text, value);
}

void am_emit_int(struct am_emit *emit, const char *key, int64_t value)
{
    begin(emit, key);
    am_text_format(emit->text, "%" PRId64, value);
}

void am_emit_bool(struct am_emit *emit, const char *key, bool value)
{
    begin(emit, key);
    am_text_add(emit->text, value ? "true" : "false");
}

void am_emit_null(struct am_emit *emit, const char *key)
{
    begin(emit, key);
    am_text_add(emit->text, "null");
}

void am_emit_date(struct am_emit *emit, const char *key, am_date date)
{
    char text[AM_DATE_TEXT];
    if (date == AM_NO_DATE)
        am_emit_null(emit, key);
    else
        am_emit_string(emit, key, am_date_format(date, text));
}

void am_emit_minute(struct am_emit *emit, const char *key, int minute)
{
    char text[AM_MINUTE_TEXT];
    am_emit_string(emit, key, am_minute_format(minute, text));
}
