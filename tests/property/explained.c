#include "tests/property/explained.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

void explained_begin_with(struct explained *e, int seed, int more_people)
{
    struct am_err err;
    struct tiny_telling telling = tiny_plain;
    *e = (struct explained){.seed = seed};
    telling.more_people = more_people;
    property_read(&e->tiny, seed, &telling);
    am_settings_defaults(&e->settings);
    if (more_people > 0)
        assert_true(tiny_solve_with(&e->tiny, am_solve, &e->settings, &e->roster));
    else
        property_solve(&e->tiny, seed, &e->roster);
    e->derived.caseload = e->tiny.caseload;
    e->derived.orders = e->tiny.orders;
    e->derived.eligibility = e->tiny.eligibility;
    e->derived.clocks = e->tiny.clocks;
    if (more_people == 0)
        e->settings.node_limit = 0;
    am_arena_init(&e->arena);
    assert_int_equal(am_audit_facts_build(&e->tiny.caseload, &e->arena, &e->facts, &err), AM_OK);
    if (am_explain_begin(&e->ex, &e->derived, &e->roster, &e->settings, &err) != AM_OK)
        fail_msg("seed %d: %s", seed, err.msg);
}

void explained_begin(struct explained *e, int seed)
{
    explained_begin_with(e, seed, 0);
}

void explained_end(struct explained *e)
{
    am_explain_release(&e->ex);
    am_arena_release(&e->arena);
    am_roster_release(&e->roster);
    tiny_release(&e->tiny);
}
