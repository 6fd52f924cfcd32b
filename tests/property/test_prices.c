/*
 * What `amends prices` tells, held on tiny caseloads against solving again: each
 * limit is one, and what was checked is true.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cli/prices_check.h"
#include "tests/property/property.h"

enum { USUAL = 60, MINUTES = 30 };

struct trial {
    struct tiny_case tiny;
    struct am_derived derived; /* of the same caseload */
    struct am_roster roster;   /* a best one */
    struct am_worth *worth;
    struct am_settings settings;
    struct am_arena arena;
    struct am_pricing_base base;
    struct am_prices prices;
};

static void begin(struct trial *trial, int seed)
{
    struct am_err err;
    *trial = (struct trial){0};
    property_read(&trial->tiny, seed, &tiny_plain);
    property_solve(&trial->tiny, seed, &trial->roster);
    am_arena_init(&trial->arena);
    am_settings_defaults(&trial->settings);
    trial->settings.gap = 0;
    trial->settings.node_limit = 0;
    am_derived_begin(&trial->derived);
    trial->derived.caseload = trial->tiny.caseload;
    am_arena_init(&trial->derived.caseload.arena); /* the other owns it */
    assert_int_equal(am_derived_make(&trial->derived, &err), AM_OK);
    const struct am_worth_search search = {.settings = &trial->settings,
                                           .fixed_only = trial->tiny.fixed_only,
                                           .objective = trial->roster.score.total};
    assert_int_equal(am_worth_new(&trial->worth, &trial->tiny.instance, search, &err), AM_OK);
    trial->base = (struct am_pricing_base){.derived = &trial->derived,
                                           .instance = &trial->tiny.instance,
                                           .worth = trial->worth,
                                           .roster = &trial->roster,
                                           .settings = &trial->settings,
                                           .minutes = MINUTES,
                                           .least = 1,
                                           .project = -1};
    trial->prices =
        (struct am_prices){.caseload = &trial->derived.caseload, .settings = &trial->settings};
    assert_int_equal(am_prices_rank(&trial->base, &trial->arena, &trial->prices.rows,
                                    &trial->prices.row_count, &err),
                     AM_OK);
}

static void end(struct trial *trial)
{
    am_worth_free(trial->worth);
    am_derived_release(&trial->derived);
    am_roster_release(&trial->roster);
    am_arena_release(&trial->arena);
    tiny_release(&trial->tiny);
}

/* v of the caseload with the row's thing more, from scratch. */
static int64_t best_with(const struct trial *trial, const struct am_price_row *row)
{
    struct am_derived more = {0};
    struct am_solved solved = {0};
    struct am_price_row copy = *row;
    struct am_err err;
    assert_int_equal(am_prices_enlarge(&trial->base, &copy, &more, NULL, &err), AM_OK);
    assert_int_equal(am_solved_make(&solved, &more, &trial->settings, NULL, NULL, &err), AM_OK);
    assert_int_equal(solved.roster.outcome, AM_OUTCOME_OPTIMAL);
    int64_t points = solved.roster.score.total;
    am_solved_release(&solved);
    am_derived_release(&more);
    return points;
}

static void limits_are_limits_and_what_is_checked_is_true(void **state)
{
    (void)state;
    int rows = 0, gained = 0, unchecked = 0;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct trial trial;
        struct am_err err;
        begin(&trial, seed);
        int64_t best = trial.roster.score.total;
        for (int i = 0; i < trial.prices.row_count; i++) {
            const struct am_price_row *row = &trial.prices.rows[i];
            int64_t gain = best - best_with(&trial, row);
            if (gain > row->at_most)
                fail_msg("seed %d, %s: %" PRId64 " points gained, at most %" PRId64 " told", seed,
                         am_price_kind_word(row->kind), gain, row->at_most);
            assert_false(row->checked);
        }
        assert_int_equal(am_prices_check(&trial.base, 1, &trial.prices, &err), AM_OK);
        for (int i = 0; i < trial.prices.row_count; i++) {
            const struct am_price_row *row = &trial.prices.rows[i];
            int64_t gain = best - best_with(&trial, row);
            rows++;
            gained += gain > 0;
            unchecked += !row->checked;
            assert_true(gain <= row->at_most);
            assert_true(!row->checked || row->proven);
            if (row->checked && (row->gain != gain || row->at_least != gain))
                fail_msg("seed %d, %s: %" PRId64 " points gained, %" PRId64 " told", seed,
                         am_price_kind_word(row->kind), gain, row->gain);
        }
        end(&trial);
    }
    assert_true(gained > 0);
    assert_true(unchecked > 0);
    assert_true(rows > unchecked);
}

/* Rows do not depend on how many work on them. */
static void the_rows_are_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    PROPERTY_FOR_ALL (seed, USUAL / 6) {
        struct trial trial;
        struct am_price_row *rows = NULL;
        struct am_err err;
        int count = 0;
        begin(&trial, seed);
        trial.settings.threads = 5;
        assert_int_equal(am_prices_rank(&trial.base, &trial.arena, &rows, &count, &err), AM_OK);
        assert_int_equal(count, trial.prices.row_count);
        for (int i = 0; i < count; i++) {
            const struct am_price_row *row = &trial.prices.rows[i];
            assert_int_equal(rows[i].kind, row->kind);
            assert_int_equal(rows[i].project, row->project);
            assert_int_equal(rows[i].date, row->date);
            assert_int_equal(rows[i].estimate, row->estimate);
            assert_int_equal(rows[i].at_most, row->at_most);
        }
        end(&trial);
    }
}

static void a_stop_ends_it_before_anything_is_priced(void **state)
{
    (void)state;
    static const volatile sig_atomic_t stop = 1;
    struct am_price_row *rows = NULL;
    struct trial trial;
    struct am_err err;
    int count = 0, seed = PROPERTY_FIRST;
    for (begin(&trial, seed); trial.prices.row_count == 0; begin(&trial, ++seed))
        end(&trial);
    trial.base.stop = &stop;
    assert_int_equal(am_prices_rank(&trial.base, &trial.arena, &rows, &count, &err),
                     AM_EINTERRUPTED);
    end(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_limits_and_what_is_checked_is_true),
        cmocka_unit_test(the_rows_are_the_same_for_any_number_of_threads),
        cmocka_unit_test(a_stop_ends_it_before_anything_is_priced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
