#include "solver/compact.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "solver/compact_model.h"

/* Every roster costs whole points, so one within less than a point of the
 * bound is the best; a little is left for the engine's arithmetic. */
static const double whole_point = 0.99;
/* What GLPK's bound may be off by: its tolerances are relative, 1e-7. */
static const double bound_slack = 1e-3, bound_share = 1e-7;

/* Beyond so many pairs the rows x <= y make the root relaxation too slow. */
enum { EACH_PAIRS = 4000 };

/* ---- from columns to a decision ---- */

static bool is_one(const struct am_compact *compact, int column)
{
    return column >= 0 && am_lp_integer_primal(compact->lp, column) > 0.5;
}

static bool new_decision(const struct am_instance *instance, struct am_arena *arena,
                         struct am_decision *decision)
{
    size_t cells = (size_t)instance->person_count * (size_t)instance->days;
    size_t sessions = (size_t)instance->session_count;
    decision->chosen = AM_ARENA_NEW(arena, cells, int64_t);
    decision->runs = AM_ARENA_NEW(arena, sessions, bool);
    decision->supervisor = AM_ARENA_NEW(arena, sessions, int32_t);
    if (!decision->chosen || !decision->runs || !decision->supervisor)
        return false;
    for (size_t i = 0; i < cells; i++)
        decision->chosen[i] = -1;
    for (size_t s = 0; s < sessions; s++) {
        decision->runs[s] = instance->sessions[s].open && instance->sessions[s].must_run;
        decision->supervisor[s] = -1;
    }
    return true;
}

/* Only x and z are read: a session runs where somebody is booked. */
static void read_decision(const struct am_compact *compact, struct am_decision *decision)
{
    const struct am_instance *instance = compact->instance;
    for (int p = 0; p < instance->person_count; p++) {
        const struct am_iperson *person = &instance->people[p];
        for (int64_t i = person->first_pair; i < person->first_pair + person->pair_count; i++) {
            if (!is_one(compact, compact->x[i]))
                continue;
            decision->chosen[(int64_t)p * instance->days + instance->pairs[i].day] = i;
            decision->runs[instance->pairs[i].session] = true;
        }
    }
    for (int s = 0; s < instance->session_count; s++)
        for (int k = 0; k < instance->sessions[s].candidate_count; k++)
            if (is_one(compact, compact->lead[compact->first_lead[s] + k]))
                decision->supervisor[s] = instance->sessions[s].candidates[k].supervisor;
}

/* ---- solving ---- */

/* A whole number that no roster is below, from GLPK's floating bound. */
static int64_t whole_bound(double bound)
{
    return bound > -1e18 ? (int64_t)ceil(bound - bound_slack - bound_share * fabs(bound))
                         : INT64_MIN;
}

static double gap_points(const struct am_settings *settings, int64_t fixed_only, double bound)
{
    double gap = (double)settings->gap * 1e-6 * ((double)fixed_only - bound);
    return gap > whole_point ? gap : whole_point;
}

/* Root relaxation, then the search; *proven is the bound. */
static am_status run_engine(struct am_compact *compact, const struct am_settings *settings,
                            int64_t fixed_only, const volatile sig_atomic_t *stop,
                            enum am_lp_answer *answer, double *proven, struct am_err *err)
{
    struct am_lp_limits limits = {
        .seconds = settings->time_limit, .nodes = settings->node_limit, .stop = stop};
    *proven = -HUGE_VAL;
    am_status status = am_lp_solve(compact->lp, limits, answer, err);
    if (status != AM_OK || *answer != AM_LP_OPTIMAL)
        return status;
    *proven = am_lp_value(compact->lp);
    limits.absolute_gap = gap_points(settings, fixed_only, *proven);
    status = am_lp_solve_integer(compact->lp, limits, answer, err);
    if (status == AM_OK)
        *proven = fmax(*proven, am_lp_integer_bound(compact->lp));
    return status;
}

static am_status judge(struct am_compact *compact, enum am_lp_answer answer, double proven,
                       struct am_solution *solution, struct am_err *err)
{
    bool found = answer == AM_LP_OPTIMAL || answer == AM_LP_FEASIBLE;
    if (answer == AM_LP_INFEASIBLE || answer == AM_LP_UNBOUNDED)
        return am_fail(err, AM_ESOLVER, "the engine finds no roster where the fixed one is");
    if (found)
        read_decision(compact, &solution->decision);
    int64_t points = am_decision_points(compact->instance, &solution->decision);
    solution->proof.bound = whole_bound(proven);
    if (points == INT64_MAX) {
        solution->outcome = AM_OUTCOME_NONE;
        if (found)
            return am_fail(err, AM_ESOLVER, "the engine's roster breaks a rule");
        return AM_OK;
    }
    if (found && fabs((double)points - am_lp_integer_value(compact->lp)) > 0.5)
        return am_fail(err, AM_ESOLVER, "the engine's roster has %lld points, not %.3f",
                       (long long)points, am_lp_integer_value(compact->lp));
    solution->proof.objective = points;
    if (answer == AM_LP_OPTIMAL && (double)points - proven <= whole_point)
        solution->proof.bound = points;
    if (solution->proof.bound >= points)
        solution->proof.bound = points;
    if (solution->proof.bound == points)
        solution->outcome = AM_OUTCOME_OPTIMAL;
    else
        solution->outcome = answer == AM_LP_OPTIMAL ? AM_OUTCOME_FEASIBLE : AM_OUTCOME_STOPPED;
    return AM_OK;
}

am_status am_compact_solve(const struct am_instance *instance, const struct am_settings *settings,
                           int64_t fixed_only, struct am_solve_hooks hooks, struct am_arena *arena,
                           struct am_solution *solution, struct am_err *err)
{
    struct am_compact compact;
    enum am_lp_answer answer = AM_LP_UNKNOWN;
    double proven = -HUGE_VAL;
    *solution = (struct am_solution){.outcome = AM_OUTCOME_NONE};
    solution->proof.fixed_only = fixed_only;
    if (!new_decision(instance, arena, &solution->decision))
        return am_fail_memory(err);
    am_status status =
        am_compact_build(&compact, instance, instance->pair_count <= EACH_PAIRS, arena, err);
    if (status == AM_OK)
        status = run_engine(&compact, settings, fixed_only, hooks.stop, &answer, &proven, err);
    if (status == AM_OK)
        status = judge(&compact, answer, proven, solution, err);
    am_lp_free(compact.lp);
    if (status == AM_OK && hooks.progress) {
        struct am_progress progress = {.phase = "roster",
                                       .has_incumbent = solution->outcome != AM_OUTCOME_NONE,
                                       .has_bound = proven > -HUGE_VAL,
                                       .incumbent = solution->proof.objective,
                                       .bound = solution->proof.bound,
                                       .fixed_only = fixed_only};
        hooks.progress(hooks.context, &progress);
    }
    return status;
}

/* ---- export ---- */

static am_status flush_file(const char *path, struct am_err *err)
{
    int file = open(path, O_RDONLY);
    bool flushed = file >= 0 && fsync(file) == 0;
    if (file >= 0 && close(file) != 0)
        flushed = false;
    return flushed ? AM_OK : am_fail(err, AM_EIO, "%s: %s", path, strerror(errno));
}

/* The engine does not notice when its last bytes could not be written. */
static bool is_whole(const char *path, enum am_lp_format format)
{
    static const char *const endings[] = {
        [AM_LP_FREE_MPS] = "ENDATA\n", [AM_LP_CPLEX] = "End\n", [AM_LP_GLPK] = "e o f\n"};
    char tail[8] = "";
    size_t size = strlen(endings[format]);
    FILE *file = fopen(path, "rb");
    bool whole = file && fseek(file, -(long)size, SEEK_END) == 0 &&
                 fread(tail, 1, size, file) == size && strcmp(tail, endings[format]) == 0;
    if (file && fclose(file) != 0)
        whole = false;
    return whole;
}

static bool is_device(const char *path)
{
    struct stat at;
    return stat(path, &at) == 0 && !S_ISREG(at.st_mode);
}

/* Beside its place under a temporary name, then renamed: whole or absent. */
static am_status write_whole(struct am_lp *lp, enum am_lp_format format, const char *path,
                             struct am_arena *arena, struct am_err *err)
{
    if (is_device(path))
        return am_lp_write(lp, format, path, err);
    size_t room = strlen(path) + sizeof ".XXXXXX";
    char *temporary = am_arena_alloc(arena, room, 1);
    if (!temporary)
        return am_fail_memory(err);
    (void)snprintf(temporary, room, "%s.XXXXXX", path);
    int file = mkstemp(temporary);
    if (file < 0)
        return am_fail(err, AM_EIO, "%s: %s", path, strerror(errno));
    am_status status = AM_OK;
    if (close(file) != 0)
        status = am_fail(err, AM_EIO, "%s: %s", path, strerror(errno));
    errno = 0;
    if (status == AM_OK)
        status = am_lp_write(lp, format, temporary, err);
    int reason = errno; /* why, where the engine did not notice */
    errno = 0;
    if (status == AM_OK && !is_whole(temporary, format)) {
        reason = reason ? reason : errno;
        status = am_fail(err, AM_EIO, "%s: could not be written whole%s%s", path,
                         reason ? ": " : "", reason ? strerror(reason) : "");
    }
    if (status == AM_OK)
        status = flush_file(temporary, err);
    if (status == AM_OK && rename(temporary, path) != 0)
        status = am_fail(err, AM_EIO, "%s: %s", path, strerror(errno));
    if (status != AM_OK)
        (void)unlink(temporary);
    return status;
}

am_status am_compact_export(const struct am_instance *instance, enum am_export_format format,
                            const char *path, struct am_err *err)
{
    static const enum am_lp_format formats[] = {AM_LP_FREE_MPS, AM_LP_CPLEX, AM_LP_GLPK};
    struct am_compact compact;
    struct am_arena arena;
    am_arena_init(&arena);
    am_status status = am_compact_build(&compact, instance, false, &arena, err);
    if (status == AM_OK)
        status = write_whole(compact.lp, formats[format], path, &arena, err);
    am_lp_free(compact.lp);
    am_arena_release(&arena);
    return status;
}
