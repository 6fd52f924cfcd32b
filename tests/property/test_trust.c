/*
 * Whatever the limits of a solve, what is claimed of its roster is true.
 *
 * For every roster that am_solve gives: it passes its audit, its score as the
 * audit reckons it (whole numbers alone) is the objective claimed, and bound
 * <= v <= objective. v is known by brute force for tiny caseloads, and for
 * small ones by the compact model, when that proves its best. Without limits
 * all three are equal.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "solver/compact.h"
#include "tests/oracle/brute.h"
#include "tests/property/property.h"
#include "tests/support/tiny_random.h"

enum { USUAL = 1000, USUAL_SMALL = 300 };

/* A time limit is the one thing left alone: it would not be the same twice. */
static struct am_settings draw_limits(struct tiny_random *random)
{
    static const int nodes[] = {1, 1, 2, 5, 20};
    static const int steps[] = {0, 0, 1, 3, 30, 600};
    struct am_settings settings;
    am_settings_defaults(&settings);
    settings.threads = 1 + tiny_below(random, 2);
    settings.node_limit = nodes[tiny_below(random, 5)];
    settings.step_limit = steps[tiny_below(random, 6)];
    settings.gap = tiny_chance(random, 50) ? 0 : tiny_below(random, 1000001);
    settings.seed = tiny_below(random, 1000);
    return settings;
}

static void check_roster(struct tiny_case *tiny, const struct am_roster *roster, const char *what)
{
    struct am_score score;
    if (!tiny_audit(tiny, roster, what))
        fail_msg("%s: the roster does not pass", what);
    assert_int_equal(am_audit_score(&tiny->caseload, roster, &score, NULL), AM_OK);
    if (score.total != roster->proof.objective)
        fail_msg("%s: %" PRId64 " points, claimed %" PRId64, what, score.total,
                 roster->proof.objective);
}

static void check_bound(const struct am_proof *proof, int64_t best, const char *what)
{
    if (proof->bound > best || best > proof->objective)
        fail_msg("%s: bound %" PRId64 ", objective %" PRId64 ", but the best is %" PRId64, what,
                 proof->bound, proof->objective, best);
}

/* One solve within limits, one without. */
static void check_claims(struct tiny_case *tiny, int seed, int64_t best)
{
    struct tiny_random random = tiny_stream((uint64_t)seed, 1007, 0);
    struct am_settings limits = draw_limits(&random);
    struct am_roster roster;
    char what[96];
    (void)snprintf(what, sizeof what, "seed %d, %d steps, %d nodes, gap %d", seed,
                   limits.step_limit, limits.node_limit, limits.gap);
    if (!tiny_solve_with(tiny, am_solve, &limits, &roster))
        fail_msg("%s: no roster", what);
    check_roster(tiny, &roster, what);
    check_bound(&roster.proof, best, what);
    if (roster.outcome == AM_OUTCOME_OPTIMAL && roster.proof.objective != best)
        fail_msg("%s: said to be the best", what);
    am_roster_release(&roster);
    property_solve(tiny, seed, &roster);
    check_roster(tiny, &roster, what);
    if (roster.proof.objective != best)
        fail_msg("seed %d: %" PRId64 " points are proven, but the best is %" PRId64, seed,
                 roster.proof.objective, best);
    am_roster_release(&roster);
}

static void tiny_claims_agree_with_enumeration(void **state)
{
    (void)state;
    int compared = 0, tried = 0;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct tiny_case tiny;
        struct am_roster roster;
        struct brute_answer answer;
        property_read(&tiny, seed, &tiny_plain);
        assert_int_equal(brute_solve(&tiny.caseload, &roster, &answer, NULL), AM_OK);
        if (!answer.given_up) {
            assert_true(answer.found);
            check_claims(&tiny, seed, answer.optimum);
            compared++;
        }
        tried++;
        am_roster_release(&roster);
        tiny_release(&tiny);
    }
    assert_true(compared > tried - tried / 100);
}

/* From ten to forty people, who compete for the same few sessions. */
static void small_claims_agree_with_the_compact_model(void **state)
{
    (void)state;
    PROPERTY_FOR_ALL (seed, USUAL_SMALL) {
        struct tiny_case small;
        struct am_roster roster;
        struct tiny_telling telling = {.left_out = -1, .more_people = 7 + seed % 30};
        property_read(&small, seed, &telling);
        assert_true(tiny_solve(&small, am_compact_solve, &roster));
        check_roster(&small, &roster, "by the compact model");
        if (roster.outcome != AM_OUTCOME_OPTIMAL || roster.proof.bound != roster.proof.objective)
            fail_msg("seed %d is not proven by the compact model", seed);
        int64_t best = roster.proof.objective;
        am_roster_release(&roster);
        check_claims(&small, seed, best);
        tiny_release(&small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiny_claims_agree_with_enumeration),
        cmocka_unit_test(small_claims_agree_with_the_compact_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
