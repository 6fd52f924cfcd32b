#include "io/ics_text.h"

#include <string.h>

#include "io/characters.h"

/* C0 without LF, DEL and C1, separators, direction controls, byte order mark. */
static bool is_dropped(uint32_t c)
{
    return (c < 0x20 && c != '\n') || (c >= 0x7f && c <= 0x9f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c || c == 0xfeff;
}

void am_ics_clean(struct am_text *text, const char *value)
{
    bool space = false; /* one is due before the next character */
    size_t begin = text->size;
    for (size_t size; *value; value += size) {
        uint32_t c = am_character_next(value, &size);
        if (c == '\r') {
            if (value[1] == '\n')
                continue;
            c = '\n';
        }
        if (c == '\t' || c == ' ') {
            space = true;
            continue;
        }
        if (is_dropped(c))
            continue;
        if (space && c != '\n' && text->size > begin && text->bytes[text->size - 1] != '\n')
            am_text_char(text, ' ');
        space = false;
        am_text_character(text, c);
    }
}

enum { LINE_MOST = 75 };

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Octets of the line that go before the next fold: at most `most`. Where every
 * cut is beside a space ("a b c d ...") the space begins the next line, and does
 * not end this one; in a line of spaces any cut between characters serves. */
static size_t cut(const char *line, size_t most)
{
    size_t before_space = 0, any = 0;
    for (size_t at = most; at > 0; at--) {
        if (is_continuation(line[at]))
            continue;
        if (line[at] != ' ' && line[at - 1] != ' ')
            return at;
        if (before_space == 0 && line[at - 1] != ' ')
            before_space = at;
        if (any == 0)
            any = at;
    }
    return before_space > 0 ? before_space : any > 0 ? any : most;
}

static void fold(struct am_text *text, const char *line, size_t size)
{
    size_t most = LINE_MOST;
    while (size > most) {
        size_t part = cut(line, most);
        am_text_bytes(text, line, part);
        am_text_add(text, "\r\n ");
        line += part;
        size -= part;
        most = LINE_MOST - 1; /* the space that marks a continuation is one of them */
    }
    am_text_bytes(text, line, size);
    am_text_add(text, "\r\n");
}

/* The next CRLF that is no fold, or the end. */
static const char *line_end(const char *at, const char *end)
{
    while ((at = memchr(at, '\r', (size_t)(end - at))) != NULL) {
        if (at + 1 < end && at[1] == '\n' && !(at + 2 < end && at[2] == ' '))
            return at;
        at++;
    }
    return end;
}

/* Append a line without its folds. */
static void unfold(struct am_text *line, const char *raw, const char *stop)
{
    while (raw < stop) {
        const char *mark = memchr(raw, '\r', (size_t)(stop - raw));
        if (!mark)
            mark = stop;
        am_text_bytes(line, raw, (size_t)(mark - raw));
        bool folded = stop - mark >= 3 && memcmp(mark, "\r\n ", 3) == 0;
        if (!folded && mark < stop)
            am_text_char(line, *mark);
        raw = folded ? mark + 3 : mark < stop ? mark + 1 : stop;
    }
}

void am_ics_refold(struct am_text *text, const char *raw, size_t size)
{
    struct am_text line = {0};
    const char *end = raw + size;
    while (raw < end) {
        const char *stop = line_end(raw, end);
        am_text_clear(&line);
        unfold(&line, raw, stop);
        fold(text, am_text_string(&line), line.size);
        raw = stop < end ? stop + 2 : end;
    }
    if (line.failed)
        text->failed = true;
    am_text_release(&line);
}
