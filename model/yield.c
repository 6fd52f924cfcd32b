#include "model/yield.h"

/* By person and by order, of the appointments that are not recorded. */
struct reckoning {
    am_date *first; /* of a person: the first day for the order to credit */
    bool *booked;   /* a person */
    int64_t *minutes;
};

static void visit(const struct am_roster *roster, const struct am_orders *orders,
                  struct reckoning *of)
{
    const struct am_caseload *caseload = roster->caseload;
    for (int p = 0; p < caseload->person_count; p++)
        of->first[p] = AM_NO_DATE;
    for (int i = 0; i < roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &roster->appointments[i];
        am_date date = caseload->sessions[a->session].date;
        if (a->recorded)
            continue;
        of->booked[a->person] = true;
        of->minutes[a->order] += a->minutes;
        if (a->order == orders->people[a->person].order &&
            (of->first[a->person] == AM_NO_DATE || date < of->first[a->person]))
            of->first[a->person] = date;
    }
}

static bool starts_on_time(const struct am_orders *orders, int person, am_date first)
{
    int order = orders->people[person].order;
    if (order < 0 || first == AM_NO_DATE)
        return false;
    const struct am_order_state *state = &orders->orders[order];
    return !state->started && state->start_due != AM_NO_DATE && first <= state->start_due;
}

static void add_order(const struct am_caseload *caseload, const struct am_orders *orders,
                      const struct am_clocks *clocks, int j, int64_t minutes,
                      struct am_yield *yield)
{
    const struct am_order_state *state = &orders->orders[j];
    if (!state->open)
        return;
    yield->orders_finished += minutes >= state->remaining_min;
    yield->orders_on_track +=
        am_order_outlook(caseload, orders, clocks, j, (int32_t)minutes) == AM_ON_TRACK;
}

am_status am_yield_of(const struct am_roster *roster, const struct am_orders *orders,
                      const struct am_clocks *clocks, struct am_yield *yield, struct am_err *err)
{
    const struct am_caseload *caseload = roster->caseload;
    struct am_arena arena;
    am_arena_init(&arena);
    struct reckoning of = {AM_ARENA_NEW(&arena, (size_t)caseload->person_count, am_date),
                           AM_ARENA_NEW(&arena, (size_t)caseload->person_count, bool),
                           AM_ARENA_NEW(&arena, (size_t)caseload->order_count, int64_t)};
    am_status status = of.first && of.booked && of.minutes ? AM_OK : am_fail_memory(err);
    if (status == AM_OK) {
        *yield = (struct am_yield){0};
        visit(roster, orders, &of);
        for (int p = 0; p < caseload->person_count; p++) {
            yield->placed += of.booked[p];
            yield->starting_on_time += starts_on_time(orders, p, of.first[p]);
        }
        for (int j = 0; j < caseload->order_count; j++) {
            yield->minutes += of.minutes[j];
            add_order(caseload, orders, clocks, j, of.minutes[j], yield);
        }
    }
    am_arena_release(&arena);
    return status;
}
