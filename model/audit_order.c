/*
 * Orders as the window finds them, and what is fixed (docs/formulation.md,
 * section 2), reckoned from the raw caseload.
 */
#include "model/audit_parts.h"

#include <stdlib.h>
#include <string.h>

static bool is_booked_before(const struct am_caseload *caseload, const struct am_appointment *a)
{
    return a->date < caseload->from && a->state == AM_BOOKED;
}

static bool in_window(const struct am_caseload *caseload, const struct am_appointment *a)
{
    return a->session >= 0 && a->session < caseload->window_session_count;
}

/* ---- what is fixed ---- */

static int compare_fixed(const void *left, const void *right)
{
    const struct am_audit_fixed *a = left, *b = right;
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    if (a->session != b->session)
        return a->session < b->session ? -1 : 1;
    return a->appointment < b->appointment ? -1 : 1;
}

static struct am_audit_fixed fixed_of(const struct am_appointment *a, int index)
{
    return (struct am_audit_fixed){
        .appointment = index,
        .person = a->person,
        .session = a->session,
        .order = a->order,
        .start = a->start,
        .minutes = a->state == AM_ATTENDED ? a->credited_min : a->minutes,
        .recorded = a->state != AM_BOOKED,
        .offered = a->state != AM_STOOD_DOWN,
    };
}

am_status am_audit_find_fixed(struct am_audit_facts *facts, struct am_arena *arena,
                              struct am_err *err)
{
    const struct am_caseload *caseload = facts->caseload;
    facts->fixed = AM_ARENA_NEW(arena, (size_t)caseload->appointment_count, struct am_audit_fixed);
    if (!facts->fixed)
        return am_fail_memory(err);
    for (int i = 0; i < caseload->appointment_count; i++) {
        const struct am_appointment *a = &caseload->appointments[i];
        if (!in_window(caseload, a))
            continue;
        bool past = caseload->sessions[a->session].date < caseload->as_of;
        if (a->pinned || a->state != AM_BOOKED || past)
            facts->fixed[facts->fixed_count++] = fixed_of(a, i);
    }
    qsort(facts->fixed, (size_t)facts->fixed_count, sizeof *facts->fixed, compare_fixed);
    for (int i = facts->fixed_count - 1; i >= 0; i--) {
        struct am_audit_person *person = &facts->people[facts->fixed[i].person];
        person->first_fixed = i;
        person->fixed_count++;
    }
    return AM_OK;
}

int am_audit_fixed_find(const struct am_audit_facts *facts, int person, int session)
{
    const struct am_audit_person *p = &facts->people[person];
    for (int i = p->first_fixed; i < p->first_fixed + p->fixed_count; i++)
        if (facts->fixed[i].session == session)
            return i;
    return -1;
}

/* ---- which order comes first ---- */

static bool digits_only(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static int compare_events(const char *a, const char *b)
{
    if (digits_only(a) != digits_only(b)) /* numbers before names */
        return digits_only(a) ? -1 : 1;
    if (!digits_only(a))
        return strcmp(a, b);
    a += strspn(a, "0");
    b += strspn(b, "0");
    size_t m = strlen(a), n = strlen(b);
    if (m != n)
        return m < n ? -1 : 1;
    return strcmp(a, b);
}

bool am_audit_order_first(const struct am_audit_facts *facts, int a, int b)
{
    am_date due_a = facts->orders[a].deadline, due_b = facts->orders[b].deadline;
    if (due_a != due_b) {
        if (due_a == AM_NO_DATE || due_b == AM_NO_DATE)
            return due_b == AM_NO_DATE;
        return due_a < due_b;
    }
    int order = compare_events(facts->caseload->orders[a].event, facts->caseload->orders[b].event);
    return order != 0 ? order < 0 : a < b;
}

/* ---- orders ---- */

/* Minutes booked before the window without an outcome, whether anything has
 * happened: into remaining_min, ete_left_min (as sums to take off) and started. */
static void sum_appointments(struct am_audit_facts *facts)
{
    const struct am_caseload *caseload = facts->caseload;
    for (int i = 0; i < caseload->appointment_count; i++) {
        const struct am_appointment *a = &caseload->appointments[i];
        struct am_audit_order *order = &facts->orders[a->order];
        if (is_booked_before(caseload, a)) {
            order->remaining_min += a->minutes;
            if (caseload->projects[a->project].type == AM_ETE)
                order->ete_left_min += a->minutes;
        }
        bool before = a->date < caseload->from;
        bool recorded = in_window(caseload, a) && a->state != AM_BOOKED;
        if ((before || recorded) && a->state != AM_STOOD_DOWN)
            order->started = true;
        order->absent = order->absent || a->state == AM_MISSED_UNACCEPTABLE;
    }
}

static int64_t at_least_0(int64_t value)
{
    return value > 0 ? value : 0;
}

/* Is the order complete when so many minutes are worked, counting what they earn? */
static bool completes(const struct am_policy *policy, const struct am_order *given, int64_t worked)
{
    int64_t hundredths =
        100 * worked - (int64_t)given->ordered_min * policy->earned_threshold_percent;
    int64_t most = (int64_t)given->ordered_min * policy->earned_cap_percent / 100;
    int64_t earned = hundredths > 0 ? hundredths / 100 * policy->earned_percent / 100 : 0;
    return worked + (earned < most ? earned : most) >=
           (int64_t)given->ordered_min + given->adjustment_min;
}

/* The least minutes that complete it. */
static int64_t needed_of(const struct am_policy *policy, const struct am_audit_order *order,
                         const struct am_order *given)
{
    int64_t low = 0, high = at_least_0((int64_t)given->ordered_min + given->adjustment_min);
    if (!policy->earned_reduction || order->absent)
        return high;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (completes(policy, given, middle))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void reckon_order(struct am_audit_facts *facts, int o)
{
    const struct am_caseload *caseload = facts->caseload;
    const struct am_policy *policy = &caseload->policy;
    const struct am_order *given = &caseload->orders[o];
    struct am_audit_order *order = &facts->orders[o];
    order->deadline = given->own_deadline;
    if (order->deadline == AM_NO_DATE && policy->completion_months != AM_NO_LIMIT)
        order->deadline = am_months_end(given->sentence_date, policy->completion_months);
    order->remaining_min =
        at_least_0(needed_of(policy, order, given) - given->worked_min - order->remaining_min);
    int64_t ete = (int64_t)given->ordered_min * policy->ete_percent / 100 - given->ete_min -
                  order->ete_left_min;
    if (policy->ete_percent == AM_NO_LIMIT)
        ete = order->remaining_min;
    order->ete_left_min = caseload->people[given->person].wants_ete ? at_least_0(ete) : 0;
    order->started = order->started || given->worked_min > 0;
    order->start_due = AM_NO_DATE;
    if (policy->start_business_days != AM_NO_LIMIT)
        order->start_due = am_business_days_after(given->sentence_date, policy->start_business_days,
                                                  caseload->bank_holidays);
    order->open = given->status == AM_ORDER_ACTIVE && order->remaining_min > 0;
}

/* ---- people ---- */

static int order_to_credit(const struct am_audit_facts *facts, int p)
{
    const struct am_caseload *caseload = facts->caseload;
    const struct am_person *person = &caseload->people[p];
    int best = -1;
    for (int o = person->first_order; o < person->first_order + person->order_count; o++) {
        const struct am_order *given = &caseload->orders[o];
        bool waits = given->runs == AM_RUNS_AFTER && given->runs_order >= 0 &&
                     facts->orders[given->runs_order].open;
        if (facts->orders[o].open && !waits && (best < 0 || am_audit_order_first(facts, o, best)))
            best = o;
    }
    return best;
}

static bool has_induction_project(const struct am_caseload *caseload)
{
    for (int i = 0; i < caseload->project_count; i++)
        if (caseload->projects[i].type == AM_INDUCTION)
            return true;
    return false;
}

static enum am_project_type type_of(const struct am_caseload *caseload, int session)
{
    return caseload->projects[caseload->sessions[session].project].type;
}

/* Inducted, has worked, or has an induction among what is fixed. */
static bool is_inducted(const struct am_audit_facts *facts, int p)
{
    const struct am_caseload *caseload = facts->caseload;
    const struct am_person *person = &caseload->people[p];
    if (person->inducted_on != AM_NO_DATE)
        return true;
    for (int o = person->first_order; o < person->first_order + person->order_count; o++)
        if (caseload->orders[o].worked_min > 0)
            return true;
    const struct am_audit_person *facts_of = &facts->people[p];
    for (int i = 0; i < facts_of->fixed_count; i++) {
        const struct am_audit_fixed *fixed = &facts->fixed[facts_of->first_fixed + i];
        enum am_appointment_state state = caseload->appointments[fixed->appointment].state;
        if ((state == AM_BOOKED || state == AM_ATTENDED) &&
            type_of(caseload, fixed->session) == AM_INDUCTION)
            return true;
    }
    return false;
}

/* Waivers of R7 and R16 are of the person as a whole. */
static bool is_lifted(const struct am_caseload *caseload, enum am_rule rule, int person)
{
    bool lifted = false;
    for (int i = 0; i < caseload->waiver_count; i++) {
        const struct am_waiver *waiver = &caseload->waivers[i];
        lifted = lifted || (waiver->rule == rule && waiver->person == person &&
                            (waiver->until == AM_NO_DATE || caseload->from <= waiver->until));
    }
    return lifted;
}

static void reckon_person(struct am_audit_facts *facts, int p, bool inductions)
{
    struct am_audit_person *person = &facts->people[p];
    person->order = order_to_credit(facts, p);
    person->inducted = is_inducted(facts, p);
    person->needs_induction =
        inductions && !person->inducted && !is_lifted(facts->caseload, AM_R16, p);
    if (person->order < 0)
        return;
    int64_t booked = 0, ete = 0;
    for (int i = 0; i < person->fixed_count; i++) {
        const struct am_audit_fixed *fixed = &facts->fixed[person->first_fixed + i];
        if (fixed->recorded || fixed->order != person->order)
            continue;
        booked += fixed->minutes;
        if (type_of(facts->caseload, fixed->session) == AM_ETE)
            ete += fixed->minutes;
    }
    const struct am_audit_order *order = &facts->orders[person->order];
    person->free_min = at_least_0(order->remaining_min - booked);
    person->ete_left_min = is_lifted(facts->caseload, AM_R7, p)
                               ? person->free_min
                               : at_least_0(order->ete_left_min - ete);
}

am_status am_audit_reckon_orders(struct am_audit_facts *facts, struct am_arena *arena,
                                 struct am_err *err)
{
    const struct am_caseload *caseload = facts->caseload;
    facts->orders = AM_ARENA_NEW(arena, (size_t)caseload->order_count, struct am_audit_order);
    if (!facts->orders)
        return am_fail_memory(err);
    sum_appointments(facts);
    for (int o = 0; o < caseload->order_count; o++)
        reckon_order(facts, o);
    bool inductions = caseload->policy.induction_first && has_induction_project(caseload);
    for (int p = 0; p < caseload->person_count; p++)
        reckon_person(facts, p, inductions);
    return AM_OK;
}

/* ---- weeks and places ---- */

int32_t am_audit_week_max(const struct am_caseload *caseload, int person)
{
    const struct am_person *p = &caseload->people[person];
    if (p->weekly_max_min >= 0)
        return p->weekly_max_min;
    return p->intensive_agreed ? caseload->policy.intensive_weekly_max_minutes
                               : caseload->policy.weekly_max_minutes;
}

int32_t am_audit_week_max_waived(const struct am_caseload *caseload, int person, int week)
{
    am_date monday = caseload->from + 7 * week;
    for (int i = 0; i < caseload->waiver_count; i++) {
        const struct am_waiver *waiver = &caseload->waivers[i];
        if (waiver->rule == AM_R5 && waiver->person == person &&
            (waiver->until == AM_NO_DATE || monday <= waiver->until))
            return 7 * AM_DAY_MINUTES;
    }
    return am_audit_week_max(caseload, person);
}

int am_audit_week(const struct am_caseload *caseload, int session)
{
    return am_week_of(caseload->sessions[session].date, caseload->from);
}

int32_t am_audit_bookable(const struct am_policy *policy, int64_t places)
{
    return (int32_t)(places * policy->over_instruction_percent / 100);
}
