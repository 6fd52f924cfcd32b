/*
 * explain - why somebody has what they have, and what would change it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/nearest.h"
#include "cli/explain.h"
#include "command/options.h"
#include "io/roster_json.h"

enum { MOST_FIXES = 3 };

enum subject { OF_PERSON, OF_SESSION, OF_SUPERVISOR, OF_RULE };

struct options {
    const char *of[OF_RULE + 1]; /* one of them */
    const char *fixes;
    bool json, restricted, for_person, all;
};

struct run {
    struct options options;
    enum subject subject;
    int index; /* of the person, session, supervisor or rule; -1: every rule */
    int fixes;
    struct am_settings settings;
    struct am_derived derived;
    struct am_roster roster;
    struct am_figures figures;
    struct am_explaining ex;
    struct am_text text;
};

static const struct am_option option_table[] = {
    {"person", 'p', AM_OPTION_TEXT, offsetof(struct options, of[OF_PERSON]), "CRN",
     "what this person has, why it is not more, and what would change that"},
    {"session", 's', AM_OPTION_TEXT, offsetof(struct options, of[OF_SESSION]), "ID@DATE",
     "why this session runs or not, and what that is worth"},
    {"supervisor", 0, AM_OPTION_TEXT, offsetof(struct options, of[OF_SUPERVISOR]), "CODE",
     "what this supervisor leads, and why not the rest"},
    {"rule", 'r', AM_OPTION_TEXT, offsetof(struct options, of[OF_RULE]), "ID",
     "what this rule costs, case by case (R3; all: every rule)"},
    {"fixes", 0, AM_OPTION_TEXT, offsetof(struct options, fixes), "N",
     "with --person: alternatives that are sought, 0 to 3 (default 3)"},
    {"all", 0, AM_OPTION_FLAG, offsetof(struct options, all), NULL,
     "list every session, not only the nearest to being possible"},
    {"for-person", 0, AM_OPTION_FLAG, offsetof(struct options, for_person), NULL,
     "with --person: name nobody else, so that it can be given to them"},
    {"restricted", 0, AM_OPTION_FLAG, offsetof(struct options, restricted), NULL,
     "tell the facts behind restrictions; to a terminal alone"},
    {"json", 0, AM_OPTION_FLAG, offsetof(struct options, json), NULL, "JSON, for programs"},
    {0},
};

/* ---- what is asked ---- */

/* -1: to go on. */
static int check_options(const struct am_command *command, struct run *run)
{
    const struct options *options = &run->options;
    int asked = 0;
    for (int i = OF_PERSON; i <= OF_RULE; i++)
        if (options->of[i]) {
            run->subject = (enum subject)i;
            asked++;
        }
    if (asked != 1)
        return am_usage_error(command, "expected one of --person, --session, --supervisor, --rule");
    if (run->subject != OF_PERSON && (options->fixes || options->for_person))
        return am_usage_error(command, "--%s is for --person",
                              options->fixes ? "fixes" : "for-person");
    run->fixes = MOST_FIXES;
    if (options->fixes) {
        if (options->fixes[0] < '0' || options->fixes[0] > '0' + MOST_FIXES || options->fixes[1])
            return am_usage_error(command, "--fixes: found \"%s\", expected 0 to %d",
                                  options->fixes, MOST_FIXES);
        run->fixes = options->fixes[0] - '0';
    }
    if (options->restricted && options->json)
        return am_usage_error(command, "--restricted and --json exclude each other");
    if (options->restricted && options->for_person)
        return am_usage_error(command, "--restricted and --for-person exclude each other");
    if (options->restricted && !isatty(STDOUT_FILENO))
        return am_usage_error(command, "--restricted is for a terminal: restrictions are never "
                                       "written to a file or a pipe");
    return -1;
}

static int not_found(const struct run *run, const char *what, const struct am_nearest *nearest)
{
    (void)fprintf(stderr, "amends: %s: %s \"%s\" is not in the caseload%s%s%s\n",
                  run->derived.caseload.file, what, run->options.of[run->subject],
                  nearest->word ? "; the nearest is \"" : "", nearest->word ? nearest->word : "",
                  nearest->word ? "\"" : "");
    return AM_EXIT_ERROR;
}

static int find_person(struct run *run)
{
    const char *wanted = run->options.of[OF_PERSON];
    struct am_nearest nearest = {0};
    for (int p = 0; p < run->derived.caseload.person_count; p++) {
        const char *crn = run->derived.caseload.people[p].crn;
        if (strcmp(crn, wanted) == 0) {
            run->index = p;
            return AM_EXIT_DONE;
        }
        am_nearest_offer(&nearest, wanted, crn);
    }
    return not_found(run, "person", &nearest);
}

static int find_supervisor(struct run *run)
{
    const char *wanted = run->options.of[OF_SUPERVISOR];
    struct am_nearest nearest = {0};
    for (int m = 0; m < run->derived.caseload.supervisor_count; m++) {
        const char *code = run->derived.caseload.supervisors[m].code;
        if (strcmp(code, wanted) == 0) {
            run->index = m;
            return AM_EXIT_DONE;
        }
        am_nearest_offer(&nearest, wanted, code);
    }
    return not_found(run, "supervisor", &nearest);
}

static int find_session(struct run *run)
{
    const char *wanted = run->options.of[OF_SESSION];
    struct am_nearest nearest = {0};
    struct am_text name = {0}, kept = {0};
    run->index = -1;
    for (int s = 0; s < run->derived.caseload.window_session_count && run->index < 0; s++) {
        const struct am_session *at = &run->derived.caseload.sessions[s];
        char date[AM_DATE_TEXT];
        const char *was = nearest.word;
        am_text_clear(&name);
        am_text_format(&name, "%s@%s", at->id, am_date_format(at->original_date, date));
        if (strcmp(am_text_string(&name), wanted) == 0)
            run->index = s;
        am_nearest_offer(&nearest, wanted, am_text_string(&name));
        if (nearest.word == was)
            continue;
        am_text_clear(&kept); /* what was offered is written over by the next */
        am_text_add(&kept, am_text_string(&name));
        nearest.word = am_text_string(&kept);
    }
    struct am_err err;
    int code = AM_EXIT_DONE;
    if (run->index < 0 && (am_text_status(&name, &err) || am_text_status(&kept, &err)))
        code = am_report_error(&err);
    else if (run->index < 0)
        code = not_found(run, "session of the window", &nearest);
    am_text_release(&name);
    am_text_release(&kept);
    return code;
}

static int find_rule(const struct am_command *command, struct run *run)
{
    const char *wanted = run->options.of[OF_RULE];
    run->index = -1;
    if (strcmp(wanted, "all") == 0)
        return -1;
    run->index = am_rule_find(wanted);
    return run->index >= 0 ? -1
                           : am_usage_error(command,
                                            "--rule: found \"%s\", expected R1 to R%d "
                                            "or all",
                                            wanted, AM_RULE_COUNT);
}

static int find_subject(struct run *run)
{
    if (run->subject == OF_PERSON)
        return find_person(run);
    if (run->subject == OF_SESSION)
        return find_session(run);
    return run->subject == OF_SUPERVISOR ? find_supervisor(run) : AM_EXIT_DONE;
}

/* ---- the roster ---- */

/* A roster that was made with a completion plan is measured against that. */
static int take_aims(struct run *run)
{
    struct am_derived *derived = &run->derived;
    struct am_err err;
    if (!run->roster.aims)
        return AM_EXIT_DONE;
    am_roster_take_aims(&run->roster, &derived->caseload);
    return am_clocks_build(&derived->caseload, &derived->orders, &derived->arena, &derived->clocks,
                           &err) == AM_OK
               ? AM_EXIT_DONE
               : am_report_error(&err);
}

static int read_roster(struct run *run, const char *path)
{
    struct am_diag diag;
    struct am_err err;
    am_diag_init(&diag);
    am_status status = am_roster_read(&run->roster, &run->derived.caseload, path, &diag, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_diag_release(&diag);
    if (code != AM_EXIT_DONE)
        return code;
    if (!run->roster.of_another_input)
        return take_aims(run);
    (void)fprintf(stderr,
                  "amends: %s was made from another caseload than %s, so it cannot be explained by "
                  "it; make the roster again\n",
                  path, run->derived.caseload.file);
    return AM_EXIT_ERROR;
}

/* ---- telling ---- */

static am_status explain(struct run *run, const struct am_explain_context *context,
                         struct am_err *err)
{
    struct am_explain_person person;
    struct am_explain_session session;
    struct am_explain_supervisor supervisor;
    struct am_explain_rule rules[AM_RULE_COUNT];
    int count = 0;
    bool json = run->options.json;
    am_status status = AM_OK;
    switch (run->subject) {
    case OF_PERSON:
        status = am_explain_person(&run->ex, run->index, run->fixes, &person, err);
        if (status == AM_OK)
            (json ? am_explain_person_json : am_explain_person_text)(&run->text, context, &person);
        break;
    case OF_SESSION:
        status = am_explain_session(&run->ex, run->index, &session, err);
        if (status == AM_OK)
            (json ? am_explain_session_json : am_explain_session_text)(&run->text, context,
                                                                       &session);
        break;
    case OF_SUPERVISOR:
        status = am_explain_supervisor(&run->ex, run->index, &supervisor, err);
        if (status == AM_OK)
            (json ? am_explain_supervisor_json : am_explain_supervisor_text)(&run->text, context,
                                                                             &supervisor);
        break;
    case OF_RULE:
        status = am_explain_rule(&run->ex, run->index, rules, &count, err);
        if (status == AM_OK)
            (json ? am_explain_rule_json : am_explain_rule_text)(&run->text, context, rules, count);
        break;
    }
    return status == AM_OK ? am_text_status(&run->text, err) : status;
}

static int tell(struct run *run)
{
    struct am_err err;
    const struct am_derived *derived = &run->derived;
    const struct am_roster_context of = {.caseload = &derived->caseload,
                                         .orders = &derived->orders,
                                         .eligibility = &derived->eligibility,
                                         .clocks = &derived->clocks,
                                         .settings = &run->settings,
                                         .version = AM_VERSION};
    am_status status = am_explain_begin(&run->ex, derived, &run->roster, &run->settings, &err);
    if (status == AM_OK)
        status = am_figures_gather(&of, &run->roster, &run->ex.arena, &run->figures, &err);
    const struct am_explain_context context = {.roster_context = &of,
                                               .roster = &run->roster,
                                               .figures = &run->figures,
                                               .side = &run->ex.side,
                                               .restricted = run->options.restricted,
                                               .for_person = run->options.for_person,
                                               .all = run->options.all};
    if (status == AM_OK)
        status = explain(run, &context, &err);
    if (status != AM_OK)
        return am_report_error(&err);
    (void)fputs(am_text_string(&run->text), stdout); /* main looks at the stream's state */
    return AM_EXIT_DONE;
}

static int explain_files(struct run *run, const struct am_operands *operands)
{
    int code = am_derived_read(&run->derived, operands->at[0]);
    if (code == AM_EXIT_DONE)
        code = find_subject(run);
    if (code == AM_EXIT_DONE)
        code = read_roster(run, operands->at[1]);
    if (code == AM_EXIT_DONE)
        code = tell(run);
    am_explain_release(&run->ex);
    am_roster_release(&run->roster);
    am_derived_release(&run->derived);
    am_text_release(&run->text);
    return code;
}

static int run_explain(const struct am_command *command, int argc, char **argv)
{
    struct run run = {0};
    struct am_operands operands;
    am_settings_defaults(&run.settings);
    int stop = am_options_read(command, argc, argv, &run.options, &operands);
    if (stop < 0)
        stop = check_options(command, &run);
    if (stop < 0 && run.subject == OF_RULE)
        stop = find_rule(command, &run);
    return stop >= 0 ? stop : explain_files(&run, &operands);
}

const struct am_command am_cmd_explain = {
    .name = "explain",
    .usage = "CASELOAD ROSTER --person CRN | --session ID@DATE | --supervisor CODE | --rule ID",
    .summary = "why, and why not: a person, a session, a supervisor or a rule",
    .help = "Says what somebody has in a roster (roster.json) and what that costs, which rule "
            "keeps them from\neach session they do not have, what the whole would cost more if "
            "they had a place that went to\nsomebody else, and which small changes would give "
            "them more without worsening anybody's legal\nclock. Whatever is said was found by "
            "solving again; what is not proven is marked.\n",
    .options = option_table,
    .least_operands = 2,
    .most_operands = 2,
    .run = run_explain,
};
