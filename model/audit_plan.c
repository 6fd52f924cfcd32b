#include "model/audit_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/audit_plan_parts.h"

enum { WEEKDAYS = 7, THOUSANDTHS = 1000, WEEKS_MAX = 156, DETAIL = 200 };

static const char *const words[] = {"cells",       "kinds",   "people",    "days",
                                    "week",        "to_book", "ete",       "places",
                                    "supervisors", "uses",    "objective", "bound"};

const char *am_plan_rule_word(enum am_plan_rule rule)
{
    return words[rule];
}

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t above_zero(int64_t a)
{
    return a > 0 ? a : 0;
}

/* ---- breaches ---- */

struct check {
    const struct am_plan *plan;
    struct am_plan_facts facts;
    struct am_plan_audit *audit;
    int *kind_of;      /* of a kind of the plan: ours; -1: there is none */
    int *plans_kind;   /* of ours: the plan's; -1 */
    int *entry_of;     /* of a number of the plan: our entry; -1 */
    int *planned_of;   /* of our entry: the plan's number; -1 */
    int64_t *used_min; /* [kind * weeks + week], kinds as ours */
    bool no_memory;
};

static void report(struct check *check, struct am_plan_breach breach)
{
    struct am_plan_audit *audit = check->audit;
    if (audit->breach_count == audit->breach_room) {
        int room = 2 * audit->breach_room + 16;
        struct am_plan_breach *more =
            AM_ARENA_NEW(&audit->arena, (size_t)room, struct am_plan_breach);
        if (!more) {
            check->no_memory = true;
            return;
        }
        if (audit->breach_count > 0)
            memcpy(more, audit->breaches, (size_t)audit->breach_count * sizeof *more);
        audit->breaches = more;
        audit->breach_room = room;
    }
    breach.detail = am_arena_strdup(&audit->arena, breach.detail);
    check->no_memory = check->no_memory || !breach.detail;
    audit->breaches[audit->breach_count++] = breach;
}

/* "A000001, week of 2026-03-02: 500 minutes, 420 could be" */
static void report_person(struct check *check, enum am_plan_rule rule, int week, int kind,
                          int64_t found, int64_t most)
{
    const struct am_audit_entry *entry = &check->facts.entries[check->facts.at_hand.entry];
    const struct am_caseload *caseload = check->facts.caseload;
    char detail[DETAIL], date[AM_DATE_TEXT];
    (void)snprintf(detail, sizeof detail, "%s%s, week of %s: %lld minutes; there can be %lld",
                   entry->arrival < 0 ? "" : "somebody like ", caseload->people[entry->person].crn,
                   am_date_format(caseload->from + WEEKDAYS * week, date), (long long)found,
                   (long long)most);
    int planned = check->planned_of[check->facts.at_hand.entry];
    report(check, (struct am_plan_breach){rule, planned, week, kind, detail});
}

static void report_place(struct check *check, enum am_plan_rule rule, int week, int kind,
                         int64_t found, int64_t most)
{
    char detail[DETAIL], date[AM_DATE_TEXT];
    (void)snprintf(detail, sizeof detail, "week of %s: %lld minutes of sessions; there are %lld",
                   am_date_format(check->facts.caseload->from + WEEKDAYS * week, date),
                   (long long)found, (long long)most);
    report(check, (struct am_plan_breach){rule, -1, week, kind, detail});
}

static void report_whole(struct check *check, enum am_plan_rule rule, const char *detail)
{
    report(check, (struct am_plan_breach){rule, -1, -1, -1, detail});
}

static int compare_breaches(const void *left, const void *right)
{
    const struct am_plan_breach *a = left, *b = right;
    const int x[] = {(int)a->rule, a->week, a->kind, a->planned};
    const int y[] = {(int)b->rule, b->week, b->kind, b->planned};
    for (int i = 0; i < 4; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

/* ---- what numbers stand for ---- */

static int count_weeks(const struct am_caseload *caseload, const struct am_audit_facts *audit)
{
    am_date last = am_caseload_last(caseload);
    for (int s = 0; s < caseload->session_count; s++)
        if (caseload->sessions[s].date > last)
            last = caseload->sessions[s].date;
    for (int j = 0; j < caseload->order_count; j++)
        if (audit->orders[j].open && audit->orders[j].deadline > last)
            last = audit->orders[j].deadline;
    return (int)lesser(am_week_of(last, caseload->from) + 1, WEEKS_MAX);
}

static int find_kind(const struct am_plan_facts *facts, const struct am_place_kind *kind)
{
    for (int k = 0; k < facts->kind_count; k++) {
        const struct am_audit_kind *own = &facts->kinds[k];
        if (own->project == kind->project && own->place == kind->place &&
            own->minutes == kind->minutes && own->seats == kind->seats &&
            (own->supervised != 0) == kind->supervised && own->part == (int)kind->part)
            return k;
    }
    return -1;
}

static void match_kinds(struct check *check)
{
    const struct am_horizon *horizon = check->plan->horizon;
    bool all = horizon->kind_count == check->facts.kind_count;
    for (int k = 0; k < check->facts.kind_count; k++)
        check->plans_kind[k] = -1;
    for (int k = 0; k < horizon->kind_count; k++) {
        int own = find_kind(&check->facts, &horizon->kinds[k]);
        if (own >= 0 && check->plans_kind[own] >= 0)
            own = -1;
        check->kind_of[k] = own;
        if (own >= 0)
            check->plans_kind[own] = k;
        all = all && own >= 0;
    }
    if (!all)
        report_whole(check, AM_PLAN_KINDS, "the kinds of place are not those of the caseload");
}

static int find_entry(const struct am_plan_facts *facts, const struct am_planned *planned)
{
    if (planned->person < 0 || planned->person >= facts->caseload->person_count)
        return -1;
    int e = facts->first_entry[planned->person];
    while (e >= 0 && facts->entries[e].arrival != planned->arrival)
        e = facts->entries[e].next;
    if (e >= 0 && planned->arrival >= 0 && facts->entries[e].sentence != planned->sentence)
        return -1;
    return e;
}

static void match_people(struct check *check)
{
    const struct am_horizon *horizon = check->plan->horizon;
    bool all = horizon->planned_count == check->facts.entry_count;
    for (int e = 0; e < check->facts.entry_count; e++)
        check->planned_of[e] = -1;
    for (int i = 0; i < horizon->planned_count; i++) {
        int e = find_entry(&check->facts, &horizon->planned[i]);
        if (e >= 0 && check->planned_of[e] >= 0)
            e = -1;
        check->entry_of[i] = e;
        if (e >= 0)
            check->planned_of[e] = i;
        all = all && e >= 0;
    }
    if (!all)
        report_whole(check, AM_PLAN_PEOPLE, "planned are not those who have an order to credit");
}

/* Cells are read only where this holds. */
static bool cells_are_in_order(const struct check *check)
{
    const struct am_plan *plan = check->plan;
    const struct am_horizon *horizon = plan->horizon;
    int c = 0;
    for (int i = 0; i < horizon->planned_count; i++) {
        if (plan->first[i] != c)
            return false;
        for (; c < plan->cell_count && plan->cells[c].planned == i; c++) {
            const struct am_plan_cell *cell = &plan->cells[c], *last = cell - 1;
            if (cell->week < 0 || cell->week >= horizon->weeks || cell->kind < 0 ||
                cell->kind >= horizon->kind_count || cell->minutes <= 0)
                return false;
            if (c > plan->first[i] &&
                (cell->week < last->week || (cell->week == last->week && cell->kind <= last->kind)))
                return false;
        }
    }
    return c == plan->cell_count && plan->first[horizon->planned_count] == c;
}

/* ---- one entry ---- */

struct range {
    const struct am_plan_cell *at;
    int count;
};

static struct range cells_of(const struct check *check, int entry)
{
    int planned = check->planned_of[entry];
    if (planned < 0)
        return (struct range){NULL, 0};
    int first = check->plan->first[planned];
    return (struct range){check->plan->cells + first, check->plan->first[planned + 1] - first};
}

static bool is_ete(const struct check *check, int kind)
{
    const struct am_plan_facts *facts = &check->facts;
    return facts->caseload->projects[facts->kinds[kind].project].type == AM_ETE;
}

/* S6 and S5: thousandths of a point for a minute at the kind. */
static int64_t minute_cost(const struct check *check, int kind, int travel_min)
{
    const struct am_weights *weights = &check->facts.caseload->policy.weights;
    int64_t length = check->facts.kinds[kind].minutes;
    int64_t travel = (int64_t)THOUSANDTHS * weights->travel_minute * above_zero(travel_min);
    int64_t cost = (travel + length - 1) / length;
    return is_ete(check, kind) ? cost - (int64_t)THOUSANDTHS * weights->ete_minute : cost;
}

/* Cells at one kind of the plan: days, use, and what they cost. */
static int64_t check_kind(struct check *check, struct range cells, int plans_kind)
{
    struct am_plan_facts *facts = &check->facts;
    int kind = check->kind_of[plans_kind];
    if (kind < 0)
        return 0;
    int travel = am_audit_plan_reach(facts, kind);
    int64_t minutes = 0;
    for (int c = 0; c < cells.count; c++) {
        const struct am_plan_cell *cell = &cells.at[c];
        if (cell->kind != plans_kind)
            continue;
        int64_t most = (int64_t)__builtin_popcount(facts->at_hand.days[cell->week]) *
                       facts->kinds[kind].minutes;
        if (cell->minutes > most)
            report_person(check, AM_PLAN_DAYS, cell->week, plans_kind, cell->minutes, most);
        check->used_min[(size_t)kind * (size_t)facts->weeks + (size_t)cell->week] += cell->minutes;
        minutes += cell->minutes;
    }
    return minutes * minute_cost(check, kind, travel);
}

/* Is this the first cell of its kind? */
static bool is_first(struct range cells, int c)
{
    for (int i = 0; i < c; i++)
        if (cells.at[i].kind == cells.at[c].kind)
            return false;
    return true;
}

static int64_t check_kinds(struct check *check, struct range cells)
{
    int64_t cost = 0, ete = 0;
    for (int c = 0; c < cells.count; c++) {
        int kind = check->kind_of[cells.at[c].kind];
        if (is_first(cells, c))
            cost += check_kind(check, cells, cells.at[c].kind);
        ete += kind >= 0 && is_ete(check, kind) ? cells.at[c].minutes : 0;
    }
    if (cells.count > 0 && ete > check->facts.at_hand.ete_min)
        report_person(check, AM_PLAN_ETE, cells.at[0].week, -1, ete, check->facts.at_hand.ete_min);
    return cost;
}

static int64_t week_min(struct range cells, int week)
{
    int64_t sum = 0;
    for (int c = 0; c < cells.count; c++)
        sum += cells.at[c].week == week ? cells.at[c].minutes : 0;
    return sum;
}

/* S2 in a week that begins with so many minutes and adds so many. */
static int64_t short_cost(const struct am_audit_weeks *at_hand, int week, int64_t before,
                          int64_t added)
{
    int64_t cost = 0;
    for (int t = 0; t < at_hand->target_count; t++) {
        const struct am_audit_target *target = &at_hand->targets[t];
        if (target->week == week)
            cost += target->short_cost *
                    above_zero(target->by_min - before - lesser(added, target->by_day_min));
    }
    return cost;
}

/* S1: a minute that is missing from the first appointment at the end of a week. */
static int64_t start_cost(const struct check *check, int week, int64_t booked)
{
    const struct am_audit_weeks *at_hand = &check->facts.at_hand;
    const struct am_policy *policy = &check->facts.caseload->policy;
    int64_t least = lesser(policy->offer_minutes, at_hand->to_book_min);
    am_date sunday = check->facts.caseload->from + WEEKDAYS * week + WEEKDAYS - 1;
    if (!at_hand->start_counts || least <= 0)
        return 0;
    int64_t late = lesser(WEEKDAYS, above_zero((int64_t)sunday - at_hand->start_due));
    int64_t minute = (int64_t)THOUSANDTHS * policy->weights.start_late_day * late / least;
    return minute * above_zero(least - booked);
}

/* S3: what should be booked by the end of a week, and is not. */
static int64_t behind(const struct check *check, int week, int64_t booked)
{
    const struct am_audit_weeks *at_hand = &check->facts.at_hand;
    const struct am_policy *policy = &check->facts.caseload->policy;
    int64_t a_week = above_zero(policy->offer_minutes - policy->offer_tolerance_minutes);
    int64_t offered = a_week * (week + 1 - at_hand->first_day / WEEKDAYS);
    return above_zero(lesser(at_hand->to_book_min, offered) - booked);
}

static int64_t check_weeks(struct check *check, struct range cells)
{
    const struct am_plan_facts *facts = &check->facts;
    const struct am_audit_weeks *at_hand = &facts->at_hand;
    int64_t offer = (int64_t)THOUSANDTHS * facts->caseload->policy.weights.offer_minute;
    int64_t booked = 0, fresh = 0, cost = 0;
    for (int w = 0; w < facts->weeks; w++) {
        int64_t added = week_min(cells, w), before = booked;
        fresh += added;
        booked += added + at_hand->fixed_min[w];
        if (added > at_hand->most_min[w])
            report_person(check, AM_PLAN_WEEK, w, -1, added, at_hand->most_min[w]);
        if (fresh > 0 && booked > at_hand->cap_min[w])
            report_person(check, AM_PLAN_TO_BOOK, w, -1, booked, at_hand->cap_min[w]);
        cost += short_cost(at_hand, w, before, added + at_hand->fixed_min[w]);
        cost += start_cost(check, w, booked);
        cost += offer / facts->weeks * behind(check, w, booked);
    }
    return cost + offer * above_zero(at_hand->to_book_min - booked);
}

static void check_entries(struct check *check)
{
    struct am_plan_facts *facts = &check->facts;
    for (int i = 0; i < facts->caseload->person_count; i++) {
        int person = am_audit_days_person(facts->ahead, i);
        if (facts->first_entry[person] < 0)
            continue;
        am_audit_plan_person(facts, person);
        for (int e = facts->first_entry[person]; e >= 0; e = facts->entries[e].next) {
            struct range cells = cells_of(check, e);
            am_audit_plan_entry(facts, e);
            check->audit->objective += check_kinds(check, cells) + check_weeks(check, cells);
        }
    }
}

/* ---- places ---- */

static int64_t run_min(const struct check *check, int kind, int week)
{
    int64_t seats = check->facts.kinds[kind].seats;
    int64_t used = check->used_min[(size_t)kind * (size_t)check->facts.weeks + (size_t)week];
    return (used + seats - 1) / seats;
}

static void check_places(struct check *check)
{
    const struct am_plan_facts *facts = &check->facts;
    for (int w = 0; w < facts->weeks; w++) {
        int64_t led[AM_AUDIT_LED_ROWS] = {0};
        for (int k = 0; k < facts->kind_count; k++) {
            int64_t taken = run_min(check, k, w);
            int64_t held = facts->held_min[(size_t)k * (size_t)facts->weeks + (size_t)w];
            if (taken > held)
                report_place(check, AM_PLAN_PLACES, w, check->plans_kind[k], taken, held);
            if (!facts->kinds[k].supervised)
                continue;
            led[facts->kinds[k].part] += taken;
            led[AM_AUDIT_WHOLE_WEEK] += taken;
        }
        for (int r = 0; r < AM_AUDIT_LED_ROWS; r++)
            if (led[r] > facts->led_min[w * AM_AUDIT_LED_ROWS + r])
                report_place(check, AM_PLAN_SUPERVISORS, w, -1, led[r],
                             facts->led_min[w * AM_AUDIT_LED_ROWS + r]);
    }
}

/* ---- what it says of itself ---- */

static bool use_is_right(const struct check *check, int kind, int week)
{
    int own = check->kind_of[kind];
    const struct am_plan_use *use = &check->plan->uses[kind * check->facts.weeks + week];
    if (own < 0)
        return true; /* told already */
    return use->price >= 0 && use->run_min == run_min(check, own, week) &&
           use->seat_min ==
               check->used_min[(size_t)own * (size_t)check->facts.weeks + (size_t)week];
}

static void check_claims(struct check *check)
{
    const struct am_plan *plan = check->plan;
    bool uses = true;
    for (int k = 0; k < plan->horizon->kind_count; k++)
        for (int w = 0; w < check->facts.weeks; w++)
            uses = uses && use_is_right(check, k, w);
    for (int i = 0; i < check->facts.weeks * AM_SUPERVISED_ROWS; i++)
        uses = uses && plan->supervisor_price[i] >= 0;
    if (!uses)
        report_whole(check, AM_PLAN_USES, "what it says of the use of places is not so");
    if (plan->objective != check->audit->objective)
        report_whole(check, AM_PLAN_OBJECTIVE, "it does not cost what it says");
    if (plan->bound > plan->objective)
        report_whole(check, AM_PLAN_BOUND, "its bound is above its cost");
}

/* ---- the audit ---- */

static am_status reckon_facts(struct check *check, const struct am_caseload *caseload,
                              int arrivals_per_week, struct am_err *err)
{
    struct am_plan_facts *facts = &check->facts;
    struct am_arena *arena = &check->audit->arena;
    facts->caseload = caseload;
    am_status status = am_audit_facts_build(caseload, arena, &facts->audit, err);
    if (status != AM_OK)
        return status;
    facts->weeks = count_weeks(caseload, &facts->audit);
    facts->days = WEEKDAYS * facts->weeks;
    status = am_audit_plan_places(facts, arena, err);
    return status == AM_OK ? am_audit_plan_people(facts, arrivals_per_week, arena, err) : status;
}

static am_status make_room(struct check *check, struct am_err *err)
{
    const struct am_horizon *horizon = check->plan->horizon;
    const struct am_plan_facts *facts = &check->facts;
    struct am_arena *arena = &check->audit->arena;
    check->kind_of = AM_ARENA_NEW(arena, (size_t)horizon->kind_count, int);
    check->plans_kind = AM_ARENA_NEW(arena, (size_t)facts->kind_count, int);
    check->entry_of = AM_ARENA_NEW(arena, (size_t)horizon->planned_count, int);
    check->planned_of = AM_ARENA_NEW(arena, (size_t)facts->entry_count, int);
    check->used_min =
        AM_ARENA_NEW(arena, (size_t)facts->kind_count * (size_t)facts->weeks, int64_t);
    return check->kind_of && check->plans_kind && check->entry_of && check->planned_of &&
                   check->used_min
               ? AM_OK
               : am_fail_memory(err);
}

static am_status run(struct check *check, const struct am_caseload *caseload, int arrivals_per_week,
                     struct am_err *err)
{
    am_status status = reckon_facts(check, caseload, arrivals_per_week, err);
    if (status == AM_OK)
        status = make_room(check, err);
    if (status != AM_OK)
        return status;
    if (check->plan->horizon->weeks != check->facts.weeks)
        report_whole(check, AM_PLAN_KINDS, "the weeks are not those of the caseload");
    else if (!cells_are_in_order(check))
        report_whole(check, AM_PLAN_CELLS, "what is planned is not in order");
    else {
        match_kinds(check);
        match_people(check);
        check_entries(check);
        check_places(check);
        check_claims(check);
    }
    if (check->no_memory)
        return am_fail_memory(err);
    if (check->audit->breach_count > 0)
        qsort(check->audit->breaches, (size_t)check->audit->breach_count,
              sizeof *check->audit->breaches, compare_breaches);
    return AM_OK;
}

am_status am_audit_plan(const struct am_caseload *caseload, const struct am_plan *plan,
                        int arrivals_per_week, struct am_plan_audit *audit, struct am_err *err)
{
    struct check check = {.plan = plan, .audit = audit};
    *audit = (struct am_plan_audit){0};
    am_arena_init(&audit->arena);
    am_status status = run(&check, caseload, arrivals_per_week, err);
    if (status != AM_OK)
        am_plan_audit_release(audit);
    return status;
}

void am_plan_audit_release(struct am_plan_audit *audit)
{
    am_arena_release(&audit->arena);
    *audit = (struct am_plan_audit){0};
}

bool am_plan_audit_passes(const struct am_plan_audit *audit)
{
    return audit->breach_count == 0;
}
