#include "cli/scenario_run.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "cli/scenario_forecast.h"
#include "command/command.h"
#include "io/atomic_file.h"
#include "io/limits.h"
#include "solver/lp.h"

enum { WORKERS_MOST = 64 };

/* ---- the base ---- */

int am_scenario_base_read(struct am_scenario_base *base, const char *path,
                          const struct am_settings *settings, const volatile sig_atomic_t *stop)
{
    char *bytes = NULL;
    struct am_diag diag;
    struct am_err err;
    *base = (struct am_scenario_base){.settings = *settings, .stop = stop};
    am_caseload_init(&base->derived.caseload);
    am_arena_init(&base->derived.arena);
    am_diag_init(&diag);
    am_status status = am_read_file(path, AM_FILE_LIMIT, &bytes, &base->document.size, &err);
    base->document.path = path;
    base->document.bytes = status == AM_OK ? bytes : NULL;
    if (status == AM_OK)
        status =
            am_derived_read_bytes(&base->derived, path, bytes, base->document.size, &diag, &err);
    int code = am_report_findings(&diag, status == AM_OK ? NULL : &err);
    am_diag_release(&diag);
    return code;
}

void am_scenario_base_release(struct am_scenario_base *base)
{
    if (base->is_solved)
        am_solved_release(&base->solved);
    am_derived_release(&base->derived);
    free((char *)(uintptr_t)base->document.bytes);
    *base = (struct am_scenario_base){0};
}

static am_status solve_base(struct am_scenario_base *base, struct am_err *err)
{
    if (base->is_solved)
        return AM_OK;
    base->is_solved = true;
    return am_solved_make(&base->solved, &base->derived, &base->settings, NULL, base->stop, err);
}

/* ---- one task ---- */

static bool has_same_people(const struct am_caseload *caseload, const struct am_caseload *base)
{
    bool same = caseload->person_count == base->person_count;
    for (int p = 0; p < caseload->person_count && same; p++)
        same = strcmp(caseload->people[p].crn, base->people[p].crn) == 0;
    return same;
}

static am_status tally(const struct am_scenario_base *base, const struct am_derived *derived,
                       const struct am_solved *solved, struct am_arena *arena,
                       struct am_compare_row *row, struct am_err *err)
{
    int64_t *late = &row->tally.figures[AM_FIGURE_finish_late];
    const struct am_caseload *caseload = &derived->caseload;
    struct am_roster_context context = {.caseload = caseload,
                                        .orders = &derived->orders,
                                        .eligibility = &derived->eligibility,
                                        .clocks = &derived->clocks,
                                        .settings = &base->settings,
                                        .version = AM_VERSION};
    row->sha256 = am_arena_strdup(arena, caseload->sha256);
    row->same_people = has_same_people(caseload, &base->derived.caseload);
    row->same_weights = memcmp(&caseload->policy.weights, &base->derived.caseload.policy.weights,
                               sizeof caseload->policy.weights) == 0;
    if (!row->sha256)
        return am_fail_memory(err);
    am_status status = am_tally_make(&context, &solved->roster, arena, &row->tally, err);
    if (status == AM_OK && base->forecast)
        status = am_scenario_forecast(derived, &base->settings, base->stop, late, err);
    return status;
}

static am_status name_row(struct am_compare_row *row, const struct am_scenario *scenario,
                          struct am_arena *arena, struct am_err *err)
{
    row->name = am_arena_strdup(arena, scenario->name);
    row->sentence = am_arena_strdup(arena, scenario->sentence);
    row->has_cost = scenario->has_cost;
    row->cost_pounds = scenario->cost_pounds;
    return row->name && row->sentence ? AM_OK : am_fail_memory(err);
}

static am_status solve_patched(const struct am_scenario_base *base,
                               const struct am_patched *patched, int threads,
                               struct am_arena *arena, struct am_compare_row *row,
                               struct am_err *err)
{
    struct am_diag diag; /* it was read before: nothing new to tell */
    struct am_derived derived;
    struct am_solved solved = {0};
    struct am_settings settings = base->settings;
    settings.threads = threads;
    am_diag_init(&diag);
    am_status status = am_derived_patched(&derived, patched, &diag, err);
    if (status == AM_OK)
        status = am_solved_again(&solved, &derived, &settings, &base->solved, base->stop, err);
    if (status == AM_OK)
        status = name_row(row, &patched->scenario, arena, err);
    if (status == AM_OK)
        status = tally(base, &derived, &solved, arena, row, err);
    am_solved_release(&solved);
    am_derived_release(&derived);
    am_diag_release(&diag);
    return status;
}

static am_status run_task(const struct am_scenario_base *base, const struct am_scenario_task *task,
                          int threads, struct am_arena *arena, struct am_compare_row *row,
                          struct am_err *err)
{
    *row = (struct am_compare_row){.name = "base", .sentence = "The caseload as it is."};
    if (!task->scenario.bytes)
        return tally(base, &base->derived, &base->solved, arena, row, err);
    struct am_patched patched;
    struct am_diag diag;
    am_diag_init(&diag);
    am_status status = am_caseload_patch(&patched, &base->document, &task->scenario, &diag, err);
    if (status == AM_OK)
        status = solve_patched(base, &patched, threads, arena, row, err);
    am_patched_release(&patched);
    am_diag_release(&diag);
    return status;
}

/* ---- checking, before anything is solved ---- */

static am_status check_task(const struct am_scenario_base *base,
                            const struct am_scenario_task *task, struct am_diag *diag,
                            struct am_err *err)
{
    struct am_patched patched;
    struct am_caseload caseload;
    if (!task->scenario.bytes || task->checked)
        return AM_OK;
    am_caseload_init(&caseload);
    am_status status = am_caseload_patch(&patched, &base->document, &task->scenario, diag, err);
    if (status == AM_OK)
        status = am_patched_read(&patched, &caseload, diag, err);
    am_caseload_release(&caseload);
    am_patched_release(&patched);
    return status;
}

/* Findings of all scenarios; the first of other failures. */
am_status am_scenario_check(const struct am_scenario_base *base,
                            const struct am_scenario_task *tasks, int count, struct am_diag *diag,
                            struct am_err *err)
{
    am_status first = AM_OK;
    for (int i = 0; i < count; i++) {
        struct am_err own;
        am_status status = check_task(base, &tasks[i], diag, &own);
        if (status == AM_OK || first != AM_OK)
            continue;
        first = am_fail(err, status, "%s", own.msg);
        if (status != AM_EINVALID && status != AM_EPARSE)
            break;
    }
    return first;
}

/* ---- side by side ---- */

struct crew {
    const struct am_scenario_base *base;
    const struct am_scenario_task *tasks;
    struct am_compare_row *rows;
    int count, threads_each;
    pthread_mutex_t lock; /* of what follows */
    int next;
    int failed; /* the first task that failed; count: none */
    am_status status;
    struct am_err err;
};

struct worker {
    struct crew *crew;
    struct am_arena arena; /* of the rows it makes */
    pthread_t thread;
};

/* The next task, or -1: all are taken, or one before it has failed. */
static int take_task(struct crew *crew)
{
    (void)pthread_mutex_lock(&crew->lock);
    int task = crew->next < crew->failed && crew->next < crew->count ? crew->next++ : -1;
    (void)pthread_mutex_unlock(&crew->lock);
    return task;
}

static void note_failure(struct crew *crew, int task, am_status status, const struct am_err *err)
{
    (void)pthread_mutex_lock(&crew->lock);
    if (task < crew->failed) {
        crew->failed = task;
        crew->status = status;
        crew->err = *err;
    }
    (void)pthread_mutex_unlock(&crew->lock);
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct crew *crew = worker->crew;
    for (int task; (task = take_task(crew)) >= 0;) {
        struct am_err err = {0};
        am_status status = run_task(crew->base, &crew->tasks[task], crew->threads_each,
                                    &worker->arena, &crew->rows[task], &err);
        if (status != AM_OK)
            note_failure(crew, task, status, &err);
    }
    return NULL;
}

/* In a thread of its own, which leaves nothing of the engine's behind. */
static void *work_apart(void *argument)
{
    (void)work(argument);
    am_lp_thread_end();
    return NULL;
}

/* A thread that cannot be had is one fewer. */
static void work_together(struct worker *workers, int count)
{
    int started = 1;
    while (started < count &&
           pthread_create(&workers[started].thread, NULL, work_apart, &workers[started]) == 0)
        started++;
    (void)work(&workers[0]);
    for (int i = 1; i < started; i++)
        (void)pthread_join(workers[i].thread, NULL);
}

/* A row as it stands in an arena of a worker, into the caller's. */
static bool keep(struct am_compare_row *row, struct am_arena *arena)
{
    struct am_tally *tally = &row->tally;
    size_t people = (size_t)tally->people_count;
    struct am_share *shares = AM_ARENA_NEW(arena, people, struct am_share);
    row->name = am_arena_strdup(arena, row->name);
    row->sentence = am_arena_strdup(arena, row->sentence);
    row->sha256 = am_arena_strdup(arena, row->sha256);
    if (!shares || !row->name || !row->sentence || !row->sha256)
        return false;
    for (size_t i = 0; i < people; i++) {
        shares[i] = tally->people[i];
        if (!(shares[i].crn = am_arena_strdup(arena, shares[i].crn)))
            return false;
    }
    tally->people = shares;
    return true;
}

static am_status run_crew(struct crew *crew, struct am_arena *arena, struct am_err *err)
{
    struct worker workers[WORKERS_MOST] = {{0}};
    int threads = crew->base->settings.threads;
    int count = threads < crew->count ? threads : crew->count;
    count = count < 1 ? 1 : count > WORKERS_MOST ? WORKERS_MOST : count;
    crew->threads_each = threads / count;
    for (int i = 0; i < count; i++) {
        workers[i] = (struct worker){.crew = crew};
        am_arena_init(&workers[i].arena);
    }
    work_together(workers, count);
    am_status status = crew->status;
    if (status != AM_OK)
        (void)am_fail(err, status, "%s", crew->err.msg);
    for (int i = 0; i < crew->count && status == AM_OK; i++)
        if (!keep(&crew->rows[i], arena))
            status = am_fail_memory(err);
    for (int i = 0; i < count; i++)
        am_arena_release(&workers[i].arena);
    return status;
}

am_status am_scenario_run(struct am_scenario_base *base, const struct am_scenario_task *tasks,
                          int count, struct am_compare_row *rows, struct am_arena *arena,
                          struct am_diag *diag, struct am_err *err)
{
    am_status status = am_scenario_check(base, tasks, count, diag, err);
    if (status == AM_OK && count > 0)
        status = solve_base(base, err);
    if (status != AM_OK || count == 0)
        return status;
    struct crew crew = {
        .base = base, .tasks = tasks, .rows = rows, .count = count, .failed = count};
    if (pthread_mutex_init(&crew.lock, NULL) != 0)
        return am_fail_memory(err);
    status = run_crew(&crew, arena, err);
    (void)pthread_mutex_destroy(&crew.lock);
    if (status == AM_OK && base->stop && *base->stop)
        status = am_fail(err, AM_EINTERRUPTED, "stopped before all scenarios were solved");
    return status;
}
