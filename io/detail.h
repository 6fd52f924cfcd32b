/*
 * detail - how much an output tells about people.
 *
 * Limited-access cases are never named: by CRN only in rosters, merely counted
 * in calendars, whatever the detail.
 */
#ifndef AM_IO_DETAIL_H
#define AM_IO_DETAIL_H

#include <stdbool.h>

enum am_detail {
    AM_DETAIL_COUNT, /* heads only, in supervisors' calendars and on the printed roster */
    AM_DETAIL_CRN,   /* the default */
    AM_DETAIL_NAMES  /* CRN and name */
};

/* "count", "crn" or "names". False when it is none of them. */
bool am_detail_parse(const char *word, enum am_detail *detail);

#endif
