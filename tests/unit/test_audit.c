/*
 * The pieces of the audit's own reckoning, against figures worked out by hand
 * from docs/formulation.md.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/audit_parts.h"
#include "tests/support/small.h"

struct built {
    struct small small;
    struct am_arena arena;
    struct am_audit_facts facts;
};

static void start(struct built *built)
{
    assert_true(small_init(&built->small));
    am_arena_init(&built->arena);
}

static void build(struct built *built)
{
    assert_int_equal(
        am_audit_facts_build(&built->small.caseload, &built->arena, &built->facts, NULL), AM_OK);
}

static void stop(struct built *built)
{
    am_arena_release(&built->arena);
    small_release(&built->small);
}

static void score(struct built *built, struct am_score *score_of)
{
    assert_int_equal(am_audit_score(&built->small.caseload, &built->small.roster, score_of, NULL),
                     AM_OK);
}

/* ---- journeys ---- */

static void metres_are_rounded_as_the_formulation_says(void **state)
{
    (void)state;
    static const struct {
        int32_t lat_a, lon_a, lat_b, lon_b;
        int64_t metres;
    } known[] = {
        {53480000, -2240000, 53480000, -2225000, 993},
        {53480000, -2240000, 53500001, -2240000, 2225},
        {53480000, -2240000, 53380000, -2100000, 14480},
        {0, 0, 0, 1000, 112},
        {-53480000, 2240000, -53480001, 2240000, 1},
        {53480000, -2240000, 53480000, -2240000, 0},
        {89999999, 0, 90000000, 180000000, 1},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        assert_int_equal(
            am_audit_metres(known[i].lat_a, known[i].lon_a, known[i].lat_b, known[i].lon_b),
            known[i].metres);
}

static void a_short_walk_and_a_short_drive_are_estimated(void **state)
{
    (void)state;
    struct built built;
    start(&built);
    struct small *small = &built.small;
    small->caseload.travel_count = 0;
    small->places[0].has_point = small->places[1].has_point = true;
    small->places[0].lat_micro = small->places[1].lat_micro = 53480000;
    small->places[0].lon_micro = -2240000;
    small->places[1].lon_micro = -2225000; /* 993 metres */
    struct am_audit_journey journey = am_audit_journey_of(&small->caseload, 0, S_COURSE);
    assert_true(journey.allowed); /* public transport, by a walk that is cleared */
    assert_int_equal(journey.there, 24);
    small->people[0].modes = 1 << AM_CAR;
    journey = am_audit_journey_of(&small->caseload, 0, S_COURSE);
    assert_int_equal(journey.back, 13);
    small->caseload.policy.walk_limit_minutes = 23;
    small->people[0].modes = 1 << AM_WALK;
    assert_false(am_audit_journey_of(&small->caseload, 0, S_COURSE).known);
    stop(&built);
}

static void the_best_quality_answers_then_the_smallest_gap(void **state)
{
    (void)state;
    struct built built;
    static const int16_t slow[9] = {0, 50, 0, 0, 0, 0, 0, 0, 0};
    static const int16_t close[9] = {0, 30, 0, 0, 0, 0, 0, 0, 0};
    static const int16_t barred[9] = {0, AM_NO_JOURNEY, 0, 0, 0, 0, 0, 0, 0};
    start(&built);
    struct small *small = &built.small;
    struct am_travel_table tables[3] = {small->table, small->table, small->table};
    small->caseload.travel = tables;
    small->caseload.travel_count = 3;
    tables[1].directions = tables[2].directions = AM_THERE;
    tables[1].quality = tables[2].quality = AM_PLANNER;
    tables[1].minutes = slow;
    tables[1].hour = 9 * 60 - 5;
    tables[2].minutes = close;
    tables[2].hour = 9 * 60 - 30;
    struct am_audit_journey journey = am_audit_journey_of(&small->caseload, 0, S_COURSE);
    assert_int_equal(journey.there, 55);
    assert_int_equal(journey.back, 20);
    tables[1].hour = 9 * 60 + 5; /* too late to serve */
    assert_int_equal(am_audit_journey_of(&small->caseload, 0, S_COURSE).there, 60);
    tables[2].hour = 8 * 60 - 1; /* over the gap */
    assert_int_equal(am_audit_journey_of(&small->caseload, 0, S_COURSE).there, 20);
    tables[2].hour = -1;
    tables[2].minutes = barred; /* no journey is an answer */
    assert_false(am_audit_journey_of(&small->caseload, 0, S_COURSE).known);
    stop(&built);
}

/* ---- availability ---- */

static void windows_that_touch_cover_a_session_together(void **state)
{
    (void)state;
    struct am_window at[2];
    for (int i = 0; i < 2; i++)
        at[i] = (struct am_window){.days = 0x7f,
                                   .every_weeks = 1,
                                   .from = (int16_t)(540 + 180 * i),
                                   .to = (int16_t)(720 + 180 * i),
                                   .valid_from = AM_NO_DATE,
                                   .valid_to = AM_NO_DATE};
    struct am_windows windows = {at, 2};
    struct am_absences none = {NULL, 0};
    assert_true(am_audit_available(windows, none, 100, 540, 900));
    assert_false(am_audit_available(windows, none, 100, 539, 900));
    at[1].from = 721;
    assert_false(am_audit_available(windows, none, 100, 540, 900));
}

static void an_absence_that_only_touches_is_none(void **state)
{
    (void)state;
    struct am_window at = {
        .days = 0x7f, .from = 0, .to = 1440, .valid_from = AM_NO_DATE, .valid_to = AM_NO_DATE};
    struct am_absence absence = {am_stamp_of(100, 600), am_stamp_of(100, 700)};
    struct am_windows windows = {&at, 1};
    struct am_absences absences = {&absence, 1};
    assert_true(am_audit_available(windows, absences, 100, 700, 800));
    assert_true(am_audit_available(windows, absences, 100, 500, 600));
    assert_false(am_audit_available(windows, absences, 100, 500, 601));
}

static void every_second_week_counts_from_the_week_of_its_beginning(void **state)
{
    (void)state;
    am_date monday = am_date_of(2026, 3, 2);
    struct am_window at = {.days = 0x7f,
                           .every_weeks = 2,
                           .from = 0,
                           .to = 1440,
                           .valid_from = monday + 3,
                           .valid_to = monday + 20};
    struct am_windows windows = {&at, 1};
    struct am_absences none = {NULL, 0};
    assert_false(am_audit_available(windows, none, monday + 2, 0, 60)); /* not yet */
    assert_true(am_audit_available(windows, none, monday + 3, 0, 60));
    assert_false(am_audit_available(windows, none, monday + 8, 0, 60));
    assert_true(am_audit_available(windows, none, monday + 14, 0, 60));
    assert_false(am_audit_available(windows, none, monday + 28, 0, 60)); /* no more */
}

/* ---- orders ---- */

static void the_earliest_deadline_is_credited_then_the_lower_event(void **state)
{
    (void)state;
    struct built built;
    start(&built);
    struct am_order *orders = built.small.orders; /* P_MAN's are 0 and 1 */
    orders[0].event = "10";
    orders[1].event = "9";
    build(&built);
    assert_int_equal(built.facts.people[P_MAN].order, 1);
    orders[1].own_deadline = orders[0].sentence_date + 300;
    orders[0].own_deadline = orders[1].own_deadline - 1;
    build(&built);
    assert_int_equal(built.facts.people[P_MAN].order, 0);
    orders[0].runs = AM_RUNS_AFTER;
    orders[0].runs_order = 1;
    build(&built);
    assert_int_equal(built.facts.people[P_MAN].order, 1);
    orders[1].worked_min = 1200; /* nothing is left of what it waits for */
    build(&built);
    assert_int_equal(built.facts.people[P_MAN].order, 0);
    stop(&built);
}

static void what_is_booked_takes_from_what_is_left(void **state)
{
    (void)state;
    struct built built;
    start(&built);
    struct small *small = &built.small;
    small->appointments[2] = small->appointments[0];
    small->appointments[2].pinned = false;
    small->appointments[2].session = -1;
    small->appointments[2].date = small->caseload.from - 3;
    small->appointments[2].minutes = 100;
    small->appointments[2].project = J_COURSE;
    small->caseload.appointment_count = 3;
    small->orders[0].adjustment_min = 30;
    build(&built);
    assert_int_equal(built.facts.orders[0].remaining_min, 1130);
    assert_int_equal(built.facts.orders[0].ete_left_min, 140);
    assert_true(built.facts.orders[0].started);
    assert_int_equal(built.facts.people[P_MAN].free_min, 1130 - 420); /* pinned on Thursday */
    assert_false(built.facts.orders[2].started);
    stop(&built);
}

static void an_induction_is_needed_until_there_was_one(void **state)
{
    (void)state;
    struct built built;
    start(&built);
    build(&built);
    assert_true(built.facts.people[P_NEW].needs_induction);
    assert_false(built.facts.people[P_WOMAN].needs_induction);
    built.small.orders[P_NEW + 1].worked_min = 60;
    build(&built);
    assert_false(built.facts.people[P_NEW].needs_induction);
    built.small.orders[P_NEW + 1].worked_min = 0;
    built.small.caseload.policy.induction_first = 0;
    build(&built);
    assert_false(built.facts.people[P_NEW].needs_induction);
    stop(&built);
}

/* ---- the clock (S2, S4) ---- */

static void what_later_weeks_cannot_hold_must_be_done_now(void **state)
{
    (void)state;
    struct built built;
    start(&built);
    struct am_order *order = &built.small.orders[P_WOMAN + 1];
    order->own_deadline = built.small.caseload.from + 9; /* S_NEXT is the last day that counts */
    order->ordered_min = 700;
    build(&built);
    assert_int_equal(built.facts.people[P_WOMAN].must_min, 700 - 420);
    assert_int_equal(built.facts.people[P_WOMAN].must_day, 6);
    /* 700 of this week's share of two weeks, at 65 in 100: 700 * 100 / (2 * 65) */
    assert_int_equal(built.facts.people[P_WOMAN].pace_min, 539);
    order->own_deadline--;
    build(&built);
    assert_int_equal(built.facts.people[P_WOMAN].must_min, 700);
    stop(&built);
}

static void an_order_that_cannot_finish_must_nothing(void **state)
{
    (void)state;
    struct built built;
    start(&built);
    struct am_order *order = &built.small.orders[P_WOMAN + 1];
    order->own_deadline = built.small.caseload.from + 3; /* Wednesday and Thursday: 840 */
    order->ordered_min = 840;
    build(&built);
    assert_false(built.facts.orders[P_WOMAN + 1].cannot_finish);
    assert_int_equal(built.facts.people[P_WOMAN].must_min, 840);
    assert_int_equal(built.facts.people[P_WOMAN].must_day, 3);
    order->ordered_min = 841;
    build(&built);
    assert_true(built.facts.orders[P_WOMAN + 1].cannot_finish);
    assert_int_equal(built.facts.people[P_WOMAN].must_min, 0);
    assert_int_equal(built.facts.people[P_WOMAN].pace_min, 0);
    stop(&built);
}

static void a_concurrent_order_adds_only_what_exceeds_the_other(void **state)
{
    (void)state;
    struct built built;
    start(&built);
    struct am_order *orders = built.small.orders;
    orders[0].own_deadline = orders[1].own_deadline = built.small.caseload.from + 9;
    orders[0].ordered_min = 500;
    orders[1].ordered_min = 600;
    orders[1].runs = AM_RUNS_CONCURRENT;
    orders[1].runs_order = 0;
    build(&built); /* 500, then 600 in all; 420 can be done in the week after */
    assert_int_equal(built.facts.orders[0].must_min, 80);
    assert_int_equal(built.facts.orders[1].must_min, 180);
    assert_int_equal(built.facts.people[P_MAN].must_min, 180);
    orders[1].runs = AM_RUNS_ALONE;
    build(&built);
    assert_int_equal(built.facts.orders[1].must_min, 680);
    assert_int_equal(built.facts.people[P_MAN].must_min, 500); /* no more than is left of it */
    stop(&built);
}

static void a_plan_is_followed_as_far_as_the_order_and_the_week_go(void **state)
{
    (void)state;
    struct built built;
    start(&built);
    struct am_order *order = &built.small.orders[P_WOMAN + 1];
    order->own_deadline = built.small.caseload.from + 9;
    order->ordered_min = 700;
    built.small.people[P_WOMAN].aim = (struct am_aim){true, 120, 90};
    build(&built);
    assert_int_equal(built.facts.people[P_WOMAN].must_min, 700 - 420); /* the later weeks' */
    assert_int_equal(built.facts.people[P_WOMAN].pace_min, 120);
    assert_int_equal(built.facts.people[P_WOMAN].ahead_min, 700);
    built.small.people[P_WOMAN].aim = (struct am_aim){true, 2000, 300};
    build(&built);
    assert_int_equal(built.facts.people[P_WOMAN].must_min, 300);
    assert_int_equal(built.facts.people[P_WOMAN].pace_min, 700);
    stop(&built);
}

/* ---- the score ---- */

static void days_late_count_to_the_day_after_the_window(void **state)
{
    (void)state;
    struct built built;
    struct am_score points;
    start(&built);
    struct am_caseload *caseload = &built.small.caseload;
    for (int o = 0; o <= P_COUNT; o++)
        built.small.orders[o].worked_min = 60;
    built.small.orders[P_WOMAN + 1].worked_min = 0;
    built.small.orders[P_WOMAN + 1].sentence_date = caseload->from - 28; /* due on this Monday */
    score(&built, &points);
    assert_int_equal(points.wish_units[AM_S1], 7);
    assert_true(small_book(&built.small, P_WOMAN, S_THURSDAY));
    score(&built, &points);
    assert_int_equal(points.wish_units[AM_S1], 3);
    assert_int_equal(points.wish_points[AM_S1], 3000);
    stop(&built);
}

static void the_offer_is_what_the_order_still_has(void **state)
{
    (void)state;
    struct built built;
    struct am_score before, after;
    start(&built);
    built.small.orders[P_WOMAN + 1].ordered_min = 250; /* less than the 360 of an offer */
    score(&built, &before);
    assert_true(small_book(&built.small, P_WOMAN, S_WEDNESDAY));
    small_find(&built.small, P_WOMAN, S_WEDNESDAY)->minutes = 250;
    score(&built, &after);
    assert_int_equal(before.wish_units[AM_S3] - after.wish_units[AM_S3], 250);
    assert_int_equal(before.wish_points[AM_S3] - after.wish_points[AM_S3], 250 * 20);
    stop(&built);
}

static void beyond_the_offer_counts_the_intensive_target(void **state)
{
    (void)state;
    struct built built;
    struct am_score before, after;
    start(&built);
    score(&built, &before);
    built.small.people[P_WOMAN].intensive_agreed = true;
    built.small.people[P_WOMAN].intensive_target_min = 1000;
    score(&built, &after);
    assert_int_equal(after.wish_units[AM_S3] - before.wish_units[AM_S3], 1000 - 360);
    assert_int_equal(after.wish_points[AM_S3] - before.wish_points[AM_S3], 640 * 8);
    stop(&built);
}

/* Breaks of continuity when P_WOMAN is booked on Wednesday with this allocation. */
static int64_t breaks_with(struct am_allocation allocation)
{
    struct built built;
    struct am_score points;
    start(&built);
    allocation.from += built.small.caseload.from;
    if (allocation.to != AM_NO_DATE)
        allocation.to += built.small.caseload.from;
    built.small.people[P_WOMAN].allocations = &allocation;
    built.small.people[P_WOMAN].allocation_count = 1;
    assert_true(small_book(&built.small, P_WOMAN, S_WEDNESDAY));
    score(&built, &points);
    stop(&built);
    return points.wish_units[AM_S7];
}

static void an_allocation_in_force_is_kept_or_broken(void **state)
{
    (void)state;
    enum { WE = 1 << AM_WE, TU = 1 << AM_TU };
    struct am_allocation at = {J_GROUP, WE, AM_WEEKLY, -100, AM_NO_DATE};
    assert_int_equal(breaks_with(at), 0);
    at.days = TU;
    assert_int_equal(breaks_with(at), 1);
    at.to = -1; /* ended the Sunday before */
    assert_int_equal(breaks_with(at), 0);
    at.to = 0; /* a day of this week */
    assert_int_equal(breaks_with(at), 1);
    at = (struct am_allocation){J_SOLO, WE, AM_WEEKLY, 6, AM_NO_DATE}; /* from this Sunday */
    assert_int_equal(breaks_with(at), 1);
    at = (struct am_allocation){J_GROUP, WE, AM_FORTNIGHTLY, -12, AM_NO_DATE};
    assert_int_equal(breaks_with(at), 0); /* two weeks and none: blocks of 7 days, the third */
    at.from = -11;
    assert_int_equal(breaks_with(at), 1);
    at = (struct am_allocation){J_GROUP, WE, AM_ONCE, 0, AM_NO_DATE};
    assert_int_equal(breaks_with(at), 0);
    at.days = TU; /* its one day has passed */
    assert_int_equal(breaks_with(at), 0);
    at.days = 1 << AM_TH; /* its one day is still to come */
    assert_int_equal(breaks_with(at), 1);
}

static void last_week_counts_where_no_allocation_does(void **state)
{
    (void)state;
    struct built built;
    struct am_score points;
    start(&built);
    struct small *small = &built.small;
    small->appointments[2] = small->appointments[0];
    small->appointments[2].person = P_WOMAN;
    small->appointments[2].order = P_WOMAN + 1;
    small->appointments[2].pinned = false;
    small->appointments[2].session = -1;
    small->appointments[2].session_id = "WED";
    small->appointments[2].supervisor = M_TWO;
    small->appointments[2].date = small->caseload.from - 5; /* a Wednesday, the same project */
    small->appointments[2].state = AM_ATTENDED;
    small->caseload.appointment_count = 3;
    assert_true(small_book(small, P_WOMAN, S_WEDNESDAY));
    score(&built, &points);
    assert_int_equal(points.wish_units[AM_S7], 0);
    small->appointments[2].date++;
    score(&built, &points);
    assert_int_equal(points.wish_units[AM_S7], 1);
    small->appointments[2].state = AM_STOOD_DOWN;
    score(&built, &points);
    assert_int_equal(points.wish_units[AM_S7], 0);
    small->roster.sessions[S_WEDNESDAY] = (struct am_roster_session){true, M_ONE};
    score(&built, &points); /* M_TWO led it last */
    assert_int_equal(points.wish_units[AM_S7], 1);
    assert_int_equal(points.wish_points[AM_S7], 100);
    stop(&built);
}

static void changes_count_people_and_sessions(void **state)
{
    (void)state;
    struct built built;
    struct am_score points;
    struct am_published_appointment appointments[] = {{P_WOMAN, S_WEDNESDAY}, {P_WARY, S_MONDAY}};
    struct am_published_session sessions[] = {{S_WEDNESDAY, M_ONE}};
    start(&built);
    struct small *small = &built.small;
    small->caseload.has_published = true;
    small->caseload.published_appointments = appointments;
    small->caseload.published_appointment_count = 2; /* what is past is no change */
    small->caseload.published_sessions = sessions;
    small->caseload.published_session_count = 1;
    score(&built, &points);
    assert_int_equal(points.wish_points[AM_S8], 2000 + 500); /* nobody comes, it does not run */
    assert_true(small_book(small, P_WOMAN, S_WEDNESDAY));
    small->roster.sessions[S_WEDNESDAY] = (struct am_roster_session){true, M_ONE};
    score(&built, &points);
    assert_int_equal(points.wish_points[AM_S8], 0);
    small->roster.sessions[S_WEDNESDAY].supervisor = M_TWO;
    assert_true(small_book(small, P_WOMAN, S_COURSE));
    small->roster.sessions[S_COURSE].runs = true;
    score(&built, &points); /* two sessions and a person */
    assert_int_equal(points.wish_units[AM_S8], 3);
    stop(&built);
}

static void stand_downs_and_empty_places_are_counted_in_heads(void **state)
{
    (void)state;
    struct built built;
    struct am_score points;
    start(&built);
    struct small *small = &built.small;
    for (int p = P_WOMAN; p < P_COUNT; p++)
        small->people[p].attendance_percent = 90;
    small->sessions[S_WEDNESDAY].places = 2;
    small->roster.sessions[S_WEDNESDAY] = (struct am_roster_session){true, M_ONE};
    assert_true(small_book(small, P_WOMAN, S_WEDNESDAY));
    score(&built, &points);
    assert_int_equal(points.wish_units[AM_S9], 2 + 1); /* quality 3; one of two places is empty */
    assert_int_equal(points.wish_points[AM_S9], 2 * 40 + 120);
    assert_int_equal(points.wish_units[AM_S11], 0);
    assert_true(small_book(small, P_WARY, S_WEDNESDAY));
    assert_true(small_book(small, P_RELUCTANT, S_WEDNESDAY));
    score(&built, &points);
    assert_int_equal(points.wish_units[AM_S11], 270 - 200);
    assert_int_equal(points.wish_points[AM_S11], 70 * 20);
    stop(&built);
}

static void a_fixed_session_that_nobody_leads_costs_and_is_accepted(void **state)
{
    (void)state;
    struct built built;
    start(&built);
    build(&built);
    struct am_roster *roster = &built.small.roster;
    assert_int_equal(am_audit_fixed_roster(&built.facts, roster, NULL), AM_OK);
    assert_true(roster->sessions[S_THURSDAY].runs);
    assert_int_equal(roster->sessions[S_THURSDAY].supervisor, -1);
    assert_int_equal(roster->sessions[S_MONDAY].supervisor, M_ONE);
    struct am_audit audit;
    assert_int_equal(am_audit_roster(&built.small.caseload, roster, &audit, NULL), AM_OK);
    assert_int_equal(audit.broken, 0);
    assert_true(audit.breach_count > 0);
    assert_int_equal(audit.score.rule_units[AM_R15], 1);
    assert_int_equal(audit.score.rule_points[AM_R15], 100000);
    am_audit_release(&audit);
    stop(&built);
}

/* ---- memory ---- */

static void every_allocation_of_the_facts_may_fail(void **state)
{
    (void)state;
    struct built built;
    start(&built);
    am_status status = AM_ENOMEM;
    for (long limit = 1; status == AM_ENOMEM && limit < 100; limit++) {
        am_arena_release(&built.arena);
        built.arena.limit = limit;
        status = am_audit_facts_build(&built.small.caseload, &built.arena, &built.facts, NULL);
    }
    assert_int_equal(status, AM_OK);
    stop(&built);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(metres_are_rounded_as_the_formulation_says),
        cmocka_unit_test(a_short_walk_and_a_short_drive_are_estimated),
        cmocka_unit_test(the_best_quality_answers_then_the_smallest_gap),
        cmocka_unit_test(windows_that_touch_cover_a_session_together),
        cmocka_unit_test(an_absence_that_only_touches_is_none),
        cmocka_unit_test(every_second_week_counts_from_the_week_of_its_beginning),
        cmocka_unit_test(the_earliest_deadline_is_credited_then_the_lower_event),
        cmocka_unit_test(what_is_booked_takes_from_what_is_left),
        cmocka_unit_test(an_induction_is_needed_until_there_was_one),
        cmocka_unit_test(what_later_weeks_cannot_hold_must_be_done_now),
        cmocka_unit_test(an_order_that_cannot_finish_must_nothing),
        cmocka_unit_test(a_concurrent_order_adds_only_what_exceeds_the_other),
        cmocka_unit_test(a_plan_is_followed_as_far_as_the_order_and_the_week_go),
        cmocka_unit_test(days_late_count_to_the_day_after_the_window),
        cmocka_unit_test(the_offer_is_what_the_order_still_has),
        cmocka_unit_test(beyond_the_offer_counts_the_intensive_target),
        cmocka_unit_test(an_allocation_in_force_is_kept_or_broken),
        cmocka_unit_test(last_week_counts_where_no_allocation_does),
        cmocka_unit_test(changes_count_people_and_sessions),
        cmocka_unit_test(stand_downs_and_empty_places_are_counted_in_heads),
        cmocka_unit_test(a_fixed_session_that_nobody_leads_costs_and_is_accepted),
        cmocka_unit_test(every_allocation_of_the_facts_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
