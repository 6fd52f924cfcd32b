/*
 * The audit of a completion plan: plans that are found pass it, whatever the
 * caseload; a good one changed in one way breaks that rule and no other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/audit_plan.h"
#include "solver/planning.h"
#include "tests/support/few.h"

enum { WEEKDAYS = 7, HOURS_9 = 540, CELLS_MAX = 4096 };

struct trial {
    struct few few;
    struct am_horizon horizon;
    struct am_plan plan;
};

static void derive(struct trial *trial)
{
    const struct am_horizon_wishes wishes = {.arrivals_per_week = -1};
    few_derive(&trial->few);
    assert_int_equal(am_horizon_build(&trial->few.caseload, &trial->few.orders, &trial->few.clocks,
                                      &wishes, &trial->few.arena, &trial->horizon, NULL),
                     AM_OK);
}

static void solve(struct trial *trial)
{
    struct am_planning planning = am_planning_defaults();
    planning.threads = 1;
    assert_int_equal(am_plan_solve(&trial->horizon, &planning, &trial->plan, NULL), AM_OK);
}

static void release(struct trial *trial)
{
    am_plan_release(&trial->plan);
    few_release(&trial->few);
}

/* Bits of the rules that the audit finds broken. */
static unsigned broken(struct trial *trial)
{
    struct am_plan_audit audit;
    unsigned set = 0;
    assert_int_equal(am_audit_plan(&trial->few.caseload, &trial->plan, -1, &audit, NULL), AM_OK);
    for (int i = 0; i < audit.breach_count; i++) {
        set |= 1U << audit.breaches[i].rule;
        assert_true(strlen(audit.breaches[i].detail) > 0);
        assert_true(i == 0 || audit.breaches[i - 1].rule <= audit.breaches[i].rule);
    }
    assert_int_equal(am_plan_audit_passes(&audit), set == 0);
    if (set == 0)
        assert_true(audit.objective == trial->plan.objective);
    am_plan_audit_release(&audit);
    return set;
}

/* ---- what is found passes ---- */

static void add_arrivals(struct trial *trial, uint32_t seed)
{
    static struct am_arrivals listed[2];
    struct am_caseload *caseload = &trial->few.caseload;
    if (seed % 3 != 0)
        return;
    listed[0] = (struct am_arrivals){caseload->from - 3, 600, 2, -1};
    listed[1] = (struct am_arrivals){caseload->from + 10, seed % 2 ? 900 : 0, 2, seed % 5 ? 1 : -1};
    caseload->arrivals = listed;
    caseload->arrivals_count = 2;
    caseload->arrivals_per_week = (int32_t)(seed % 4);
}

static void plans_of_random_caseloads_pass(void **state)
{
    (void)state;
    int cells = 0;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        struct trial trial;
        few_random(&trial.few, seed);
        add_arrivals(&trial, seed);
        derive(&trial);
        solve(&trial);
        assert_int_equal(broken(&trial), 0);
        cells += trial.plan.cell_count;
        release(&trial);
    }
    assert_true(cells > 1000);
}

/* ---- a good plan, changed ---- */

enum { TEAM, WORKSHOP, COURSE }; /* projects, and their kinds of place */
enum { FIRST, SECOND, LATER, PEOPLE };

/* Three people and eight weeks: a supervised group on Monday and Wednesday (420
 * minutes, 2 places), a workshop on Saturday (300 minutes, 3 places), a course
 * on Friday (240 minutes, education). One supervisor with 600 minutes a week.
 * LATER has a second order, sentenced in the third week. */
static void make_unit(struct few *few)
{
    few_init(few);
    struct am_caseload *c = &few->caseload;
    for (int p = 0; p < PEOPLE; p++) {
        (void)few_worker(few, 2400);
        c->people[p].attendance_percent = 100;
        c->people[p].wants_ete = p == FIRST;
    }
    (void)few_order(few, LATER, 600);
    c->orders[PEOPLE].sentence_date = FEW_FROM + 2 * WEEKDAYS;
    c->orders[LATER].ordered_min = 900;
    (void)few_project(few, AM_GROUP);
    (void)few_project(few, AM_INDIVIDUAL);
    (void)few_project(few, AM_ETE);
    for (int w = 0; w < 8; w++) {
        int monday = few_session(few, TEAM, WEEKDAYS * w, HOURS_9, 420);
        int wednesday = few_session(few, TEAM, WEEKDAYS * w + 2, HOURS_9, 420);
        c->sessions[monday].places = c->sessions[wednesday].places = 2;
        c->sessions[monday].supervised = c->sessions[wednesday].supervised = true;
        (void)few_session(few, COURSE, WEEKDAYS * w + 4, HOURS_9, 240);
        int saturday = few_session(few, WORKSHOP, WEEKDAYS * w + 5, HOURS_9, 300);
        c->sessions[saturday].places = 3;
    }
    int m = few_supervisor(few);
    c->supervisors[m].weekly_max_min = 600;
}

static int kind_of(const struct trial *trial, int project)
{
    for (int k = 0; k < trial->horizon.kind_count; k++)
        if (trial->horizon.kinds[k].project == project)
            return k;
    fail();
    return -1;
}

struct wish {
    int person, week, project, minutes;
};

/* A plan of these cells, with a bound that holds of any. */
static void plan_of(struct trial *trial, const struct wish *wishes, int count)
{
    struct am_plan_cell cells[16];
    for (int i = 0; i < count; i++)
        cells[i] =
            (struct am_plan_cell){trial->horizon.planned_of[wishes[i].person], wishes[i].week,
                                  kind_of(trial, wishes[i].project), wishes[i].minutes};
    assert_int_equal(am_plan_make(&trial->plan, &trial->horizon, cells, count, NULL), AM_OK);
}

static void start(struct trial *trial)
{
    static const struct wish good[] = {
        {FIRST, 0, TEAM, 420},  {FIRST, 0, COURSE, 240}, {FIRST, 1, WORKSHOP, 300},
        {SECOND, 0, TEAM, 420}, {SECOND, 2, TEAM, 840},  {LATER, 0, WORKSHOP, 300},
        {LATER, 1, TEAM, 420},
    };
    make_unit(&trial->few);
    derive(trial);
    plan_of(trial, good, (int)(sizeof good / sizeof good[0]));
    assert_int_equal(broken(trial), 0);
}

/* A plan of these cells breaks these rules (bits) and no others. */
static void expect_set(const struct wish *wishes, int count, unsigned rules)
{
    struct trial trial;
    start(&trial);
    am_plan_release(&trial.plan);
    plan_of(&trial, wishes, count);
    assert_int_equal(broken(&trial), rules);
    release(&trial);
}

static void expect(const struct wish *wishes, int count, enum am_plan_rule rule)
{
    expect_set(wishes, count, 1U << rule);
}

static void expect_good(const struct wish *wishes, int count)
{
    expect_set(wishes, count, 0);
}

static void more_than_the_days_hold(void **state)
{
    (void)state;
    static const struct wish good[] = {{FIRST, 0, WORKSHOP, 300}};
    static const struct wish bad[] = {{FIRST, 0, WORKSHOP, 301}};
    expect_good(good, 1);
    expect(bad, 1, AM_PLAN_DAYS);
}

static void a_week_in_which_there_is_no_session(void **state)
{
    (void)state;
    static const struct wish bad[] = {{FIRST, 8, WORKSHOP, 1}};
    /* then there is no place and no minute of the week either */
    expect_set(bad, 1, 1U << AM_PLAN_DAYS | 1U << AM_PLAN_WEEK | 1U << AM_PLAN_PLACES);
}

static void more_than_the_week_holds(void **state)
{
    (void)state;
    static const struct wish bad[] = {{SECOND, 0, TEAM, 661}, {SECOND, 0, WORKSHOP, 300}};
    expect(bad, 2, AM_PLAN_WEEK);
}

static void more_than_there_is_to_book(void **state)
{
    (void)state;
    static const struct wish bad[] = {
        {SECOND, 0, TEAM, 840}, {SECOND, 1, TEAM, 840}, {SECOND, 2, TEAM, 721}};
    static const struct wish good[] = {
        {SECOND, 0, TEAM, 840}, {SECOND, 1, TEAM, 840}, {SECOND, 2, TEAM, 720}};
    expect_good(good, 3);
    expect(bad, 3, AM_PLAN_TO_BOOK);
}

static void work_for_an_order_before_its_sentence(void **state)
{
    (void)state;
    static const struct wish bad[] = {{LATER, 0, TEAM, 840}, {LATER, 1, TEAM, 61}};
    static const struct wish good[] = {
        {LATER, 0, TEAM, 840}, {LATER, 1, TEAM, 60}, {LATER, 2, TEAM, 600}};
    expect_good(good, 3);
    expect(bad, 2, AM_PLAN_TO_BOOK);
}

static void more_education_than_is_left(void **state)
{
    (void)state;
    static const struct wish bad[] = {
        {FIRST, 0, COURSE, 240}, {FIRST, 1, COURSE, 240}, {FIRST, 2, COURSE, 1}};
    expect(bad, 3, AM_PLAN_ETE);
}

/* A horizon does not even know what education would cost those who do not want it. */
static void education_that_is_not_wanted(void **state)
{
    (void)state;
    static const struct wish bad[] = {{SECOND, 0, COURSE, 1}};
    struct trial trial;
    start(&trial);
    am_plan_release(&trial.plan);
    plan_of(&trial, bad, 1);
    assert_int_equal(broken(&trial), 1U << AM_PLAN_ETE | 1U << AM_PLAN_OBJECTIVE);
    release(&trial);
}

static void more_than_is_held(void **state)
{
    (void)state;
    struct trial trial;
    static const struct wish full[] = {
        {FIRST, 0, WORKSHOP, 300}, {SECOND, 0, WORKSHOP, 300}, {LATER, 0, WORKSHOP, 300}};
    start(&trial);
    am_plan_release(&trial.plan);
    plan_of(&trial, full, 3);
    assert_int_equal(broken(&trial), 0);
    /* the same plan, with a place less in the caseload than it was made for */
    for (int s = 0; s < trial.few.caseload.session_count; s++)
        if (trial.few.caseload.sessions[s].project == WORKSHOP)
            trial.few.caseload.sessions[s].places = 2;
    trial.horizon.kinds[kind_of(&trial, WORKSHOP)].seats = 2;
    am_plan_release(&trial.plan);
    plan_of(&trial, full, 3);
    assert_int_equal(broken(&trial), 1U << AM_PLAN_PLACES);
    release(&trial);
}

static void more_than_supervisors_can_lead(void **state)
{
    (void)state;
    static const struct wish bad[] = {{FIRST, 0, TEAM, 600}, {SECOND, 0, TEAM, 601}};
    static const struct wish good[] = {{FIRST, 0, TEAM, 600}, {SECOND, 0, TEAM, 600}};
    expect_good(good, 2);
    expect(bad, 2, AM_PLAN_SUPERVISORS);
}

/* ---- what it says of itself ---- */

static void expect_claim(struct trial *trial, enum am_plan_rule rule)
{
    assert_int_equal(broken(trial), 1U << rule);
    release(trial);
}

static void cells_out_of_order_or_out_of_range(void **state)
{
    (void)state;
    for (int change = 0; change < 6; change++) {
        struct trial trial;
        start(&trial);
        struct am_plan_cell *cells = trial.plan.cells, held = cells[0];
        if (change == 0) {
            cells[0] = cells[1];
            cells[1] = held;
        } else if (change == 1)
            cells[1] = cells[0];
        else if (change == 2)
            cells[0].minutes = 0;
        else if (change == 3)
            cells[2].week = trial.horizon.weeks;
        else if (change == 4)
            cells[trial.plan.cell_count - 1].kind = trial.horizon.kind_count;
        else
            trial.plan.first[1]--;
        expect_claim(&trial, AM_PLAN_CELLS);
    }
}

static void weeks_and_kinds_that_are_not_the_caseloads(void **state)
{
    (void)state;
    for (int change = 0; change < 4; change++) {
        struct trial trial;
        start(&trial);
        /* of the course nothing is planned after the first week: nothing else breaks */
        struct am_place_kind *kind = &trial.horizon.kinds[kind_of(&trial, WORKSHOP)];
        am_plan_release(&trial.plan);
        plan_of(&trial, NULL, 0);
        if (change == 0)
            trial.horizon.weeks--;
        else if (change == 1)
            kind->seats++;
        else if (change == 2)
            *kind = trial.horizon.kinds[kind_of(&trial, TEAM)];
        else
            trial.horizon.kind_count--;
        expect_claim(&trial, AM_PLAN_KINDS);
    }
}

static void people_that_are_not_the_caseloads(void **state)
{
    (void)state;
    for (int change = 0; change < 3; change++) {
        struct trial trial;
        start(&trial);
        am_plan_release(&trial.plan);
        plan_of(&trial, NULL, 0);
        if (change == 0)
            trial.horizon.planned[1].person = FIRST;
        else if (change == 1)
            trial.horizon.planned[1].arrival = 0;
        else
            trial.horizon.planned[1].person = 1000;
        expect_claim(&trial, AM_PLAN_PEOPLE);
    }
}

static void uses_and_prices_that_are_wrong(void **state)
{
    (void)state;
    for (int change = 0; change < 4; change++) {
        struct trial trial;
        start(&trial);
        struct am_plan_use *use = &trial.plan.uses[kind_of(&trial, TEAM) * trial.horizon.weeks + 2];
        if (change == 0)
            use->run_min++;
        else if (change == 1)
            use->seat_min--;
        else if (change == 2)
            use->price = -1;
        else
            trial.plan.supervisor_price[5] = -1;
        expect_claim(&trial, AM_PLAN_USES);
    }
}

static void a_cost_or_a_bound_that_is_wrong(void **state)
{
    (void)state;
    struct trial trial;
    start(&trial);
    trial.plan.objective++;
    expect_claim(&trial, AM_PLAN_OBJECTIVE);
    start(&trial);
    trial.plan.objective--;
    expect_claim(&trial, AM_PLAN_OBJECTIVE);
    start(&trial);
    trial.plan.bound = trial.plan.objective;
    assert_int_equal(broken(&trial), 0);
    trial.plan.bound++;
    expect_claim(&trial, AM_PLAN_BOUND);
}

/* R3 and R11: FIRST, who may do what the good plan books, cannot get to the
 * team's place, or is not placed in groups. */
static void places_that_one_may_not_go_to(void **state)
{
    (void)state;
    static const struct wish bad[] = {{FIRST, 0, TEAM, 420}};
    for (int why = 0; why < 2; why++) {
        struct trial trial;
        make_unit(&trial.few);
        struct am_caseload *c = &trial.few.caseload;
        if (why == 0)
            c->people[FIRST].placement = AM_INDIVIDUAL_PLACEMENT;
        int away = few_place(&trial.few, 54500000, -2200000);
        for (int s = 0; why == 1 && s < c->session_count; s++)
            if (c->sessions[s].project == TEAM)
                c->sessions[s].place = away;
        derive(&trial);
        plan_of(&trial, bad, 1);
        /* (a journey that cannot be made has no cost to agree on) */
        assert_int_equal(broken(&trial) & ~(1U << AM_PLAN_OBJECTIVE), 1U << AM_PLAN_DAYS);
        release(&trial);
    }
}

/* S1: a first appointment is an offer, or all that there is to book, where that is less. */
static void without_a_weekly_offer_there_is_no_late_start(void **state)
{
    (void)state;
    static const struct wish late[] = {{FIRST, 5, WORKSHOP, 300}};
    int64_t cost[3];
    for (int way = 0; way < 3; way++) {
        struct trial trial;
        make_unit(&trial.few);
        struct am_policy *policy = &trial.few.caseload.policy;
        policy->offer_minutes = way < 2 ? 0 : policy->offer_minutes;
        policy->weights.start_late_day *= way == 0 ? 2 : 1;
        derive(&trial);
        plan_of(&trial, late, 1);
        assert_int_equal(broken(&trial), 0);
        cost[way] = trial.plan.objective;
        release(&trial);
    }
    assert_true(cost[0] == cost[1]);
    assert_true(cost[2] > cost[1]);
}

/* What the horizon says of a person or a place is not believed. */
static void a_horizon_that_allows_more_is_not_believed(void **state)
{
    (void)state;
    static const struct wish bad[] = {{FIRST, 0, WORKSHOP, 301}};
    struct trial trial;
    make_unit(&trial.few);
    derive(&trial);
    int32_t most[64];
    for (int w = 0; w < trial.horizon.weeks; w++)
        most[w] = 10000;
    trial.horizon.planned[0].most_min = most;
    trial.horizon.planned[0].to_book_min = 5000;
    trial.horizon.planned[0].start_cost = NULL;
    plan_of(&trial, bad, 1);
    unsigned set = broken(&trial);
    assert_true(set & 1U << AM_PLAN_DAYS);
    assert_true(set & 1U << AM_PLAN_OBJECTIVE);
    release(&trial);
}

/* ---- memory ---- */

static void every_word_of_a_rule_is_its_own(void **state)
{
    (void)state;
    for (int a = 0; a < AM_PLAN_RULE_COUNT; a++)
        for (int b = 0; b < a; b++)
            assert_string_not_equal(am_plan_rule_word((enum am_plan_rule)a),
                                    am_plan_rule_word((enum am_plan_rule)b));
    assert_string_equal(am_plan_rule_word(AM_PLAN_BOUND), "bound");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_of_random_caseloads_pass),
        cmocka_unit_test(more_than_the_days_hold),
        cmocka_unit_test(a_week_in_which_there_is_no_session),
        cmocka_unit_test(more_than_the_week_holds),
        cmocka_unit_test(more_than_there_is_to_book),
        cmocka_unit_test(work_for_an_order_before_its_sentence),
        cmocka_unit_test(more_education_than_is_left),
        cmocka_unit_test(education_that_is_not_wanted),
        cmocka_unit_test(more_than_is_held),
        cmocka_unit_test(more_than_supervisors_can_lead),
        cmocka_unit_test(cells_out_of_order_or_out_of_range),
        cmocka_unit_test(weeks_and_kinds_that_are_not_the_caseloads),
        cmocka_unit_test(people_that_are_not_the_caseloads),
        cmocka_unit_test(uses_and_prices_that_are_wrong),
        cmocka_unit_test(a_cost_or_a_bound_that_is_wrong),
        cmocka_unit_test(a_horizon_that_allows_more_is_not_believed),
        cmocka_unit_test(places_that_one_may_not_go_to),
        cmocka_unit_test(without_a_weekly_offer_there_is_no_late_start),
        cmocka_unit_test(every_word_of_a_rule_is_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
