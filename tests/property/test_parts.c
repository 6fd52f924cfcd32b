/*
 * What the search for better rosters rests on, held on random caseloads of a
 * few dozen people: a part is worth in itself what it is worth in the whole, and
 * what is taken over keeps the roster a roster.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "solver/change.h"
#include "solver/exact.h"
#include "solver/improve.h"
#include "solver/neighbourhood.h"
#include "solver/part.h"
#include "solver/polish.h"
#include "tests/support/search_rig.h"

enum { SEEDS = 300, PART_PEOPLE = 6 };

/* Everybody of the part at home, and nothing run that need not. */
static void send_home(const struct am_part *part, struct am_decision *decision)
{
    const struct am_instance *instance = &part->instance;
    for (int64_t i = 0; i < (int64_t)instance->person_count * instance->days; i++)
        decision->chosen[i] = -1;
    for (int s = 0; s < instance->session_count; s++) {
        decision->runs[s] = instance->sessions[s].must_run;
        if (!part->kept[s])
            decision->supervisor[s] = -1;
    }
}

/* Is the part's decision worth in the whole what it is in the part, and a
 * roster there when it is one here? */
static void compare_worth(struct rig *rig, const struct am_part *part, int64_t before,
                          const struct am_decision *other)
{
    const struct am_instance *whole = &rig->tiny.instance;
    struct am_decision changed;
    assert_int_equal(am_decision_init(&changed, whole, &rig->arena, &rig->err), AM_OK);
    am_decision_copy(whole, &changed, &rig->search.incumbent);
    am_part_apply(part, whole, other, &changed);
    int64_t here = am_decision_points(&part->instance, other);
    int64_t there = am_decision_points(whole, &changed);
    if (here == INT64_MAX)
        return; /* a part may be more careful than the whole */
    assert_int_not_equal(there, INT64_MAX);
    assert_int_equal(there - rig->search.objective, here - before);
}

/* What came of a visit to the parts of all seeds. */
struct visits {
    int parts, rosters, moved;
    int week;                       /* of the part that is visited; 0: all of them */
    struct am_occupancy *occupancy; /* of the roster, and who is kept apart in it */
    const struct am_rivals *rivals;
};

enum kind { FREE, HELD, IN_WEEK };

/* A part around every session of every seed: with what runs held or not, or in the
 * session's week alone. */
static struct visits visit_parts(int size, enum kind kind,
                                 void (*visit)(struct rig *, const struct am_part *,
                                               struct visits *))
{
    struct visits visits = {0};
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        struct am_regret regret;
        struct am_occupancy occupancy;
        struct am_neighbourhood near = {0};
        struct am_parting *parting = NULL;
        struct am_rivals rivals;
        rig_init(&rig, seed);
        const struct am_instance *instance = &rig.tiny.instance;
        rig_look(&rig, &regret, &occupancy);
        assert_int_equal(am_rivals_init(&rivals, instance, &rig.err), AM_OK);
        visits.occupancy = &occupancy;
        visits.rivals = &rivals;
        assert_int_equal(am_parting_new(&parting, instance, &rivals, &rig.err), AM_OK);
        assert_int_equal(am_neighbourhood_init(&near, &occupancy, &rig.arena, &rig.err), AM_OK);
        for (int s = 0; s < instance->session_count; s++) {
            struct am_part part;
            near.shape = s % AM_NEIGHBOURHOOD_SHAPES;
            if (!am_neighbourhood_pick(&near, &rig.search, &regret, s, size))
                continue;
            visits.week = kind == IN_WEEK ? instance->sessions[s].day / 7 + 1 : 0;
            const struct am_cut cut = {.decision = &rig.search.incumbent,
                                       .occupancy = &occupancy,
                                       .people = near.people,
                                       .count = near.count,
                                       .held = kind == HELD,
                                       .week = visits.week};
            assert_int_equal(am_part_build(parting, &cut, &rig.arena, &part, &rig.err), AM_OK);
            visit(&rig, &part, &visits);
            visits.parts++;
        }
        am_parting_free(parting);
        am_rivals_release(&rivals);
        rig_release(&rig);
    }
    return visits;
}

static bool is_picked(const struct am_neighbourhood *near, int p)
{
    for (int i = 0; i < near->count; i++)
        if (near->people[i] == p)
            return true;
    return false;
}

/* Nothing that the person has must stay as it is. */
static bool may_be_moved(const struct rig *rig, int p)
{
    const struct am_instance *instance = rig->search.instance;
    for (int d = 0; d < instance->days; d++) {
        int64_t k = rig->search.incumbent.chosen[(int64_t)p * instance->days + d];
        if (k >= 0 && am_part_leaves(&instance->sessions[instance->pairs[k].session]))
            return false;
    }
    return true;
}

/* Those who are booked there and may be moved are picked; their number. */
static int check_picked(const struct rig *rig, const struct am_neighbourhood *near, int32_t s)
{
    const struct am_lists *booked = &near->occupancy->booked;
    int count = 0;
    for (int32_t cell = booked->first[s]; cell >= 0; cell = booked->next[cell]) {
        int p = cell / rig->search.instance->days;
        if (!may_be_moved(rig, p))
            continue;
        assert_true(is_picked(near, p));
        count++;
    }
    return count;
}

/* Whoever is booked at one of several seeds is picked, however few are asked for. */
static void all_seeds_are_picked(void **state)
{
    (void)state;
    int picked = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        struct am_regret regret;
        struct am_occupancy occupancy;
        struct am_neighbourhood near = {0};
        rig_init(&rig, seed);
        rig_look(&rig, &regret, &occupancy);
        assert_int_equal(am_neighbourhood_init(&near, &occupancy, &rig.arena, &rig.err), AM_OK);
        for (int32_t s = 1; s < rig.tiny.instance.session_count; s++) {
            const int32_t seeds[] = {s, s - 1};
            if (!am_neighbourhood_pick_all(&near, &rig.search, &regret, seeds, 2, 1))
                continue;
            picked += check_picked(&rig, &near, s);
            picked += check_picked(&rig, &near, s - 1);
        }
        rig_release(&rig);
    }
    assert_true(picked > SEEDS);
}

/* What the roster in hand says of the part, and its points there. */
static int64_t start_of(struct rig *rig, const struct am_part *part, struct am_decision *start)
{
    assert_int_equal(am_decision_init(start, &part->instance, &rig->arena, &rig->err), AM_OK);
    assert_true(am_part_restrict(part, rig->search.instance, &rig->search.incumbent, start));
    int64_t points = am_decision_points(&part->instance, start);
    assert_int_not_equal(points, INT64_MAX);
    return points;
}

static void weigh_part(struct rig *rig, const struct am_part *part, struct visits *visits)
{
    struct am_decision start;
    int64_t before = start_of(rig, part, &start);
    compare_worth(rig, part, before, &start);
    send_home(part, &start);
    visits->rosters += am_decision_points(&part->instance, &start) != INT64_MAX;
    compare_worth(rig, part, before, &start);
}

static void a_part_is_worth_what_it_is_in_the_whole(void **state)
{
    (void)state;
    struct visits visits = visit_parts(PART_PEOPLE, FREE, weigh_part);
    assert_true(visits.parts > SEEDS && visits.rosters > visits.parts / 2);
}

/* A search of the part that begins with such a decision in its scratch. */
static void sub_search(struct rig *rig, const struct am_part *part, const struct am_decision *start,
                       struct am_settings *settings, struct am_search *sub)
{
    *settings = rig->settings;
    *sub = (struct am_search){.instance = &part->instance,
                              .settings = settings,
                              .arena = &rig->arena,
                              .start = start,
                              .fixed_only = INT64_MAX / 4,
                              .part = true,
                              .phase = "part"};
    assert_int_equal(am_search_init(sub, &rig->err), AM_OK);
}

/* Solve the part: it is better in the whole by what it is better in itself. changed: the
 * whole with what was found. */
static void solve_in_whole(struct rig *rig, const struct am_part *part, struct visits *visits,
                           struct am_decision *changed)
{
    const struct am_instance *whole = rig->search.instance;
    struct am_settings settings;
    struct am_search sub;
    struct am_decision start;
    int64_t before = start_of(rig, part, &start);
    sub_search(rig, part, &start, &settings, &sub);
    assert_int_equal(am_exact(&sub, true, &rig->err), AM_OK);
    assert_true(sub.objective <= before);
    compare_worth(rig, part, before, &sub.incumbent);
    assert_int_equal(am_decision_init(changed, whole, &rig->arena, &rig->err), AM_OK);
    am_decision_copy(whole, changed, &rig->search.incumbent);
    am_part_apply(part, whole, &sub.incumbent, changed);
    visits->moved += sub.objective < before;
    am_search_release(&sub);
}

/* Everybody of the part at home is seldom better, and then nothing changes; the part's
 * best is taken. Either way the occupancy is the roster's. */
static void take_over(struct rig *rig, const struct am_part *part, struct visits *visits)
{
    struct am_change change = {rig->search.instance, visits->rivals, &rig->search.incumbent,
                               visits->occupancy};
    struct am_decision start, scratch;
    struct am_settings settings;
    struct am_search sub;
    int64_t before = start_of(rig, part, &start);
    assert_int_equal(am_decision_init(&scratch, &part->instance, &rig->arena, &rig->err), AM_OK);
    sub_search(rig, part, &start, &settings, &sub);
    assert_int_equal(am_exact(&sub, true, &rig->err), AM_OK);
    send_home(part, &start);
    int64_t home = am_change_take(&change, part, &start, &scratch);
    visits->rosters += home == 0; /* it was refused */
    rig_assert_occupancy(rig, visits->occupancy);
    int64_t best = am_change_take(&change, part, &sub.incumbent, &scratch);
    assert_int_equal(home + best, before - sub.objective);
    visits->moved += best > 0;
    rig_assert_occupancy(rig, visits->occupancy);
    rig->search.objective -= home + best;
    assert_int_equal(rig->search.objective,
                     am_decision_points(rig->search.instance, &rig->search.incumbent));
    am_search_release(&sub);
}

static void what_is_taken_over_is_followed(void **state)
{
    (void)state;
    struct visits visits = visit_parts(PART_PEOPLE, FREE, take_over);
    assert_true(visits.rosters > visits.parts / 2 && visits.moved > SEEDS / 10);
}

static void assert_runs_alike(const struct am_decision *was, const struct am_decision *is, int s)
{
    assert_int_equal(is->runs[s], was->runs[s]);
    assert_int_equal(is->supervisor[s], was->supervisor[s]);
}

/* People change places; what runs, and under whom, does not. */
static void place_anew(struct rig *rig, const struct am_part *part, struct visits *visits)
{
    struct am_decision changed;
    solve_in_whole(rig, part, visits, &changed);
    for (int s = 0; s < rig->search.instance->session_count; s++)
        assert_runs_alike(&rig->search.incumbent, &changed, s);
}

static void a_held_part_places_people_and_leaves_what_runs(void **state)
{
    (void)state;
    struct visits visits = visit_parts(PART_PEOPLE, HELD, place_anew);
    assert_true(visits.parts > SEEDS && visits.moved > 0);
}

/* Other weeks keep what runs, and under whom; people have there what they had, or less. */
static void assert_only_in_week(const struct am_instance *whole, const struct am_decision *was,
                                const struct am_decision *is, int week)
{
    for (int s = 0; s < whole->session_count; s++)
        if (whole->sessions[s].day / 7 + 1 != week)
            assert_runs_alike(was, is, s);
    for (int64_t i = 0; i < (int64_t)whole->person_count * whole->days; i++)
        if (i % whole->days / 7 + 1 != week && is->chosen[i] != was->chosen[i])
            assert_int_equal(is->chosen[i], -1);
}

static void place_anew_in_week(struct rig *rig, const struct am_part *part, struct visits *visits)
{
    const struct am_instance *whole = rig->search.instance;
    struct am_decision changed;
    solve_in_whole(rig, part, visits, &changed);
    assert_only_in_week(whole, &rig->search.incumbent, &changed, visits->week);
    visits->rosters += whole->weeks > 1;
}

static void a_part_of_one_week_leaves_the_others(void **state)
{
    (void)state;
    struct visits visits = visit_parts(PART_PEOPLE, IN_WEEK, place_anew_in_week);
    assert_true(visits.parts > SEEDS && visits.moved > 0 && visits.rosters > SEEDS / 4);
}

/* A search of the part that was cut short before any session had somebody to
 * lead it: mending what there is comes to an end, and takes nothing wrong. */
static void mend_leaderless(struct rig *rig, const struct am_part *part, struct visits *visits)
{
    (void)visits;
    struct am_settings settings;
    struct am_search sub;
    struct am_decision start;
    (void)start_of(rig, part, &start);
    sub_search(rig, part, &start, &settings, &sub);
    int64_t before = sub.objective;
    send_home(part, &sub.scratch);
    for (int s = 0; s < part->instance.session_count; s++) {
        sub.scratch.runs[s] = true;
        sub.scratch.supervisor[s] = -1;
    }
    assert_int_equal(am_improve(&sub, &rig->err), AM_OK);
    assert_true(sub.objective <= before);
    am_search_release(&sub);
}

static void mending_comes_to_an_end(void **state)
{
    (void)state;
    struct visits visits = visit_parts(PART_PEOPLE / 2, FREE, mend_leaderless);
    assert_true(visits.parts > SEEDS);
}

static struct am_polish_plan plan_of(const struct am_search *search)
{
    return (struct am_polish_plan){&search->best,
                                   {.smallest = PART_PEOPLE / 2,
                                    .largest = PART_PEOPLE,
                                    .times = 2,
                                    .shapes = AM_NEIGHBOURHOOD_SHAPES}};
}

static void polishing_keeps_a_roster_and_its_points(void **state)
{
    (void)state;
    int better = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        struct am_search *search = &rig.search;
        int64_t before = search->objective;
        assert_int_equal(am_polish(search, plan_of(search), &rig.err), AM_OK);
        assert_true(search->objective <= before);
        assert_true(search->objective >= search->bound);
        assert_int_equal(am_decision_points(search->instance, &search->incumbent),
                         search->objective);
        better += search->objective < before;
        rig_release(&rig);
    }
    assert_true(better > SEEDS / 10);
}

static void threads_do_not_change_what_polishing_finds(void **state)
{
    (void)state;
    for (int seed = 1; seed <= SEEDS / 4; seed++) {
        int64_t objective[2];
        for (int threads = 1; threads <= 2; threads++) {
            struct rig rig;
            rig_init_with(&rig, seed, threads);
            assert_int_equal(am_polish(&rig.search, plan_of(&rig.search), &rig.err), AM_OK);
            objective[threads - 1] = rig.search.objective;
            rig_release(&rig);
        }
        assert_int_equal(objective[0], objective[1]);
    }
}

/* People whom the best roster of a search places; stop: an interrupt is there from
 * the start. */
static int count_placed(struct tiny_case *tiny, const volatile sig_atomic_t *stop)
{
    struct am_settings settings;
    struct am_solution solution;
    struct am_arena arena;
    struct am_err err;
    int placed = 0;
    am_settings_defaults(&settings);
    am_arena_init(&arena);
    assert_int_equal(am_solve(&tiny->instance, &settings, tiny->fixed_only,
                              (struct am_solve_hooks){.stop = stop}, &arena, &solution, &err),
                     AM_OK);
    assert_int_equal(am_decision_points(&tiny->instance, &solution.decision),
                     solution.proof.objective);
    for (int i = 0; i < tiny->instance.person_count * tiny->instance.days; i++)
        placed += solution.decision.chosen[i] >= 0;
    am_arena_release(&arena);
    return placed;
}

/* Nobody should wait for a second run because the first was cut short. */
static void a_search_that_is_cut_short_at_once_places_most_people(void **state)
{
    (void)state;
    static const volatile sig_atomic_t stop = 1;
    int placed = 0, placed_at_once = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct tiny_telling telling = tiny_plain;
        struct tiny_case tiny;
        telling.more_people = RIG_MORE_PEOPLE;
        assert_true(tiny_read(&tiny, (uint64_t)seed, &telling));
        placed += count_placed(&tiny, NULL);
        placed_at_once += count_placed(&tiny, &stop);
        tiny_release(&tiny);
    }
    assert_true(3 * placed_at_once > 2 * placed);
}

static void a_start_from_the_best_roster_keeps_it(void **state)
{
    (void)state;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct tiny_case tiny;
        struct am_roster best;
        struct am_settings settings;
        struct am_solution solution;
        struct am_arena arena;
        struct am_err err;
        assert_true(tiny_read(&tiny, (uint64_t)seed, &tiny_plain));
        assert_true(tiny_solve(&tiny, am_solve, &best));
        am_roster_sort(&best);
        am_settings_defaults(&settings);
        settings.gap = 1000000; /* whatever is there first will do */
        am_arena_init(&arena);
        const struct am_solve_hooks hooks = {.warm = &best};
        assert_int_equal(
            am_solve(&tiny.instance, &settings, tiny.fixed_only, hooks, &arena, &solution, &err),
            AM_OK);
        assert_int_equal(solution.proof.objective, best.proof.objective);
        am_arena_release(&arena);
        am_roster_release(&best);
        tiny_release(&tiny);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_is_worth_what_it_is_in_the_whole),
        cmocka_unit_test(what_is_taken_over_is_followed),
        cmocka_unit_test(a_held_part_places_people_and_leaves_what_runs),
        cmocka_unit_test(a_part_of_one_week_leaves_the_others),
        cmocka_unit_test(mending_comes_to_an_end),
        cmocka_unit_test(all_seeds_are_picked),
        cmocka_unit_test(polishing_keeps_a_roster_and_its_points),
        cmocka_unit_test(threads_do_not_change_what_polishing_finds),
        cmocka_unit_test(a_search_that_is_cut_short_at_once_places_most_people),
        cmocka_unit_test(a_start_from_the_best_roster_keeps_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
