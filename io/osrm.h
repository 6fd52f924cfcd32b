/*
 * osrm - the answer of OSRM's table service as a travel table.
 */
#ifndef AM_IO_OSRM_H
#define AM_IO_OSRM_H

#include <stdint.h>

#include "io/json.h"

/* Whole minutes, rounded up, of a document's durations into minutes (rows *
 * columns). null is no journey. Cells that OSRM made up from a straight line
 * (fallback_speed_cells) are unknown. Mistakes are findings. */
bool am_osrm_read(struct am_json *json, const cJSON *document, int rows, int columns,
                  int16_t *minutes);

#endif
