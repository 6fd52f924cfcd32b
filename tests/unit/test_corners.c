/*
 * Corners of the rules that no random caseload turns, each worked out by hand
 * and reckoned twice: by the model and by the audit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/audit.h"
#include "model/audit_parts.h"
#include "model/days_ahead.h"
#include "model/horizon.h"
#include "tests/support/few.h"

enum { HOURS_9 = 540, MONDAY = 0, TUESDAY, WEDNESDAY, EVERY_DAY = 0x7f };

static struct few few;
static struct am_caseload *c;
static struct am_arena arena;
static struct am_audit_facts facts;

static int begin(void **state)
{
    (void)state;
    few_init(&few);
    c = &few.caseload;
    am_arena_init(&arena);
    return 0;
}

static int end(void **state)
{
    (void)state;
    am_arena_release(&arena);
    few_release(&few);
    return 0;
}

static void derive(void)
{
    few_derive(&few);
    assert_int_equal(am_audit_facts_build(c, &arena, &facts, NULL), AM_OK);
}

/* Both forbid the pair by exactly these rules. */
static void expect_forbidden(int person, int session, am_rule_set rules)
{
    derive();
    assert_int_equal(am_forbidden(c, &few.orders, person, session, NULL), rules);
    assert_int_equal(am_audit_forbidden(&facts, person, session), rules);
}

/* What is fixed, and nothing else; freed by the caller. */
static void make_fixed_roster(struct am_roster *roster)
{
    derive();
    assert_int_equal(am_roster_init(roster, c, NULL), AM_OK);
    assert_int_equal(am_audit_fixed_roster(&facts, roster, NULL), AM_OK);
}

static void score_twice(const struct am_roster *roster, struct am_score *score)
{
    struct am_score audited;
    assert_int_equal(am_score_roster(c, &few.orders, &few.clocks, roster, score, NULL), AM_OK);
    assert_int_equal(am_audit_score(c, roster, &audited, NULL), AM_OK);
    for (int w = 0; w < AM_WISH_COUNT; w++)
        assert_int_equal(score->wish_units[w], audited.wish_units[w]);
    assert_int_equal(score->total, audited.total);
}

/* ---- R2 ---- */

static void every_second_week_from_no_date_is_every_week(void **state)
{
    (void)state;
    int p = few_worker(&few, 1200), project = few_project(&few, AM_GROUP);
    int first = few_session(&few, project, MONDAY, HOURS_9, 420);
    c->weeks = 2;
    int second = few_session(&few, project, 7 + MONDAY, HOURS_9, 420);
    few_never(&few, p);
    few_window(&few, p, EVERY_DAY, 0, AM_DAY_MINUTES)->every_weeks = 2;
    expect_forbidden(p, first, 0);
    expect_forbidden(p, second, 0);
    assert_int_equal(few.clocks.orders[0].window_min, 840);
    struct am_horizon horizon;
    const struct am_horizon_wishes wishes = {.arrivals_per_week = -1};
    assert_int_equal(
        am_horizon_build(c, &few.orders, &few.clocks, &wishes, &few.arena, &horizon, NULL), AM_OK);
    struct am_days_ahead ahead;
    assert_int_equal(am_days_ahead_build(c, &few.arena, &ahead, NULL), AM_OK);
    am_days_ahead_look(&ahead, p, 14);
    assert_int_equal(ahead.longest[MONDAY], 420);
    assert_int_equal(ahead.longest[7 + MONDAY], 420);
    /* beyond the last session there is none */
    assert_int_equal(am_days_ahead_sessions(&ahead, p, MONDAY, 1000), 2);
}

/* ---- R3 ---- */

/* A home and a site so far north of it, a person of that home with a car and
 * legs, and a session at the site. */
static int live_away(int32_t lat_micro, int32_t north_micro)
{
    int site = few_place(&few, lat_micro + north_micro, -2200000);
    c->places[0].lat_micro = lat_micro;
    int p = few_worker(&few, 1200), project = few_project(&few, AM_GROUP);
    c->people[p].modes = 1U << AM_CAR | 1U << AM_WALK;
    c->projects[project].place = site;
    (void)few_session(&few, project, MONDAY, HOURS_9, 420);
    return p;
}

static void expect_journey(int person, bool known, int minutes)
{
    derive();
    struct am_journey journey = am_person_journey(c, person, 0);
    struct am_audit_journey audited = am_audit_journey_of(c, person, 0);
    assert_int_equal(journey.known, known);
    assert_int_equal(audited.known, known);
    if (!known)
        return;
    assert_int_equal(journey.there, minutes);
    assert_int_equal(audited.there, minutes);
}

static void a_drive_is_estimated_up_to_33_km(void **state)
{
    (void)state;
    int p = live_away(53000000, 296700);        /* 32,992 m */
    expect_journey(p, true, 10 + 80);           /* ceil(60 * 32992 / 25000) */
    c->places[1].lat_micro = 53000000 + 298000; /* 33,137 m */
    expect_journey(p, false, 0);
    c->places[1].lat_micro = 53000000 + 400000; /* not even measured */
    expect_journey(p, false, 0);
    c->places[1].lat_micro = 53000000;
    c->places[1].lon_micro += 400000; /* 26,768 m along the parallel */
    expect_journey(p, true, 75);
    c->places[1].lon_micro += 400000;
    expect_journey(p, false, 0);
}

static void without_coordinates_or_where_policy_says_so_nothing_is_estimated(void **state)
{
    (void)state;
    int p = live_away(53000000, 10000); /* 1,112 m: 27 minutes on foot, 13 by car */
    expect_journey(p, true, 13);
    c->places[0].has_point = false;
    expect_journey(p, false, 0);
    c->places[0].has_point = true;
    c->places[1].has_point = false;
    expect_journey(p, false, 0);
    c->places[1].has_point = true;
    c->policy.travel_estimates = false;
    expect_journey(p, false, 0);
}

static void near_a_pole_the_other_side_of_the_world_is_close(void **state)
{
    (void)state;
    int p = live_away(89999000, 0); /* 112 m from the pole, and 223 m straight across it */
    c->places[1].lon_micro = 177800000;
    derive();
    /* along the parallel: 112 m * pi; half of it by the mean latitude's cosine of 17 millionths */
    int64_t metres = am_audit_metres(89999000, -2200000, 89999000, 177800000);
    assert_int_equal(metres, 341);
    expect_journey(p, true, 9); /* ceil(24 * 341 / 1000) on foot, 11 by car */
    assert_int_equal(am_audit_metres(90000000, 0, 90000000, 180000000), 0);
    assert_int_equal(am_audit_metres(0, 0, 0, 180000000), 1000000); /* further is not told apart */
    assert_int_equal(am_audit_metres(-60000000, 0, 60000000, 0), 1000000);
}

static void how_far_to_look_grows_towards_the_poles(void **state)
{
    (void)state;
    struct am_place at = {.lat_micro = 0};
    assert_int_equal(am_travel_reach(&at).lat_micro, 300000);
    assert_in_range(am_travel_reach(&at).lon_micro, 300000, 300002);
    at.lat_micro = -60000000; /* cos 60.15 degrees: 0.4977 */
    assert_in_range(am_travel_reach(&at).lon_micro, 602700, 602800);
    at.lat_micro = 89820000; /* cos 89.97 degrees: 0.000524, so more than a circle */
    assert_int_equal(am_travel_reach(&at).lon_micro, 360000000);
    at.lat_micro = 90000000;
    assert_int_equal(am_travel_reach(&at).lon_micro, 360000000);
}

/* ---- R4 ---- */

static void a_new_appointment_before_a_fixed_one_is_one_too_many(void **state)
{
    (void)state;
    int p = few_worker(&few, 1200), project = few_project(&few, AM_GROUP);
    int s = few_session(&few, project, MONDAY, HOURS_9, 180);
    int fixed = few_session(&few, project, MONDAY, HOURS_9 + 300, 180);
    c->appointments[few_appointment(&few, p, fixed, AM_BOOKED)].pinned = true;
    expect_forbidden(p, s, AM_RULE_BIT(AM_R4));
    struct am_roster roster;
    struct am_audit audit;
    make_fixed_roster(&roster);
    roster.sessions[s].runs = true;
    assert_int_equal(am_roster_add(&roster,
                                   (struct am_roster_appointment){
                                       .person = p, .session = s, .start = HOURS_9, .minutes = 180},
                                   NULL),
                     AM_OK);
    am_roster_sort(&roster);
    assert_int_equal(am_audit_roster(c, &roster, &audit, NULL), AM_OK);
    assert_int_equal(audit.broken, 1); /* the new one's; the fixed one breaks nothing */
    assert_int_equal(audit.breach_count, 1);
    assert_int_equal(audit.breaches[0].rule, AM_R4);
    assert_int_equal(audit.breaches[0].session, s);
    am_audit_release(&audit);
    am_roster_release(&roster);
}

/* ---- R5 ---- */

static void a_waiver_of_the_weekly_maximum_lifts_weeks_up_to_its_end(void **state)
{
    (void)state;
    int p = few_worker(&few, 6000), other = few_worker(&few, 6000);
    int w = few_waiver(&few, AM_R5, p);
    c->weeks = 2;
    enum { ANY = 7 * AM_DAY_MINUTES, PLAIN = 960 };
    static const struct {
        int until, first, second;
    } known[] = {{-1, PLAIN, PLAIN}, {0, ANY, PLAIN}, {6, ANY, PLAIN}, {7, ANY, ANY}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        c->waivers[w].until = c->from + known[i].until;
        assert_int_equal(am_weekly_max(c, p, 0), known[i].first);
        assert_int_equal(am_weekly_max(c, p, 1), known[i].second);
        assert_int_equal(am_audit_week_max_waived(c, p, 0), known[i].first);
        assert_int_equal(am_audit_week_max_waived(c, p, 1), known[i].second);
    }
    c->waivers[w].until = AM_NO_DATE;
    assert_int_equal(am_audit_week_max_waived(c, p, 1), ANY);
    assert_int_equal(am_audit_week_max_waived(c, other, 1), PLAIN);
    c->waivers[w].rule = AM_R2;
    assert_int_equal(am_audit_week_max_waived(c, p, 1), PLAIN);
    assert_int_equal(am_weekly_max(c, p, 1), PLAIN);
}

/* ---- R7, of what is fixed ---- */

static int count_accepted(enum am_rule rule)
{
    struct am_roster roster;
    struct am_audit audit;
    int found = 0;
    make_fixed_roster(&roster);
    assert_int_equal(am_audit_roster(c, &roster, &audit, NULL), AM_OK);
    assert_int_equal(audit.broken, 0);
    for (int i = 0; i < audit.breach_count; i++)
        found += audit.breaches[i].rule == rule;
    assert_int_equal(found, audit.breach_count);
    am_audit_release(&audit);
    am_roster_release(&roster);
    return found;
}

static void a_pinned_course_over_the_allowance_is_accepted_or_waived(void **state)
{
    (void)state;
    int p = few_worker(&few, 1200), project = few_project(&few, AM_ETE);
    c->people[p].wants_ete = true; /* a fifth: 240 minutes */
    for (int day = MONDAY; day <= WEDNESDAY; day++) {
        int a = few_appointment(&few, p, few_session(&few, project, day, HOURS_9, 120), AM_BOOKED);
        c->appointments[a].pinned = true;
    }
    assert_int_equal(count_accepted(AM_R7), 1); /* the third of them */
    int w = few_waiver(&few, AM_R7, p);
    assert_int_equal(count_accepted(AM_R7), 0);
    c->waivers[w].until = c->from + TUESDAY; /* no longer in force on Wednesday */
    assert_int_equal(count_accepted(AM_R7), 1);
}

/* ---- R15 ---- */

static void what_is_past_ran_whatever_a_roster_says(void **state)
{
    (void)state;
    int p = few_worker(&few, 1200), project = few_project(&few, AM_GROUP);
    int s = few_session(&few, project, MONDAY, HOURS_9, 420);
    c->as_of = c->from + TUESDAY;
    (void)few_appointment(&few, p, s, AM_ATTENDED);
    struct am_roster roster;
    struct am_audit audit;
    make_fixed_roster(&roster);
    assert_true(roster.sessions[s].runs);
    roster.sessions[s].runs = false;
    assert_int_equal(am_audit_roster(c, &roster, &audit, NULL), AM_OK);
    assert_int_equal(audit.broken, 1);
    assert_int_equal(audit.breaches[0].rule, AM_R15);
    assert_int_equal(audit.breaches[0].session, s);
    am_audit_release(&audit);
    am_roster_release(&roster);
}

/* ---- orders ---- */

static void an_order_after_or_beside_none_is_an_order_like_any(void **state)
{
    (void)state;
    static const enum am_runs runs[] = {AM_RUNS_ALONE, AM_RUNS_AFTER, AM_RUNS_CONCURRENT};
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        int p = few_worker(&few, 600);
        int second = few_order(&few, p, 300);
        c->orders[second].runs = runs[i];
        c->orders[second].runs_order = -1;
        derive();
        assert_int_equal(few.clocks.orders[second].ahead_min, 900);
        assert_int_equal(facts.orders[second].ahead_min, 900);
    }
}

static void orders_that_wait_for_each_other_are_worked_none_the_less(void **state)
{
    (void)state;
    int p = few_worker(&few, 600);
    int second = few_order(&few, p, 300);
    c->orders[second].runs = c->orders[second - 1].runs = AM_RUNS_AFTER;
    c->orders[second].runs_order = second - 1;
    c->orders[second - 1].runs_order = second;
    assert_int_equal(am_audit_facts_build(c, &arena, &facts, NULL), AM_OK);
    assert_int_equal(facts.orders[second - 1].ahead_min, 600);
    assert_int_equal(facts.orders[second].ahead_min, 900);
}

static void minutes_beyond_any_number_are_as_many_as_there_are(void **state)
{
    (void)state;
    enum { HUGE_MIN = 2000000000 };
    int p = few_worker(&few, HUGE_MIN);
    int second = few_order(&few, p, HUGE_MIN);
    c->orders[second].adjustment_min = HUGE_MIN;
    derive();
    assert_int_equal(few.orders.orders[second].remaining_min, INT32_MAX);
    assert_int_equal(few.clocks.orders[second].ahead_min, INT32_MAX);
    assert_int_equal(few.clocks.orders[second].outlook, AM_CANNOT_FINISH);
    assert_true(facts.orders[second].cannot_finish);
}

static void what_is_booked_counts_towards_orders_that_are_not_due_before(void **state)
{
    (void)state;
    int p = few_worker(&few, 600);
    int second = few_order(&few, p, 600), third = few_order(&few, p, 600);
    c->orders[0].own_deadline = c->from + 10;
    c->orders[second].own_deadline = c->from + 20;
    c->policy.completion_months = AM_NO_LIMIT;
    few_derive_orders(&few);
    assert_int_equal(few.orders.orders[third].deadline, AM_NO_DATE);
    assert_true(am_counts_towards(&few.orders, 0, 0));
    assert_true(am_counts_towards(&few.orders, 0, second));
    assert_false(am_counts_towards(&few.orders, second, 0));
    assert_true(am_counts_towards(&few.orders, 0, third));
    assert_false(am_counts_towards(&few.orders, third, 0));
}

static void an_event_without_a_number_comes_after_those_with_one(void **state)
{
    (void)state;
    assert_true(am_event_compare("", "1") > 0);
    assert_true(am_event_compare("1", "") < 0);
    assert_int_equal(am_event_compare("", ""), 0);
    assert_true(am_event_compare("", "a") < 0);
}

static void what_is_booked_beyond_the_window_is_no_start(void **state)
{
    (void)state;
    int p = few_worker(&few, 1200), project = few_project(&few, AM_GROUP);
    (void)few_earlier(&few, p, project, 9, "later", AM_BOOKED);
    derive();
    assert_false(few.orders.orders[0].started);
    assert_false(facts.orders[0].started);
    c->appointments[0].date = c->from - 9;
    derive();
    assert_true(few.orders.orders[0].started);
    assert_true(facts.orders[0].started);
}

/* ---- S7 ---- */

static void who_led_last_is_the_latest_not_the_last_in_the_file(void **state)
{
    (void)state;
    int p = few_worker(&few, 1200), project = few_project(&few, AM_GROUP);
    int early = few_supervisor(&few), late = few_supervisor(&few);
    int s = few_session(&few, project, MONDAY, HOURS_9, 420);
    c->sessions[s].supervised = true;
    int a = few_earlier(&few, p, project, -7, c->sessions[s].id, AM_ATTENDED);
    int b = few_earlier(&few, p, project, -14, c->sessions[s].id, AM_ATTENDED);
    int elsewhere = few_earlier(&few, p, project, -1, "another", AM_ATTENDED);
    c->appointments[a].supervisor = late;
    c->appointments[b].supervisor = c->appointments[elsewhere].supervisor = early;
    derive();
    assert_int_equal(few.orders.history.last_leader[s], late);
    assert_int_equal(facts.sessions[s].last_leader, late);
}

static void a_window_without_sessions_has_nobody_who_led(void **state)
{
    (void)state;
    int p = few_worker(&few, 1200), project = few_project(&few, AM_GROUP);
    int a = few_earlier(&few, p, project, -7, "ended", AM_ATTENDED);
    c->appointments[a].supervisor = few_supervisor(&few);
    derive();
    assert_int_equal(few.orders.history.first[p + 1] - few.orders.history.first[p], 1);
    assert_int_equal(facts.people[p].last_week_count, 1);
    assert_int_equal(few.eligibility.pair_count, 0);
}

/* ---- S8 ---- */

static void what_is_published_twice_or_out_of_order_counts_once(void **state)
{
    (void)state;
    int project = few_project(&few, AM_GROUP);
    int s = few_session(&few, project, MONDAY, HOURS_9, 420);
    int t = few_session(&few, project, TUESDAY, HOURS_9, 420);
    for (int p = 0; p < 3; p++)
        (void)few_worker(&few, 1200);
    few_published(&few, 2, t);
    few_published(&few, 1, s);
    few_published(&few, 0, s);
    few_published(&few, 2, s);
    few_published(&few, 2, t);
    for (int i = 0; i < 5; i++) { /* what was published is pinned, but person 1's */
        if (i == 1)
            continue;
        const struct am_published_appointment *was = &c->published_appointments[i];
        int a = i < 4 ? few_appointment(&few, was->person, was->session, AM_BOOKED) : -1;
        if (a >= 0)
            c->appointments[a].pinned = true;
    }
    struct am_roster roster;
    struct am_score score;
    make_fixed_roster(&roster);
    score_twice(&roster, &score);
    assert_int_equal(score.wish_units[AM_S8], 1);
    am_roster_release(&roster);
}

/* ---- plans ---- */

static void a_plan_reckons_with_journeys_from_home_to_the_minute(void **state)
{
    (void)state;
    int far = few_place(&few, 53600000, -2200000);
    int p = few_worker(&few, 1200);
    struct am_project *projects = c->projects;
    int close = few_project(&few, AM_GROUP), away = few_project(&few, AM_GROUP);
    projects[away].place = far;
    int16_t *there = few_minutes(&few, few_table(&few, AM_WALK, 60), 0, far);
    (void)few_session(&few, close, MONDAY, HOURS_9, 420);
    (void)few_session(&few, away, TUESDAY, HOURS_9, 420);
    few_never(&few, p);
    (void)few_window(&few, p, EVERY_DAY, HOURS_9 - 60, HOURS_9 + 420 + 60);
    c->policy.availability_leaves_home = true;
    static const struct {
        int minutes, sessions;
    } known[] = {{60, 2}, {61, 1}, {AM_UNKNOWN_JOURNEY, 1}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct am_horizon horizon;
        const struct am_horizon_wishes wishes = {.arrivals_per_week = -1};
        *there = (int16_t)known[i].minutes;
        derive();
        assert_int_equal(
            am_horizon_build(c, &few.orders, &few.clocks, &wishes, &few.arena, &horizon, NULL),
            AM_OK);
        assert_int_equal(horizon.planned_count, 1);
        assert_int_equal(horizon.planned[0].most_min[0], 420 * known[i].sessions);
        assert_int_equal(few.clocks.orders[0].window_min, 420 * known[i].sessions);
        assert_int_equal(facts.people[p].ahead_min, 1200);
        /* the kinds that they could attend: one of the close place, perhaps one of the other */
        assert_int_equal(horizon.planned[0].option_count, known[i].sessions);
        am_weekdays days = 0;
        for (int o = 0; o < known[i].sessions; o++)
            days |= horizon.planned[0].days[o];
        assert_int_equal(days, known[i].sessions == 2 ? 3 : 1);
    }
}

static void of_several_journeys_to_a_kind_the_shortest_counts(void **state)
{
    (void)state;
    static const int minutes[] = {50, 40, 60}; /* each way, on Monday, Tuesday, Wednesday */
    int away = few_place(&few, 53600000, -2200000);
    (void)few_worker(&few, 1200);
    int project = few_project(&few, AM_GROUP);
    c->projects[project].place = away;
    for (int day = MONDAY; day <= WEDNESDAY; day++) {
        (void)few_session(&few, project, day, HOURS_9, 420);
        few_table(&few, AM_WALK, minutes[day])->days = (am_weekdays)(1U << day);
    }
    struct am_horizon horizon;
    const struct am_horizon_wishes wishes = {.arrivals_per_week = -1};
    derive();
    assert_int_equal(
        am_horizon_build(c, &few.orders, &few.clocks, &wishes, &few.arena, &horizon, NULL), AM_OK);
    assert_int_equal(horizon.kind_count, 1);
    assert_int_equal(horizon.planned[0].option_count, 1);
    assert_int_equal(horizon.planned[0].options[0].travel_min, 80);
}

int main(void)
{
#define CORNER(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        CORNER(every_second_week_from_no_date_is_every_week),
        CORNER(a_drive_is_estimated_up_to_33_km),
        CORNER(without_coordinates_or_where_policy_says_so_nothing_is_estimated),
        CORNER(near_a_pole_the_other_side_of_the_world_is_close),
        CORNER(how_far_to_look_grows_towards_the_poles),
        CORNER(a_new_appointment_before_a_fixed_one_is_one_too_many),
        CORNER(a_waiver_of_the_weekly_maximum_lifts_weeks_up_to_its_end),
        CORNER(a_pinned_course_over_the_allowance_is_accepted_or_waived),
        CORNER(what_is_past_ran_whatever_a_roster_says),
        CORNER(an_order_after_or_beside_none_is_an_order_like_any),
        CORNER(orders_that_wait_for_each_other_are_worked_none_the_less),
        CORNER(minutes_beyond_any_number_are_as_many_as_there_are),
        CORNER(what_is_booked_counts_towards_orders_that_are_not_due_before),
        CORNER(an_event_without_a_number_comes_after_those_with_one),
        CORNER(what_is_booked_beyond_the_window_is_no_start),
        CORNER(who_led_last_is_the_latest_not_the_last_in_the_file),
        CORNER(a_window_without_sessions_has_nobody_who_led),
        CORNER(what_is_published_twice_or_out_of_order_counts_once),
        CORNER(a_plan_reckons_with_journeys_from_home_to_the_minute),
        CORNER(of_several_journeys_to_a_kind_the_shortest_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
