#include "tests/support/tiny.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "io/caseload_json.h"
#include "model/score.h"

/* ---- reading ---- */

static bool write_text(const char *text, int file)
{
    FILE *out = fdopen(file, "w");
    if (!out) {
        (void)close(file);
        return false;
    }
    bool written = fputs(text, out) >= 0;
    return fclose(out) == 0 && written;
}

bool tiny_read_file(struct tiny_case *tiny, const char *path, const char *what)
{
    struct am_diag diag;
    struct am_err err = {0};
    *tiny = (struct tiny_case){0};
    am_caseload_init(&tiny->caseload);
    am_arena_init(&tiny->arena);
    am_diag_init(&diag);
    am_status status = am_caseload_read(&tiny->caseload, path, &diag, &err);
    if (status != AM_OK) {
        (void)fprintf(stderr, "%s: %s\n", what, err.msg);
        am_diag_print(&diag, stderr);
    }
    am_diag_release(&diag);
    return status == AM_OK && tiny_derive(tiny);
}

bool tiny_read(struct tiny_case *tiny, uint64_t seed, const struct tiny_telling *telling)
{
    char path[] = "/tmp/amends-tiny-XXXXXX", what[32];
    (void)snprintf(what, sizeof what, "seed %" PRIu64, seed);
    *tiny = (struct tiny_case){0};
    int file = mkstemp(path);
    char *text = tiny_json(seed, telling);
    bool ready = file >= 0 && text && write_text(text, file);
    free(text);
    bool done = ready && tiny_read_file(tiny, path, what);
    if (file >= 0)
        (void)unlink(path); /* what is left behind in /tmp does no harm */
    return done;
}

static am_status derive_fixed_only(struct tiny_case *tiny, struct am_err *err)
{
    struct am_roster roster;
    struct am_score score;
    am_status status = am_roster_init(&roster, &tiny->caseload, err);
    if (status == AM_OK)
        status = am_roster_fixed_only(&tiny->caseload, &tiny->orders, &roster, err);
    if (status == AM_OK)
        status =
            am_score_roster(&tiny->caseload, &tiny->orders, &tiny->clocks, &roster, &score, err);
    if (status == AM_OK)
        tiny->fixed_only = score.total;
    am_roster_release(&roster);
    return status;
}

static am_status derive(struct tiny_case *tiny, struct am_err *err)
{
    const struct am_caseload *caseload = &tiny->caseload;
    am_status status = am_orders_build(caseload, &tiny->arena, &tiny->orders, err);
    if (status == AM_OK)
        status =
            am_eligibility_build(caseload, &tiny->orders, &tiny->arena, &tiny->eligibility, err);
    if (status == AM_OK)
        status = am_clocks_build(caseload, &tiny->orders, &tiny->arena, &tiny->clocks, err);
    if (status == AM_OK)
        status = derive_fixed_only(tiny, err);
    if (status == AM_OK)
        status = am_instance_build(caseload, &tiny->orders, &tiny->eligibility, &tiny->clocks,
                                   &tiny->arena, &tiny->instance, err);
    return status;
}

bool tiny_derive(struct tiny_case *tiny)
{
    struct am_err err = {0};
    am_arena_release(&tiny->arena);
    if (derive(tiny, &err) == AM_OK)
        return true;
    (void)fprintf(stderr, "%s\n", err.msg);
    return false;
}

void tiny_release(struct tiny_case *tiny)
{
    am_arena_release(&tiny->arena);
    am_caseload_release(&tiny->caseload);
}

/* ---- solving ---- */

/* A solver, and what it is told. */
struct way {
    tiny_solver *solver;
    const struct am_settings *settings;
};

static am_status solve(struct tiny_case *tiny, struct way way, struct am_arena *arena,
                       struct am_roster *roster, struct am_err *err)
{
    struct am_solution solution;
    am_status status = way.solver(&tiny->instance, way.settings, tiny->fixed_only,
                                  (struct am_solve_hooks){0}, arena, &solution, err);
    if (status == AM_OK && solution.outcome == AM_OUTCOME_NONE)
        return am_fail(err, AM_ESOLVER, "no roster was found");
    if (status == AM_OK)
        status = am_decision_roster(&tiny->instance, &tiny->orders, &tiny->eligibility,
                                    &solution.decision, roster, err);
    if (status == AM_OK)
        status = am_score_roster(&tiny->caseload, &tiny->orders, &tiny->clocks, roster,
                                 &roster->score, err);
    if (status == AM_OK) {
        roster->outcome = solution.outcome;
        roster->proof = solution.proof;
    }
    return status;
}

bool tiny_solve(struct tiny_case *tiny, tiny_solver *solver, struct am_roster *roster)
{
    struct am_settings settings;
    am_settings_defaults(&settings);
    settings.gap = 0;
    settings.threads = 1;
    settings.node_limit = 0; /* the best there is, whatever it takes */
    return tiny_solve_with(tiny, solver, &settings, roster);
}

bool tiny_solve_with(struct tiny_case *tiny, tiny_solver *solver,
                     const struct am_settings *settings, struct am_roster *roster)
{
    struct am_arena arena;
    struct am_err err = {0};
    if (am_roster_init(roster, &tiny->caseload, &err) != AM_OK)
        return false;
    am_arena_init(&arena);
    am_status status = solve(tiny, (struct way){solver, settings}, &arena, roster, &err);
    am_arena_release(&arena);
    if (status == AM_OK)
        return true;
    (void)fprintf(stderr, "%s\n", err.msg);
    am_roster_release(roster);
    return false;
}

/* ---- auditing ---- */

static void print_audit(const struct tiny_case *tiny, const struct am_audit *audit)
{
    for (int i = 0; i < audit->breach_count; i++) {
        const struct am_breach *breach = &audit->breaches[i];
        (void)fprintf(stderr, "  %s%s %s %s: %s\n", am_rule_id(breach->rule),
                      breach->accepted ? " (accepted)" : "",
                      breach->person >= 0 ? tiny->caseload.people[breach->person].crn : "",
                      breach->session >= 0 ? tiny->caseload.sessions[breach->session].id : "",
                      breach->detail);
    }
}

bool tiny_audit(const struct tiny_case *tiny, const struct am_roster *roster, const char *what)
{
    struct am_audit audit;
    struct am_err err = {0};
    if (am_audit_roster(&tiny->caseload, roster, &audit, &err) != AM_OK) {
        (void)fprintf(stderr, "%s: %s\n", what, err.msg);
        return false;
    }
    bool passes = am_audit_passes(&audit);
    if (!passes) {
        (void)fprintf(stderr, "%s: the audit does not pass: %d broken, score %s, proof %s\n", what,
                      audit.broken, audit.score_agrees ? "agrees" : "differs",
                      audit.proof_agrees ? "agrees" : "differs");
        print_audit(tiny, &audit);
    }
    am_audit_release(&audit);
    return passes;
}
