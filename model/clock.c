/*
 * The clocks of the orders (S2, S4): docs/formulation.md, section 6.
 */
#include "model/clock.h"

#include <string.h>

#include "model/weeks_ahead.h"

static const char *const outlook_words[] = {"on_track", "at_risk",  "cannot_finish",
                                            "overdue",  "finished", "not_active"};

const char *am_outlook_word(enum am_outlook outlook)
{
    return outlook_words[outlook];
}

struct work {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    struct am_weeks_ahead ahead;
    bool *done; /* by order of the person */
};

/* ---- one order ---- */

static int32_t clamp(int64_t minutes)
{
    return minutes > INT32_MAX ? INT32_MAX : (int32_t)minutes;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Minutes of the window and of the weeks after it, up to the deadline. */
static void add_weeks(const struct work *work, int j, struct am_order_clock *clock)
{
    int64_t window = 0, later = 0;
    int until = am_weeks_ahead_until(&work->ahead, j);
    for (int w = 0; w < am_weeks_ahead_count(until); w++)
        *(w < work->caseload->weeks ? &window : &later) +=
            am_weeks_ahead_week(&work->ahead, j, w, until).minutes;
    clock->window_min = clamp(window);
    clock->later_min = clamp(later);
}

static enum am_outlook outlook_of(const struct am_caseload *caseload,
                                  const struct am_orders *orders, int j,
                                  const struct am_order_clock *clock)
{
    const struct am_order_state *state = &orders->orders[j];
    enum am_order_status status = caseload->orders[j].status;
    if (status == AM_ORDER_SUSPENDED || status == AM_ORDER_REVOKED)
        return AM_NOT_ACTIVE;
    if (!state->open)
        return AM_FINISHED;
    if (state->deadline == AM_NO_DATE)
        return AM_ON_TRACK;
    if (state->deadline < caseload->from)
        return AM_OVERDUE;
    return clock->ahead_min > (int64_t)clock->later_min + clock->window_min ? AM_CANNOT_FINISH
                                                                            : AM_ON_TRACK;
}

/* S4: the share of the window in what is work, at expected attendance. */
static int64_t pace_of(const struct am_caseload *caseload, const struct am_orders *orders, int j,
                       int32_t ahead_min)
{
    int64_t days = (int64_t)orders->orders[j].deadline - caseload->from + 1;
    int64_t weeks_left = (days + 6) / 7;
    if (weeks_left < caseload->weeks)
        weeks_left = caseload->weeks;
    int64_t divisor = weeks_left * caseload->people[caseload->orders[j].person].attendance_percent;
    return ((int64_t)ahead_min * caseload->weeks * 100 + divisor - 1) / divisor;
}

/* ---- one person ---- */

/* What an order adds to those worked before it (done): all of it, or what
 * exceeds the one of them that it runs with. */
static int64_t adds(const struct work *work, int j, const bool *done)
{
    const struct am_order *order = &work->caseload->orders[j];
    int64_t remaining = work->orders->orders[j].remaining_min;
    int first = work->caseload->people[order->person].first_order;
    if (order->runs != AM_RUNS_CONCURRENT || order->runs_order < 0 ||
        !done[order->runs_order - first])
        return remaining;
    int64_t shared = work->orders->orders[order->runs_order].remaining_min;
    return remaining > shared ? remaining - shared : 0;
}

/* ahead_min of each open order, in the sequence in which they are worked. */
static void add_sequence(const struct work *work, int person, struct am_order_clock *clocks)
{
    const struct am_person *who = &work->caseload->people[person];
    int64_t sum = 0;
    bool *done = work->done;
    memset(done, 0, (size_t)who->order_count * sizeof *done);
    for (int j; (j = am_order_next(work->caseload, work->orders, person, done)) >= 0;) {
        sum += adds(work, j, done);
        clocks[j].ahead_min = clamp(sum);
        done[j - who->first_order] = true;
    }
}

/* What the person's minutes are measured against: the hardest of the orders,
 * within the one that is credited. */
struct hardest {
    int64_t must, pace;
};

static struct hardest clock_order(const struct work *work, int j, struct am_order_clock *clock)
{
    struct hardest hardest = {0, 0};
    const struct am_order_state *state = &work->orders->orders[j];
    if (state->open && state->deadline != AM_NO_DATE)
        add_weeks(work, j, clock);
    clock->outlook = outlook_of(work->caseload, work->orders, j, clock);
    if (!state->open || state->deadline == AM_NO_DATE || clock->outlook != AM_ON_TRACK)
        return hardest;
    if (clock->ahead_min > clock->later_min)
        clock->must_min = clock->ahead_min - clock->later_min;
    hardest.must = clock->must_min;
    hardest.pace = pace_of(work->caseload, work->orders, j, clock->ahead_min);
    return hardest;
}

/* A plan knows of everybody else and of the weeks to come: its minutes are the
 * pace, and what it could not make up for later must be done now. */
static void follow_plan(const struct am_aim *aim, struct hardest *most)
{
    if (!aim->given)
        return;
    most->pace = aim->planned_min;
    if (aim->needed_min > most->must)
        most->must = aim->needed_min;
}

static void clock_person(struct work *work, int person, struct am_clocks *clocks)
{
    const struct am_caseload *caseload = work->caseload;
    const struct am_person *who = &caseload->people[person];
    struct am_person_clock *clock = &clocks->people[person];
    int credited = work->orders->people[person].order;
    struct hardest most = {0, 0};
    am_weeks_ahead_open(&work->ahead, person, false);
    add_sequence(work, person, clocks->orders);
    for (int j = who->first_order; j < who->first_order + who->order_count; j++) {
        struct hardest of = clock_order(work, j, &clocks->orders[j]);
        most.must = of.must > most.must ? of.must : most.must;
        most.pace = of.pace > most.pace ? of.pace : most.pace;
    }
    clock->must_day = am_caseload_days(caseload) - 1;
    if (credited < 0)
        return;
    const struct am_order_state *state = &work->orders->orders[credited];
    int64_t window_max = (int64_t)caseload->weeks * am_weekly_max_plain(caseload, person);
    follow_plan(&who->aim, &most);
    clock->must_min = clamp(least(state->remaining_min, most.must));
    clock->pace_min = clamp(least(least(state->remaining_min, window_max), most.pace));
    if (state->deadline >= caseload->from && state->deadline <= am_caseload_last(caseload))
        clock->must_day = state->deadline - caseload->from;
}

static am_status prepare(struct work *work, struct am_arena *scratch, struct am_err *err)
{
    work->done = AM_ARENA_NEW(scratch, (size_t)work->caseload->order_count, bool);
    if (!work->done)
        return am_fail_memory(err);
    return am_weeks_ahead_build(work->caseload, work->orders, scratch, &work->ahead, err);
}

am_status am_clocks_build(const struct am_caseload *caseload, const struct am_orders *orders,
                          struct am_arena *arena, struct am_clocks *clocks, struct am_err *err)
{
    struct work work = {.caseload = caseload, .orders = orders};
    struct am_arena scratch;
    int32_t *people = NULL;
    *clocks = (struct am_clocks){0};
    clocks->orders = AM_ARENA_NEW(arena, (size_t)caseload->order_count, struct am_order_clock);
    clocks->people = AM_ARENA_NEW(arena, (size_t)caseload->person_count, struct am_person_clock);
    if (!clocks->orders || !clocks->people)
        return am_fail_memory(err);
    am_arena_init(&scratch);
    am_status status = prepare(&work, &scratch, err);
    if (status == AM_OK)
        status = am_people_by_home(caseload, &scratch, &people, err);
    for (int i = 0; i < caseload->person_count && status == AM_OK; i++)
        clock_person(&work, people[i], clocks);
    am_arena_release(&scratch);
    return status;
}

enum am_outlook am_order_outlook(const struct am_caseload *caseload, const struct am_orders *orders,
                                 const struct am_clocks *clocks, int order, int32_t booked_min)
{
    const struct am_order_clock *clock = &clocks->orders[order];
    int64_t percent = caseload->people[caseload->orders[order].person].attendance_percent;
    if (clock->outlook != AM_ON_TRACK || orders->orders[order].deadline == AM_NO_DATE)
        return clock->outlook;
    return (int64_t)clock->ahead_min - booked_min > clock->later_min * percent / 100 ? AM_AT_RISK
                                                                                     : AM_ON_TRACK;
}

bool am_counts_towards(const struct am_orders *orders, int booked_order, int order)
{
    const struct am_order_state *states = orders->orders;
    if (booked_order == order || states[order].deadline == AM_NO_DATE)
        return true;
    return states[booked_order].deadline != AM_NO_DATE &&
           states[booked_order].deadline <= states[order].deadline;
}
