#include "model/order_ledger.h"

#include <stdlib.h>

#include "model/earned.h"
#include "model/weeks_ahead.h"

struct work {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    const struct am_clocks *clocks;
    struct am_arena *arena; /* of the ledger */
    struct am_weeks_ahead ahead;
};

int am_business_days_between(am_date from, am_date to, struct am_dates bank_holidays)
{
    int days = 0;
    for (am_date d = from + 1; d <= to; d++)
        days += am_is_business_day(d, bank_holidays);
    for (am_date d = to + 1; d <= from; d++)
        days -= am_is_business_day(d, bank_holidays);
    return days;
}

/* ---- what happened ---- */

static void record_one(struct am_ledger_record *record, const struct am_appointment *a)
{
    if (record->since == AM_NO_DATE || a->date < record->since)
        record->since = a->date;
    record->attended += a->state == AM_ATTENDED;
    record->missed += a->state == AM_MISSED;
    record->missed_unacceptable += a->state == AM_MISSED_UNACCEPTABLE;
    record->stood_down += a->state == AM_STOOD_DOWN;
    if (a->state == AM_STOOD_DOWN)
        return;
    record->offered++;
    record->offered_min += a->minutes;
    record->credited_min += a->state == AM_ATTENDED ? a->credited_min : 0;
}

static void record_all(const struct am_caseload *caseload, struct am_ledger_entry *entries)
{
    for (int i = 0; i < caseload->appointment_count; i++) {
        const struct am_appointment *a = &caseload->appointments[i];
        if (a->state != AM_BOOKED && a->date <= caseload->as_of)
            record_one(&entries[a->order].record, a);
    }
    for (int j = 0; j < caseload->order_count; j++)
        entries[j].earned_min = am_minutes_earned(&caseload->policy, &caseload->orders[j],
                                                  entries[j].record.missed_unacceptable > 0,
                                                  caseload->orders[j].worked_min);
}

/* ---- how long it can wait ---- */

/* The last week from which to the deadline `need` can be had of what is
 * there, percent of it; -1: none. */
static int last_week(const struct am_ledger_entry *entry, int64_t need, int percent)
{
    int64_t sum = 0;
    for (int w = entry->weeks_left - 1; w >= 0; w--) {
        sum += entry->weeks[w].most_min;
        if (sum * percent >= need * 100)
            return w;
    }
    return -1;
}

static am_date monday(const struct am_caseload *caseload, int week)
{
    return week < 0 ? AM_NO_DATE : caseload->from + AM_WEEKDAYS * week;
}

static void look_at_weeks(struct work *work, struct am_ledger_entry *entry, int until)
{
    for (int w = 0; w < entry->weeks_left; w++) {
        struct am_week_ahead of = am_weeks_ahead_week(&work->ahead, entry->order, w, until);
        entry->weeks[w] = (struct am_ledger_week){(int32_t)of.minutes, of.days};
        entry->could_min += of.minutes;
    }
}

/* The day by whose end the work could be done, were there no deadline. */
static am_date soonest_end(const struct work *work, int order, int64_t need)
{
    int64_t before = 0;
    for (int w = 0; w < am_weeks_ahead_count(work->ahead.days.day_count); w++) {
        int first = AM_WEEKDAYS * w;
        for (int d = first; d < first + AM_WEEKDAYS && d < work->ahead.days.day_count; d++)
            if (before + am_weeks_ahead_week(&work->ahead, order, w, d + 1).minutes >= need)
                return work->caseload->from + d;
        before += am_weeks_ahead_week(&work->ahead, order, w, work->ahead.days.day_count).minutes;
    }
    return AM_NO_DATE;
}

static am_status clock_order(struct work *work, struct am_ledger_entry *entry, struct am_err *err)
{
    const struct am_caseload *caseload = work->caseload;
    const struct am_order *order = &caseload->orders[entry->order];
    int until = am_weeks_ahead_until(&work->ahead, entry->order);
    am_date first = caseload->as_of > order->sentence_date ? caseload->as_of : order->sentence_date;
    int first_day = first > caseload->from ? first - caseload->from : 0;
    entry->weeks_left = am_weeks_ahead_count(until);
    entry->weeks = AM_ARENA_NEW(work->arena, (size_t)entry->weeks_left, struct am_ledger_week);
    if (!entry->weeks)
        return am_fail_memory(err);
    look_at_weeks(work, entry, until);
    entry->slack_min = entry->could_min - entry->ahead_min;
    int week = last_week(entry, entry->ahead_min, 100);
    int percent = caseload->people[order->person].attendance_percent;
    entry->no_return = monday(caseload, week);
    entry->safe_start = monday(caseload, last_week(entry, entry->ahead_min, percent));
    entry->slack_weeks = week > 0 ? week : 0;
    entry->sessions_left =
        am_days_ahead_sessions(&work->ahead.days, order->person, first_day, until - 1);
    if (entry->outlook == AM_ON_TRACK && entry->safe_start == AM_NO_DATE)
        entry->outlook = AM_AT_RISK;
    return AM_OK;
}

/* ---- one order, one person ---- */

static void start_clock(const struct am_caseload *caseload, const struct am_order_state *state,
                        struct am_ledger_entry *entry)
{
    if (!state->open || state->started || state->start_due == AM_NO_DATE)
        return;
    entry->start_due = state->start_due;
    entry->start_days =
        am_business_days_between(caseload->as_of, state->start_due, caseload->bank_holidays);
}

static void begin_order(const struct work *work, int j, struct am_ledger_entry *entry)
{
    const struct am_order_state *state = &work->orders->orders[j];
    *entry = (struct am_ledger_entry){.order = j,
                                      .outlook = work->clocks->orders[j].outlook,
                                      .left_min = state->remaining_min,
                                      .ahead_min = work->clocks->orders[j].ahead_min,
                                      .ete_left_min = state->ete_left_min,
                                      .no_return = AM_NO_DATE,
                                      .safe_start = AM_NO_DATE,
                                      .soonest = AM_NO_DATE,
                                      .start_due = AM_NO_DATE,
                                      .record = {.since = AM_NO_DATE}};
    start_clock(work->caseload, state, entry);
}

static am_status look_at_person(struct work *work, int person, struct am_ledger_entry *entries,
                                struct am_err *err)
{
    const struct am_person *who = &work->caseload->people[person];
    bool looked = false;
    am_status status = AM_OK;
    for (int j = who->first_order; j < who->first_order + who->order_count && !status; j++) {
        if (!work->orders->orders[j].open)
            continue;
        if (!looked)
            am_weeks_ahead_open(&work->ahead, person, true);
        looked = true;
        if (work->orders->orders[j].deadline != AM_NO_DATE)
            status = clock_order(work, &entries[j], err);
        entries[j].soonest = soonest_end(work, j, entries[j].ahead_min);
    }
    return status;
}

/* ---- the sequence ---- */

struct sort_key {
    int rank;
    am_date dates[3];
    int order;
};

static int rank_of(const struct am_ledger_entry *entry, am_date deadline)
{
    if (entry->outlook == AM_FINISHED || entry->outlook == AM_NOT_ACTIVE)
        return 4;
    if (deadline == AM_NO_DATE)
        return 3;
    return entry->outlook == AM_OVERDUE ? 0 : entry->outlook == AM_CANNOT_FINISH ? 1 : 2;
}

static int compare_keys(const void *a, const void *b)
{
    const struct sort_key *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    for (int i = 0; i < 3; i++)
        if (x->dates[i] != y->dates[i])
            return x->dates[i] < y->dates[i] ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static am_status put_in_order(const struct work *work, const struct am_ledger_entry *entries,
                              struct am_order_ledger *ledger, struct am_err *err)
{
    size_t count = (size_t)work->caseload->order_count;
    struct am_arena scratch;
    am_arena_init(&scratch);
    struct sort_key *keys = AM_ARENA_NEW(&scratch, count, struct sort_key);
    for (size_t j = 0; keys && j < count; j++) {
        const struct am_ledger_entry *entry = &entries[j];
        am_date deadline = work->orders->orders[j].deadline;
        keys[j] = (struct sort_key){
            rank_of(entry, deadline), {entry->no_return, entry->safe_start, deadline}, (int)j};
    }
    if (keys)
        qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 0; keys && i < count; i++) {
        ledger->entries[i] = entries[keys[i].order];
        ledger->of[keys[i].order] = (int)i;
        ledger->outlooks[ledger->entries[i].outlook]++;
    }
    am_arena_release(&scratch);
    return keys ? AM_OK : am_fail_memory(err);
}

static am_status look_at_all(struct work *work, struct am_arena *scratch,
                             struct am_order_ledger *ledger, struct am_err *err)
{
    const struct am_caseload *caseload = work->caseload;
    int32_t *people;
    struct am_ledger_entry *entries =
        AM_ARENA_NEW(scratch, (size_t)caseload->order_count, struct am_ledger_entry);
    if (!entries)
        return am_fail_memory(err);
    for (int j = 0; j < caseload->order_count; j++)
        begin_order(work, j, &entries[j]);
    record_all(caseload, entries);
    am_status status = am_weeks_ahead_build(caseload, work->orders, scratch, &work->ahead, err);
    if (!status)
        status = am_people_by_home(caseload, scratch, &people, err);
    for (int i = 0; i < caseload->person_count && !status; i++)
        status = look_at_person(work, people[i], entries, err);
    return status ? status : put_in_order(work, entries, ledger, err);
}

am_status am_order_ledger_build(const struct am_caseload *caseload, const struct am_orders *orders,
                                const struct am_clocks *clocks, struct am_arena *arena,
                                struct am_order_ledger *ledger, struct am_err *err)
{
    struct work work = {caseload, orders, clocks, arena, {0}};
    struct am_arena scratch;
    size_t count = (size_t)caseload->order_count;
    *ledger = (struct am_order_ledger){.count = caseload->order_count};
    ledger->entries = AM_ARENA_NEW(arena, count, struct am_ledger_entry);
    ledger->of = AM_ARENA_NEW(arena, count, int);
    if (!ledger->entries || !ledger->of)
        return am_fail_memory(err);
    am_arena_init(&scratch);
    am_status status = look_at_all(&work, &scratch, ledger, err);
    am_arena_release(&scratch);
    return status;
}
