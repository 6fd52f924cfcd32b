/*
 * Chains of people who make way for one another, held on random caseloads of a few
 * dozen people: a trial reckons what the whole decision says and can be taken back to
 * the last place, and what chains make of a roster is a better one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "solver/ejection.h"
#include "solver/trial.h"
#include "tests/support/search_rig.h"

enum { SEEDS = 600, TRIALS = 30, MOST_TOGETHER = 4, DEAREST = 200000 };

struct bench {
    struct rig rig;
    struct am_seats seats;
    struct am_trial trial;
    uint64_t stream, drawn;
    struct am_decision before;
};

static void bench_init(struct bench *bench, int seed)
{
    struct rig *rig = &bench->rig;
    const struct am_instance *instance = &rig->tiny.instance;
    rig_init(rig, seed);
    bench->stream = am_random_stream((uint64_t)seed, 0, 0);
    bench->drawn = 0;
    am_decision_copy(instance, &rig->search.scratch, &rig->search.incumbent);
    assert_int_equal(am_decision_init(&bench->before, instance, &rig->arena, &rig->err), AM_OK);
    assert_int_equal(am_seats_init(&bench->seats, &rig->search, &rig->err), AM_OK);
    am_heads_count(instance, &rig->search.scratch, bench->seats.heads);
    assert_int_equal(am_trial_init(&bench->trial, &bench->seats, &rig->arena, &rig->err), AM_OK);
}

static void bench_release(struct bench *bench)
{
    am_seats_release(&bench->seats);
    rig_release(&bench->rig);
}

static int below(struct bench *bench, int limit)
{
    return (int)(am_random_at(bench->stream, bench->drawn++) % (uint64_t)limit);
}

/* Whatever pattern suits the person at prices out of the air; mostly at sessions where
 * they may come. */
static void seat_somehow(struct bench *bench, int p)
{
    const struct am_instance *instance = bench->seats.instance;
    const struct am_network *network = &bench->seats.networks->people[p];
    am_path_clear(&bench->seats.path, network);
    bool anywhere = below(bench, 4) == 0;
    for (int64_t i = 0; i < instance->people[p].pair_count; i++) {
        int64_t k = instance->people[p].first_pair + i;
        if (anywhere || am_seats_price(&bench->seats, p, k) < AM_NO_PATH)
            am_path_offer(&bench->seats.path, bench->seats.networks->pair_class[k],
                          (below(bench, 2 * DEAREST) - DEAREST) * AM_PRICE_ONE, (int32_t)i);
    }
    assert_true(am_path_sweep(&bench->seats.path, network, false) < AM_NO_PATH);
    am_path_read(&bench->seats.path, network, instance->days, bench->seats.chosen);
    assert_true(am_trial_seat(&bench->trial, p));
    assert_true(am_trial_has(&bench->trial, p));
}

/* Some people leave a place, and take others. */
static void change_some(struct bench *bench)
{
    const struct am_instance *instance = bench->seats.instance;
    am_trial_begin(&bench->trial);
    for (int i = 1 + below(bench, MOST_TOGETHER); i > 0; i--) {
        int p = below(bench, instance->person_count), d = below(bench, instance->days);
        if (am_seats_of(&bench->seats, p)[d] >= 0)
            assert_true(am_trial_leave(&bench->trial, p, d));
        seat_somehow(bench, p);
    }
}

static bool is_same(const struct am_instance *instance, const struct am_decision *a,
                    const struct am_decision *b)
{
    size_t sessions = (size_t)instance->session_count;
    size_t cells = (size_t)instance->person_count * (size_t)instance->days;
    return memcmp(a->runs, b->runs, sessions * sizeof *a->runs) == 0 &&
           memcmp(a->supervisor, b->supervisor, sessions * sizeof *a->supervisor) == 0 &&
           memcmp(a->chosen, b->chosen, cells * sizeof *a->chosen) == 0;
}

/* Heads and lists say what the decision says. */
static void check_books(struct bench *bench)
{
    const struct am_instance *instance = bench->seats.instance;
    struct am_heads *heads = calloc((size_t)instance->session_count + 1, sizeof *heads);
    assert_non_null(heads);
    am_heads_count(instance, bench->seats.decision, heads);
    assert_memory_equal(heads, bench->seats.heads, (size_t)instance->session_count * sizeof *heads);
    for (int s = 0; s < instance->session_count; s++) {
        int listed = instance->sessions[s].fixed_heads;
        for (int32_t cell = bench->trial.booked.first[s]; cell >= 0;
             cell = bench->trial.booked.next[cell]) {
            int64_t k = bench->seats.decision->chosen[cell];
            assert_true(k >= 0);
            assert_int_equal(instance->pairs[k].session, s);
            listed++;
        }
        assert_int_equal(listed, heads[s].all);
    }
    free(heads);
}

static void a_trial_is_reckoned_as_the_whole_and_taken_back_as_a_whole(void **state)
{
    (void)state;
    int rosters = 0, kept = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct bench bench;
        bench_init(&bench, seed);
        const struct am_instance *instance = bench.seats.instance;
        for (int i = 0; i < TRIALS; i++) {
            am_decision_copy(instance, &bench.before, bench.seats.decision);
            int64_t before = am_decision_points(instance, &bench.before);
            assert_int_not_equal(before, INT64_MAX);
            change_some(&bench);
            int64_t points = am_trial_points(&bench.trial);
            int64_t after = am_decision_points(instance, bench.seats.decision);
            if (after != INT64_MAX) {
                assert_int_equal(points, after - before);
                rosters++;
            }
            if (after != INT64_MAX && below(&bench, 2) == 0) {
                kept += !is_same(instance, &bench.before, bench.seats.decision);
            } else {
                am_trial_undo(&bench.trial);
                assert_true(is_same(instance, &bench.before, bench.seats.decision));
            }
            check_books(&bench);
        }
        bench_release(&bench);
    }
    assert_true(rosters > SEEDS);
    assert_true(kept > SEEDS);
}

static void chains_make_a_better_roster(void **state)
{
    (void)state;
    int better = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        struct am_search *search = &rig.search;
        int64_t before = search->objective;
        assert_int_equal(am_eject(search, &rig.err), AM_OK);
        assert_int_equal(search->objective,
                         am_decision_points(search->instance, &search->incumbent));
        /* the chains' own sums are those of the whole: nothing was refused at the end */
        assert_true(is_same(search->instance, &search->incumbent, &search->scratch));
        assert_true(search->objective <= before);
        assert_true(search->objective >= am_bound_points(search->best.bound));
        better += search->objective < before;
        rig_release(&rig);
    }
    assert_true(better > SEEDS / 20);
}

/* The one woman but her at the session, where both are new and she must not be alone
 * among the men there; -1: it is not so. */
static int company_of(const struct rig *rig, const struct am_heads *heads, int p, int64_t k)
{
    const struct am_instance *instance = &rig->tiny.instance;
    int32_t session = instance->pairs[k].session;
    if (!instance->pairs[k].lone_woman || heads[session].women != 2 ||
        instance->sessions[session].fixed_women > 0 || heads[session].men == 0 ||
        !instance->sessions[session].lone_woman_rule)
        return -1;
    for (int other = 0; other < instance->person_count; other++) {
        int64_t theirs =
            rig->search.incumbent.chosen[(int64_t)other * instance->days + instance->pairs[k].day];
        if (other != p && instance->people[other].woman && theirs >= 0 &&
            instance->pairs[theirs].session == session)
            return other;
    }
    return -1;
}

/* Two women who keep one another company are sent home; do they come back? Counts
 * where they were, and where the roster is as good again. */
static void send_pairs_home(struct rig *rig, int *sent, int *back)
{
    struct am_search *search = &rig->search;
    const struct am_instance *instance = search->instance;
    struct am_regret regret;
    struct am_occupancy occupancy;
    struct am_decision was;
    assert_int_equal(am_eject(search, &rig->err), AM_OK);
    rig_look(rig, &regret, &occupancy);
    assert_int_equal(am_decision_init(&was, instance, &rig->arena, &rig->err), AM_OK);
    am_decision_copy(instance, &was, &search->incumbent);
    int64_t best = search->objective;
    for (int64_t cell = 0; cell < (int64_t)instance->person_count * instance->days; cell++) {
        int p = (int)(cell / instance->days);
        int64_t k = was.chosen[cell];
        int other = k < 0 ? -1 : company_of(rig, occupancy.heads, p, k);
        if (other < 0)
            continue;
        for (int d = 0; d < instance->days; d++)
            search->incumbent.chosen[(int64_t)p * instance->days + d] =
                search->incumbent.chosen[(int64_t)other * instance->days + d] = -1;
        search->objective = am_decision_points(instance, &search->incumbent);
        if (search->objective != INT64_MAX && search->objective > best) {
            assert_int_equal(am_eject(search, &rig->err), AM_OK);
            (*sent)++;
            *back += search->objective <= best;
        }
        am_decision_copy(instance, &search->incumbent, &was);
        search->objective = best;
    }
}

static void women_who_need_company_come_together(void **state)
{
    (void)state;
    int sent = 0, back = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        send_pairs_home(&rig, &sent, &back);
        rig_release(&rig);
    }
    assert_true(sent > SEEDS / 20);
    assert_true(back > sent * 2 / 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trial_is_reckoned_as_the_whole_and_taken_back_as_a_whole),
        cmocka_unit_test(chains_make_a_better_roster),
        cmocka_unit_test(women_who_need_company_come_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
