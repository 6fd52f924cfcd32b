/* Counts and sums over a roster. The one judgement here is the main reason why
 * somebody has no place: see reason_of. */
#include "io/report_figures.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct gatherer {
    const struct am_caseload *caseload;
    const struct am_roster_context *context;
    const struct am_roster *roster;
    struct am_arena *arena;
    struct am_figures *figures;
    int32_t *appointments_of; /* by person */
};

const char *am_why_not_word(enum am_why_not why)
{
    static const char *const words[AM_WHY_COUNT] = {
        [AM_WHY_RUNS] = "runs",
        [AM_WHY_CANCELLED] = "cancelled",
        [AM_WHY_NON_WORKING_DAY] = "non_working_day",
        [AM_WHY_PAST] = "past",
        [AM_WHY_NO_SUPERVISOR] = "no_supervisor",
        [AM_WHY_NOBODY] = "nobody_eligible",
        [AM_WHY_TOO_FEW] = "too_few_eligible",
        [AM_WHY_NOT_CHOSEN] = "not_chosen",
    };
    return words[why];
}

const char *am_why_not_sentence(enum am_why_not why)
{
    static const char *const sentences[AM_WHY_COUNT] = {
        [AM_WHY_RUNS] = "runs",
        [AM_WHY_CANCELLED] = "cancelled",
        [AM_WHY_NON_WORKING_DAY] = "not a working day",
        [AM_WHY_PAST] = "the day is past",
        [AM_WHY_NO_SUPERVISOR] = "no supervisor is free and qualified for it",
        [AM_WHY_NOBODY] = "nobody may attend it",
        [AM_WHY_TOO_FEW] = "fewer people may attend it than its minimum group",
        [AM_WHY_NOT_CHOSEN] = "its people or its supervisor are of more use elsewhere",
    };
    return sentences[why];
}

const char *am_change_word(enum am_change_kind kind)
{
    static const char *const words[] = {
        [AM_CHANGE_SESSION_STARTS] = "session_starts",
        [AM_CHANGE_SESSION_STOPS] = "session_stops",
        [AM_CHANGE_SUPERVISOR] = "supervisor",
        [AM_CHANGE_ADDED] = "added",
        [AM_CHANGE_REMOVED] = "removed",
    };
    return words[kind];
}

bool am_waiver_in_force(const struct am_caseload *caseload, const struct am_waiver *waiver)
{
    return waiver->until == AM_NO_DATE || waiver->until >= caseload->from;
}

/* ---- people and their appointments ---- */

static void count_appointments(struct gatherer *g)
{
    struct am_figures *figures = g->figures;
    for (int i = 0; i < g->roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &g->roster->appointments[i];
        struct am_session_figures *session = &figures->sessions[a->session];
        const struct am_person *person = &g->caseload->people[a->person];
        session->booked++;
        session->expected_hundredths += person->attendance_percent;
        if (person->limited_access)
            session->limited_access++;
        else
            session->named++;
        g->appointments_of[a->person]++;
        figures->appointments++;
        if (a->recorded)
            continue;
        figures->booked_min += a->minutes;
        if (a->there >= 0 && a->back >= 0) {
            figures->travel_min += a->there + a->back;
            figures->journeys++;
        }
    }
}

/*
 * The rule that forbids this person most of the window's sessions; ties: the
 * lowest. Counted by any rule, not by the first: many sessions break several,
 * and the lowest-numbered would hide the others. -1 where no rule forbids any.
 */
static int reason_of(const struct gatherer *g, int person)
{
    const int32_t *any = &g->context->eligibility->forbidden_any[(ptrdiff_t)person * AM_RULE_COUNT];
    int reason = -1;
    for (int rule = 0; rule < AM_RULE_COUNT; rule++)
        if (any[rule] > (reason < 0 ? 0 : any[reason]))
            reason = rule;
    return reason;
}

static void count_unplaced(struct gatherer *g, int person)
{
    const int64_t *first = g->context->eligibility->first;
    struct am_unplaced unplaced = {person, first[person + 1] - first[person], -1};
    if (unplaced.eligible == 0)
        unplaced.reason = reason_of(g, person);
    if (unplaced.reason < 0)
        g->figures->no_place++;
    else
        g->figures->reasons[unplaced.reason]++;
    g->figures->unplaced[g->figures->unplaced_count++] = unplaced;
}

static void count_people(struct gatherer *g)
{
    for (int p = 0; p < g->caseload->person_count; p++) {
        bool due = g->context->orders->people[p].order >= 0;
        if (!due && g->appointments_of[p] == 0)
            continue;
        g->figures->due++;
        if (g->appointments_of[p] > 0)
            g->figures->placed++;
        else
            count_unplaced(g, p);
    }
}

/* ---- first appointments (S1) ---- */

/* The date of each person's first appointment to the order they now work. */
static am_date *first_dates(const struct gatherer *g)
{
    am_date *first = AM_ARENA_NEW(g->arena, (size_t)g->caseload->person_count, am_date);
    for (int p = 0; first && p < g->caseload->person_count; p++)
        first[p] = AM_NO_DATE;
    for (int i = 0; first && i < g->roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &g->roster->appointments[i];
        am_date date = g->caseload->sessions[a->session].date;
        if (a->recorded || a->order != g->context->orders->people[a->person].order)
            continue;
        if (first[a->person] == AM_NO_DATE || date < first[a->person])
            first[a->person] = date;
    }
    return first;
}

static am_status list_late_starts(struct gatherer *g, struct am_err *err)
{
    const am_date *first = first_dates(g);
    size_t room = (size_t)g->caseload->person_count;
    g->figures->late = AM_ARENA_NEW(g->arena, room, struct am_late_start);
    if (!first || !g->figures->late)
        return am_fail_memory(err);
    for (int p = 0; p < g->caseload->person_count; p++) {
        int order = g->context->orders->people[p].order;
        if (order < 0)
            continue;
        const struct am_order_state *state = &g->context->orders->orders[order];
        am_date begun = first[p] != AM_NO_DATE ? first[p] : am_caseload_last(g->caseload) + 1;
        if (state->started || state->start_due == AM_NO_DATE || begun <= state->start_due)
            continue;
        g->figures->late[g->figures->late_count++] =
            (struct am_late_start){p, order, first[p], begun - state->start_due};
    }
    return AM_OK;
}

/* ---- sessions ---- */

static void count_eligible(struct gatherer *g)
{
    const struct am_eligibility *eligibility = g->context->eligibility;
    for (int64_t i = 0; i < eligibility->pair_count; i++)
        g->figures->sessions[eligibility->pairs[i].session].eligible++;
    for (int i = 0; i < g->context->orders->fixed_count; i++)
        if (g->context->orders->fixed[i].offered)
            g->figures->sessions[g->context->orders->fixed[i].session].eligible++;
}

static bool somebody_may_lead(const struct am_caseload *caseload, int session)
{
    for (int m = 0; m < caseload->supervisor_count; m++)
        if (am_may_lead(caseload, m, session))
            return true;
    return false;
}

static enum am_why_not why_not(const struct gatherer *g, int index)
{
    const struct am_session *session = &g->caseload->sessions[index];
    if (g->roster->sessions[index].runs)
        return AM_WHY_RUNS;
    if (session->closed == AM_CANCELLED)
        return AM_WHY_CANCELLED;
    if (session->closed == AM_NON_WORKING_DAY)
        return AM_WHY_NON_WORKING_DAY;
    if (am_session_past(g->caseload, index))
        return AM_WHY_PAST;
    if (session->supervised && !somebody_may_lead(g->caseload, index))
        return AM_WHY_NO_SUPERVISOR;
    if (g->figures->sessions[index].eligible == 0)
        return AM_WHY_NOBODY;
    return g->figures->sessions[index].eligible < session->min_group ? AM_WHY_TOO_FEW
                                                                     : AM_WHY_NOT_CHOSEN;
}

static void count_sessions(struct gatherer *g)
{
    struct am_figures *figures = g->figures;
    count_eligible(g);
    for (int s = 0; s < g->caseload->window_session_count; s++) {
        const struct am_session *session = &g->caseload->sessions[s];
        struct am_session_figures *mine = &figures->sessions[s];
        int32_t spare = session->places - mine->booked;
        mine->places_free = spare > 0 ? spare : 0;
        mine->why_not = why_not(g, s);
        if (session->closed == AM_OPEN && !am_session_past(g->caseload, s))
            figures->open_sessions++;
        if (mine->why_not != AM_WHY_RUNS)
            continue;
        figures->run_sessions++;
        figures->seats += session->places;
        figures->seats_used += mine->booked;
        figures->expected_hundredths += mine->expected_hundredths;
    }
}

/* ---- orders ---- */

static void count_orders(struct gatherer *g)
{
    for (int i = 0; i < g->roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &g->roster->appointments[i];
        const struct am_person *person = &g->caseload->people[a->person];
        for (int j = 0; !a->recorded && j < person->order_count; j++)
            if (am_counts_towards(g->context->orders, a->order, person->first_order + j))
                g->figures->orders[person->first_order + j].booked_min += a->minutes;
    }
    for (int j = 0; j < g->caseload->order_count; j++) {
        struct am_order_figures *order = &g->figures->orders[j];
        order->outlook = am_order_outlook(g->caseload, g->context->orders, g->context->clocks, j,
                                          order->booked_min);
        g->figures->outlooks[order->outlook]++;
    }
}

/* ---- changes ---- */

static void add_change(struct gatherer *g, struct am_change change)
{
    g->figures->changes[g->figures->change_count++] = change;
}

/* What was published of each session: -2 nothing, -1 running, else its supervisor. */
enum { NOT_PUBLISHED = -2 };

static void list_session_changes(struct gatherer *g, const int32_t *published)
{
    for (int s = 0; s < g->caseload->window_session_count; s++) {
        const struct am_roster_session *now = &g->roster->sessions[s];
        bool ran = published[s] != NOT_PUBLISHED;
        if (am_session_past(g->caseload, s))
            continue;
        if (now->runs != ran)
            add_change(g,
                       (struct am_change){ran ? AM_CHANGE_SESSION_STOPS : AM_CHANGE_SESSION_STARTS,
                                          s, -1, -1, -1});
        else if (ran && published[s] >= 0 && published[s] != now->supervisor)
            add_change(
                g, (struct am_change){AM_CHANGE_SUPERVISOR, s, -1, published[s], now->supervisor});
    }
}

/* One appointment as a number that sorts by session, then person. */
static int64_t pair_key(int session, int person)
{
    return ((int64_t)session << 32) | person;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void add_person_change(struct gatherer *g, int64_t key, enum am_change_kind kind)
{
    int session = (int)(key >> 32), person = (int)(key & INT32_MAX);
    if (!am_session_past(g->caseload, session))
        add_change(g, (struct am_change){kind, session, person, -1, -1});
}

/* Both lists sorted: what is only in one of them has changed. */
static void list_person_changes(struct gatherer *g, const int64_t *before, int before_count,
                                const int64_t *now, int now_count)
{
    int i = 0, j = 0;
    while (i < before_count || j < now_count) {
        if (j == now_count || (i < before_count && before[i] < now[j]))
            add_person_change(g, before[i++], AM_CHANGE_REMOVED);
        else if (i == before_count || now[j] < before[i])
            add_person_change(g, now[j++], AM_CHANGE_ADDED);
        else {
            i++;
            j++;
        }
    }
}

static void mark_published(const struct am_caseload *caseload, int32_t *published)
{
    for (int s = 0; s < caseload->window_session_count; s++)
        published[s] = NOT_PUBLISHED;
    for (int i = 0; i < caseload->published_appointment_count; i++)
        published[caseload->published_appointments[i].session] = -1;
    for (int i = 0; i < caseload->published_session_count; i++)
        published[caseload->published_sessions[i].session] =
            caseload->published_sessions[i].supervisor;
}

static am_status list_changes(struct gatherer *g, struct am_err *err)
{
    const struct am_caseload *caseload = g->caseload;
    int before_count = caseload->published_appointment_count;
    int now_count = g->roster->appointment_count;
    if (!caseload->has_published)
        return AM_OK;
    size_t sessions = (size_t)caseload->window_session_count;
    int32_t *published = AM_ARENA_NEW(g->arena, sessions, int32_t);
    int64_t *before = AM_ARENA_NEW(g->arena, (size_t)before_count, int64_t);
    int64_t *now = AM_ARENA_NEW(g->arena, (size_t)now_count, int64_t);
    g->figures->changes = AM_ARENA_NEW(
        g->arena, sessions + (size_t)before_count + (size_t)now_count, struct am_change);
    if (!published || !before || !now || !g->figures->changes)
        return am_fail_memory(err);
    for (int i = 0; i < before_count; i++)
        before[i] = pair_key(caseload->published_appointments[i].session,
                             caseload->published_appointments[i].person);
    for (int i = 0; i < now_count; i++)
        now[i] = pair_key(g->roster->appointments[i].session, g->roster->appointments[i].person);
    qsort(before, (size_t)before_count, sizeof *before, by_value);
    qsort(now, (size_t)now_count, sizeof *now, by_value);
    mark_published(caseload, published);
    list_session_changes(g, published);
    list_person_changes(g, before, before_count, now, now_count);
    return AM_OK;
}

static am_status take_memory(struct gatherer *g, struct am_err *err)
{
    const struct am_caseload *caseload = g->caseload;
    struct am_figures *figures = g->figures;
    size_t people = (size_t)caseload->person_count;
    memset(figures, 0, sizeof *figures);
    figures->sessions =
        AM_ARENA_NEW(g->arena, (size_t)caseload->window_session_count, struct am_session_figures);
    figures->orders =
        AM_ARENA_NEW(g->arena, (size_t)caseload->order_count, struct am_order_figures);
    figures->unplaced = AM_ARENA_NEW(g->arena, people, struct am_unplaced);
    g->appointments_of = AM_ARENA_NEW(g->arena, people, int32_t);
    if (!figures->sessions || !figures->orders || !figures->unplaced || !g->appointments_of)
        return am_fail_memory(err);
    return AM_OK;
}

am_status am_figures_gather(const struct am_roster_context *context, const struct am_roster *roster,
                            struct am_arena *arena, struct am_figures *figures, struct am_err *err)
{
    struct gatherer g = {.caseload = context->caseload,
                         .context = context,
                         .roster = roster,
                         .arena = arena,
                         .figures = figures};
    am_status status = take_memory(&g, err);
    if (status)
        return status;
    count_appointments(&g);
    count_sessions(&g);
    count_people(&g);
    count_orders(&g);
    for (int i = 0; i < g.caseload->waiver_count; i++)
        figures->waivers_in_force += am_waiver_in_force(g.caseload, &g.caseload->waivers[i]);
    status = list_late_starts(&g, err);
    return status ? status : list_changes(&g, err);
}
