/* fixed_roster CASELOAD: the roster with only what is fixed, as roster.json on
 * standard output. It needs no solver, and calendars can be written from it. */
#include <stdio.h>
#include <stdlib.h>

#include "command/derived.h"
#include "io/roster_json.h"
#include "model/score.h"

static am_status make_roster(const struct am_derived *derived, struct am_roster *roster,
                             struct am_err *err)
{
    am_status status = am_roster_init(roster, &derived->caseload, err);
    if (!status)
        status = am_roster_fixed_only(&derived->caseload, &derived->orders, roster, err);
    if (!status)
        status = am_score_roster(&derived->caseload, &derived->orders, &derived->clocks, roster,
                                 &roster->score, err);
    roster->outcome = AM_OUTCOME_STOPPED;
    roster->proof =
        (struct am_proof){roster->score.total, roster->score.total - 1, roster->score.total};
    return status;
}

int main(int argc, char **argv)
{
    struct am_derived derived;
    struct am_roster roster = {0};
    struct am_settings settings;
    struct am_err err = {0};
    char *text = NULL;
    if (argc != 2 || am_derived_read(&derived, argv[1]) != 0)
        return 2;
    am_settings_defaults(&settings);
    const struct am_roster_context context = {.caseload = &derived.caseload,
                                              .orders = &derived.orders,
                                              .eligibility = &derived.eligibility,
                                              .clocks = &derived.clocks,
                                              .settings = &settings,
                                              .version = "test"};
    am_status status = make_roster(&derived, &roster, &err);
    if (!status)
        status = am_roster_json(&context, &roster, &text, &err);
    if (!status && fputs(text, stdout) < 0)
        status = AM_EIO;
    if (status)
        (void)fprintf(stderr, "%s\n", err.msg);
    free(text);
    am_roster_release(&roster);
    am_derived_release(&derived);
    return status ? 1 : 0;
}
