#include "io/json_scan.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/utf8.h"
#include "io/limits.h"

struct scanner {
    const unsigned char *text;
    size_t size, at;
    int depth;
    size_t pack_least; /* numbers of a list that is to be packed */
    struct am_json_scan *out;
    am_status status;
};

static bool fail(struct scanner *s, const char *fault)
{
    if (s->status == AM_OK) {
        s->status = AM_EPARSE;
        s->out->fault = fault;
        s->out->fault_at = s->at;
    }
    return false;
}

/* The byte at hand; 0 at the end (a NUL in the text is no JSON either). */
static unsigned char peek(const struct scanner *s)
{
    return s->at < s->size ? s->text[s->at] : 0;
}

static void skip_space(struct scanner *s)
{
    while (s->at < s->size && (s->text[s->at] == ' ' || s->text[s->at] == '\n' ||
                               s->text[s->at] == '\t' || s->text[s->at] == '\r'))
        s->at++;
}

static bool note_value(struct scanner *s)
{
    struct am_json_scan *out = s->out;
    if (out->count == AM_JSON_VALUES)
        return fail(s, "more than 32,000,000 values");
    if (out->count == out->room) {
        size_t room = out->room > 0 ? 2 * out->room : 1024;
        uint32_t *offsets = realloc(out->offsets, room * sizeof *offsets);
        if (!offsets) {
            s->status = AM_ENOMEM;
            return false;
        }
        out->offsets = offsets;
        out->room = room;
    }
    out->offsets[out->count++] = (uint32_t)s->at;
    return true;
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool scan_digits(struct scanner *s)
{
    if (!is_digit(peek(s)))
        return fail(s, s->at < s->size ? "expected a digit" : "the file ends inside a number");
    while (is_digit(peek(s)))
        s->at++;
    return true;
}

static bool scan_number(struct scanner *s)
{
    size_t start = s->at;
    if (peek(s) == '-')
        s->at++;
    if (peek(s) == '0') {
        s->at++;
        if (is_digit(peek(s)))
            return fail(s, "a number must not begin with 0");
    } else if (!scan_digits(s)) {
        return false;
    }
    if (peek(s) == '.') {
        s->at++;
        if (!scan_digits(s))
            return false;
    }
    if (peek(s) == 'e' || peek(s) == 'E') {
        s->at++;
        if (peek(s) == '+' || peek(s) == '-')
            s->at++;
        if (!scan_digits(s))
            return false;
    }
    if (s->at - start > AM_JSON_NUMBER) {
        s->at = start;
        return fail(s, "a number of more than 60 characters");
    }
    return true;
}

/* The four digits after \u, or -1. */
static int hex4(struct scanner *s)
{
    int value = 0;
    for (int i = 0; i < 4; i++, s->at++) {
        unsigned char c = peek(s);
        if (is_digit(c))
            value = 16 * value + (c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            value = 16 * value + ((c | 0x20) - 'a' + 10);
        else
            return -1;
    }
    return value;
}

static bool scan_unicode(struct scanner *s)
{
    size_t start = s->at - 2;
    int unit = hex4(s);
    if (unit < 0)
        return fail(s, "expected four hexadecimal digits after \\u");
    if (unit >= 0xd800 && unit <= 0xdbff && peek(s) == '\\' && s->at + 1 < s->size &&
        s->text[s->at + 1] == 'u') {
        s->at += 2;
        int low = hex4(s);
        if (low >= 0xdc00 && low <= 0xdfff)
            return true;
    }
    if (unit == 0 || (unit >= 0xd800 && unit <= 0xdfff)) {
        s->at = start;
        return fail(s, unit == 0 ? "a string must not hold the character NUL (\\u0000)"
                                 : "half of a surrogate pair (\\ud800 to \\udfff)");
    }
    return true;
}

static bool scan_escape(struct scanner *s)
{
    s->at++;
    unsigned char c = peek(s);
    if (c == 'u') {
        s->at++;
        return scan_unicode(s);
    }
    if (c == 0 || !strchr("\"\\/bfnrt", c))
        return fail(s, "no such escape in a string");
    s->at++;
    return true;
}

static bool scan_string(struct scanner *s)
{
    size_t start = s->at++;
    for (;;) {
        while (s->at < s->size && s->text[s->at] >= 0x20 && s->text[s->at] < 0x80 &&
               s->text[s->at] != '"' && s->text[s->at] != '\\')
            s->at++;
        if (s->at >= s->size) {
            s->at = start;
            return fail(s, "this string does not end");
        }
        unsigned char c = s->text[s->at];
        if (c == '"') {
            s->at++;
            return true;
        }
        if (c < 0x20)
            return fail(s, "a line break or control character inside a string");
        if (c == '\\') {
            if (!scan_escape(s))
                return false;
            continue;
        }
        size_t length = am_utf8_length(s->text + s->at, s->size - s->at);
        if (length == 0)
            return fail(s, "not UTF-8");
        s->at += length;
    }
}

static bool scan_word(struct scanner *s, const char *word)
{
    size_t length = strlen(word);
    if (s->size - s->at < length || memcmp(s->text + s->at, word, length) != 0)
        return fail(s, "expected a JSON value");
    s->at += length;
    return true;
}

static bool scan_value(struct scanner *s);

static bool enter(struct scanner *s)
{
    if (++s->depth > AM_JSON_DEPTH)
        return fail(s, "nested more than 64 levels deep");
    s->at++;
    skip_space(s);
    return true;
}

static bool leave(struct scanner *s)
{
    s->depth--;
    s->at++;
    return true;
}

/* Note that a list from here on has nothing but numbers and nulls, the offsets
 * of which are those from `first` on. */
static bool pack(struct scanner *s, size_t at, size_t first)
{
    struct am_json_scan *out = s->out;
    if (!am_grow((void **)&out->packed, &out->packed_room, out->packed_count + 1,
                 sizeof *out->packed)) {
        s->status = AM_ENOMEM;
        return false;
    }
    out->packed[out->packed_count++] = (struct am_json_span){(uint32_t)at, (uint32_t)s->at};
    out->count = first;
    return true;
}

static bool scan_array(struct scanner *s)
{
    size_t at = s->at, first = s->out->count;
    bool plain = true;
    if (!enter(s))
        return false;
    if (peek(s) == ']')
        return leave(s);
    for (;;) {
        skip_space(s);
        plain = plain && (is_digit(peek(s)) || peek(s) == '-' || peek(s) == 'n');
        if (!scan_value(s))
            return false;
        skip_space(s);
        if (peek(s) == ']') {
            (void)leave(s);
            return !plain || s->out->count - first < s->pack_least || pack(s, at, first);
        }
        if (peek(s) != ',')
            return fail(s, s->at < s->size ? "expected , or ]" : "the file ends inside a list");
        s->at++;
    }
}

static bool scan_key(struct scanner *s)
{
    skip_space(s);
    if (peek(s) != '"')
        return fail(s, s->at < s->size ? "expected a key in double quotes"
                                       : "the file ends inside an object");
    if (!scan_string(s))
        return false;
    skip_space(s);
    if (peek(s) != ':')
        return fail(s, "expected : after a key");
    s->at++;
    return true;
}

static bool scan_object(struct scanner *s)
{
    if (!enter(s))
        return false;
    if (peek(s) == '}')
        return leave(s);
    for (;;) {
        if (!scan_key(s) || !scan_value(s))
            return false;
        skip_space(s);
        if (peek(s) == '}')
            return leave(s);
        if (peek(s) != ',')
            return fail(s, s->at < s->size ? "expected , or }" : "the file ends inside an object");
        s->at++;
    }
}

static bool scan_value(struct scanner *s)
{
    skip_space(s);
    if (s->at >= s->size)
        return fail(s, "the file ends where a value should stand");
    if (!note_value(s))
        return false;
    switch (peek(s)) {
    case '{':
        return scan_object(s);
    case '[':
        return scan_array(s);
    case '"':
        return scan_string(s);
    case 't':
        return scan_word(s, "true");
    case 'f':
        return scan_word(s, "false");
    case 'n':
        return scan_word(s, "null");
    default:
        if (peek(s) == '-' || is_digit(peek(s)))
            return scan_number(s);
        return fail(s, peek(s) >= 0x80 && am_utf8_length(s->text + s->at, s->size - s->at) == 0
                           ? "not UTF-8"
                           : "expected a JSON value");
    }
}

am_status am_json_scan(const char *text, size_t size, struct am_json_scan *scan)
{
    return am_json_scan_packed(text, size, SIZE_MAX, scan);
}

am_status am_json_scan_packed(const char *text, size_t size, size_t least,
                              struct am_json_scan *scan)
{
    *scan = (struct am_json_scan){0};
    struct scanner s = {
        .text = (const unsigned char *)text, .size = size, .pack_least = least, .out = scan};
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        fail(&s, "begins with a byte order mark: save the file as UTF-8 without one");
        return s.status;
    }
    skip_space(&s);
    if (s.at == size) {
        s.at = 0;
        fail(&s, "the file is empty");
        return s.status;
    }
    if (scan_value(&s)) {
        skip_space(&s);
        if (s.at < size)
            fail(&s, "something follows the end of the JSON value");
    }
    return s.status;
}
