#include "cli/audit_plan.h"

#include <inttypes.h>
#include <stdio.h>

#include "command/command.h"
#include "command/derived.h"
#include "io/plan_read.h"
#include "io/text.h"
#include "model/audit_plan.h"
#include "model/horizon.h"

enum {
    BREACHES_SHOWN = 50,
    THOUSANDTHS = 1000,
    WEEKS_BEYOND = 26, /* as amends forecast plans where nobody says otherwise */
};

struct run {
    struct am_derived derived;
    struct am_arena arena; /* of the horizon */
    struct am_horizon horizon;
    struct am_plan plan;
    struct am_plan_head head;
    struct am_plan_claims claims;
    struct am_plan_audit audit;
};

/* ---- reading ---- */

/* The caseload with its sessions so many weeks beyond the last deadline. */
static int read_caseload(struct run *run, const char *path, int weeks_beyond)
{
    const struct am_horizon_wishes wishes = {.arrivals_per_week = run->head.arrivals_per_week};
    struct am_err err;
    am_arena_release(&run->arena);
    am_derived_release(&run->derived);
    int code = am_derived_read_ahead(&run->derived, path, weeks_beyond);
    if (code != AM_EXIT_DONE)
        return code;
    am_status status =
        am_horizon_build(&run->derived.caseload, &run->derived.orders, &run->derived.clocks,
                         &wishes, &run->arena, &run->horizon, &err);
    return status == AM_OK ? AM_EXIT_DONE : am_report_error(&err);
}

static int read_head(struct run *run, const char *path)
{
    struct am_diag diag;
    struct am_err err;
    am_diag_init(&diag);
    am_status status = am_plan_head_read(&run->head, path, &diag, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_diag_release(&diag);
    return code;
}

static int read_plan(struct run *run, const char *path)
{
    struct am_diag diag;
    struct am_err err;
    am_diag_init(&diag);
    am_status status = am_plan_read(&run->plan, &run->horizon, path, &run->claims, &diag, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_diag_release(&diag);
    return code;
}

/* How many weeks the plan looks beyond the last deadline only its length tells. */
static int read_files(struct run *run, const char *caseload, const char *plan)
{
    int code = read_head(run, plan);
    if (code == AM_EXIT_DONE)
        code = read_caseload(run, caseload, WEEKS_BEYOND);
    int beyond = WEEKS_BEYOND + run->head.weeks - run->horizon.weeks;
    if (code == AM_EXIT_DONE && beyond != WEEKS_BEYOND && beyond >= 0)
        code = read_caseload(run, caseload, beyond);
    return code == AM_EXIT_DONE ? read_plan(run, plan) : code;
}

/* ---- the report ---- */

static bool passes(const struct run *run)
{
    return am_plan_audit_passes(&run->audit) && run->claims.uses_agree &&
           run->claims.curves_agree && run->claims.objective == run->audit.objective;
}

static void write_claims(const struct run *run, struct am_text *text)
{
    if (run->claims.objective != run->audit.objective)
        am_text_format(text,
                       "The plan claims to cost %" PRId64 " thousandths of a point; it costs "
                       "%" PRId64 ".\n",
                       run->claims.objective, run->audit.objective);
    if (!run->claims.uses_agree)
        am_text_add(text, "What it says of the use of places is not what its cells use.\n");
    if (!run->claims.curves_agree)
        am_text_add(text,
                    "What it has booked for somebody by the end of each week, or needs by then, is "
                    "not\nwhat its cells say.\n");
}

static void write_summary(const struct run *run, struct am_text *text)
{
    am_text_format(text, "%d people, %d weeks: ", run->horizon.planned_count, run->horizon.weeks);
    am_text_thousands(text, run->audit.objective / THOUSANDTHS);
    am_text_add(text, " points, none can have fewer than ");
    am_text_thousands(text, run->plan.bound / THOUSANDTHS);
    am_text_char(text, '\n');
}

static int report(const struct run *run, bool quiet)
{
    struct am_text text = {0};
    struct am_err err;
    int shown = run->audit.breach_count < BREACHES_SHOWN ? run->audit.breach_count : BREACHES_SHOWN;
    if (run->audit.breach_count > 0)
        am_text_format(&text, "Rules broken: %d\n", run->audit.breach_count);
    for (int i = 0; i < shown; i++)
        am_text_format(&text, "  %s: %s\n", am_plan_rule_word(run->audit.breaches[i].rule),
                       run->audit.breaches[i].detail);
    write_claims(run, &text);
    if (!quiet)
        write_summary(run, &text);
    if (!passes(run))
        am_text_add(&text, "The plan does not pass.\n");
    else if (!quiet)
        am_text_add(&text, "The plan passes.\n");
    am_status status = am_text_status(&text, &err);
    if (status == AM_OK)
        (void)fputs(am_text_string(&text), stdout); /* main looks at the stream's state */
    am_text_release(&text);
    if (status != AM_OK)
        return am_report_error(&err);
    return passes(run) ? AM_EXIT_DONE : AM_EXIT_AUDIT;
}

int am_audit_plan_files(const char *caseload, const char *plan, bool quiet)
{
    struct run run = {0};
    struct am_err err;
    int code = read_files(&run, caseload, plan);
    if (code == AM_EXIT_DONE) {
        am_status status = am_audit_plan(&run.derived.caseload, &run.plan,
                                         run.head.arrivals_per_week, &run.audit, &err);
        code = status == AM_OK ? report(&run, quiet) : am_report_error(&err);
        am_plan_audit_release(&run.audit);
        am_plan_release(&run.plan);
    }
    am_arena_release(&run.arena);
    am_derived_release(&run.derived);
    return code;
}
