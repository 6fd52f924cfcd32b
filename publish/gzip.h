/*
 * gzip - the same bytes, gzipped: without a date or a name, so that the same
 * input gives the same output.
 */
#ifndef AM_PUBLISH_GZIP_H
#define AM_PUBLISH_GZIP_H

#include "io/text.h"

/* Append bytes, compressed as well as may be. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_gzip(const char *bytes, size_t size, struct am_text *text,
                                struct am_err *err);

#endif
