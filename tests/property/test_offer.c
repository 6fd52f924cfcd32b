/*
 * What a person can be offered beside a best roster (solver/offer.h,
 * solver/rearrange.h), against enumeration.
 *
 * Somebody of a tiny caseload is taken out of its best roster, and offered
 * weeks as if they were new. Every pattern they could have is listed, each put
 * into the roster, and the whole reckoned (am_decision_points).
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "solver/offer.h"
#include "solver/rearrange.h"
#include "solver/search.h"
#include "tests/property/property.h"
#include "tests/support/tiny_random.h"

enum { USUAL = 120, MORE_PEOPLE = 12, OFFERS = 5, PATTERNS_MOST = 100000 };
/* Points of moving somebody (S8): little, so that it happens. */
enum { MOVE = 10 };

struct trial {
    struct tiny_case tiny;
    struct am_roster roster;
    struct am_arena arena;
    struct am_decision decision; /* the best roster, without the person */
    int person;
    int64_t before; /* points of the decision */
    struct tiny_random random;
};

static void take_out(struct trial *trial)
{
    int days = trial->tiny.instance.days;
    for (int d = 0; d < days; d++)
        trial->decision.chosen[trial->person * days + d] = -1;
    trial->before = am_decision_points(&trial->tiny.instance, &trial->decision);
}

struct told {
    int stream;
    int32_t move_points; /* of S8 for somebody who moves */
    int32_t more_places; /* at each session, once the roster is made */
};

static void make_room(struct trial *trial, int seed, int32_t places)
{
    for (int s = 0; s < trial->tiny.caseload.window_session_count; s++)
        trial->tiny.caseload.sessions[s].places += places;
    property_derive(&trial->tiny, seed);
}

/* False where the roster is none without the person. */
static bool begin(struct trial *trial, int seed, struct told told)
{
    struct tiny_telling telling = tiny_plain;
    struct am_err err;
    telling.more_people = MORE_PEOPLE;
    trial->random = tiny_stream((uint64_t)seed, told.stream, 0);
    property_read(&trial->tiny, seed, &telling);
    trial->tiny.caseload.policy.weights.person_disturbed = told.move_points;
    property_derive(&trial->tiny, seed);
    property_solve(&trial->tiny, seed, &trial->roster);
    make_room(trial, seed, told.more_places);
    am_arena_init(&trial->arena);
    const struct am_instance *instance = &trial->tiny.instance;
    assert_int_equal(am_decision_init(&trial->decision, instance, &trial->arena, &err), AM_OK);
    assert_true(am_decision_of_roster(instance, &trial->roster, &trial->decision));
    if (told.more_places == 0)
        assert_int_equal(am_decision_points(instance, &trial->decision), trial->roster.score.total);
    trial->person = tiny_below(&trial->random, instance->person_count);
    take_out(trial);
    return trial->before != INT64_MAX;
}

static void end(struct trial *trial)
{
    am_arena_release(&trial->arena);
    am_roster_release(&trial->roster);
    tiny_release(&trial->tiny);
}

/* ---- every pattern ---- */

struct all {
    struct trial *trial;
    struct am_decision decision;
    int64_t points[PATTERNS_MOST]; /* of the whole */
    int count;
};

/* A session that stays as it is, or one that the person opens alone and without
 * a supervisor. */
static bool stays(const struct trial *trial, int32_t s)
{
    return trial->decision.runs[s] || !trial->tiny.instance.sessions[s].supervised;
}

static void list_from(struct all *all, int day, bool any)
{
    const struct am_instance *instance = &all->trial->tiny.instance;
    const struct am_iperson *who = &instance->people[all->trial->person];
    int64_t *chosen = all->decision.chosen + (int64_t)all->trial->person * instance->days;
    if (day == instance->days) {
        int64_t points = any ? am_decision_points(instance, &all->decision) : INT64_MAX;
        if (points != INT64_MAX && all->count < PATTERNS_MOST)
            all->points[all->count++] = points;
        return;
    }
    list_from(all, day + 1, any);
    for (int64_t k = who->first_pair; k < who->first_pair + who->pair_count; k++) {
        int32_t s = instance->pairs[k].session;
        if (instance->pairs[k].day != day || !stays(all->trial, s))
            continue;
        bool ran = all->decision.runs[s];
        chosen[day] = k;
        all->decision.runs[s] = true;
        list_from(all, day + 1, true);
        all->decision.runs[s] = ran;
        chosen[day] = -1;
    }
}

static int by_points(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static struct all *list_all(struct trial *trial)
{
    struct am_err err;
    struct all *all = calloc(1, sizeof *all);
    assert_non_null(all);
    all->trial = trial;
    assert_int_equal(am_decision_init(&all->decision, &trial->tiny.instance, &trial->arena, &err),
                     AM_OK);
    am_decision_copy(&trial->tiny.instance, &all->decision, &trial->decision);
    list_from(all, 0, false);
    qsort(all->points, (size_t)all->count, sizeof *all->points, by_points);
    return all;
}

/* ---- the tests ---- */

static bool is_same(const struct am_offer *a, const struct am_offer *b, int days)
{
    return memcmp(a->chosen, b->chosen, (size_t)days * sizeof *a->chosen) == 0;
}

/* Points of the whole with the offer in it. */
static int64_t with_offer(struct trial *trial, struct all *all, const struct am_offer *offer)
{
    const struct am_instance *instance = &trial->tiny.instance;
    am_decision_copy(instance, &all->decision, &trial->decision);
    for (int d = 0; d < instance->days; d++) {
        all->decision.chosen[trial->person * instance->days + d] = offer->chosen[d];
        if (offer->chosen[d] >= 0)
            all->decision.runs[instance->pairs[offer->chosen[d]].session] = true;
    }
    return am_decision_points(instance, &all->decision);
}

static void the_best_five_are_those_of_enumeration(void **state)
{
    (void)state;
    int several = 0, cut = 0;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct trial trial;
        if (begin(&trial, seed, (struct told){2100, MOVE, 3})) {
            struct am_offers offers;
            struct am_err err;
            struct all *all = list_all(&trial);
            int days = trial.tiny.instance.days;
            assert_true(all->count < PATTERNS_MOST);
            assert_int_equal(am_offer_best(&trial.tiny.instance, &trial.decision, trial.person,
                                           OFFERS, &offers, &err),
                             AM_OK);
            assert_int_equal(offers.count, all->count < OFFERS ? all->count : OFFERS);
            for (int i = 0; i < offers.count; i++) {
                const struct am_offer *offer = &offers.at[i];
                int64_t points = trial.before - offers.nothing + offer->points + offer->others;
                if (points != all->points[i])
                    fail_msg("seed %d: offer %d makes %" PRId64 " points, enumeration %" PRId64,
                             seed, i + 1, points, all->points[i]);
                assert_int_equal(with_offer(&trial, all, offer), points);
                for (int j = 0; j < i; j++)
                    assert_false(is_same(offer, &offers.at[j], days));
            }
            several += offers.count > 1;
            cut += all->count > OFFERS;
            free(all);
        }
        end(&trial);
    }
    assert_true(several > property_count(USUAL) / 10);
    assert_true(cut > 0);
}

/* Where moving costs nothing and everybody may, the best roster is found again;
 * never is anything found that is better. */
static void with_everybody_free_the_best_roster_is_found_again(void **state)
{
    (void)state;
    int found = 0, tried = 0;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct trial trial;
        if (begin(&trial, seed, (struct told){2101, 0, 0})) {
            const struct am_instance *instance = &trial.tiny.instance;
            struct am_rearranged out;
            struct am_err err;
            int64_t best = trial.roster.score.total;
            assert_int_equal(am_rearrange(instance, &trial.decision, trial.person, 100,
                                          &trial.arena, &out, &err),
                             AM_OK);
            assert_int_equal(out.before, trial.before);
            assert_int_equal(am_decision_points(instance, &out.decision), out.after);
            assert_true(out.after <= out.before);
            if (out.after < best)
                fail_msg("seed %d: %" PRId64 " points, and %" PRId64 " are the best", seed,
                         out.after, best);
            tried++;
            found += out.after == best;
        }
        end(&trial);
    }
    assert_true(tried > 0);
    assert_true(found * 10 >= tried * 8);
}

/* Another one, taken out too, is offered first, and has the best. */
static void let_another_choose(struct trial *trial)
{
    const struct am_instance *instance = &trial->tiny.instance;
    int person = trial->person, days = instance->days;
    struct am_offers offers;
    struct am_err err;
    trial->person = (person + 1 + tiny_below(&trial->random, instance->person_count - 1)) %
                    instance->person_count;
    take_out(trial);
    if (trial->before != INT64_MAX) {
        assert_int_equal(am_offer_best(instance, &trial->decision, trial->person, 1, &offers, &err),
                         AM_OK);
        for (int d = 0; d < days && offers.count > 0; d++) {
            int64_t k = offers.at[0].chosen[d];
            trial->decision.chosen[trial->person * days + d] = k;
            if (k >= 0)
                trial->decision.runs[instance->pairs[k].session] = true;
        }
        trial->before = am_decision_points(instance, &trial->decision);
        assert_true(trial->before != INT64_MAX);
    }
    trial->person = person;
}

/* Nobody is moved for less than it counts. */
static void nobody_moves_for_little(void **state)
{
    (void)state;
    int moved_some = 0;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct trial trial;
        bool good = begin(&trial, seed, (struct told){2102, MOVE, 0});
        if (good)
            let_another_choose(&trial);
        if (good && trial.before != INT64_MAX) {
            const struct am_instance *instance = &trial.tiny.instance;
            struct am_rearranged out;
            struct am_err err;
            int moved = 0;
            assert_int_equal(am_rearrange(instance, &trial.decision, trial.person, 100,
                                          &trial.arena, &out, &err),
                             AM_OK);
            for (int p = 0; p < instance->person_count; p++)
                moved += p != trial.person && !instance->people[p].has_published &&
                         memcmp(trial.decision.chosen + p * instance->days,
                                out.decision.chosen + p * instance->days,
                                (size_t)instance->days * sizeof(int64_t)) != 0;
            assert_true(moved == 0 || out.before - out.after >= (int64_t)moved * MOVE);
            moved_some += moved > 0;
        }
        end(&trial);
    }
    assert_true(moved_some > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_five_are_those_of_enumeration),
        cmocka_unit_test(with_everybody_free_the_best_roster_is_found_again),
        cmocka_unit_test(nobody_moves_for_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
