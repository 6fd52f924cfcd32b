#include "tests/oracle/brute.h"

#include <stdlib.h>

#include "model/audit_parts.h"

/* One pattern of a person, and the points of S1-S10 that it costs. */
struct pattern {
    int64_t points;
    int count;
    int session[BRUTE_SESSIONS], minutes[BRUTE_SESSIONS];
};

struct choices {
    struct pattern *at;
    int count, room;
};

struct brute {
    const struct am_caseload *caseload;
    struct am_arena arena;
    struct am_audit_facts facts;
    struct choices people[BRUTE_PEOPLE];
    int order[BRUTE_PEOPLE];        /* people, those with the fewest patterns first */
    int64_t rest[BRUTE_PEOPLE + 1]; /* least points of the people still to come */
    int chosen[BRUTE_PEOPLE];
    struct am_audit_booking booked[BRUTE_SESSIONS][2 * BRUTE_PEOPLE];
    int booked_count[BRUTE_SESSIONS], heads[BRUTE_SESSIONS];
    struct am_roster_session as[BRUTE_SESSIONS];
    int64_t best;
    int best_chosen[BRUTE_PEOPLE];
    struct am_roster_session best_as[BRUTE_SESSIONS];
    struct brute_answer *answer;
    struct brute_demand demand;
};

/* ---- patterns of one person ---- */

struct draft {
    struct brute *brute;
    int person;
    int sessions[BRUTE_SESSIONS], count; /* that the person may attend, by date */
    int taken[BRUTE_SESSIONS], taken_count;
};

static struct am_audit_booking fixed_booking(const struct am_audit_facts *facts, int f)
{
    const struct am_audit_fixed *fixed = &facts->fixed[f];
    return (struct am_audit_booking){fixed->person,   fixed->session, fixed->order,
                                     fixed->start,    fixed->minutes, f,
                                     fixed->recorded, fixed->offered};
}

static struct am_audit_booking new_booking(const struct am_audit_facts *facts, int person,
                                           int session, int minutes)
{
    return (struct am_audit_booking){.person = person,
                                     .session = session,
                                     .order = facts->people[person].order,
                                     .start = facts->caseload->sessions[session].start,
                                     .minutes = minutes,
                                     .fixed = -1,
                                     .offered = true};
}

static int compare_bookings(const void *left, const void *right)
{
    const struct am_audit_booking *a = left, *b = right;
    return (a->session > b->session) - (a->session < b->session);
}

/* Fixed and new ones together, by date. */
static int gather(const struct am_audit_facts *facts, int person, const struct pattern *pattern,
                  struct am_audit_booking *bookings)
{
    const struct am_audit_person *p = &facts->people[person];
    int count = 0;
    for (int i = 0; i < p->fixed_count; i++)
        bookings[count++] = fixed_booking(facts, p->first_fixed + i);
    for (int i = 0; i < pattern->count; i++)
        bookings[count++] = new_booking(facts, person, pattern->session[i], pattern->minutes[i]);
    qsort(bookings, (size_t)count, sizeof *bookings, compare_bookings);
    return count;
}

/* Is it one that the demand allows? */
static bool is_wanted(const struct brute *brute, int person, const struct pattern *pattern)
{
    const struct brute_demand *demand = &brute->demand;
    bool there = false, stopped = false;
    for (int i = 0; i < pattern->count; i++) {
        there |= pattern->session[i] == demand->at;
        stopped |= pattern->session[i] == demand->stops;
    }
    return !stopped && (person != demand->person || there);
}

static am_status keep_pattern(struct brute *brute, int person, const struct pattern *pattern)
{
    struct choices *choices = &brute->people[person];
    if (!is_wanted(brute, person, pattern))
        return AM_OK;
    if (choices->count == choices->room) {
        int room = choices->room > 0 ? 2 * choices->room : 16;
        struct pattern *larger = AM_ARENA_NEW(&brute->arena, (size_t)room, struct pattern);
        if (!larger)
            return AM_ENOMEM;
        for (int i = 0; i < choices->count; i++)
            larger[i] = choices->at[i];
        choices->at = larger;
        choices->room = room;
    }
    choices->at[choices->count++] = *pattern;
    return AM_OK;
}

/* The minutes follow from the sessions: all of each, of the last what is left. */
static am_status try_pattern(const struct draft *draft)
{
    struct brute *brute = draft->brute;
    struct pattern pattern = {.count = draft->taken_count};
    int64_t left = brute->facts.people[draft->person].free_min;
    for (int i = 0; i < draft->taken_count; i++) {
        int minutes = brute->caseload->sessions[draft->taken[i]].minutes;
        if (i == draft->taken_count - 1 && minutes > left)
            minutes = (int)left;
        pattern.session[i] = draft->taken[i];
        pattern.minutes[i] = minutes;
        left -= minutes;
    }
    struct am_audit_booking bookings[2 * BRUTE_SESSIONS];
    int count = gather(&brute->facts, draft->person, &pattern, bookings);
    struct am_audit_range range = {bookings, count};
    struct am_audit_log log = {0};
    am_audit_check_person(&log, &brute->facts, draft->person, range);
    if (log.broken > 0)
        return AM_OK;
    struct am_score score = {0};
    am_audit_score_person(&brute->facts, draft->person, range, &score);
    am_audit_total(&score);
    pattern.points = score.total;
    return keep_pattern(brute, draft->person, &pattern);
}

static am_status extend(struct draft *draft, int from)
{
    am_status status = try_pattern(draft);
    for (int i = from; i < draft->count && status == AM_OK; i++) {
        draft->taken[draft->taken_count++] = draft->sessions[i];
        status = extend(draft, i + 1);
        draft->taken_count--;
    }
    return status;
}

static int compare_patterns(const void *left, const void *right)
{
    const struct pattern *a = left, *b = right;
    return (a->points > b->points) - (a->points < b->points);
}

static am_status find_patterns(struct brute *brute, int person)
{
    struct draft draft = {.brute = brute, .person = person};
    for (int s = 0; s < brute->caseload->window_session_count; s++)
        if (am_audit_fixed_find(&brute->facts, person, s) < 0 &&
            am_audit_forbidden(&brute->facts, person, s) == 0)
            draft.sessions[draft.count++] = s;
    am_status status = extend(&draft, 0);
    struct choices *choices = &brute->people[person];
    if (choices->count > 0)
        qsort(choices->at, (size_t)choices->count, sizeof *choices->at, compare_patterns);
    return status;
}

/* ---- supervisors, once everybody is placed ---- */

static struct am_audit_range booked_at(const struct brute *brute, int s)
{
    return (struct am_audit_range){brute->booked[s], brute->booked_count[s]};
}

static int64_t session_points(const struct brute *brute, int s)
{
    struct am_score score = {0};
    am_audit_score_session(&brute->facts, s, brute->as[s], booked_at(brute, s), &score);
    am_audit_total(&score);
    return score.total;
}

static bool session_obeys(const struct brute *brute, int s)
{
    struct am_audit_log log = {0};
    am_audit_check_session(&log, &brute->facts, s, brute->as[s], booked_at(brute, s));
    return log.broken == 0;
}

static bool supervisor_obeys(const struct brute *brute, int m)
{
    struct am_audit_log log = {0};
    if (m >= 0)
        am_audit_check_supervisor(&log, &brute->facts, brute->as, m);
    return log.broken == 0;
}

static void keep_best(struct brute *brute, int64_t points)
{
    brute->best = points;
    brute->answer->found = true;
    for (int p = 0; p < brute->caseload->person_count; p++)
        brute->best_chosen[p] = brute->chosen[p];
    for (int s = 0; s < brute->caseload->window_session_count; s++)
        brute->best_as[s] = brute->as[s];
}

/* Sessions from s on, in every way; those not yet decided do not run. What
 * they cost is never less than nothing. */
static void decide(struct brute *brute, int s, int64_t points)
{
    if (brute->answer->found && points >= brute->best)
        return;
    if (s == 0 && brute->demand.runs >= 0 && brute->heads[brute->demand.runs] == 0)
        return;
    if (s == brute->caseload->window_session_count) {
        keep_best(brute, points);
        return;
    }
    const struct am_audit_session *state = &brute->facts.sessions[s];
    bool runs = state->open ? brute->heads[s] > 0 : state->stays_running;
    int most =
        brute->caseload->sessions[s].supervised && runs ? brute->caseload->supervisor_count : 0;
    for (int m = -1; m < most; m++) {
        if (!state->open && m >= 0)
            break;
        int leader = state->open ? m : state->stays_led_by;
        brute->as[s] = (struct am_roster_session){runs, leader};
        if (session_obeys(brute, s) && supervisor_obeys(brute, leader))
            decide(brute, s + 1, points + session_points(brute, s));
        brute->as[s] = (struct am_roster_session){false, -1};
    }
}

/* ---- everybody's pattern ---- */

static void book(struct brute *brute, int person, const struct pattern *pattern)
{
    for (int i = 0; i < pattern->count; i++) {
        int s = pattern->session[i];
        brute->booked[s][brute->booked_count[s]++] =
            new_booking(&brute->facts, person, s, pattern->minutes[i]);
        brute->heads[s]++;
    }
}

static void unbook(struct brute *brute, const struct pattern *pattern)
{
    for (int i = 0; i < pattern->count; i++) {
        brute->booked_count[pattern->session[i]]--;
        brute->heads[pattern->session[i]]--;
    }
}

static bool has_room(const struct brute *brute, const struct pattern *pattern)
{
    for (int i = 0; i < pattern->count; i++) {
        const struct am_audit_session *state = &brute->facts.sessions[pattern->session[i]];
        int most = state->bookable > state->fixed_heads ? state->bookable : state->fixed_heads;
        if (brute->heads[pattern->session[i]] + 1 > most)
            return false;
    }
    return true;
}

static void place(struct brute *brute, int i, int64_t points)
{
    if (brute->answer->nodes++ >= BRUTE_NODES) {
        brute->answer->given_up = true;
        return;
    }
    if (i == brute->caseload->person_count) {
        decide(brute, 0, points);
        return;
    }
    int person = brute->order[i];
    const struct choices *choices = &brute->people[person];
    for (int k = 0; k < choices->count && !brute->answer->given_up; k++) {
        int64_t with = points + choices->at[k].points;
        if (brute->answer->found && with + brute->rest[i + 1] >= brute->best)
            return; /* they are sorted by points */
        if (!has_room(brute, &choices->at[k]))
            continue;
        book(brute, person, &choices->at[k]);
        brute->chosen[person] = k;
        place(brute, i + 1, with);
        unbook(brute, &choices->at[k]);
    }
}

/* ---- all ---- */

static void set_order(struct brute *brute)
{
    int n = brute->caseload->person_count;
    for (int i = 0; i < n; i++) {
        int at = i;
        for (; at > 0 && brute->people[brute->order[at - 1]].count > brute->people[i].count; at--)
            brute->order[at] = brute->order[at - 1];
        brute->order[at] = i;
    }
    brute->rest[n] = 0;
    for (int i = n - 1; i >= 0; i--) {
        const struct choices *choices = &brute->people[brute->order[i]];
        brute->rest[i] = brute->rest[i + 1] + (choices->count > 0 ? choices->at[0].points : 0);
    }
}

static am_status prepare(struct brute *brute, struct am_err *err)
{
    const struct am_caseload *caseload = brute->caseload;
    if (caseload->person_count > BRUTE_PEOPLE || caseload->window_session_count > BRUTE_SESSIONS)
        return am_fail(err, AM_EINVALID, "the caseload is not tiny");
    am_status status = am_audit_facts_build(caseload, &brute->arena, &brute->facts, err);
    for (int p = 0; p < caseload->person_count && status == AM_OK; p++)
        status = find_patterns(brute, p);
    if (status != AM_OK)
        return status;
    set_order(brute);
    for (int s = 0; s < caseload->window_session_count; s++)
        brute->as[s].supervisor = -1;
    for (int f = 0; f < brute->facts.fixed_count; f++) {
        int s = brute->facts.fixed[f].session;
        brute->booked[s][brute->booked_count[s]++] = fixed_booking(&brute->facts, f);
        brute->heads[s] += !brute->facts.fixed[f].recorded;
    }
    return AM_OK;
}

static am_status write_roster(const struct brute *brute, struct am_roster *roster,
                              struct am_err *err)
{
    am_status status = am_audit_fixed_roster(&brute->facts, roster, err);
    for (int p = 0; p < brute->caseload->person_count && status == AM_OK; p++) {
        const struct pattern *pattern = &brute->people[p].at[brute->best_chosen[p]];
        for (int i = 0; i < pattern->count && status == AM_OK; i++) {
            int s = pattern->session[i];
            struct am_audit_journey journey = am_audit_journey_of(brute->caseload, p, s);
            struct am_roster_appointment a = {
                .person = p,
                .order = brute->facts.people[p].order,
                .session = s,
                .start = brute->caseload->sessions[s].start,
                .minutes = (int16_t)pattern->minutes[i],
                .there = (int16_t)(journey.known ? journey.there : -1),
                .back = (int16_t)(journey.known ? journey.back : -1),
                .mode = (uint8_t)journey.mode,
            };
            status = am_roster_add(roster, a, err);
        }
    }
    for (int s = 0; s < brute->caseload->window_session_count; s++)
        roster->sessions[s] = brute->best_as[s];
    am_roster_sort(roster);
    return status;
}

static am_status solve(const struct am_caseload *caseload, struct brute_demand demand,
                       struct am_roster *roster, struct brute_answer *answer, struct am_err *err)
{
    *answer = (struct brute_answer){0};
    struct brute *brute = calloc(1, sizeof *brute);
    if (!brute)
        return am_fail_memory(err);
    brute->caseload = caseload;
    brute->answer = answer;
    brute->demand = demand;
    am_arena_init(&brute->arena);
    am_status status = prepare(brute, err);
    if (status == AM_OK)
        place(brute, 0, 0);
    answer->optimum = brute->best;
    if (status == AM_OK && answer->found && roster)
        status = write_roster(brute, roster, err);
    am_arena_release(&brute->arena);
    free(brute);
    return status;
}

static const struct brute_demand no_demand = {-1, -1, -1, -1};

am_status brute_solve(const struct am_caseload *caseload, struct am_roster *roster,
                      struct brute_answer *answer, struct am_err *err)
{
    am_status status = am_roster_init(roster, caseload, err);
    return status == AM_OK ? solve(caseload, no_demand, roster, answer, err) : status;
}

am_status brute_solve_where(const struct am_caseload *caseload, struct brute_demand demand,
                            struct brute_answer *answer, struct am_err *err)
{
    return solve(caseload, demand, NULL, answer, err);
}
