#include "tests/support/search_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "solver/greedy.h"
#include "solver/settle.h"

enum { STEPS = 60 };

void rig_begin(struct rig *rig, int threads)
{
    am_settings_defaults(&rig->settings);
    rig->settings.gap = 0;
    rig->settings.threads = threads;
    am_arena_init(&rig->arena);
    rig->settled = (struct am_best_prices){0};
    rig->search = (struct am_search){.instance = &rig->tiny.instance,
                                     .settings = &rig->settings,
                                     .arena = &rig->arena,
                                     .fixed_only = rig->tiny.fixed_only,
                                     .phase = "prices"};
    assert_int_equal(am_search_init(&rig->search, &rig->err), AM_OK);
}

void rig_init_with(struct rig *rig, int seed, int threads)
{
    struct tiny_telling telling = tiny_plain;
    telling.more_people = RIG_MORE_PEOPLE;
    assert_true(tiny_read(&rig->tiny, (uint64_t)seed, &telling));
    rig_begin(rig, threads);
    const struct am_step_limits limits = {.steps = STEPS,
                                          .keep_from = STEPS,
                                          .keep_every = 1,
                                          .leading = rig->search.leading,
                                          .share = rig->search.share};
    assert_int_equal(am_prices_climb(rig->search.pricer, rig->search.instance,
                                     &rig->search.coupling, rig->search.fixed_only, limits,
                                     &rig->search.columns, &rig->search.best, &rig->err),
                     AM_OK);
    am_search_bound(&rig->search, rig->search.best.bound);
    assert_int_equal(am_settle(&rig->search, &rig->settled, &rig->err), AM_OK);
    assert_int_equal(am_greedy(&rig->search, rig->settled.row, &rig->err), AM_OK);
}

void rig_init(struct rig *rig, int seed)
{
    rig_init_with(rig, seed, 1);
}

void rig_release(struct rig *rig)
{
    am_search_release(&rig->search);
    am_arena_release(&rig->arena);
    tiny_release(&rig->tiny);
}

void rig_look(struct rig *rig, struct am_regret *regret, struct am_occupancy *occupancy)
{
    struct am_search *search = &rig->search;
    assert_int_equal(
        am_regret_init(regret, search->instance, &search->coupling, &rig->arena, &rig->err), AM_OK);
    assert_int_equal(am_regret_price(regret, search, search->best.row, &rig->err), AM_OK);
    assert_int_equal(
        am_occupancy_init(occupancy, search->instance, &search->incumbent, &rig->arena, &rig->err),
        AM_OK);
    am_regret_look(regret, search, search->best.row, occupancy->heads);
}

static void assert_lists_alike(const struct am_lists *a, const struct am_lists *b, int list)
{
    int32_t one = a->first[list], other = b->first[list], before = -1;
    while (one >= 0 && one == other) {
        assert_int_equal(a->before[one], before);
        assert_true(one > before);
        before = one;
        one = a->next[one];
        other = b->next[other];
    }
    assert_int_equal(one, other);
}

void rig_assert_occupancy(struct rig *rig, const struct am_occupancy *occupancy)
{
    const struct am_instance *instance = rig->search.instance;
    struct am_occupancy anew;
    assert_int_equal(
        am_occupancy_init(&anew, instance, &rig->search.incumbent, &rig->arena, &rig->err), AM_OK);
    assert_memory_equal(occupancy->heads, anew.heads,
                        (size_t)instance->session_count * sizeof *anew.heads);
    for (int s = 0; s < instance->session_count; s++)
        assert_lists_alike(&occupancy->booked, &anew.booked, s);
    for (int m = 0; m < instance->supervisor_count; m++)
        assert_lists_alike(&occupancy->leading, &anew.leading, m);
}
