#include "tests/support/small.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { ANY_DAY = 0x7f, EACH = 16 /* windows, absences, allocations of one person */ };

static void *take(struct small *small, size_t count, size_t size)
{
    void *memory = am_arena_alloc(&small->caseload.arena, count, size);
    assert_non_null(memory);
    return memory;
}

static const char *name(struct small *small, const char *letter, int number)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%s%d", letter, number);
    char *copy = am_arena_strdup(&small->caseload.arena, text);
    assert_non_null(copy);
    return copy;
}

void small_init(struct small *small)
{
    *small = (struct small){0};
    struct am_caseload *c = &small->caseload;
    am_caseload_init(c);
    am_arena_init(&small->arena);
    am_policy_defaults(&c->policy);
    c->file = "small";
    c->division = "";
    c->as_of = c->from = SMALL_FROM;
    c->weeks = 1;
    c->places = take(small, SMALL_ROOM, sizeof *c->places);
    c->travel = take(small, SMALL_ROOM, sizeof *c->travel);
    c->people = take(small, SMALL_ROOM, sizeof *c->people);
    c->orders = take(small, SMALL_ROOM, sizeof *c->orders);
    c->projects = take(small, SMALL_ROOM, sizeof *c->projects);
    c->sessions = take(small, SMALL_SESSIONS, sizeof *c->sessions);
    c->supervisors = take(small, SMALL_ROOM, sizeof *c->supervisors);
    c->appointments = take(small, SMALL_ROOM, sizeof *c->appointments);
    c->published_appointments = take(small, SMALL_ROOM, sizeof *c->published_appointments);
    c->published_sessions = take(small, SMALL_ROOM, sizeof *c->published_sessions);
    c->waivers = take(small, SMALL_ROOM, sizeof *c->waivers);
    (void)small_place(small, 53500000, -2200000);
}

void small_release(struct small *small)
{
    am_arena_release(&small->arena);
    am_caseload_release(&small->caseload);
}

void small_derive_orders(struct small *small)
{
    struct am_err err;
    am_arena_release(&small->arena);
    assert_int_equal(am_orders_build(&small->caseload, &small->arena, &small->orders, &err), AM_OK);
}

void small_derive(struct small *small)
{
    struct am_err err;
    small_derive_orders(small);
    assert_int_equal(am_eligibility_build(&small->caseload, &small->orders, &small->arena,
                                          &small->eligibility, &err),
                     AM_OK);
    assert_int_equal(
        am_clocks_build(&small->caseload, &small->orders, &small->arena, &small->clocks, &err),
        AM_OK);
}

int small_place(struct small *small, int32_t lat_micro, int32_t lon_micro)
{
    int place = small->caseload.place_count++;
    assert_true(place < SMALL_ROOM);
    small->caseload.places[place] = (struct am_place){.id = name(small, "L", place),
                                                      .name = "",
                                                      .address = "",
                                                      .has_point = true,
                                                      .lat_micro = lat_micro,
                                                      .lon_micro = lon_micro};
    return place;
}

int small_person(struct small *small)
{
    int p = small->caseload.person_count++;
    assert_true(p < SMALL_ROOM);
    small->caseload.people[p] = (struct am_person){
        .crn = name(small, "X", p),
        .name = "",
        .gender = AM_MALE,
        .placement = AM_MIXED_GROUP | AM_WOMEN_ONLY | AM_INDIVIDUAL_PLACEMENT,
        .modes = 1U << AM_WALK,
        .first_order = small->caseload.order_count,
        .inducted_on = SMALL_FROM - 100,
        .available = {take(small, EACH, sizeof(struct am_window)), 0},
        .unavailable = {take(small, EACH, sizeof(struct am_absence)), 0},
        .weekly_max_min = -1,
        .supervisor_gender = -1,
        .attendance_percent = 65,
        .allocations = take(small, EACH, sizeof(struct am_allocation)),
    };
    (void)small_window(small, p, ANY_DAY, 0, AM_DAY_MINUTES);
    return p;
}

int small_order(struct small *small, int person, int32_t ordered_min)
{
    struct am_person *of = &small->caseload.people[person];
    int order = small->caseload.order_count++;
    assert_true(order < SMALL_ROOM);
    assert_int_equal(of->first_order + of->order_count, order);
    small->caseload.orders[order] = (struct am_order){.person = person,
                                                      .event = name(small, "", ++of->order_count),
                                                      .sentence_date = am_date_of(2026, 1, 1),
                                                      .ordered_min = ordered_min,
                                                      .own_deadline = AM_NO_DATE,
                                                      .runs_order = -1};
    return order;
}

int small_worker(struct small *small, int32_t ordered_min)
{
    int p = small_person(small);
    (void)small_order(small, p, ordered_min);
    return p;
}

int small_project(struct small *small, enum am_project_type type)
{
    int project = small->caseload.project_count++;
    assert_true(project < SMALL_ROOM);
    small->caseload.projects[project] = (struct am_project){.code = name(small, "P", project),
                                                            .name = "",
                                                            .beneficiary = "",
                                                            .type = type,
                                                            .quality = 5};
    return project;
}

int small_session(struct small *small, int project, int day, int start, int minutes)
{
    struct am_caseload *c = &small->caseload;
    int s = c->session_count++;
    assert_true(s < SMALL_SESSIONS);
    c->sessions[s] = (struct am_session){.id = name(small, "S", s),
                                         .definition = s,
                                         .project = project,
                                         .original_date = c->from + day,
                                         .date = c->from + day,
                                         .start = (int16_t)start,
                                         .minutes = (int16_t)minutes,
                                         .place = c->projects[project].place,
                                         .places = 10,
                                         .pinned_supervisor = -1};
    assert_true(s == 0 || c->sessions[s - 1].date < c->sessions[s].date ||
                (c->sessions[s - 1].date == c->sessions[s].date &&
                 c->sessions[s - 1].start <= c->sessions[s].start));
    if (day < am_caseload_days(c))
        c->window_session_count = s + 1;
    return s;
}

int small_supervisor(struct small *small)
{
    struct am_caseload *c = &small->caseload;
    int m = c->supervisor_count++;
    assert_true(m < SMALL_ROOM);
    struct am_window *always = take(small, 1, sizeof *always);
    *always = (struct am_window){ANY_DAY, 1, 0, AM_DAY_MINUTES, AM_NO_DATE, AM_NO_DATE};
    c->supervisors[m] = (struct am_supervisor){.code = name(small, "V", m),
                                               .name = "",
                                               .gender = AM_MALE,
                                               .available = {always, 1},
                                               .group_limit = 100,
                                               .weekly_max_min = 10080,
                                               .any_project = true};
    return m;
}

static int add_appointment(struct small *small, struct am_appointment appointment)
{
    int i = small->caseload.appointment_count++;
    assert_true(i < SMALL_ROOM);
    small->caseload.appointments[i] = appointment;
    return i;
}

int small_appointment(struct small *small, int person, int session, enum am_appointment_state state)
{
    const struct am_session *at = &small->caseload.sessions[session];
    return add_appointment(
        small, (struct am_appointment){.person = person,
                                       .order = small->caseload.people[person].first_order,
                                       .session_id = at->id,
                                       .original_date = at->original_date,
                                       .session = session,
                                       .date = at->date,
                                       .project = at->project,
                                       .start = at->start,
                                       .minutes = at->minutes,
                                       .supervisor = -1,
                                       .state = state,
                                       .credited_min = state == AM_ATTENDED ? at->minutes : 0});
}

int small_earlier(struct small *small, int person, int project, int day, const char *id,
                  enum am_appointment_state state)
{
    am_date date = small->caseload.from + day;
    return add_appointment(
        small, (struct am_appointment){.person = person,
                                       .order = small->caseload.people[person].first_order,
                                       .session_id = id,
                                       .original_date = date,
                                       .session = -1,
                                       .date = date,
                                       .project = project,
                                       .start = 540,
                                       .minutes = 420,
                                       .supervisor = -1,
                                       .state = state,
                                       .credited_min = state == AM_ATTENDED ? 420 : 0});
}

void small_published(struct small *small, int person, int session)
{
    struct am_caseload *c = &small->caseload;
    c->has_published = true;
    assert_true(c->published_appointment_count < SMALL_ROOM);
    c->published_appointments[c->published_appointment_count++] =
        (struct am_published_appointment){person, session};
}

void small_published_session(struct small *small, int session, int supervisor)
{
    struct am_caseload *c = &small->caseload;
    c->has_published = true;
    assert_true(c->published_session_count < SMALL_ROOM);
    c->published_sessions[c->published_session_count++] =
        (struct am_published_session){session, supervisor};
}

int small_waiver(struct small *small, enum am_rule rule, int person)
{
    int i = small->caseload.waiver_count++;
    assert_true(i < SMALL_ROOM);
    small->caseload.waivers[i] = (struct am_waiver){
        .rule = rule, .person = person, .project = -1, .until = AM_NO_DATE, .by = "a test"};
    return i;
}

/* The lists of a person are const to everybody else. */
#define EDITABLE(list, type) ((type *)(uintptr_t)(list))

void small_never(struct small *small, int person)
{
    small->caseload.people[person].available.count = 0;
}

struct am_window *small_window(struct small *small, int person, am_weekdays days, int from, int to)
{
    struct am_windows *windows = &small->caseload.people[person].available;
    assert_true(windows->count < EACH);
    struct am_window *window = EDITABLE(windows->at, struct am_window) + windows->count++;
    *window = (struct am_window){days, 1, (int16_t)from, (int16_t)to, AM_NO_DATE, AM_NO_DATE};
    return window;
}

void small_absence(struct small *small, int person, am_stamp start, am_stamp end)
{
    struct am_absences *absences = &small->caseload.people[person].unavailable;
    assert_true(absences->count < EACH);
    EDITABLE(absences->at, struct am_absence)[absences->count++] = (struct am_absence){start, end};
}

struct am_allocation *small_allocation(struct small *small, int person, int project,
                                       am_weekdays days)
{
    struct am_person *of = &small->caseload.people[person];
    assert_true(of->allocation_count < EACH);
    struct am_allocation *allocation =
        EDITABLE(of->allocations, struct am_allocation) + of->allocation_count++;
    *allocation = (struct am_allocation){.project = project,
                                         .days = days,
                                         .frequency = AM_WEEKLY,
                                         .from = SMALL_FROM - 70,
                                         .to = AM_NO_DATE};
    return allocation;
}

struct am_indices small_indices(struct small *small, int32_t only)
{
    int32_t *at = take(small, 1, sizeof *at);
    *at = only;
    return (struct am_indices){at, 1};
}

void small_keep_apart(struct small *small, int a, int b)
{
    small->caseload.people[a].keep_apart = small_indices(small, b);
    small->caseload.people[b].keep_apart = small_indices(small, a);
}

struct am_travel_table *small_table(struct small *small, enum am_mode mode, int minutes)
{
    struct am_caseload *c = &small->caseload;
    int places = c->place_count;
    assert_true(c->travel_count < SMALL_ROOM);
    struct am_travel_table *table = &c->travel[c->travel_count++];
    int32_t *of = take(small, (size_t)places, sizeof *of);
    int16_t *values = take(small, (size_t)(places * places), sizeof *values);
    for (int i = 0; i < places; i++)
        of[i] = i;
    for (int i = 0; i < places * places; i++)
        values[i] = (int16_t)minutes;
    *table = (struct am_travel_table){.mode = mode,
                                      .directions = AM_THERE | AM_BACK,
                                      .days = ANY_DAY,
                                      .hour = -1,
                                      .quality = AM_PLANNER,
                                      .rows = places,
                                      .columns = places,
                                      .row_of = of,
                                      .column_of = of,
                                      .minutes = values};
    return table;
}

int16_t *small_minutes(struct small *small, const struct am_travel_table *table, int from, int to)
{
    (void)small;
    return EDITABLE(table->minutes, int16_t) + table->row_of[from] * table->columns +
           table->column_of[to];
}
