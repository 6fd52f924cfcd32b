/*
 * What the search for better rosters rests on, held on random caseloads of a
 * few dozen people: regrets add up to the gap, a loss is no more than it costs,
 * a part is worth in itself what it is worth in the whole, and what is taken
 * over keeps the roster a roster.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "solver/change.h"
#include "solver/exact.h"
#include "solver/greedy.h"
#include "solver/handover.h"
#include "solver/improve.h"
#include "solver/local_prices.h"
#include "solver/neighbourhood.h"
#include "solver/polish.h"
#include "solver/settle.h"
#include "solver/warm.h"
#include "tests/support/tiny.h"

enum { SEEDS = 300, MORE_PEOPLE = 18, STEPS = 60, PART_PEOPLE = 6 };

/* A search up to its first roster. */
struct rig {
    struct tiny_case tiny;
    struct am_settings settings;
    struct am_arena arena;
    struct am_search search;
    struct am_best_prices settled;
    struct am_err err;
};

static void rig_init_with(struct rig *rig, int seed, int threads)
{
    struct tiny_telling telling = tiny_plain;
    telling.more_people = MORE_PEOPLE;
    assert_true(tiny_read(&rig->tiny, (uint64_t)seed, &telling));
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

static void rig_init(struct rig *rig, int seed)
{
    rig_init_with(rig, seed, 1);
}

static void rig_release(struct rig *rig)
{
    am_search_release(&rig->search);
    am_arena_release(&rig->arena);
    tiny_release(&rig->tiny);
}

/* Regrets and heads of the incumbent, at the best prices of all. */
static struct am_heads *look(struct rig *rig, struct am_regret *regret)
{
    struct am_search *search = &rig->search;
    struct am_heads *heads =
        AM_ARENA_NEW(&rig->arena, (size_t)search->instance->session_count, struct am_heads);
    assert_non_null(heads);
    assert_int_equal(
        am_regret_init(regret, search->instance, &search->coupling, &rig->arena, &rig->err), AM_OK);
    assert_int_equal(am_regret_price(regret, search, search->best.row, &rig->err), AM_OK);
    am_heads_count(search->instance, &search->incumbent, heads);
    am_regret_look(regret, search, search->best.row, heads);
    return heads;
}

static void regrets_add_up_to_the_gap(void **state)
{
    (void)state;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        struct am_regret regret;
        rig_init(&rig, seed);
        look(&rig, &regret);
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
        rig_init(&rig, seed);
        look(&rig, &regret);
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
};

/* A part around every session of every seed, with what runs held or not. */
static struct visits visit_parts(int size, bool held,
                                 void (*visit)(struct rig *, const struct am_part *,
                                               struct visits *))
{
    struct visits visits = {0};
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        struct am_regret regret;
        struct am_neighbourhood near = {0};
        struct am_parting *parting = NULL;
        struct am_rivals rivals;
        rig_init(&rig, seed);
        const struct am_instance *instance = &rig.tiny.instance;
        struct am_heads *heads = look(&rig, &regret);
        assert_int_equal(am_rivals_init(&rivals, instance, &rig.err), AM_OK);
        assert_int_equal(am_parting_new(&parting, instance, &rivals, &rig.err), AM_OK);
        assert_int_equal(am_neighbourhood_init(&near, instance, &rig.arena, &rig.err), AM_OK);
        for (int s = 0; s < instance->session_count; s++) {
            struct am_part part;
            near.shape = s % AM_NEIGHBOURHOOD_SHAPES;
            if (!am_neighbourhood_pick(&near, &rig.search, &regret, s, size))
                continue;
            const struct am_cut cut = {.decision = &rig.search.incumbent,
                                       .heads = heads,
                                       .people = near.people,
                                       .count = near.count,
                                       .held = held};
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
static int check_picked(const struct rig *rig, const struct am_regret *regret,
                        const struct am_neighbourhood *near, int32_t s)
{
    int count = 0;
    for (int32_t i = regret->first_booked[s]; i < regret->first_booked[s + 1]; i++)
        if (may_be_moved(rig, regret->booked[i])) {
            assert_true(is_picked(near, regret->booked[i]));
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
        struct am_neighbourhood near = {0};
        rig_init(&rig, seed);
        look(&rig, &regret);
        assert_int_equal(am_neighbourhood_init(&near, &rig.tiny.instance, &rig.arena, &rig.err),
                         AM_OK);
        for (int32_t s = 1; s < rig.tiny.instance.session_count; s++) {
            const int32_t seeds[] = {s, s - 1};
            if (!am_neighbourhood_pick_all(&near, &rig.search, &regret, seeds, 2, 1))
                continue;
            picked += check_picked(&rig, &regret, &near, s);
            picked += check_picked(&rig, &regret, &near, s - 1);
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
    struct visits visits = visit_parts(PART_PEOPLE, false, weigh_part);
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

/* People change places; what runs, and under whom, does not. */
static void place_anew(struct rig *rig, const struct am_part *part, struct visits *visits)
{
    const struct am_instance *whole = rig->search.instance;
    const struct am_decision *was = &rig->search.incumbent;
    struct am_settings settings;
    struct am_search sub;
    struct am_decision start, changed;
    int64_t before = start_of(rig, part, &start);
    sub_search(rig, part, &start, &settings, &sub);
    assert_int_equal(am_exact(&sub, true, &rig->err), AM_OK);
    assert_true(sub.objective <= before);
    compare_worth(rig, part, before, &sub.incumbent);
    assert_int_equal(am_decision_init(&changed, whole, &rig->arena, &rig->err), AM_OK);
    am_decision_copy(whole, &changed, was);
    am_part_apply(part, whole, &sub.incumbent, &changed);
    for (int s = 0; s < whole->session_count; s++) {
        assert_int_equal(changed.runs[s], was->runs[s]);
        assert_int_equal(changed.supervisor[s], was->supervisor[s]);
    }
    visits->moved += sub.objective < before;
    am_search_release(&sub);
}

static void a_held_part_places_people_and_leaves_what_runs(void **state)
{
    (void)state;
    struct visits visits = visit_parts(PART_PEOPLE, true, place_anew);
    assert_true(visits.parts > SEEDS && visits.moved > 0);
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
    struct visits visits = visit_parts(PART_PEOPLE / 2, false, mend_leaderless);
    assert_true(visits.parts > SEEDS);
}

/* ---- what supervisors hand over ---- */

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
        telling.more_people = MORE_PEOPLE;
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
        cmocka_unit_test(regrets_add_up_to_the_gap),
        cmocka_unit_test(no_roster_costs_less_than_the_loss_of_what_it_books),
        cmocka_unit_test(what_is_priced_again_makes_up_the_bound),
        cmocka_unit_test(prices_around_somebody_prove_no_less),
        cmocka_unit_test(the_programme_of_supervisors_gives_the_best_bound),
        cmocka_unit_test(a_part_is_worth_what_it_is_in_the_whole),
        cmocka_unit_test(a_held_part_places_people_and_leaves_what_runs),
        cmocka_unit_test(mending_comes_to_an_end),
        cmocka_unit_test(all_seeds_are_picked),
        cmocka_unit_test(a_session_is_handed_over_once),
        cmocka_unit_test(what_has_worth_is_wanted_back),
        cmocka_unit_test(polishing_keeps_a_roster_and_its_points),
        cmocka_unit_test(threads_do_not_change_what_polishing_finds),
        cmocka_unit_test(a_search_that_is_cut_short_at_once_places_most_people),
        cmocka_unit_test(a_start_from_the_best_roster_keeps_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
