/*
 * bank_holidays - the United Kingdom's bank holidays as the government
 * publishes them: an object with one member a division.
 */
#ifndef AM_IO_BANK_HOLIDAYS_H
#define AM_IO_BANK_HOLIDAYS_H

#include "io/json.h"
#include "model/time.h"

/* The dates of a division out of the document, in its order, allocated in
 * json->arena. Mistakes are findings: *count is then what could be read. */
am_date *am_bank_holidays_read(struct am_json *json, const cJSON *document, const char *division,
                               int *count);

#endif
