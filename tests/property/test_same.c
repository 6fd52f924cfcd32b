/*
 * The same problem told otherwise has the same best points.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/audit_parts.h"
#include "tests/property/property.h"
#include "tests/support/tiny_random.h"

enum { USUAL = 500 };

/* v is the same however people, orders of a person, projects, sessions,
 * supervisors and places are ordered in the file and whatever they are called.
 * Not so for event numbers, journey tables and appointments: there the number
 * or the place in the file breaks ties that have points (section 2, R3, S7). */
static void order_and_names_do_not_matter(void **state)
{
    (void)state;
    static const struct tiny_telling other = {.turned = true, .renamed = true, .left_out = -1};
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct tiny_case plain, turned;
        property_read(&plain, seed, &tiny_plain);
        property_read(&turned, seed, &other);
        int64_t here = property_best(&plain, seed), there = property_best(&turned, seed);
        if (here != there)
            fail_msg("seed %d: %" PRId64 " points, told otherwise %" PRId64, seed, here, there);
        tiny_release(&plain);
        tiny_release(&turned);
    }
}

/* ---- weights ---- */

static int32_t *weight_at(struct am_policy *policy, int field)
{
    return (int32_t *)(void *)((char *)policy + am_policy_fields[field].offset);
}

static bool is_weight(int field)
{
    return am_policy_fields[field].kind == AM_POLICY_WEIGHT;
}

static int64_t best_under(struct tiny_case *tiny, int seed, const struct am_policy *policy)
{
    tiny->caseload.policy = *policy;
    property_derive(tiny, seed);
    return property_best(tiny, seed);
}

/* v(k w) = k v(w): every term of the score is a weight times units that do not
 * depend on weights, and so is every rule's. */
static void weights_k_times_as_high_give_k_times_the_points(void **state)
{
    (void)state;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct tiny_case tiny;
        struct tiny_random random = tiny_stream((uint64_t)seed, 1002, 0);
        property_read(&tiny, seed, &tiny_plain);
        struct am_policy higher = tiny.caseload.policy;
        int k = 2 + tiny_below(&random, 9);
        for (int i = 0; i < am_policy_field_count; i++)
            if (is_weight(i))
                *weight_at(&higher, i) *= k;
        int64_t once = property_best(&tiny, seed);
        int64_t often = best_under(&tiny, seed, &higher);
        if (often != k * once)
            fail_msg("seed %d: %" PRId64 " points, then %" PRId64 ", not %d times as many", seed,
                     once, often, k);
        tiny_release(&tiny);
    }
}

/* v(a) + v(b) <= v(a + b): what is best for both sets of weights together is
 * as good as it gets for neither alone. */
static void weights_taken_apart_never_cost_more(void **state)
{
    (void)state;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct tiny_case tiny;
        struct tiny_random random = tiny_stream((uint64_t)seed, 1003, 0);
        property_read(&tiny, seed, &tiny_plain);
        int64_t together = property_best(&tiny, seed);
        struct am_policy a = tiny.caseload.policy, b = a;
        for (int i = 0; i < am_policy_field_count; i++)
            if (is_weight(i)) {
                *weight_at(&a, i) = tiny_below(&random, 1 + *weight_at(&a, i));
                *weight_at(&b, i) -= *weight_at(&a, i);
            }
        int64_t apart = best_under(&tiny, seed, &a);
        apart += best_under(&tiny, seed, &b);
        if (apart > together)
            fail_msg("seed %d: %" PRId64 " points with the weights together, %" PRId64 " apart",
                     seed, together, apart);
        tiny_release(&tiny);
    }
}

/* ---- another seed of the search, more threads ---- */

/* The points that are proven best do not depend on the search's seed; with the
 * same seed, the whole roster does not depend on the number of threads. */
static void seeds_keep_the_points_and_threads_the_roster(void **state)
{
    (void)state;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct tiny_case tiny;
        struct am_roster one, two;
        struct am_settings settings;
        am_settings_defaults(&settings);
        settings.gap = settings.node_limit = 0;
        settings.seed = seed;
        property_read(&tiny, seed, &tiny_plain);
        int64_t points = property_best(&tiny, seed);
        settings.threads = 1;
        assert_true(tiny_solve_with(&tiny, am_solve, &settings, &one));
        settings.threads = 2;
        assert_true(tiny_solve_with(&tiny, am_solve, &settings, &two));
        if (one.proof.objective != points || one.proof.bound != points)
            fail_msg("seed %d: %" PRId64 " points, with another seed %" PRId64, seed, points,
                     one.proof.objective);
        assert_int_equal(one.appointment_count, two.appointment_count);
        for (int i = 0; i < one.appointment_count; i++)
            if (one.appointments[i].person != two.appointments[i].person ||
                one.appointments[i].session != two.appointments[i].session ||
                one.appointments[i].minutes != two.appointments[i].minutes)
                fail_msg("seed %d: two threads make another roster", seed);
        for (int s = 0; s < tiny.caseload.window_session_count; s++)
            if (one.sessions[s].runs != two.sessions[s].runs ||
                one.sessions[s].supervisor != two.sessions[s].supervisor)
                fail_msg("seed %d: two threads lead otherwise", seed);
        am_roster_release(&one);
        am_roster_release(&two);
        tiny_release(&tiny);
    }
}

/* ---- somebody who is left out ---- */

static bool has_history(const struct am_caseload *caseload, int person)
{
    bool has = false;
    for (int i = 0; i < caseload->appointment_count; i++)
        has = has || caseload->appointments[i].person == person;
    for (int i = 0; i < caseload->published_appointment_count; i++)
        has = has || caseload->published_appointments[i].person == person;
    return has;
}

static bool is_placed(const struct am_roster *roster, int person)
{
    for (int i = 0; i < roster->appointment_count; i++)
        if (roster->appointments[i].person == person)
            return true;
    return false;
}

/* Somebody without a place in the roster, and without appointments that say
 * anything of sessions (who led them, that they were published), or -1. */
static int somebody_unplaced(const struct am_caseload *caseload, const struct am_roster *roster)
{
    for (int p = 0; p < caseload->person_count; p++)
        if (!has_history(caseload, p) && !is_placed(roster, p))
            return p;
    return -1;
}

/* The points of a person to whom nothing is booked. */
static int64_t points_of_nothing(const struct am_caseload *caseload, int person)
{
    struct am_arena arena;
    struct am_audit_facts facts;
    struct am_score score = {0};
    am_arena_init(&arena);
    assert_int_equal(am_audit_facts_build(caseload, &arena, &facts, NULL), AM_OK);
    am_audit_score_person(&facts, person, (struct am_audit_range){0}, &score);
    am_audit_total(&score);
    am_arena_release(&arena);
    return score.total;
}

/* v(C without p) = v(C) - the points of p with nothing booked, where a best
 * roster of C leaves p out and nothing that was booked or published names p:
 * such a roster, and any of C without p, is one of the other caseload too. */
static void leaving_out_an_unplaced_person_takes_their_points_alone(void **state)
{
    (void)state;
    int tried = 0;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct tiny_case with, without;
        struct am_roster roster;
        property_read(&with, seed, &tiny_plain);
        property_solve(&with, seed, &roster);
        int person = somebody_unplaced(&with.caseload, &roster);
        if (person >= 0) {
            struct tiny_telling telling = {.left_out = person};
            property_read(&without, seed, &telling);
            int64_t points = property_best(&without, seed);
            int64_t less = points_of_nothing(&with.caseload, person);
            if (points != roster.proof.objective - less)
                fail_msg("seed %d: %" PRId64 " points, of which person %d %" PRId64
                         "; without them %" PRId64,
                         seed, roster.proof.objective, person, less, points);
            tiny_release(&without);
            tried++;
        }
        am_roster_release(&roster);
        tiny_release(&with);
    }
    assert_true(tried > property_count(USUAL) / 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_and_names_do_not_matter),
        cmocka_unit_test(weights_k_times_as_high_give_k_times_the_points),
        cmocka_unit_test(weights_taken_apart_never_cost_more),
        cmocka_unit_test(seeds_keep_the_points_and_threads_the_roster),
        cmocka_unit_test(leaving_out_an_unplaced_person_takes_their_points_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
