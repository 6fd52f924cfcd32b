/*
 * The completion plan against brute force: tiny horizons of one to three weeks
 * and minutes that can be counted on the fingers, in which every plan is tried.
 * The brute force has its own reckoning of cost and of what is allowed, written
 * from docs/formulation.md, section 8.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "solver/plan_weeks.h"
#include "solver/plan_whole.h"
#include "solver/planning.h"

enum { WEEKS = 3, KINDS = 2, PEOPLE = 2, TARGETS = 2, SEEDS = 3000 };

/* ---- random horizons ---- */

static uint32_t state;

static int draw(int low, int high)
{
    state = state * 1664525U + 1013904223U;
    return low + (int)((state >> 8) % (uint32_t)(high - low + 1));
}

static bool chance(int percent)
{
    return draw(0, 99) < percent;
}

struct tiny {
    struct am_caseload caseload;
    struct am_person people[PEOPLE];
    struct am_horizon horizon;
    struct am_place_kind kinds[KINDS];
    int32_t held[KINDS * WEEKS], supervised[WEEKS * AM_SUPERVISED_ROWS];
    struct am_planned planned[PEOPLE];
    struct am_plan_target targets[PEOPLE][TARGETS];
    int64_t start[PEOPLE][WEEKS];
    int32_t fixed[PEOPLE][WEEKS], most[PEOPLE][WEEKS], cap[PEOPLE][WEEKS];
    struct am_plan_option options[PEOPLE][KINDS];
    uint8_t days[PEOPLE][WEEKS * KINDS];
};

static void draw_places(struct tiny *tiny)
{
    struct am_horizon *horizon = &tiny->horizon;
    for (int k = 0; k < horizon->kind_count; k++) {
        tiny->kinds[k] = (struct am_place_kind){.minutes = (int16_t)draw(1, 3),
                                                .seats = draw(1, 2),
                                                .supervised = chance(60),
                                                .part = (enum am_week_part)draw(0, 2)};
        for (int w = 0; w < horizon->weeks; w++)
            tiny->held[k * horizon->weeks + w] = draw(0, 3);
    }
    for (int i = 0; i < horizon->weeks * AM_SUPERVISED_ROWS; i++)
        tiny->supervised[i] = draw(0, 4);
}

static void draw_targets(struct tiny *tiny, int p)
{
    struct am_planned *who = &tiny->planned[p];
    who->target_count = draw(1, TARGETS);
    int32_t until = 0, week = -1;
    for (int t = 0; t < who->target_count; t++) {
        until += draw(0, 4);
        week = draw(week < 0 ? -1 : week, tiny->horizon.weeks - 1);
        tiny->targets[p][t] =
            (struct am_plan_target){.order = t,
                                    .until_min = until,
                                    .week = week,
                                    .by_day_min = draw(0, 4),
                                    .short_cost = chance(80) ? draw(0, 60000) : 0};
    }
    who->targets = tiny->targets[p];
    who->to_book_min = until;
    int32_t first = tiny->targets[p][0].until_min;
    for (int w = 0; w < tiny->horizon.weeks; w++) {
        tiny->cap[p][w] = chance(80) ? until : first;
        if (w > 0 && tiny->cap[p][w] < tiny->cap[p][w - 1])
            tiny->cap[p][w] = tiny->cap[p][w - 1];
    }
}

static void draw_person(struct tiny *tiny, int p)
{
    struct am_planned *who = &tiny->planned[p];
    const struct am_horizon *horizon = &tiny->horizon;
    *who = (struct am_planned){.person = p, .arrival = -1, .offer_min = draw(0, 3)};
    draw_targets(tiny, p);
    who->first_week = chance(80) ? 0 : draw(0, horizon->weeks);
    who->ete_min = draw(0, 2);
    who->start_min = draw(1, 3);
    who->start_cost = chance(50) ? tiny->start[p] : NULL;
    for (int w = 0; w < horizon->weeks; w++) {
        tiny->start[p][w] = draw(0, 20000);
        tiny->fixed[p][w] = chance(15) ? draw(1, 2) : 0;
        tiny->most[p][w] = draw(0, 3);
    }
    for (int k = 0; k < horizon->kind_count; k++)
        if (chance(80)) {
            bool ete = chance(20);
            tiny->options[p][who->option_count++] =
                (struct am_plan_option){.kind = k, .cost = draw(ete ? -900 : 0, 1500), .ete = ete};
        }
    for (int i = 0; i < horizon->weeks * who->option_count; i++)
        tiny->days[p][i] = (uint8_t)draw(0, 3);
    who->fixed_min = tiny->fixed[p];
    who->most_min = tiny->most[p];
    who->cap_min = tiny->cap[p];
    who->options = tiny->options[p];
    who->days = tiny->days[p];
}

static void draw_tiny(struct tiny *tiny, uint32_t seed)
{
    memset(tiny, 0, sizeof *tiny);
    state = seed * 2654435761U + 1;
    for (int p = 0; p < PEOPLE; p++)
        tiny->people[p].crn = p == 0 ? "A" : "B";
    tiny->caseload.people = tiny->people;
    tiny->caseload.person_count = PEOPLE;
    tiny->horizon = (struct am_horizon){.caseload = &tiny->caseload,
                                        .weeks = draw(1, WEEKS),
                                        .kinds = tiny->kinds,
                                        .kind_count = draw(1, KINDS),
                                        .held_min = tiny->held,
                                        .supervised_min = tiny->supervised,
                                        .planned = tiny->planned,
                                        .planned_count = draw(1, PEOPLE),
                                        .backlog_cost = draw(0, 3000),
                                        .left_cost = chance(80) ? draw(0, 20000) : 0};
    draw_places(tiny);
    for (int p = 0; p < tiny->horizon.planned_count; p++)
        draw_person(tiny, p);
}

/* ---- brute force ---- */

static int64_t above(int64_t value)
{
    return value > 0 ? value : 0;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int days_of(uint8_t set)
{
    return (set & 1) + (set >> 1 & 1);
}

/* What one person's weeks cost; -1 where they are not allowed. */
static int64_t naive_cost(const struct tiny *tiny, int p, const int *x)
{
    const struct am_horizon *h = &tiny->horizon;
    const struct am_planned *who = &tiny->planned[p];
    int64_t cost = 0, before = 0, fresh = 0, ete = 0;
    for (int w = 0; w < h->weeks; w++) {
        int64_t week = 0;
        for (int o = 0; o < who->option_count; o++) {
            const struct am_plan_option *option = &who->options[o];
            int minutes = x[w * who->option_count + o];
            if (minutes >
                days_of(who->days[w * who->option_count + o]) * tiny->kinds[option->kind].minutes)
                return -1;
            week += minutes;
            ete += option->ete ? minutes : 0;
            cost += option->cost * minutes;
        }
        fresh += week;
        int64_t all = week + who->fixed_min[w], booked = before + all;
        if (week > who->most_min[w] || (fresh > 0 && booked > who->cap_min[w]))
            return -1;
        for (int t = 0; t < who->target_count; t++)
            if (who->targets[t].week == w)
                cost +=
                    who->targets[t].short_cost * above(who->targets[t].until_min - before -
                                                       smaller(all, who->targets[t].by_day_min));
        if (who->start_cost)
            cost += who->start_cost[w] * above(who->start_min - booked);
        int64_t wanted = (int64_t)who->offer_min * (w + 1 - who->first_week);
        cost += h->backlog_cost * above(smaller(wanted, who->to_book_min) - booked);
        before = booked;
    }
    cost += h->left_cost * above(who->to_book_min - before);
    /* costs may be below 0 for education: told apart from "not allowed" */
    return ete > who->ete_min ? -1 : cost + 1000000;
}

struct choice {
    int64_t cost;
    int seats[KINDS * WEEKS];
};

struct choices {
    struct choice *at;
    size_t count, room;
};

static void note(struct choices *choices, const struct tiny *tiny, int p, const int *x,
                 int64_t cost)
{
    if (choices->count == choices->room) {
        choices->room = choices->room ? 2 * choices->room : 256;
        choices->at = realloc(choices->at, choices->room * sizeof *choices->at);
        assert_non_null(choices->at);
    }
    struct choice *choice = &choices->at[choices->count++];
    *choice = (struct choice){.cost = cost};
    const struct am_planned *who = &tiny->planned[p];
    for (int w = 0; w < tiny->horizon.weeks; w++)
        for (int o = 0; o < who->option_count; o++)
            choice->seats[who->options[o].kind * tiny->horizon.weeks + w] +=
                x[w * who->option_count + o];
}

static void enumerate(struct choices *choices, const struct tiny *tiny, int p, int *x, int at)
{
    const struct am_planned *who = &tiny->planned[p];
    int count = who->option_count * tiny->horizon.weeks;
    if (at == count) {
        int64_t cost = naive_cost(tiny, p, x);
        if (cost >= 0)
            note(choices, tiny, p, x, cost - 1000000);
        return;
    }
    int most =
        days_of(who->days[at]) * tiny->kinds[who->options[at % who->option_count].kind].minutes;
    most = (int)smaller(most, who->most_min[at / who->option_count]);
    for (x[at] = 0; x[at] <= most; x[at]++)
        enumerate(choices, tiny, p, x, at + 1);
}

static bool fits(const struct tiny *tiny, const struct choice *a, const struct choice *b)
{
    const struct am_horizon *h = &tiny->horizon;
    for (int w = 0; w < h->weeks; w++) {
        int led[AM_SUPERVISED_ROWS] = {0};
        for (int k = 0; k < h->kind_count; k++) {
            int at = k * h->weeks + w, seats = tiny->kinds[k].seats;
            int run = (a->seats[at] + (b ? b->seats[at] : 0) + seats - 1) / seats;
            if (run > tiny->held[at])
                return false;
            led[tiny->kinds[k].part] += tiny->kinds[k].supervised ? run : 0;
            led[AM_SUPERVISED_WEEK] += tiny->kinds[k].supervised ? run : 0;
        }
        for (int r = 0; r < AM_SUPERVISED_ROWS; r++)
            if (led[r] > tiny->supervised[w * AM_SUPERVISED_ROWS + r])
                return false;
    }
    return true;
}

static int by_cost(const void *a, const void *b)
{
    int64_t x = ((const struct choice *)a)->cost, y = ((const struct choice *)b)->cost;
    return (x > y) - (x < y);
}

static int64_t brute(const struct tiny *tiny)
{
    struct choices of[PEOPLE] = {{0}};
    int64_t best = INT64_MAX;
    for (int p = 0; p < tiny->horizon.planned_count; p++) {
        int x[WEEKS * KINDS + 1] = {0};
        enumerate(&of[p], tiny, p, x, 0);
        assert_true(of[p].count > 0);
        qsort(of[p].at, of[p].count, sizeof *of[p].at, by_cost);
    }
    for (size_t i = 0; i < of[0].count; i++) {
        if (tiny->horizon.planned_count == 1) {
            if (of[0].at[i].cost < best && fits(tiny, &of[0].at[i], NULL))
                best = of[0].at[i].cost;
            continue;
        }
        for (size_t j = 0; j < of[1].count && of[0].at[i].cost + of[1].at[j].cost < best; j++)
            if (fits(tiny, &of[0].at[i], &of[1].at[j]))
                best = of[0].at[i].cost + of[1].at[j].cost;
    }
    free(of[0].at);
    free(of[1].at);
    return best;
}

/* ---- the theorems ---- */

static void a_plan_costs_what_brute_force_finds(void **unused)
{
    (void)unused;
    struct am_planning planning = am_planning_defaults();
    planning.gap_ppm = 0;
    int tight = 0;
    for (uint32_t seed = 0; seed < SEEDS; seed++) {
        struct tiny tiny;
        struct am_plan plan;
        struct am_err err = {0};
        draw_tiny(&tiny, seed);
        int64_t least = brute(&tiny);
        assert_int_equal(am_plan_solve(&tiny.horizon, &planning, &plan, &err), AM_OK);
        if (am_plan_check(&plan, &err) != AM_OK)
            fail_msg("seed %u: %s", seed, err.msg);
        if (plan.objective != least || plan.bound > least)
            fail_msg("seed %u: best %lld, plan %lld, bound %lld", seed, (long long)least,
                     (long long)plan.objective, (long long)plan.bound);
        tight += plan.bound == least;
        am_plan_release(&plan);
    }
    assert_true(tight > SEEDS / 2); /* most of these have no gap between whole and real minutes */
}

/* One person alone, with room for all they want: no prices, so the dynamic
 * programme is right or it is not. */
static void the_best_weeks_of_one_person_are_exact(void **unused)
{
    (void)unused;
    for (uint32_t seed = 0; seed < SEEDS; seed++) {
        struct tiny tiny;
        struct am_weeks weeks;
        struct am_err err = {0};
        int32_t minutes[WEEKS * KINDS + 1];
        draw_tiny(&tiny, seed);
        tiny.horizon.planned_count = 1;
        tiny.planned[0].ete_min = INT32_MAX;
        for (int i = 0; i < KINDS * WEEKS; i++)
            tiny.held[i] = 100;
        for (int i = 0; i < WEEKS * AM_SUPERVISED_ROWS; i++)
            tiny.supervised[i] = 1000;
        assert_int_equal(am_weeks_init(&weeks, &tiny.horizon, &err), AM_OK);
        const struct am_weeks_prices free_of_charge = {.seat = NULL};
        int64_t found = am_weeks_best(&weeks, 0, &free_of_charge, minutes);
        int64_t least = brute(&tiny);
        if (found != least * AM_PLAN_ONE ||
            am_planned_cost(&tiny.horizon, 0, minutes).total != least)
            fail_msg("seed %u: best %lld, found %lld", seed, (long long)least,
                     (long long)(found / AM_PLAN_ONE));
        am_weeks_release(&weeks);
    }
}

/* The relaxation given whole to the engine lies between bound and plan. */
static void the_bound_is_not_above_the_relaxation(void **unused)
{
    (void)unused;
    struct am_planning planning = am_planning_defaults();
    for (uint32_t seed = 0; seed < SEEDS / 10; seed++) {
        struct tiny tiny;
        struct am_plan plan;
        struct am_plan_whole whole;
        struct am_err err = {0};
        enum am_lp_answer answer;
        draw_tiny(&tiny, seed);
        assert_int_equal(am_plan_solve(&tiny.horizon, &planning, &plan, &err), AM_OK);
        assert_int_equal(am_plan_whole_build(&whole, &tiny.horizon, false, &err), AM_OK);
        assert_int_equal(am_lp_solve(whole.lp, (struct am_lp_limits){0}, &answer, &err), AM_OK);
        assert_int_equal(answer, AM_LP_OPTIMAL);
        double relaxed = am_lp_value(whole.lp) * 1000;
        /* the bound is rounded up to whole thousandths of a point */
        if ((double)plan.bound > relaxed + 1 || (double)plan.objective < relaxed - 1)
            fail_msg("seed %u: bound %lld, relaxed %f, plan %lld", seed, (long long)plan.bound,
                     relaxed, (long long)plan.objective);
        am_plan_whole_release(&whole);
        am_plan_release(&plan);
    }
}

static void threads_do_not_change_the_plan(void **unused)
{
    (void)unused;
    for (uint32_t seed = 0; seed < 50; seed++) {
        struct tiny tiny;
        struct am_plan one, more;
        struct am_err err = {0};
        struct am_planning planning = am_planning_defaults();
        draw_tiny(&tiny, seed);
        planning.threads = 1;
        assert_int_equal(am_plan_solve(&tiny.horizon, &planning, &one, &err), AM_OK);
        planning.threads = 3;
        assert_int_equal(am_plan_solve(&tiny.horizon, &planning, &more, &err), AM_OK);
        assert_int_equal(one.cell_count, more.cell_count);
        if (one.cell_count > 0)
            assert_memory_equal(one.cells, more.cells, (size_t)one.cell_count * sizeof *one.cells);
        assert_int_equal(one.bound, more.bound);
        am_plan_release(&one);
        am_plan_release(&more);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_weeks_of_one_person_are_exact),
        cmocka_unit_test(a_plan_costs_what_brute_force_finds),
        cmocka_unit_test(the_bound_is_not_above_the_relaxation),
        cmocka_unit_test(threads_do_not_change_the_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
