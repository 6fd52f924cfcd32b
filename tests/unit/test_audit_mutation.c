/*
 * A good roster, changed so that one rule breaks: the audit names that rule
 * and no other.
 *
 * Two rules come along with another wherever they are broken, so that they are
 * tried where the other does not apply:
 * - R8 with R10: the supervisor's group is never larger than the places. It is
 *   tried at a session without a supervisor.
 * - R15 with R10: only the pinned supervisor may lead. The audit says R15.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/audit.h"
#include "tests/support/small.h"

static void start(struct small *small)
{
    assert_true(small_init(small));
    assert_true(small_fill(small));
}

static am_rule_set broken_rules(const struct am_audit *audit)
{
    am_rule_set set = 0;
    for (int i = 0; i < audit->breach_count; i++)
        if (!audit->breaches[i].accepted)
            set |= AM_RULE_BIT(audit->breaches[i].rule);
    return set;
}

/* Audit, and check that this rule alone is broken, by this person (-1: not a
 * person's) at this session (-1: not a session's). */
static void expect_broken(struct small *small, enum am_rule rule, int person, int session)
{
    struct am_audit audit;
    assert_int_equal(am_audit_roster(&small->caseload, &small->roster, &audit, NULL), AM_OK);
    assert_int_equal(broken_rules(&audit), AM_RULE_BIT(rule));
    assert_false(am_audit_passes(&audit));
    bool found = false;
    for (int i = 0; i < audit.breach_count; i++) {
        const struct am_breach *breach = &audit.breaches[i];
        if (breach->rule == rule && breach->person == person && breach->session == session &&
            !breach->accepted)
            found = true;
        assert_true(strlen(breach->detail) > 0);
        if (am_rule_restricted(breach->rule))
            assert_string_equal(breach->detail, "a restriction on this case");
    }
    assert_true(found);
    am_audit_release(&audit);
    small_release(small);
}

/* Only accepted breaches, this one among them. */
static void expect_accepted(struct small *small, enum am_rule rule, int person, int session)
{
    struct am_audit audit;
    assert_int_equal(am_audit_roster(&small->caseload, &small->roster, &audit, NULL), AM_OK);
    assert_int_equal(audit.broken, 0);
    bool found = false;
    for (int i = 0; i < audit.breach_count; i++) {
        const struct am_breach *breach = &audit.breaches[i];
        assert_true(breach->accepted);
        found = found ||
                (breach->rule == rule && breach->person == person && breach->session == session);
    }
    assert_true(found);
    am_audit_release(&audit);
    small_release(small);
}

static void expect_none(struct small *small)
{
    struct am_audit audit;
    assert_int_equal(am_audit_roster(&small->caseload, &small->roster, &audit, NULL), AM_OK);
    assert_int_equal(audit.breach_count, 0);
    am_audit_release(&audit);
    small_release(small);
}

static void book(struct small *small, int person, int session)
{
    assert_true(small_book(small, person, session));
    small->roster.sessions[session].runs = true;
}

static struct am_roster_appointment *find(struct small *small, int person, int session)
{
    struct am_roster_appointment *found = small_find(small, person, session);
    assert_non_null(found);
    return found;
}

static void the_roster_that_is_changed_passes(void **state)
{
    (void)state;
    struct small small;
    struct am_audit audit;
    start(&small);
    assert_int_equal(am_audit_roster(&small.caseload, &small.roster, &audit, NULL), AM_OK);
    assert_int_equal(audit.breach_count, 0);
    assert_true(audit.score_agrees);
    assert_true(audit.proof_agrees);
    assert_true(am_audit_passes(&audit));
    am_audit_release(&audit);
    small_release(&small);
}

/* ---- R1 ---- */

static void R1_another_order_is_credited(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    book(&small, P_MAN, S_NEAR);
    find(&small, P_MAN, S_NEAR)->order = 1;
    expect_broken(&small, AM_R1, P_MAN, S_NEAR);
}

static void R1_booked_before_the_sentence(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.orders[P_WARY + 1].sentence_date = small.caseload.from + 4; /* after the workshop */
    expect_broken(&small, AM_R1, P_WARY, S_WORKSHOP);
}

static void R1_the_order_is_suspended(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small_unbook(&small, P_WARY, S_WORKSHOP);
    small.roster.sessions[S_WORKSHOP].runs = false;
    small_unbook(&small, P_WARY, S_COURSE);
    small.roster.sessions[S_COURSE].runs = false;
    small.caseload.appointment_count = 3;
    small.appointments[2] = small.appointments[0];
    small.appointments[2].person = P_WARY;
    small.appointments[2].order = P_WARY + 1;
    small.orders[P_WARY + 1].status = AM_ORDER_SUSPENDED;
    book(&small, P_WARY, S_THURSDAY);
    small_unbook(&small, P_SECOND, S_THURSDAY); /* to be kept apart */
    find(&small, P_WARY, S_THURSDAY)->fixed = true;
    expect_accepted(&small, AM_R1, P_WARY, S_THURSDAY);
}

/* ---- R2, R3, R4 ---- */

static void R2_not_available_that_day(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    book(&small, P_SECOND, S_NEAR);
    expect_broken(&small, AM_R2, P_SECOND, S_NEAR);
}

static void R2_the_journey_counts_where_policy_says_so(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.windows[P_WARY].from = 9 * 60; /* the course starts then, and takes a journey */
    small.windows[P_WARY].to = 17 * 60;
    small.caseload.policy.availability_leaves_home = 1;
    expect_broken(&small, AM_R2, P_WARY, S_COURSE);
}

static void R3_too_far(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    book(&small, P_WOMAN, S_FAR);
    expect_broken(&small, AM_R3, P_WOMAN, S_FAR);
}

static void R3_waived_for_this_case(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.waivers[0] = (struct am_waiver){AM_R3, P_WOMAN, J_FAR, NULL, AM_NO_DATE, "the manager"};
    small.caseload.waiver_count = 1;
    book(&small, P_WOMAN, S_FAR);
    expect_none(&small);
}

static void R4_twice_a_day(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.sessions[S_WORKSHOP].start = 17 * 60; /* after the group, that day */
    find(&small, P_WARY, S_WORKSHOP)->start = 17 * 60;
    book(&small, P_SECOND, S_WORKSHOP);
    small.people[P_WARY].keep_apart.count = small.people[P_SECOND].keep_apart.count = 0;
    expect_broken(&small, AM_R4, P_SECOND, S_WORKSHOP);
}

static void R4_booked_twice_to_one_session(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    book(&small, P_WARY, S_COURSE);
    small.caseload.policy.ete_percent = AM_NO_LIMIT;
    expect_broken(&small, AM_R4, P_WARY, S_COURSE);
}

/* ---- R5, R6, R7 ---- */

static void R5_over_the_weekly_maximum(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    book(&small, P_BRIEF, S_WEDNESDAY); /* 200 attended + 420 */
    small.people[P_BRIEF].weekly_max_min = 619;
    expect_broken(&small, AM_R5, P_BRIEF, S_WEDNESDAY);
}

static void R5_the_maximum_itself_is_allowed(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    book(&small, P_BRIEF, S_WEDNESDAY);
    small.people[P_BRIEF].weekly_max_min = 620;
    expect_none(&small);
}

static void R5_fixed_alone_is_accepted(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.people[P_BRIEF].weekly_max_min = 199;
    expect_accepted(&small, AM_R5, P_BRIEF, S_MONDAY);
}

static void R6_cut_though_enough_is_left(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    find(&small, P_WOMAN, S_WEDNESDAY)->minutes = 300;
    expect_broken(&small, AM_R6, P_WOMAN, S_WEDNESDAY);
}

static void R6_more_than_is_left(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.orders[P_WOMAN + 1].worked_min = 800; /* 400 are left, of a session of 420 */
    expect_broken(&small, AM_R6, P_WOMAN, S_WEDNESDAY);
}

static void R6_starts_at_another_time(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    find(&small, P_WOMAN, S_WEDNESDAY)->start += 10;
    expect_broken(&small, AM_R6, P_WOMAN, S_WEDNESDAY);
}

static void R6_the_last_one_may_be_cut(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.orders[P_WOMAN + 1].worked_min = 800;
    find(&small, P_WOMAN, S_WEDNESDAY)->minutes = 400;
    expect_none(&small);
}

static void R7_no_education_is_wanted(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.people[P_WARY].wants_ete = false;
    expect_broken(&small, AM_R7, P_WARY, S_COURSE);
}

static void R7_over_the_allowance(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.orders[P_WARY + 1].ete_min = 1;
    expect_broken(&small, AM_R7, P_WARY, S_COURSE);
}

/* ---- R8, R9 ---- */

static void R8_more_people_than_places(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    book(&small, P_BRIEF, S_WORKSHOP);
    small.sessions[S_WORKSHOP].places = 1;
    expect_broken(&small, AM_R8, -1, S_WORKSHOP);
}

static void R9_fewer_than_the_minimum_group(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small_unbook(&small, P_SECOND, S_WEDNESDAY);
    expect_broken(&small, AM_R9, -1, S_WEDNESDAY);
}

static void R9_fixed_ones_alone_are_accepted(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small_unbook(&small, P_SECOND, S_THURSDAY);
    expect_accepted(&small, AM_R9, -1, S_THURSDAY);
}

static void R9_runs_with_nobody(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.roster.sessions[S_FAR].runs = true;
    expect_broken(&small, AM_R9, -1, S_FAR);
}

static void R9_runs_with_nobody_and_nobody_leads(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    for (int p = 0; p < P_COUNT; p++)
        small_unbook(&small, p, S_WEDNESDAY);
    small.roster.sessions[S_WEDNESDAY] = (struct am_roster_session){true, -1};
    expect_broken(&small, AM_R9, -1, S_WEDNESDAY);
}

static void R9_booked_but_does_not_run(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.roster.sessions[S_COURSE].runs = false;
    expect_broken(&small, AM_R9, -1, S_COURSE);
}

/* ---- R10 ---- */

static void R10_nobody_leads(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.roster.sessions[S_WEDNESDAY].supervisor = -1;
    expect_broken(&small, AM_R10, -1, S_WEDNESDAY);
}

static void R10_not_qualified(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.roster.sessions[S_WEDNESDAY].supervisor = M_TWO;
    expect_broken(&small, AM_R10, -1, S_WEDNESDAY);
}

static void R10_group_over_the_supervisors_limit(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.supervisors[M_ONE].group_limit = 1;
    small_unbook(&small, P_SECOND, S_THURSDAY); /* one is left there, and fixed */
    expect_broken(&small, AM_R10, -1, S_WEDNESDAY);
}

static void R10_in_two_places_at_once(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.sessions[S_WORKSHOP].supervised = true;
    small.roster.sessions[S_WORKSHOP].supervisor = M_ONE;
    expect_broken(&small, AM_R10, -1, S_WORKSHOP);
}

static void R10_over_the_supervisors_hours(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.supervisors[M_ONE].weekly_max_min = 3 * 420 - 1; /* Monday's counts */
    expect_broken(&small, AM_R10, -1, S_THURSDAY);
}

static void R10_a_case_demands_another_supervisor(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.people[P_WOMAN].supervisor_gender = AM_MALE;
    small.supervisors[M_TWO].any_project = true; /* somebody could lead it */
    expect_broken(&small, AM_R10, P_WOMAN, S_WEDNESDAY);
}

static void R10_a_supervisor_where_none_is_needed(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.roster.sessions[S_COURSE].supervisor = M_TWO;
    expect_broken(&small, AM_R10, -1, S_COURSE);
}

/* ---- R11, R12, R13 ---- */

static void R11_not_a_placement_for_the_person(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.people[P_WOMAN].placement = AM_WOMEN_ONLY;
    expect_broken(&small, AM_R11, P_WOMAN, S_WEDNESDAY);
}

static void R11_a_man_in_a_womens_session(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.projects[J_NEAR].women_only = true;
    expect_broken(&small, AM_R11, P_NEW, S_NEAR);
}

static void R11_the_only_woman_among_men(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    book(&small, P_RELUCTANT, S_THURSDAY);
    expect_broken(&small, AM_R11, P_RELUCTANT, S_THURSDAY);
}

static void R11_another_woman_is_company(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    book(&small, P_RELUCTANT, S_WEDNESDAY);
    expect_none(&small);
}

static void R11_soft_where_policy_says_so(void **state)
{
    (void)state;
    struct small small;
    struct am_score score;
    start(&small);
    small.caseload.policy.lone_woman = AM_LONE_WOMAN_SOFT;
    book(&small, P_RELUCTANT, S_THURSDAY);
    assert_int_equal(am_audit_score(&small.caseload, &small.roster, &score, NULL), AM_OK);
    assert_int_equal(score.rule_units[AM_R11], 1);
    assert_int_equal(score.rule_points[AM_R11], small.caseload.policy.weights.lone_woman_soft);
    expect_none(&small);
}

static void R12_two_who_are_to_be_kept_apart(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small_unbook(&small, P_WARY, S_WORKSHOP);
    small.roster.sessions[S_WORKSHOP].runs = false;
    book(&small, P_WARY, S_WEDNESDAY);
    expect_broken(&small, AM_R12, P_SECOND, S_WEDNESDAY);
}

static void R13_something_to_be_avoided(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    book(&small, P_WARY, S_NEAR);
    expect_broken(&small, AM_R13, P_WARY, S_NEAR);
}

static void R13_a_need_that_is_not_met(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.people[P_NEW].needs = 2;
    small.projects[J_INDUCTION].offers = 2;
    expect_broken(&small, AM_R13, P_NEW, S_NEAR);
}

static void R13_a_barred_place(void **state)
{
    (void)state;
    static const int32_t home[] = {0};
    struct small small;
    start(&small);
    small.people[P_NEW].barred_places = (struct am_indices){home, 1};
    expect_broken(&small, AM_R13, P_NEW, S_NEAR);
}

/* ---- R14, R15, R16 ---- */

static void R14_booked_to_a_cancelled_session(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    assert_true(small_book(&small, P_WOMAN, S_CLOSED));
    expect_broken(&small, AM_R14, P_WOMAN, S_CLOSED);
}

static void R15_a_pinned_appointment_is_gone(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small_unbook(&small, P_MAN, S_THURSDAY);
    book(&small, P_WOMAN, S_THURSDAY); /* the group is large enough */
    expect_broken(&small, AM_R15, P_MAN, S_THURSDAY);
}

static void R15_what_was_attended_is_changed(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    find(&small, P_BRIEF, S_MONDAY)->minutes = 420;
    expect_broken(&small, AM_R15, P_BRIEF, S_MONDAY);
}

static void R15_what_is_fixed_is_credited_to_another_order(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    struct am_roster_appointment *fixed = find(&small, P_MAN, S_THURSDAY);
    fixed->order =
        small.people[P_MAN].first_order + (fixed->order == small.people[P_MAN].first_order);
    expect_broken(&small, AM_R15, P_MAN, S_THURSDAY);
}

static void R15_somebody_new_in_the_past(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.sessions[S_MONDAY].supervised = false; /* nobody may lead what is past: R10 */
    assert_true(small_book(&small, P_WOMAN, S_MONDAY));
    expect_broken(&small, AM_R15, P_WOMAN, S_MONDAY);
}

static void R15_what_is_past_is_led_by_another(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.roster.sessions[S_MONDAY].supervisor = M_TWO;
    expect_broken(&small, AM_R15, -1, S_MONDAY);
}

static void R15_a_pinned_supervisor_does_not_lead(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.sessions[S_WEDNESDAY].pinned_supervisor = M_TWO;
    expect_broken(&small, AM_R15, -1, S_WEDNESDAY);
}

static void R15_a_session_with_a_fixed_appointment_does_not_run(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small_unbook(&small, P_SECOND, S_THURSDAY);
    small.roster.sessions[S_THURSDAY] = (struct am_roster_session){false, -1};
    expect_broken(&small, AM_R15, -1, S_THURSDAY);
}

static void R16_work_before_the_induction(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    book(&small, P_NEW, S_WORKSHOP);
    expect_broken(&small, AM_R16, P_NEW, S_WORKSHOP);
}

static void R16_a_waiver_that_has_ended_lifts_nothing(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small.waivers[0] =
        (struct am_waiver){AM_R16, P_NEW, -1, NULL, small.caseload.from - 1, "the manager"};
    small.caseload.waiver_count = 1;
    book(&small, P_NEW, S_WORKSHOP);
    expect_broken(&small, AM_R16, P_NEW, S_WORKSHOP);
}

static void R16_a_second_induction(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    book(&small, P_WOMAN, S_INDUCTION);
    expect_broken(&small, AM_R16, P_WOMAN, S_INDUCTION);
}

static void R16_no_induction_at_all(void **state)
{
    (void)state;
    struct small small;
    start(&small);
    small_unbook(&small, P_NEW, S_INDUCTION);
    small.roster.sessions[S_INDUCTION].runs = false;
    expect_broken(&small, AM_R16, P_NEW, S_NEAR);
}

/* ---- claims ---- */

static void a_claimed_figure_that_is_wrong_is_seen(void **state)
{
    (void)state;
    struct small small;
    struct am_audit audit;
    start(&small);
    small.roster.score.wish_units[AM_S6]++;
    assert_int_equal(am_audit_roster(&small.caseload, &small.roster, &audit, NULL), AM_OK);
    assert_false(audit.score_agrees);
    assert_true(audit.proof_agrees);
    assert_false(am_audit_passes(&audit));
    am_audit_release(&audit);
    small_release(&small);
}

static void a_journey_that_is_shorter_than_it_is_is_seen(void **state)
{
    (void)state;
    struct small small;
    struct am_audit audit;
    start(&small);
    find(&small, P_WOMAN, S_WEDNESDAY)->back--;
    assert_int_equal(am_audit_roster(&small.caseload, &small.roster, &audit, NULL), AM_OK);
    assert_false(audit.score_agrees);
    am_audit_release(&audit);
    small_release(&small);
}

static void each_claim_of_the_proof_is_checked(void **state)
{
    (void)state;
    for (int change = 0; change < 4; change++) {
        struct small small;
        struct am_audit audit;
        start(&small);
        struct am_proof *proof = &small.roster.proof;
        proof->objective += change == 0;
        proof->bound += change == 1 ? 2 : 0;
        proof->fixed_only -= change == 2;
        if (change == 3)
            small.roster.outcome = AM_OUTCOME_OPTIMAL; /* though the bound is a point below */
        assert_int_equal(am_audit_roster(&small.caseload, &small.roster, &audit, NULL), AM_OK);
        assert_true(audit.score_agrees);
        assert_false(audit.proof_agrees);
        assert_false(am_audit_passes(&audit));
        am_audit_release(&audit);
        small_release(&small);
    }
}

static void a_roster_of_another_caseload_is_refused(void **state)
{
    (void)state;
    for (int change = 0; change < 3; change++) {
        struct small small;
        struct am_audit audit;
        struct am_err err = {0};
        start(&small);
        small.roster.appointments[0].person = change == 0 ? P_COUNT : P_MAN;
        small.roster.appointments[0].session = change == 1 ? S_NEXT : S_MONDAY;
        small.roster.sessions[S_NEAR].supervisor = change == 2 ? M_COUNT : -1;
        assert_int_equal(am_audit_roster(&small.caseload, &small.roster, &audit, &err),
                         AM_EINVALID);
        assert_non_null(strstr(err.msg, "not of this caseload"));
        small_release(&small);
    }
}

static void breaches_are_listed_by_rule(void **state)
{
    (void)state;
    struct small small;
    struct am_audit audit;
    start(&small);
    book(&small, P_WARY, S_NEAR);
    book(&small, P_WOMAN, S_INDUCTION);
    book(&small, P_RELUCTANT, S_FAR);
    assert_int_equal(am_audit_roster(&small.caseload, &small.roster, &audit, NULL), AM_OK);
    assert_int_equal(audit.broken, 3);
    assert_int_equal(audit.breaches[0].rule, AM_R3);
    assert_int_equal(audit.breaches[1].rule, AM_R13);
    assert_int_equal(audit.breaches[2].rule, AM_R16);
    assert_int_equal(audit.breaches[2].date, small.caseload.from + 4);
    am_audit_release(&audit);
    small_release(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_roster_that_is_changed_passes),
        cmocka_unit_test(R1_another_order_is_credited),
        cmocka_unit_test(R1_booked_before_the_sentence),
        cmocka_unit_test(R1_the_order_is_suspended),
        cmocka_unit_test(R2_not_available_that_day),
        cmocka_unit_test(R2_the_journey_counts_where_policy_says_so),
        cmocka_unit_test(R3_too_far),
        cmocka_unit_test(R3_waived_for_this_case),
        cmocka_unit_test(R4_twice_a_day),
        cmocka_unit_test(R4_booked_twice_to_one_session),
        cmocka_unit_test(R5_over_the_weekly_maximum),
        cmocka_unit_test(R5_the_maximum_itself_is_allowed),
        cmocka_unit_test(R5_fixed_alone_is_accepted),
        cmocka_unit_test(R6_cut_though_enough_is_left),
        cmocka_unit_test(R6_more_than_is_left),
        cmocka_unit_test(R6_starts_at_another_time),
        cmocka_unit_test(R6_the_last_one_may_be_cut),
        cmocka_unit_test(R7_no_education_is_wanted),
        cmocka_unit_test(R7_over_the_allowance),
        cmocka_unit_test(R8_more_people_than_places),
        cmocka_unit_test(R9_fewer_than_the_minimum_group),
        cmocka_unit_test(R9_fixed_ones_alone_are_accepted),
        cmocka_unit_test(R9_runs_with_nobody),
        cmocka_unit_test(R9_runs_with_nobody_and_nobody_leads),
        cmocka_unit_test(R9_booked_but_does_not_run),
        cmocka_unit_test(R10_nobody_leads),
        cmocka_unit_test(R10_not_qualified),
        cmocka_unit_test(R10_group_over_the_supervisors_limit),
        cmocka_unit_test(R10_in_two_places_at_once),
        cmocka_unit_test(R10_over_the_supervisors_hours),
        cmocka_unit_test(R10_a_case_demands_another_supervisor),
        cmocka_unit_test(R10_a_supervisor_where_none_is_needed),
        cmocka_unit_test(R11_not_a_placement_for_the_person),
        cmocka_unit_test(R11_a_man_in_a_womens_session),
        cmocka_unit_test(R11_the_only_woman_among_men),
        cmocka_unit_test(R11_another_woman_is_company),
        cmocka_unit_test(R11_soft_where_policy_says_so),
        cmocka_unit_test(R12_two_who_are_to_be_kept_apart),
        cmocka_unit_test(R13_something_to_be_avoided),
        cmocka_unit_test(R13_a_need_that_is_not_met),
        cmocka_unit_test(R13_a_barred_place),
        cmocka_unit_test(R14_booked_to_a_cancelled_session),
        cmocka_unit_test(R15_a_pinned_appointment_is_gone),
        cmocka_unit_test(R15_what_was_attended_is_changed),
        cmocka_unit_test(R15_what_is_fixed_is_credited_to_another_order),
        cmocka_unit_test(R15_somebody_new_in_the_past),
        cmocka_unit_test(R15_what_is_past_is_led_by_another),
        cmocka_unit_test(R15_a_pinned_supervisor_does_not_lead),
        cmocka_unit_test(R15_a_session_with_a_fixed_appointment_does_not_run),
        cmocka_unit_test(R16_work_before_the_induction),
        cmocka_unit_test(R16_a_waiver_that_has_ended_lifts_nothing),
        cmocka_unit_test(R16_a_second_induction),
        cmocka_unit_test(R16_no_induction_at_all),
        cmocka_unit_test(a_claimed_figure_that_is_wrong_is_seen),
        cmocka_unit_test(a_journey_that_is_shorter_than_it_is_is_seen),
        cmocka_unit_test(each_claim_of_the_proof_is_checked),
        cmocka_unit_test(a_roster_of_another_caseload_is_refused),
        cmocka_unit_test(breaches_are_listed_by_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
