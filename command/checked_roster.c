#include "command/checked_roster.h"

#include <stdio.h>
#include <string.h>

#include "command/command.h"

static int read_roster(struct am_roster *roster, const struct am_caseload *caseload,
                       const char *path)
{
    struct am_diag diag;
    struct am_err err;
    am_diag_init(&diag);
    am_status status = am_roster_read(roster, caseload, path, &diag, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_diag_release(&diag);
    return code;
}

static am_status take_aims(struct am_derived *derived, const struct am_roster *roster,
                           struct am_err *err)
{
    if (!roster->aims)
        return AM_OK;
    am_roster_take_aims(roster, &derived->caseload);
    return am_clocks_build(&derived->caseload, &derived->orders, &derived->arena, &derived->clocks,
                           err);
}

/* Calendars tell people where to go: not where a rule says they may not. */
int am_checked_roster_read(struct am_checked_roster *checked, struct am_derived *derived,
                           const char *path, const char *lost)
{
    struct am_err err;
    *checked = (struct am_checked_roster){0};
    int code = read_roster(&checked->roster, &derived->caseload, path);
    if (code != AM_EXIT_DONE)
        return code;
    if (checked->roster.of_another_input) {
        (void)fprintf(stderr,
                      "%s: %s was made from another caseload than %s, so %s; make the roster "
                      "again\n",
                      am_program_name, path, derived->caseload.file, lost);
        return AM_EXIT_ERROR;
    }
    if (take_aims(derived, &checked->roster, &err) != AM_OK)
        return am_report_error(&err);
    if (am_audit_roster(&derived->caseload, &checked->roster, &checked->audit, &err) != AM_OK)
        return am_report_error(&err);
    if (checked->audit.broken == 0)
        return AM_EXIT_DONE;
    (void)fprintf(stderr, "%s: %s: %d broken rule%s, so %s; amends audit lists them\n",
                  am_program_name, path, checked->audit.broken,
                  checked->audit.broken == 1 ? "" : "s", lost);
    return AM_EXIT_AUDIT;
}

void am_checked_roster_release(struct am_checked_roster *checked)
{
    am_audit_release(&checked->audit);
    am_roster_release(&checked->roster);
}

unsigned am_views_parse(const char *list)
{
    static const char *const words[] = {"team", "supervisors", "projects", "people"};
    unsigned views = 0;
    for (;;) {
        size_t size = strcspn(list, ",");
        int word = 0;
        while (word < 4 && (strlen(words[word]) != size || strncmp(words[word], list, size) != 0))
            word++;
        if (word == 4)
            return 0;
        views |= 1U << word;
        if (list[size] == '\0')
            return views;
        list += size + 1;
    }
}
