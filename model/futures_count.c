/*
 * What a thousand futures come to: the share that is in time, dates, and the
 * spread of what is open and overdue, week by week.
 */
#include <stdlib.h>

#include "model/futures_parts.h"

/* The least number of futures that are q % of them. */
static int32_t share_of(const struct am_futures *futures, int percent)
{
    return (int32_t)(((int64_t)futures->count * percent + 99) / 100);
}

/* ---- one order ---- */

static const int16_t *days_of(const struct am_futures_frame *frame, int order)
{
    return frame->finished_day + (size_t)order * (size_t)frame->options->count;
}

static am_date date_at(const struct am_futures *futures, const int32_t *by_day, int day_count,
                       int percent)
{
    int32_t sum = 0, enough = share_of(futures, percent);
    for (int d = 0; d < day_count; d++) {
        sum += by_day[d];
        if (sum >= enough)
            return futures->from + d;
    }
    return AM_NO_DATE;
}

/* by_day: room for a count each day, and for those that are never done. */
static void count_order(const struct am_futures_frame *frame, int order, int32_t *by_day,
                        struct am_futures *futures)
{
    const int16_t *days = days_of(frame, order);
    struct am_order_future *of = &futures->orders[order];
    am_date deadline = frame->setup->orders[order].deadline;
    for (int d = 0; d <= frame->day_count; d++)
        by_day[d] = 0;
    for (int f = 0; f < futures->count; f++)
        by_day[days[f]]++;
    for (int d = 0; d < frame->day_count; d++) {
        of->done += by_day[d];
        if (deadline == AM_NO_DATE || futures->from + d <= deadline)
            of->on_time += by_day[d];
    }
    of->at10 = date_at(futures, by_day, frame->day_count, 10);
    of->at50 = date_at(futures, by_day, frame->day_count, 50);
    of->at90 = date_at(futures, by_day, frame->day_count, 90);
}

/* ---- the unit by week ---- */

/* Orders open and overdue at the end of each week: first what changes in a week,
 * [week * futures + future], then summed up. */
struct tally {
    int32_t *open, *overdue;
};

static void change(const struct am_futures *futures, int32_t *row, int first, int end, int future)
{
    if (first < 0)
        first = 0;
    if (first >= end)
        return;
    row[(size_t)first * (size_t)futures->count + (size_t)future]++;
    if (end < futures->week_count)
        row[(size_t)end * (size_t)futures->count + (size_t)future]--;
}

static int week_of(const struct am_futures *futures, am_date date)
{
    return date < futures->from ? 0 : am_week_of(date, futures->from);
}

static void add_order(const struct am_futures_frame *frame, int order,
                      const struct am_futures *futures, const struct tally *tally)
{
    const struct am_futures_order *given = &frame->setup->orders[order];
    const int16_t *days = days_of(frame, order);
    int since = given->since == AM_NO_DATE ? 0 : week_of(futures, given->since);
    int due =
        given->deadline == AM_NO_DATE ? futures->week_count : week_of(futures, given->deadline);
    for (int f = 0; f < futures->count; f++) {
        int end = days[f] / AM_FUTURES_WEEKDAYS; /* the week in which it is done */
        change(futures, tally->open, since, end, f);
        change(futures, tally->overdue, due < since ? since : due, end, f);
    }
}

static int compare_counts(const void *left, const void *right)
{
    const int32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static struct am_spread spread_of(const struct am_futures *futures, const int32_t *row,
                                  int32_t *sorted)
{
    for (int f = 0; f < futures->count; f++)
        sorted[f] = row[f];
    qsort(sorted, (size_t)futures->count, sizeof *sorted, compare_counts);
    return (struct am_spread){sorted[share_of(futures, 10) - 1], sorted[share_of(futures, 50) - 1],
                              sorted[share_of(futures, 90) - 1]};
}

static void sum_up(const struct am_futures *futures, int32_t *rows)
{
    size_t count = (size_t)futures->count;
    for (size_t i = count; i < count * (size_t)futures->week_count; i++)
        rows[i] += rows[i - count];
}

/* Arrivals, or the orders of the caseload. */
static am_status count_weeks(const struct am_futures_frame *frame, bool arrivals,
                             struct am_arena *scratch, struct am_futures *futures,
                             struct am_err *err)
{
    const struct am_futures_setup *setup = frame->setup;
    size_t cells = (size_t)futures->count * (size_t)futures->week_count;
    struct tally tally = {AM_ARENA_NEW(scratch, cells, int32_t),
                          AM_ARENA_NEW(scratch, cells, int32_t)};
    int32_t *sorted = AM_ARENA_NEW(scratch, (size_t)futures->count, int32_t);
    if (!tally.open || !tally.overdue || !sorted)
        return am_fail_memory(err);
    for (int p = 0; p < setup->person_count; p++)
        for (int i = 0; i < setup->people[p].order_count; i++) {
            int order = setup->sequence[setup->people[p].first_order + i];
            if (setup->orders[order].arrival == arrivals)
                add_order(frame, order, futures, &tally);
        }
    sum_up(futures, tally.open);
    sum_up(futures, tally.overdue);
    for (int w = 0; w < futures->week_count; w++) {
        size_t row = (size_t)w * (size_t)futures->count;
        struct am_futures_week *week = &futures->weeks[w];
        *(arrivals ? &week->arrivals_open : &week->open) =
            spread_of(futures, tally.open + row, sorted);
        *(arrivals ? &week->arrivals_overdue : &week->overdue) =
            spread_of(futures, tally.overdue + row, sorted);
    }
    return AM_OK;
}

am_status am_futures_count(const struct am_futures_frame *frame, struct am_arena *scratch,
                           struct am_futures *futures, struct am_err *err)
{
    const struct am_futures_setup *setup = frame->setup;
    int32_t *by_day = AM_ARENA_NEW(scratch, (size_t)frame->day_count + 1, int32_t);
    if (!by_day)
        return am_fail_memory(err);
    for (int p = 0; p < setup->person_count; p++)
        for (int i = 0; i < setup->people[p].order_count; i++)
            count_order(frame, setup->sequence[setup->people[p].first_order + i], by_day, futures);
    am_status status = count_weeks(frame, false, scratch, futures, err);
    return status == AM_OK ? count_weeks(frame, true, scratch, futures, err) : status;
}
