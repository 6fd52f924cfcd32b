/* The seam to the LP engine: what it refuses, what it survives, what it finds. */
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "solver/lp.h"

/* GLPK's own limit on memory in megabytes: the one way to make it abort that
 * the seam can't refuse beforehand. */
extern void glp_mem_limit(int limit);

static const struct am_lp_limits no_limits = {0};

#define assert_near(actual, expected, tol) assert_true(fabs((actual) - (expected)) <= (tol))

static struct am_lp *new_lp(void)
{
    struct am_lp *lp = NULL;
    struct am_err err;
    assert_int_equal(am_lp_new(&lp, &err), AM_OK);
    assert_non_null(lp);
    return lp;
}

static int add_row(struct am_lp *lp, double lower, double upper)
{
    int row = -1;
    assert_int_equal(am_lp_add_row(lp, lower, upper, NULL, &row, NULL), AM_OK);
    return row;
}

static int add_column(struct am_lp *lp, double cost, double upper, bool integer, int count,
                      const int *rows, const double *values)
{
    int column = -1;
    assert_int_equal(
        am_lp_add_column(lp, cost, 0.0, upper, integer, NULL, count, rows, values, &column, NULL),
        AM_OK);
    return column;
}

static enum am_lp_answer solve(struct am_lp *lp)
{
    enum am_lp_answer answer = AM_LP_UNKNOWN;
    assert_int_equal(am_lp_solve(lp, no_limits, &answer, NULL), AM_OK);
    return answer;
}

/* min -3x - 2y  s.t.  x + y <= 4, x + 3y <= 6, 0 <= x <= 3: x = 3, y = 1. */
static struct am_lp *small_lp(void)
{
    struct am_lp *lp = new_lp();
    int a = add_row(lp, -AM_LP_INFINITY, 4), b = add_row(lp, -AM_LP_INFINITY, 6);
    assert_int_equal(a, 0);
    assert_int_equal(b, 1);
    add_column(lp, -3, 3, false, 2, (int[]){0, 1}, (double[]){1, 1});
    add_column(lp, -2, AM_LP_INFINITY, false, 2, (int[]){0, 1}, (double[]){1, 3});
    return lp;
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Cover `rows` things by random sets at least cost: enough fractions to branch
 * on. */
static struct am_lp *covering(int rows, int columns, uint32_t seed)
{
    struct am_lp *lp = new_lp();
    for (int i = 0; i < rows; i++)
        add_row(lp, 1, AM_LP_INFINITY);
    for (int j = 0; j < columns; j++) {
        int at[3];
        double one[3] = {1, 1, 1};
        at[0] = (int)(next_random(&seed) % (uint32_t)(rows - 2));
        at[1] = at[0] + 1 + (int)(next_random(&seed) % (uint32_t)(rows - at[0] - 2));
        at[2] = at[1] + 1 + (int)(next_random(&seed) % (uint32_t)(rows - at[1] - 1));
        add_column(lp, 10 + next_random(&seed) % 7, 1, true, 3, at, one);
    }
    return lp;
}

static void an_optimum_and_its_duals_are_read(void **state)
{
    (void)state;
    struct am_lp *lp = small_lp();
    assert_int_equal(am_lp_set_constant(lp, 100, NULL), AM_OK);
    assert_int_equal(solve(lp), AM_LP_OPTIMAL);
    assert_near(am_lp_value(lp), 89, 1e-9);
    assert_near(am_lp_primal(lp, 0), 3, 1e-9);
    assert_near(am_lp_primal(lp, 1), 1, 1e-9);
    assert_near(am_lp_dual(lp, 0) * 1 + am_lp_dual(lp, 1) * 3, -2, 1e-9);
    am_lp_free(lp);
}

static void bad_arguments_become_errors(void **state)
{
    (void)state;
    struct am_lp *lp = small_lp();
    struct am_err err;
    double one[2] = {1, 1};
    enum am_lp_answer answer;
    assert_int_equal(am_lp_add_row(lp, 2, 1, NULL, NULL, &err), AM_EINVALID);
    assert_int_equal(am_lp_add_row(lp, (double)NAN, 1, NULL, NULL, &err), AM_EINVALID);
    assert_int_equal(am_lp_add_row(lp, AM_LP_INFINITY, AM_LP_INFINITY, NULL, NULL, &err),
                     AM_EINVALID);
    assert_int_equal(am_lp_add_row(lp, 0, 1, "two words", NULL, &err), AM_EINVALID);
    char longest[300];
    memset(longest, 'n', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(am_lp_add_row(lp, 0, 1, longest, NULL, &err), AM_EINVALID);
    assert_int_equal(am_lp_add_column(lp, 1, 0, 1, false, NULL, 2, (int[]){0, 0}, one, NULL, &err),
                     AM_EINVALID);
    assert_int_equal(am_lp_add_column(lp, 1, 0, 1, false, NULL, 2, (int[]){1, 2}, one, NULL, &err),
                     AM_EINVALID);
    assert_int_equal(am_lp_add_column(lp, 1, 0, 1, false, NULL, 2, (int[]){1, -1}, one, NULL, &err),
                     AM_EINVALID);
    assert_int_equal(am_lp_add_column(lp, 1, 0, 1, false, NULL, 3, NULL, one, NULL, &err),
                     AM_EINVALID);
    assert_int_equal(am_lp_add_column(lp, 1, 0, 1, false, NULL, 1, (int[]){0},
                                      (double[]){(double)NAN}, NULL, &err),
                     AM_EINVALID);
    assert_int_equal(
        am_lp_add_column(lp, (double)INFINITY, 0, 1, false, NULL, 0, NULL, NULL, NULL, &err),
        AM_EINVALID);
    assert_int_equal(am_lp_add_column(lp, 1, 0.2, 0.8, true, NULL, 0, NULL, NULL, NULL, &err),
                     AM_EINVALID);
    assert_int_equal(am_lp_set_row_bounds(lp, 2, 0, 1, &err), AM_EINVALID);
    assert_int_equal(am_lp_set_column_bounds(lp, -1, 0, 1, &err), AM_EINVALID);
    assert_int_equal(am_lp_set_cost(lp, 0, (double)NAN, &err), AM_EINVALID);
    assert_int_equal(am_lp_set_cost(lp, 2, 0, &err), AM_EINVALID);
    assert_int_equal(am_lp_set_constant(lp, (double)INFINITY, &err), AM_EINVALID);
    assert_int_equal(am_lp_set_row_entries(lp, 0, 2, (int[]){1, 1}, one, &err), AM_EINVALID);
    assert_int_equal(am_lp_keep_columns(lp, NULL, &err), AM_EINVALID);
    assert_int_equal(am_lp_solve(lp, no_limits, NULL, &err), AM_EINVALID);
    struct am_lp_limits backwards = {.seconds = -1};
    assert_int_equal(am_lp_solve(lp, backwards, &answer, &err), AM_EINVALID);
    assert_int_equal(am_lp_solve(NULL, no_limits, &answer, &err), AM_EINVALID);
    assert_int_equal(am_lp_write(lp, AM_LP_CPLEX, "", &err), AM_EINVALID);
    assert_int_equal(am_lp_rows(lp), 2);
    assert_int_equal(am_lp_columns(lp), 2);
    assert_int_equal(solve(lp), AM_LP_OPTIMAL);
    assert_near(am_lp_value(lp), -11, 1e-9);
    am_lp_free(lp);
}

static void nothing_is_read_before_a_solve_or_after_a_change(void **state)
{
    (void)state;
    struct am_lp *lp = small_lp();
    assert_true(isnan(am_lp_value(lp)));
    assert_int_equal(solve(lp), AM_LP_OPTIMAL);
    assert_true(!isnan(am_lp_value(lp)));
    assert_true(isnan(am_lp_primal(lp, 7)));
    assert_true(isnan(am_lp_dual(lp, -1)));
    assert_true(isnan(am_lp_integer_value(lp)));
    assert_int_equal(am_lp_set_cost(lp, 0, 1, NULL), AM_OK);
    assert_true(isnan(am_lp_value(lp)));
    am_lp_free(lp);
}

static void infeasible_and_unbounded_are_answers(void **state)
{
    (void)state;
    struct am_lp *lp = small_lp();
    enum am_lp_answer answer;
    int row = add_row(lp, 5, AM_LP_INFINITY);
    assert_int_equal(am_lp_set_row_entries(lp, row, 2, (int[]){0, 1}, (double[]){1, 1}, NULL),
                     AM_OK);
    assert_int_equal(solve(lp), AM_LP_INFEASIBLE);
    assert_int_equal(am_lp_solve_integer(lp, no_limits, &answer, NULL), AM_OK);
    assert_int_equal(answer, AM_LP_INFEASIBLE);
    assert_int_equal(am_lp_set_row_bounds(lp, row, 0, AM_LP_INFINITY, NULL), AM_OK);
    assert_int_equal(solve(lp), AM_LP_OPTIMAL);
    add_column(lp, -1, AM_LP_INFINITY, false, 0, NULL, NULL);
    assert_int_equal(solve(lp), AM_LP_UNBOUNDED);
    am_lp_free(lp);
}

static void an_empty_problem_is_solved(void **state)
{
    (void)state;
    struct am_lp *lp = new_lp();
    assert_int_equal(am_lp_set_constant(lp, 7, NULL), AM_OK);
    assert_int_equal(solve(lp), AM_LP_OPTIMAL);
    assert_near(am_lp_value(lp), 7, 0);
    am_lp_free(lp);
}

static void a_solve_goes_on_after_columns_bounds_and_costs(void **state)
{
    (void)state;
    struct am_lp *lp = small_lp();
    assert_int_equal(solve(lp), AM_LP_OPTIMAL);
    int better = add_column(lp, -5, 2, false, 1, (int[]){0}, (double[]){1});
    assert_int_equal(solve(lp), AM_LP_OPTIMAL);
    assert_near(am_lp_value(lp), -16, 1e-9);
    assert_near(am_lp_primal(lp, better), 2, 1e-9);
    assert_int_equal(am_lp_set_column_bounds(lp, better, 0, 0, NULL), AM_OK);
    assert_int_equal(solve(lp), AM_LP_OPTIMAL);
    assert_near(am_lp_value(lp), -11, 1e-9);
    assert_int_equal(am_lp_set_cost(lp, 1, 1, NULL), AM_OK);
    assert_int_equal(solve(lp), AM_LP_OPTIMAL);
    assert_near(am_lp_value(lp), -9, 1e-9);
    am_lp_free(lp);
}

static void columns_are_deleted_from_the_basis_too(void **state)
{
    (void)state;
    struct am_lp *lp = covering(30, 120, 3);
    assert_int_equal(solve(lp), AM_LP_OPTIMAL);
    double all = am_lp_value(lp);
    bool keep[120];
    int kept = 0;
    for (int j = 0; j < 120; j++) {
        keep[j] = am_lp_primal(lp, j) < 0.9; /* the best go */
        kept += keep[j];
    }
    assert_in_range(kept, 1, 119);
    assert_int_equal(am_lp_keep_columns(lp, keep, NULL), AM_OK);
    assert_int_equal(am_lp_columns(lp), kept);
    assert_int_equal(solve(lp), AM_LP_OPTIMAL);
    double warm = am_lp_value(lp);
    assert_true(warm > all);

    struct am_lp *cold = covering(30, 120, 3);
    assert_int_equal(am_lp_keep_columns(cold, keep, NULL), AM_OK);
    assert_int_equal(solve(cold), AM_LP_OPTIMAL);
    assert_near(am_lp_value(cold), warm, 1e-6);
    am_lp_free(cold);
    am_lp_free(lp);
}

static void an_abort_of_the_engine_is_contained(void **state)
{
    (void)state;
    struct am_lp *lp = small_lp(), *other = small_lp();
    struct am_err err = {0};
    glp_mem_limit(1);
    am_status status = AM_OK;
    for (int i = 0; i < 100000 && status == AM_OK; i++)
        status = am_lp_add_row(lp, 0, 1, NULL, NULL, &err);
    assert_int_equal(status, AM_ENOMEM);
    assert_non_null(strstr(err.msg, "memory"));

    /* Whatever the thread had in the engine is gone, and known to be. */
    enum am_lp_answer answer;
    assert_int_equal(am_lp_solve(lp, no_limits, &answer, &err), AM_ESOLVER);
    assert_int_equal(am_lp_solve(other, no_limits, &answer, &err), AM_ESOLVER);
    assert_true(isnan(am_lp_value(other)));
    assert_int_equal(am_lp_rows(other), 0);
    am_lp_free(lp);
    am_lp_free(other);

    struct am_lp *fresh = small_lp();
    assert_int_equal(solve(fresh), AM_LP_OPTIMAL);
    assert_near(am_lp_value(fresh), -11, 1e-9);
    am_lp_free(fresh);
}

static void an_abort_inside_the_search_is_contained(void **state)
{
    (void)state;
    struct am_lp *lp = covering(120, 900, 5);
    struct am_err err = {0};
    enum am_lp_answer answer;
    glp_mem_limit(1);
    assert_int_equal(am_lp_solve_integer(lp, no_limits, &answer, &err), AM_ENOMEM);
    am_lp_free(lp);
    struct am_lp *fresh = small_lp();
    assert_int_equal(solve(fresh), AM_LP_OPTIMAL);
    am_lp_free(fresh);
}

/* What the other thread saw of its own lp and of the one that is not its own. */
struct elsewhere {
    struct am_lp *foreign;
    am_status foreign_status, abort_status;
};

static void *abort_elsewhere(void *context)
{
    struct elsewhere *seen = context;
    struct am_lp *lp = NULL;
    enum am_lp_answer answer;
    seen->foreign_status = am_lp_solve(seen->foreign, no_limits, &answer, NULL);
    seen->abort_status = am_lp_new(&lp, NULL);
    glp_mem_limit(1);
    for (int i = 0; i < 100000 && seen->abort_status == AM_OK; i++)
        seen->abort_status = am_lp_add_row(lp, 0, 1, NULL, NULL, NULL);
    am_lp_free(lp);
    am_lp_thread_end();
    return NULL;
}

static void an_abort_in_one_thread_leaves_the_others_alone(void **state)
{
    (void)state;
    struct elsewhere seen = {.foreign = small_lp()};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, abort_elsewhere, &seen), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(seen.foreign_status, AM_ESOLVER);
    assert_int_equal(seen.abort_status, AM_ENOMEM);
    assert_int_equal(solve(seen.foreign), AM_LP_OPTIMAL);
    assert_near(am_lp_value(seen.foreign), -11, 1e-9);
    am_lp_free(seen.foreign);
}

static void an_integer_optimum_is_found_and_proven(void **state)
{
    (void)state;
    /* max 5a + 4b + 3c, 2a + 3b + c <= 5, 4a + b + 2c <= 11, 3a + 4b + 2c <= 8 in 0..1: a, b. */
    struct am_lp *lp = new_lp();
    add_row(lp, -AM_LP_INFINITY, 5);
    add_row(lp, -AM_LP_INFINITY, 11);
    add_row(lp, -AM_LP_INFINITY, 8);
    add_column(lp, -5, 1.5, true, 3, (int[]){0, 1, 2}, (double[]){2, 4, 3});
    add_column(lp, -4, 1, true, 3, (int[]){2, 1, 0}, (double[]){4, 1, 3});
    add_column(lp, -3, 1, true, 3, (int[]){0, 1, 2}, (double[]){1, 2, 2});
    enum am_lp_answer answer;
    assert_int_equal(am_lp_solve_integer(lp, no_limits, &answer, NULL), AM_OK);
    assert_int_equal(answer, AM_LP_OPTIMAL);
    assert_near(am_lp_integer_value(lp), -9, 1e-9);
    assert_near(am_lp_integer_bound(lp), -9, 1e-9);
    assert_near(am_lp_integer_primal(lp, 0), 1, 1e-9);
    assert_near(am_lp_integer_primal(lp, 1), 1, 1e-9);
    assert_near(am_lp_integer_primal(lp, 2), 0, 1e-9);
    am_lp_free(lp);
}

static void the_node_limit_ends_a_search_with_an_honest_bound(void **state)
{
    (void)state;
    struct am_lp *lp = covering(60, 300, 11);
    enum am_lp_answer answer;
    struct am_lp_limits few = {.nodes = 3};
    assert_int_equal(am_lp_solve_integer(lp, few, &answer, NULL), AM_OK);
    assert_true(answer == AM_LP_UNKNOWN || answer == AM_LP_FEASIBLE);
    double early = am_lp_integer_bound(lp);
    assert_int_equal(am_lp_solve_integer(lp, no_limits, &answer, NULL), AM_OK);
    assert_int_equal(answer, AM_LP_OPTIMAL);
    assert_true(early <= am_lp_integer_value(lp) + 1e-6);
    am_lp_free(lp);
}

static void a_gap_that_is_allowed_ends_a_search(void **state)
{
    (void)state;
    struct am_lp *lp = covering(60, 300, 11);
    enum am_lp_answer answer;
    assert_int_equal(am_lp_solve_integer(lp, no_limits, &answer, NULL), AM_OK);
    double best = am_lp_integer_value(lp);
    struct am_lp_limits loose = {.absolute_gap = 30};
    assert_int_equal(am_lp_solve_integer(lp, loose, &answer, NULL), AM_OK);
    assert_int_equal(answer, AM_LP_OPTIMAL);
    assert_true(am_lp_integer_value(lp) <= am_lp_integer_bound(lp) + 30);
    assert_true(am_lp_integer_bound(lp) <= best + 1e-6);
    am_lp_free(lp);
}

static void only_points_below_the_cutoff_count(void **state)
{
    (void)state;
    struct am_lp *lp = covering(60, 300, 11);
    enum am_lp_answer answer;
    assert_int_equal(am_lp_solve_integer(lp, no_limits, &answer, NULL), AM_OK);
    double best = am_lp_integer_value(lp);
    struct am_lp_limits at_best = {.has_cutoff = true, .cutoff = best};
    assert_int_equal(am_lp_solve_integer(lp, at_best, &answer, NULL), AM_OK);
    assert_int_equal(answer, AM_LP_INFEASIBLE);
    struct am_lp_limits above = {.has_cutoff = true, .cutoff = best + 1};
    assert_int_equal(am_lp_solve_integer(lp, above, &answer, NULL), AM_OK);
    assert_int_equal(answer, AM_LP_OPTIMAL);
    assert_near(am_lp_integer_value(lp), best, 1e-9);
    am_lp_free(lp);
}

static void the_stop_flag_ends_a_call(void **state)
{
    (void)state;
    struct am_lp *lp = covering(60, 300, 11);
    volatile sig_atomic_t stop = 1;
    struct am_lp_limits limits = {.stop = &stop};
    enum am_lp_answer answer = AM_LP_OPTIMAL;
    assert_int_equal(am_lp_solve(lp, limits, &answer, NULL), AM_OK);
    assert_int_equal(answer, AM_LP_UNKNOWN);
    assert_int_equal(am_lp_solve_integer(lp, limits, &answer, NULL), AM_OK);
    assert_int_equal(answer, AM_LP_UNKNOWN);
    stop = 0;
    assert_int_equal(am_lp_solve(lp, limits, &answer, NULL), AM_OK);
    assert_int_equal(answer, AM_LP_OPTIMAL);
    am_lp_free(lp);
}

static void every_format_is_written(void **state)
{
    (void)state;
    struct am_lp *lp = small_lp();
    for (int format = AM_LP_FREE_MPS; format <= AM_LP_GLPK; format++) {
        char path[] = "/tmp/amends-lp-XXXXXX";
        int file = mkstemp(path);
        assert_true(file >= 0);
        assert_int_equal(close(file), 0);
        assert_int_equal(am_lp_write(lp, (enum am_lp_format)format, path, NULL), AM_OK);
        FILE *in = fopen(path, "r");
        assert_non_null(in);
        char text[4096];
        size_t length = fread(text, 1, sizeof text - 1, in);
        text[length] = '\0';
        assert_int_equal(fclose(in), 0);
        assert_int_equal(unlink(path), 0);
        static const char *const mark[] = {"ROWS", "Subject To", "p lp min 2 2 4"};
        assert_non_null(strstr(text, mark[format]));
    }
    struct am_err err;
    assert_int_equal(am_lp_write(lp, AM_LP_FREE_MPS, "/nowhere/model.mps", &err), AM_EIO);
    assert_non_null(strstr(err.msg, "/nowhere/model.mps"));
    am_lp_free(lp);
}

static void the_same_calls_give_the_same_point(void **state)
{
    (void)state;
    double value[2][300];
    for (int run = 0; run < 2; run++) {
        struct am_lp *lp = covering(60, 300, 11);
        enum am_lp_answer answer;
        struct am_lp_limits few = {.nodes = 50};
        assert_int_equal(am_lp_solve_integer(lp, few, &answer, NULL), AM_OK);
        for (int j = 0; j < 300; j++)
            value[run][j] = am_lp_integer_primal(lp, j);
        am_lp_free(lp);
        am_lp_thread_end();
    }
    assert_true(!isnan(value[0][0]));
    assert_memory_equal(value[0], value[1], sizeof value[0]);
}

static int end_thread(void **state)
{
    (void)state;
    am_lp_thread_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_optimum_and_its_duals_are_read),
        cmocka_unit_test(bad_arguments_become_errors),
        cmocka_unit_test(nothing_is_read_before_a_solve_or_after_a_change),
        cmocka_unit_test(infeasible_and_unbounded_are_answers),
        cmocka_unit_test(an_empty_problem_is_solved),
        cmocka_unit_test(a_solve_goes_on_after_columns_bounds_and_costs),
        cmocka_unit_test(columns_are_deleted_from_the_basis_too),
        cmocka_unit_test(an_abort_of_the_engine_is_contained),
        cmocka_unit_test(an_abort_inside_the_search_is_contained),
        cmocka_unit_test(an_abort_in_one_thread_leaves_the_others_alone),
        cmocka_unit_test(an_integer_optimum_is_found_and_proven),
        cmocka_unit_test(the_node_limit_ends_a_search_with_an_honest_bound),
        cmocka_unit_test(a_gap_that_is_allowed_ends_a_search),
        cmocka_unit_test(only_points_below_the_cutoff_count),
        cmocka_unit_test(the_stop_flag_ends_a_call),
        cmocka_unit_test(every_format_is_written),
        cmocka_unit_test(the_same_calls_give_the_same_point),
    };
    return cmocka_run_group_tests(tests, NULL, end_thread);
}
