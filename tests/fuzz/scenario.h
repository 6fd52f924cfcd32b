/*
 * scenario - what any scenario that is accepted must be good for.
 */
#ifndef AM_TESTS_FUZZ_SCENARIO_H
#define AM_TESTS_FUZZ_SCENARIO_H

#include "io/document.h"

/* Make its changes in the example: what comes of it says why it is refused, or
 * is derived to the end. */
void fuzz_scenario(const struct am_document *scenario);

#endif
