/* The ledger: by hand, and held against the clocks. */
#include "model/order_ledger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "model/court.h"
#include "tests/support/few.h"

static struct few few;
static struct am_caseload *c;
static struct am_order_ledger ledger;

static int make(void **state)
{
    (void)state;
    few_init(&few);
    c = &few.caseload;
    (void)few_tuesdays(&few);
    return 0;
}

static int release(void **state)
{
    (void)state;
    few_release(&few);
    return 0;
}

static void build(void)
{
    struct am_err err;
    few_derive(&few);
    assert_int_equal(am_order_ledger_build(c, &few.orders, &few.clocks, &few.arena, &ledger, &err),
                     AM_OK);
    assert_int_equal(ledger.count, c->order_count);
}

static const struct am_ledger_entry *entry_of(int order)
{
    build();
    const struct am_ledger_entry *entry = &ledger.entries[ledger.of[order]];
    assert_int_equal(entry->order, order);
    return entry;
}

/* Ten Tuesdays up to the deadline. */
static int worker_of_ten_weeks(int32_t ordered_min)
{
    int p = few_worker(&few, ordered_min);
    c->orders[c->order_count - 1].own_deadline = FEW_FROM + 69;
    c->people[p].attendance_percent = 50;
    return p;
}

static void time_runs_out_when_what_is_left_of_it_no_longer_suffices(void **state)
{
    (void)state;
    (void)worker_of_ten_weeks(840);
    const struct am_ledger_entry *entry = entry_of(0);
    assert_int_equal(entry->weeks_left, 10);
    assert_int_equal(entry->could_min, 4200);
    assert_int_equal(entry->slack_min, 3360);
    assert_int_equal(entry->no_return, FEW_FROM + 56);  /* two Tuesdays */
    assert_int_equal(entry->safe_start, FEW_FROM + 42); /* four, half of them kept */
    assert_int_equal(entry->slack_weeks, 8);
    assert_int_equal(entry->sessions_left, 10);
    assert_int_equal(entry->soonest, FEW_FROM + 8);
    assert_int_equal(entry->outlook, AM_ON_TRACK);
}

static void a_minute_more_asks_for_a_week_more(void **state)
{
    (void)state;
    (void)worker_of_ten_weeks(841);
    assert_int_equal(entry_of(0)->no_return, FEW_FROM + 49);
    assert_int_equal(entry_of(0)->safe_start, FEW_FROM + 35);
}

static void an_order_is_at_risk_when_half_of_what_is_there_is_not_enough(void **state)
{
    (void)state;
    (void)worker_of_ten_weeks(2100);
    assert_int_equal(entry_of(0)->outlook, AM_ON_TRACK);
    assert_int_equal(entry_of(0)->safe_start, FEW_FROM);
    c->orders[0].ordered_min = 2101;
    assert_int_equal(entry_of(0)->outlook, AM_AT_RISK);
    assert_int_equal(entry_of(0)->safe_start, AM_NO_DATE);
    assert_int_equal(entry_of(0)->no_return, FEW_FROM + 28);
}

static void what_cannot_finish_has_no_point_of_return_and_is_so_much_short(void **state)
{
    (void)state;
    (void)worker_of_ten_weeks(4200);
    assert_int_equal(entry_of(0)->no_return, FEW_FROM);
    c->orders[0].ordered_min = 4201;
    assert_int_equal(entry_of(0)->outlook, AM_CANNOT_FINISH);
    assert_int_equal(entry_of(0)->no_return, AM_NO_DATE);
    assert_int_equal(entry_of(0)->slack_min, -1);
    assert_int_equal(entry_of(0)->slack_weeks, 0);
    assert_int_equal(entry_of(0)->soonest, FEW_FROM + 71); /* the eleventh Tuesday */
}

static void an_overdue_order_has_no_weeks_left_but_could_still_be_done(void **state)
{
    (void)state;
    (void)few_worker(&few, 600);
    c->orders[0].own_deadline = FEW_FROM - 1;
    const struct am_ledger_entry *entry = entry_of(0);
    assert_int_equal(entry->outlook, AM_OVERDUE);
    assert_int_equal(entry->weeks_left, 0);
    assert_int_equal(entry->could_min, 0);
    assert_int_equal(entry->sessions_left, 0);
    assert_int_equal(entry->soonest, FEW_FROM + 8);
}

static void sessions_that_are_past_or_on_days_away_do_not_count(void **state)
{
    (void)state;
    int p = worker_of_ten_weeks(840);
    few_absence(&few, p, am_stamp_of(FEW_FROM + 7, 0), am_stamp_of(FEW_FROM + 21, 0));
    assert_int_equal(entry_of(0)->sessions_left, 8);
    assert_int_equal(entry_of(0)->weeks[1].most_min, 0);
    assert_int_equal(entry_of(0)->weeks[1].days, 0);
    assert_int_equal(entry_of(0)->weeks[3].days, 1);
    c->as_of = FEW_FROM + 2;
    assert_int_equal(entry_of(0)->sessions_left, 7);
    assert_int_equal(entry_of(0)->could_min, 2940);
}

static void the_first_appointment_is_counted_in_business_days(void **state)
{
    (void)state;
    (void)worker_of_ten_weeks(840);
    c->orders[0].sentence_date = FEW_FROM - 7;
    assert_int_equal(entry_of(0)->start_days, 15);
    c->orders[0].sentence_date = FEW_FROM - 35;
    assert_int_equal(entry_of(0)->start_days, -5);
    c->orders[0].worked_min = 1;
    assert_int_equal(entry_of(0)->start_due, AM_NO_DATE);
    struct am_dates none = {NULL, 0};
    assert_int_equal(am_business_days_between(FEW_FROM, FEW_FROM + 7, none), 5);
    assert_int_equal(am_business_days_between(FEW_FROM + 7, FEW_FROM, none), -5);
    assert_int_equal(am_business_days_between(FEW_FROM + 4, FEW_FROM + 6, none), 0);
}

static void what_was_offered_is_told_as_far_as_it_is_on_record(void **state)
{
    (void)state;
    static const enum am_appointment_state states[] = {
        AM_ATTENDED, AM_MISSED, AM_MISSED_UNACCEPTABLE, AM_STOOD_DOWN, AM_BOOKED};
    int p = worker_of_ten_weeks(840);
    for (int i = 0; i < 5; i++) {
        int a = few_earlier(&few, p, 0, -7 * (i + 1), "T", states[i]);
        c->appointments[a].credited_min = states[i] == AM_ATTENDED ? 400 : 0;
    }
    const struct am_ledger_record *record = &entry_of(0)->record;
    assert_int_equal(record->since, FEW_FROM - 28);
    assert_int_equal(record->offered, 3);
    assert_int_equal(record->attended, 1);
    assert_int_equal(record->missed, 1);
    assert_int_equal(record->missed_unacceptable, 1);
    assert_int_equal(record->stood_down, 1);
    assert_int_equal(record->offered_min, 3 * 420);
    assert_int_equal(record->credited_min, 400);
}

static void orders_stand_by_when_it_is_too_late(void **state)
{
    (void)state;
    static const int expected[] = {3, 4, 1, 0, 2, 5};
    (void)worker_of_ten_weeks(420);
    (void)worker_of_ten_weeks(1260);
    (void)few_worker(&few, 420); /* no deadline */
    (void)worker_of_ten_weeks(420);
    (void)worker_of_ten_weeks(5000);
    (void)worker_of_ten_weeks(420);
    c->policy.completion_months = AM_NO_LIMIT;
    c->orders[3].own_deadline = FEW_FROM - 10;
    c->orders[5].worked_min = 420;
    build();
    for (int i = 0; i < 6; i++)
        assert_int_equal(ledger.entries[i].order, expected[i]);
    assert_int_equal(ledger.outlooks[AM_OVERDUE], 1);
    assert_int_equal(ledger.outlooks[AM_CANNOT_FINISH], 1);
    assert_int_equal(ledger.outlooks[AM_FINISHED], 1);
}

/* Sessions counted one by one, where no waiver opens any. */
static int32_t count_sessions(int j)
{
    const struct am_order *order = &c->orders[j];
    int32_t count = 0;
    for (int s = 0; s < c->session_count; s++) {
        const struct am_session *session = &c->sessions[s];
        bool twin = false;
        for (int t = 0; t < s; t++)
            twin =
                twin ||
                (c->sessions[t].date == session->date && c->sessions[t].start == session->start &&
                 c->sessions[t].minutes == session->minutes &&
                 c->sessions[t].project == session->project &&
                 c->sessions[t].place == session->place && c->sessions[t].closed == AM_OPEN);
        count += !twin && session->date >= c->as_of &&
                 session->date <= few.orders.orders[j].deadline &&
                 am_could_attend(c, order->person, j, s);
    }
    return count;
}

static void assert_agrees(const struct am_ledger_entry *entry)
{
    const struct am_order_clock *clock = &few.clocks.orders[entry->order];
    const struct am_order_state *order = &few.orders.orders[entry->order];
    assert_int_equal(entry->ahead_min, clock->ahead_min);
    if (!order->open || order->deadline == AM_NO_DATE)
        return;
    assert_int_equal(entry->could_min, (int64_t)clock->window_min + clock->later_min);
    bool hopeless = clock->outlook == AM_CANNOT_FINISH || clock->outlook == AM_OVERDUE;
    assert_int_equal(entry->no_return == AM_NO_DATE, hopeless);
    assert_int_equal(entry->slack_min < 0, hopeless);
    assert_true(entry->safe_start <= entry->no_return);
    assert_int_equal(entry->sessions_left, count_sessions(entry->order));
}

static void the_ledger_agrees_with_the_clock_to_the_minute(void **state)
{
    (void)state;
    int looked = 0;
    for (uint32_t seed = 1; seed <= 150; seed++) {
        few_release(&few);
        few_random(&few, seed);
        c->waiver_count = 0;
        build();
        for (int i = 0; i < ledger.count; i++)
            assert_agrees(&ledger.entries[i]);
        looked += ledger.count;
    }
    assert_true(looked > 300);
}

static void memory_may_run_out_at_any_time(void **state)
{
    (void)state;
    (void)worker_of_ten_weeks(840);
    few_derive(&few);
    am_status status = AM_ENOMEM;
    for (long limit = 1; status == AM_ENOMEM; limit++) {
        struct am_arena arena;
        struct am_err err;
        am_arena_init(&arena);
        arena.limit = limit;
        status = am_order_ledger_build(c, &few.orders, &few.clocks, &arena, &ledger, &err);
        am_arena_release(&arena);
    }
    assert_int_equal(status, AM_OK);
}

/* ---- the court list ---- */

static void the_court_list_has_the_worst_first(void **state)
{
    (void)state;
    static const int expected[] = {3, 1, 4, 2, 0};
    static const enum am_court_reason reasons[] = {AM_COURT_OVERDUE, AM_COURT_CANNOT_FINISH,
                                                   AM_COURT_CANNOT_FINISH, AM_COURT_UNLIKELY,
                                                   AM_COURT_UNLIKELY};
    struct am_order_future futures_of[6] = {
        {.on_time = 99, .at90 = FEW_FROM}, {0}, {.on_time = 7}, {0}, {0}, {.on_time = 100}};
    struct am_futures futures = {.count = 1000, .orders = futures_of};
    struct am_court court;
    struct am_err err;
    (void)worker_of_ten_weeks(420);
    (void)worker_of_ten_weeks(9000);
    (void)worker_of_ten_weeks(420);
    (void)worker_of_ten_weeks(420);
    (void)worker_of_ten_weeks(8000);
    (void)worker_of_ten_weeks(420); /* a tenth of the futures is enough */
    c->orders[3].own_deadline = FEW_FROM - 10;
    build();
    assert_int_equal(am_court_build(&few.orders, &ledger, &futures, &few.arena, &court, &err),
                     AM_OK);
    assert_int_equal(court.count, 5);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(ledger.entries[court.entries[i].entry].order, expected[i]);
        assert_int_equal(court.entries[i].reason, reasons[i]);
    }
    assert_int_equal(court.entries[4].at90, FEW_FROM);
    assert_int_equal(am_court_build(&few.orders, &ledger, NULL, &few.arena, &court, &err), AM_OK);
    assert_int_equal(court.count, 3);
    assert_int_equal(court.entries[0].on_time, -1);
}

#define EACH(name) cmocka_unit_test_setup_teardown(name, make, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(time_runs_out_when_what_is_left_of_it_no_longer_suffices),
        EACH(a_minute_more_asks_for_a_week_more),
        EACH(an_order_is_at_risk_when_half_of_what_is_there_is_not_enough),
        EACH(what_cannot_finish_has_no_point_of_return_and_is_so_much_short),
        EACH(an_overdue_order_has_no_weeks_left_but_could_still_be_done),
        EACH(sessions_that_are_past_or_on_days_away_do_not_count),
        EACH(the_first_appointment_is_counted_in_business_days),
        EACH(what_was_offered_is_told_as_far_as_it_is_on_record),
        EACH(orders_stand_by_when_it_is_too_late),
        EACH(the_ledger_agrees_with_the_clock_to_the_minute),
        EACH(memory_may_run_out_at_any_time),
        EACH(the_court_list_has_the_worst_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
