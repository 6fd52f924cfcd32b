/*
 * The weeks ahead of a plan: docs/formulation.md, section 8.
 */
#include "model/horizon.h"

#include "model/horizon_parts.h"

/* Costs are in thousandths of a point; a plan's stay below 2^54. */
static const int64_t cost_limit = INT64_C(1) << 54;
enum { THOUSANDTHS = 1000 };

static const char *const part_words[] = {"weekdays", "saturday", "sunday"};

const char *am_week_part_word(enum am_week_part part)
{
    return part_words[part];
}

int32_t am_minutes_to_book(int32_t minutes, int32_t attendance_percent)
{
    int64_t booked = ((int64_t)minutes * 100 + attendance_percent - 1) / attendance_percent;
    return booked > INT32_MAX ? INT32_MAX : (int32_t)booked;
}

/* Up to the last session and the last deadline of an open order. */
static int count_weeks(const struct am_caseload *caseload, const struct am_orders *orders)
{
    am_date last = am_caseload_last(caseload);
    if (caseload->session_count > 0 && caseload->sessions[caseload->session_count - 1].date > last)
        last = caseload->sessions[caseload->session_count - 1].date;
    for (int j = 0; j < caseload->order_count; j++) {
        const struct am_order_state *state = &orders->orders[j];
        if (state->open && state->deadline != AM_NO_DATE && state->deadline > last)
            last = state->deadline;
    }
    int weeks = (last - caseload->from) / 7 + 1;
    return weeks < AM_PLAN_WEEKS_MAX ? weeks : AM_PLAN_WEEKS_MAX;
}

static void set_costs(struct am_horizon *horizon)
{
    const struct am_weights *weights = &horizon->caseload->policy.weights;
    int64_t offer = (int64_t)weights->offer_minute * THOUSANDTHS;
    horizon->left_cost = offer;
    horizon->backlog_cost = offer / horizon->weeks;
}

/* The dearest that somebody's weeks can be; -1: too dear to reckon with. */
static int64_t dearest(const struct am_horizon *horizon, const struct am_planned *planned)
{
    int64_t minute = horizon->left_cost + horizon->backlog_cost * horizon->weeks, start = 0;
    int64_t sum = 0, product = 0;
    for (int t = 0; t < planned->target_count; t++)
        minute += planned->targets[t].short_cost;
    for (int o = 0; o < planned->option_count; o++) {
        int64_t cost = planned->options[o].cost;
        start = cost > start ? cost : -cost > start ? -cost : start;
    }
    minute += start;
    if (__builtin_mul_overflow(minute, (int64_t)planned->to_book_min, &sum))
        return -1;
    for (int w = 0; planned->start_cost && w < horizon->weeks; w++)
        if (__builtin_mul_overflow(planned->start_cost[w], (int64_t)planned->start_min, &product) ||
            __builtin_add_overflow(sum, product, &sum))
            return -1;
    return sum;
}

static am_status check_costs(const struct am_horizon *horizon, struct am_err *err)
{
    int64_t sum = 0;
    for (int i = 0; i < horizon->planned_count; i++) {
        int64_t cost = dearest(horizon, &horizon->planned[i]);
        if (cost < 0 || cost > cost_limit / 2 || sum > cost_limit - cost)
            return am_fail(
                err, AM_EINVALID,
                "with these weights the cost of a plan might not fit: make them smaller");
        sum += cost;
    }
    return AM_OK;
}

static am_status build(struct am_horizon_work *work, const struct am_horizon_wishes *wishes,
                       struct am_err *err)
{
    const struct am_caseload *caseload = work->caseload;
    int32_t *ahead = AM_ARENA_NEW(&work->scratch, (size_t)caseload->order_count, int32_t);
    if (!ahead)
        return am_fail_memory(err);
    for (int j = 0; j < caseload->order_count; j++)
        ahead[j] = wishes->ahead_min ? wishes->ahead_min[j] : work->clocks->orders[j].ahead_min;
    work->ahead_min = ahead;
    am_status status = am_horizon_places(work, err);
    if (status == AM_OK)
        status = am_horizon_people(work, wishes, err);
    return status == AM_OK ? check_costs(work->horizon, err) : status;
}

am_status am_horizon_build(const struct am_caseload *caseload, const struct am_orders *orders,
                           const struct am_clocks *clocks, const struct am_horizon_wishes *wishes,
                           struct am_arena *arena, struct am_horizon *horizon, struct am_err *err)
{
    struct am_horizon_work work = {.caseload = caseload,
                                   .orders = orders,
                                   .clocks = clocks,
                                   .arena = arena,
                                   .horizon = horizon};
    *horizon = (struct am_horizon){.caseload = caseload, .weeks = count_weeks(caseload, orders)};
    work.days = 7 * horizon->weeks;
    set_costs(horizon);
    am_arena_init(&work.scratch);
    am_status status = build(&work, wishes, err);
    am_arena_release(&work.scratch);
    return status;
}
