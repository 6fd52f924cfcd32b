/*
 * check - is this caseload sound, and what is in it?
 */
#include <inttypes.h>
#include <stdio.h>

#include "cli/doubts.h"
#include "command/options.h"
#include "io/caseload_json.h"

static am_status derive(struct am_derived *derived, struct am_err *err)
{
    am_status status = am_orders_build(&derived->caseload, &derived->arena, &derived->orders, err);
    if (status == AM_OK)
        status = am_eligibility_build(&derived->caseload, &derived->orders, &derived->arena,
                                      &derived->eligibility, err);
    return status;
}

static void print_line(const char *label, int64_t count)
{
    (void)printf("%-24s%12" PRId64 "\n", label, count);
}

static void print_window(const struct am_caseload *caseload)
{
    char from[AM_DATE_TEXT], last[AM_DATE_TEXT];
    (void)printf("%-24s  %s to %s\n", "window", am_date_format(caseload->from, from),
                 am_date_format(am_caseload_last(caseload), last));
}

static void print_summary(const struct am_derived *derived, const struct am_journey_count *journeys)
{
    const struct am_caseload *caseload = &derived->caseload;
    int64_t open_orders = 0, open_sessions = 0, places = 0;
    for (int o = 0; o < caseload->order_count; o++)
        open_orders += derived->orders.orders[o].open;
    for (int s = 0; s < caseload->window_session_count; s++) {
        const struct am_session *session = &caseload->sessions[s];
        if (session->closed != AM_OPEN || am_session_past(caseload, s))
            continue;
        open_sessions++;
        places += am_bookable(&caseload->policy, session->places);
    }
    print_window(caseload);
    print_line("people", caseload->person_count);
    print_line("open orders", open_orders);
    print_line("projects", caseload->project_count);
    print_line("sessions that can run", open_sessions);
    print_line("places to book", places);
    print_line("supervisors", caseload->supervisor_count);
    print_line("possible appointments", derived->eligibility.pair_count);
    print_line("journeys known", journeys->known);
    print_line("       of", journeys->asked);
}

/* The caseload was read; what else there is to say about it. */
static am_status look(struct am_derived *derived, struct am_diag *diag, struct am_err *err)
{
    struct am_journey_count journeys;
    am_status status = derive(derived, err);
    if (status == AM_OK)
        status = am_doubts_find(derived, diag, err);
    if (status == AM_OK)
        status = am_journeys_count(derived, diag, &journeys, err);
    if (status == AM_OK)
        print_summary(derived, &journeys);
    return status;
}

static int check(const char *path)
{
    struct am_derived derived = {0};
    struct am_diag diag;
    struct am_err err;
    am_diag_init(&diag);
    am_caseload_init(&derived.caseload);
    am_arena_init(&derived.arena);
    am_status status = am_caseload_read(&derived.caseload, path, &diag, &err);
    if (status == AM_OK)
        status = look(&derived, &diag, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_diag_release(&diag);
    am_derived_release(&derived);
    return code;
}

static int run(const struct am_command *command, int argc, char **argv)
{
    char nothing;
    struct am_operands operands;
    int stop = am_options_read(command, argc, argv, &nothing, &operands);
    return stop >= 0 ? stop : check(operands.at[0]);
}

const struct am_command am_cmd_check = {
    .name = "check",
    .usage = "CASELOAD",
    .summary = "read a caseload and say what is wrong or doubtful in it",
    .help = "Reads a caseload and the files that it names. Every mistake is listed with its line "
            "and column,\nthen what is allowed but doubtful (people whom no session can take, "
            "groups that nobody may\nlead), and a count of what is there. The exit code is 1 when "
            "there is a mistake, else 0.\n",
    .least_operands = 1,
    .most_operands = 1,
    .run = run,
};
