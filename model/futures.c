#include "model/futures.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/random.h"
#include "model/futures_parts.h"

/* Futures that a thread takes week by week side by side, so that what is known
 * of a week is read once for all of them. */
enum { SIDE_BY_SIDE = 8, THREADS_MAX = 256 };

/* ---- what follows from the setup ---- */

static void add_up_weeks(struct am_futures_frame *frame)
{
    const struct am_futures_setup *setup = frame->setup;
    size_t people = (size_t)setup->person_count;
    for (size_t i = 0; i < people * (size_t)setup->weeks; i++)
        frame->until_min[i] = setup->most_min[i];
    for (int i = 0; i < setup->given_count; i++) {
        const struct am_futures_given *given = &setup->given[i];
        frame->until_min[(size_t)given->week * people + (size_t)given->person] += given->minutes;
    }
    for (size_t i = people; i < people * (size_t)setup->weeks; i++)
        frame->until_min[i] += frame->until_min[i - people];
}

static void find_shortest(struct am_futures_frame *frame, int p)
{
    const struct am_futures_person *person = &frame->setup->people[p];
    int32_t shortest = AM_DAY_MINUTES;
    for (int r = person->first_reach; r < person->first_reach + person->reach_count; r++) {
        int32_t minutes = frame->setup->kinds[frame->setup->reach[r]].minutes;
        shortest = minutes < shortest ? minutes : shortest;
    }
    frame->shortest_min[p] = shortest;
}

static void find_given(struct am_futures_frame *frame)
{
    int next = 0;
    for (int w = 0; w <= frame->setup->weeks; w++) {
        frame->first_given[w] = next;
        while (next < frame->setup->given_count && frame->setup->given[next].week == w)
            next++;
    }
}

/* The week of each order's deadline, the last if it is later than that; -1 if
 * it is before the first. */
static void find_due(struct am_futures_frame *frame, int person, int order)
{
    const struct am_futures_setup *setup = frame->setup;
    am_date deadline = setup->orders[order].deadline;
    if (deadline == AM_NO_DATE)
        return;
    int week = deadline < setup->from ? -1 : am_week_of(deadline, setup->from);
    if (week >= setup->weeks)
        week = setup->weeks - 1;
    frame->due_week[order] = week;
    if (week >= 0)
        frame->due_min[order] =
            frame->until_min[(size_t)week * (size_t)setup->person_count + (size_t)person];
}

static void fill_frame(struct am_futures_frame *frame)
{
    const struct am_futures_setup *setup = frame->setup;
    size_t futures = (size_t)frame->options->count;
    add_up_weeks(frame);
    find_given(frame);
    for (int j = 0; j < setup->order_count; j++)
        frame->due_week[j] = INT32_MAX;
    for (int p = 0; p < setup->person_count; p++) {
        find_shortest(frame, p);
        for (int i = 0; i < setup->people[p].order_count; i++)
            find_due(frame, p, setup->sequence[setup->people[p].first_order + i]);
    }
    for (int k = 0; k < setup->kind_count; k++)
        if (setup->kinds[k].supervised && setup->kinds[k].places > 0)
            frame->seat_share[k] =
                (int64_t)setup->kinds[k].minutes * AM_FUTURES_PARTS / setup->kinds[k].places;
    for (size_t i = 0; i < (size_t)setup->order_count * futures; i++)
        frame->finished_day[i] = (int16_t)frame->day_count;
}

static am_status build_frame(struct am_futures_frame *frame, struct am_arena *arena,
                             struct am_err *err)
{
    const struct am_futures_setup *setup = frame->setup;
    size_t orders = (size_t)setup->order_count;
    frame->day_count = setup->weeks * AM_FUTURES_WEEKDAYS;
    frame->until_min =
        AM_ARENA_NEW(arena, (size_t)setup->weeks * (size_t)setup->person_count, int64_t);
    frame->due_min = AM_ARENA_NEW(arena, orders, int64_t);
    frame->due_week = AM_ARENA_NEW(arena, orders, int32_t);
    frame->seat_share = AM_ARENA_NEW(arena, (size_t)setup->kind_count, int64_t);
    frame->shortest_min = AM_ARENA_NEW(arena, (size_t)setup->person_count, int32_t);
    frame->first_given = AM_ARENA_NEW(arena, (size_t)setup->weeks + 1, int32_t);
    frame->finished_day = AM_ARENA_NEW(arena, orders * (size_t)frame->options->count, int16_t);
    if (!frame->until_min || !frame->due_min || !frame->due_week || !frame->seat_share ||
        !frame->shortest_min || !frame->first_given || !frame->finished_day)
        return am_fail_memory(err);
    fill_frame(frame);
    return AM_OK;
}

/* ---- threads ---- */

struct worker {
    struct am_futures_bench bench;
    struct am_futures_one side[SIDE_BY_SIDE];
    atomic_int *next; /* the first future that nobody has taken */
};

static am_status make_worker(struct worker *worker, const struct am_futures_frame *frame,
                             struct am_arena *arena, struct am_err *err)
{
    size_t people = (size_t)frame->setup->person_count;
    struct am_futures_bench *bench = &worker->bench;
    bench->frame = frame;
    bench->room = AM_ARENA_NEW(arena, (size_t)frame->setup->kind_count, int32_t);
    bench->bookings = AM_ARENA_NEW(arena, people, struct am_futures_bookings);
    bench->present = AM_ARENA_NEW(arena, people, int32_t);
    bool made = bench->room && bench->bookings && bench->present;
    for (int i = 0; i < SIDE_BY_SIDE && made; i++) {
        worker->side[i].standings = AM_ARENA_NEW(arena, people, struct am_futures_standing);
        worker->side[i].working = AM_ARENA_NEW(arena, people, int32_t);
        made = worker->side[i].standings && worker->side[i].working;
    }
    return made ? AM_OK : am_fail_memory(err);
}

static void begin_future(const struct am_futures_frame *frame, struct am_futures_one *one,
                         int number)
{
    const struct am_futures_setup *setup = frame->setup;
    one->number = number;
    one->working_count = 0;
    for (int p = 0; p < setup->person_count; p++) {
        uint64_t stream =
            am_random_stream(frame->options->seed, (uint64_t)number, setup->people[p].key);
        one->standings[p] = (struct am_futures_standing){.stream = stream};
        if (setup->people[p].order_count > 0)
            one->working[one->working_count++] = p;
    }
}

static void run_side_by_side(struct worker *worker, int first)
{
    const struct am_futures_frame *frame = worker->bench.frame;
    int count = frame->options->count - first;
    if (count > SIDE_BY_SIDE)
        count = SIDE_BY_SIDE;
    for (int i = 0; i < count; i++)
        begin_future(frame, &worker->side[i], first + i);
    for (int w = 0; w < frame->setup->weeks; w++)
        for (int i = 0; i < count; i++) {
            worker->bench.week = w;
            worker->bench.one = &worker->side[i];
            am_futures_pass_week(&worker->bench);
        }
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    for (;;) {
        int first = atomic_fetch_add(worker->next, SIDE_BY_SIDE);
        if (first >= worker->bench.frame->options->count)
            return NULL;
        run_side_by_side(worker, first);
    }
}

/* Whatever threads cannot be had, the first does their work. */
static void run_workers(struct worker *workers, int count)
{
    pthread_t threads[THREADS_MAX];
    int started = 0;
    while (started < count - 1 &&
           pthread_create(&threads[started], NULL, work, &workers[started + 1]) == 0)
        started++;
    (void)work(&workers[0]);
    for (int i = 0; i < started; i++)
        (void)pthread_join(threads[i], NULL);
}

static am_status run_futures(const struct am_futures_frame *frame, struct am_arena *arena,
                             struct am_err *err)
{
    const struct am_futures_options *options = frame->options;
    int useful = (options->count + SIDE_BY_SIDE - 1) / SIDE_BY_SIDE;
    int count = options->threads < useful ? options->threads : useful;
    atomic_int next = 0;
    struct worker *workers = AM_ARENA_NEW(arena, (size_t)count, struct worker);
    if (!workers)
        return am_fail_memory(err);
    for (int i = 0; i < count; i++) {
        am_status status = make_worker(&workers[i], frame, arena, err);
        if (status != AM_OK)
            return status;
        workers[i].next = &next;
    }
    run_workers(workers, count);
    return AM_OK;
}

/* ---- the whole ---- */

static am_status check_options(const struct am_futures_setup *setup,
                               const struct am_futures_options *options, struct am_err *err)
{
    if (options->count < 1 || options->count > AM_FUTURES_MAX)
        return am_fail(err, AM_EINVALID, "%d futures; 1 to %d can be simulated", options->count,
                       AM_FUTURES_MAX);
    if (options->threads < 1 || options->threads > THREADS_MAX)
        return am_fail(err, AM_EINVALID, "%d threads; 1 to %d may run", options->threads,
                       THREADS_MAX);
    if (setup->weeks < 1 || setup->weeks > AM_FUTURES_WEEKS_MAX)
        return am_fail(err, AM_EINVALID, "%d weeks; 1 to %d can be simulated", setup->weeks,
                       AM_FUTURES_WEEKS_MAX);
    return AM_OK;
}

am_status am_futures_run(const struct am_futures_setup *setup,
                         const struct am_futures_options *options, struct am_arena *arena,
                         struct am_futures *futures, struct am_err *err)
{
    struct am_futures_frame frame = {.setup = setup, .options = options};
    struct am_arena scratch;
    am_status status = check_options(setup, options, err);
    if (status != AM_OK)
        return status;
    *futures = (struct am_futures){.count = options->count,
                                   .seed = options->seed,
                                   .from = setup->from,
                                   .week_count = setup->weeks};
    futures->orders = AM_ARENA_NEW(arena, (size_t)setup->order_count, struct am_order_future);
    futures->weeks = AM_ARENA_NEW(arena, (size_t)setup->weeks, struct am_futures_week);
    if (!futures->orders || !futures->weeks)
        return am_fail_memory(err);
    am_arena_init(&scratch);
    status = build_frame(&frame, &scratch, err);
    if (status == AM_OK)
        status = run_futures(&frame, &scratch, err);
    if (status == AM_OK)
        status = am_futures_count(&frame, &scratch, futures, err);
    am_arena_release(&scratch);
    return status;
}

int am_futures_share(const struct am_futures *futures, int32_t count)
{
    return (int)((int64_t)count * 10000 / futures->count);
}
