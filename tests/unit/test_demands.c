/*
 * R10 in the links, on random caseloads: who demands that the supervisor be of one
 * gender is linked to the ways of running a session under such a leader, and to no
 * other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "solver/coupling.h"
#include "solver/pricing.h"
#include "tests/support/tiny.h"

enum { SEEDS = 300, MORE_PEOPLE = 12 };

struct rig {
    struct tiny_case tiny;
    struct am_arena arena;
    struct am_coupling coupling;
    int64_t *prices;
    struct am_link_sums *sums;
};

static void rig_init(struct rig *rig, int seed)
{
    struct tiny_telling telling = tiny_plain;
    struct am_err err;
    telling.more_people = MORE_PEOPLE;
    assert_true(tiny_read(&rig->tiny, (uint64_t)seed, &telling));
    am_arena_init(&rig->arena);
    assert_int_equal(am_coupling_build(&rig->tiny.instance, &rig->arena, &rig->coupling, &err),
                     AM_OK);
    rig->prices = AM_ARENA_NEW(&rig->arena, (size_t)am_price_count(&rig->coupling), int64_t);
    rig->sums =
        AM_ARENA_NEW(&rig->arena, (size_t)rig->tiny.instance.session_count, struct am_link_sums);
    assert_true(rig->prices && rig->sums);
}

static void rig_release(struct rig *rig)
{
    am_arena_release(&rig->arena);
    tiny_release(&rig->tiny);
}

/* By the caseload itself: may people who make this demand come if option v is taken? */
static bool lets_in(const struct rig *rig, int32_t v, int demand)
{
    const struct am_var *var = &rig->coupling.vars[v];
    const struct am_isession *at = &rig->tiny.instance.sessions[var->session];
    int32_t room = at->capacity;
    if (at->supervised && var->supervisor < 0)
        return false; /* unled: only those who are fixed */
    if (var->supervisor >= 0 && am_candidate(at, var->supervisor)->capacity < room)
        room = am_candidate(at, var->supervisor)->capacity;
    if (room <= at->fixed_heads)
        return false;
    return demand == 0 ||
           (var->supervisor >= 0 &&
            (int)rig->tiny.caseload.supervisors[var->supervisor].gender == demand - 1);
}

static void an_option_opens_to_whom_its_leader_suits(void **state)
{
    (void)state;
    int open[2] = {0, 0};
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        const struct am_coupling *coupling = &rig.coupling;
        for (int s = 0; s < rig.tiny.instance.session_count; s++)
            for (int32_t v = coupling->first_var[s]; v < coupling->first_var[s + 1]; v++)
                for (int demand = 0; demand < AM_DEMANDS; demand++) {
                    bool option = v < coupling->first_var[s] + coupling->option_count[s];
                    bool opens = am_opens_to(coupling, v, demand);
                    assert_int_equal(opens, option && lets_in(&rig, v, demand));
                    open[demand > 0] += opens;
                }
        rig_release(&rig);
    }
    assert_true(open[0] > SEEDS && open[1] > SEEDS);
}

/* A price on one link, and which of the session's variables answer for it. */
static int answering(struct rig *rig, int64_t k)
{
    const struct am_coupling *coupling = &rig->coupling;
    const struct am_instance *instance = &rig->tiny.instance;
    int s = instance->pairs[k].session, count = 0;
    for (int32_t v = coupling->first_var[s]; v < coupling->first_var[s + 1]; v++) {
        rig->prices[am_link_runs(coupling, k)] = 0;
        am_link_sums(coupling, instance, rig->prices, rig->sums);
        int64_t without = am_var_reduced(coupling, rig->prices, rig->sums, v);
        rig->prices[am_link_runs(coupling, k)] = -AM_PRICE_ONE;
        am_link_sums(coupling, instance, rig->prices, rig->sums);
        int64_t with = am_var_reduced(coupling, rig->prices, rig->sums, v);
        bool answers = am_opens_to(coupling, v, am_demand_of(instance, k));
        assert_int_equal(with - without, answers ? -AM_PRICE_ONE : 0);
        count += answers;
    }
    rig->prices[am_link_runs(coupling, k)] = 0;
    return count;
}

static void a_link_hangs_on_the_options_that_let_its_person_in(void **state)
{
    (void)state;
    int demanding = 0, some = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        const struct am_coupling *coupling = &rig.coupling;
        for (int64_t k = 0; k < coupling->pair_count; k++) {
            if (!(coupling->links[k] & AM_LINK_RUNS))
                continue;
            int s = rig.tiny.instance.pairs[k].session;
            int count = answering(&rig, k);
            demanding += am_demand_of(&rig.tiny.instance, k) > 0;
            some += am_demand_of(&rig.tiny.instance, k) > 0 && count > 0 &&
                    count < coupling->option_count[s];
        }
        rig_release(&rig);
    }
    assert_true(demanding > 100 && some > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_option_opens_to_whom_its_leader_suits),
        cmocka_unit_test(a_link_hangs_on_the_options_that_let_its_person_in),
    };
    return cmocka_run_group_tests_name("demands", tests, NULL, NULL);
}
