#include "io/csv.h"

#include <stdbool.h>
#include <string.h>

void am_csv_init(struct am_csv *csv, char *bytes, size_t size)
{
    static const char mark[] = "\xef\xbb\xbf";
    *csv = (struct am_csv){.at = bytes, .end = bytes + size, .line = 1};
    if (size >= 3 && memcmp(bytes, mark, 3) == 0)
        csv->at += 3;
}

static am_status fail_at(struct am_csv *csv, int line, struct am_err *err, const char *what)
{
    csv->fault_line = line;
    return am_fail(err, AM_EPARSE, "%s", what);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool ends_line(const struct am_csv *csv, const char *at)
{
    return at == csv->end || *at == '\n' || (*at == '\r' && at + 1 < csv->end && at[1] == '\n');
}

/* The opening quote is at csv->at. The field is closed up in place. */
static am_status read_quoted(struct am_csv *csv, int line, const char **field, struct am_err *err)
{
    char *to = csv->at, *from = csv->at + 1;
    *field = to;
    for (;; from++) {
        if (from == csv->end)
            return fail_at(csv, line, err, "a quote is not closed");
        if (*from == '\0')
            return fail_at(csv, csv->line, err, "a NUL byte");
        if (*from == '"' && from[1] != '"')
            break;
        if (*from == '"')
            from++;
        if (*from == '\n')
            csv->line++;
        *to++ = *from;
    }
    for (from++; from < csv->end && is_blank(*from);)
        from++;
    if (!ends_line(csv, from) && *from != ',')
        return fail_at(csv, csv->line, err, "text behind a closed quote");
    csv->at = from;
    *to = '\0'; /* at least the closing quote lies between to and from */
    return AM_OK;
}

/* Leaves csv->at at the comma or the end of the line; *last is where the
 * field's NUL goes once those are no longer needed. */
static void read_plain(struct am_csv *csv, const char **field, char **last)
{
    *field = csv->at;
    while (!ends_line(csv, csv->at) && *csv->at != ',')
        csv->at++;
    *last = csv->at;
    while (*last > *field && is_blank((*last)[-1]))
        (*last)--;
}

static void skip_line_end(struct am_csv *csv)
{
    if (csv->at < csv->end && *csv->at == '\r')
        csv->at++;
    if (csv->at < csv->end)
        csv->at++;
    csv->line++;
}

static am_status read_field(struct am_csv *csv, struct am_csv_row *row, bool *more,
                            struct am_err *err)
{
    char *last = NULL;
    if (row->count == AM_CSV_FIELDS)
        return fail_at(csv, row->line, err, "more than 64 fields");
    while (csv->at < csv->end && is_blank(*csv->at))
        csv->at++;
    if (csv->at < csv->end && *csv->at == '"') {
        am_status status = read_quoted(csv, row->line, &row->fields[row->count], err);
        if (status != AM_OK)
            return status;
    } else {
        read_plain(csv, &row->fields[row->count], &last);
    }
    row->count++;
    *more = csv->at < csv->end && *csv->at == ',';
    if (*more)
        csv->at++;
    else
        skip_line_end(csv);
    if (last)
        *last = '\0';
    return AM_OK;
}

am_status am_csv_next(struct am_csv *csv, struct am_csv_row *row, struct am_err *err)
{
    while (csv->at < csv->end && ends_line(csv, csv->at))
        skip_line_end(csv);
    row->line = csv->line;
    row->count = 0;
    if (csv->at >= csv->end)
        return AM_OK;
    const char *newline = memchr(csv->at, '\n', (size_t)(csv->end - csv->at));
    if (memchr(csv->at, '\0', (size_t)((newline ? newline : csv->end) - csv->at)))
        return fail_at(csv, csv->line, err, "a NUL byte");
    for (bool more = true; more;) {
        am_status status = read_field(csv, row, &more, err);
        if (status != AM_OK)
            return status;
    }
    return AM_OK;
}
