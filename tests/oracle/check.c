#include "tests/oracle/check.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/oracle/brute.h"
#include "tests/support/tiny_random.h"

static void check_claims(const struct am_roster *roster, int64_t optimum, int seed)
{
    const struct am_proof *proof = &roster->proof;
    if (proof->bound > optimum)
        fail_msg("seed %d: bound %" PRId64 ", but there is a roster of %" PRId64, seed,
                 proof->bound, optimum);
    if (proof->objective != optimum || proof->bound != optimum ||
        roster->outcome != AM_OUTCOME_OPTIMAL || am_proof_gap_ppm(proof) != 0)
        fail_msg("seed %d: %s, %" PRId64 " points, bound %" PRId64 "; the best roster has %" PRId64,
                 seed, am_outcome_word(roster->outcome), proof->objective, proof->bound, optimum);
}

/* Every third caseload is one whose roster aims at a completion plan. */
static void aim(struct tiny_case *tiny, int seed)
{
    struct tiny_random random = tiny_stream((uint64_t)seed, 'a', 0);
    for (int p = 0; p < tiny->caseload.person_count && seed % 3 == 0; p++) {
        int32_t planned = 30 * tiny_below(&random, 40);
        if (tiny_chance(&random, 60))
            tiny->caseload.people[p].aim =
                (struct am_aim){true, planned, tiny_below(&random, 2) ? planned / 2 : 0};
    }
    assert_true(tiny_derive(tiny));
}

static void check_seed(tiny_solver *solver, int seed)
{
    struct tiny_case tiny;
    struct am_roster roster, best;
    struct brute_answer answer;
    char what[32];
    (void)snprintf(what, sizeof what, "seed %d", seed);
    if (!tiny_read(&tiny, (uint64_t)seed, &tiny_plain))
        fail_msg("seed %d cannot be read", seed);
    aim(&tiny, seed);
    assert_int_equal(brute_solve(&tiny.caseload, &best, &answer, NULL), AM_OK);
    assert_true(answer.found && !answer.given_up);
    if (!tiny_solve(&tiny, solver, &roster))
        fail_msg("seed %d is not solved", seed);
    check_claims(&roster, answer.optimum, seed);
    if (!tiny_audit(&tiny, &roster, what))
        fail_msg("seed %d: the roster does not pass", seed);
    am_roster_release(&best);
    am_roster_release(&roster);
    tiny_release(&tiny);
}

void check_solver(tiny_solver *solver, int first_seed, int last_seed)
{
    for (int seed = first_seed; seed <= last_seed; seed++)
        check_seed(solver, seed);
}
