#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/doubts.h"
#include "io/atomic_file.h"
#include "io/caseload_json.h"
#include "model/score.h"

_Noreturn void fuzz_broken(const char *file, int line, const char *what)
{
    (void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}

/* ---- files ---- */

static char folder[64], path[128], last[128];

static void clean_up(void)
{
    if (last[0])
        (void)unlink(last);
    (void)rmdir(folder);
}

const char *fuzz_file(const char *name, const void *bytes, size_t size)
{
    if (!folder[0]) {
        const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
        (void)snprintf(folder, sizeof folder, "%s/amends-fuzz-XXXXXX", base);
        FUZZ_HOLDS(mkdtemp(folder) && atexit(clean_up) == 0);
    }
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    if (last[0] && strcmp(last, path) != 0)
        (void)unlink(last);
    memcpy(last, path, sizeof last);
    FILE *file = fopen(path, "wb");
    FUZZ_HOLDS(file != NULL);
    FUZZ_HOLDS(size == 0 || fwrite(bytes, 1, size, file) == size);
    FUZZ_HOLDS(fclose(file) == 0);
    return path;
}

/* ---- reading ---- */

static FILE *nowhere(void)
{
    static FILE *null;
    if (!null)
        null = fopen("/dev/null", "w");
    FUZZ_HOLDS(null != NULL);
    return null;
}

void fuzz_findings(const struct am_diag *diag, am_status status, const struct am_err *err)
{
    am_diag_print(diag, nowhere());
    FUZZ_HOLDS(status == AM_OK || err->msg[0] != '\0');
    FUZZ_HOLDS((diag->errors > 0) == (status == AM_EINVALID || status == AM_EPARSE) ||
               status == AM_EIO || status == AM_ENOMEM);
    for (const struct am_finding *f = diag->first; f; f = f->next) {
        FUZZ_HOLDS(f->file[0] && f->text[0]);
        FUZZ_HOLDS(f->line > 0);
    }
}

bool fuzz_caseload(struct tiny_case *tiny, const char *file)
{
    struct am_diag diag;
    struct am_err err = {0};
    *tiny = (struct tiny_case){0};
    am_arena_init(&tiny->arena);
    am_diag_init(&diag);
    am_status status = am_caseload_read(&tiny->caseload, file, &diag, &err);
    fuzz_findings(&diag, status, &err);
    am_diag_release(&diag);
    return status == AM_OK;
}

struct tiny_case *fuzz_example(void)
{
    static struct tiny_case example;
    static bool read;
    if (!read)
        FUZZ_HOLDS(fuzz_caseload(&example, "examples/tiny.json") && tiny_derive(&example));
    read = true;
    return &example;
}

/* ---- solving ---- */

/* What `amends check` says of a caseload that is good. */
static void look_for_doubts(const struct tiny_case *tiny)
{
    const struct am_derived derived = {.caseload = tiny->caseload,
                                       .orders = tiny->orders,
                                       .eligibility = tiny->eligibility,
                                       .clocks = tiny->clocks};
    struct am_journey_count journeys;
    struct am_diag diag;
    struct am_err err = {0};
    am_diag_init(&diag);
    am_status status = am_doubts_find(&derived, &diag, &err);
    if (status == AM_OK)
        status = am_journeys_count(&derived, &diag, &journeys, &err);
    FUZZ_HOLDS(status == AM_OK && diag.errors == 0 && journeys.known <= journeys.asked);
    fuzz_findings(&diag, status, &err);
    am_diag_release(&diag);
}

static am_status solve(struct tiny_case *tiny, struct am_arena *arena, struct am_roster *roster,
                       struct am_err *err)
{
    struct am_settings settings;
    struct am_solution solution;
    am_settings_defaults(&settings);
    settings.gap = 0;
    settings.threads = 1;
    settings.node_limit = 2;
    settings.step_limit = 40;
    am_status status = am_solve(&tiny->instance, &settings, tiny->fixed_only,
                                (struct am_solve_hooks){0}, arena, &solution, err);
    FUZZ_HOLDS(status != AM_OK || solution.outcome != AM_OUTCOME_NONE);
    if (status == AM_OK)
        status = am_decision_roster(&tiny->instance, &tiny->orders, &tiny->eligibility,
                                    &solution.decision, roster, err);
    if (status == AM_OK)
        status = am_score_roster(&tiny->caseload, &tiny->orders, &tiny->clocks, roster,
                                 &roster->score, err);
    if (status != AM_OK)
        return status;
    roster->outcome = solution.outcome;
    roster->proof = solution.proof;
    int64_t least = -am_score_ceiling(&tiny->caseload);
    if (roster->proof.bound < least)
        roster->proof.bound = least;
    return AM_OK;
}

bool fuzz_solve(struct tiny_case *tiny, struct am_roster *roster)
{
    struct am_arena arena;
    struct am_err err = {0};
    look_for_doubts(tiny);
    if (am_roster_init(roster, &tiny->caseload, &err) != AM_OK)
        return false;
    am_arena_init(&arena);
    am_status status = solve(tiny, &arena, roster, &err);
    am_arena_release(&arena);
    if (status != AM_OK) {
        (void)fprintf(stderr, "%s\n", err.msg);
        am_roster_release(roster);
        FUZZ_HOLDS(status == AM_ENOMEM);
        return false;
    }
    FUZZ_HOLDS(tiny_audit(tiny, roster, "the roster made"));
    return true;
}
