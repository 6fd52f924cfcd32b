/* Who may attend what, and why not: each rule alone, then all pairs at once. */
#include "model/eligible.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/few.h"

/* One person with 100 hours to do, one group session on Tuesday from nine to
 * four, and nothing in the way. */
struct simple {
    struct few few;
    struct am_caseload *c;
    struct am_person *person;
    struct am_order *order;
    struct am_project *project;
    struct am_session *session;
    int p, s;
};

static struct simple simple;

static int make_simple(void **state)
{
    (void)state;
    simple = (struct simple){0};
    few_init(&simple.few);
    simple.c = &simple.few.caseload;
    simple.p = few_worker(&simple.few, 6000);
    simple.s = few_session(&simple.few, few_project(&simple.few, AM_GROUP), 1, 540, 420);
    simple.person = &simple.c->people[0];
    simple.order = &simple.c->orders[0];
    simple.project = &simple.c->projects[0];
    simple.session = &simple.c->sessions[0];
    return 0;
}

static int release_simple(void **state)
{
    (void)state;
    few_release(&simple.few);
    return 0;
}

static am_rule_set forbidden(void)
{
    few_derive_orders(&simple.few);
    return am_forbidden(simple.c, &simple.few.orders, simple.p, simple.s, NULL);
}

static void assert_only(am_rule_set set, enum am_rule rule)
{
    assert_int_equal(set, AM_RULE_BIT(rule));
}

/* Forbidden by the rule alone, and allowed once that is waived. */
static void assert_waivable(enum am_rule rule)
{
    assert_only(forbidden(), rule);
    int waiver = few_waiver(&simple.few, rule, simple.p);
    assert_int_equal(forbidden(), 0);
    simple.c->waiver_count = waiver;
}

static void a_plain_person_may_attend_a_plain_session(void **state)
{
    (void)state;
    struct am_journey journey;
    few_derive_orders(&simple.few);
    assert_int_equal(am_forbidden(simple.c, &simple.few.orders, simple.p, simple.s, &journey), 0);
    assert_true(journey.known);
    assert_true(journey.allowed);
    assert_int_equal(journey.there + journey.back, 0);
}

static void nobody_attends_before_sentence_or_without_an_order(void **state)
{
    (void)state;
    simple.order->sentence_date = FEW_FROM + 1;
    assert_int_equal(forbidden(), 0);
    simple.order->sentence_date = FEW_FROM + 2;
    assert_only(forbidden(), AM_R1);
    simple.order->sentence_date = FEW_FROM;
    simple.order->status = AM_ORDER_SUSPENDED;
    assert_int_equal(forbidden(), AM_RULE_BIT(AM_R1) | AM_RULE_BIT(AM_R6));
}

static void windows_of_a_day_are_joined(void **state)
{
    (void)state;
    few_never(&simple.few, simple.p);
    (void)few_window(&simple.few, simple.p, 1U << AM_TU, 720, 960);
    assert_waivable(AM_R2);
    (void)few_window(&simple.few, simple.p, 1U << AM_TU, 540, 719);
    assert_only(forbidden(), AM_R2);
    (void)few_window(&simple.few, simple.p, 1U << AM_TU, 540, 720);
    assert_int_equal(forbidden(), 0);
}

static void a_window_of_another_day_does_not_serve(void **state)
{
    (void)state;
    few_never(&simple.few, simple.p);
    (void)few_window(&simple.few, simple.p, 0x7f & ~(1U << AM_TU), 0, 1440);
    assert_only(forbidden(), AM_R2);
}

static void a_window_serves_from_and_to_its_dates(void **state)
{
    (void)state;
    few_never(&simple.few, simple.p);
    struct am_window *window = few_window(&simple.few, simple.p, 0x7f, 0, 1440);
    window->valid_from = FEW_FROM + 1;
    window->valid_to = FEW_FROM + 1;
    assert_int_equal(forbidden(), 0);
    window->valid_from = FEW_FROM + 2;
    window->valid_to = AM_NO_DATE;
    assert_only(forbidden(), AM_R2);
    window->valid_from = AM_NO_DATE;
    window->valid_to = FEW_FROM;
    assert_only(forbidden(), AM_R2);
}

static void a_fortnight_is_counted_from_the_monday_of_its_first_week(void **state)
{
    (void)state;
    few_never(&simple.few, simple.p);
    struct am_window *window = few_window(&simple.few, simple.p, 0x7f, 0, 1440);
    window->every_weeks = 2;
    window->valid_from = FEW_FROM - 14 + 4; /* the Friday of the week before last */
    assert_int_equal(forbidden(), 0);
    window->valid_from = FEW_FROM - 7 + 4;
    assert_only(forbidden(), AM_R2);
    window->valid_from = FEW_FROM - 7;
    assert_only(forbidden(), AM_R2);
    window->valid_from = FEW_FROM - 8;
    assert_int_equal(forbidden(), 0);
}

static void an_absence_that_only_touches_is_no_absence(void **state)
{
    (void)state;
    am_stamp tuesday = am_stamp_of(FEW_FROM + 1, 0);
    few_absence(&simple.few, simple.p, tuesday - 5000, tuesday + 540);
    few_absence(&simple.few, simple.p, tuesday + 960, tuesday + 5000);
    assert_int_equal(forbidden(), 0);
    few_absence(&simple.few, simple.p, tuesday + 700, tuesday + 701);
    assert_waivable(AM_R2);
}

static void leaving_home_takes_the_journeys_too(void **state)
{
    (void)state;
    simple.person->home = few_place(&simple.few, 0, 0);
    (void)few_table(&simple.few, AM_WALK, 30);
    simple.c->policy.availability_leaves_home = 1;
    few_never(&simple.few, simple.p);
    struct am_window *window = few_window(&simple.few, simple.p, 0x7f, 510, 990);
    assert_int_equal(forbidden(), 0);
    window->from = 511;
    assert_only(forbidden(), AM_R2);
    window->from = 510;
    window->to = 989;
    assert_only(forbidden(), AM_R2);
    simple.c->policy.availability_leaves_home = 0;
    assert_int_equal(forbidden(), 0);
}

static void an_unknown_journey_does_not_widen_availability(void **state)
{
    (void)state;
    simple.person->home = -1;
    simple.c->policy.availability_leaves_home = 1;
    few_never(&simple.few, simple.p);
    (void)few_window(&simple.few, simple.p, 0x7f, 540, 960);
    assert_waivable(AM_R3);
}

static void travel_over_the_limit_or_unknown_is_not_allowed(void **state)
{
    (void)state;
    simple.person->home = few_place(&simple.few, 0, 0);
    assert_waivable(AM_R3);
    struct am_travel_table *table = few_table(&simple.few, AM_WALK, 90);
    assert_int_equal(forbidden(), 0);
    *few_minutes(&simple.few, table, simple.person->home, 0) = 91;
    assert_waivable(AM_R3);
    simple.c->policy.travel_limit_minutes = AM_NO_LIMIT;
    assert_int_equal(forbidden(), 0);
    *few_minutes(&simple.few, table, simple.person->home, 0) = AM_NO_JOURNEY;
    assert_only(forbidden(), AM_R3);
}

static void a_day_holds_one_appointment_whatever_became_of_it(void **state)
{
    (void)state;
    int other = few_session(&simple.few, 0, 1, 1000, 60);
    int a = few_appointment(&simple.few, simple.p, other, AM_BOOKED);
    assert_int_equal(forbidden(), 0); /* merely booked: not fixed */
    simple.c->appointments[a].pinned = true;
    assert_only(forbidden(), AM_R4);
    simple.c->appointments[a].state = AM_STOOD_DOWN;
    assert_only(forbidden(), AM_R4);
}

static void the_weekly_maximum_counts_what_is_offered(void **state)
{
    (void)state;
    int other = few_session(&simple.few, 0, 2, 540, 420);
    int a = few_appointment(&simple.few, simple.p, other, AM_MISSED);
    simple.person->weekly_max_min = 840;
    assert_int_equal(forbidden(), 0);
    simple.person->weekly_max_min = 839;
    assert_waivable(AM_R5);
    simple.c->appointments[a].state = AM_STOOD_DOWN;
    assert_int_equal(forbidden(), 0);
    simple.c->appointments[a].state = AM_ATTENDED;
    simple.c->appointments[a].credited_min = 419;
    assert_int_equal(forbidden(), 0);
    simple.c->appointments[a].credited_min = 420;
    assert_only(forbidden(), AM_R5);
}

static void a_waiver_of_the_weekly_maximum_lifts_weeks_by_their_monday(void **state)
{
    (void)state;
    simple.person->weekly_max_min = 60;
    int w = few_waiver(&simple.few, AM_R5, simple.p);
    simple.c->waivers[w].until = FEW_FROM;
    assert_int_equal(forbidden(), 0);
    simple.c->waivers[w].until = FEW_FROM - 1;
    assert_only(forbidden(), AM_R5);
}

static void intensive_working_has_a_maximum_of_its_own(void **state)
{
    (void)state;
    few_derive_orders(&simple.few);
    assert_int_equal(am_weekly_max(simple.c, simple.p, 0), 960);
    simple.person->intensive_agreed = true;
    assert_int_equal(am_weekly_max(simple.c, simple.p, 0), 1680);
    simple.person->weekly_max_min = 300;
    assert_int_equal(am_weekly_max(simple.c, simple.p, 0), 300);
}

static void a_short_appointment_must_complete_the_order(void **state)
{
    (void)state;
    simple.order->ordered_min = 30;
    assert_int_equal(forbidden(), 0);
    simple.session->minutes = 59;
    simple.order->ordered_min = 59;
    assert_int_equal(forbidden(), 0);
    simple.order->ordered_min = 60;
    assert_only(forbidden(), AM_R6);
    simple.session->minutes = 60;
    simple.order->ordered_min = 6000;
    assert_int_equal(forbidden(), 0);
}

static void nothing_is_cut_before_a_fixed_appointment(void **state)
{
    (void)state;
    int later = few_session(&simple.few, 0, 3, 540, 60);
    int a = few_appointment(&simple.few, simple.p, later, AM_BOOKED);
    simple.c->appointments[a].pinned = true;
    simple.order->ordered_min = 479;
    assert_only(forbidden(), AM_R6);
    simple.order->ordered_min = 480;
    assert_int_equal(forbidden(), 0);
    simple.order->ordered_min = 479;
    simple.c->appointments[a].state = AM_MISSED; /* recorded: no longer in the way */
    assert_int_equal(forbidden(), 0);
}

static void education_stays_within_its_allowance(void **state)
{
    (void)state;
    simple.project->type = AM_ETE;
    assert_waivable(AM_R7);
    simple.person->wants_ete = true;
    simple.order->ordered_min = 2100; /* a fifth is 420 */
    assert_int_equal(forbidden(), 0);
    simple.order->ordered_min = 2099;
    assert_only(forbidden(), AM_R7);
    simple.c->policy.ete_percent = AM_NO_LIMIT;
    assert_int_equal(forbidden(), 0);
}

static void a_session_without_bookable_places_takes_nobody(void **state)
{
    (void)state;
    simple.session->places = 1;
    simple.c->policy.over_instruction_percent = 99;
    assert_only(forbidden(), AM_R8);
    simple.c->policy.over_instruction_percent = 100;
    assert_int_equal(forbidden(), 0);
}

static void a_supervised_session_needs_somebody_who_may_lead(void **state)
{
    (void)state;
    simple.session->supervised = true;
    assert_only(forbidden(), AM_R10);
    (void)few_waiver(&simple.few, AM_R10, simple.p); /* lifts only the demand of a gender */
    assert_only(forbidden(), AM_R10);
    int m = few_supervisor(&simple.few);
    assert_int_equal(forbidden(), 0);
    simple.c->supervisors[m].any_project = false;
    assert_only(forbidden(), AM_R10);
    simple.c->supervisors[m].projects = few_indices(&simple.few, 0);
    assert_int_equal(forbidden(), 0);
}

static void a_demand_for_a_gender_needs_a_supervisor_of_it(void **state)
{
    (void)state;
    simple.person->supervisor_gender = AM_FEMALE;
    assert_waivable(AM_R10); /* unsupervised */
    simple.session->supervised = true;
    (void)few_supervisor(&simple.few);
    assert_waivable(AM_R10);
    int woman = few_supervisor(&simple.few);
    simple.c->supervisors[woman].gender = AM_FEMALE;
    assert_int_equal(forbidden(), 0);
    simple.session->pinned_supervisor = 0;
    assert_only(forbidden(), AM_R10);
}

static void a_pinned_supervisor_alone_may_lead_available_or_not(void **state)
{
    (void)state;
    int a = few_supervisor(&simple.few), b = few_supervisor(&simple.few);
    simple.c->supervisors[b].available.count = 0;
    assert_true(am_may_lead(simple.c, a, simple.s));
    assert_false(am_may_lead(simple.c, b, simple.s));
    simple.session->pinned_supervisor = b;
    assert_false(am_may_lead(simple.c, a, simple.s));
    assert_true(am_may_lead(simple.c, b, simple.s));
}

static void nobody_new_leads_a_past_session(void **state)
{
    (void)state;
    int m = few_supervisor(&simple.few);
    simple.c->as_of = FEW_FROM + 1;
    assert_true(am_may_lead(simple.c, m, simple.s));
    simple.c->as_of = FEW_FROM + 2;
    assert_false(am_may_lead(simple.c, m, simple.s));
}

static void placements_follow_the_type_of_project(void **state)
{
    (void)state;
    simple.person->placement = AM_WOMEN_ONLY | AM_INDIVIDUAL_PLACEMENT;
    assert_waivable(AM_R11);
    simple.person->placement = AM_MIXED_GROUP | AM_WOMEN_ONLY;
    assert_int_equal(forbidden(), 0);
    simple.project->type = AM_INDIVIDUAL;
    assert_only(forbidden(), AM_R11);
    simple.person->placement = 0;
    simple.project->type = AM_ETE;
    simple.person->wants_ete = true;
    assert_int_equal(forbidden(), 0);
}

static void women_only_sessions_take_women_and_those_who_may_join(void **state)
{
    (void)state;
    simple.project->women_only = true;
    assert_waivable(AM_R11);
    simple.person->may_join_women_only = true;
    assert_only(forbidden(), AM_R11); /* a man all the same */
    simple.person->gender = AM_FEMALE;
    simple.person->may_join_women_only = false;
    assert_int_equal(forbidden(), 0);
    simple.person->placement = AM_MIXED_GROUP;
    assert_only(forbidden(), AM_R11);
    simple.project->type = AM_INDIVIDUAL;
    simple.person->placement = AM_INDIVIDUAL_PLACEMENT;
    assert_int_equal(forbidden(), 0);
    simple.person->gender = AM_GENDER_OTHER;
    assert_only(forbidden(), AM_R11);
    simple.person->may_join_women_only = true;
    assert_int_equal(forbidden(), 0);
    simple.person->gender = AM_GENDER_UNKNOWN;
    assert_int_equal(forbidden(), 0);
}

static void restrictions_and_needs_are_respected(void **state)
{
    (void)state;
    simple.person->must_avoid = 6;
    simple.project->tags = 9;
    assert_int_equal(forbidden(), 0);
    simple.project->tags = 8 | 4;
    assert_waivable(AM_R13);
    simple.project->tags = 0;
    simple.person->needs = 3;
    simple.project->offers = 7;
    assert_int_equal(forbidden(), 0);
    simple.project->offers = 5;
    assert_waivable(AM_R13);
    simple.person->needs = 0;
    simple.person->barred_projects = few_indices(&simple.few, 0);
    assert_waivable(AM_R13);
    simple.person->barred_projects.count = 0;
    simple.person->barred_places = few_indices(&simple.few, 0);
    assert_waivable(AM_R13);
}

static void nobody_new_goes_to_a_closed_or_past_session(void **state)
{
    (void)state;
    simple.session->closed = AM_CANCELLED;
    assert_only(forbidden(), AM_R14);
    (void)few_waiver(&simple.few, AM_R14, simple.p);
    assert_only(forbidden(), AM_R14);
    simple.session->closed = AM_NON_WORKING_DAY;
    assert_only(forbidden(), AM_R14);
    simple.session->closed = AM_OPEN;
    simple.c->as_of = FEW_FROM + 2;
    assert_only(forbidden(), AM_R15);
}

static void nobody_is_inducted_twice(void **state)
{
    (void)state;
    simple.project->type = AM_INDUCTION;
    assert_waivable(AM_R16);
    simple.person->inducted_on = AM_NO_DATE;
    assert_int_equal(forbidden(), 0);
    simple.order->worked_min = 60;
    assert_only(forbidden(), AM_R16);
    simple.c->policy.induction_first = 0;
    assert_int_equal(forbidden(), 0);
}

/* Who need not be inducted first may be inducted later: a waiver never takes anything away. */
static void a_waiver_of_the_induction_that_has_ended_forbids_none(void **state)
{
    (void)state;
    simple.project->type = AM_INDUCTION;
    simple.person->inducted_on = AM_NO_DATE;
    simple.c->waivers[few_waiver(&simple.few, AM_R16, simple.p)].until = FEW_FROM;
    assert_true(simple.c->sessions[0].date > FEW_FROM);
    assert_int_equal(forbidden(), 0);
}

static void a_waiver_covers_what_it_names_and_no_more(void **state)
{
    (void)state;
    simple.person->barred_places = few_indices(&simple.few, 0);
    (void)few_person(&simple.few);
    int w = few_waiver(&simple.few, AM_R13, simple.p);
    struct am_waiver *waiver = &simple.c->waivers[w];
    waiver->until = FEW_FROM + 1;
    assert_int_equal(forbidden(), 0);
    waiver->until = FEW_FROM;
    assert_only(forbidden(), AM_R13);
    waiver->until = AM_NO_DATE;
    waiver->project = 0;
    assert_int_equal(forbidden(), 0);
    waiver->project = 1;
    assert_only(forbidden(), AM_R13);
    waiver->project = -1;
    waiver->session_id = "S0";
    assert_int_equal(forbidden(), 0);
    waiver->session_id = "S1";
    assert_only(forbidden(), AM_R13);
    waiver->session_id = NULL;
    waiver->person = 1;
    assert_only(forbidden(), AM_R13);
}

static void beyond_the_window_only_some_rules_matter(void **state)
{
    (void)state;
    int s = few_session(&simple.few, 0, 30, 540, 420);
    simple.project->women_only = true; /* R11 */
    simple.c->sessions[s].supervised = true;
    simple.c->sessions[s].places = 0;
    assert_true(am_could_attend(simple.c, simple.p, 0, s));
    simple.order->sentence_date = FEW_FROM + 31;
    assert_false(am_could_attend(simple.c, simple.p, 0, s));
    simple.order->sentence_date = FEW_FROM + 30;
    simple.order->status = AM_ORDER_REVOKED;
    assert_false(am_could_attend(simple.c, simple.p, 0, s));
    simple.order->status = AM_ORDER_ACTIVE;
    simple.person->must_avoid = simple.project->tags = 1;
    assert_false(am_could_attend(simple.c, simple.p, 0, s));
    (void)few_waiver(&simple.few, AM_R13, simple.p);
    assert_true(am_could_attend(simple.c, simple.p, 0, s));
    simple.c->sessions[s].closed = AM_CANCELLED;
    assert_false(am_could_attend(simple.c, simple.p, 0, s));
}

/* ---- all pairs at once ---- */

static bool is_fixed_to(const struct few *few, int person, int session)
{
    const struct am_person_state *state = &few->orders.people[person];
    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++)
        if (few->orders.fixed[i].session == session)
            return true;
    return false;
}

static void check_pair(const struct few *few, int p, int s, int32_t *first, int32_t *any)
{
    struct am_journey journey;
    am_rule_set set = am_forbidden(&few->caseload, &few->orders, p, s, &journey);
    const struct am_pair *pair = am_pair_find(&few->eligibility, p, s);
    assert_int_equal(pair != NULL, set == 0);
    if (pair) {
        assert_int_equal(pair->session, s);
        assert_int_equal(pair->there, journey.there);
        assert_int_equal(pair->back, journey.back);
        assert_int_equal(pair->mode, journey.mode);
        assert_int_equal(pair->quality, journey.quality);
    }
    if (set == 0 || is_fixed_to(few, p, s))
        return;
    first[am_rule_first(set)]++;
    for (int r = 0; r < AM_RULE_COUNT; r++)
        any[r] += (set & AM_RULE_BIT(r)) != 0;
}

static void pairs_and_counts_are_those_that_asking_one_by_one_gives(void **state)
{
    (void)state;
    int64_t pairs = 0;
    for (uint32_t seed = 1; seed <= 300; seed++) {
        struct few few;
        few_random(&few, seed);
        few_derive(&few);
        const struct am_eligibility *found = &few.eligibility;
        for (int p = 0; p < few.caseload.person_count; p++) {
            int32_t first[AM_RULE_COUNT] = {0}, any[AM_RULE_COUNT] = {0};
            for (int s = 0; s < few.caseload.window_session_count; s++)
                check_pair(&few, p, s, first, any);
            assert_memory_equal(first, found->forbidden_first + p * AM_RULE_COUNT, sizeof first);
            assert_memory_equal(any, found->forbidden_any + p * AM_RULE_COUNT, sizeof any);
        }
        pairs += found->pair_count;
        assert_int_equal(found->first[few.caseload.person_count], found->pair_count);
        few_release(&few);
    }
    assert_in_range(pairs, 1000, 100000);
}

static void every_rule_forbids_something_in_a_random_caseload(void **state)
{
    (void)state;
    int64_t any[AM_RULE_COUNT] = {0};
    for (uint32_t seed = 1; seed <= 100; seed++) {
        struct few few;
        few_random(&few, seed);
        few_derive(&few);
        for (int p = 0; p < few.caseload.person_count; p++)
            for (int r = 0; r < AM_RULE_COUNT; r++)
                any[r] += few.eligibility.forbidden_any[p * AM_RULE_COUNT + r];
        few_release(&few);
    }
    for (int r = 0; r < AM_RULE_COUNT; r++)
        assert_int_equal(any[r] > 0, r != AM_R9 && r != AM_R12);
}

static void a_session_that_somebody_is_fixed_to_is_not_counted(void **state)
{
    (void)state;
    int a = few_appointment(&simple.few, simple.p, simple.s, AM_BOOKED);
    simple.c->appointments[a].pinned = true;
    few_derive(&simple.few);
    assert_int_equal(simple.few.eligibility.pair_count, 0);
    for (int r = 0; r < AM_RULE_COUNT; r++)
        assert_int_equal(simple.few.eligibility.forbidden_any[r], 0);
}

static void running_out_of_memory_is_reported(void **state)
{
    (void)state;
    few_derive_orders(&simple.few);
    long limit = 0;
    am_status status = AM_ENOMEM;
    while (status != AM_OK) {
        struct am_arena arena;
        struct am_err err;
        am_arena_init(&arena);
        arena.limit = ++limit;
        status = am_eligibility_build(simple.c, &simple.few.orders, &arena, &simple.few.eligibility,
                                      &err);
        assert_true(status == AM_OK || status == AM_ENOMEM);
        am_arena_release(&arena);
    }
    assert_int_equal(limit, 4);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, make_simple, release_simple)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(a_plain_person_may_attend_a_plain_session),
        EACH(nobody_attends_before_sentence_or_without_an_order),
        EACH(windows_of_a_day_are_joined),
        EACH(a_window_of_another_day_does_not_serve),
        EACH(a_window_serves_from_and_to_its_dates),
        EACH(a_fortnight_is_counted_from_the_monday_of_its_first_week),
        EACH(an_absence_that_only_touches_is_no_absence),
        EACH(leaving_home_takes_the_journeys_too),
        EACH(an_unknown_journey_does_not_widen_availability),
        EACH(travel_over_the_limit_or_unknown_is_not_allowed),
        EACH(a_day_holds_one_appointment_whatever_became_of_it),
        EACH(the_weekly_maximum_counts_what_is_offered),
        EACH(a_waiver_of_the_weekly_maximum_lifts_weeks_by_their_monday),
        EACH(intensive_working_has_a_maximum_of_its_own),
        EACH(a_short_appointment_must_complete_the_order),
        EACH(nothing_is_cut_before_a_fixed_appointment),
        EACH(education_stays_within_its_allowance),
        EACH(a_session_without_bookable_places_takes_nobody),
        EACH(a_supervised_session_needs_somebody_who_may_lead),
        EACH(a_demand_for_a_gender_needs_a_supervisor_of_it),
        EACH(a_pinned_supervisor_alone_may_lead_available_or_not),
        EACH(nobody_new_leads_a_past_session),
        EACH(placements_follow_the_type_of_project),
        EACH(women_only_sessions_take_women_and_those_who_may_join),
        EACH(restrictions_and_needs_are_respected),
        EACH(nobody_new_goes_to_a_closed_or_past_session),
        EACH(nobody_is_inducted_twice),
        EACH(a_waiver_of_the_induction_that_has_ended_forbids_none),
        EACH(a_waiver_covers_what_it_names_and_no_more),
        EACH(beyond_the_window_only_some_rules_matter),
        cmocka_unit_test(pairs_and_counts_are_those_that_asking_one_by_one_gives),
        cmocka_unit_test(every_rule_forbids_something_in_a_random_caseload),
        EACH(a_session_that_somebody_is_fixed_to_is_not_counted),
        EACH(running_out_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
