/*
 * cycle - a process that stays, and runs the weeks of tests/soak/run through
 * the library. A command a line on standard input, its words separated by
 * tabs:
 *
 *   roster  CASELOAD  OUT              solve, audit, write OUT, read it back, audit again
 *   credit  CASELOAD  ROSTER  OUTCOMES  OUT
 *
 * Each is answered with one line, "ok BYTES" or "failed BYTES": those that the
 * process still has allocated when all is released. Why is on standard error.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/atomic_file.h"
#include "io/credit.h"
#include "io/roster_json.h"
#include "model/audit.h"
#include "solver/solve.h"
#include "tests/support/tiny.h"

enum { WORDS = 5, STEPS = 100, NODES = 50 };

/* ---- roster ---- */

/* The audit is released by the caller. False where it does not pass. */
static bool pass(const struct am_caseload *caseload, const struct am_roster *roster,
                 struct am_audit *audit)
{
    struct am_err err = {0};
    if (am_audit_roster(caseload, roster, audit, &err) == AM_OK && am_audit_passes(audit))
        return true;
    (void)fprintf(stderr, "the audit found %d broken rules, score %s, proof %s; %s\n",
                  audit->broken, audit->score_agrees ? "agrees" : "differs",
                  audit->proof_agrees ? "agrees" : "differs", err.msg);
    return false;
}

static bool write_audited(const struct tiny_case *of, const struct am_settings *settings,
                          const struct am_roster *roster, const char *path)
{
    struct am_audit audit = {0};
    struct am_roster_context context = {
        .caseload = &of->caseload,
        .orders = &of->orders,
        .eligibility = &of->eligibility,
        .clocks = &of->clocks,
        .settings = settings,
        .version = "soak",
        .audit = &audit,
    };
    char *text = NULL;
    bool done = pass(&of->caseload, roster, &audit) &&
                am_roster_json(&context, roster, &text, NULL) == AM_OK &&
                am_atomic_write(path, text, strlen(text), NULL) == AM_OK;
    am_audit_release(&audit);
    free(text);
    return done;
}

/* What was written says the same. */
static bool pass_as_written(const struct am_caseload *caseload, const char *path)
{
    struct am_roster roster;
    struct am_audit audit = {0};
    struct am_diag diag;
    am_diag_init(&diag);
    bool done = am_roster_read(&roster, caseload, path, &diag, NULL) == AM_OK &&
                pass(caseload, &roster, &audit);
    am_diag_print(&diag, stderr);
    am_audit_release(&audit);
    am_roster_release(&roster);
    am_diag_release(&diag);
    return done;
}

static bool make_roster(char **words)
{
    struct tiny_case of;
    struct am_roster roster;
    struct am_settings settings;
    am_settings_defaults(&settings);
    settings.step_limit = STEPS;
    settings.node_limit = NODES;
    bool done = tiny_read_file(&of, words[1], words[1]);
    if (done && tiny_solve_with(&of, am_solve, &settings, &roster)) {
        done = write_audited(&of, &settings, &roster, words[2]) &&
               pass_as_written(&of.caseload, words[2]);
        am_roster_release(&roster);
    } else {
        done = false;
    }
    tiny_release(&of);
    return done;
}

/* ---- credit ---- */

static bool write_credited(const struct am_credit_request *request, const char *path,
                           struct am_diag *diag)
{
    struct am_credit_result result = {0};
    bool done = am_credit(request, diag, &result, NULL) == AM_OK &&
                am_atomic_write(path, result.text, strlen(result.text), NULL) == AM_OK;
    free(result.text);
    return done;
}

static bool credit(char **words)
{
    struct tiny_case of;
    struct am_roster roster;
    struct am_diag diag;
    am_diag_init(&diag);
    bool done = tiny_read_file(&of, words[1], words[1]);
    if (done) {
        struct am_credit_request request = {.caseload = &of.caseload,
                                            .roster = &roster,
                                            .outcomes = words[3],
                                            .weeks = -1,
                                            .as_of = AM_NO_DATE};
        done = am_roster_read(&roster, &of.caseload, words[2], &diag, NULL) == AM_OK &&
               write_credited(&request, words[4], &diag);
        am_roster_release(&roster);
    }
    am_diag_print(&diag, stderr);
    am_diag_release(&diag);
    tiny_release(&of);
    return done;
}

/* ---- commands ---- */

static size_t allocated_bytes(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static int split(char *line, char **words)
{
    int count = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *at = line; at && count < WORDS; count++) {
        words[count] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
    }
    return count;
}

static bool obey(char *line)
{
    char *words[WORDS];
    int count = split(line, words);
    if (count == 3 && strcmp(words[0], "roster") == 0)
        return make_roster(words);
    return count == 5 && strcmp(words[0], "credit") == 0 && credit(words);
}

int main(void)
{
    static char line[4096];
    while (fgets(line, sizeof line, stdin)) {
        bool done = obey(line);
        if (printf("%s %zu\n", done ? "ok" : "failed", allocated_bytes()) < 0 ||
            fflush(stdout) != 0)
            return 1;
    }
    return ferror(stdin) ? 1 : 0;
}
