#include <stdio.h>

#include "command/command.h"

int am_report_error(const struct am_err *err)
{
    (void)fprintf(stderr, "%s: %s\n", am_program_name, err->msg);
    return AM_EXIT_ERROR;
}

int am_report_findings(const struct am_diag *diag, const struct am_err *err)
{
    am_diag_print(diag, stderr);
    if (diag->errors > 0)
        (void)fprintf(stderr, "%s: %d error%s\n", am_program_name, diag->errors,
                      diag->errors == 1 ? "" : "s");
    else if (err)
        return am_report_error(err);
    return diag->errors > 0 ? AM_EXIT_ERROR : AM_EXIT_DONE;
}
