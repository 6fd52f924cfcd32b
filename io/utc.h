/*
 * utc - moments as text: in UTC, to the second.
 */
#ifndef AM_IO_UTC_H
#define AM_IO_UTC_H

#include "model/time.h"

enum { AM_UTC_TEXT = 21 };

/* "2026-03-05T14:30:00Z" or, as calendars write it, "20260305T143000Z", to
 * seconds since 1970. False when it is neither; then nothing is written. */
bool am_utc_parse(const char *text, int64_t *seconds);

/* Years 1900 to 2200; the buffer is returned. */
char *am_utc_format(int64_t seconds, char text[AM_UTC_TEXT]);       /* 2026-03-05T14:30:00Z */
char *am_utc_format_basic(int64_t seconds, char text[AM_UTC_TEXT]); /* 20260305T143000Z */

/* A local time in London. */
int64_t am_utc_of_london(am_date date, int minute);

/* The date of a moment, in UTC. */
am_date am_utc_date(int64_t seconds);

#endif
