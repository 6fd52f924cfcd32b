/*
 * log - what a run tells about itself, by level, to a sink of the caller's.
 *
 * There is no global log: whoever logs is given one. Libraries return errors
 * and do not log them.
 */
#ifndef AM_BASE_LOG_H
#define AM_BASE_LOG_H

#include "base/err.h"

enum am_log_level {
    AM_LOG_WARNING, /* the user should know */
    AM_LOG_INFO,    /* what was done */
    AM_LOG_DETAIL   /* how it was done: settings, times */
};

struct am_log {
    enum am_log_level level; /* lines up to this level are passed on */
    void (*sink)(void *context, enum am_log_level level, const char *line); /* NULL: nowhere */
    void *context;
};

/* One line, without a newline; cut after 1023 bytes. */
void am_log(const struct am_log *log, enum am_log_level level, const char *fmt, ...)
    AM_PRINTF(3, 4);

#endif
