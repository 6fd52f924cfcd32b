#include "model/order.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/earned.h"

static int32_t not_below_zero(int64_t value)
{
    return value <= 0 ? 0 : value > INT32_MAX ? INT32_MAX : (int32_t)value;
}

static bool is_ete(const struct am_caseload *caseload, const struct am_appointment *appointment)
{
    return caseload->projects[appointment->project].type == AM_ETE;
}

static bool in_window(const struct am_appointment *appointment)
{
    return appointment->session >= 0;
}

static bool is_recorded(const struct am_appointment *appointment)
{
    return appointment->state != AM_BOOKED;
}

/* R15: what stays as it is. */
static bool is_fixed(const struct am_caseload *caseload, const struct am_appointment *appointment)
{
    return in_window(appointment) &&
           (appointment->pinned || is_recorded(appointment) || appointment->date < caseload->as_of);
}

/* ---- what is fixed ---- */

static struct am_fixed make_fixed(const struct am_caseload *caseload, int appointment)
{
    const struct am_appointment *a = &caseload->appointments[appointment];
    int32_t minutes = a->state == AM_ATTENDED ? a->credited_min : a->minutes;
    return (struct am_fixed){.appointment = appointment,
                             .person = a->person,
                             .session = a->session,
                             .order = a->order,
                             .start = a->start,
                             .minutes = (int16_t)minutes,
                             .recorded = is_recorded(a),
                             .offered = a->state != AM_STOOD_DOWN};
}

/* Sessions are numbered by date and start. */
static int compare_fixed(const void *a, const void *b)
{
    const struct am_fixed *x = a, *y = b;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (x->session != y->session)
        return x->session < y->session ? -1 : 1;
    return (x->appointment > y->appointment) - (x->appointment < y->appointment);
}

static am_status list_fixed(const struct am_caseload *caseload, struct am_arena *arena,
                            struct am_orders *orders, struct am_err *err)
{
    int count = 0;
    for (int i = 0; i < caseload->appointment_count; i++)
        count += is_fixed(caseload, &caseload->appointments[i]);
    orders->fixed = AM_ARENA_NEW(arena, (size_t)count, struct am_fixed);
    if (!orders->fixed)
        return am_fail_memory(err);
    for (int i = 0; i < caseload->appointment_count; i++)
        if (is_fixed(caseload, &caseload->appointments[i]))
            orders->fixed[orders->fixed_count++] = make_fixed(caseload, i);
    qsort(orders->fixed, (size_t)count, sizeof *orders->fixed, compare_fixed);
    int next = 0;
    for (int p = 0; p < caseload->person_count; p++) {
        orders->people[p].first_fixed = next;
        while (next < count && orders->fixed[next].person == p)
            next++;
        orders->people[p].fixed_count = next - orders->people[p].first_fixed;
    }
    return AM_OK;
}

/* ---- orders ---- */

static am_date deadline_of(const struct am_caseload *caseload, const struct am_order *order)
{
    if (order->own_deadline != AM_NO_DATE)
        return order->own_deadline;
    if (caseload->policy.completion_months == AM_NO_LIMIT)
        return AM_NO_DATE;
    return am_months_end(order->sentence_date, caseload->policy.completion_months);
}

static am_date start_due_of(const struct am_caseload *caseload, const struct am_order *order)
{
    int days = caseload->policy.start_business_days;
    return days == AM_NO_LIMIT
               ? AM_NO_DATE
               : am_business_days_after(order->sentence_date, days, caseload->bank_holidays);
}

/* Minutes booked before the window that have no outcome yet: per order, all
 * and those of education. And whether anything of the order was offered yet,
 * and missed without an excuse. */
struct booked_before {
    int64_t all_min, ete_min;
    bool offered, absent;
};

static void add_before(const struct am_caseload *caseload, struct booked_before *before)
{
    for (int i = 0; i < caseload->appointment_count; i++) {
        const struct am_appointment *a = &caseload->appointments[i];
        struct booked_before *of = &before[a->order];
        bool earlier = a->date < caseload->from;
        if (earlier && a->state == AM_BOOKED) {
            of->all_min += a->minutes;
            of->ete_min += is_ete(caseload, a) ? a->minutes : 0;
        }
        if ((earlier || (in_window(a) && is_recorded(a))) && a->state != AM_STOOD_DOWN)
            of->offered = true;
        if (a->state == AM_MISSED_UNACCEPTABLE)
            of->absent = true;
    }
}

static int32_t ete_left_of(const struct am_caseload *caseload, const struct am_order *order,
                           int32_t remaining_min, const struct booked_before *before)
{
    int32_t percent = caseload->policy.ete_percent;
    if (!caseload->people[order->person].wants_ete)
        return 0;
    if (percent == AM_NO_LIMIT)
        return remaining_min;
    return not_below_zero((int64_t)order->ordered_min * percent / 100 - order->ete_min -
                          before->ete_min);
}

static struct am_order_state state_of(const struct am_caseload *caseload,
                                      const struct am_order *order,
                                      const struct booked_before *before)
{
    struct am_order_state state = {
        .deadline = deadline_of(caseload, order),
        .needed_min = am_minutes_needed(&caseload->policy, order, before->absent),
        .start_due = start_due_of(caseload, order),
        .started = order->worked_min > 0 || before->offered,
    };
    state.remaining_min =
        not_below_zero((int64_t)state.needed_min - order->worked_min - before->all_min);
    state.ete_left_min = ete_left_of(caseload, order, state.remaining_min, before);
    state.open = order->status == AM_ORDER_ACTIVE && state.remaining_min > 0;
    return state;
}

static am_status build_orders(const struct am_caseload *caseload, struct am_arena *arena,
                              struct am_orders *orders, struct am_err *err)
{
    size_t count = (size_t)caseload->order_count;
    struct booked_before *before = AM_ARENA_NEW(arena, count, struct booked_before);
    orders->orders = AM_ARENA_NEW(arena, count, struct am_order_state);
    if (!before || !orders->orders)
        return am_fail_memory(err);
    add_before(caseload, before);
    for (size_t j = 0; j < count; j++)
        orders->orders[j] = state_of(caseload, &caseload->orders[j], &before[j]);
    return AM_OK;
}

static bool all_digits(const char *text)
{
    if (*text == '\0')
        return false;
    while (isdigit((unsigned char)*text))
        text++;
    return *text == '\0';
}

int am_event_compare(const char *a, const char *b)
{
    bool number_a = all_digits(a), number_b = all_digits(b);
    if (number_a != number_b)
        return number_a ? -1 : 1;
    if (!number_a)
        return strcmp(a, b);
    a += strspn(a, "0");
    b += strspn(b, "0");
    size_t length_a = strlen(a), length_b = strlen(b);
    if (length_a != length_b)
        return length_a < length_b ? -1 : 1;
    return strcmp(a, b);
}

/* Is a worked before b? Both are of one person, a after b in the file. */
static bool is_earlier(const struct am_caseload *caseload, const struct am_orders *orders, int a,
                       int b)
{
    am_date x = orders->orders[a].deadline, y = orders->orders[b].deadline;
    if (x != y)
        return y == AM_NO_DATE || (x != AM_NO_DATE && x < y);
    return am_event_compare(caseload->orders[a].event, caseload->orders[b].event) < 0;
}

int am_order_next(const struct am_caseload *caseload, const struct am_orders *orders, int person,
                  const bool *done)
{
    int first = caseload->people[person].first_order, next = -1;
    for (int j = first; j < first + caseload->people[person].order_count; j++) {
        const struct am_order *order = &caseload->orders[j];
        int other = order->runs == AM_RUNS_AFTER ? order->runs_order : -1;
        if (!orders->orders[j].open || (done && done[j - first]))
            continue;
        if (other >= 0 && orders->orders[other].open && !(done && done[other - first]))
            continue;
        if (next < 0 || is_earlier(caseload, orders, j, next))
            next = j;
    }
    return next;
}

/* ---- people ---- */

static bool has_induction_project(const struct am_caseload *caseload)
{
    for (int i = 0; i < caseload->project_count; i++)
        if (caseload->projects[i].type == AM_INDUCTION)
            return true;
    return false;
}

/* Was the person inducted, have they worked, or is an induction fixed (R16)? */
static bool is_inducted(const struct am_caseload *caseload, const struct am_orders *orders, int p)
{
    const struct am_person *person = &caseload->people[p];
    const struct am_person_state *state = &orders->people[p];
    if (person->inducted_on != AM_NO_DATE)
        return true;
    for (int j = person->first_order; j < person->first_order + person->order_count; j++)
        if (caseload->orders[j].worked_min > 0)
            return true;
    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++) {
        const struct am_appointment *a = &caseload->appointments[orders->fixed[i].appointment];
        if (caseload->projects[a->project].type == AM_INDUCTION &&
            (a->state == AM_BOOKED || a->state == AM_ATTENDED))
            return true;
    }
    return false;
}

/* Is the rule waived for the person on the first day of the window? */
static bool waived_at_first(const struct am_caseload *caseload, enum am_rule rule, int person)
{
    for (int i = 0; i < caseload->waiver_count; i++) {
        const struct am_waiver *waiver = &caseload->waivers[i];
        if (waiver->rule == rule && waiver->person == person &&
            (waiver->until == AM_NO_DATE || waiver->until >= caseload->from))
            return true;
    }
    return false;
}

/* What new appointments may still book, once what is fixed is taken off. */
static void set_free(const struct am_caseload *caseload, struct am_orders *orders, int p)
{
    struct am_person_state *state = &orders->people[p];
    state->order = am_order_next(caseload, orders, p, NULL);
    if (state->order < 0)
        return;
    int64_t free_min = orders->orders[state->order].remaining_min;
    int64_t ete_min = orders->orders[state->order].ete_left_min;
    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++) {
        const struct am_fixed *fixed = &orders->fixed[i];
        if (fixed->recorded || fixed->order != state->order)
            continue;
        free_min -= fixed->minutes;
        if (is_ete(caseload, &caseload->appointments[fixed->appointment]))
            ete_min -= fixed->minutes;
    }
    state->free_min = not_below_zero(free_min);
    state->ete_left_min = not_below_zero(ete_min);
    if (waived_at_first(caseload, AM_R7, p))
        state->ete_left_min = state->free_min;
}

am_status am_orders_build(const struct am_caseload *caseload, struct am_arena *arena,
                          struct am_orders *orders, struct am_err *err)
{
    *orders = (struct am_orders){0};
    orders->people = AM_ARENA_NEW(arena, (size_t)caseload->person_count, struct am_person_state);
    if (!orders->people)
        return am_fail_memory(err);
    am_status status = build_orders(caseload, arena, orders, err);
    if (status == AM_OK)
        status = list_fixed(caseload, arena, orders, err);
    if (status == AM_OK)
        status = am_history_build(caseload, arena, &orders->history, err);
    if (status != AM_OK)
        return status;
    bool induction_first = caseload->policy.induction_first && has_induction_project(caseload);
    for (int p = 0; p < caseload->person_count; p++) {
        set_free(caseload, orders, p);
        orders->people[p].inducted = is_inducted(caseload, orders, p);
        orders->people[p].needs_induction =
            induction_first && !waived_at_first(caseload, AM_R16, p) && !orders->people[p].inducted;
    }
    return AM_OK;
}

/* ---- limits and waivers ---- */

int32_t am_weekly_max_plain(const struct am_caseload *caseload, int person)
{
    const struct am_person *of = &caseload->people[person];
    if (of->weekly_max_min >= 0)
        return of->weekly_max_min;
    return of->intensive_agreed ? caseload->policy.intensive_weekly_max_minutes
                                : caseload->policy.weekly_max_minutes;
}

int32_t am_weekly_max(const struct am_caseload *caseload, int person, int week)
{
    am_date monday = caseload->from + 7 * week;
    for (int i = 0; i < caseload->waiver_count; i++) {
        const struct am_waiver *waiver = &caseload->waivers[i];
        if (waiver->rule == AM_R5 && waiver->person == person &&
            (waiver->until == AM_NO_DATE || monday <= waiver->until))
            return 7 * AM_DAY_MINUTES;
    }
    return am_weekly_max_plain(caseload, person);
}

bool am_waiver_covers(const struct am_caseload *caseload, const struct am_waiver *waiver,
                      int session)
{
    const struct am_session *at = &caseload->sessions[session];
    return (waiver->project < 0 || waiver->project == at->project) &&
           (!waiver->session_id || strcmp(waiver->session_id, at->id) == 0) &&
           (waiver->until == AM_NO_DATE || at->date <= waiver->until);
}

bool am_waived(const struct am_caseload *caseload, enum am_rule rule, int person, int session)
{
    for (int i = 0; i < caseload->waiver_count; i++) {
        const struct am_waiver *waiver = &caseload->waivers[i];
        if (waiver->rule == rule && waiver->person == person &&
            am_waiver_covers(caseload, waiver, session))
            return true;
    }
    return false;
}

int32_t am_bookable(const struct am_policy *policy, int32_t places)
{
    return (int32_t)((int64_t)places * policy->over_instruction_percent / 100);
}
