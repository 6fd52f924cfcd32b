/*
 * limits - the largest of what a file may hold.
 *
 * They stand between a slip (or malice) and a machine without memory: nothing
 * real comes near them, and each gives a message of its own. docs/format.md
 * lists them for users.
 */
#ifndef AM_IO_LIMITS_H
#define AM_IO_LIMITS_H

#include <stddef.h>

/* A caseload, a roster, a table of journeys or outcomes; offsets fit an int. */
#define AM_FILE_LIMIT ((size_t)512 << 20)

enum {
    /* JSON. A caseload of 50,000 people has 2.6 million values besides its journeys
     * (io/json_pack.h); each takes about 80 bytes while it is read. */
    AM_JSON_VALUES = 32000000,
    AM_JSON_DEPTH = 64,  /* so no text can exhaust the stack */
    AM_JSON_NUMBER = 60, /* characters of a number */
    AM_TEXT_MOST = 1000, /* characters of a text */
    AM_ID_MOST = 100,    /* characters of an id */

    /* tables (CSV) */
    AM_CSV_FIELDS = 64,
    AM_TRAVEL_KINDS = 500,        /* different mode, days, start and source of one file */
    AM_TRAVEL_CELLS = 200000000,  /* homes times places of one table */
    AM_TRAVEL_MINUTES = 7 * 1440, /* of a journey */
};

#endif
