#include "model/time.h"

#include <string.h>

/* Days from 1970-01-01 back to 0000-03-01, from which years are counted: with
 * March first, a leap day is the last day of its year. */
enum { DAYS_TO_EPOCH = 719468, CYCLE_YEARS = 400, CYCLE_DAYS = 146097 };

static const char *const weekday_codes[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
static const char *const weekday_names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                            "Friday", "Saturday", "Sunday"};
static const char *const month_names[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

static int floor_div(int a, int b)
{
    return a / b - (a % b < 0);
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days from 1 March to the first of the month that is m after March (0 .. 12):
 * 31, 30, 31, 30, 31 and again. */
static int days_before(int m)
{
    return (153 * m + 2) / 5;
}

am_date am_date_of(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int m = month <= 2 ? month + 9 : month - 3;
    int cycle = floor_div(y, CYCLE_YEARS);
    int in_cycle = y - cycle * CYCLE_YEARS;
    int days = 365 * in_cycle + in_cycle / 4 - in_cycle / 100 + days_before(m) + day - 1;
    return cycle * CYCLE_DAYS + days - DAYS_TO_EPOCH;
}

struct am_civil am_civil_of(am_date date)
{
    int days = date + DAYS_TO_EPOCH;
    int cycle = floor_div(days, CYCLE_DAYS);
    int rest = days - cycle * CYCLE_DAYS;
    /* the first guess is the year or, near its end, the one after */
    int in_cycle = rest / 365 > CYCLE_YEARS - 1 ? CYCLE_YEARS - 1 : rest / 365;
    while (365 * in_cycle + in_cycle / 4 - in_cycle / 100 > rest)
        in_cycle--;
    rest -= 365 * in_cycle + in_cycle / 4 - in_cycle / 100;
    int m = (5 * rest + 2) / 153;
    int year = cycle * CYCLE_YEARS + in_cycle + (m >= 10);
    return (struct am_civil){year, m >= 10 ? m - 9 : m + 3, rest - days_before(m) + 1};
}

bool am_civil_valid(int year, int month, int day)
{
    return year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 &&
           day <= month_days(year, month);
}

enum am_weekday am_weekday_of(am_date date)
{
    /* 1970-01-01 was a Thursday */
    return (enum am_weekday)(date + 3 - 7 * floor_div(date + 3, 7));
}

am_date am_monday_of(am_date date)
{
    return date - (int)am_weekday_of(date);
}

int am_week_of(am_date date, am_date from)
{
    return floor_div(date - from, 7);
}

am_stamp am_stamp_of(am_date date, int minute)
{
    return (am_stamp)date * AM_DAY_MINUTES + minute;
}

/* Exactly `count` digits; -1 when there is anything else. */
static int parse_digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

/* The ten characters of a date, whatever follows. */
static bool parse_date_part(const char *text, am_date *date)
{
    if (strnlen(text, 10) < 10 || text[4] != '-' || text[7] != '-')
        return false;
    int year = parse_digits(text, 4), month = parse_digits(text + 5, 2);
    int day = parse_digits(text + 8, 2);
    if (!am_civil_valid(year, month, day))
        return false;
    *date = am_date_of(year, month, day);
    return true;
}

/* The five characters of a time of day, whatever follows. */
static bool parse_minute_part(const char *text, int *minute)
{
    if (strnlen(text, 5) < 5 || text[2] != ':')
        return false;
    int hours = parse_digits(text, 2), minutes = parse_digits(text + 3, 2);
    if (hours < 0 || minutes < 0 || minutes > 59 || 60 * hours + minutes > AM_DAY_MINUTES)
        return false;
    *minute = 60 * hours + minutes;
    return true;
}

bool am_date_parse(const char *text, am_date *date)
{
    return strlen(text) == 10 && parse_date_part(text, date);
}

bool am_minute_parse(const char *text, int *minute)
{
    return strlen(text) == 5 && parse_minute_part(text, minute);
}

bool am_datetime_parse(const char *text, am_date *date, int *minute)
{
    am_date d;
    int m;
    size_t length = strlen(text);
    if ((length != 16 && length != 19) || text[10] != 'T')
        return false;
    if (length == 19 && strcmp(text + 16, ":00") != 0)
        return false;
    if (!parse_date_part(text, &d) || !parse_minute_part(text + 11, &m))
        return false;
    *date = d;
    *minute = m;
    return true;
}

static void put_digits(char *out, int value, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

char *am_date_format(am_date date, char text[AM_DATE_TEXT])
{
    struct am_civil civil = am_civil_of(date);
    put_digits(text, civil.year, 4);
    text[4] = '-';
    put_digits(text + 5, civil.month, 2);
    text[7] = '-';
    put_digits(text + 8, civil.day, 2);
    text[10] = '\0';
    return text;
}

char *am_minute_format(int minute, char text[AM_MINUTE_TEXT])
{
    put_digits(text, minute / 60, 2);
    text[2] = ':';
    put_digits(text + 3, minute % 60, 2);
    text[5] = '\0';
    return text;
}

const char *am_weekday_code(enum am_weekday day)
{
    return weekday_codes[day];
}

const char *am_weekday_name(enum am_weekday day)
{
    return weekday_names[day];
}

const char *am_month_name(int month)
{
    return month_names[month - 1];
}

am_date am_months_end(am_date sentence, int months)
{
    struct am_civil civil = am_civil_of(sentence);
    int ordinal = 12 * civil.year + civil.month - 1 + months;
    int year = floor_div(ordinal, 12), month = ordinal - 12 * year + 1;
    int last = month_days(year, month);
    /* no such day in that month: the anniversary is the first of the next, so
     * the period ends with the month itself */
    return am_date_of(year, month, civil.day > last ? last : civil.day - 1);
}

bool am_dates_contain(struct am_dates dates, am_date date)
{
    int low = 0, high = dates.count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (dates.at[middle] < date)
            low = middle + 1;
        else
            high = middle;
    }
    return low < dates.count && dates.at[low] == date;
}

bool am_is_business_day(am_date date, struct am_dates bank_holidays)
{
    return am_weekday_of(date) < AM_SA && !am_dates_contain(bank_holidays, date);
}

am_date am_business_days_after(am_date from, int n, struct am_dates bank_holidays)
{
    am_date date = from;
    while (n > 0) {
        date++;
        n -= am_is_business_day(date, bank_holidays);
    }
    return date;
}

am_date am_clock_change(int year, int month)
{
    am_date last = am_date_of(year, month, month_days(year, month));
    return last - ((int)am_weekday_of(last) + 1) % 7;
}

bool am_in_clock_change(am_date date, int minute)
{
    struct am_civil civil = am_civil_of(date);
    if ((civil.month != 3 && civil.month != 10) || minute < 60 || minute >= 120)
        return false;
    return date == am_clock_change(civil.year, civil.month);
}

/* In the hour that does not exist the offset is still that of winter; in the
 * hour that exists twice it is that of the first, still summer. */
int am_london_offset(am_date date, int minute)
{
    int year = am_civil_of(date).year;
    am_stamp now = am_stamp_of(date, minute);
    am_stamp spring = am_stamp_of(am_clock_change(year, 3), 120);
    am_stamp autumn = am_stamp_of(am_clock_change(year, 10), 120);
    return now >= spring && now < autumn ? 60 : 0;
}
