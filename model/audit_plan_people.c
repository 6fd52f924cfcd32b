/*
 * Everybody planned: what they have to book, by when, and what each week holds
 * for them (docs/formulation.md, section 8, People and Arrivals).
 */
#include "model/audit_plan_parts.h"

enum { WEEKDAYS = 7, THOUSANDTHS = 1000 };

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t greater(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* ---- who is planned ---- */

static void add_entry(struct am_plan_facts *facts, struct am_audit_entry entry)
{
    entry.next = facts->first_entry[entry.person];
    facts->first_entry[entry.person] = facts->entry_count;
    facts->entries[facts->entry_count++] = entry;
}

/* People arrive like those of the caseload who have an order, in turn. */
struct turns {
    int next, arrivals;
};

static void add_arrival(struct am_plan_facts *facts, struct turns *turns, int like,
                        am_date sentence, int64_t ordered_min)
{
    const struct am_caseload *caseload = facts->caseload;
    for (int tried = 0; like < 0 && tried < caseload->person_count; tried++) {
        if (caseload->people[turns->next].order_count > 0)
            like = turns->next;
        turns->next = (turns->next + 1) % caseload->person_count;
    }
    if (like < 0)
        return;
    const struct am_person *person = &caseload->people[like];
    if (ordered_min == 0 && person->order_count > 0)
        ordered_min = caseload->orders[person->first_order].ordered_min;
    if (ordered_min > 0)
        add_entry(facts, (struct am_audit_entry){.person = like,
                                                 .arrival = turns->arrivals++,
                                                 .sentence = sentence,
                                                 .ordered_min = ordered_min});
}

static void add_entries(struct am_plan_facts *facts, int per_week)
{
    const struct am_caseload *caseload = facts->caseload;
    struct turns turns = {0, 0};
    for (int p = 0; p < caseload->person_count; p++) {
        facts->first_entry[p] = -1;
        if (facts->audit.people[p].order >= 0)
            add_entry(facts, (struct am_audit_entry){.person = p, .arrival = -1});
    }
    for (int i = 0; i < caseload->arrivals_count; i++) {
        const struct am_arrivals *given = &caseload->arrivals[i];
        for (int n = 0; n < given->count && given->sentence_date >= caseload->from; n++)
            add_arrival(facts, &turns, given->like, given->sentence_date, given->ordered_min);
    }
    for (int w = 0; w < facts->weeks; w++)
        for (int n = 0; n < per_week; n++)
            add_arrival(facts, &turns, -1, caseload->from + WEEKDAYS * w + AM_WE, 0);
}

static am_status make_at_hand(struct am_plan_facts *facts, struct am_arena *arena,
                              struct am_err *err)
{
    size_t weeks = (size_t)facts->weeks, days = (size_t)facts->days;
    struct am_audit_weeks *at_hand = &facts->at_hand;
    at_hand->fixed_min = AM_ARENA_NEW(arena, weeks, int64_t);
    at_hand->most_min = AM_ARENA_NEW(arena, weeks, int64_t);
    at_hand->cap_min = AM_ARENA_NEW(arena, weeks, int64_t);
    at_hand->day_min = AM_ARENA_NEW(arena, days, int64_t);
    at_hand->fixed_days = AM_ARENA_NEW(arena, weeks, uint8_t);
    at_hand->days = AM_ARENA_NEW(arena, weeks, uint8_t);
    at_hand->longest = AM_ARENA_NEW(arena, days, int32_t);
    at_hand->targets =
        AM_ARENA_NEW(arena, (size_t)facts->caseload->order_count + 1, struct am_audit_target);
    return at_hand->fixed_min && at_hand->most_min && at_hand->cap_min && at_hand->day_min &&
                   at_hand->fixed_days && at_hand->days && at_hand->longest && at_hand->targets
               ? AM_OK
               : am_fail_memory(err);
}

am_status am_audit_plan_people(struct am_plan_facts *facts, int arrivals_per_week,
                               struct am_arena *arena, struct am_err *err)
{
    const struct am_caseload *caseload = facts->caseload;
    int per_week = arrivals_per_week < 0 ? caseload->arrivals_per_week : arrivals_per_week;
    size_t most = (size_t)caseload->person_count + (size_t)per_week * (size_t)facts->weeks;
    for (int i = 0; i < caseload->arrivals_count; i++)
        most += (size_t)caseload->arrivals[i].count;
    facts->entries = AM_ARENA_NEW(arena, most, struct am_audit_entry);
    facts->first_entry = AM_ARENA_NEW(arena, (size_t)caseload->person_count, int);
    if (!facts->entries || !facts->first_entry)
        return am_fail_memory(err);
    add_entries(facts, per_week);
    am_status status = make_at_hand(facts, arena, err);
    return status == AM_OK ? am_audit_days_new(&facts->audit, arena, &facts->ahead, err) : status;
}

/* ---- days and weeks ---- */

void am_audit_plan_person(struct am_plan_facts *facts, int person)
{
    am_audit_days_look(facts->ahead, person, facts->at_hand.longest, facts->days);
}

static void find_first_day(struct am_plan_facts *facts, am_date sentence)
{
    const struct am_caseload *caseload = facts->caseload;
    int first = 0;
    while (first < facts->days &&
           (caseload->from + first < caseload->as_of || caseload->from + first < sentence))
        first++;
    facts->at_hand.first_day = first;
}

/* What is fixed, by day (in day_min for now) and by week. */
static void find_fixed(struct am_plan_facts *facts, const struct am_audit_entry *entry)
{
    struct am_audit_weeks *at_hand = &facts->at_hand;
    for (int d = 0; d < facts->days; d++)
        at_hand->day_min[d] = 0;
    for (int w = 0; w < facts->weeks; w++)
        at_hand->fixed_min[w] = at_hand->fixed_days[w] = 0;
    if (entry->arrival >= 0)
        return;
    const struct am_audit_person *person = &facts->audit.people[entry->person];
    for (int i = person->first_fixed; i < person->first_fixed + person->fixed_count; i++) {
        const struct am_audit_fixed *fixed = &facts->audit.fixed[i];
        int day = facts->caseload->sessions[fixed->session].date - facts->caseload->from;
        at_hand->fixed_days[day / WEEKDAYS] |= (uint8_t)(1u << day % WEEKDAYS);
        at_hand->day_min[day] += fixed->recorded ? 0 : fixed->minutes;
        at_hand->fixed_min[day / WEEKDAYS] += fixed->recorded ? 0 : fixed->minutes;
    }
}

/* Week w, up to so many of its days. */
static int64_t week_up_to(const struct am_plan_facts *facts, int person, int w, int days)
{
    int64_t sum = 0;
    for (int d = WEEKDAYS * w; d < WEEKDAYS * w + days; d++)
        sum += facts->at_hand.day_min[d];
    return lesser(sum, am_audit_week_max(facts->caseload, person));
}

static void find_weeks(struct am_plan_facts *facts, const struct am_audit_entry *entry)
{
    struct am_audit_weeks *at_hand = &facts->at_hand;
    find_fixed(facts, entry);
    for (int d = at_hand->first_day; d < facts->days; d++)
        if (at_hand->day_min[d] == 0)
            at_hand->day_min[d] = at_hand->longest[d];
    for (int w = 0; w < facts->weeks; w++)
        at_hand->most_min[w] =
            greater(0, week_up_to(facts, entry->person, w, WEEKDAYS) - at_hand->fixed_min[w]);
}

/* ---- targets ---- */

static int64_t to_book(int64_t minutes, int percent)
{
    return (minutes * 100 + percent - 1) / percent;
}

static void add_target(struct am_plan_facts *facts, const struct am_audit_entry *entry,
                       int64_t ahead_min, am_date deadline, int points)
{
    struct am_audit_weeks *at_hand = &facts->at_hand;
    const struct am_caseload *caseload = facts->caseload;
    struct am_audit_target *target = &at_hand->targets[at_hand->target_count++];
    int percent = caseload->people[entry->person].attendance_percent;
    at_hand->to_book_min = greater(at_hand->to_book_min, to_book(ahead_min, percent));
    int64_t cost = (int64_t)points * THOUSANDTHS;
    *target = (struct am_audit_target){
        .by_min = at_hand->to_book_min, .week = -1, .short_cost = cost, .sentence = AM_NO_DATE};
    if (deadline == AM_NO_DATE || deadline < caseload->from ||
        deadline >= caseload->from + facts->days)
        return;
    int day = deadline - caseload->from;
    target->week = day / WEEKDAYS;
    target->by_day_min = week_up_to(facts, entry->person, target->week, day % WEEKDAYS + 1);
}

/* The person's open order at this place of the sequence; -1: none. */
static int order_at(const struct am_plan_facts *facts, int p, int turn)
{
    const struct am_person *person = &facts->caseload->people[p];
    for (int j = person->first_order; j < person->first_order + person->order_count; j++)
        if (facts->audit.orders[j].open && facts->audit.orders[j].turn == turn)
            return j;
    return -1;
}

static void add_persons_targets(struct am_plan_facts *facts, const struct am_audit_entry *entry)
{
    const struct am_weights *weights = &facts->caseload->policy.weights;
    for (int turn = 0, j; (j = order_at(facts, entry->person, turn)) >= 0; turn++) {
        const struct am_audit_order *order = &facts->audit.orders[j];
        int points = weights->must_minute;
        if (order->cannot_finish && order->deadline >= facts->caseload->from)
            points = (int)lesser(points, weights->pace_minute);
        add_target(facts, entry, order->ahead_min, order->deadline, points);
        facts->at_hand.targets[turn].sentence = facts->caseload->orders[j].sentence_date;
    }
}

static void find_caps(struct am_plan_facts *facts)
{
    struct am_audit_weeks *at_hand = &facts->at_hand;
    for (int w = 0; w < facts->weeks; w++) {
        am_date monday_after = facts->caseload->from + WEEKDAYS * (w + 1);
        at_hand->cap_min[w] = 0;
        for (int t = 0; t < at_hand->target_count; t++) {
            am_date sentence = at_hand->targets[t].sentence;
            if (sentence != AM_NO_DATE && sentence >= monday_after)
                break;
            at_hand->cap_min[w] = at_hand->targets[t].by_min;
        }
    }
}

/* ---- one entry ---- */

static void reckon_person(struct am_plan_facts *facts, const struct am_audit_entry *entry)
{
    struct am_audit_weeks *at_hand = &facts->at_hand;
    const struct am_person *person = &facts->caseload->people[entry->person];
    int credited = facts->audit.people[entry->person].order;
    const struct am_audit_order *order = &facts->audit.orders[credited];
    find_first_day(facts, facts->caseload->orders[credited].sentence_date);
    find_weeks(facts, entry);
    add_persons_targets(facts, entry);
    at_hand->start_counts = !order->started && order->start_due != AM_NO_DATE;
    at_hand->start_due = order->start_due;
    int64_t ete = facts->audit.people[entry->person].ete_left_min;
    for (int j = person->first_order; j < person->first_order + person->order_count; j++)
        if (j != credited && facts->audit.orders[j].open)
            ete += facts->audit.orders[j].ete_left_min;
    at_hand->ete_min = ete * 100 / person->attendance_percent;
}

static void reckon_arrival(struct am_plan_facts *facts, const struct am_audit_entry *entry)
{
    struct am_audit_weeks *at_hand = &facts->at_hand;
    const struct am_caseload *caseload = facts->caseload;
    const struct am_policy *policy = &caseload->policy;
    const struct am_person *person = &caseload->people[entry->person];
    am_date deadline = policy->completion_months == AM_NO_LIMIT
                           ? AM_NO_DATE
                           : am_months_end(entry->sentence, policy->completion_months);
    find_first_day(facts, entry->sentence);
    find_weeks(facts, entry);
    add_target(facts, entry, entry->ordered_min, deadline, policy->weights.must_minute);
    at_hand->start_counts = policy->start_business_days != AM_NO_LIMIT;
    if (at_hand->start_counts)
        at_hand->start_due = am_business_days_after(entry->sentence, policy->start_business_days,
                                                    caseload->bank_holidays);
    at_hand->ete_min = person->wants_ete && policy->ete_percent != AM_NO_LIMIT
                           ? entry->ordered_min * policy->ete_percent / person->attendance_percent
                           : 0;
}

void am_audit_plan_entry(struct am_plan_facts *facts, int entry)
{
    struct am_audit_weeks *at_hand = &facts->at_hand;
    const struct am_audit_entry *of = &facts->entries[entry];
    at_hand->entry = entry;
    at_hand->target_count = 0;
    at_hand->to_book_min = 0;
    if (of->arrival < 0)
        reckon_person(facts, of);
    else
        reckon_arrival(facts, of);
    find_caps(facts);
}
