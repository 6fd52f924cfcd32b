/*
 * lp_glpk - the engine behind lp.h: GLPK 5.0. Nothing else includes glpk.h.
 *
 * GLPK aborts the process where it meets a bad argument, a failed assertion of
 * its own or the end of memory. Every argument is checked first (lp_args), and each
 * call into GLPK is contained: its error hook jumps back out. What GLPK holds
 * is in doubt after that, so its environment of this thread is thrown away
 * whole, with every problem in it. Each lp remembers the environment that it
 * was made in, so that one whose environment is gone is known to be dead.
 *
 * Cover cuts are never used: GLPK's knapsack solver keeps its state in plain
 * statics, which two threads would share.
 */
#include "solver/lp.h"

#include <errno.h>
#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "solver/lp_args.h"

enum {
    MESSAGE_ROOM = 200,      /* of what GLPK said before it gave up */
    SLICE_WORK = 50000000,   /* iterations times matrix entries between looks at the stop flag */
    SLICE_LEAST = 50,        /* iterations; each slice forgets the steepest-edge weights */
    SLICE_MOST = 20000,      /* at most */
    PATIENCE_LEAST = 10000,  /* iterations before a run counts as cycling */
    LONGEST_MS = 1000000000, /* GLPK counts milliseconds in an int */
};

struct am_lp {
    glp_prob *prob;
    unsigned long environment; /* the one it was made in */
    bool has_basis;            /* of an earlier solve */
    bool primal_kept;          /* it was feasible, and what changed since leaves it so */
    bool relaxed, integral;    /* there is a point to read */
    double integer_bound;
    struct am_lp_scratch scratch; /* what GLPK is handed */
};

/* What a contained call works on. */
struct task {
    struct am_lp *lp;
    struct am_lp_limits limits;
    double deadline_s; /* on the monotonic clock; HUGE_VAL: none */
    int at, count;
    double lower, upper, cost;
    bool integer;
    const bool *keep;
    const char *text;
    enum am_lp_format format;
    enum am_lp_answer answer;
    long nodes;
    bool proven; /* the bound met the cutoff, or the gap is closed */
    int failed;
};

/* ---- containment ---- */

static atomic_ulong environments_made;
static _Thread_local unsigned long environment; /* of this thread; 0: none */
static _Thread_local jmp_buf way_out;
static _Thread_local bool contained;
static _Thread_local char last_words[MESSAGE_ROOM];

static int keep_last_words(void *context, const char *text)
{
    (void)context;
    if (strncmp(text, "Error detected", 14) != 0) {
        size_t length = strcspn(text, "\n");
        if (length >= sizeof last_words)
            length = sizeof last_words - 1;
        if (length > 0) {
            memcpy(last_words, text, length);
            last_words[length] = '\0';
        }
    }
    return 1;
}

static void jump_out(void *context)
{
    (void)context;
    if (contained)
        longjmp(way_out, 1);
}

void am_lp_thread_end(void)
{
    if (environment != 0) {
        environment = 0;
        (void)glp_free_env();
    }
}

static am_status enter_environment(struct am_err *err)
{
    if (environment != 0)
        return AM_OK;
    int code = glp_init_env();
    if (code == 2) /* so its manual */
        return am_fail_memory(err);
    if (code > 1)
        return am_fail(err, AM_ESOLVER, "GLPK could not be started");
    environment = atomic_fetch_add(&environments_made, 1) + 1;
    (void)glp_term_out(GLP_OFF);
    glp_term_hook(keep_last_words, NULL);
    glp_error_hook(jump_out, NULL);
    return AM_OK;
}

/* What each of GLPK's ways of taking memory says where there is none. */
static bool told_of_no_memory(void)
{
    return strstr(last_words, "no memory available") ||
           strstr(last_words, "memory allocation limit exceeded");
}

static am_status contain(void (*call)(struct task *), struct task *task, struct am_err *err)
{
    last_words[0] = '\0';
    if (setjmp(way_out) != 0) {
        contained = false;
        am_lp_thread_end();
        return am_fail(err, told_of_no_memory() ? AM_ENOMEM : AM_ESOLVER, "GLPK gave up: %s",
                       last_words[0] != '\0' ? last_words : "no reason given");
    }
    contained = true;
    call(task);
    contained = false;
    return AM_OK;
}

/* ---- checks ---- */

static bool alive(const struct am_lp *lp)
{
    return lp != NULL && environment != 0 && lp->environment == environment;
}

static am_status check_alive(const struct am_lp *lp, struct am_err *err)
{
    if (lp == NULL) {
        (void)am_fail(err, AM_EINVALID, "lp: none given");
        return AM_EINVALID;
    }
    if (!alive(lp)) {
        (void)am_fail(err, AM_ESOLVER, "lp: of another thread, or lost when GLPK gave up");
        return AM_ESOLVER;
    }
    return AM_OK;
}

static bool row_known(const struct am_lp *lp, int row)
{
    return row >= 0 && row < glp_get_num_rows(lp->prob);
}

static bool column_known(const struct am_lp *lp, int column)
{
    return column >= 0 && column < glp_get_num_cols(lp->prob);
}

/* ---- building ---- */

static int bound_kind(double lower, double upper)
{
    bool low = lower > -AM_LP_INFINITY, up = upper < AM_LP_INFINITY;
    if (low && up)
        return lower < upper ? GLP_DB : GLP_FX;
    if (low)
        return GLP_LO;
    return up ? GLP_UP : GLP_FR;
}

/* What was read of a solution is stale once the problem changes. */
static void mark_changed(struct am_lp *lp, bool primal_kept)
{
    lp->relaxed = false;
    lp->integral = false;
    lp->primal_kept = lp->primal_kept && primal_kept;
}

static void do_new(struct task *task)
{
    task->lp->prob = glp_create_prob();
    glp_set_obj_dir(task->lp->prob, GLP_MIN);
}

am_status am_lp_new(struct am_lp **lp, struct am_err *err)
{
    if (lp == NULL)
        return am_fail(err, AM_EINVALID, "lp: nowhere to put it");
    *lp = NULL;
    am_status status = enter_environment(err);
    if (status != AM_OK)
        return status;
    struct am_lp *made = calloc(1, sizeof *made);
    if (made == NULL)
        return am_fail_memory(err);
    made->environment = environment;
    struct task task = {.lp = made};
    status = contain(do_new, &task, err);
    if (status != AM_OK) {
        free(made);
        return status;
    }
    *lp = made;
    return AM_OK;
}

static void do_free(struct task *task)
{
    glp_delete_prob(task->lp->prob);
}

void am_lp_free(struct am_lp *lp)
{
    if (lp == NULL)
        return;
    struct task task = {.lp = lp};
    if (alive(lp) && contain(do_free, &task, NULL) != AM_OK)
        lp->prob = NULL; /* it went with its environment */
    am_lp_scratch_free(&lp->scratch);
    free(lp);
}

static void do_add_row(struct task *task)
{
    task->at = glp_add_rows(task->lp->prob, 1);
    glp_set_row_bnds(task->lp->prob, task->at, bound_kind(task->lower, task->upper), task->lower,
                     task->upper);
    if (task->text != NULL)
        glp_set_row_name(task->lp->prob, task->at, task->text);
}

am_status am_lp_add_row(struct am_lp *lp, double lower, double upper, const char *name, int *index,
                        struct am_err *err)
{
    am_status status = check_alive(lp, err);
    if (status == AM_OK)
        status = am_lp_check_bounds(lower, upper, err);
    if (status == AM_OK)
        status = am_lp_check_name(name, err);
    struct task task = {.lp = lp, .lower = lower, .upper = upper, .text = name};
    if (status == AM_OK)
        status = contain(do_add_row, &task, err);
    if (status != AM_OK)
        return status;
    mark_changed(lp, false);
    if (index != NULL)
        *index = task.at - 1;
    return AM_OK;
}

static void do_add_column(struct task *task)
{
    glp_prob *prob = task->lp->prob;
    task->at = glp_add_cols(prob, 1);
    glp_set_col_bnds(prob, task->at, bound_kind(task->lower, task->upper), task->lower,
                     task->upper);
    glp_set_col_kind(prob, task->at, task->integer ? GLP_IV : GLP_CV);
    glp_set_obj_coef(prob, task->at, task->cost);
    glp_set_mat_col(prob, task->at, task->count, task->lp->scratch.index, task->lp->scratch.value);
    if (task->text != NULL)
        glp_set_col_name(prob, task->at, task->text);
}

/* GLPK wants integer columns to have integer bounds. */
static void round_bounds(double *lower, double *upper)
{
    *lower = ceil(*lower);
    *upper = floor(*upper);
}

/* NOLINTNEXTLINE(readability-function-size): a column is all of this */
am_status am_lp_add_column(struct am_lp *lp, double cost, double lower, double upper, bool integer,
                           const char *name, int count, const int *rows, const double *values,
                           int *index, struct am_err *err)
{
    if (integer)
        round_bounds(&lower, &upper);
    int kept = 0;
    am_status status = check_alive(lp, err);
    if (status == AM_OK)
        status = am_lp_check_bounds(lower, upper, err);
    if (status == AM_OK)
        status = am_lp_check_name(name, err);
    if (status == AM_OK && !isfinite(cost))
        status = am_fail(err, AM_EINVALID, "lp: a column costs %g", cost);
    if (status == AM_OK)
        status = am_lp_scratch_take(&lp->scratch, count, rows, values, am_lp_rows(lp), &kept, err);
    struct task task = {.lp = lp,
                        .lower = lower,
                        .upper = upper,
                        .cost = cost,
                        .integer = integer,
                        .text = name,
                        .count = kept};
    if (status == AM_OK)
        status = contain(do_add_column, &task, err);
    if (status != AM_OK)
        return status;
    /* A new column enters at the bound nearest 0; only at 0 itself does it
     * leave the rest as it is. */
    mark_changed(lp, lower == 0.0 || (upper == 0.0 && lower < 0.0));
    if (index != NULL)
        *index = task.at - 1;
    return AM_OK;
}

static void do_set_row_entries(struct task *task)
{
    glp_set_mat_row(task->lp->prob, task->at, task->count, task->lp->scratch.index,
                    task->lp->scratch.value);
}

am_status am_lp_set_row_entries(struct am_lp *lp, int row, int count, const int *columns,
                                const double *values, struct am_err *err)
{
    am_status status = check_alive(lp, err);
    if (status != AM_OK)
        return status;
    if (!row_known(lp, row))
        return am_fail(err, AM_EINVALID, "lp: row %d of %d", row, am_lp_rows(lp));
    int kept = 0;
    status =
        am_lp_scratch_take(&lp->scratch, count, columns, values, am_lp_columns(lp), &kept, err);
    struct task task = {.lp = lp, .at = row + 1, .count = kept};
    if (status == AM_OK)
        status = contain(do_set_row_entries, &task, err);
    if (status == AM_OK)
        mark_changed(lp, false);
    return status;
}

static void do_set_column_bounds(struct task *task)
{
    glp_set_col_bnds(task->lp->prob, task->at, bound_kind(task->lower, task->upper), task->lower,
                     task->upper);
}

am_status am_lp_set_column_bounds(struct am_lp *lp, int column, double lower, double upper,
                                  struct am_err *err)
{
    am_status status = check_alive(lp, err);
    if (status != AM_OK)
        return status;
    if (!column_known(lp, column))
        return am_fail(err, AM_EINVALID, "lp: column %d of %d", column, am_lp_columns(lp));
    if (glp_get_col_kind(lp->prob, column + 1) != GLP_CV)
        round_bounds(&lower, &upper);
    status = am_lp_check_bounds(lower, upper, err);
    struct task task = {.lp = lp, .at = column + 1, .lower = lower, .upper = upper};
    if (status == AM_OK)
        status = contain(do_set_column_bounds, &task, err);
    if (status == AM_OK)
        mark_changed(lp, false);
    return status;
}

static void do_set_row_bounds(struct task *task)
{
    glp_set_row_bnds(task->lp->prob, task->at, bound_kind(task->lower, task->upper), task->lower,
                     task->upper);
}

am_status am_lp_set_row_bounds(struct am_lp *lp, int row, double lower, double upper,
                               struct am_err *err)
{
    am_status status = check_alive(lp, err);
    if (status != AM_OK)
        return status;
    if (!row_known(lp, row))
        return am_fail(err, AM_EINVALID, "lp: row %d of %d", row, am_lp_rows(lp));
    status = am_lp_check_bounds(lower, upper, err);
    struct task task = {.lp = lp, .at = row + 1, .lower = lower, .upper = upper};
    if (status == AM_OK)
        status = contain(do_set_row_bounds, &task, err);
    if (status == AM_OK)
        mark_changed(lp, false);
    return status;
}

static void do_set_cost(struct task *task)
{
    glp_set_obj_coef(task->lp->prob, task->at, task->cost);
}

am_status am_lp_set_cost(struct am_lp *lp, int column, double cost, struct am_err *err)
{
    am_status status = check_alive(lp, err);
    if (status != AM_OK)
        return status;
    if (!column_known(lp, column))
        return am_fail(err, AM_EINVALID, "lp: column %d of %d", column, am_lp_columns(lp));
    if (!isfinite(cost))
        return am_fail(err, AM_EINVALID, "lp: column %d costs %g", column, cost);
    struct task task = {.lp = lp, .at = column + 1, .cost = cost};
    status = contain(do_set_cost, &task, err);
    if (status == AM_OK)
        mark_changed(lp, true);
    return status;
}

am_status am_lp_set_constant(struct am_lp *lp, double constant, struct am_err *err)
{
    am_status status = check_alive(lp, err);
    if (status != AM_OK)
        return status;
    if (!isfinite(constant))
        return am_fail(err, AM_EINVALID, "lp: the constant is %g", constant);
    struct task task = {.lp = lp, .at = 0, .cost = constant};
    status = contain(do_set_cost, &task, err);
    if (status == AM_OK)
        mark_changed(lp, true);
    return status;
}

/* A basic column that goes leaves a hole in the basis: some row that it stood
 * in and that is not basic takes its place. Where that makes the basis
 * singular, the next solve finds out and starts from another. */
static void fill_hole(struct am_lp *lp, int column)
{
    int count = glp_get_mat_col(lp->prob, column, lp->scratch.index, lp->scratch.value);
    for (int k = 1; k <= count; k++)
        if (glp_get_row_stat(lp->prob, lp->scratch.index[k]) != GLP_BS) {
            glp_set_row_stat(lp->prob, lp->scratch.index[k], GLP_BS);
            return;
        }
}

static void do_keep_columns(struct task *task)
{
    glp_prob *prob = task->lp->prob;
    int columns = glp_get_num_cols(prob), gone = 0;
    for (int j = 1; j <= columns; j++)
        if (!task->keep[j - 1] && glp_get_col_stat(prob, j) == GLP_BS)
            fill_hole(task->lp, j);
    for (int j = 1; j <= columns; j++)
        if (!task->keep[j - 1])
            task->lp->scratch.index[++gone] = j;
    if (gone > 0)
        glp_del_cols(prob, gone, task->lp->scratch.index);
}

am_status am_lp_keep_columns(struct am_lp *lp, const bool *keep, struct am_err *err)
{
    am_status status = check_alive(lp, err);
    if (status != AM_OK)
        return status;
    if (keep == NULL)
        return am_fail(err, AM_EINVALID, "lp: no list of columns to keep");
    int columns = am_lp_columns(lp), rows = am_lp_rows(lp);
    status = am_lp_scratch_grow(&lp->scratch, columns > rows ? columns : rows, err);
    if (status != AM_OK)
        return status;
    bool exact = true; /* only columns at 0 go: what is left is as feasible as it was */
    for (int j = 0; j < columns && exact; j++)
        exact = keep[j] || glp_get_col_prim(lp->prob, j + 1) == 0.0;
    struct task task = {.lp = lp, .keep = keep};
    status = contain(do_keep_columns, &task, err);
    if (status == AM_OK)
        mark_changed(lp, exact);
    return status;
}

int am_lp_rows(const struct am_lp *lp)
{
    return alive(lp) ? glp_get_num_rows(lp->prob) : 0;
}

int am_lp_columns(const struct am_lp *lp)
{
    return alive(lp) ? glp_get_num_cols(lp->prob) : 0;
}

/* ---- the relaxation ---- */

static double now_s(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0.0;
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool stopped(const struct am_lp_limits *limits)
{
    return limits->stop != NULL && *limits->stop != 0;
}

static bool out_of_time(const struct task *task)
{
    return task->deadline_s < HUGE_VAL && now_s() >= task->deadline_s;
}

static int milliseconds_left(const struct task *task)
{
    if (task->deadline_s == HUGE_VAL)
        return LONGEST_MS;
    double left = (task->deadline_s - now_s()) * 1e3;
    return left < 1.0 ? 1 : left > LONGEST_MS ? LONGEST_MS : (int)left;
}

/* Iterations until the stop flag is looked at again: by the size of the
 * problem, never by the clock, so that the path is the same every time. */
static int slice_of(glp_prob *prob)
{
    long size = glp_get_num_nz(prob) + 1L;
    long slice = SLICE_WORK / size;
    return slice < SLICE_LEAST ? SLICE_LEAST : slice > SLICE_MOST ? SLICE_MOST : (int)slice;
}

/* How to go about a run. */
struct manner {
    int method, pricing, ratio_test;
    int patience; /* iterations per row and column before it counts as cycling */
};

/* Measured on masters of delivery units: in primal simplex steepest edge takes
 * no longer than the textbook rule, which stalls for minutes on windows of four
 * weeks; in dual the long-step ratio test is thirteen times as fast as
 * Harris's. In primal that one was seen to cycle for ever. Scaling doubles the
 * time. */
static const struct manner primal = {GLP_PRIMAL, GLP_PT_PSE, GLP_RT_HAR, 50};
static const struct manner dual = {GLP_DUALP, GLP_PT_PSE, GLP_RT_FLIP, 50};
static const struct manner careful_primal = {GLP_PRIMAL, GLP_PT_PSE, GLP_RT_HAR, 200};
static const struct manner careful_dual = {GLP_DUALP, GLP_PT_PSE, GLP_RT_HAR, 200};

/* Simplex from the present basis until it ends, or a limit. */
static int run_slices(struct task *task, struct manner manner)
{
    glp_prob *prob = task->lp->prob;
    long size = (long)glp_get_num_rows(prob) + glp_get_num_cols(prob);
    long patience = PATIENCE_LEAST + manner.patience * size;
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = GLP_MSG_OFF;
    parameters.meth = manner.method;
    parameters.pricing = manner.pricing;
    parameters.r_test = manner.ratio_test;
    parameters.it_lim = slice_of(prob);
    int code = GLP_EITLIM;
    for (; code == GLP_EITLIM && !stopped(&task->limits) && !out_of_time(task);
         patience -= parameters.it_lim) {
        if (patience < 0)
            return GLP_EFAIL;
        parameters.tm_lim = milliseconds_left(task);
        code = glp_simplex(prob, &parameters);
    }
    return code;
}

/* False when the run ended in numerical trouble. */
static bool read_answer(struct task *task, int code)
{
    glp_prob *prob = task->lp->prob;
    if (code == GLP_EITLIM || code == GLP_ETMLIM) {
        task->answer = glp_get_prim_stat(prob) == GLP_FEAS ? AM_LP_FEASIBLE : AM_LP_UNKNOWN;
        return true;
    }
    task->answer = AM_LP_UNKNOWN;
    if (code != 0)
        return false;
    switch (glp_get_status(prob)) {
    case GLP_OPT:
        task->answer = AM_LP_OPTIMAL;
        return true;
    case GLP_NOFEAS:
        task->answer = AM_LP_INFEASIBLE;
        return true;
    case GLP_UNBND:
        task->answer = AM_LP_UNBOUNDED;
        return true;
    default:
        return false;
    }
}

/* Primal simplex starts afresh, and goes on from an optimum where new columns
 * or costs left it; anything else is for the dual one, which turns primal
 * where the basis is not dual feasible. */
static void do_solve(struct task *task)
{
    struct am_lp *lp = task->lp;
    bool go_on = lp->has_basis && !lp->primal_kept;
    if (!lp->has_basis)
        glp_adv_basis(lp->prob, 0);
    bool clear = read_answer(task, run_slices(task, go_on ? dual : primal));
    if (!clear) {
        glp_adv_basis(lp->prob, 0);
        clear = read_answer(task, run_slices(task, careful_primal));
    }
    if (!clear) {
        glp_std_basis(lp->prob);
        clear = read_answer(task, run_slices(task, careful_dual));
    }
    lp->has_basis = clear;
    lp->relaxed = task->answer == AM_LP_OPTIMAL || task->answer == AM_LP_FEASIBLE;
    lp->primal_kept = lp->relaxed;
}

static am_status run_task(struct am_lp *lp, struct am_lp_limits limits, void (*call)(struct task *),
                          enum am_lp_answer *answer, struct am_err *err)
{
    if (answer == NULL)
        return am_fail(err, AM_EINVALID, "lp: nowhere to put the answer");
    am_status status = check_alive(lp, err);
    if (status == AM_OK)
        status = am_lp_check_limits(&limits, err);
    if (status != AM_OK)
        return status;
    struct task task = {.lp = lp, .limits = limits};
    task.deadline_s = limits.seconds > 0.0 ? now_s() + limits.seconds : HUGE_VAL;
    mark_changed(lp, true);
    status = contain(call, &task, err);
    if (status == AM_OK)
        *answer = task.answer;
    return status;
}

am_status am_lp_solve(struct am_lp *lp, struct am_lp_limits limits, enum am_lp_answer *answer,
                      struct am_err *err)
{
    return run_task(lp, limits, do_solve, answer, err);
}

double am_lp_value(const struct am_lp *lp)
{
    return alive(lp) && lp->relaxed ? glp_get_obj_val(lp->prob) : (double)NAN;
}

double am_lp_primal(const struct am_lp *lp, int column)
{
    bool known = alive(lp) && lp->relaxed && column_known(lp, column);
    return known ? glp_get_col_prim(lp->prob, column + 1) : (double)NAN;
}

double am_lp_dual(const struct am_lp *lp, int row)
{
    bool known = alive(lp) && lp->relaxed && row_known(lp, row);
    return known ? glp_get_row_dual(lp->prob, row + 1) : (double)NAN;
}

/* ---- integer ---- */

/* The bound that the search has proven so far, and whether that is enough. */
static bool bound_is_enough(struct task *task, glp_tree *tree)
{
    glp_prob *prob = glp_ios_get_prob(tree);
    int best = glp_ios_best_node(tree);
    if (best == 0)
        return false;
    double bound = fmax(task->lp->integer_bound, glp_ios_node_bound(tree, best));
    task->lp->integer_bound = bound;
    if (task->limits.has_cutoff && bound >= task->limits.cutoff)
        return true;
    return task->limits.absolute_gap > 0.0 && glp_mip_status(prob) == GLP_FEAS &&
           glp_mip_obj_val(prob) - bound <= task->limits.absolute_gap;
}

/* Called by the search whenever it has a moment. */
static void watch(glp_tree *tree, void *context)
{
    struct task *task = context;
    if (stopped(&task->limits)) {
        glp_ios_terminate(tree);
        return;
    }
    if (glp_ios_reason(tree) != GLP_ISELECT)
        return;
    if (bound_is_enough(task, tree)) {
        task->proven = true;
        glp_ios_terminate(tree);
    } else if (task->limits.nodes > 0 && ++task->nodes > task->limits.nodes) {
        glp_ios_terminate(tree);
    }
}

/* Measured on compact models of 60 to 150 people: without mixed-integer rounding
 * cuts the search does not end; Gomory's halve the time of the harder ones, and
 * clique cuts on top of these cost more than they save. Measured on masters of parts
 * of four weeks: cuts, and asking each fraction what branching on it would bring,
 * take most of the time and save few nodes. */
static void set_search(glp_iocp *parameters, struct task *task)
{
    glp_init_iocp(parameters);
    parameters->msg_lev = GLP_MSG_OFF;
    parameters->presolve = GLP_OFF; /* the optimal basis is at hand */
    parameters->gmi_cuts = task->limits.plain ? GLP_OFF : GLP_ON;
    parameters->mir_cuts = task->limits.plain ? GLP_OFF : GLP_ON;
    if (task->limits.plain)
        parameters->br_tech = GLP_BR_MFV;
    parameters->cov_cuts = GLP_OFF; /* never: see above */
    parameters->cb_func = watch;
    parameters->cb_info = task;
    parameters->tm_lim = milliseconds_left(task);
}

/* What a search that ended with this code leaves behind. */
static enum am_lp_answer search_answer(struct task *task, int code)
{
    struct am_lp *lp = task->lp;
    int status = glp_mip_status(lp->prob);
    bool exhausted = code == 0 && (status == GLP_OPT || status == GLP_NOFEAS);
    if (exhausted && status == GLP_OPT)
        lp->integer_bound = glp_mip_obj_val(lp->prob);
    bool found = status == GLP_OPT || status == GLP_FEAS;
    if (found && !(task->limits.has_cutoff && glp_mip_obj_val(lp->prob) >= task->limits.cutoff))
        return exhausted || task->proven ? AM_LP_OPTIMAL : AM_LP_FEASIBLE;
    return exhausted || task->proven ? AM_LP_INFEASIBLE : AM_LP_UNKNOWN;
}

static void do_solve_integer(struct task *task)
{
    struct am_lp *lp = task->lp;
    lp->integer_bound = -HUGE_VAL;
    do_solve(task);
    if (task->answer != AM_LP_OPTIMAL) {
        if (task->answer == AM_LP_FEASIBLE) /* of the relaxation only */
            task->answer = AM_LP_UNKNOWN;
        return;
    }
    lp->integer_bound = glp_get_obj_val(lp->prob);
    glp_iocp parameters;
    set_search(&parameters, task);
    int code = glp_intopt(lp->prob, &parameters);
    task->answer = search_answer(task, code);
    lp->integral = task->answer == AM_LP_OPTIMAL || task->answer == AM_LP_FEASIBLE;
}

am_status am_lp_solve_integer(struct am_lp *lp, struct am_lp_limits limits,
                              enum am_lp_answer *answer, struct am_err *err)
{
    return run_task(lp, limits, do_solve_integer, answer, err);
}

double am_lp_integer_value(const struct am_lp *lp)
{
    return alive(lp) && lp->integral ? glp_mip_obj_val(lp->prob) : (double)NAN;
}

double am_lp_integer_primal(const struct am_lp *lp, int column)
{
    bool known = alive(lp) && lp->integral && column_known(lp, column);
    return known ? glp_mip_col_val(lp->prob, column + 1) : (double)NAN;
}

double am_lp_integer_bound(const struct am_lp *lp)
{
    return alive(lp) ? lp->integer_bound : -HUGE_VAL;
}

/* ---- writing ---- */

static void do_write(struct task *task)
{
    switch (task->format) {
    case AM_LP_FREE_MPS:
        task->failed = glp_write_mps(task->lp->prob, GLP_MPS_FILE, NULL, task->text);
        break;
    case AM_LP_CPLEX:
        task->failed = glp_write_lp(task->lp->prob, NULL, task->text);
        break;
    case AM_LP_GLPK:
        task->failed = glp_write_prob(task->lp->prob, 0, task->text);
        break;
    }
}

am_status am_lp_write(struct am_lp *lp, enum am_lp_format format, const char *path,
                      struct am_err *err)
{
    am_status status = check_alive(lp, err);
    if (status != AM_OK)
        return status;
    if (path == NULL || path[0] == '\0')
        return am_fail(err, AM_EINVALID, "lp: no file to write to");
    struct task task = {.lp = lp, .format = format, .text = path, .failed = 1};
    errno = 0;
    status = contain(do_write, &task, err);
    if (status == AM_OK && task.failed != 0)
        return am_fail(err, AM_EIO, "%s: could not be written%s%s", path, errno ? ": " : "",
                       errno ? strerror(errno) : "");
    return status;
}
