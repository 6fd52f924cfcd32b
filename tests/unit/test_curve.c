#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/curve.h"

enum { MOST = 8 };

/* A line whose figure is given; each value's proof is objective and bound. */
struct line {
    struct am_curve_point points[MOST];
    struct am_proof proofs[MOST];
    int count;
};

static void add(struct line *line, int32_t value, int64_t figure, int64_t objective, int64_t bound)
{
    struct am_proof *proof = &line->proofs[line->count];
    *proof = (struct am_proof){objective, bound, 1000};
    line->points[line->count++] = (struct am_curve_point){
        .value = value, .figure = figure, .proof = proof, .cost_pounds = 10 * value};
}

/* Points fall to 70 at value 3 and stay; the figure is best at 2. */
static struct line *falling(struct line *line)
{
    line->count = 0;
    add(line, 0, 5, 100, 95);
    add(line, 1, 6, 97, 92); /* within the gap of the start */
    add(line, 2, 9, 80, 79);
    add(line, 3, 8, 70, 70);
    add(line, 4, 8, 70, 70);
    return line;
}

static struct am_curve_finding study(const struct line *line, int better, int64_t worth_pence)
{
    return am_curve_study(line->points, line->count,
                          (struct am_curve_question){better, true, worth_pence});
}

static void a_gain_within_the_gap_is_not_proven(void **state)
{
    (void)state;
    struct line line;
    assert_int_equal(study(falling(&line), 1, -1).proven, 2);
}

static void enough_is_where_nothing_after_it_is_proven_better(void **state)
{
    (void)state;
    struct line line;
    assert_int_equal(study(falling(&line), 1, -1).enough, 3);
}

static void without_a_gain_the_start_is_enough(void **state)
{
    (void)state;
    struct line line = {.count = 0};
    add(&line, 0, 5, 100, 100);
    add(&line, 1, 5, 100, 100);
    struct am_curve_finding finding = study(&line, 1, -1);
    assert_int_equal(finding.proven, -1);
    assert_int_equal(finding.enough, 0);
    assert_int_equal(finding.best, 0);
}

static void the_best_is_where_the_figure_turns(void **state)
{
    (void)state;
    struct line line;
    assert_int_equal(study(falling(&line), 1, -1).best, 2);
    assert_int_equal(study(falling(&line), -1, -1).best, 0);
    assert_int_equal(study(falling(&line), 0, -1).best, -1);
}

static void cost_is_covered_where_what_is_gained_is_worth_it(void **state)
{
    (void)state;
    struct line line;
    /* 11 pounds a unit: 1 gains 1 for 10; 2 gains 4 for 20; 3 gains 3 for 30 */
    struct am_curve_finding finding = study(falling(&line), 1, 1100);
    assert_int_equal(finding.covers, 1);
    assert_int_equal(finding.net, 2);
    assert_int_equal(finding.net_pence, 4400 - 2000);
    finding = study(falling(&line), 1, 600);
    assert_int_equal(finding.covers, 2);
    assert_int_equal(finding.net_pence, 400);
}

static void cost_that_is_never_covered_is_told_so(void **state)
{
    (void)state;
    struct line line;
    struct am_curve_finding finding = study(falling(&line), 1, 499);
    assert_int_equal(finding.covers, -1);
    assert_int_equal(finding.net, 0);
    assert_int_equal(finding.net_pence, 0);
}

static void what_changes_nothing_covers_nothing(void **state)
{
    (void)state;
    struct line line = {.count = 0};
    add(&line, 0, 5, 100, 100);
    add(&line, 1, 5, 100, 100);
    line.points[1].cost_pounds = 0;
    assert_int_equal(study(&line, 1, 100).covers, -1);
}

static void fewer_may_be_what_is_gained(void **state)
{
    (void)state;
    struct line line = {.count = 0};
    add(&line, 0, 9, 100, 100);
    add(&line, 1, 4, 90, 90);
    struct am_curve_finding finding = study(&line, -1, 200);
    assert_int_equal(finding.best, 1);
    assert_int_equal(finding.covers, 1);
    assert_int_equal(finding.net_pence, 0);
}

static void points_that_do_not_compare_prove_nothing(void **state)
{
    (void)state;
    struct line line;
    falling(&line);
    struct am_curve_finding finding =
        am_curve_study(line.points, line.count, (struct am_curve_question){1, false, -1});
    assert_int_equal(finding.proven, -1);
    assert_int_equal(finding.enough, -1);
    assert_int_equal(finding.best, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gain_within_the_gap_is_not_proven),
        cmocka_unit_test(enough_is_where_nothing_after_it_is_proven_better),
        cmocka_unit_test(without_a_gain_the_start_is_enough),
        cmocka_unit_test(the_best_is_where_the_figure_turns),
        cmocka_unit_test(cost_is_covered_where_what_is_gained_is_worth_it),
        cmocka_unit_test(cost_that_is_never_covered_is_told_so),
        cmocka_unit_test(what_changes_nothing_covers_nothing),
        cmocka_unit_test(fewer_may_be_what_is_gained),
        cmocka_unit_test(points_that_do_not_compare_prove_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
