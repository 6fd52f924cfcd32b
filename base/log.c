#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

enum { LINE_TEXT = 1024 };

void am_log(const struct am_log *log, enum am_log_level level, const char *fmt, ...)
{
    char line[LINE_TEXT];
    va_list args;
    if (!log || !log->sink || level > log->level)
        return;
    va_start(args, fmt);
    (void)vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    log->sink(log->context, level, line);
}
