/*
 * The 12-month clock (S2) and the pace (S4) of each order (docs/formulation.md, section
 * 6), reckoned from the raw caseload.
 *
 * Sessions beyond the window are many and mostly repeat: whether a person may
 * travel to one, is suited to it and may be free at that hour depends only on its slot
 * (project, place, weekday, hour), so that is found once a slot.
 */
#include "model/audit_parts.h"

#include <stdlib.h>

struct occurrence {
    int session, day; /* from the window's first */
};

struct clock {
    struct am_audit_facts *facts;
    struct occurrence *by_slot; /* open sessions, those of one slot side by side */
    int *slot_first;            /* where each slot begins there; one more */
    int slot_count;
    struct am_audit_around around;
    struct am_audit_journey *journeys; /* to each slot, of people with this home and modes */
    int *reached, reached_count;       /* slots to which there may be one from the home */
    int *allowed, allowed_count;       /* and those of them that R3 allows by these modes */
    int home, modes;
    int *lifted; /* waivers of the person at hand */
    int lifted_count;
    int *people;      /* by home and modes */
    int days;         /* from the window's first to the last session */
    int32_t *longest; /* day(p, d) of the person at hand, but for R1 */
    int *sequence;    /* the person's open orders as they are worked */
};

/* ---- slots and days ---- */

struct keyed {
    const struct am_session *session;
    int index;
};

/* The longest first, so that most days are settled by the first slots. */
static int compare_slots(const struct am_session *a, const struct am_session *b)
{
    const int left[] = {-a->minutes, a->project, a->place, (int)am_weekday_of(a->date), a->start};
    const int right[] = {-b->minutes, b->project, b->place, (int)am_weekday_of(b->date), b->start};
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
    clock->by_slot = AM_ARENA_NEW(arena, (size_t)count, struct occurrence);
    clock->slot_first = AM_ARENA_NEW(arena, (size_t)count + 1, int);
    if (!keyed || !clock->by_slot || !clock->slot_first)
        return am_fail_memory(err);
    int open = 0;
    for (int s = 0; s < count; s++)
        if (caseload->sessions[s].closed == AM_OPEN)
            keyed[open++] = (struct keyed){&caseload->sessions[s], s};
    count = open;
    if (count > 0)
        qsort(keyed, (size_t)count, sizeof *keyed, compare_keyed);
    for (int i = 0; i < count; i++) {
        if (i == 0 || compare_slots(keyed[i - 1].session, keyed[i].session) != 0)
            clock->slot_first[clock->slot_count++] = i;
        clock->by_slot[i] =
            (struct occurrence){keyed[i].index, keyed[i].session->date - caseload->from};
    }
    clock->slot_first[clock->slot_count] = count;
    return AM_OK;
}

static am_status find_days(struct clock *clock, struct am_arena *arena, struct am_err *err)
{
    const struct am_caseload *caseload = clock->facts->caseload;
    int count = caseload->session_count;
    clock->days = am_caseload_days(caseload);
    if (count > 0 && caseload->sessions[count - 1].date - caseload->from >= clock->days)
        clock->days = caseload->sessions[count - 1].date - caseload->from + 1;
    clock->longest = AM_ARENA_NEW(arena, (size_t)clock->days, int32_t);
    return clock->longest ? AM_OK : am_fail_memory(err);
}

/* ---- what a person could attend ---- */

static int example_of(const struct clock *clock, int slot)
{
    return clock->by_slot[clock->slot_first[slot]].session;
}

static void open_home(struct clock *clock, int home)
{
    for (int i = 0; i < clock->reached_count; i++)
        clock->journeys[clock->reached[i]] = (struct am_audit_journey){0};
    clock->home = home;
    clock->reached_count = 0;
    am_audit_around_open(&clock->around, home);
    for (int slot = 0; slot < clock->slot_count; slot++) {
        int place = clock->facts->caseload->sessions[example_of(clock, slot)].place;
        if (am_audit_may_reach(&clock->around, place))
            clock->reached[clock->reached_count++] = slot;
    }
}

/* Journeys are looked up once for those who share a home and modes. */
static void find_journeys(struct clock *clock, int person)
{
    const struct am_person *p = &clock->facts->caseload->people[person];
    if (p->home == clock->home && p->modes == clock->modes)
        return;
    if (p->home != clock->home)
        open_home(clock, p->home);
    clock->modes = p->modes;
    clock->allowed_count = 0;
    for (int i = 0; i < clock->reached_count; i++) {
        int slot = clock->reached[i];
        clock->journeys[slot] =
            am_audit_journey_around(&clock->around, person, example_of(clock, slot));
        if (clock->journeys[slot].allowed)
            clock->allowed[clock->allowed_count++] = slot;
    }
}

/* ---- the person's waivers ---- */

static void find_lifted(struct clock *clock, int person)
{
    const struct am_caseload *caseload = clock->facts->caseload;
    clock->lifted_count = 0;
    for (int i = 0; i < caseload->waiver_count && clock->facts->people[person].has_waiver; i++)
        if (caseload->waivers[i].person == person)
            clock->lifted[clock->lifted_count++] = i;
}

/* Does some waiver lift the rule for the person at hand at this project, in
 * some of its sessions? */
static bool may_lift(const struct clock *clock, enum am_rule rule, int project)
{
    for (int i = 0; i < clock->lifted_count; i++) {
        const struct am_waiver *waiver = &clock->facts->caseload->waivers[clock->lifted[i]];
        if (waiver->rule == rule && (waiver->project < 0 || waiver->project == project))
            return true;
    }
    return false;
}

/* The sessions of one slot that the person could attend, into longest: by R2,
 * R3 and R13. Slots hold no closed session (R14); R1 is left to the order. */
static void look_at_slot(struct clock *clock, int person, int slot, int days)
{
    const struct am_caseload *caseload = clock->facts->caseload;
    const struct am_audit_journey *journey = &clock->journeys[slot];
    int first = clock->slot_first[slot], end = clock->slot_first[slot + 1];
    int example = example_of(clock, slot);
    const struct am_session *at = &caseload->sessions[example];
    bool lifts_R2 = may_lift(clock, AM_R2, at->project);
    if (!journey->allowed && !may_lift(clock, AM_R3, at->project))
        return;
    if (!lifts_R2 && !am_audit_may_be_free_for(caseload, person, example, journey))
        return;
    bool suits = am_audit_suits(caseload, person, at->project, at->place);
    if (!suits && !may_lift(clock, AM_R13, at->project))
        return;
    for (int i = first; i < end; i++) {
        int s = clock->by_slot[i].session, day = clock->by_slot[i].day;
        if (day < days && at->minutes > clock->longest[day] &&
            (suits || am_audit_waived(caseload, AM_R13, person, s)) &&
            (journey->allowed || am_audit_waived(caseload, AM_R3, person, s)) &&
            (am_audit_free_for(caseload, person, s, journey) ||
             (lifts_R2 && am_audit_waived(caseload, AM_R2, person, s))))
            clock->longest[day] = at->minutes;
    }
}

static void find_longest(struct clock *clock, int person, int days)
{
    for (int d = 0; d < days; d++)
        clock->longest[d] = 0;
    if (days <= 0)
        return;
    find_journeys(clock, person);
    find_lifted(clock, person);
    if (clock->lifted_count > 0)
        for (int slot = 0; slot < clock->slot_count; slot++)
            look_at_slot(clock, person, slot, days);
    else
        for (int i = 0; i < clock->allowed_count; i++)
            look_at_slot(clock, person, clock->allowed[i], days);
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
        /* what is past counts for nothing in the window; later weeks are whole */
        bool past = week < caseload->weeks && date < caseload->as_of;
        if (date <= deadline && !past && !occupied[d % 7] &&
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
        facts->orders[clock->sequence[i]].ahead_min = ahead;
        facts->orders[clock->sequence[i]].turn = i;
        must = greater(must, order->must_min);
        pace = greater(pace, order->pace_min);
    }
    person->ahead_min = ahead;
    if (person->order < 0)
        return;
    const struct am_audit_order *credited = &facts->orders[person->order];
    int64_t most = (int64_t)caseload->weeks * am_audit_week_max(caseload, p);
    const struct am_aim *asked = &caseload->people[p].aim;
    if (asked->given) {
        pace = asked->planned_min;
        must = greater(must, asked->needed_min);
    }
    person->must_min = lesser(credited->remaining_min, must);
    person->pace_min = lesser(credited->remaining_min, lesser(most, pace));
    person->must_day = am_caseload_days(caseload) - 1;
    if (credited->deadline != AM_NO_DATE && credited->deadline >= caseload->from &&
        credited->deadline <= am_caseload_last(caseload))
        person->must_day = credited->deadline - caseload->from;
}

struct housed {
    int home, modes, person;
};

static int compare_housed(const void *left, const void *right)
{
    const struct housed *a = left, *b = right;
    if (a->home != b->home)
        return a->home < b->home ? -1 : 1;
    if (a->modes != b->modes)
        return a->modes < b->modes ? -1 : 1;
    return (a->person > b->person) - (a->person < b->person);
}

static am_status sort_people(struct clock *clock, struct am_arena *arena, struct am_err *err)
{
    const struct am_caseload *caseload = clock->facts->caseload;
    size_t count = (size_t)caseload->person_count;
    struct housed *housed = AM_ARENA_NEW(arena, count, struct housed);
    clock->people = AM_ARENA_NEW(arena, count, int);
    if (!housed || !clock->people)
        return am_fail_memory(err);
    for (int p = 0; p < caseload->person_count; p++)
        housed[p] = (struct housed){caseload->people[p].home, caseload->people[p].modes, p};
    if (count > 0)
        qsort(housed, count, sizeof *housed, compare_housed);
    for (size_t i = 0; i < count; i++)
        clock->people[i] = housed[i].person;
    return AM_OK;
}

static am_status prepare(struct clock *clock, struct am_audit_facts *facts, struct am_arena *arena,
                         struct am_err *err)
{
    const struct am_caseload *caseload = facts->caseload;
    *clock = (struct clock){.facts = facts, .home = -2, .modes = -1};
    am_status status = find_slots(clock, arena, err);
    if (status == AM_OK)
        status = find_days(clock, arena, err);
    if (status == AM_OK)
        status = sort_people(clock, arena, err);
    if (status != AM_OK)
        return status;
    clock->journeys = AM_ARENA_NEW(arena, (size_t)clock->slot_count, struct am_audit_journey);
    clock->reached = AM_ARENA_NEW(arena, (size_t)clock->slot_count, int);
    clock->allowed = AM_ARENA_NEW(arena, (size_t)clock->slot_count, int);
    clock->lifted = AM_ARENA_NEW(arena, (size_t)caseload->waiver_count, int);
    clock->sequence = AM_ARENA_NEW(arena, (size_t)caseload->order_count, int);
    if (!clock->journeys || !clock->reached || !clock->allowed || !clock->lifted ||
        !clock->sequence)
        return am_fail_memory(err);
    return am_audit_around_build(caseload, arena, &clock->around, err);
}

am_status am_audit_reckon_clocks(struct am_audit_facts *facts, struct am_arena *arena,
                                 struct am_err *err)
{
    struct clock clock;
    am_status status = prepare(&clock, facts, arena, err);
    for (int i = 0; status == AM_OK && i < facts->caseload->person_count; i++)
        reckon_person(&clock, clock.people[i]);
    return status;
}

/* ---- the days ahead ---- */

struct am_audit_days {
    struct clock clock;
};

am_status am_audit_days_new(struct am_audit_facts *facts, struct am_arena *arena,
                            struct am_audit_days **days, struct am_err *err)
{
    *days = AM_ARENA_NEW(arena, 1, struct am_audit_days);
    return *days ? prepare(&(*days)->clock, facts, arena, err) : am_fail_memory(err);
}

int am_audit_days_person(const struct am_audit_days *days, int i)
{
    return days->clock.people[i];
}

void am_audit_days_look(struct am_audit_days *days, int person, int32_t *longest, int count)
{
    struct clock *clock = &days->clock;
    find_longest(clock, person, count < clock->days ? count : clock->days);
    for (int d = 0; d < count; d++)
        longest[d] = d < clock->days ? clock->longest[d] : 0;
}
