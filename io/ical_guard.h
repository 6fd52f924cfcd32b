/*
 * ical_guard - libical without memory.
 *
 * Where an allocation fails, libical 3.0 goes on without what it could not
 * make, follows a null pointer or fails an assertion. A call that is contained
 * ends in AM_ENOMEM instead: enough memory for what follows is made sure of
 * first, failures are looked for afterwards, and a fault on the way jumps out.
 * What libical held is lost then; the program is about to end anyway.
 */
#ifndef AM_IO_ICAL_GUARD_H
#define AM_IO_ICAL_GUARD_H

#include "base/err.h"

typedef am_status am_ical_call(void *context, struct am_err *err);

/* Call it. Calls do not nest. Its own memory must be where it is found again
 * although it did not return: in the context. Beside what the call returns:
 * AM_ENOMEM, or AM_EINVALID where libical failed with memory left. */
AM_MUST_CHECK am_status am_ical_contain(am_ical_call *call, void *context, struct am_err *err);

#endif
