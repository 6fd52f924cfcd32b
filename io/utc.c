#include "io/utc.h"

#include <stdio.h>
#include <string.h>

enum { DAY_S = 86400, HOUR_S = 3600, MINUTE_S = 60 };

/* The digits of a text that is shaped like the pattern ('0': any digit). */
static bool take_digits(const char *text, const char *pattern, char *digits)
{
    for (; *pattern; pattern++, text++) {
        if (*pattern == '0' && *text >= '0' && *text <= '9')
            *digits++ = *text;
        else if (*pattern == '0' || *pattern != *text)
            return false;
    }
    return *text == '\0';
}

static int number(const char *digits, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

bool am_utc_parse(const char *text, int64_t *seconds)
{
    char d[14];
    if (!take_digits(text, "0000-00-00T00:00:00Z", d) && !take_digits(text, "00000000T000000Z", d))
        return false;
    int year = number(d, 4), month = number(d + 4, 2), day = number(d + 6, 2);
    int hour = number(d + 8, 2), minute = number(d + 10, 2), second = number(d + 12, 2);
    if (!am_civil_valid(year, month, day) || hour > 23 || minute > 59 || second > 59)
        return false;
    *seconds =
        (int64_t)am_date_of(year, month, day) * DAY_S + hour * HOUR_S + minute * MINUTE_S + second;
    return true;
}

am_date am_utc_date(int64_t seconds)
{
    int64_t days = seconds / DAY_S;
    return (am_date)(seconds % DAY_S < 0 ? days - 1 : days);
}

static char *format(int64_t seconds, const char *shape, char text[AM_UTC_TEXT])
{
    am_date date = am_utc_date(seconds);
    struct am_civil civil = am_civil_of(date);
    int rest = (int)(seconds - (int64_t)date * DAY_S), at = 0;
    char digits[64];
    (void)snprintf(digits, sizeof digits, "%04d%02d%02d%02d%02d%02d", civil.year, civil.month,
                   civil.day, rest / HOUR_S, rest / MINUTE_S % 60, rest % 60);
    size_t i = 0;
    for (; shape[i]; i++)
        text[i] = shape[i] == '0' ? digits[at++] : shape[i];
    text[i] = '\0';
    return text;
}

char *am_utc_format(int64_t seconds, char text[AM_UTC_TEXT])
{
    return format(seconds, "0000-00-00T00:00:00Z", text);
}

char *am_utc_format_basic(int64_t seconds, char text[AM_UTC_TEXT])
{
    return format(seconds, "00000000T000000Z", text);
}

int64_t am_utc_of_london(am_date date, int minute)
{
    return ((int64_t)date * AM_DAY_MINUTES + minute - am_london_offset(date, minute)) * MINUTE_S;
}
