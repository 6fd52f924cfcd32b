/*
 * The model, and the compact model, against enumeration, on tiny caseloads with
 * every rule in play. (The pattern model: test_patterns.c.)
 *
 * What the brute force finds rests on the audit alone; the models rest on
 * model/. So whatever the two understand differently shows here.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/audit_parts.h"
#include "model/score.h"
#include "solver/compact.h"
#include "tests/oracle/brute.h"
#include "tests/oracle/check.h"
#include "tests/support/tiny.h"

enum { SEEDS = 2000, NAIVE_SEEDS = 60 };

/* The best points of each seed, found once. */
static struct brute_answer best[SEEDS + 1];

static void read_case(struct tiny_case *tiny, int seed)
{
    if (!tiny_read(tiny, (uint64_t)seed, &tiny_plain))
        fail_msg("seed %d cannot be read", seed);
}

static int find_best(void **state)
{
    (void)state;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct tiny_case tiny;
        struct am_roster roster;
        bool read = tiny_read(&tiny, (uint64_t)seed, &tiny_plain);
        am_status status =
            read ? brute_solve(&tiny.caseload, &roster, &best[seed], NULL) : AM_EINVALID;
        if (read)
            am_roster_release(&roster);
        tiny_release(&tiny);
        if (status != AM_OK)
            return -1;
    }
    return 0;
}

static void every_seed_is_small_enough_to_enumerate(void **state)
{
    (void)state;
    for (int seed = 1; seed <= SEEDS; seed++) {
        if (best[seed].given_up)
            fail_msg("seed %d has too many rosters", seed);
        if (!best[seed].found)
            fail_msg("seed %d has no roster", seed);
    }
}

static void enumeration_by_patterns_and_by_pairs_agree(void **state)
{
    (void)state;
    int compared = 0;
    for (int seed = 1; seed <= SEEDS && compared < NAIVE_SEEDS; seed++) {
        struct tiny_case tiny;
        struct brute_answer naive;
        read_case(&tiny, seed);
        assert_int_equal(naive_solve(&tiny.caseload, &naive, NULL), AM_OK);
        if (!naive.given_up && (!naive.found || naive.optimum != best[seed].optimum))
            fail_msg("seed %d: %" PRId64 " by patterns, %" PRId64 " by pairs", seed,
                     best[seed].optimum, naive.optimum);
        compared += !naive.given_up;
        tiny_release(&tiny);
    }
    assert_int_equal(compared, NAIVE_SEEDS);
}

static void the_audit_forbids_the_same_pairs(void **state)
{
    (void)state;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct tiny_case tiny;
        struct am_arena arena;
        struct am_audit_facts facts;
        read_case(&tiny, seed);
        am_arena_init(&arena);
        assert_int_equal(am_audit_facts_build(&tiny.caseload, &arena, &facts, NULL), AM_OK);
        for (int p = 0; p < tiny.caseload.person_count; p++)
            for (int s = 0; s < tiny.caseload.window_session_count; s++) {
                am_rule_set here = am_audit_forbidden(&facts, p, s);
                am_rule_set there = am_forbidden(&tiny.caseload, &tiny.orders, p, s, NULL);
                if (here != there)
                    fail_msg("seed %d, person %d, session %d: %#x by the audit, %#x by the model",
                             seed, p, s, here, there);
            }
        am_arena_release(&arena);
        tiny_release(&tiny);
    }
}

/* ---- scores ---- */

static void compare_scores(struct tiny_case *tiny, const struct am_roster *roster, int seed)
{
    struct am_score here, there;
    assert_int_equal(am_audit_score(&tiny->caseload, roster, &here, NULL), AM_OK);
    assert_int_equal(
        am_score_roster(&tiny->caseload, &tiny->orders, &tiny->clocks, roster, &there, NULL),
        AM_OK);
    for (int i = 0; i < AM_WISH_COUNT; i++)
        if (here.wish_units[i] != there.wish_units[i] ||
            here.wish_points[i] != there.wish_points[i])
            fail_msg("seed %d, %s: %" PRId64 " units, %" PRId64 " points by the audit, %" PRId64
                     ", %" PRId64 " by the model",
                     seed, am_wish_id((enum am_wish)i), here.wish_units[i], here.wish_points[i],
                     there.wish_units[i], there.wish_points[i]);
    for (int i = 0; i < AM_RULE_COUNT; i++)
        if (here.rule_units[i] != there.rule_units[i] ||
            here.rule_points[i] != there.rule_points[i])
            fail_msg("seed %d, %s: %" PRId64 " by the audit, %" PRId64 " by the model", seed,
                     am_rule_id((enum am_rule)i), here.rule_points[i], there.rule_points[i]);
    assert_int_equal(here.total, there.total);
}

/* Take out the last booking that is not fixed. */
static bool take_one_out(struct am_roster *roster)
{
    for (int i = roster->appointment_count - 1; i >= 0; i--) {
        if (roster->appointments[i].fixed)
            continue;
        for (int k = i + 1; k < roster->appointment_count; k++)
            roster->appointments[k - 1] = roster->appointments[k];
        roster->appointment_count--;
        return true;
    }
    return false;
}

/* The best roster, and what is left of it as one after another is taken out:
 * a roster need not obey the rules to have a score. */
static void the_audit_scores_as_the_model_does(void **state)
{
    (void)state;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct tiny_case tiny;
        struct am_roster roster;
        struct brute_answer answer;
        read_case(&tiny, seed);
        assert_int_equal(brute_solve(&tiny.caseload, &roster, &answer, NULL), AM_OK);
        compare_scores(&tiny, &roster, seed);
        while (take_one_out(&roster))
            compare_scores(&tiny, &roster, seed);
        am_roster_release(&roster);
        tiny_release(&tiny);
    }
}

static void what_is_fixed_alone_scores_the_same(void **state)
{
    (void)state;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct tiny_case tiny;
        struct am_arena arena;
        struct am_audit_facts facts;
        struct am_roster roster;
        struct am_score score;
        read_case(&tiny, seed);
        am_arena_init(&arena);
        assert_int_equal(am_audit_facts_build(&tiny.caseload, &arena, &facts, NULL), AM_OK);
        assert_int_equal(am_roster_init(&roster, &tiny.caseload, NULL), AM_OK);
        assert_int_equal(am_audit_fixed_roster(&facts, &roster, NULL), AM_OK);
        assert_int_equal(am_audit_score(&tiny.caseload, &roster, &score, NULL), AM_OK);
        if (score.total != tiny.fixed_only)
            fail_msg("seed %d: %" PRId64 " by the audit, %" PRId64 " by the model", seed,
                     score.total, tiny.fixed_only);
        am_roster_release(&roster);
        am_arena_release(&arena);
        tiny_release(&tiny);
    }
}

/* ---- solvers ---- */

static void the_compact_model_finds_the_best_roster(void **state)
{
    (void)state;
    check_solver(am_compact_solve, 1, SEEDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_seed_is_small_enough_to_enumerate),
        cmocka_unit_test(enumeration_by_patterns_and_by_pairs_agree),
        cmocka_unit_test(the_audit_forbids_the_same_pairs),
        cmocka_unit_test(the_audit_scores_as_the_model_does),
        cmocka_unit_test(what_is_fixed_alone_scores_the_same),
        cmocka_unit_test(the_compact_model_finds_the_best_roster),
    };
    return cmocka_run_group_tests(tests, find_best, NULL);
}
