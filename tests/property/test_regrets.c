/*
 * What prices prove, held on random caseloads of a few dozen people: regrets add up
 * to the gap, a loss is no more than it costs, what is priced again says what pricing
 * everybody says, and no other prices of the supervisors' rows prove more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "solver/local_prices.h"
#include "tests/support/search_rig.h"

enum { SEEDS = 300 };

static void regrets_add_up_to_the_gap(void **state)
{
    (void)state;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        struct am_regret regret;
        struct am_occupancy occupancy;
        rig_init(&rig, seed);
        rig_look(&rig, &regret, &occupancy);
        assert_int_equal(regret.total, rig.search.objective * AM_PRICE_ONE - rig.search.best.bound);
        for (int s = 0; s < rig.tiny.instance.session_count; s++)
            assert_true(regret.session[s] >= 0);
        rig_release(&rig);
    }
}

static void no_roster_costs_less_than_the_loss_of_what_it_books(void **state)
{
    (void)state;
    int booked = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        struct am_regret regret;
        struct am_occupancy occupancy;
        rig_init(&rig, seed);
        rig_look(&rig, &regret, &occupancy);
        const struct am_instance *instance = &rig.tiny.instance;
        for (int64_t i = 0; i < (int64_t)instance->person_count * instance->days; i++) {
            int64_t k = rig.search.incumbent.chosen[i];
            if (k < 0)
                continue;
            booked++;
            assert_true(regret.loss[k] >= 0);
            assert_true(rig.search.best.bound + regret.loss[k] <=
                        rig.search.objective * AM_PRICE_ONE);
        }
        rig_release(&rig);
    }
    assert_true(booked > 2 * SEEDS);
}

/* What is priced again one at a time is what pricing everybody says: the sum of it
 * is the bound, but for what hangs on neither people nor sessions. */
static int64_t price_one_by_one(struct am_search *search)
{
    int64_t sum = 0;
    for (int s = 0; s < search->instance->session_count; s++) {
        am_price_touch(search->pricer, s);
        assert_true(am_price_session(search->pricer, s, &sum));
    }
    for (int p = 0; p < search->instance->person_count; p++)
        sum += am_price_person(search->pricer, p);
    return sum;
}

static void what_is_priced_again_makes_up_the_bound(void **state)
{
    (void)state;
    int changed = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        struct am_search *search = &rig.search;
        int64_t *prices = search->best.row;
        am_price(search->pricer, prices, (struct am_limits){0}, &search->answer);
        int64_t bound = search->answer.bound, sum = price_one_by_one(search);
        for (int32_t r = 0; r < search->coupling.row_count; r++)
            if (search->coupling.rows[r].session >= 0 &&
                search->coupling.rows[r].family != AM_ROW_APART)
                prices[r] *= 2; /* their limits are 0 */
        for (int64_t l = search->coupling.row_count; l < am_price_count(&search->coupling); l++)
            prices[l] *= 3;
        int64_t now = price_one_by_one(search);
        am_price(search->pricer, prices, (struct am_limits){0}, &search->answer);
        assert_int_equal(search->answer.bound - bound, now - sum);
        changed += now != sum;
        rig_release(&rig);
    }
    assert_true(changed > SEEDS / 2);
}

/* Prices around those with the greatest regret prove more, and what they prove is so. */
static void prices_around_somebody_prove_no_less(void **state)
{
    (void)state;
    int higher = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        struct am_search *search = &rig.search;
        int64_t before = search->best.bound;
        assert_int_equal(am_local_prices(search, &rig.err), AM_OK);
        assert_true(search->best.bound >= before);
        assert_true(am_bound_points(search->best.bound) <= search->objective);
        am_price(search->pricer, search->best.row, (struct am_limits){0}, &search->answer);
        assert_int_equal(search->answer.bound, search->best.bound);
        higher += search->best.bound > before + AM_PRICE_ONE;
        rig_release(&rig);
    }
    assert_true(higher > SEEDS / 10);
}

/* Supervisors' prices from the programme are the best there are: with none the
 * bound is no higher, but for the rounding of prices. */
static void the_programme_of_supervisors_gives_the_best_bound(void **state)
{
    (void)state;
    int higher = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        struct am_search *search = &rig.search;
        int8_t *nothing = AM_ARENA_NEW(&rig.arena, (size_t)search->coupling.var_count, int8_t);
        assert_non_null(nothing);
        for (int32_t v = 0; v < search->coupling.var_count; v++)
            nothing[v] = -1;
        assert_int_equal(am_leading_fix(search->leading, nothing, &rig.err), AM_OK);
        int64_t *prices = search->best.row;
        for (int32_t r = 0; r < search->coupling.row_count; r++)
            if (search->coupling.rows[r].family == AM_ROW_SUPERVISOR)
                prices[r] = 0;
        am_price(search->pricer, prices, (struct am_limits){0}, &search->answer);
        int64_t without = search->answer.bound;
        assert_int_equal(am_leading_price(search->leading, search->pricer, prices, search->share,
                                          &search->answer, &rig.err),
                         AM_OK);
        assert_true(search->answer.bound >= without - AM_PRICE_ONE);
        higher += search->answer.bound > without + AM_PRICE_ONE;
        rig_release(&rig);
    }
    assert_true(higher > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regrets_add_up_to_the_gap),
        cmocka_unit_test(no_roster_costs_less_than_the_loss_of_what_it_books),
        cmocka_unit_test(what_is_priced_again_makes_up_the_bound),
        cmocka_unit_test(prices_around_somebody_prove_no_less),
        cmocka_unit_test(the_programme_of_supervisors_gives_the_best_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
