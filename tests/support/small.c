#include "tests/support/small.h"

#include "model/audit_parts.h"

enum { EVERY_DAY = 0x7f, HOME = 0, SITE = 1, FAR_AWAY = 2, ALL_PLACEMENTS = 7 };

static const char *const crns[P_COUNT] = {"X000001", "X000002", "X000003", "X000004",
                                          "X000005", "X000006", "X000007"};

static void set_places(struct small *small)
{
    static const int16_t minutes[9] = {0, 20, 120, 20, 0, 100, 120, 100, 0};
    for (int i = 0; i < 3; i++) {
        small->places[i] = (struct am_place){.id = "", .name = "", .address = ""};
        small->row_of[i] = i;
    }
    for (int i = 0; i < 9; i++)
        small->minutes[i] = minutes[i];
    small->table = (struct am_travel_table){
        .mode = AM_PUBLIC_TRANSPORT,
        .directions = AM_THERE | AM_BACK,
        .days = EVERY_DAY,
        .hour = -1,
        .quality = AM_TIMETABLE,
        .rows = 3,
        .columns = 3,
        .row_of = small->row_of,
        .column_of = small->row_of,
        .minutes = small->minutes,
    };
}

static void set_person(struct small *small, int p)
{
    bool woman = p == P_WOMAN || p == P_RELUCTANT || p == P_WARY;
    small->windows[p] = (struct am_window){.days = EVERY_DAY,
                                           .every_weeks = 1,
                                           .from = 0,
                                           .to = AM_DAY_MINUTES,
                                           .valid_from = AM_NO_DATE,
                                           .valid_to = AM_NO_DATE};
    small->people[p] = (struct am_person){
        .crn = crns[p],
        .name = "",
        .gender = woman ? AM_FEMALE : AM_MALE,
        .may_join_women_only = woman,
        .consents_alone = woman,
        .placement = ALL_PLACEMENTS,
        .home = HOME,
        .modes = 1 << AM_PUBLIC_TRANSPORT,
        .first_order = p == P_MAN ? 0 : p + 1,
        .order_count = p == P_MAN ? 2 : 1,
        .inducted_on = small->caseload.from - 30,
        .available = {&small->windows[p], 1},
        .weekly_max_min = 1680,
        .supervisor_gender = -1,
        .wants_ete = true,
        .attendance_percent = 65,
    };
}

static void set_people(struct small *small)
{
    for (int p = 0; p < P_COUNT; p++)
        set_person(small, p);
    small->windows[P_SECOND].days = EVERY_DAY & ~(1 << AM_SA);
    small->people[P_RELUCTANT].consents_alone = false;
    small->people[P_RELUCTANT].placement = AM_MIXED_GROUP | AM_INDIVIDUAL_PLACEMENT;
    small->people[P_NEW].inducted_on = AM_NO_DATE;
    small->people[P_BRIEF].weekly_max_min = 700;
    small->people[P_WARY].must_avoid = 1;
    small->apart[0] = P_SECOND;
    small->apart[1] = P_WARY;
    small->people[P_WARY].keep_apart = (struct am_indices){&small->apart[0], 1};
    small->people[P_SECOND].keep_apart = (struct am_indices){&small->apart[1], 1};
    for (int o = 0; o <= P_COUNT; o++) {
        small->orders[o] = (struct am_order){
            .person = o == 0 ? P_MAN : o - 1,
            .event = o == 1 ? "2" : "1",
            .sentence_date = small->caseload.from - 60,
            .ordered_min = 1200,
            .own_deadline = AM_NO_DATE,
            .runs_order = -1,
        };
    }
}

static void set_projects(struct small *small)
{
    static const enum am_project_type types[J_COUNT] = {AM_GROUP,     AM_INDIVIDUAL, AM_ETE,
                                                        AM_INDUCTION, AM_INDIVIDUAL, AM_INDIVIDUAL};
    static const char *const codes[J_COUNT] = {"GROUP", "SOLO", "COURSE", "INDUCT", "FAR", "NEAR"};
    for (int j = 0; j < J_COUNT; j++)
        small->projects[j] = (struct am_project){
            .code = codes[j],
            .name = "",
            .beneficiary = "",
            .type = types[j],
            .place = j == J_FAR    ? FAR_AWAY
                     : j == J_NEAR ? HOME
                                   : SITE,
            .tags = j == J_NEAR,
            .quality = 3,
        };
}

static void set_session(struct small *small, int s, const char *id, int project, int day)
{
    static const int lengths[J_COUNT] = {420, 180, 240, 60, 300, 300};
    bool group = project == J_GROUP;
    small->sessions[s] = (struct am_session){
        .id = id,
        .definition = s,
        .project = project,
        .original_date = small->caseload.from + day,
        .date = small->caseload.from + day,
        .start = s == S_WORKSHOP ? 13 * 60 : 9 * 60,
        .minutes = (int16_t)lengths[project],
        .place = small->projects[project].place,
        .places = group               ? 3
                  : project == J_SOLO ? 2
                                      : 4,
        .min_group = group ? 2 : 0,
        .supervised = group,
        .pinned_supervisor = -1,
    };
}

static void set_sessions(struct small *small)
{
    set_session(small, S_MONDAY, "MON", J_GROUP, 0);
    set_session(small, S_WEDNESDAY, "WED", J_GROUP, 2);
    set_session(small, S_THURSDAY, "THU", J_GROUP, 3);
    set_session(small, S_WORKSHOP, "WORKSHOP", J_SOLO, 3);
    set_session(small, S_COURSE, "COURSE", J_COURSE, 4);
    set_session(small, S_INDUCTION, "INDUCTION", J_INDUCTION, 4);
    set_session(small, S_FAR, "FAR", J_FAR, 5);
    set_session(small, S_NEAR, "NEAR", J_NEAR, 5);
    set_session(small, S_CLOSED, "SUN", J_GROUP, 6);
    set_session(small, S_NEXT, "WED", J_GROUP, 9);
    small->sessions[S_CLOSED].closed = AM_CANCELLED;
}

static void set_supervisors(struct small *small)
{
    small->qualified[0] = J_INDUCTION;
    for (int m = 0; m < M_COUNT; m++)
        small->supervisors[m] = (struct am_supervisor){
            .code = m == M_ONE ? "ONE" : "TWO",
            .name = "",
            .gender = m == M_ONE ? AM_FEMALE : AM_MALE,
            .available = {&small->windows[P_MAN], 1},
            .group_limit = 10,
            .weekly_max_min = 2000,
            .any_project = m == M_ONE,
            .projects = {small->qualified, m == M_ONE ? 0 : 1},
        };
}

static struct am_appointment appointment(const struct small *small, int person, int session)
{
    const struct am_session *s = &small->sessions[session];
    return (struct am_appointment){
        .person = person,
        .order = small->people[person].first_order,
        .session_id = s->id,
        .original_date = s->date,
        .session = session,
        .date = s->date,
        .project = s->project,
        .start = s->start,
        .minutes = s->minutes,
        .supervisor = -1,
    };
}

static void set_booked(struct small *small)
{
    small->appointments[0] = appointment(small, P_MAN, S_THURSDAY);
    small->appointments[0].pinned = true;
    small->appointments[1] = appointment(small, P_BRIEF, S_MONDAY);
    small->appointments[1].state = AM_ATTENDED;
    small->appointments[1].credited_min = 200;
    small->appointments[1].supervisor = M_ONE;
}

bool small_init(struct small *small)
{
    *small = (struct small){0};
    struct am_caseload *caseload = &small->caseload;
    am_caseload_init(caseload);
    caseload->from = am_date_of(2026, 3, 2);
    caseload->as_of = caseload->from + 2;
    caseload->weeks = 1;
    am_policy_defaults(&caseload->policy);
    set_places(small);
    set_projects(small);
    set_people(small);
    set_sessions(small);
    set_supervisors(small);
    set_booked(small);
    caseload->places = small->places;
    caseload->place_count = 3;
    caseload->travel = &small->table;
    caseload->travel_count = 1;
    caseload->people = small->people;
    caseload->person_count = P_COUNT;
    caseload->orders = small->orders;
    caseload->order_count = P_COUNT + 1;
    caseload->projects = small->projects;
    caseload->project_count = J_COUNT;
    caseload->sessions = small->sessions;
    caseload->session_count = S_COUNT;
    caseload->window_session_count = S_WINDOW;
    caseload->supervisors = small->supervisors;
    caseload->supervisor_count = M_COUNT;
    caseload->appointments = small->appointments;
    caseload->appointment_count = 2;
    caseload->waivers = small->waivers;
    return am_roster_init(&small->roster, caseload, NULL) == AM_OK;
}

void small_release(struct small *small)
{
    am_roster_release(&small->roster);
    am_caseload_release(&small->caseload);
}

bool small_book(struct small *small, int person, int session)
{
    const struct am_session *s = &small->sessions[session];
    struct am_roster_appointment a = {
        .person = person,
        .order = small->people[person].first_order,
        .session = session,
        .start = s->start,
        .minutes = s->minutes,
        .there = small->minutes[s->place],
        .back = small->minutes[s->place],
        .mode = AM_PUBLIC_TRANSPORT,
        .quality = AM_TIMETABLE,
    };
    bool added = am_roster_add(&small->roster, a, NULL) == AM_OK;
    am_roster_sort(&small->roster);
    return added;
}

struct am_roster_appointment *small_find(struct small *small, int person, int session)
{
    for (int i = 0; i < small->roster.appointment_count; i++) {
        struct am_roster_appointment *a = &small->roster.appointments[i];
        if (a->person == person && a->session == session)
            return a;
    }
    return NULL;
}

void small_unbook(struct small *small, int person, int session)
{
    struct am_roster_appointment *found = small_find(small, person, session);
    if (!found)
        return;
    *found = small->roster.appointments[--small->roster.appointment_count];
    am_roster_sort(&small->roster);
}

/* Points of the roster with only what is fixed. */
static am_status reckon_fixed_only(const struct am_caseload *caseload, struct am_arena *arena,
                                   struct am_roster *fixed, int64_t *points)
{
    struct am_audit_facts facts;
    struct am_score score;
    am_status status = am_audit_facts_build(caseload, arena, &facts, NULL);
    if (status == AM_OK)
        status = am_audit_fixed_roster(&facts, fixed, NULL);
    if (status == AM_OK)
        status = am_audit_score(caseload, fixed, &score, NULL);
    if (status == AM_OK)
        *points = score.total;
    return status;
}

bool small_claim(struct small *small)
{
    struct am_arena arena;
    struct am_roster fixed, *roster = &small->roster;
    am_arena_init(&arena);
    am_status status = am_audit_score(&small->caseload, roster, &roster->score, NULL);
    if (status == AM_OK)
        status = am_roster_init(&fixed, &small->caseload, NULL);
    if (status == AM_OK) {
        status = reckon_fixed_only(&small->caseload, &arena, &fixed, &roster->proof.fixed_only);
        am_roster_release(&fixed);
    }
    am_arena_release(&arena);
    roster->proof.objective = roster->score.total;
    roster->proof.bound = roster->score.total - 1;
    roster->outcome = AM_OUTCOME_FEASIBLE;
    return status == AM_OK;
}

bool small_fill(struct small *small)
{
    static const struct {
        int person, session;
    } bookings[] = {
        {P_BRIEF, S_MONDAY},  {P_SECOND, S_WEDNESDAY}, {P_WOMAN, S_WEDNESDAY},
        {P_MAN, S_THURSDAY},  {P_SECOND, S_THURSDAY},  {P_WARY, S_COURSE},
        {P_WARY, S_WORKSHOP}, {P_NEW, S_INDUCTION},    {P_NEW, S_NEAR},
    };
    for (size_t i = 0; i < sizeof bookings / sizeof bookings[0]; i++)
        if (!small_book(small, bookings[i].person, bookings[i].session))
            return false;
    for (int i = 0; i < small->roster.appointment_count; i++) {
        struct am_roster_appointment *a = &small->roster.appointments[i];
        a->recorded = a->person == P_BRIEF;
        a->fixed = a->recorded || (a->person == P_MAN && a->session == S_THURSDAY);
        if (a->recorded)
            a->minutes = 200;
    }
    const int run[] = {S_MONDAY, S_WEDNESDAY, S_THURSDAY, S_WORKSHOP,
                       S_COURSE, S_INDUCTION, S_NEAR};
    for (size_t i = 0; i < sizeof run / sizeof run[0]; i++)
        small->roster.sessions[run[i]].runs = true;
    small->roster.sessions[S_MONDAY].supervisor = M_ONE;
    small->roster.sessions[S_WEDNESDAY].supervisor = M_ONE;
    small->roster.sessions[S_THURSDAY].supervisor = M_ONE;
    return small_claim(small);
}
