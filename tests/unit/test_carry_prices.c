/* A search that begins with the roster and the prices of another one proves no
 * less, and nothing that is not so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/solved.h"
#include "io/atomic_file.h"
#include "io/caseload_patch.h"
#include "solver/carry_prices.h"

static struct am_document base;
static struct am_derived before;
static struct am_solved first;
static struct am_settings settings;

static int solve_base(void **state)
{
    struct am_diag diag;
    struct am_err err;
    char *bytes;
    (void)state;
    am_settings_defaults(&settings);
    settings.gap = 0;
    if (am_read_file("examples/tiny.json", 1 << 20, &bytes, &base.size, &err) != AM_OK)
        return -1;
    base.path = "examples/tiny.json";
    base.bytes = bytes;
    am_diag_init(&diag);
    am_status status =
        am_derived_read_bytes(&before, base.path, base.bytes, base.size, &diag, &err);
    am_diag_release(&diag);
    if (status == AM_OK)
        status = am_solved_make(&first, &before, &settings, NULL, NULL, &err);
    return status == AM_OK ? 0 : -1;
}

static int release_base(void **state)
{
    (void)state;
    am_solved_release(&first);
    am_derived_release(&before);
    free((char *)(uintptr_t)base.bytes);
    return 0;
}

/* Solve the base as a scenario changes it, from the base's prices and from nothing. */
static void solve_both(const char *verbs, struct am_proof *again, struct am_proof *anew)
{
    char text[1024];
    struct am_patched patched;
    struct am_derived derived;
    struct am_solved solved;
    struct am_diag diag;
    (void)snprintf(text, sizeof text,
                   "{\"format\": \"amends-scenario/1\", \"name\": \"try\", \"verbs\": [%s]}",
                   verbs);
    struct am_document scenario = {"try.json", text, strlen(text)};
    am_diag_init(&diag);
    assert_int_equal(am_caseload_patch(&patched, &base, &scenario, &diag, NULL), AM_OK);
    assert_int_equal(am_derived_patched(&derived, &patched, &diag, NULL), AM_OK);
    assert_int_equal(am_solved_again(&solved, &derived, &settings, &first, NULL, NULL), AM_OK);
    *again = solved.roster.proof;
    am_solved_release(&solved);
    assert_int_equal(am_solved_make(&solved, &derived, &settings, NULL, NULL, NULL), AM_OK);
    *anew = solved.roster.proof;
    am_solved_release(&solved);
    am_derived_release(&derived);
    am_patched_release(&patched);
    am_diag_release(&diag);
}

static void a_changed_caseload_is_proven_as_well_from_prices_as_from_nothing(void **state)
{
    static const char *const changes[] = {
        "{\"verb\": \"add_places\", \"session\": \"SHOP-A\", \"places\": 1}",
        "{\"verb\": \"close_project\", \"project\": \"PARK\"}",
        "{\"verb\": \"scale_arrivals\", \"percent\": 300}",
        "{\"verb\": \"add_session\", \"like\": \"PARK-A\", \"id\": \"PARK-B\"}",
        "{\"verb\": \"policy\", \"set\": {\"travel_limit_minutes\": 115}}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct am_proof again, anew;
        solve_both(changes[i], &again, &anew);
        assert_int_equal(again.objective, anew.objective);
        assert_int_equal(again.bound, anew.bound);
    }
}

/* Prices of the same caseload are the same prices: but for rows of supervisors,
 * whose prices are reckoned, and of people to be kept apart. */
static void the_prices_of_the_same_caseload_come_over_as_they_are(void **state)
{
    struct am_coupling coupling;
    struct am_arena arena;
    (void)state;
    am_arena_init(&arena);
    assert_int_equal(am_coupling_build(&first.instance, &arena, &coupling, NULL), AM_OK);
    int64_t *price = AM_ARENA_NEW(&arena, (size_t)am_price_count(&coupling), int64_t);
    assert_non_null(price);
    const struct am_kept_prices *kept = &first.solution.prices;
    assert_int_equal(kept->row_count, coupling.row_count);
    assert_int_equal(am_prices_carry(kept, &first.instance, &coupling, price, NULL), AM_OK);
    int seen = 0;
    for (int64_t i = 0; i < am_price_count(&coupling); i++) {
        int family = i < coupling.row_count ? coupling.rows[i].family : AM_ROW_PLACES;
        if (family == AM_ROW_SUPERVISOR || family == AM_ROW_APART)
            continue;
        assert_int_equal(price[i], kept->price[i]);
        seen += price[i] != 0;
    }
    assert_true(seen > 0);
    am_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_caseload_is_proven_as_well_from_prices_as_from_nothing),
        cmocka_unit_test(the_prices_of_the_same_caseload_come_over_as_they_are),
    };
    return cmocka_run_group_tests_name("carry_prices", tests, solve_base, release_base);
}
