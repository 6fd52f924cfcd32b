/*
 * csv - rows of a comma-separated table (RFC 4180), with their line numbers.
 *
 * Fields may be quoted ("" is a quote inside), lines end in LF or CRLF, a byte
 * order mark is skipped, and so are empty lines. A field is cut free of
 * spaces and tabs at its ends unless it was quoted.
 */
#ifndef AM_IO_CSV_H
#define AM_IO_CSV_H

#include <stddef.h>

#include "base/err.h"
#include "io/limits.h"

struct am_csv {
    char *at, *end;
    int line;       /* of what comes next, from 1 */
    int fault_line; /* where am_csv_next failed */
};

struct am_csv_row {
    int line;
    int count; /* 0: there are no more rows */
    const char *fields[AM_CSV_FIELDS];
};

/* Read from size bytes and a NUL beyond them, which change: fields point into them. */
void am_csv_init(struct am_csv *csv, char *bytes, size_t size);

/* The next row. Fails with AM_EPARSE (csv->fault_line says where) for a quote that is not closed,
 * text behind a closed quote, a NUL, or more than AM_CSV_FIELDS fields. */
AM_MUST_CHECK am_status am_csv_next(struct am_csv *csv, struct am_csv_row *row, struct am_err *err);

#endif
