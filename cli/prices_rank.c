#include "cli/prices_rank.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/grow.h"
#include "model/enlarge.h"
#include "solver/lp.h"

enum { MOST_THREADS = 64 };

/* ---- several at a time ---- */

struct side_by_side {
    am_status (*work)(void *context, int i, struct am_err *err);
    void *context;
    int count;
    atomic_int next;
    pthread_mutex_t lock;
    int failed; /* the least i that failed; count: none */
    am_status status;
    struct am_err err;
};

static void work_on(struct side_by_side *all)
{
    for (int i; (i = atomic_fetch_add(&all->next, 1)) < all->count;) {
        struct am_err err;
        am_status status = all->work(all->context, i, &err);
        if (status == AM_OK)
            continue;
        (void)pthread_mutex_lock(&all->lock);
        if (i < all->failed) {
            all->failed = i;
            all->status = status;
            all->err = err;
        }
        (void)pthread_mutex_unlock(&all->lock);
    }
}

static void *work_in_thread(void *all)
{
    work_on(all);
    am_lp_thread_end();
    return NULL;
}

am_status am_prices_side_by_side(int threads, int count,
                                 am_status (*work)(void *context, int i, struct am_err *err),
                                 void *context, struct am_err *err)
{
    struct side_by_side all = {.work = work, .context = context, .count = count, .failed = count};
    pthread_t started[MOST_THREADS];
    int extra = (threads < count ? threads : count) - 1, running = 0;
    atomic_init(&all.next, 0);
    (void)pthread_mutex_init(&all.lock, NULL);
    while (running < extra && running < MOST_THREADS &&
           pthread_create(&started[running], NULL, work_in_thread, &all) == 0)
        running++;
    work_on(&all);
    for (int i = 0; i < running; i++)
        (void)pthread_join(started[i], NULL);
    (void)pthread_mutex_destroy(&all.lock);
    if (all.status != AM_OK)
        *err = all.err;
    return all.status;
}

/* ---- a caseload with the thing more ---- */

static struct am_further further_of(const struct am_pricing_base *base,
                                    const struct am_price_row *row)
{
    return (struct am_further){row->project, row->week, base->minutes};
}

static void list_same(const struct am_caseload *caseload, int at, int32_t *same)
{
    for (int s = 0; s < caseload->window_session_count; s++)
        same[s] = at < 0 || s < at ? s : s == at ? -1 : s - 1;
}

/* What the thing more leaves as it is need not be derived again: places matter
 * to nobody's eligibility where there is one already, supervisors to no clock. */
static am_status derive(const struct am_pricing_base *base, const struct am_price_row *row,
                        struct am_derived *more, struct am_err *err)
{
    const struct am_derived *from = base->derived;
    bool place =
        row->kind == AM_PRICE_PLACE &&
        am_bookable(&from->caseload.policy, from->caseload.sessions[row->session].places) > 0;
    if (!place && row->kind != AM_PRICE_SUPERVISOR_DAY)
        return am_derived_make(more, err);
    more->orders = from->orders;
    more->clocks = from->clocks;
    more->eligibility = from->eligibility;
    return place ? AM_OK
                 : am_eligibility_build(&more->caseload, &more->orders, &more->arena,
                                        &more->eligibility, err);
}

am_status am_prices_enlarge(const struct am_pricing_base *base, struct am_price_row *row,
                            struct am_derived *more, int32_t *same, struct am_err *err)
{
    const struct am_caseload *from = &base->derived->caseload;
    struct am_caseload *to = &more->caseload;
    int at = -1;
    am_status status = AM_OK;
    am_derived_begin(more);
    if (row->kind == AM_PRICE_PLACE)
        status = am_enlarge_place(from, row->session, &more->arena, to, err);
    else if (row->kind == AM_PRICE_SESSION)
        status = am_enlarge_session(from, row->session, row->date, &more->arena, to, &at, err);
    else if (row->kind == AM_PRICE_SUPERVISOR_DAY)
        status = am_enlarge_supervisor(from, row->date, row->project, &more->arena, to, err);
    else
        status =
            am_enlarge_travel(from, further_of(base, row), &more->arena, to, &row->people, err);
    if (status == AM_OK && same)
        list_same(to, at, same);
    if (status == AM_OK)
        status = derive(base, row, more, err);
    if (status == AM_OK && row->kind == AM_PRICE_TRAVEL)
        am_enlarge_travel_trim(to, further_of(base, row), &base->derived->eligibility,
                               &more->eligibility);
    return status;
}

/* ---- what is looked at ---- */

struct list {
    struct am_price_row *at;
    size_t count, room;
};

struct rank {
    const struct am_pricing_base *base;
    const struct am_caseload *caseload;
    struct list list;
    bool climb; /* this time */
};

static am_status add(struct rank *rank, struct am_price_row row, struct am_err *err)
{
    struct list *list = &rank->list;
    if (!am_grow((void **)&list->at, &list->room, list->count + 1, sizeof row))
        return am_fail_memory(err);
    row.people = -1;
    list->at[list->count++] = row;
    return AM_OK;
}

static bool is_open(const struct rank *rank, int s)
{
    return rank->base->instance->sessions[s].open;
}

static bool is_at(const struct rank *rank, int s, int project, int week)
{
    const struct am_session *at = &rank->caseload->sessions[s];
    return at->project == project && am_week_of(at->date, rank->caseload->from) == week;
}

/* A place wherever a seat has a price. */
static am_status list_places(struct rank *rank, int project, int week, struct am_err *err)
{
    am_status status = AM_OK;
    for (int s = 0; s < rank->caseload->window_session_count && status == AM_OK; s++)
        if (is_open(rank, s) && is_at(rank, s, project, week) &&
            am_worth_seat_centi(rank->base->worth, s) > 0)
            status = add(rank,
                         (struct am_price_row){.kind = AM_PRICE_PLACE,
                                               .project = project,
                                               .week = week,
                                               .date = rank->caseload->sessions[s].date,
                                               .session = s},
                         err);
    return status;
}

/* The open session of the project that is most like one on that date: in that
 * week if there is one, and the largest. -1: none. */
static int model_for(const struct rank *rank, int project, int week)
{
    const struct am_caseload *caseload = rank->caseload;
    int best = -1;
    for (int s = 0; s < caseload->window_session_count; s++) {
        if (caseload->sessions[s].project != project || caseload->sessions[s].closed != AM_OPEN)
            continue;
        bool here = is_at(rank, s, project, week);
        if (best < 0 || (here && !is_at(rank, best, project, week)) ||
            (here == is_at(rank, best, project, week) &&
             caseload->sessions[s].places > caseload->sessions[best].places))
            best = s;
    }
    return best;
}

static bool is_held(const struct rank *rank, int project, am_date date)
{
    const struct am_caseload *caseload = rank->caseload;
    for (int s = 0; s < caseload->window_session_count; s++)
        if (caseload->sessions[s].project == project && caseload->sessions[s].date == date &&
            caseload->sessions[s].closed == AM_OPEN)
            return true;
    return false;
}

/* Days on which something new can still be held. */
static bool is_working_day(const struct rank *rank, am_date date)
{
    return date >= rank->caseload->as_of && !am_dates_contain(rank->caseload->non_working, date);
}

/* A session on each day of the week on which the project has none. */
static am_status list_sessions(struct rank *rank, int project, int week, struct am_err *err)
{
    am_status status = AM_OK;
    int like = model_for(rank, project, week);
    for (int d = 7 * week; d < 7 * week + 7 && like >= 0 && status == AM_OK; d++) {
        am_date date = rank->caseload->from + d;
        if (is_working_day(rank, date) && !is_held(rank, project, date))
            status = add(rank,
                         (struct am_price_row){.kind = AM_PRICE_SESSION,
                                               .project = project,
                                               .week = week,
                                               .date = date,
                                               .session = like},
                         err);
    }
    return status;
}

/* Could a supervisor more be of use there: at a session that nobody may lead, or
 * that would be better led? */
static bool wants_leader(const struct rank *rank, int s)
{
    const struct am_isession *at = &rank->base->instance->sessions[s];
    return at->open && at->supervised &&
           (at->candidate_count == 0 || am_worth_leader_centi(rank->base->worth, s) > 0);
}

static am_status list_supervisor_days(struct rank *rank, int project, int week, struct am_err *err)
{
    am_status status = AM_OK;
    for (int d = 7 * week; d < 7 * week + 7 && status == AM_OK; d++) {
        bool wanted = false;
        for (int s = 0; s < rank->caseload->window_session_count; s++)
            wanted = wanted || (rank->base->instance->sessions[s].day == d &&
                                (project < 0 || rank->caseload->sessions[s].project == project) &&
                                wants_leader(rank, s));
        if (wanted)
            status = add(rank,
                         (struct am_price_row){.kind = AM_PRICE_SUPERVISOR_DAY,
                                               .project = project,
                                               .week = week,
                                               .date = rank->caseload->from + d,
                                               .session = -1},
                         err);
    }
    return status;
}

static am_status list_travel(struct rank *rank, int project, int week, struct am_err *err)
{
    bool held = false;
    for (int s = 0; s < rank->caseload->window_session_count; s++)
        held = held || (is_open(rank, s) && is_at(rank, s, project, week));
    if (!held || rank->caseload->policy.travel_limit_minutes == AM_NO_LIMIT)
        return AM_OK;
    return add(rank,
               (struct am_price_row){.kind = AM_PRICE_TRAVEL,
                                     .project = project,
                                     .week = week,
                                     .date = AM_NO_DATE,
                                     .session = -1},
               err);
}

static am_status list_all(struct rank *rank, struct am_err *err)
{
    static am_status (*const lists[])(struct rank * rank, int project, int week,
                                      struct am_err *err) = {list_places, list_sessions,
                                                             list_supervisor_days, list_travel};
    am_status status = AM_OK;
    for (int w = 0; w < rank->caseload->weeks && status == AM_OK; w++) {
        if (rank->base->project < 0)
            status = list_supervisor_days(rank, -1, w, err);
        for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++)
            for (int j = 0; j < rank->caseload->project_count && status == AM_OK; j++)
                if (rank->base->project < 0 || rank->base->project == j)
                    status = lists[k](rank, j, w, err);
    }
    return status;
}

/* ---- their bounds ---- */

static am_status reckon(struct rank *rank, struct am_price_row *row, struct am_derived *more,
                        struct am_arena *arena, struct am_err *err)
{
    const struct am_pricing_base *base = rank->base;
    struct am_instance instance;
    int64_t bound = INT64_MIN;
    int32_t *same = AM_ARENA_NEW(arena, (size_t)rank->caseload->window_session_count + 1, int32_t);
    if (!same)
        return am_fail_memory(err);
    am_status status = am_prices_enlarge(base, row, more, same, err);
    if (status != AM_OK || (row->kind == AM_PRICE_TRAVEL && row->people == 0))
        return status;
    status = am_instance_build(&more->caseload, &more->orders, &more->eligibility, &more->clocks,
                               arena, &instance, err);
    if (status == AM_OK)
        status = am_worth_changed(
            base->worth, &(struct am_worth_change){&instance, same, rank->climb}, &bound, err);
    if (status == AM_OK && bound != INT64_MIN) {
        row->estimate = am_worth_bound(base->worth) - bound;
        row->at_most = base->roster->score.total - bound;
    }
    return status;
}

static am_status reckon_one(void *context, int i, struct am_err *err)
{
    struct rank *rank = context;
    struct am_derived more = {0};
    struct am_arena arena;
    if (rank->base->stop && *rank->base->stop)
        return am_fail(err, AM_EINTERRUPTED, "stopped before everything was priced");
    am_arena_init(&arena);
    am_status status = reckon(rank, &rank->list.at[i], &more, &arena, err);
    am_derived_release(&more);
    am_arena_release(&arena);
    return status;
}

static am_status reckon_all(struct rank *rank, bool climb, struct am_err *err)
{
    rank->climb = climb;
    return am_prices_side_by_side(rank->base->settings->threads, (int)rank->list.count, reckon_one,
                                  rank, err);
}

/* Of each kind, project and week the day or session of most worth; it follows on
 * the others of its kind in the list. */
static void choose(struct list *list, int64_t least)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct am_price_row *row = &list->at[i];
        struct am_price_row *last = kept > 0 ? &list->at[kept - 1] : NULL;
        if (row->estimate < least)
            continue;
        if (last && last->kind == row->kind && last->project == row->project &&
            last->week == row->week) {
            if (row->estimate > last->estimate)
                *last = *row;
        } else {
            list->at[kept++] = *row;
        }
    }
    list->count = kept;
}

/* Most worth first; then as they were listed, which is by kind, project, week. */
static int by_worth(const void *left, const void *right)
{
    const struct am_price_row *a = left, *b = right;
    if (a->estimate != b->estimate)
        return a->estimate > b->estimate ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->week != b->week)
        return a->week < b->week ? -1 : 1;
    return (a->project > b->project) - (a->project < b->project);
}

static am_status keep_rows(struct rank *rank, struct am_arena *arena, struct am_price_row **rows,
                           int *count, struct am_err *err)
{
    struct list *list = &rank->list;
    *rows = AM_ARENA_NEW(arena, list->count, struct am_price_row);
    if (!*rows)
        return am_fail_memory(err);
    for (size_t i = 0; i < list->count; i++)
        (*rows)[i] = list->at[i];
    if (list->count > 1)
        qsort(*rows, list->count, sizeof **rows, by_worth);
    *count = (int)list->count;
    return AM_OK;
}

am_status am_prices_rank(const struct am_pricing_base *base, struct am_arena *arena,
                         struct am_price_row **rows, int *count, struct am_err *err)
{
    struct rank rank = {.base = base, .caseload = &base->derived->caseload};
    am_status status = list_all(&rank, err);
    if (status == AM_OK)
        status = reckon_all(&rank, false, err);
    if (status == AM_OK) {
        choose(&rank.list, base->least);
        status = reckon_all(&rank, true, err);
    }
    if (status == AM_OK) {
        choose(&rank.list, base->least);
        status = keep_rows(&rank, arena, rows, count, err);
    }
    free(rank.list.at);
    return status;
}
