#include "publish/serve_headers.h"

#include <string.h>
#include <strings.h>

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

/* Past the entity tag that begins at `at`, or NULL where none does. */
static const char *tag_end(const char *at)
{
    if (*at != '"')
        return NULL;
    const char *quote = strchr(at + 1, '"');
    return quote ? quote + 1 : NULL;
}

bool am_serve_etag_listed(const char *list, const char *etag)
{
    if (!list)
        return false;
    const char *at = skip_blanks(list);
    if (*at == '*')
        return *skip_blanks(at + 1) == '\0';
    while (*at) {
        if (strncmp(at, "W/", 2) == 0)
            at += 2;
        const char *end = tag_end(at);
        if (!end)
            return false;
        if ((size_t)(end - at) == strlen(etag) && memcmp(at, etag, strlen(etag)) == 0)
            return true;
        at = end + strspn(end, " \t,");
    }
    return false;
}

/* "q=0", "q=0.0", "q=0.000": refused. */
static bool is_zero_weight(const char *at, const char *end)
{
    at = skip_blanks(at);
    if (end - at < 3 || strncasecmp(at, "q=", 2) != 0)
        return false;
    for (at += 2; at < end && *at != ' ' && *at != '\t'; at++)
        if (*at != '0' && *at != '.')
            return false;
    return true;
}

/* Is the name of a list's element, up to its weight, this one? */
static bool is_named(const char *at, const char *end, const char *name)
{
    while (end > at && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return (size_t)(end - at) == strlen(name) && strncasecmp(at, name, strlen(name)) == 0;
}

bool am_serve_takes_gzip(const char *list)
{
    bool any = false; /* "*" stands for what is not named */
    for (const char *at = list; at && *at;) {
        at = skip_blanks(at);
        const char *end = at + strcspn(at, ",");
        const char *name_end = at + strcspn(at, ",;");
        bool taken = *name_end != ';' || !is_zero_weight(name_end + 1, end);
        if (is_named(at, name_end, "gzip") || is_named(at, name_end, "x-gzip"))
            return taken;
        if (is_named(at, name_end, "*"))
            any = taken;
        at = *end ? end + 1 : end;
    }
    return any;
}
