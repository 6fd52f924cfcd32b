/*
 * The 12-month clock and the pace of each order (docs/formulation.md, section
 * 6), reckoned from the raw caseload.
 *
 * Sessions beyond the window are many and mostly repeat: whether a person may
 * travel to one and is suited to it depends only on its slot (project, place,
 * weekday, hour), so that is found once a slot.
 */
#include "model/audit_parts.h"

#include <stdlib.h>

/* What is known of one person at one slot. */
struct slot_answer {
    bool asked, suits;
    struct am_audit_journey journey;
};

struct clock {
    struct am_audit_facts *facts;
    int *slot_of; /* a session */
    int slot_count;
    struct slot_answer *answers; /* of the person at hand, one a slot */
    int *first;       /* the first session of each day from the window's first; one more */
    int days;         /* up to the last session */
    int32_t *longest; /* day(p, d) of the person at hand, but for R1 */
    int *sequence;    /* the person's open orders as they are worked */
};

/* ---- slots and days ---- */

struct keyed {
    const struct am_session *session;
    int index;
};

static int compare_slots(const struct am_session *a, const struct am_session *b)
{
    const int left[] = {a->project, a->place, (int)am_weekday_of(a->date), a->start, a->minutes};
    const int right[] = {b->project, b->place, (int)am_weekday_of(b->date), b->start, b->minutes};
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

static int compare_keyed(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;
    int order = compare_slots(a->session, b->session);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static am_status find_slots(struct clock *clock, struct am_arena *arena, struct am_err *err)
{
    const struct am_caseload *caseload = clock->facts->caseload;
    int count = caseload->session_count;
    struct keyed *keyed = AM_ARENA_NEW(arena, (size_t)count, struct keyed);
    clock->slot_of = AM_ARENA_NEW(arena, (size_t)count, int);
    if (!keyed || !clock->slot_of)
        return am_fail_memory(err);
    for (int s = 0; s < count; s++)
        keyed[s] = (struct keyed){&caseload->sessions[s], s};
    qsort(keyed, (size_t)count, sizeof *keyed, compare_keyed);
    for (int i = 0; i < count; i++) {
        if (i == 0 || compare_slots(keyed[i - 1].session, keyed[i].session) != 0)
            clock->slot_count++;
        clock->slot_of[keyed[i].index] = clock->slot_count - 1;
    }
    return AM_OK;
}

static am_status find_days(struct clock *clock, struct am_arena *arena, struct am_err *err)
{
    const struct am_caseload *caseload = clock->facts->caseload;
    int count = caseload->session_count;
    clock->days = am_caseload_days(caseload);
    if (count > 0 && caseload->sessions[count - 1].date - caseload->from >= clock->days)
        clock->days = caseload->sessions[count - 1].date - caseload->from + 1;
    clock->first = AM_ARENA_NEW(arena, (size_t)clock->days + 1, int);
    clock->longest = AM_ARENA_NEW(arena, (size_t)clock->days, int32_t);
    if (!clock->first || !clock->longest)
        return am_fail_memory(err);
    for (int d = 0, s = 0; d <= clock->days; d++) {
        while (s < count && caseload->sessions[s].date < caseload->from + d)
            s++;
        clock->first[d] = s;
    }
    return AM_OK;
}

/* ---- what a person could attend ---- */

static const struct slot_answer *ask(struct clock *clock, int person, int session)
{
    const struct am_caseload *caseload = clock->facts->caseload;
    struct slot_answer *answer = &clock->answers[clock->slot_of[session]];
    if (!answer->asked) {
        const struct am_session *s = &caseload->sessions[session];
        answer->asked = true;
        answer->suits = am_audit_suits(caseload, person, s->project, s->place);
        answer->journey = am_audit_journey_of(caseload, person, session);
    }
    return answer;
}

/* R2, R3, R13 and R14; R1 is left to the order. */
static bool could_attend(struct clock *clock, int person, int session)
{
    const struct am_caseload *caseload = clock->facts->caseload;
    if (caseload->sessions[session].closed != AM_OPEN)
        return false;
    const struct slot_answer *answer = ask(clock, person, session);
    if (clock->facts->people[person].has_waiver)
        return (answer->suits || am_audit_waived(caseload, AM_R13, person, session)) &&
               (answer->journey.allowed || am_audit_waived(caseload, AM_R3, person, session)) &&
               (am_audit_free_for(caseload, person, session, &answer->journey) ||
                am_audit_waived(caseload, AM_R2, person, session));
    return answer->suits && answer->journey.allowed &&
           am_audit_free_for(caseload, person, session, &answer->journey);
}

static void find_longest(struct clock *clock, int person, int days)
{
    const struct am_caseload *caseload = clock->facts->caseload;
    for (int i = 0; i < clock->slot_count; i++)
        clock->answers[i].asked = false;
    for (int d = 0; d < days; d++) {
        int32_t longest = 0;
        for (int s = clock->first[d]; s < clock->first[d + 1]; s++)
            if (caseload->sessions[s].minutes > longest && could_attend(clock, person, s))
                longest = caseload->sessions[s].minutes;
        clock->longest[d] = longest;
    }
}

/* ---- one order ---- */

/* The sequence in which the person's open orders are worked; their number. */
static int sequence_orders(struct clock *clock, int p)
{
    const struct am_audit_facts *facts = clock->facts;
    const struct am_person *person = &facts->caseload->people[p];
    int open = 0, count = 0;
    for (int o = person->first_order; o < person->first_order + person->order_count; o++)
        open += facts->orders[o].open;
    while (count < open) {
        int best = -1, blocked = -1;
        for (int o = person->first_order; o < person->first_order + person->order_count; o++) {
            const struct am_order *given = &facts->caseload->orders[o];
            bool done = !facts->orders[o].open, waits = given->runs == AM_RUNS_AFTER &&
                                                        given->runs_order >= 0 &&
                                                        facts->orders[given->runs_order].open;
            for (int i = 0; i < count; i++) {
                done = done || clock->sequence[i] == o;
                waits = waits && clock->sequence[i] != given->runs_order;
            }
            int *place = waits ? &blocked : &best;
            if (!done && (*place < 0 || am_audit_order_first(facts, o, *place)))
                *place = o;
        }
        clock->sequence[count++] = best >= 0 ? best : blocked;
    }
    return count;
}

/* What the order at place i of the sequence adds to the work ahead. */
static int64_t adds(const struct clock *clock, int i)
{
    const struct am_audit_facts *facts = clock->facts;
    int o = clock->sequence[i];
    const struct am_order *given = &facts->caseload->orders[o];
    int64_t minutes = facts->orders[o].remaining_min;
    for (int k = 0; k < i && given->runs == AM_RUNS_CONCURRENT; k++) {
        if (clock->sequence[k] != given->runs_order)
            continue;
        minutes -= facts->orders[given->runs_order].remaining_min;
        return minutes > 0 ? minutes : 0;
    }
    return minutes;
}

/* The most that the person could work for the order in a week. */
static int64_t week_holds(const struct clock *clock, int p, int o, int week)
{
    const struct am_audit_facts *facts = clock->facts;
    const struct am_caseload *caseload = facts->caseload;
    const struct am_audit_person *person = &facts->people[p];
    am_date deadline = facts->orders[o].deadline;
    bool occupied[7] = {false};
    int64_t sum = 0, most = am_audit_week_max(caseload, p);
    for (int i = person->first_fixed; i < person->first_fixed + person->fixed_count; i++) {
        const struct am_audit_fixed *fixed = &facts->fixed[i];
        am_date date = caseload->sessions[fixed->session].date;
        if (fixed->recorded || am_week_of(date, caseload->from) != week)
            continue;
        occupied[am_weekday_of(date)] = true;
        if (date <= deadline)
            sum += fixed->minutes;
    }
    for (int d = 7 * week; d < 7 * week + 7 && d < clock->days; d++) {
        am_date date = caseload->from + d;
        if (date <= deadline && date >= caseload->as_of && !occupied[d % 7] &&
            date >= caseload->orders[o].sentence_date)
            sum += clock->longest[d];
    }
    return sum < most ? sum : most;
}

static int64_t ceiling(int64_t number, int64_t by)
{
    return (number + by - 1) / by;
}

static void reckon_clock(const struct clock *clock, int p, int o, int64_t ahead)
{
    const struct am_caseload *caseload = clock->facts->caseload;
    struct am_audit_order *order = &clock->facts->orders[o];
    if (order->deadline == AM_NO_DATE)
        return;
    int64_t window = 0, later = 0;
    for (int w = 0; w < caseload->weeks; w++)
        window += week_holds(clock, p, o, w);
    int last_week = am_week_of(order->deadline, caseload->from);
    for (int w = caseload->weeks; w <= last_week && 7 * w < clock->days; w++)
        later += week_holds(clock, p, o, w);
    order->cannot_finish = ahead > later + window;
    if (order->cannot_finish)
        return;
    order->must_min = ahead > later ? ahead - later : 0;
    if (order->deadline < caseload->from)
        return;
    int64_t weeks_left = ceiling(order->deadline - caseload->from + 1, 7);
    if (weeks_left < caseload->weeks)
        weeks_left = caseload->weeks;
    order->pace_min =
        ceiling(ahead * caseload->weeks * 100, weeks_left * caseload->people[p].attendance_percent);
}

/* ---- one person ---- */

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t greater(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Days to look at: up to the last deadline of an open order. */
static int days_to_look(const struct clock *clock, int count)
{
    const struct am_audit_facts *facts = clock->facts;
    int days = 0;
    for (int i = 0; i < count; i++) {
        am_date deadline = facts->orders[clock->sequence[i]].deadline;
        if (deadline != AM_NO_DATE && deadline - facts->caseload->from + 1 > days)
            days = deadline - facts->caseload->from + 1;
    }
    return days < clock->days ? days : clock->days;
}

static void reckon_person(struct clock *clock, int p)
{
    struct am_audit_facts *facts = clock->facts;
    const struct am_caseload *caseload = facts->caseload;
    struct am_audit_person *person = &facts->people[p];
    int count = sequence_orders(clock, p);
    find_longest(clock, p, days_to_look(clock, count));
    int64_t ahead = 0, must = 0, pace = 0;
    for (int i = 0; i < count; i++) {
        const struct am_audit_order *order = &facts->orders[clock->sequence[i]];
        ahead += adds(clock, i);
        reckon_clock(clock, p, clock->sequence[i], ahead);
        must = greater(must, order->must_min);
        pace = greater(pace, order->pace_min);
    }
    if (person->order < 0)
        return;
    const struct am_audit_order *credited = &facts->orders[person->order];
    int64_t most = (int64_t)caseload->weeks * am_audit_week_max(caseload, p);
    person->must_min = lesser(credited->remaining_min, must);
    person->pace_min = lesser(credited->remaining_min, lesser(most, pace));
    person->must_day = am_caseload_days(caseload) - 1;
    if (credited->deadline != AM_NO_DATE && credited->deadline >= caseload->from &&
        credited->deadline <= am_caseload_last(caseload))
        person->must_day = credited->deadline - caseload->from;
}

am_status am_audit_reckon_clocks(struct am_audit_facts *facts, struct am_arena *arena,
                                 struct am_err *err)
{
    struct clock clock = {.facts = facts};
    const struct am_caseload *caseload = facts->caseload;
    am_status status = find_slots(&clock, arena, err);
    if (status == AM_OK)
        status = find_days(&clock, arena, err);
    if (status != AM_OK)
        return status;
    clock.answers = AM_ARENA_NEW(arena, (size_t)clock.slot_count, struct slot_answer);
    clock.sequence = AM_ARENA_NEW(arena, (size_t)caseload->order_count, int);
    if (!clock.answers || !clock.sequence)
        return am_fail_memory(err);
    for (int p = 0; p < caseload->person_count; p++)
        reckon_person(&clock, p);
    return AM_OK;
}
