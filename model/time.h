/*
 * time - dates, minutes of the day, weeks, months and business days.
 *
 * Dates and times are local to Europe/London. A date is the number of days
 * since 1970-01-01; a minute of the day is 0 .. 1440; a stamp is
 * date * 1440 + minute. All integers; nothing here knows the system clock or
 * the system's time zone.
 */
#ifndef AM_MODEL_TIME_H
#define AM_MODEL_TIME_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t am_date;
typedef int64_t am_stamp;

enum { AM_DAY_MINUTES = 1440, AM_NO_DATE = INT32_MIN };

/* Monday is 0. */
enum am_weekday { AM_MO, AM_TU, AM_WE, AM_TH, AM_FR, AM_SA, AM_SU };

/* A set of weekdays: bit w stands for weekday w. */
typedef uint8_t am_weekdays;

struct am_civil {
    int year, month, day; /* month and day from 1 */
};

am_date am_date_of(int year, int month, int day);
struct am_civil am_civil_of(am_date date);
bool am_civil_valid(int year, int month, int day); /* years 1900 .. 2200 */
enum am_weekday am_weekday_of(am_date date);
am_date am_monday_of(am_date date);         /* the Monday on or before */
int am_week_of(am_date date, am_date from); /* floor((date - from) / 7) */
am_stamp am_stamp_of(am_date date, int minute);

/* Parse exactly "YYYY-MM-DD", "HH:MM" (24:00 allowed: 1440) and
 * "YYYY-MM-DDTHH:MM" (":SS" allowed when 00). False when it is not one, and
 * then nothing is written. */
bool am_date_parse(const char *text, am_date *date);
bool am_minute_parse(const char *text, int *minute);
bool am_datetime_parse(const char *text, am_date *date, int *minute);

enum { AM_DATE_TEXT = 11, AM_MINUTE_TEXT = 6 };
/* "2026-03-02" and "09:30"; buffers of the sizes above. Return the buffer. */
char *am_date_format(am_date date, char text[AM_DATE_TEXT]);
char *am_minute_format(int minute, char text[AM_MINUTE_TEXT]);

const char *am_weekday_code(enum am_weekday day); /* "MO" */
const char *am_weekday_name(enum am_weekday day); /* "Monday" */
const char *am_month_name(int month);             /* "March"; month from 1 */

/* The last day of a period of so many months: the day before the anniversary.
 * Where the anniversary's month has no such day, the anniversary is the first
 * of the next month: sentenced 2024-02-29, twelve months end 2025-02-28;
 * sentenced 2023-03-01, they end 2024-02-29. */
am_date am_months_end(am_date sentence, int months);

/* A sorted list of dates without duplicates. */
struct am_dates {
    const am_date *at;
    int count;
};

bool am_dates_contain(struct am_dates dates, am_date date); /* O(log n) */
bool am_is_business_day(am_date date, struct am_dates bank_holidays);

/* The date that is n business days after: day 1 is the next business day.
 * Saturdays, Sundays and bank holidays don't count. n >= 1. */
am_date am_business_days_after(am_date from, int n, struct am_dates bank_holidays);

/* The two Sundays of a year on which the clocks change: last of March, last of
 * October. On them the hour from 01:00 to 02:00 does not exist, or exists
 * twice. */
am_date am_clock_change(int year, int month);
bool am_in_clock_change(am_date date, int minute);

/* Minutes east of Greenwich at a local time: 60 in summer, 0 in winter. */
int am_london_offset(am_date date, int minute);

#endif
