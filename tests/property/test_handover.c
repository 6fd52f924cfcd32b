/*
 * What supervisors hand over, held on random caseloads of a few dozen people: each
 * session once, supervisors' weeks kept together, and what has worth is wanted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "solver/handover.h"
#include "solver/settle.h"
#include "tests/support/search_rig.h"

enum { SEEDS = 300 };

static struct am_handovers handovers_of(struct rig *rig)
{
    struct am_handovers handovers;
    assert_int_equal(am_unsettle(&rig->search, &rig->err), AM_OK);
    assert_int_equal(
        am_handovers_find(&rig->search, &rig->search.best, &rig->arena, &handovers, &rig->err),
        AM_OK);
    return handovers;
}

/* Each session is in one, those that begin to run before the others, and who leads
 * sessions of one of them leads none of another in that week. */
static int check_handovers(struct rig *rig, const struct am_handovers *handovers)
{
    const struct am_instance *instance = rig->search.instance;
    const struct am_decision *incumbent = &rig->search.incumbent;
    int32_t *of_session = AM_ARENA_NEW(&rig->arena, (size_t)instance->session_count, int32_t);
    int32_t *of_leader = AM_ARENA_NEW(
        &rig->arena, (size_t)instance->supervisor_count * (size_t)instance->weeks, int32_t);
    assert_true(of_session && of_leader);
    for (int32_t h = 0; h < handovers->count; h++) {
        bool running = false;
        assert_true(handovers->first[h] < handovers->first[h + 1]);
        for (int32_t i = handovers->first[h]; i < handovers->first[h + 1]; i++) {
            int32_t s = handovers->sessions[i];
            assert_true(instance->sessions[s].open && instance->sessions[s].supervised);
            assert_int_equal(of_session[s], 0);
            of_session[s] = h + 1;
            assert_false(running && !incumbent->runs[s]);
            running = incumbent->runs[s];
            if (incumbent->supervisor[s] < 0)
                continue;
            int32_t *of = &of_leader[incumbent->supervisor[s] * instance->weeks +
                                     instance->sessions[s].day / 7];
            assert_true(*of == 0 || *of == h + 1);
            *of = h + 1;
        }
    }
    return handovers->count;
}

/* Every other session loses its supervisor, the rest get the first who could lead
 * them, at whatever else: there is something to be had, and to be handed over. */
static void muddle(struct rig *rig)
{
    struct am_decision *incumbent = &rig->search.incumbent;
    for (int s = 0; s < rig->tiny.instance.session_count; s++) {
        const struct am_isession *at = &rig->tiny.instance.sessions[s];
        if (at->must_run || incumbent->supervisor[s] < 0)
            continue;
        incumbent->runs[s] = s % 2 == 1;
        incumbent->supervisor[s] = s % 2 == 1 ? at->candidates[0].supervisor : -1;
    }
}

static void a_session_is_handed_over_once(void **state)
{
    (void)state;
    int count = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        muddle(&rig);
        struct am_handovers handovers = handovers_of(&rig);
        count += check_handovers(&rig, &handovers);
        rig_release(&rig);
    }
    assert_true(count > SEEDS / 10);
}

/* The worth of a session as it is led, at the best prices; 0: it is not. */
static double worth_of(struct rig *rig, int s)
{
    struct am_search *search = &rig->search;
    const struct am_coupling *coupling = &search->coupling;
    struct am_link_sums *sums =
        AM_ARENA_NEW(&rig->arena, (size_t)search->instance->session_count, struct am_link_sums);
    double *worth = AM_ARENA_NEW(&rig->arena, (size_t)coupling->var_count, double);
    assert_true(sums && worth);
    am_link_sums(coupling, search->instance, search->best.row, sums);
    am_leading_worth(search->leading, search->best.row, sums, worth);
    for (int32_t v = coupling->first_var[s]; v < coupling->first_var[s] + coupling->option_count[s];
         v++)
        if (search->incumbent.runs[s] && search->incumbent.supervisor[s] >= 0 &&
            coupling->vars[v].supervisor == search->incumbent.supervisor[s])
            return worth[v];
    return 0;
}

/* Where nothing is to be gained, take a session of worth out of the supervisors'
 * hands: it is wanted back. */
static void what_has_worth_is_wanted_back(void **state)
{
    (void)state;
    int asked = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        struct am_decision *incumbent = &rig.search.incumbent;
        if (handovers_of(&rig).count > 0) {
            rig_release(&rig);
            continue;
        }
        for (int s = 0; s < rig.tiny.instance.session_count; s++) {
            int32_t leader = incumbent->supervisor[s];
            double gap = (double)rig.search.objective - am_in_points(rig.search.best.bound);
            if (rig.tiny.instance.sessions[s].must_run || worth_of(&rig, s) < 10 + gap)
                continue;
            incumbent->runs[s] = false;
            incumbent->supervisor[s] = -1;
            assert_true(handovers_of(&rig).count > 0);
            incumbent->runs[s] = true;
            incumbent->supervisor[s] = leader;
            asked++;
        }
        rig_release(&rig);
    }
    assert_true(asked > SEEDS / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_is_handed_over_once),
        cmocka_unit_test(what_has_worth_is_wanted_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
