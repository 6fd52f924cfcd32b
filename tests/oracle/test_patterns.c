/*
 * The pattern model against enumeration, on tiny caseloads with every rule in
 * play.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/oracle/check.h"

enum { SEEDS = 2000 };

static void the_pattern_model_finds_the_best_roster(void **state)
{
    (void)state;
    check_solver(am_solve, 1, SEEDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pattern_model_finds_the_best_roster),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
