/* Who gains and who loses, what is proven, and rows that come back as they went. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "io/compare_row.h"

static struct am_proof proof_of(int64_t bound, int64_t objective)
{
    return (struct am_proof){.objective = objective, .bound = bound, .fixed_only = 1000};
}

static enum am_verdict verdict_of(int64_t bound, int64_t objective, int64_t other_bound,
                                  int64_t other_objective)
{
    struct am_proof proof = proof_of(bound, objective);
    struct am_proof other = proof_of(other_bound, other_objective);
    return am_compare_proofs(&proof, &other);
}

static void a_difference_is_proven_where_the_intervals_do_not_overlap(void **state)
{
    (void)state;
    assert_int_equal(verdict_of(10, 20, 21, 30), AM_VERDICT_BETTER);
    assert_int_equal(verdict_of(31, 40, 21, 30), AM_VERDICT_WORSE);
    assert_int_equal(verdict_of(10, 21, 21, 30), AM_VERDICT_WITHIN_GAP);
    assert_int_equal(verdict_of(30, 40, 21, 30), AM_VERDICT_WITHIN_GAP);
    assert_int_equal(verdict_of(20, 20, 20, 20), AM_VERDICT_SAME);
    assert_int_equal(verdict_of(20, 20, 20, 21), AM_VERDICT_WITHIN_GAP);
}

static void people_gain_by_an_earlier_start_before_minutes(void **state)
{
    struct am_share before[] = {{"A", 420, 0}, {"B", 420, 3}, {"C", 420, 0}, {"D", 0, 2}};
    struct am_share now[] = {{"A", 420, 0}, {"B", 300, 1}, {"C", 360, 0}, {"E", 420, 0}};
    struct am_tally tally = {.people = now, .people_count = 4};
    struct am_tally other = {.people = before, .people_count = 4};
    struct am_person_effect *effects;
    struct am_arena arena;
    int count;
    (void)state;
    am_arena_init(&arena);
    assert_int_equal(am_compare_people(&tally, &other, &arena, &effects, &count, NULL), AM_OK);
    assert_int_equal(count, 4); /* A has what it had */
    assert_string_equal(effects[0].crn, "B");
    assert_int_equal(effects[0].effect, AM_EFFECT_GAINS);
    assert_int_equal(effects[0].minutes, -120);
    assert_int_equal(effects[0].late_days, -2);
    assert_int_equal(effects[1].effect, AM_EFFECT_LOSES);
    assert_string_equal(effects[2].crn, "D");
    assert_int_equal(effects[2].effect, AM_EFFECT_GOES);
    assert_string_equal(effects[3].crn, "E");
    assert_int_equal(effects[3].effect, AM_EFFECT_COMES);
    am_arena_release(&arena);
}

static struct am_compare_row example_row(struct am_share *people, int count)
{
    struct am_compare_row row = {.name = "more \"places\"",
                                 .sentence = "Two more.",
                                 .sha256 = "abc",
                                 .has_cost = true,
                                 .cost_pounds = -120,
                                 .same_weights = false,
                                 .same_people = true};
    row.tally = (struct am_tally){.proof = {-5000000000, -5000000001, 7},
                                  .outcome = AM_OUTCOME_FEASIBLE,
                                  .people = people,
                                  .people_count = count};
    for (int i = 0; i < AM_FIGURE_COUNT; i++)
        row.tally.figures[i] = 100000000000 + i;
    return row;
}

static void a_row_comes_back_as_it_was_written(void **state)
{
    struct am_share people[] = {{"X1", 420, 0}, {"X2", 0, 12}};
    struct am_compare_row row = example_row(people, 2), back;
    struct am_text text = {0}, again = {0};
    struct am_arena arena;
    struct am_diag diag;
    (void)state;
    am_arena_init(&arena);
    am_diag_init(&diag);
    am_compare_row_write(&row, &text);
    struct am_document document = {"row.json", text.bytes, text.size};
    am_status status = am_compare_row_read(&back, &document, &arena, &diag, NULL);
    am_diag_print(&diag, stderr);
    assert_int_equal(status, AM_OK);
    am_compare_row_write(&back, &again);
    assert_string_equal(text.bytes, again.bytes);
    assert_int_equal(back.tally.figures[AM_FIGURE_COUNT - 1],
                     row.tally.figures[AM_FIGURE_COUNT - 1]);
    assert_int_equal(back.cost_pounds, -120);
    am_text_release(&text);
    am_text_release(&again);
    am_diag_release(&diag);
    am_arena_release(&arena);
}

static void a_row_cut_short_anywhere_is_refused(void **state)
{
    struct am_share people[] = {{"X1", 420, 0}};
    struct am_compare_row row = example_row(people, 1), back;
    struct am_text text = {0};
    (void)state;
    am_compare_row_write(&row, &text);
    for (size_t size = 0; size < text.size - 2;
         size++) { /* the last two: a bracket and a line end */
        struct am_document document = {"row.json", text.bytes, size};
        struct am_arena arena;
        struct am_diag diag;
        am_arena_init(&arena);
        am_diag_init(&diag);
        assert_int_equal(am_compare_row_read(&back, &document, &arena, &diag, NULL), AM_EPARSE);
        assert_int_equal(diag.errors, 1);
        am_diag_release(&diag);
        am_arena_release(&arena);
    }
    am_text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_difference_is_proven_where_the_intervals_do_not_overlap),
        cmocka_unit_test(people_gain_by_an_earlier_start_before_minutes),
        cmocka_unit_test(a_row_comes_back_as_it_was_written),
        cmocka_unit_test(a_row_cut_short_anywhere_is_refused),
    };
    return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
