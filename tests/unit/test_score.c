/* What a roster costs: each wish by hand, then against the audit's reckoning. */
#include "model/score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "model/audit.h"
#include "tests/support/few.h"

static struct few few;
static struct am_caseload *c;
static struct am_roster roster;
static struct am_score score;

enum { WORK, LEARNING }; /* projects; sessions of seven hours on Tuesday and Wednesday */
enum { TUESDAY, WEDNESDAY, THURSDAY };

/* Two workers, one group project on Tuesday and Thursday, education on
 * Wednesday; nothing that would cost points but what a test adds. */
static int make(void **state)
{
    (void)state;
    few_init(&few);
    c = &few.caseload;
    (void)few_project(&few, AM_GROUP);
    (void)few_project(&few, AM_ETE);
    (void)few_session(&few, WORK, 1, 540, 420);
    (void)few_session(&few, LEARNING, 2, 540, 420);
    (void)few_session(&few, WORK, 3, 540, 420);
    (void)few_worker(&few, 6000);
    (void)few_worker(&few, 6000);
    c->policy.near_empty_heads = 0;
    return 0;
}

static int release(void **state)
{
    (void)state;
    am_roster_release(&roster);
    few_release(&few);
    return 0;
}

/* Start again from what is fixed. */
static void begin(void)
{
    struct am_err err;
    few_derive(&few);
    am_roster_release(&roster);
    assert_int_equal(am_roster_init(&roster, c, &err), AM_OK);
    assert_int_equal(am_roster_fixed_only(c, &few.orders, &roster, &err), AM_OK);
}

static struct am_roster_appointment *book(int person, int session, int minutes)
{
    struct am_err err;
    const struct am_roster_appointment a = {.person = person,
                                            .order = c->people[person].first_order,
                                            .session = session,
                                            .start = c->sessions[session].start,
                                            .minutes = (int16_t)minutes};
    assert_int_equal(am_roster_add(&roster, a, &err), AM_OK);
    roster.sessions[session].runs = true;
    return &roster.appointments[roster.appointment_count - 1];
}

static void reckon(void)
{
    struct am_err err;
    am_roster_sort(&roster);
    assert_int_equal(am_score_roster(c, &few.orders, &few.clocks, &roster, &score, &err), AM_OK);
}

static void assert_wish(enum am_wish wish, int64_t units, int64_t points)
{
    reckon();
    assert_int_equal(score.wish_units[wish], units);
    assert_int_equal(score.wish_points[wish], points);
}

static void an_empty_roster_costs_only_what_people_miss(void **state)
{
    (void)state;
    begin();
    reckon();
    int64_t sum = 0;
    for (int w = 0; w < AM_WISH_COUNT; w++) {
        assert_int_equal(score.wish_units[w] != 0, w == AM_S1 || w == AM_S3);
        sum += score.wish_points[w];
    }
    assert_int_equal(score.total, sum);
}

static void a_late_start_costs_by_the_day(void **state)
{
    (void)state;
    c->orders[0].worked_min = 60; /* started */
    c->policy.start_business_days = 1;
    c->orders[1].sentence_date = FEW_FROM - 1; /* due on Monday */
    begin();
    assert_wish(AM_S1, 7, 7000); /* to the day after the window */
    (void)book(1, THURSDAY, 420);
    assert_wish(AM_S1, 3, 3000);
    (void)book(1, TUESDAY, 420);
    assert_wish(AM_S1, 1, 1000);
    c->orders[1].sentence_date = FEW_FROM;
    begin();
    (void)book(1, TUESDAY, 420);
    assert_wish(AM_S1, 0, 0);
    c->policy.start_business_days = AM_NO_LIMIT;
    begin();
    assert_wish(AM_S1, 0, 0);
}

static void another_orders_fixed_appointment_is_no_start(void **state)
{
    (void)state;
    c->orders[0].worked_min = 60;
    c->policy.start_business_days = 1;
    (void)few_order(&few, 1, 600);
    c->orders[1].sentence_date = FEW_FROM - 1;
    c->orders[1].own_deadline = FEW_FROM + 100;
    int a = few_appointment(&few, 1, TUESDAY, AM_BOOKED);
    c->appointments[a].pinned = true;
    begin();
    assert_wish(AM_S1, 1, 1000);
    c->appointments[a].order = 2;
    begin();
    assert_wish(AM_S1, 7, 7000);
}

static void minutes_that_must_be_worked_count_up_to_their_day(void **state)
{
    (void)state;
    c->orders[1].status = AM_ORDER_SUSPENDED;
    c->orders[0].ordered_min = 420;
    c->orders[0].own_deadline = FEW_FROM + 2;
    begin();
    assert_wish(AM_S2, 420, 25200);
    (void)book(0, THURSDAY, 420);
    assert_wish(AM_S2, 420, 25200);
    (void)book(0, TUESDAY, 400);
    assert_wish(AM_S2, 20, 1200);
    (void)book(0, WEDNESDAY, 400);
    assert_wish(AM_S2, 0, 0);
}

static void the_weekly_offer_is_met_within_its_tolerance(void **state)
{
    (void)state;
    c->orders[1].status = AM_ORDER_SUSPENDED;
    begin();
    assert_wish(AM_S3, 360, 7200);
    (void)book(0, WEDNESDAY, 420); /* education does not meet it */
    assert_wish(AM_S3, 360, 7200);
    (void)book(0, TUESDAY, 350);
    assert_wish(AM_S3, 10, 200);
    begin();
    (void)book(0, TUESDAY, 360);
    assert_wish(AM_S3, 0, 0);
}

static void an_order_with_little_left_is_met_by_finishing_it(void **state)
{
    (void)state;
    c->orders[1].status = AM_ORDER_SUSPENDED;
    c->orders[0].ordered_min = 200;
    begin();
    assert_wish(AM_S3, 200, 4000);
    (void)book(0, TUESDAY, 150);
    assert_wish(AM_S3, 50, 1000);
    begin();
    (void)book(0, TUESDAY, 200);
    assert_wish(AM_S3, 0, 0);
}

static void what_was_offered_and_missed_meets_the_offer(void **state)
{
    (void)state;
    c->orders[1].status = AM_ORDER_SUSPENDED;
    c->as_of = FEW_FROM + 2;
    int a = few_appointment(&few, 0, TUESDAY, AM_MISSED);
    begin();
    assert_wish(AM_S3, 0, 0);
    c->appointments[a].state = AM_STOOD_DOWN;
    begin();
    assert_wish(AM_S3, 360, 7200);
    c->appointments[a].state = AM_ATTENDED;
    c->appointments[a].credited_min = 300;
    begin();
    assert_wish(AM_S3, 60, 1200);
}

static void the_intensive_target_costs_less_than_the_offer(void **state)
{
    (void)state;
    c->orders[1].status = AM_ORDER_SUSPENDED;
    c->people[0].intensive_target_min = 1000; /* not agreed */
    begin();
    assert_wish(AM_S3, 360, 7200);
    c->people[0].intensive_agreed = true;
    begin();
    assert_wish(AM_S3, 360 + 640, 7200 + 5120);
    (void)book(0, TUESDAY, 420);
    assert_wish(AM_S3, 580, 4640);
    c->orders[0].ordered_min = 800; /* 380 more within reach */
    begin();
    (void)book(0, TUESDAY, 420);
    assert_wish(AM_S3, 380, 3040);
    c->people[0].intensive_target_min = 360; /* no more than the offer */
    begin();
    (void)book(0, TUESDAY, 300);
    assert_wish(AM_S3, 60, 1200);
}

static void offers_are_made_week_by_week(void **state)
{
    (void)state;
    few_release(&few);
    few_init(&few);
    c->weeks = 2;
    c->policy.near_empty_heads = 0;
    (void)few_project(&few, AM_GROUP);
    (void)few_session(&few, WORK, 1, 540, 420);
    (void)few_session(&few, WORK, 8, 540, 420);
    (void)few_worker(&few, 600);
    begin();
    assert_wish(AM_S3, 720, 14400);
    (void)book(0, 0, 420);
    assert_wish(AM_S3, 180, 3600); /* 180 are left for the second week */
    (void)book(0, 1, 180);
    assert_wish(AM_S3, 0, 0);
}

static void falling_behind_the_pace_costs_by_the_minute(void **state)
{
    (void)state;
    c->orders[1].status = AM_ORDER_SUSPENDED;
    for (int week = 1; week < 30; week++)
        (void)few_session(&few, WORK, 7 * week + 1, 540, 420);
    c->people[0].attendance_percent = 100;
    c->orders[0].own_deadline = FEW_FROM + 7 * 20 - 1;
    begin();
    assert_wish(AM_S4, 300, 1200);
    (void)book(0, WEDNESDAY, 100);
    assert_wish(AM_S4, 200, 800);
    (void)book(0, TUESDAY, 420);
    assert_wish(AM_S4, 0, 0);
}

static void education_earns_points(void **state)
{
    (void)state;
    begin();
    (void)book(0, WEDNESDAY, 400);
    (void)book(0, TUESDAY, 420);
    assert_wish(AM_S5, 400, -1200);
}

static void travel_costs_there_and_back_where_it_is_known(void **state)
{
    (void)state;
    begin();
    struct am_roster_appointment *a = book(0, TUESDAY, 420);
    a->there = 30;
    a->back = 41;
    assert_wish(AM_S6, 71, 355);
    roster.appointments[0].there = roster.appointments[0].back = -1;
    assert_wish(AM_S6, 0, 0);
}

static void what_is_recorded_costs_nothing_more(void **state)
{
    (void)state;
    c->as_of = FEW_FROM + 3;
    (void)few_appointment(&few, 0, WEDNESDAY, AM_ATTENDED);
    (void)few_appointment(&few, 1, TUESDAY, AM_ATTENDED);
    c->projects[WORK].quality = 0;
    c->people[1].home = few_place(&few, 53500000, -2210000);
    begin();
    assert_true(roster.appointments[0].there > 0);
    assert_wish(AM_S5, 0, 0);
    assert_wish(AM_S6, 0, 0);
    assert_wish(AM_S9, 0, 0);
    assert_wish(AM_S10, 0, 0);
}

/* ---- S7 ---- */

static bool breaks(int session)
{
    few_derive_orders(&few);
    return am_breaks_continuity(c, &few.orders, 0, session);
}

static void an_allocation_is_to_a_project_and_a_weekday(void **state)
{
    (void)state;
    assert_false(breaks(TUESDAY));
    struct am_allocation *allocation = few_allocation(&few, 0, WORK, 1U << AM_TU);
    assert_false(breaks(TUESDAY));
    assert_true(breaks(WEDNESDAY));
    assert_true(breaks(THURSDAY));
    (void)few_allocation(&few, 0, WORK, 1U << AM_TH); /* either will do */
    assert_false(breaks(THURSDAY));
    allocation->project = LEARNING;
    assert_true(breaks(TUESDAY));
}

static void an_allocation_is_in_force_in_the_weeks_that_it_touches(void **state)
{
    (void)state;
    struct am_allocation *allocation = few_allocation(&few, 0, LEARNING, 1U << AM_MO);
    allocation->from = FEW_FROM + 6;
    assert_true(breaks(TUESDAY));
    allocation->from = FEW_FROM + 7;
    assert_false(breaks(TUESDAY));
    allocation->from = FEW_FROM - 70;
    allocation->to = FEW_FROM;
    assert_true(breaks(TUESDAY));
    allocation->to = FEW_FROM - 1;
    assert_false(breaks(TUESDAY));
}

static void a_fortnight_is_counted_in_blocks_from_its_first_day(void **state)
{
    (void)state;
    struct am_allocation *allocation = few_allocation(&few, 0, WORK, 1U << AM_TU);
    allocation->frequency = AM_FORTNIGHTLY;
    allocation->from = FEW_FROM + 1 - 14;
    assert_false(breaks(TUESDAY));
    allocation->from = FEW_FROM + 1 - 13; /* 13 days later: still the second block */
    assert_true(breaks(TUESDAY));
    allocation->from = FEW_FROM + 1 - 6;
    assert_false(breaks(TUESDAY));
    allocation->from = FEW_FROM + 2; /* the block before the first */
    assert_true(breaks(TUESDAY));
}

static void an_allocation_for_once_counts_until_its_day_has_passed(void **state)
{
    (void)state;
    struct am_allocation *allocation = few_allocation(&few, 0, WORK, 0x7f & ~(1U << AM_MO));
    allocation->frequency = AM_ONCE;
    allocation->from = FEW_FROM; /* a Monday, which is not one of its days: Tuesday */
    assert_false(breaks(TUESDAY));
    assert_false(breaks(WEDNESDAY)); /* passed */
    allocation->from = FEW_FROM + 2;
    assert_true(breaks(TUESDAY)); /* not yet, and not its day */
    assert_true(breaks(WEDNESDAY));
    assert_false(breaks(THURSDAY));
    allocation->days = 0;
    assert_false(breaks(TUESDAY));
}

static void without_an_allocation_last_week_sets_the_custom(void **state)
{
    (void)state;
    int a = few_earlier(&few, 0, WORK, -6, "T", AM_ATTENDED);
    assert_false(breaks(TUESDAY));
    assert_true(breaks(THURSDAY));
    assert_true(breaks(WEDNESDAY));
    (void)few_earlier(&few, 0, LEARNING, -5, "T", AM_MISSED);
    assert_false(breaks(WEDNESDAY));
    c->appointment_count = 1;
    c->appointments[a].state = AM_STOOD_DOWN;
    assert_false(breaks(THURSDAY));
    c->appointments[a].state = AM_ATTENDED;
    c->appointments[a].date = FEW_FROM - 13;
    assert_false(breaks(THURSDAY));
    c->appointments[a].date = FEW_FROM - 6;
    (void)few_allocation(&few, 0, WORK, 1U << AM_TH); /* goes before custom */
    assert_true(breaks(TUESDAY));
    assert_false(breaks(THURSDAY));
}

static void breaks_of_continuity_are_counted(void **state)
{
    (void)state;
    (void)few_allocation(&few, 0, WORK, 1U << AM_TU);
    int m = few_supervisor(&few), other = few_supervisor(&few);
    int a = few_earlier(&few, 0, WORK, -6, "S0", AM_ATTENDED);
    c->appointments[a].supervisor = m;
    begin();
    (void)book(0, THURSDAY, 420);
    assert_wish(AM_S7, 1, 250);
    (void)book(1, TUESDAY, 420);
    roster.sessions[TUESDAY].supervisor = m;
    assert_wish(AM_S7, 1, 250);
    roster.sessions[TUESDAY].supervisor = other;
    assert_wish(AM_S7, 2, 350);
    roster.sessions[TUESDAY].supervisor = -1;
    assert_wish(AM_S7, 1, 250);
}

/* ---- S8 ---- */

static void keeping_what_was_published_costs_nothing(void **state)
{
    (void)state;
    few_published(&few, 0, TUESDAY);
    few_published(&few, 0, WEDNESDAY);
    begin();
    assert_wish(AM_S8, 1 + 2, 2000 + 1000);
    (void)book(0, WEDNESDAY, 420);
    assert_wish(AM_S8, 2, 2500);
    (void)book(0, TUESDAY, 300);
    assert_wish(AM_S8, 0, 0);
    (void)book(1, TUESDAY, 300); /* somebody who was not published */
    assert_wish(AM_S8, 0, 0);
    (void)book(0, THURSDAY, 300);
    assert_wish(AM_S8, 2, 2500);
}

static void nothing_published_is_nothing_changed(void **state)
{
    (void)state;
    begin();
    (void)book(0, TUESDAY, 420);
    assert_wish(AM_S8, 0, 0);
}

static void a_published_supervisor_who_is_replaced_is_a_change(void **state)
{
    (void)state;
    int m = few_supervisor(&few), other = few_supervisor(&few);
    few_published_session(&few, TUESDAY, m);
    begin();
    assert_wish(AM_S8, 1, 500);
    (void)book(0, TUESDAY, 420);
    assert_wish(AM_S8, 1, 500);
    roster.sessions[TUESDAY].supervisor = other;
    assert_wish(AM_S8, 1, 500);
    roster.sessions[TUESDAY].supervisor = m;
    assert_wish(AM_S8, 0, 0);
}

static void closed_and_past_sessions_are_no_change(void **state)
{
    (void)state;
    few_published(&few, 0, TUESDAY);
    few_published(&few, 1, WEDNESDAY);
    c->as_of = FEW_FROM + 2;
    c->sessions[WEDNESDAY].closed = AM_CANCELLED;
    begin();
    assert_wish(AM_S8, 0, 0);
}

/* ---- S9 to S11, R11, R15 ---- */

static void poor_placements_missed_preferences_and_empty_sessions_cost(void **state)
{
    (void)state;
    c->projects[WORK].quality = 2;
    begin();
    (void)book(0, TUESDAY, 420);
    (void)book(1, TUESDAY, 420);
    assert_wish(AM_S9, 6, 240);
    c->people[0].prefers = few_indices(&few, LEARNING);
    assert_wish(AM_S9, 7, 390);
    (void)book(0, WEDNESDAY, 420);
    assert_wish(AM_S9, 7, 390);
    c->policy.near_empty_heads = 5; /* groups only */
    assert_wish(AM_S9, 10, 750);
    c->sessions[TUESDAY].places = 3;
    assert_wish(AM_S9, 8, 510);
    assert_true(am_misses_preference(c, 0, TUESDAY));
    assert_false(am_misses_preference(c, 0, WEDNESDAY));
    assert_false(am_misses_preference(c, 1, TUESDAY));
}

static void every_minute_counts_and_earlier_is_better(void **state)
{
    (void)state;
    begin();
    (void)book(0, TUESDAY, 420);
    assert_wish(AM_S10, 420, -420 + 5);
    (void)book(1, THURSDAY, 100);
    assert_wish(AM_S10, 520, -520 + 20);
}

static void more_people_expected_than_places_cost(void **state)
{
    (void)state;
    c->sessions[TUESDAY].places = 1;
    begin();
    (void)book(0, TUESDAY, 420);
    assert_wish(AM_S11, 0, 0);
    (void)book(1, TUESDAY, 420);
    assert_wish(AM_S11, 30, 600);
    c->sessions[TUESDAY].places = 2;
    assert_wish(AM_S11, 0, 0);
}

static int64_t lone_points(void)
{
    reckon();
    return score.rule_points[AM_R11];
}

static void a_lone_woman_costs_where_the_rule_is_soft(void **state)
{
    (void)state;
    c->people[1].gender = AM_FEMALE;
    begin();
    (void)book(1, TUESDAY, 420);
    c->policy.lone_woman = AM_LONE_WOMAN_SOFT;
    assert_int_equal(lone_points(), 0);
    (void)book(0, TUESDAY, 420);
    assert_int_equal(lone_points(), 3000);
    c->policy.lone_woman = AM_LONE_WOMAN_HARD;
    assert_int_equal(lone_points(), 0);
    c->policy.lone_woman = AM_LONE_WOMAN_SOFT;
    c->people[0].gender = AM_GENDER_OTHER;
    assert_int_equal(lone_points(), 0);
    c->people[0].gender = AM_FEMALE;
    assert_int_equal(lone_points(), 0);
    c->people[0].gender = AM_MALE;
    c->people[1].consents_alone = true;
    assert_int_equal(lone_points(), 0);
    c->people[1].consents_alone = false;
    (void)few_waiver(&few, AM_R11, 1);
    assert_int_equal(lone_points(), 0);
    c->waiver_count = 0;
    roster.appointments[0].fixed = true;
    assert_int_equal(lone_points(), 3000);
    roster.appointments[1].fixed = true;
    assert_int_equal(lone_points(), 0);
}

static void a_supervised_session_that_nobody_leads_costs_dear(void **state)
{
    (void)state;
    c->sessions[TUESDAY].supervised = true;
    begin();
    reckon();
    assert_int_equal(score.rule_units[AM_R15], 0);
    (void)book(0, TUESDAY, 420);
    reckon();
    assert_int_equal(score.rule_units[AM_R15], 1);
    assert_int_equal(score.rule_points[AM_R15], 100000);
    roster.sessions[TUESDAY].supervisor = few_supervisor(&few);
    reckon();
    assert_int_equal(score.rule_points[AM_R15], 0);
}

/* ---- the whole ---- */

struct dice {
    uint64_t state;
};

static int below(struct dice *dice, int bound)
{
    dice->state = dice->state * 6364136223846793005U + 1442695040888963407U;
    return (int)((dice->state >> 33) % (uint64_t)bound);
}

/* About half of the pairs, one a day, as far as the order's minutes go. */
static void book_at_random(struct dice *dice)
{
    for (int p = 0; p < c->person_count; p++) {
        int left = few.orders.people[p].free_min;
        am_date last = AM_NO_DATE;
        for (int64_t i = few.eligibility.first[p]; i < few.eligibility.first[p + 1]; i++) {
            const struct am_pair *pair = &few.eligibility.pairs[i];
            const struct am_session *at = &c->sessions[pair->session];
            if (at->date == last || left == 0 || below(dice, 2))
                continue;
            struct am_roster_appointment *a =
                book(p, pair->session, at->minutes < left ? at->minutes : left);
            a->order = few.orders.people[p].order;
            a->there = pair->there;
            a->back = pair->back;
            left -= a->minutes;
            last = at->date;
            if (at->supervised && below(dice, 3))
                roster.sessions[pair->session].supervisor = below(dice, c->supervisor_count);
        }
    }
}

static void the_audit_comes_to_the_same_points(void **state)
{
    (void)state;
    int64_t used[AM_WISH_COUNT] = {0};
    for (uint32_t seed = 1; seed <= 400; seed++) {
        struct dice dice = {seed};
        struct am_score audited;
        struct am_err err;
        few_release(&few);
        few_random(&few, seed);
        begin();
        book_at_random(&dice);
        reckon();
        assert_int_equal(am_audit_score(c, &roster, &audited, &err), AM_OK);
        for (int w = 0; w < AM_WISH_COUNT; w++) {
            assert_int_equal(score.wish_units[w], audited.wish_units[w]);
            assert_int_equal(score.wish_points[w], audited.wish_points[w]);
            used[w] += score.wish_units[w] != 0;
        }
        for (int r = 0; r < AM_RULE_COUNT; r++)
            assert_int_equal(score.rule_points[r], audited.rule_points[r]);
        assert_int_equal(score.total, audited.total);
        int64_t ceiling = am_score_ceiling(c);
        assert_true(score.total <= ceiling && -score.total <= ceiling);
    }
    for (int w = 0; w < AM_WISH_COUNT; w++)
        assert_true(used[w] > 5);
}

static void the_ceiling_of_ordinary_weights_is_far_below_the_limit(void **state)
{
    (void)state;
    int64_t ceiling = am_score_ceiling(c);
    assert_true(ceiling > 0);
    assert_true(ceiling < AM_POINTS_LIMIT / 1000);
    c->policy.weights.travel_minute = AM_WEIGHT_MAX;
    assert_true(am_score_ceiling(c) > ceiling);
}

static void the_ceiling_saturates(void **state)
{
    (void)state;
    c->orders[0].ordered_min = c->orders[1].ordered_min = INT32_MAX;
    c->policy.weights.must_minute = c->policy.weights.pace_minute = AM_WEIGHT_MAX;
    assert_true(am_score_ceiling(c) > AM_POINTS_LIMIT);
    c->window_session_count = INT32_MAX;
    c->policy.weights.unsupervised = INT32_MAX;
    c->policy.weights.session_changed = INT32_MAX;
    c->policy.weights.supervisor_break = INT32_MAX;
    assert_int_equal(am_score_ceiling(c), INT64_MAX);
    c->window_session_count = 3;
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, make, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(an_empty_roster_costs_only_what_people_miss),
        EACH(a_late_start_costs_by_the_day),
        EACH(another_orders_fixed_appointment_is_no_start),
        EACH(minutes_that_must_be_worked_count_up_to_their_day),
        EACH(the_weekly_offer_is_met_within_its_tolerance),
        EACH(an_order_with_little_left_is_met_by_finishing_it),
        EACH(what_was_offered_and_missed_meets_the_offer),
        EACH(the_intensive_target_costs_less_than_the_offer),
        EACH(offers_are_made_week_by_week),
        EACH(falling_behind_the_pace_costs_by_the_minute),
        EACH(education_earns_points),
        EACH(travel_costs_there_and_back_where_it_is_known),
        EACH(what_is_recorded_costs_nothing_more),
        EACH(an_allocation_is_to_a_project_and_a_weekday),
        EACH(an_allocation_is_in_force_in_the_weeks_that_it_touches),
        EACH(a_fortnight_is_counted_in_blocks_from_its_first_day),
        EACH(an_allocation_for_once_counts_until_its_day_has_passed),
        EACH(without_an_allocation_last_week_sets_the_custom),
        EACH(breaks_of_continuity_are_counted),
        EACH(keeping_what_was_published_costs_nothing),
        EACH(nothing_published_is_nothing_changed),
        EACH(a_published_supervisor_who_is_replaced_is_a_change),
        EACH(closed_and_past_sessions_are_no_change),
        EACH(poor_placements_missed_preferences_and_empty_sessions_cost),
        EACH(every_minute_counts_and_earlier_is_better),
        EACH(more_people_expected_than_places_cost),
        EACH(a_lone_woman_costs_where_the_rule_is_soft),
        EACH(a_supervised_session_that_nobody_leads_costs_dear),
        EACH(the_audit_comes_to_the_same_points),
        EACH(the_ceiling_of_ordinary_weights_is_far_below_the_limit),
        EACH(the_ceiling_saturates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
