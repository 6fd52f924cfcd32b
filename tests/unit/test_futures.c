/*
 * The simulation of a plan: against the binomial distribution, against the
 * plan itself where everybody always comes, and against its own rules, looked
 * up appointment by appointment.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/futures.h"
#include "tests/support/futures_unit.h"

enum { WEEKDAYS = 7 };

__extension__ typedef __int128 wide;

static struct am_futures_options options_of(int count, uint64_t seed, int threads)
{
    return (struct am_futures_options){.count = count, .seed = seed, .threads = threads};
}

static struct am_futures run(struct futures_unit *unit, struct am_futures_options options)
{
    struct am_futures futures;
    futures_unit_settle(unit);
    assert_int_equal(am_futures_run(&unit->setup, &options, &unit->arena, &futures, NULL), AM_OK);
    return futures;
}

/* ---- what is told of each appointment, kept ---- */

enum { EVENTS_MAX = 200000 };

struct record {
    struct am_futures_event *events;
    int count;
};

static void keep(void *context, const struct am_futures_event *event)
{
    struct record *record = context;
    assert_true(record->count < EVENTS_MAX);
    record->events[record->count++] = *event;
}

static struct am_futures run_and_keep(struct futures_unit *unit, struct am_futures_options options,
                                      struct record *record)
{
    record->events = AM_ARENA_NEW(&unit->arena, EVENTS_MAX, struct am_futures_event);
    record->count = 0;
    assert_non_null(record->events);
    options.threads = 1;
    options.watch = keep;
    options.context = record;
    return run(unit, options);
}

static int64_t booked_min(const struct record *record, int future, int person, int week, int kind)
{
    int64_t sum = 0;
    for (int i = 0; i < record->count; i++) {
        const struct am_futures_event *event = &record->events[i];
        if (event->future == future && event->person == person && event->week == week &&
            (kind < 0 || event->kind == kind))
            sum += event->minutes;
    }
    return sum;
}

/* Credited in the weeks before. */
static int64_t credited_before(const struct record *record, int future, int person, int week)
{
    int64_t sum = 0;
    for (int i = 0; i < record->count; i++) {
        const struct am_futures_event *event = &record->events[i];
        if (event->future == future && event->person == person && event->week < week &&
            event->attended)
            sum += event->minutes;
    }
    return sum;
}

/* ---- one order: the binomial distribution ---- */

/* Of d^trials equally likely outcomes, those with at least so many successes of
 * a chance of n in d each. Exact: d^trials < 2^62. */
struct odds {
    int64_t hits, of;
};

static struct odds at_least(int trials, int needed, int n, int d)
{
    int64_t ways[64] = {1}; /* by successes so far */
    struct odds odds = {0, 1};
    for (int t = 0; t < trials; t++) {
        for (int s = t + 1; s >= 0; s--)
            ways[s] = (s <= t ? ways[s] * (d - n) : 0) + (s > 0 ? ways[s - 1] * n : 0);
        odds.of *= d;
    }
    for (int s = needed; s <= trials; s++)
        odds.hits += ways[s];
    return odds;
}

/* `count` of `futures` is within 4.5 standard deviations of futures * p, with
 * variance futures * p (1 - p): outside of that by chance once in 150,000. */
static void assert_as_likely(int32_t count, int futures, struct odds p)
{
    wide off = (wide)count * p.of - (wide)futures * p.hits;
    assert_true(4 * off * off <= 81 * ((wide)p.hits * (p.of - p.hits)) * futures);
}

static void finishing_in_time_is_binomial(void **state)
{
    static const struct {
        int weeks, needed, n, d;
    } cases[] = {{12, 10, 4, 5}, {20, 15, 4, 5}, {16, 12, 3, 4},  {15, 14, 9, 10},
                 {20, 8, 1, 2},  {10, 1, 1, 10}, {10, 10, 9, 10}, {20, 12, 3, 5}};
    enum { FUTURES = 20000 };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct futures_unit unit;
        assert_true(futures_unit_single(&unit, cases[i].weeks, 0, cases[i].needed,
                                        100 * cases[i].n / cases[i].d));
        struct am_futures futures = run(&unit, options_of(FUTURES, i + 1, 2));
        assert_as_likely(futures.orders[0].on_time, FUTURES,
                         at_least(cases[i].weeks, cases[i].needed, cases[i].n, cases[i].d));
        futures_unit_release(&unit);
    }
}

/* The dates at 10, 50 and 90 % are where the exact distribution passes these,
 * told by odds that are further from them than sampling errs. */
static void dates_are_those_of_the_binomial(void **state)
{
    enum { FUTURES = 20000, WEEKS = 20, NEEDED = 8, TOLERANCE = 320 };
    (void)state;
    struct futures_unit unit;
    assert_true(futures_unit_single(&unit, WEEKS, 4, NEEDED, 60));
    struct am_futures futures = run(&unit, options_of(FUTURES, 11, 2));
    const am_date dates[] = {futures.orders[0].at10, futures.orders[0].at50,
                             futures.orders[0].at90};
    const int percents[] = {10, 50, 90};
    for (int i = 0; i < 3; i++) {
        int week = (dates[i] - futures.from) / WEEKDAYS;
        assert_int_equal(dates[i], futures.from + WEEKDAYS * week); /* a Monday */
        struct odds by_then = at_least(week + 1, NEEDED, 3, 5);
        struct odds before = at_least(week, NEEDED, 3, 5);
        assert_true((wide)by_then.hits * 10000 >=
                    (wide)by_then.of * (100 * percents[i]) - (wide)by_then.of * TOLERANCE / 2);
        assert_true((wide)before.hits * 10000 <
                    (wide)before.of * (100 * percents[i]) + (wide)before.of * TOLERANCE / 2);
    }
    futures_unit_release(&unit);
}

static void a_date_after_the_last_week_is_none(void **state)
{
    (void)state;
    struct futures_unit unit;
    assert_true(futures_unit_single(&unit, 10, 0, 9, 70));
    struct am_futures futures = run(&unit, options_of(1000, 1, 1));
    assert_int_equal(futures.orders[0].at90, AM_NO_DATE);
    assert_int_equal(futures.orders[0].at50, AM_NO_DATE); /* P is about 15 % */
    assert_int_not_equal(futures.orders[0].at10, AM_NO_DATE);
    assert_int_equal(futures.orders[0].done, futures.orders[0].on_time);
    futures_unit_release(&unit);
}

/* ---- the plan itself ---- */

static void where_all_attend_the_plan_itself_happens(void **state)
{
    enum { WEEKS = 8, PEOPLE = 3 };
    static const int planned[WEEKS][PEOPLE] = {{1, 0, -1},  {0, -1, 1}, {1, 1, -1}, {-1, 0, 0},
                                               {0, -1, -1}, {1, 0, 1},  {0, 1, -1}, {-1, -1, 0}};
    (void)state;
    struct futures_unit unit;
    struct record record;
    assert_true(futures_unit_init(&unit, (struct futures_size){WEEKS, 2, PEOPLE, 1, 0}));
    unit.kinds[0] = (struct am_futures_kind){.minutes = 420, .places = 2};
    unit.kinds[1] = (struct am_futures_kind){.minutes = 300, .places = 1};
    for (int w = 0; w < WEEKS; w++)
        for (int p = 0; p < PEOPLE; p++) {
            unit.seats[w * 2] = unit.seats[w * 2 + 1] = 2;
            unit.days[w * 2 * PEOPLE + 2 * p] = 0x1f;
            unit.days[w * 2 * PEOPLE + 2 * p + 1] = 0x03;
            unit.most_min[w * PEOPLE + p] = 960;
            if (planned[w][p] >= 0)
                futures_unit_plan(&unit, w, p, planned[w][p], unit.kinds[planned[w][p]].minutes);
        }
    futures_unit_close(&unit);
    for (int p = 0; p < PEOPLE; p++)
        unit.orders[p].ahead_min = 100000;
    (void)run_and_keep(&unit, options_of(3, 5, 1), &record);
    for (int f = 0; f < 3; f++)
        for (int w = 0; w < WEEKS - 1; w++)
            for (int p = 0; p < PEOPLE; p++)
                for (int k = 0; k < 2; k++) {
                    if (unit.target_min[w * PEOPLE + p] == AM_FUTURES_ALL)
                        continue;
                    int64_t wanted = planned[w][p] == k ? unit.kinds[k].minutes : 0;
                    assert_int_equal(booked_min(&record, f, p, w, k), wanted);
                }
    futures_unit_release(&unit);
}

/* Seven people are planned 360 minutes a week each on six seats of 420: seats
 * are taken whole, so that six go ahead and the seventh's turn comes. */
static void parts_of_sessions_go_round(void **state)
{
    enum { WEEKS = 28, PEOPLE = 7 };
    (void)state;
    struct futures_unit unit;
    struct record record;
    assert_true(futures_unit_init(&unit, (struct futures_size){WEEKS, 1, PEOPLE, 1, 0}));
    unit.kinds[0] = (struct am_futures_kind){.minutes = 420, .places = 6};
    for (int w = 0; w < WEEKS; w++)
        for (int p = 0; p < PEOPLE; p++) {
            unit.seats[w] = 6;
            unit.days[w * PEOPLE + p] = 0x1f;
            unit.most_min[w * PEOPLE + p] = 960;
            unit.orders[p].ahead_min = 360 * WEEKS;
            futures_unit_plan(&unit, w, p, 0, 360);
        }
    futures_unit_close(&unit);
    (void)run_and_keep(&unit, options_of(1, 5, 1), &record);
    for (int p = 0; p < PEOPLE; p++) {
        int64_t sum = 0;
        for (int w = 0; w < WEEKS; w++) {
            sum += booked_min(&record, 0, p, w, -1);
            assert_true(sum > 360 * (w + 1) - 2 * 420);
            assert_true(sum < 360 * (w + 1) + 420);
        }
    }
    futures_unit_release(&unit);
}

/* ---- what is missed ---- */

/* Booked once a week by the plan, with two days to go: after a miss there are
 * two bookings the week after, until what was missed is made up. */
static void what_is_missed_is_booked_again(void **state)
{
    enum { WEEKS = 20 };
    (void)state;
    struct futures_unit unit;
    struct record record;
    assert_true(futures_unit_single(&unit, WEEKS, 0, WEEKS, 70));
    for (int w = 0; w < WEEKS; w++) {
        unit.days[w] = 0x03;
        unit.seats[w] = 2;
    }
    (void)run_and_keep(&unit, options_of(50, 3, 1), &record);
    int doubled = 0;
    for (int w = 0; w < WEEKS; w++)
        for (int f = 0; f < 50; f++) {
            int64_t behind = 420 * (w + 1) - credited_before(&record, f, 0, w);
            assert_int_equal(booked_min(&record, f, 0, w, -1), behind > 840 ? 840 : behind);
            doubled += behind >= 840;
        }
    assert_true(doubled > 0);
    futures_unit_release(&unit);
}

/* After the last week that is planned, work goes on until it is done. */
static void work_goes_on_after_the_plan(void **state)
{
    enum { WEEKS = 30, NEEDED = 5 };
    (void)state;
    struct futures_unit unit;
    struct record record;
    assert_true(futures_unit_single(&unit, WEEKS, 20, NEEDED, 30));
    struct am_futures futures = run_and_keep(&unit, options_of(200, 3, 1), &record);
    for (int f = 0; f < 200; f++)
        for (int w = 0; w < WEEKS; w++) {
            bool open = credited_before(&record, f, 0, w) < 420 * NEEDED;
            assert_int_equal(booked_min(&record, f, 0, w, -1), open ? 420 : 0);
        }
    assert_true(futures.orders[0].done > futures.orders[0].on_time);
    futures_unit_release(&unit);
}

/* ---- who comes first ---- */

/* Two people want the one seat of each week. The first is planned it; the
 * second, later in the queue, has just enough weeks left. */
static void time_that_runs_out_comes_before_the_plan(void **state)
{
    enum { WEEKS = 10, PEOPLE = 2 };
    (void)state;
    struct futures_unit unit;
    struct record record;
    assert_true(futures_unit_init(&unit, (struct futures_size){WEEKS, 1, PEOPLE, 1, 0}));
    unit.kinds[0] = (struct am_futures_kind){.minutes = 400, .places = 1};
    for (int w = 0; w < WEEKS; w++) {
        unit.seats[w] = 1;
        for (int p = 0; p < PEOPLE; p++) {
            unit.days[w * PEOPLE + p] = 1;
            unit.most_min[w * PEOPLE + p] = 400;
        }
        futures_unit_plan(&unit, w, 0, 0, 400);
    }
    futures_unit_close(&unit);
    unit.orders[0].ahead_min = 400 * WEEKS;
    unit.orders[1].ahead_min = 400 * 4;
    unit.orders[1].deadline = unit.setup.from + WEEKDAYS * 4 - 1;
    (void)run_and_keep(&unit, options_of(1, 3, 1), &record);
    for (int w = 0; w < WEEKS; w++)
        assert_int_equal(booked_min(&record, 0, w < 4 ? 1 : 0, w, 0), 400);
    /* a week less and it cannot be done: then the plan goes on */
    unit.orders[1].deadline -= WEEKDAYS;
    (void)run_and_keep(&unit, options_of(1, 3, 1), &record);
    for (int w = 0; w < WEEKS; w++)
        assert_int_equal(booked_min(&record, 0, 0, w, 0), 400);
    futures_unit_release(&unit);
}

/* ---- orders one after another, and what is booked already ---- */

static void an_appointment_ends_with_its_order(void **state)
{
    (void)state;
    struct futures_unit unit;
    struct record record;
    assert_true(futures_unit_init(&unit, (struct futures_size){6, 1, 1, 2, 0}));
    unit.kinds[0] = (struct am_futures_kind){.minutes = 420, .places = 1};
    for (int w = 0; w < 6; w++) {
        unit.seats[w] = unit.days[w] = 1;
        unit.most_min[w] = 960;
    }
    futures_unit_close(&unit);
    unit.orders[0].ahead_min = 500;
    unit.orders[1].ahead_min = 1000;
    unit.orders[0].deadline = unit.orders[1].deadline = unit.setup.from + 27;
    struct am_futures futures = run_and_keep(&unit, options_of(1, 1, 1), &record);
    static const int32_t minutes[] = {420, 80, 420, 80};
    assert_int_equal(record.count, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(record.events[i].minutes, minutes[i]);
    assert_int_equal(futures.orders[0].at50, unit.setup.from + WEEKDAYS);
    assert_int_equal(futures.orders[1].at50, unit.setup.from + 3 * WEEKDAYS);
    futures_unit_release(&unit);
}

static void what_is_booked_already_is_drawn_and_keeps_its_day(void **state)
{
    (void)state;
    struct futures_unit unit;
    struct record record;
    assert_true(futures_unit_init(&unit, (struct futures_size){3, 1, 1, 1, 1}));
    unit.kinds[0] = (struct am_futures_kind){.minutes = 420, .places = 1};
    unit.given[0] = (struct am_futures_given){.week = 1, .weekday = 2, .minutes = 200};
    for (int w = 0; w < 3; w++) {
        unit.seats[w] = 9;
        unit.days[w] = 0x04; /* Wednesday alone */
        unit.most_min[w] = 960;
    }
    futures_unit_close(&unit);
    unit.orders[0].ahead_min = 5000;
    (void)run_and_keep(&unit, options_of(1, 1, 1), &record);
    assert_int_equal(record.count, 3);
    assert_int_equal(record.events[1].kind, -1);
    assert_int_equal(record.events[1].minutes, 200);
    assert_int_equal(record.events[1].date, unit.setup.from + WEEKDAYS + 2);
    futures_unit_release(&unit);
}

/* ---- no rule is ever broken ---- */

struct book {
    const struct futures_unit *unit;
    const struct record *record;
    int64_t *credited, *ete; /* [future * people + person] */
    int32_t *taken;          /* [(future * weeks + week) * kinds + kind] */
    int64_t *led;            /* [(future * weeks + week) * rows + row], times all places */
    uint8_t *used;           /* [(future * weeks + week) * people + person] */
    int64_t *week_min;       /* likewise, those that count to most_min */
};

/* One whole number that every kind's places divide: 3 .. 11. */
enum { ALL_PLACES = 27720, RANDOM_FUTURES = 12 };

static bool is_given(const struct futures_unit *unit, const struct am_futures_event *event)
{
    for (int i = 0; i < unit->setup.given_count; i++) {
        const struct am_futures_given *given = &unit->given[i];
        if (given->week == event->week && given->person == event->person &&
            event->date == unit->setup.from + WEEKDAYS * given->week + given->weekday)
            return event->minutes <= given->minutes;
    }
    return false;
}

static bool is_within_reach(const struct futures_unit *unit, const struct am_futures_event *event)
{
    const struct am_futures_setup *setup = &unit->setup;
    const struct am_futures_person *person = &setup->people[event->person];
    int day = event->date - setup->from - WEEKDAYS * event->week;
    for (int r = person->first_reach; r < person->first_reach + person->reach_count; r++)
        if (setup->reach[r] == event->kind)
            return setup->days[event->week * setup->reach_count + r] >> day & 1;
    return false;
}

static void take_room(struct book *book, const struct am_futures_event *event)
{
    const struct am_futures_setup *setup = &book->unit->setup;
    const struct am_futures_kind *kind = &setup->kinds[event->kind];
    int at = event->future * setup->weeks + event->week;
    int32_t taken = ++book->taken[at * setup->kind_count + event->kind];
    assert_true(taken <= setup->seats[event->week * setup->kind_count + event->kind]);
    assert_true(is_within_reach(book->unit, event));
    if (!kind->supervised)
        return;
    const int rows[] = {kind->part, AM_FUTURES_LED_ALL};
    for (int i = 0; i < 2; i++) {
        int64_t *led = &book->led[at * AM_FUTURES_LED_ROWS + rows[i]];
        int64_t most = setup->led_min[event->week * AM_FUTURES_LED_ROWS + rows[i]];
        *led += (int64_t)kind->minutes * ALL_PLACES / kind->places;
        /* shares are rounded down, by less than a minute in all */
        assert_true(*led < (most + 1) * ALL_PLACES);
    }
}

static void look_at(struct book *book, const struct am_futures_event *event)
{
    const struct am_futures_setup *setup = &book->unit->setup;
    const struct am_futures_person *person = &setup->people[event->person];
    int at = (event->future * setup->weeks + event->week) * setup->person_count + event->person;
    int of = event->future * setup->person_count + event->person;
    int day = event->date - setup->from - WEEKDAYS * event->week;
    assert_in_range(day, 0, WEEKDAYS - 1);
    assert_false(book->used[at] >> day & 1); /* R4 */
    book->used[at] |= (uint8_t)(1 << day);
    bool ete = event->kind >= 0 && setup->kinds[event->kind].ete;
    if (event->kind < 0)
        assert_true(is_given(book->unit, event));
    else {
        take_room(book, event);
        book->week_min[at] += event->minutes;
        assert_true(book->week_min[at] <=
                    setup->most_min[event->week * setup->person_count + event->person]); /* R5 */
        assert_true(event->minutes <= setup->kinds[event->kind].minutes);
    }
    assert_true(event->minutes > 0);
    if (!event->attended)
        return;
    book->credited[of] += event->minutes;
    int week = event->week * setup->person_count + event->person;
    assert_true(book->credited[of] <= setup->ahead_min[week]); /* R1, R6 */
    book->ete[of] += ete ? event->minutes : 0;
    assert_true(book->ete[of] <= person->ete_left_min); /* R7 */
}

static struct book make_book(struct futures_unit *unit, const struct record *record)
{
    struct am_arena *arena = &unit->arena;
    const struct am_futures_setup *setup = &unit->setup;
    size_t weeks = (size_t)RANDOM_FUTURES * (size_t)setup->weeks;
    size_t people = (size_t)setup->person_count;
    struct book book = {
        .unit = unit,
        .record = record,
        .credited = AM_ARENA_NEW(arena, RANDOM_FUTURES * people, int64_t),
        .ete = AM_ARENA_NEW(arena, RANDOM_FUTURES * people, int64_t),
        .taken = AM_ARENA_NEW(arena, weeks * (size_t)setup->kind_count, int32_t),
        .led = AM_ARENA_NEW(arena, weeks * AM_FUTURES_LED_ROWS, int64_t),
        .used = AM_ARENA_NEW(arena, weeks * people, uint8_t),
        .week_min = AM_ARENA_NEW(arena, weeks * people, int64_t),
    };
    assert_true(book.credited && book.ete && book.taken && book.led && book.used && book.week_min);
    return book;
}

static void no_future_breaks_a_rule(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct futures_unit unit;
        struct record record;
        assert_true(futures_unit_random(&unit, seed, 40));
        (void)run_and_keep(&unit, options_of(RANDOM_FUTURES, seed, 1), &record);
        struct book book = make_book(&unit, &record);
        for (int i = 0; i < record.count; i++)
            look_at(&book, &record.events[i]);
        assert_true(record.count > 100);
        futures_unit_release(&unit);
    }
}

/* ---- the figures are those of the appointments ---- */

/* The day, from the first, on which so many minutes are reached; -1: never. */
static int day_of(const struct record *record, const struct futures_unit *unit, int future,
                  int person, int32_t ahead_min)
{
    int64_t credited = 0;
    for (int i = 0; i < record->count; i++) {
        const struct am_futures_event *event = &record->events[i];
        if (event->future != future || event->person != person || !event->attended)
            continue;
        credited += event->minutes;
        if (credited >= ahead_min)
            return event->date - unit->setup.from;
    }
    return -1;
}

static void sort(int *values, int count)
{
    for (int i = 1; i < count; i++)
        for (int k = i; k > 0 && values[k] < values[k - 1]; k--) {
            int held = values[k];
            values[k] = values[k - 1];
            values[k - 1] = held;
        }
}

/* Of 12 futures, 10 % are the 2nd least, 50 % the 6th, 90 % the 11th. */
static const int ranks[] = {1, 5, 10};

static void assert_spread(struct am_spread spread, int *values)
{
    sort(values, RANDOM_FUTURES);
    assert_int_equal(spread.at10, values[ranks[0]]);
    assert_int_equal(spread.at50, values[ranks[1]]);
    assert_int_equal(spread.at90, values[ranks[2]]);
}

static void check_order(const struct am_futures *futures, const struct futures_unit *unit,
                        const int *done, int order)
{
    int sorted[RANDOM_FUTURES], on_time = 0, ever = 0;
    const struct am_order_future *of = &futures->orders[order];
    for (int f = 0; f < RANDOM_FUTURES; f++) {
        int day = done[f * unit->setup.order_count + order];
        sorted[f] = day < 0 ? INT32_MAX : day;
        ever += day >= 0;
        on_time += day >= 0 && (unit->orders[order].deadline == AM_NO_DATE ||
                                unit->setup.from + day <= unit->orders[order].deadline);
    }
    sort(sorted, RANDOM_FUTURES);
    assert_int_equal(of->on_time, on_time);
    assert_int_equal(of->done, ever);
    const am_date dates[] = {of->at10, of->at50, of->at90};
    for (int i = 0; i < 3; i++)
        assert_int_equal(dates[i], sorted[ranks[i]] == INT32_MAX
                                       ? AM_NO_DATE
                                       : unit->setup.from + sorted[ranks[i]]);
}

static void check_week(const struct am_futures *futures, const struct futures_unit *unit,
                       const int *done, int week)
{
    const struct am_futures_setup *setup = &unit->setup;
    am_date sunday = setup->from + WEEKDAYS * week + WEEKDAYS - 1;
    for (int arrivals = 0; arrivals < 2; arrivals++) {
        int open[RANDOM_FUTURES] = {0}, overdue[RANDOM_FUTURES] = {0};
        for (int p = 0; p < setup->person_count; p++)
            for (int i = 0; i < setup->people[p].order_count; i++) {
                int j = setup->sequence[setup->people[p].first_order + i];
                const struct am_futures_order *order = &setup->orders[j];
                if (order->arrival != (arrivals == 1) || order->since > sunday)
                    continue;
                for (int f = 0; f < RANDOM_FUTURES; f++) {
                    int day = done[f * setup->order_count + j];
                    bool is_open = day < 0 || setup->from + day > sunday;
                    open[f] += is_open;
                    overdue[f] +=
                        is_open && order->deadline != AM_NO_DATE && order->deadline <= sunday;
                }
            }
        const struct am_futures_week *of = &futures->weeks[week];
        assert_spread(arrivals ? of->arrivals_open : of->open, open);
        assert_spread(arrivals ? of->arrivals_overdue : of->overdue, overdue);
    }
}

static void figures_are_those_of_the_appointments(void **state)
{
    (void)state;
    for (uint64_t seed = 31; seed <= 36; seed++) {
        struct futures_unit unit;
        struct record record;
        assert_true(futures_unit_random(&unit, seed, 30));
        const struct am_futures_setup *setup = &unit.setup;
        struct am_futures futures =
            run_and_keep(&unit, options_of(RANDOM_FUTURES, seed, 1), &record);
        int *done = AM_ARENA_NEW(&unit.arena, (size_t)(RANDOM_FUTURES * setup->order_count), int);
        assert_non_null(done);
        for (int p = 0; p < setup->person_count; p++)
            for (int i = 0; i < setup->people[p].order_count; i++) {
                int j = setup->sequence[setup->people[p].first_order + i];
                for (int f = 0; f < RANDOM_FUTURES; f++)
                    done[f * setup->order_count + j] =
                        day_of(&record, &unit, f, p, setup->orders[j].ahead_min);
                check_order(&futures, &unit, done, j);
            }
        for (int w = 0; w < setup->weeks; w++)
            check_week(&futures, &unit, done, w);
        futures_unit_release(&unit);
    }
}

/* ---- the same whoever reckons ---- */

static void assert_same(const struct futures_unit *unit, const struct am_futures *a,
                        const struct am_futures *b)
{
    size_t orders = (size_t)unit->setup.order_count, weeks = (size_t)unit->setup.weeks;
    assert_memory_equal(a->orders, b->orders, orders * sizeof *a->orders);
    assert_memory_equal(a->weeks, b->weeks, weeks * sizeof *a->weeks);
}

static void threads_make_no_difference(void **state)
{
    static const int threads[] = {2, 3, 7, 256};
    (void)state;
    struct futures_unit unit;
    assert_true(futures_unit_random(&unit, 77, 60));
    struct am_futures one = run(&unit, options_of(333, 9, 1));
    for (size_t i = 0; i < sizeof threads / sizeof threads[0]; i++) {
        struct am_futures other = run(&unit, options_of(333, 9, threads[i]));
        assert_same(&unit, &one, &other);
    }
    struct am_futures seeded = run(&unit, options_of(333, 10, 1));
    assert_true(memcmp(one.orders, seeded.orders,
                       (size_t)unit.setup.order_count * sizeof *one.orders) != 0);
    futures_unit_release(&unit);
}

/* With room for everybody, who else there is makes no difference to anybody. */
static void luck_is_each_persons_own(void **state)
{
    (void)state;
    struct futures_unit unit;
    assert_true(futures_unit_random(&unit, 5, 20));
    for (int i = 0; i < unit.setup.weeks * unit.setup.kind_count; i++)
        unit.seats[i] = 1000;
    for (int i = 0; i < unit.setup.weeks * AM_FUTURES_LED_ROWS; i++)
        unit.led_min[i] = 1000000;
    struct am_futures all = run(&unit, options_of(200, 9, 1));
    unit.people[0].order_count = 0;
    unit.people[7].order_count = 0;
    struct am_futures fewer = run(&unit, options_of(200, 9, 1));
    for (int p = 0; p < unit.setup.person_count; p++)
        for (int i = 0; i < unit.people[p].order_count; i++) {
            int j = unit.sequence[unit.people[p].first_order + i];
            assert_memory_equal(&all.orders[j], &fewer.orders[j], sizeof all.orders[j]);
        }
    futures_unit_release(&unit);
}

/* ---- refusals ---- */

static void options_out_of_range_are_refused(void **state)
{
    static const struct am_futures_options wrong[] = {
        {.count = 0, .threads = 1},
        {.count = -1, .threads = 1},
        {.count = AM_FUTURES_MAX + 1, .threads = 1},
        {.count = 1, .threads = 0},
        {.count = 1, .threads = 257},
    };
    (void)state;
    struct futures_unit unit;
    struct am_futures futures;
    assert_true(futures_unit_single(&unit, 4, 0, 2, 50));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct am_err err = {0};
        assert_int_equal(am_futures_run(&unit.setup, &wrong[i], &unit.arena, &futures, &err),
                         AM_EINVALID);
        assert_int_equal(err.status, AM_EINVALID);
    }
    futures_unit_release(&unit);
}

static void a_unit_of_nobody_has_nothing_open(void **state)
{
    (void)state;
    struct futures_unit unit;
    assert_true(futures_unit_init(&unit, (struct futures_size){5, 0, 0, 1, 0}));
    futures_unit_close(&unit);
    struct am_futures futures = run(&unit, options_of(20, 1, 2));
    for (int w = 0; w < 5; w++)
        assert_int_equal(futures.weeks[w].open.at90, 0);
    futures_unit_release(&unit);
}

static void shares_are_rounded_down(void **state)
{
    (void)state;
    const struct am_futures futures = {.count = 3};
    assert_int_equal(am_futures_share(&futures, 0), 0);
    assert_int_equal(am_futures_share(&futures, 1), 3333);
    assert_int_equal(am_futures_share(&futures, 3), 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finishing_in_time_is_binomial),
        cmocka_unit_test(dates_are_those_of_the_binomial),
        cmocka_unit_test(a_date_after_the_last_week_is_none),
        cmocka_unit_test(where_all_attend_the_plan_itself_happens),
        cmocka_unit_test(parts_of_sessions_go_round),
        cmocka_unit_test(what_is_missed_is_booked_again),
        cmocka_unit_test(work_goes_on_after_the_plan),
        cmocka_unit_test(time_that_runs_out_comes_before_the_plan),
        cmocka_unit_test(an_appointment_ends_with_its_order),
        cmocka_unit_test(what_is_booked_already_is_drawn_and_keeps_its_day),
        cmocka_unit_test(no_future_breaks_a_rule),
        cmocka_unit_test(figures_are_those_of_the_appointments),
        cmocka_unit_test(threads_make_no_difference),
        cmocka_unit_test(luck_is_each_persons_own),
        cmocka_unit_test(options_out_of_range_are_refused),
        cmocka_unit_test(a_unit_of_nobody_has_nothing_open),
        cmocka_unit_test(shares_are_rounded_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
