/* The fact behind each rule that keeps somebody from a session, with its figures. */
#include "model/why.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "model/contradiction.h"
#include "tests/support/few.h"

/* One person with 100 hours to do, one group session on Tuesday from nine to
 * four, and nothing in the way. */
static struct few few;
static struct am_caseload *c;
static struct am_why why;

static int make(void **state)
{
    (void)state;
    few_init(&few);
    c = &few.caseload;
    (void)few_worker(&few, 6000);
    (void)few_session(&few, few_project(&few, AM_GROUP), 1, 540, 420);
    return 0;
}

static int release(void **state)
{
    (void)state;
    few_release(&few);
    return 0;
}

/* The only reason, and its kind. */
static const struct am_because *ask(enum am_rule rule, enum am_why_kind kind)
{
    few_derive_orders(&few);
    am_why_ask(c, &few.orders, 0, 0, &why);
    assert_int_equal(why.rules, AM_RULE_BIT(rule));
    assert_int_equal(why.count, 1);
    assert_int_equal(why.because[0].rule, rule);
    assert_int_equal(why.because[0].kind, kind);
    return &why.because[0];
}

static void nothing_forbids_what_may_be_attended(void **state)
{
    (void)state;
    few_derive_orders(&few);
    am_why_ask(c, &few.orders, 0, 0, &why);
    assert_int_equal(why.rules, 0);
    assert_int_equal(why.count, 0);
}

static void an_order_that_is_not_there_yet(void **state)
{
    (void)state;
    c->orders[0].sentence_date = FEW_FROM + 2;
    assert_int_equal(ask(AM_R1, AM_BECAUSE_BEFORE_SENTENCE)->date, FEW_FROM + 2);
}

static void windows_that_do_not_reach(void **state)
{
    (void)state;
    few_never(&few, 0);
    (void)ask(AM_R2, AM_BECAUSE_NOT_FREE);
    (void)few_window(&few, 0, 0x7f, 600, 660);
    (void)few_window(&few, 0, 0x7f, 700, 1200);
    const struct am_because *because = ask(AM_R2, AM_BECAUSE_FREE_ELSE);
    assert_int_equal(because->from, 700); /* the longest */
    assert_int_equal(because->to, 1200);
    assert_int_equal(because->needs_from, 540);
    assert_int_equal(because->needs_to, 960);
}

static void an_absence_is_told_by_its_days(void **state)
{
    (void)state;
    few_absence(&few, 0, am_stamp_of(FEW_FROM, 600), am_stamp_of(FEW_FROM + 3, 0));
    const struct am_because *because = ask(AM_R2, AM_BECAUSE_AWAY);
    assert_int_equal(because->date, FEW_FROM);
    assert_int_equal(because->until, FEW_FROM + 2); /* ends at midnight */
}

static void a_journey_is_told_by_its_longer_leg(void **state)
{
    (void)state;
    int home = few_place(&few, 53000000, -2000000);
    struct am_travel_table *there = few_table(&few, AM_CAR, 80);
    struct am_travel_table *back = few_table(&few, AM_CAR, 96);
    c->people[0].home = home;
    c->people[0].modes = 1U << AM_CAR;
    c->policy.travel_estimates = 0;
    there->directions = AM_THERE;
    back->directions = AM_BACK;
    const struct am_because *because = ask(AM_R3, AM_BECAUSE_FAR_BACK);
    assert_int_equal(because->minutes, 96);
    assert_int_equal(because->limit, 90);
    *few_minutes(&few, there, home, 0) = 97;
    because = ask(AM_R3, AM_BECAUSE_FAR_THERE);
    assert_int_equal(because->minutes, 97);
    *few_minutes(&few, there, home, 0) = AM_NO_JOURNEY;
    (void)ask(AM_R3, AM_BECAUSE_NO_JOURNEY);
    *few_minutes(&few, there, home, 0) = AM_UNKNOWN_JOURNEY;
    (void)ask(AM_R3, AM_BECAUSE_UNKNOWN_JOURNEY);
}

static void a_week_that_is_full_already(void **state)
{
    (void)state;
    int other = few_session(&few, 0, 3, 540, 420);
    c->appointments[few_appointment(&few, 0, other, AM_BOOKED)].pinned = true;
    c->people[0].weekly_max_min = 700;
    const struct am_because *because = ask(AM_R5, AM_BECAUSE_WEEK_FULL);
    assert_int_equal(because->minutes, 840);
    assert_int_equal(because->limit, 700);
}

static void what_is_left_of_an_order(void **state)
{
    (void)state;
    int other = few_session(&few, 0, 3, 540, 420);
    c->orders[0].ordered_min = 600;
    c->appointments[few_appointment(&few, 0, other, AM_BOOKED)].pinned = true;
    const struct am_because *because = ask(AM_R6, AM_BECAUSE_CUT_BEFORE_FIXED);
    assert_int_equal(because->minutes, 420);
    assert_int_equal(because->limit, 180);
    c->orders[0].ordered_min = 420;
    (void)ask(AM_R6, AM_BECAUSE_NOTHING_LEFT);
}

static void education_beyond_the_allowance(void **state)
{
    (void)state;
    c->projects[0].type = AM_ETE;
    (void)ask(AM_R7, AM_BECAUSE_NO_EDUCATION);
    c->people[0].wants_ete = true;
    c->orders[0].ordered_min = 1000;
    const struct am_because *because = ask(AM_R7, AM_BECAUSE_EDUCATION_LEFT);
    assert_int_equal(because->minutes, 420);
    assert_int_equal(because->limit, 200);
}

static void nobody_to_lead_is_no_restriction(void **state)
{
    (void)state;
    c->sessions[0].supervised = true;
    (void)ask(AM_R10, AM_BECAUSE_NOBODY_LEADS);
    (void)few_supervisor(&few); /* a man */
    c->people[0].supervisor_gender = AM_FEMALE;
    (void)ask(AM_R10, AM_BECAUSE_DEMAND);
}

static void placements(void **state)
{
    (void)state;
    c->people[0].placement = AM_INDIVIDUAL_PLACEMENT;
    (void)ask(AM_R11, AM_BECAUSE_PLACEMENT);
    c->people[0].placement = AM_WOMEN_ONLY;
    c->projects[0].women_only = true;
    (void)ask(AM_R11, AM_BECAUSE_WOMEN_ONLY);
}

static void sessions_that_are_not_held(void **state)
{
    (void)state;
    c->sessions[0].closed = AM_CANCELLED;
    (void)ask(AM_R14, AM_BECAUSE_CANCELLED);
    c->sessions[0].closed = AM_NON_WORKING_DAY;
    (void)ask(AM_R14, AM_BECAUSE_NON_WORKING);
    c->sessions[0].closed = AM_OPEN;
    c->sessions[0].places = 0;
    (void)ask(AM_R8, AM_BECAUSE_NO_PLACES);
}

/* ---- contradictions ---- */

static void one_rule_that_is_enough_is_named_alone(void **state)
{
    (void)state;
    const am_rule_set sets[] = {AM_RULE_BIT(AM_R2) | AM_RULE_BIT(AM_R3),
                                AM_RULE_BIT(AM_R3) | AM_RULE_BIT(AM_R11), AM_RULE_BIT(AM_R3)};
    assert_int_equal(am_contradiction_rules(sets, 3), AM_RULE_BIT(AM_R3));
}

static void rules_that_can_be_spared_are_left_out(void **state)
{
    (void)state;
    const am_rule_set sets[] = {AM_RULE_BIT(AM_R2) | AM_RULE_BIT(AM_R7), AM_RULE_BIT(AM_R3),
                                AM_RULE_BIT(AM_R2) | AM_RULE_BIT(AM_R11)};
    assert_int_equal(am_contradiction_rules(sets, 3), AM_RULE_BIT(AM_R2) | AM_RULE_BIT(AM_R3));
    assert_int_equal(am_contradiction_rules(sets, 0), 0);
}

/* Facts 1 and 3 contradict each other, and so do 2, 3 and 4. */
static bool contradict(void *context, const bool *kept)
{
    ++*(int *)context;
    return (kept[1] && kept[3]) || (kept[2] && kept[3] && kept[4]);
}

static void facts_are_left_out_from_the_last(void **state)
{
    (void)state;
    bool kept[6] = {true, true, true, true, true, true};
    int asked = 0;
    assert_int_equal(am_contradiction_reduce(6, contradict, &asked, kept), 2);
    assert_true(kept[1] && kept[3]);
    assert_false(kept[0] || kept[2] || kept[4] || kept[5]);
    assert_int_equal(asked, 6);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, make, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(nothing_forbids_what_may_be_attended),
        WITH(an_order_that_is_not_there_yet),
        WITH(windows_that_do_not_reach),
        WITH(an_absence_is_told_by_its_days),
        WITH(a_journey_is_told_by_its_longer_leg),
        WITH(a_week_that_is_full_already),
        WITH(what_is_left_of_an_order),
        WITH(education_beyond_the_allowance),
        WITH(nobody_to_lead_is_no_restriction),
        WITH(placements),
        WITH(sessions_that_are_not_held),
        cmocka_unit_test(one_rule_that_is_enough_is_named_alone),
        cmocka_unit_test(rules_that_can_be_spared_are_left_out),
        cmocka_unit_test(facts_are_left_out_from_the_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
