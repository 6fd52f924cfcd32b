/*
 * What a little more is worth: bounds of changed caseloads (solver/worth.h).
 *
 * C' is C with one more place, session or supervisor day, or longer journeys;
 * L and L' are the bounds that solver/worth.h gives of the two. The theorems:
 * L <= v(C), L' <= v(C'), so v(C) - v(C') <= v(C) - L'.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "command/derived.h"
#include "model/enlarge.h"
#include "solver/worth.h"
#include "tests/property/property.h"
#include "tests/support/tiny_random.h"

enum { USUAL = 150 };

/* How often something was gained, and how often the bound said so to the point. */
struct seen {
    int tried, gained, exact;
};

struct trial {
    struct tiny_case tiny;
    struct am_worth *worth;
    struct am_derived more;
    struct am_arena arena; /* of the changed instance */
    int32_t *same;
    int64_t best;
    struct tiny_random random;
};

/* What the base is like, beside what its seed says. */
enum scarce { AS_TOLD, FEW_SUPERVISORS, SHORT_JOURNEYS };

static void make_scarce(struct am_caseload *caseload, enum scarce scarce)
{
    for (int m = 0; m < caseload->supervisor_count && scarce == FEW_SUPERVISORS; m++)
        caseload->supervisors[m].weekly_max_min = 0;
    if (scarce == SHORT_JOURNEYS)
        caseload->policy.travel_limit_minutes = 20;
}

static void price(struct trial *trial, int seed)
{
    struct am_settings settings;
    struct am_err err;
    am_settings_defaults(&settings);
    settings.threads = 1;
    trial->best = property_best(&trial->tiny, seed);
    assert_int_equal(am_worth_new(&trial->worth, &trial->tiny.instance,
                                  (struct am_worth_search){.settings = &settings,
                                                           .fixed_only = trial->tiny.fixed_only,
                                                           .objective = trial->best},
                                  &err),
                     AM_OK);
    if (am_worth_bound(trial->worth) > trial->best)
        fail_msg("seed %d: %" PRId64 " is no bound of %" PRId64, seed, am_worth_bound(trial->worth),
                 trial->best);
}

static void begin(struct trial *trial, int seed, int stream, enum scarce scarce)
{
    trial->random = tiny_stream((uint64_t)seed, stream, 0);
    property_read(&trial->tiny, seed, &tiny_plain);
    make_scarce(&trial->tiny.caseload, scarce);
    property_derive(&trial->tiny, seed);
    price(trial, seed);
    am_derived_begin(&trial->more);
    am_arena_init(&trial->arena);
    size_t sessions = (size_t)trial->tiny.caseload.window_session_count + 1;
    trial->same = AM_ARENA_NEW(&trial->arena, sessions, int32_t);
    assert_non_null(trial->same);
    for (size_t s = 0; s < sessions; s++)
        trial->same[s] = (int32_t)s;
}

static void end(struct trial *trial)
{
    am_worth_free(trial->worth);
    am_derived_release(&trial->more);
    am_arena_release(&trial->arena);
    tiny_release(&trial->tiny);
}

/* v(C') */
static int64_t best_of(const struct am_instance *instance, const struct am_derived *derived)
{
    struct am_settings settings;
    struct am_solution solution;
    struct am_arena arena;
    struct am_err err;
    int64_t fixed_only;
    am_settings_defaults(&settings);
    settings.gap = 0;
    settings.node_limit = 0;
    settings.threads = 1;
    am_arena_init(&arena);
    assert_int_equal(am_derived_fixed_only(derived, &fixed_only, &err), AM_OK);
    assert_int_equal(am_solve(instance, &settings, fixed_only, (struct am_solve_hooks){0}, &arena,
                              &solution, &err),
                     AM_OK);
    assert_int_equal(solution.outcome, AM_OUTCOME_OPTIMAL);
    am_arena_release(&arena);
    return solution.proof.objective;
}

/* The caseload of trial->more is made and derived: hold the theorems. */
static void expect_bound(struct trial *trial, int seed, const char *what, struct seen *seen)
{
    struct am_derived *more = &trial->more;
    struct am_instance instance;
    struct am_err err;
    assert_int_equal(am_instance_build(&more->caseload, &more->orders, &more->eligibility,
                                       &more->clocks, &trial->arena, &instance, &err),
                     AM_OK);
    int64_t after = best_of(&instance, more), least = INT64_MIN;
    for (int climb = 0; climb < 2; climb++) {
        struct am_worth_change change = {&instance, trial->same, climb > 0};
        int64_t bound;
        assert_int_equal(am_worth_changed(trial->worth, &change, &bound, &err), AM_OK);
        if (bound > after)
            fail_msg("seed %d, %s: %" PRId64 " is no bound of %" PRId64, seed, what, bound, after);
        if (bound < least)
            fail_msg("seed %d, %s: steps made the bound worse", seed, what);
        least = bound;
    }
    seen->tried++;
    seen->gained += after < trial->best;
    seen->exact += after < trial->best && least == after;
}

static void derive(struct trial *trial)
{
    struct am_err err;
    assert_int_equal(am_derived_make(&trial->more, &err), AM_OK);
}

/* Something must have been tried; where something was gained, the bound should
 * often be the very points. */
static void expect_sharp(const struct seen *seen)
{
    assert_true(seen->tried > property_count(USUAL) / 4);
    assert_true(seen->gained > 0);
    assert_true(seen->exact * 4 >= seen->gained);
}

static void one_more_place(void **state)
{
    (void)state;
    struct seen seen = {0};
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct trial trial;
        struct am_err err;
        begin(&trial, seed, 2000, AS_TOLD);
        const struct am_caseload *base = &trial.tiny.caseload;
        if (base->window_session_count > 0) {
            int s = tiny_below(&trial.random, base->window_session_count);
            assert_int_equal(
                am_enlarge_place(base, s, &trial.more.arena, &trial.more.caseload, &err), AM_OK);
            derive(&trial);
            expect_bound(&trial, seed, "one more place", &seen);
        }
        end(&trial);
    }
    expect_sharp(&seen);
}

static void one_more_session(void **state)
{
    (void)state;
    struct seen seen = {0};
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct trial trial;
        struct am_err err;
        begin(&trial, seed, 2001, AS_TOLD);
        const struct am_caseload *base = &trial.tiny.caseload;
        if (base->window_session_count > 0) {
            int like = tiny_below(&trial.random, base->window_session_count), at = -1;
            am_date date = base->from + tiny_below(&trial.random, 7 * base->weeks);
            assert_int_equal(am_enlarge_session(base, like, date, &trial.more.arena,
                                                &trial.more.caseload, &at, &err),
                             AM_OK);
            for (int s = 0; s < trial.more.caseload.window_session_count; s++)
                trial.same[s] = s < at ? s : s == at ? -1 : s - 1;
            derive(&trial);
            expect_bound(&trial, seed, "one more session", &seen);
        }
        end(&trial);
    }
    expect_sharp(&seen);
}

static void one_more_supervisor_day(void **state)
{
    (void)state;
    struct seen seen = {0};
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct trial trial;
        struct am_err err;
        begin(&trial, seed, 2002, FEW_SUPERVISORS);
        const struct am_caseload *base = &trial.tiny.caseload;
        am_date date = base->from + tiny_below(&trial.random, 7 * base->weeks);
        int project = tiny_chance(&trial.random, 50) || base->project_count == 0
                          ? -1
                          : tiny_below(&trial.random, base->project_count);
        assert_int_equal(am_enlarge_supervisor(base, date, project, &trial.more.arena,
                                               &trial.more.caseload, &err),
                         AM_OK);
        derive(&trial);
        expect_bound(&trial, seed, "one more supervisor day", &seen);
        end(&trial);
    }
    expect_sharp(&seen);
}

static void longer_journeys(void **state)
{
    (void)state;
    struct seen seen = {0};
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct trial trial;
        struct am_err err;
        int people;
        begin(&trial, seed, 2003, SHORT_JOURNEYS);
        const struct am_caseload *base = &trial.tiny.caseload;
        if (base->window_session_count > 0) {
            int s = tiny_below(&trial.random, base->window_session_count);
            struct am_further further = {.project = base->sessions[s].project,
                                         .week = am_week_of(base->sessions[s].date, base->from),
                                         .minutes = 60};
            assert_int_equal(am_enlarge_travel(base, further, &trial.more.arena,
                                               &trial.more.caseload, &people, &err),
                             AM_OK);
            derive(&trial);
            am_enlarge_travel_trim(&trial.more.caseload, further, &trial.tiny.eligibility,
                                   &trial.more.eligibility);
            assert_true(people == 0 ||
                        trial.more.caseload.waiver_count == base->waiver_count + people);
            if (people > 0)
                expect_bound(&trial, seed, "longer journeys", &seen);
            else
                assert_int_equal(trial.more.eligibility.pair_count,
                                 trial.tiny.eligibility.pair_count);
        }
        end(&trial);
    }
    expect_sharp(&seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_more_place),
        cmocka_unit_test(one_more_session),
        cmocka_unit_test(one_more_supervisor_day),
        cmocka_unit_test(longer_journeys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
