/*
 * offer - the best weeks that a new person can be offered beside a roster.
 */
#include <stdio.h>

#include "cli/offer_lay.h"
#include "command/checked_roster.h"
#include "command/count.h"
#include "command/options.h"
#include "io/offer_person.h"
#include "solver/search.h"

enum { OFFERS = 5, MAY_MOVE = 40, MOST_MOVE = 100 };

struct options {
    const char *count, *move;
    bool moves, json;
};

static const struct am_option option_table[] = {
    {"count", 'n', AM_OPTION_TEXT, offsetof(struct options, count), "N",
     "so many weeks, up to 16; default 5"},
    {"moves", 0, AM_OPTION_FLAG, offsetof(struct options, moves), NULL,
     "say who would move, and where to, if others could"},
    {"may-move", 0, AM_OPTION_TEXT, offsetof(struct options, move), "N",
     "about so many people could; default 40"},
    {"json", 0, AM_OPTION_FLAG, offsetof(struct options, json), NULL, "print JSON"},
    {0},
};

/* One run. */
struct run {
    struct options options;
    int count, may_move;
    struct am_derived base;    /* the caseload as it is */
    struct am_derived derived; /* with the person, the last one */
    struct am_checked_roster roster;
    struct am_arena arena;
    struct am_instance instance;
    struct am_decision decision; /* the roster */
    struct am_offers offers;
    struct am_rearranged rearranged;
    struct am_offer_report report;
};

/* ---- what is read ---- */

/* Returns an exit code. */
static int read_person(struct run *run, const char *caseload, const char *person)
{
    struct am_diag diag;
    struct am_err err;
    am_diag_init(&diag);
    am_derived_begin(&run->derived);
    am_status status = am_offer_person_read(&run->derived.caseload, caseload, person, &diag, &err);
    if (status == AM_OK)
        status = am_derived_make(&run->derived, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_diag_release(&diag);
    return code;
}

/* The roster is one of the caseload with the person too: they come last. */
static am_status take_roster(struct run *run, struct am_err *err)
{
    const struct am_derived *derived = &run->derived;
    am_status status =
        am_instance_build(&derived->caseload, &derived->orders, &derived->eligibility,
                          &derived->clocks, &run->arena, &run->instance, err);
    if (status == AM_OK)
        status = am_decision_init(&run->decision, &run->instance, &run->arena, err);
    if (status == AM_OK &&
        (derived->caseload.window_session_count != run->base.caseload.window_session_count ||
         !am_decision_of_roster(&run->instance, &run->roster.roster, &run->decision) ||
         am_decision_points(&run->instance, &run->decision) == INT64_MAX))
        status = am_fail(err, AM_EINVALID, "%s: what it books cannot be booked so by the search",
                         "the roster");
    return status;
}

static int read_files(struct run *run, char **paths)
{
    struct am_err err;
    int code = am_derived_read(&run->base, paths[0]);
    if (code == AM_EXIT_DONE)
        code = am_checked_roster_read(&run->roster, &run->base, paths[1], "nothing is offered");
    if (code == AM_EXIT_DONE)
        code = read_person(run, paths[0], paths[2]);
    if (code == AM_EXIT_DONE && take_roster(run, &err) != AM_OK)
        code = am_report_error(&err);
    return code;
}

/* ---- what is found ---- */

static am_date start_due(const struct run *run, int person)
{
    int order = run->derived.orders.people[person].order;
    const struct am_order_state *state = order < 0 ? NULL : &run->derived.orders.orders[order];
    return !state || state->started ? AM_NO_DATE : state->start_due;
}

static am_status find(struct run *run, struct am_err *err)
{
    int person = run->instance.person_count - 1;
    const struct am_offer_lay lay = {&run->derived, &run->instance, &run->decision, person,
                                     &run->arena};
    am_status status =
        am_offer_best(&run->instance, &run->decision, person, run->count, &run->offers, err);
    if (status == AM_OK)
        status = am_rearrange(&run->instance, &run->decision, person, run->may_move, &run->arena,
                              &run->rearranged, err);
    run->report = (struct am_offer_report){.caseload = &run->derived.caseload,
                                           .person = person,
                                           .start_due = start_due(run, person),
                                           .show_moves = run->options.moves,
                                           .version = AM_VERSION};
    return status == AM_OK ? am_offer_lay(&lay, &run->offers, &run->rearranged, &run->report, err)
                           : status;
}

static am_status write_report(const struct run *run, struct am_err *err)
{
    struct am_text text = {0};
    am_status status =
        (run->options.json ? am_offer_json : am_offer_text)(&run->report, &text, err);
    if (status == AM_OK)
        (void)fputs(am_text_string(&text), stdout); /* main looks at the stream's state */
    am_text_release(&text);
    return status;
}

/* ---- the command ---- */

static int check_options(const struct am_command *command, struct run *run)
{
    const struct options *options = &run->options;
    if (options->count && !am_count_parse(options->count, 1, AM_OFFERS_MOST, &run->count))
        return am_usage_error(command, "--count: found \"%s\", expected 1 to %d", options->count,
                              (int)AM_OFFERS_MOST);
    if (options->move && !am_count_parse(options->move, 1, MOST_MOVE, &run->may_move))
        return am_usage_error(command, "--may-move: found \"%s\", expected 1 to %d", options->move,
                              (int)MOST_MOVE);
    return -1;
}

static int run_offer(const struct am_command *command, int argc, char **argv)
{
    struct run run = {.count = OFFERS, .may_move = MAY_MOVE};
    struct am_operands operands;
    struct am_err err;
    int stop = am_options_read(command, argc, argv, &run.options, &operands);
    if (stop < 0)
        stop = check_options(command, &run);
    if (stop >= 0)
        return stop;
    am_arena_init(&run.arena);
    int code = read_files(&run, operands.at);
    if (code == AM_EXIT_DONE && (find(&run, &err) != AM_OK || write_report(&run, &err) != AM_OK))
        code = am_report_error(&err);
    am_arena_release(&run.arena);
    am_checked_roster_release(&run.roster);
    am_derived_release(&run.derived);
    am_derived_release(&run.base);
    return code;
}

const struct am_command am_cmd_offer = {
    .name = "offer",
    .usage = "CASELOAD ROSTER PERSON [options]",
    .summary = "the best weeks that a new person can be offered beside a roster",
    .help = "Reads one person (an entry of a caseload's people[]) and says what they can be "
            "offered beside a roster as it\nis: the best five weeks, with days, journeys, minutes "
            "and the first appointment, nobody else being moved; and\nwhat they would have if "
            "some others could move. Nothing is changed.\n",
    .options = option_table,
    .least_operands = 3,
    .most_operands = 3,
    .run = run_offer,
};
