/*
 * audit - checks a roster against its caseload, and every figure it claims.
 *
 * Nothing is taken from the roster on trust: rules and score are reckoned
 * again from the caseload by code that shares nothing with the solver.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/audit_plan.h"
#include "command/options.h"
#include "io/caseload_json.h"
#include "io/plan_read.h"
#include "io/report_words.h"
#include "io/roster_json.h"
#include "model/audit.h"

struct options {
    const char *plan;
    bool quiet;
};

struct run {
    struct options options;
    struct am_caseload caseload;
    struct am_roster roster;
    struct am_audit audit;
    struct am_plan_origin origin; /* of --plan */
    struct am_audit_aims aims;    /* likewise */
    struct am_text text;          /* the report */
};

/* ---- rules ---- */

static void write_where(struct run *run, const struct am_breach *breach)
{
    const struct am_caseload *caseload = &run->caseload;
    struct am_text *text = &run->text;
    if (breach->person >= 0)
        am_text_format(text, "%s", caseload->people[breach->person].crn);
    if (breach->session >= 0) {
        const struct am_session *session = &caseload->sessions[breach->session];
        char time[AM_MINUTE_TEXT];
        am_text_format(text, "%s%s (%s), %s ", breach->person >= 0 ? " at " : "", session->id,
                       caseload->projects[session->project].code,
                       am_minute_format(session->start, time));
    }
    if (breach->date != AM_NO_DATE) {
        am_text_add(text, breach->session >= 0 ? "on " : " ");
        am_text_day(text, breach->date);
    }
    if (breach->supervisor >= 0)
        am_text_format(text, ", supervisor %s", caseload->supervisors[breach->supervisor].code);
}

static void write_breaches(struct run *run, bool accepted)
{
    const struct am_audit *audit = &run->audit;
    for (int i = 0; i < audit->breach_count; i++) {
        const struct am_breach *breach = &audit->breaches[i];
        if (breach->accepted != accepted)
            continue;
        am_text_format(&run->text, "  %-3s  %s: ", am_rule_id(breach->rule),
                       am_rule_name(breach->rule));
        write_where(run, breach);
        am_text_format(&run->text, ": %s\n", breach->detail);
    }
}

static void write_broken(struct run *run)
{
    const struct am_audit *audit = &run->audit;
    if (audit->broken > 0)
        am_text_format(&run->text, "Rules broken: %d\n", audit->broken);
    else if (!run->options.quiet)
        am_text_add(&run->text, "No rule is broken.\n");
    write_breaches(run, false);
}

static void write_accepted(struct run *run)
{
    int accepted = run->audit.breach_count - run->audit.broken;
    if (accepted > 0)
        am_text_format(&run->text, "Accepted, since only what is fixed breaks the rule: %d\n",
                       accepted);
    write_breaches(run, true);
}

static void write_waivers(struct run *run)
{
    const struct am_caseload *caseload = &run->caseload;
    if (caseload->waiver_count > 0)
        am_text_format(&run->text, "Waivers: %d\n", caseload->waiver_count);
    for (int i = 0; i < caseload->waiver_count; i++) {
        const struct am_waiver *waiver = &caseload->waivers[i];
        am_text_format(&run->text, "  %-3s  %s", am_rule_id(waiver->rule),
                       caseload->people[waiver->person].crn);
        if (waiver->project >= 0)
            am_text_format(&run->text, " at %s", caseload->projects[waiver->project].code);
        if (waiver->session_id)
            am_text_format(&run->text, "%s %s", waiver->project >= 0 ? "," : " at",
                           waiver->session_id);
        if (waiver->until != AM_NO_DATE) {
            am_text_add(&run->text, " until ");
            am_text_day(&run->text, waiver->until);
        }
        am_text_format(&run->text, ", by %s\n", waiver->by);
    }
}

/* ---- score and proof ---- */

/* One line of the score: what was reckoned, and what is claimed if that differs. */
struct line {
    const char *id, *name, *unit;
    int64_t units, points, claimed_units, claimed_points;
};

static void write_line(struct run *run, const struct line *line)
{
    am_text_format(&run->text, "  %-3s  %-16s %12" PRId64 " points  %10" PRId64 " %s", line->id,
                   line->name, line->points, line->units, line->unit);
    if (line->units != line->claimed_units || line->points != line->claimed_points)
        am_text_format(&run->text, "; the roster claims %" PRId64 " points, %" PRId64 " %s",
                       line->claimed_points, line->claimed_units, line->unit);
    am_text_char(&run->text, '\n');
}

static void write_score(struct run *run)
{
    const struct am_score *here = &run->audit.score, *claimed = &run->roster.score;
    am_text_format(&run->text, "Score: %" PRId64 " points%s\n", here->total,
                   run->audit.score_agrees ? ", as claimed" : "");
    for (int i = 0; i < AM_WISH_COUNT; i++) {
        enum am_wish wish = (enum am_wish)i;
        struct line line = {am_wish_id(wish),       am_wish_name(wish),   am_wish_unit(wish),
                            here->wish_units[i],    here->wish_points[i], claimed->wish_units[i],
                            claimed->wish_points[i]};
        write_line(run, &line);
    }
    for (int i = 0; i < AM_RULE_COUNT; i++) {
        enum am_rule rule = (enum am_rule)i;
        struct line line = {am_rule_id(rule),       am_rule_name(rule),   "sessions",
                            here->rule_units[i],    here->rule_points[i], claimed->rule_units[i],
                            claimed->rule_points[i]};
        if (line.units != 0 || line.points != 0 || line.claimed_units != 0 ||
            line.claimed_points != 0)
            write_line(run, &line);
    }
}

static void write_proof(struct run *run)
{
    const struct am_proof *proof = &run->roster.proof;
    am_text_format(&run->text,
                   "Proof (%s): %" PRId64 " points, none can have fewer than %" PRId64
                   "; with only what is fixed, %" PRId64 ", gap ",
                   am_outcome_word(run->roster.outcome), proof->objective, proof->bound,
                   proof->fixed_only);
    am_text_ppm(&run->text, am_proof_gap_ppm(proof));
    am_text_char(&run->text, '\n');
}

/* ---- a plan to aim at ---- */

static bool plan_agrees(const struct run *run)
{
    return !run->options.plan ||
           (run->aims.differ == 0 && strcmp(run->origin.sha256, run->roster.plan_sha256) == 0);
}

static void write_difference(struct run *run)
{
    const struct am_audit_aims *aims = &run->aims;
    const struct am_person *who = &run->caseload.people[aims->person];
    am_text_format(&run->text,
                   "What the roster aims at is not what the plan asks: %d %s, first %s: ",
                   aims->differ, aims->differ == 1 ? "person" : "people", who->crn);
    if (who->aim.given)
        am_text_format(&run->text, "%d minutes, of them %d needed now", who->aim.planned_min,
                       who->aim.needed_min);
    else
        am_text_add(&run->text, "nothing");
    if (aims->asked.given)
        am_text_format(&run->text, "; the plan asks for %d and %d\n", aims->asked.planned_min,
                       aims->asked.needed_min);
    else
        am_text_add(&run->text, "; the plan asks for nothing\n");
}

static void write_plan(struct run *run)
{
    const char *made = run->roster.plan_sha256;
    if (!run->options.plan) {
        if (made[0] && !run->options.quiet)
            am_text_format(&run->text,
                           "Made with a completion plan (SHA-256 %.12s...): its figures are taken "
                           "from the roster; --plan checks them.\n",
                           made);
        return;
    }
    if (!made[0])
        am_text_add(&run->text, "The roster was made without a completion plan.\n");
    else if (strcmp(run->origin.sha256, made) != 0)
        am_text_add(&run->text, "The roster was made with another completion plan.\n");
    if (made[0] && run->aims.differ > 0)
        write_difference(run);
    if (plan_agrees(run) && !run->options.quiet)
        am_text_add(&run->text, "What it aims at is what the completion plan asks.\n");
}

static void write_verdict(struct run *run)
{
    const struct am_audit *audit = &run->audit;
    if (!audit->score_agrees)
        am_text_format(&run->text,
                       "What the roster claims is not so: %" PRId64 " points here, %" PRId64
                       " claimed. Where no line of the\nscore differs, a journey does, or what "
                       "is marked as fixed.\n",
                       audit->score.total, run->roster.score.total);
    if (!audit->proof_agrees)
        am_text_add(&run->text, "The proof does not agree with the score reckoned here.\n");
    if (!am_audit_passes(audit) || !plan_agrees(run))
        am_text_add(&run->text, "The roster does not pass.\n");
    else if (!run->options.quiet)
        am_text_add(&run->text, "The roster passes.\n");
}

/* ---- the command ---- */

static int report(struct run *run)
{
    struct am_err err;
    write_broken(run);
    if (!run->options.quiet) {
        write_accepted(run);
        write_waivers(run);
        write_score(run);
        write_proof(run);
    }
    write_plan(run);
    write_verdict(run);
    if (am_text_status(&run->text, &err) != AM_OK)
        return am_report_error(&err);
    (void)fputs(am_text_string(&run->text), stdout); /* main looks at the stream's state */
    return am_audit_passes(&run->audit) && plan_agrees(run) ? AM_EXIT_DONE : AM_EXIT_AUDIT;
}

static am_status read_files(struct run *run, const char *caseload, const char *roster,
                            struct am_arena *arena, struct am_diag *diag, struct am_err *err)
{
    struct am_aims aims;
    am_status status = am_caseload_read(&run->caseload, caseload, diag, err);
    if (status == AM_OK)
        status = am_roster_read(&run->roster, &run->caseload, roster, diag, err);
    if (status != AM_OK)
        return status;
    am_roster_take_aims(&run->roster, &run->caseload);
    if (!run->options.plan)
        return AM_OK;
    status =
        am_plan_read_aims(&aims, &run->origin, &run->caseload, run->options.plan, arena, diag, err);
    return status == AM_OK ? am_audit_compare_aims(&run->caseload, &aims, &run->aims, err) : status;
}

static int audit_roster(struct run *run, const char *caseload, const char *roster)
{
    struct am_arena arena;
    struct am_diag diag;
    struct am_err err;
    am_arena_init(&arena);
    am_diag_init(&diag);
    am_status status = read_files(run, caseload, roster, &arena, &diag, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_diag_release(&diag);
    am_arena_release(&arena);
    if (code != AM_EXIT_DONE)
        return code;
    if (am_audit_roster(&run->caseload, &run->roster, &run->audit, &err) != AM_OK)
        return am_report_error(&err);
    return report(run);
}

static const struct am_option option_table[] = {
    {"plan", 0, AM_OPTION_TEXT, offsetof(struct options, plan), "PLAN",
     "the completion plan (plan.json) that the roster was made with: check what it aims at"},
    {"quiet", 'q', AM_OPTION_FLAG, offsetof(struct options, quiet), NULL,
     "tell only what is wrong"},
    {0},
};

static int run_audit(const struct am_command *command, int argc, char **argv)
{
    struct am_operands operands;
    struct run run = {0};
    int stop = am_options_read(command, argc, argv, &run.options, &operands);
    if (stop >= 0)
        return stop;
    if (am_is_plan(operands.at[1]))
        return run.options.plan
                   ? am_usage_error(command, "--plan is for a roster; this is a plan")
                   : am_audit_plan_files(operands.at[0], operands.at[1], run.options.quiet);
    am_caseload_init(&run.caseload);
    int code = audit_roster(&run, operands.at[0], operands.at[1]);
    am_text_release(&run.text);
    am_audit_release(&run.audit);
    am_roster_release(&run.roster);
    am_caseload_release(&run.caseload);
    return code;
}

const struct am_command am_cmd_audit = {
    .name = "audit",
    .usage = "CASELOAD ROSTER|PLAN [options]",
    .summary = "check a roster, or a completion plan, against its caseload",
    .help = "Reckons every rule, the whole score and the proof of a roster (roster.json) again, "
            "from the\ncaseload alone. Exits with 3 when a rule is broken or a claim does not "
            "hold. What only fixed\nappointments break is listed as accepted. A completion plan "
            "(plan.json of amends forecast) is\n"
            "checked likewise: what everybody could attend, places, supervisors, and what it "
            "costs.\n",
    .options = option_table,
    .least_operands = 2,
    .most_operands = 2,
    .run = run_audit,
};
