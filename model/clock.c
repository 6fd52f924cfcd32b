/*
 * The clocks of the orders: docs/formulation.md, section 6.
 *
 * The longest session that a person could attend is wanted for every day up to
 * the last deadline. Days on which the same sessions are held (alike in
 * project, place, start and length) form a type of day; for a person whose
 * availability is the same every week one answer does for the type, except on
 * days on which an absence or a waiver comes in.
 */
#include "model/clock.h"

#include <stdlib.h>
#include <string.h>

#include "model/eligible_rules.h"
#include "model/journeys.h"

static const char *const outlook_words[] = {"on_track", "at_risk",  "cannot_finish",
                                            "overdue",  "finished", "not_active"};

const char *am_outlook_word(enum am_outlook outlook)
{
    return outlook_words[outlook];
}

/* ---- the days ahead ---- */

struct day {
    int first, count; /* in listed: its sessions that are open to somebody, longest first */
    int type;         /* days with the same classes of session share a type */
};

enum { NOT_ASKED = -1 };

struct ahead {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    struct am_arena scratch;
    int day_count; /* from the window's first day */
    struct day *days;
    int32_t *listed;
    struct am_alike kinds; /* of sessions */
    int type_count;
    struct am_journeys journeys;
    struct am_waivers *waivers;
    /* of the person in hand */
    am_rule_set *kind_rules; /* R3 and R13, where asked */
    bool *kind_asked;
    int32_t *type_longest; /* by type of day, NOT_ASKED */
    int32_t *longest;      /* by day */
    int32_t *fixed_min;    /* by day of the window: fixed, not recorded */
    bool *fixed_day;
};

static am_status group_kinds(struct ahead *ahead, struct am_err *err)
{
    const struct am_caseload *caseload = ahead->caseload;
    size_t count = (size_t)caseload->session_count;
    struct am_alike_key *keys = AM_ARENA_NEW(&ahead->scratch, count, struct am_alike_key);
    if (!keys)
        return am_fail_memory(err);
    for (int s = 0; s < caseload->session_count; s++) {
        const struct am_session *at = &caseload->sessions[s];
        keys[s] = (struct am_alike_key){
            {-at->minutes, at->project, at->place, (int32_t)am_weekday_of(at->date), at->start}, s};
    }
    return am_alike_build(keys, caseload->session_count, &ahead->scratch, &ahead->kinds, err);
}

/* Kinds are numbered from the longest, so that sorting by kind sorts by length. */
struct kind_session {
    int32_t kind, session;
};

static int compare_kinds(const void *a, const void *b)
{
    const struct kind_session *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->session > y->session) - (x->session < y->session);
}

/* Put the sessions of first .. end - 1, all of one date, into the list. */
static void list_day(struct ahead *ahead, struct day *day, int first, int end, int *listed,
                     struct kind_session *room)
{
    int count = 0;
    for (int s = first; s < end; s++)
        if (ahead->caseload->sessions[s].closed == AM_OPEN)
            room[count++] = (struct kind_session){ahead->kinds.of[s], s};
    qsort(room, (size_t)count, sizeof *room, compare_kinds);
    day->first = *listed;
    day->count = count;
    for (int i = 0; i < count; i++)
        ahead->listed[(*listed)++] = room[i].session;
}

static bool same_type(const struct ahead *ahead, const struct day *a, const struct day *b)
{
    if (a->count != b->count)
        return false;
    for (int i = 0; i < a->count; i++)
        if (ahead->kinds.of[ahead->listed[a->first + i]] !=
            ahead->kinds.of[ahead->listed[b->first + i]])
            return false;
    return true;
}

/* A kind knows its weekday, so that days are compared with those of the same
 * weekday, from the latest back. */
static void number_types(struct ahead *ahead)
{
    for (int d = 0; d < ahead->day_count; d++) {
        int same = d - 7;
        while (same >= 0 && !same_type(ahead, &ahead->days[same], &ahead->days[d]))
            same -= 7;
        ahead->days[d].type = same >= 0 ? ahead->days[same].type : ahead->type_count++;
    }
}

static am_status list_days(struct ahead *ahead, struct am_err *err)
{
    const struct am_caseload *caseload = ahead->caseload;
    size_t sessions = (size_t)caseload->session_count;
    int last = am_caseload_last(caseload);
    if (sessions > 0 && caseload->sessions[sessions - 1].date > last)
        last = caseload->sessions[sessions - 1].date;
    ahead->day_count = last - caseload->from + 1;
    ahead->days = AM_ARENA_NEW(&ahead->scratch, (size_t)ahead->day_count, struct day);
    ahead->listed = AM_ARENA_NEW(&ahead->scratch, sessions, int32_t);
    struct kind_session *room = AM_ARENA_NEW(&ahead->scratch, sessions, struct kind_session);
    if (!ahead->days || !ahead->listed || !room)
        return am_fail_memory(err);
    int listed = 0, s = 0;
    for (int d = 0; d < ahead->day_count; d++) {
        int first = s;
        while (s < caseload->session_count && caseload->sessions[s].date == caseload->from + d)
            s++;
        list_day(ahead, &ahead->days[d], first, s, &listed, room);
    }
    number_types(ahead);
    return AM_OK;
}

static am_status prepare(struct ahead *ahead, struct am_err *err)
{
    const struct am_caseload *caseload = ahead->caseload;
    struct am_arena *scratch = &ahead->scratch;
    am_status status = group_kinds(ahead, err);
    if (status == AM_OK)
        status = list_days(ahead, err);
    if (status == AM_OK)
        status =
            am_journeys_build(caseload, caseload->session_count, scratch, &ahead->journeys, err);
    if (status == AM_OK)
        status = am_waivers_by_person(caseload, scratch, &ahead->waivers, err);
    if (status != AM_OK)
        return status;
    size_t kinds = (size_t)ahead->kinds.count, days = (size_t)am_caseload_days(caseload);
    ahead->kind_rules = AM_ARENA_NEW(scratch, kinds, am_rule_set);
    ahead->kind_asked = AM_ARENA_NEW(scratch, kinds, bool);
    ahead->type_longest = AM_ARENA_NEW(scratch, (size_t)ahead->type_count, int32_t);
    ahead->longest = AM_ARENA_NEW(scratch, (size_t)ahead->day_count, int32_t);
    ahead->fixed_min = AM_ARENA_NEW(scratch, days, int32_t);
    ahead->fixed_day = AM_ARENA_NEW(scratch, days, bool);
    return ahead->kind_rules && ahead->kind_asked && ahead->type_longest && ahead->longest &&
                   ahead->fixed_min && ahead->fixed_day
               ? AM_OK
               : am_fail_memory(err);
}

/* ---- one person's days ---- */

/* R3 and R13 for the person in hand, before waivers. */
static am_rule_set rules_of_kind(struct ahead *ahead, int person, int session)
{
    int kind = ahead->kinds.of[session];
    if (!ahead->kind_asked[kind]) {
        am_rule_set set = 0;
        if (am_is_restricted(ahead->caseload, person, session))
            set |= AM_RULE_BIT(AM_R13);
        if (!am_journeys_get(&ahead->journeys, ahead->journeys.slots.of[session])->allowed)
            set |= AM_RULE_BIT(AM_R3);
        ahead->kind_rules[kind] = set;
        ahead->kind_asked[kind] = true;
    }
    return ahead->kind_rules[kind];
}

static bool is_available(struct ahead *ahead, int person, int session)
{
    static const struct am_journey none = {0};
    const struct am_journey *journey = &none;
    if (ahead->caseload->policy.availability_leaves_home)
        journey = am_journeys_get(&ahead->journeys, ahead->journeys.slots.of[session]);
    return am_available_with(ahead->caseload, person, session, journey);
}

/* R2, R3 and R13; the cheapest question first. */
static bool could_attend(struct ahead *ahead, int person, int session)
{
    struct am_waivers waivers = ahead->waivers[person];
    bool available = is_available(ahead, person, session);
    if (waivers.count == 0)
        return available && rules_of_kind(ahead, person, session) == 0;
    am_rule_set set = rules_of_kind(ahead, person, session);
    if (!available)
        set |= AM_RULE_BIT(AM_R2);
    return am_without_waived(ahead->caseload, waivers, person, session, set) == 0;
}

/* Does an absence take the whole date? */
static bool is_away(const struct am_person *person, am_date date)
{
    for (int i = 0; i < person->unavailable.count; i++)
        if (person->unavailable.at[i].start <= am_stamp_of(date, 0) &&
            person->unavailable.at[i].end >= am_stamp_of(date + 1, 0))
            return true;
    return false;
}

static int32_t longest_of(struct ahead *ahead, int person, int d)
{
    const struct am_person *who = &ahead->caseload->people[person];
    const struct day *day = &ahead->days[d];
    am_date date = ahead->caseload->from + d;
    if (ahead->waivers[person].count == 0 &&
        (!am_has_window(who->available, date) || is_away(who, date)))
        return 0;
    for (int i = 0; i < day->count; i++) {
        int session = ahead->listed[day->first + i];
        if (could_attend(ahead, person, session))
            return ahead->caseload->sessions[session].minutes;
    }
    return 0;
}

/* Is availability the same every week, but for absences? */
static bool is_steady(const struct am_person *person)
{
    for (int i = 0; i < person->available.count; i++) {
        const struct am_window *window = &person->available.at[i];
        if (window->valid_from != AM_NO_DATE || window->valid_to != AM_NO_DATE ||
            window->every_weeks > 1)
            return false;
    }
    return true;
}

static bool has_absence(const struct am_person *person, am_date date)
{
    for (int i = 0; i < person->unavailable.count; i++)
        if (person->unavailable.at[i].start < am_stamp_of(date + 1, 0) &&
            person->unavailable.at[i].end > am_stamp_of(date, 0))
            return true;
    return false;
}

/* Fill longest[] for days 0 .. count - 1. */
static void look_ahead(struct ahead *ahead, int person, int count)
{
    const struct am_person *who = &ahead->caseload->people[person];
    bool alike = is_steady(who) && ahead->waivers[person].count == 0;
    memset(ahead->kind_asked, 0, (size_t)ahead->kinds.count * sizeof *ahead->kind_asked);
    for (int t = 0; t < ahead->type_count; t++)
        ahead->type_longest[t] = NOT_ASKED;
    am_journeys_open(&ahead->journeys, person);
    for (int d = 0; d < count; d++) {
        const struct day *day = &ahead->days[d];
        if (!alike || has_absence(who, ahead->caseload->from + d)) {
            ahead->longest[d] = longest_of(ahead, person, d);
            continue;
        }
        if (ahead->type_longest[day->type] == NOT_ASKED)
            ahead->type_longest[day->type] = longest_of(ahead, person, d);
        ahead->longest[d] = ahead->type_longest[day->type];
    }
}

static void look_at_fixed(struct ahead *ahead, int person)
{
    const struct am_caseload *caseload = ahead->caseload;
    const struct am_person_state *state = &ahead->orders->people[person];
    size_t days = (size_t)am_caseload_days(caseload);
    memset(ahead->fixed_min, 0, days * sizeof *ahead->fixed_min);
    memset(ahead->fixed_day, 0, days * sizeof *ahead->fixed_day);
    for (int i = state->first_fixed; i < state->first_fixed + state->fixed_count; i++) {
        const struct am_fixed *fixed = &ahead->orders->fixed[i];
        int day = caseload->sessions[fixed->session].date - caseload->from;
        if (fixed->recorded)
            continue;
        ahead->fixed_day[day] = true;
        ahead->fixed_min[day] += fixed->minutes;
    }
}

/* ---- one order ---- */

static int32_t clamp(int64_t minutes)
{
    return minutes > INT32_MAX ? INT32_MAX : (int32_t)minutes;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The most of day d that the order can have: what is fixed, or the longest
 * session that could be attended. */
static int64_t most_of_day(const struct ahead *ahead, const struct am_order *order, int d)
{
    const struct am_caseload *caseload = ahead->caseload;
    am_date date = caseload->from + d;
    if (d < am_caseload_days(caseload)) {
        if (ahead->fixed_day[d])
            return ahead->fixed_min[d];
        if (date < caseload->as_of)
            return 0;
    }
    return date < order->sentence_date ? 0 : ahead->longest[d];
}

/* Minutes of the window and of the weeks after it, up to the deadline. */
static void add_weeks(const struct ahead *ahead, int j, struct am_order_clock *clock)
{
    const struct am_order *order = &ahead->caseload->orders[j];
    int64_t week_max = am_weekly_max_plain(ahead->caseload, order->person);
    int64_t window = 0, later = 0;
    am_date deadline = ahead->orders->orders[j].deadline;
    int days = deadline - ahead->caseload->from + 1;
    if (days > ahead->day_count)
        days = ahead->day_count;
    for (int monday = 0; monday < days; monday += 7) {
        int64_t week = 0;
        for (int d = monday; d < monday + 7 && d < days; d++)
            week += most_of_day(ahead, order, d);
        if (monday < am_caseload_days(ahead->caseload))
            window += least(week_max, week);
        else
            later += least(week_max, week);
    }
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

/* S4: the share of the window in what is ahead, at expected attendance. */
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

/* Does other come before j in the sequence, done so far? */
static int64_t adds(const struct ahead *ahead, int j, const bool *done)
{
    const struct am_order *order = &ahead->caseload->orders[j];
    int64_t remaining = ahead->orders->orders[j].remaining_min;
    int first = ahead->caseload->people[order->person].first_order;
    if (order->runs != AM_RUNS_CONCURRENT || order->runs_order < 0 ||
        !done[order->runs_order - first])
        return remaining;
    int64_t shared = ahead->orders->orders[order->runs_order].remaining_min;
    return remaining > shared ? remaining - shared : 0;
}

/* ahead_min of each open order, in the sequence in which they are worked. */
static void add_sequence(const struct ahead *ahead, int person, bool *done,
                         struct am_order_clock *clocks)
{
    const struct am_person *who = &ahead->caseload->people[person];
    int64_t sum = 0;
    memset(done, 0, (size_t)who->order_count * sizeof *done);
    for (int j; (j = am_order_next(ahead->caseload, ahead->orders, person, done)) >= 0;) {
        sum += adds(ahead, j, done);
        clocks[j].ahead_min = clamp(sum);
        done[j - who->first_order] = true;
    }
}

/* Days that matter for the person: up to the last deadline of an open order. */
static int days_ahead(const struct ahead *ahead, int person)
{
    const struct am_person *who = &ahead->caseload->people[person];
    int days = 0;
    for (int j = who->first_order; j < who->first_order + who->order_count; j++) {
        const struct am_order_state *state = &ahead->orders->orders[j];
        if (!state->open || state->deadline == AM_NO_DATE)
            continue;
        int until = state->deadline - ahead->caseload->from + 1;
        if (until > days)
            days = until;
    }
    return days < ahead->day_count ? days : ahead->day_count;
}

/* What the person's minutes are measured against: the hardest of the orders,
 * within the one that is credited. */
struct hardest {
    int64_t must, pace;
};

static struct hardest clock_order(const struct ahead *ahead, int j, struct am_order_clock *clock)
{
    struct hardest hardest = {0, 0};
    const struct am_order_state *state = &ahead->orders->orders[j];
    if (state->open && state->deadline != AM_NO_DATE)
        add_weeks(ahead, j, clock);
    clock->outlook = outlook_of(ahead->caseload, ahead->orders, j, clock);
    if (!state->open || state->deadline == AM_NO_DATE || clock->outlook != AM_ON_TRACK)
        return hardest;
    if (clock->ahead_min > clock->later_min)
        clock->must_min = clock->ahead_min - clock->later_min;
    hardest.must = clock->must_min;
    hardest.pace = pace_of(ahead->caseload, ahead->orders, j, clock->ahead_min);
    return hardest;
}

static void clock_person(struct ahead *ahead, int person, bool *done, struct am_clocks *clocks)
{
    const struct am_caseload *caseload = ahead->caseload;
    const struct am_person *who = &caseload->people[person];
    struct am_person_clock *clock = &clocks->people[person];
    int credited = ahead->orders->people[person].order;
    struct hardest most = {0, 0};
    look_at_fixed(ahead, person);
    look_ahead(ahead, person, days_ahead(ahead, person));
    add_sequence(ahead, person, done, clocks->orders);
    for (int j = who->first_order; j < who->first_order + who->order_count; j++) {
        struct hardest of = clock_order(ahead, j, &clocks->orders[j]);
        most.must = of.must > most.must ? of.must : most.must;
        most.pace = of.pace > most.pace ? of.pace : most.pace;
    }
    clock->must_day = am_caseload_days(caseload) - 1;
    if (credited < 0)
        return;
    const struct am_order_state *state = &ahead->orders->orders[credited];
    int64_t window_max = (int64_t)caseload->weeks * am_weekly_max_plain(caseload, person);
    clock->must_min = clamp(least(state->remaining_min, most.must));
    clock->pace_min = clamp(least(least(state->remaining_min, window_max), most.pace));
    if (state->deadline >= caseload->from && state->deadline <= am_caseload_last(caseload))
        clock->must_day = state->deadline - caseload->from;
}

am_status am_clocks_build(const struct am_caseload *caseload, const struct am_orders *orders,
                          struct am_arena *arena, struct am_clocks *clocks, struct am_err *err)
{
    struct ahead ahead = {.caseload = caseload, .orders = orders};
    *clocks = (struct am_clocks){0};
    clocks->orders = AM_ARENA_NEW(arena, (size_t)caseload->order_count, struct am_order_clock);
    clocks->people = AM_ARENA_NEW(arena, (size_t)caseload->person_count, struct am_person_clock);
    if (!clocks->orders || !clocks->people)
        return am_fail_memory(err);
    am_arena_init(&ahead.scratch);
    int32_t *people = NULL;
    bool *done = AM_ARENA_NEW(&ahead.scratch, (size_t)caseload->order_count, bool);
    am_status status = done ? prepare(&ahead, err) : am_fail_memory(err);
    if (status == AM_OK)
        status = am_people_by_home(caseload, &ahead.scratch, &people, err);
    for (int i = 0; i < caseload->person_count && status == AM_OK; i++)
        clock_person(&ahead, people[i], done, clocks);
    am_arena_release(&ahead.scratch);
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
