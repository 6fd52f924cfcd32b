#include "io/emit_csv.h"

#include <inttypes.h>
#include <string.h>

/* Spreadsheets take cells that begin so for formulas: with the signs of ASCII,
 * in East Asian locales with the wide ones too. */
static bool looks_like_formula(const char *value)
{
    static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
                                       "\xef\xbc\xa0"};
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (strncmp(value, wide[i], strlen(wide[i])) == 0)
            return true;
    return *value && strchr("=+-@\t\r\n", *value);
}

void am_text_csv_cell(struct am_text *text, const char *value)
{
    bool armed = looks_like_formula(value);
    if (!armed && !strpbrk(value, "\",;\r\n\t'")) {
        am_text_add(text, value);
        return;
    }
    am_text_add(text, armed ? "\"'" : "\"");
    for (; *value; value++) {
        if (*value == '"')
            am_text_char(text, '"');
        am_text_char(text, *value);
    }
    am_text_char(text, '"');
}

void am_cell_text(struct am_text *text, const char *value)
{
    am_text_csv_cell(text, value);
    am_text_char(text, ',');
}

void am_cell_int(struct am_text *text, int64_t value)
{
    am_text_format(text, "%" PRId64 ",", value);
}

void am_cell_int_if(struct am_text *text, bool known, int64_t value)
{
    if (known)
        am_cell_int(text, value);
    else
        am_text_char(text, ',');
}

void am_cell_date(struct am_text *text, am_date date)
{
    char day[AM_DATE_TEXT];
    am_cell_text(text, date == AM_NO_DATE ? "" : am_date_format(date, day));
}

void am_cell_minute(struct am_text *text, int minute)
{
    char clock[AM_MINUTE_TEXT];
    am_cell_text(text, am_minute_format(minute, clock));
}

void am_row_end(struct am_text *text)
{
    if (!text->failed)
        text->size--;
    am_text_add(text, "\r\n");
}
