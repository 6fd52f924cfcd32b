#include "publish/report.h"

#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "publish/store.h"

void am_report_notes(const struct am_text *notes)
{
    const char *at = am_text_string(notes);
    for (const char *end; (end = strchr(at, '\n')); at = end + 1)
        (void)fprintf(stderr, "%s: warning: %.*s\n", am_program_name, (int)(end - at), at);
}

int am_report_without_tokens(const struct am_err *err)
{
    struct am_err hidden = *err;
    am_store_hide_tokens(hidden.msg);
    return am_report_error(&hidden);
}
