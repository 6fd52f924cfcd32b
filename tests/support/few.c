#include "tests/support/few.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { ANY_DAY = 0x7f, EACH = 16 /* windows, absences, allocations of one person */ };

static void *take(struct few *few, size_t count, size_t size)
{
    void *memory = am_arena_alloc(&few->caseload.arena, count, size);
    assert_non_null(memory);
    return memory;
}

static const char *name(struct few *few, const char *letter, int number)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%s%d", letter, number);
    char *copy = am_arena_strdup(&few->caseload.arena, text);
    assert_non_null(copy);
    return copy;
}

void few_init(struct few *few)
{
    *few = (struct few){0};
    struct am_caseload *c = &few->caseload;
    am_caseload_init(c);
    am_arena_init(&few->arena);
    am_policy_defaults(&c->policy);
    c->file = "few";
    c->division = "";
    c->as_of = c->from = FEW_FROM;
    c->weeks = 1;
    c->places = take(few, FEW_ROOM, sizeof *c->places);
    c->travel = take(few, FEW_ROOM, sizeof *c->travel);
    c->people = take(few, FEW_ROOM, sizeof *c->people);
    c->orders = take(few, FEW_ROOM, sizeof *c->orders);
    c->projects = take(few, FEW_ROOM, sizeof *c->projects);
    c->sessions = take(few, FEW_SESSIONS, sizeof *c->sessions);
    c->supervisors = take(few, FEW_ROOM, sizeof *c->supervisors);
    c->appointments = take(few, FEW_ROOM, sizeof *c->appointments);
    c->published_appointments = take(few, FEW_ROOM, sizeof *c->published_appointments);
    c->published_sessions = take(few, FEW_ROOM, sizeof *c->published_sessions);
    c->waivers = take(few, FEW_ROOM, sizeof *c->waivers);
    (void)few_place(few, 53500000, -2200000);
}

void few_release(struct few *few)
{
    am_arena_release(&few->arena);
    am_caseload_release(&few->caseload);
}

void few_derive_orders(struct few *few)
{
    struct am_err err;
    am_arena_release(&few->arena);
    assert_int_equal(am_orders_build(&few->caseload, &few->arena, &few->orders, &err), AM_OK);
}

void few_derive(struct few *few)
{
    struct am_err err;
    few_derive_orders(few);
    assert_int_equal(
        am_eligibility_build(&few->caseload, &few->orders, &few->arena, &few->eligibility, &err),
        AM_OK);
    assert_int_equal(am_clocks_build(&few->caseload, &few->orders, &few->arena, &few->clocks, &err),
                     AM_OK);
}

int few_place(struct few *few, int32_t lat_micro, int32_t lon_micro)
{
    int place = few->caseload.place_count++;
    assert_true(place < FEW_ROOM);
    few->caseload.places[place] = (struct am_place){.id = name(few, "L", place),
                                                    .name = "",
                                                    .address = "",
                                                    .has_point = true,
                                                    .lat_micro = lat_micro,
                                                    .lon_micro = lon_micro};
    return place;
}

int few_person(struct few *few)
{
    int p = few->caseload.person_count++;
    assert_true(p < FEW_ROOM);
    few->caseload.people[p] = (struct am_person){
        .crn = name(few, "X", p),
        .name = "",
        .gender = AM_MALE,
        .placement = AM_MIXED_GROUP | AM_WOMEN_ONLY | AM_INDIVIDUAL_PLACEMENT,
        .modes = 1U << AM_WALK,
        .first_order = few->caseload.order_count,
        .inducted_on = FEW_FROM - 100,
        .available = {take(few, EACH, sizeof(struct am_window)), 0},
        .unavailable = {take(few, EACH, sizeof(struct am_absence)), 0},
        .weekly_max_min = -1,
        .supervisor_gender = -1,
        .attendance_percent = 65,
        .allocations = take(few, EACH, sizeof(struct am_allocation)),
    };
    (void)few_window(few, p, ANY_DAY, 0, AM_DAY_MINUTES);
    return p;
}

int few_order(struct few *few, int person, int32_t ordered_min)
{
    struct am_person *of = &few->caseload.people[person];
    int order = few->caseload.order_count++;
    assert_true(order < FEW_ROOM);
    assert_int_equal(of->first_order + of->order_count, order);
    few->caseload.orders[order] = (struct am_order){.person = person,
                                                    .event = name(few, "", ++of->order_count),
                                                    .sentence_date = am_date_of(2026, 1, 1),
                                                    .ordered_min = ordered_min,
                                                    .own_deadline = AM_NO_DATE,
                                                    .runs_order = -1};
    return order;
}

int few_worker(struct few *few, int32_t ordered_min)
{
    int p = few_person(few);
    (void)few_order(few, p, ordered_min);
    return p;
}

int few_project(struct few *few, enum am_project_type type)
{
    int project = few->caseload.project_count++;
    assert_true(project < FEW_ROOM);
    few->caseload.projects[project] = (struct am_project){
        .code = name(few, "P", project), .name = "", .beneficiary = "", .type = type, .quality = 5};
    return project;
}

int few_session(struct few *few, int project, int day, int start, int minutes)
{
    struct am_caseload *c = &few->caseload;
    int s = c->session_count++;
    assert_true(s < FEW_SESSIONS);
    c->sessions[s] = (struct am_session){.id = name(few, "S", s),
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

int few_tuesdays(struct few *few)
{
    int project = few_project(few, AM_GROUP);
    for (int week = 0; week < 30; week++)
        (void)few_session(few, project, 7 * week + 1, 540, 420);
    return project;
}

int few_supervisor(struct few *few)
{
    struct am_caseload *c = &few->caseload;
    int m = c->supervisor_count++;
    assert_true(m < FEW_ROOM);
    struct am_window *always = take(few, 1, sizeof *always);
    *always = (struct am_window){ANY_DAY, 1, 0, AM_DAY_MINUTES, AM_NO_DATE, AM_NO_DATE};
    c->supervisors[m] = (struct am_supervisor){.code = name(few, "V", m),
                                               .name = "",
                                               .gender = AM_MALE,
                                               .available = {always, 1},
                                               .group_limit = 100,
                                               .weekly_max_min = 10080,
                                               .any_project = true};
    return m;
}

static int add_appointment(struct few *few, struct am_appointment appointment)
{
    int i = few->caseload.appointment_count++;
    assert_true(i < FEW_ROOM);
    few->caseload.appointments[i] = appointment;
    return i;
}

int few_appointment(struct few *few, int person, int session, enum am_appointment_state state)
{
    const struct am_session *at = &few->caseload.sessions[session];
    return add_appointment(
        few, (struct am_appointment){.person = person,
                                     .order = few->caseload.people[person].first_order,
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

int few_earlier(struct few *few, int person, int project, int day, const char *id,
                enum am_appointment_state state)
{
    am_date date = few->caseload.from + day;
    return add_appointment(
        few, (struct am_appointment){.person = person,
                                     .order = few->caseload.people[person].first_order,
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

void few_published(struct few *few, int person, int session)
{
    struct am_caseload *c = &few->caseload;
    c->has_published = true;
    assert_true(c->published_appointment_count < FEW_ROOM);
    c->published_appointments[c->published_appointment_count++] =
        (struct am_published_appointment){person, session};
}

void few_published_session(struct few *few, int session, int supervisor)
{
    struct am_caseload *c = &few->caseload;
    c->has_published = true;
    assert_true(c->published_session_count < FEW_ROOM);
    c->published_sessions[c->published_session_count++] =
        (struct am_published_session){session, supervisor};
}

int few_waiver(struct few *few, enum am_rule rule, int person)
{
    int i = few->caseload.waiver_count++;
    assert_true(i < FEW_ROOM);
    few->caseload.waivers[i] = (struct am_waiver){
        .rule = rule, .person = person, .project = -1, .until = AM_NO_DATE, .by = "a test"};
    return i;
}

/* The lists of a person are const to everybody else. */
#define EDITABLE(list, type) ((type *)(uintptr_t)(list))

void few_never(struct few *few, int person)
{
    few->caseload.people[person].available.count = 0;
}

struct am_window *few_window(struct few *few, int person, am_weekdays days, int from, int to)
{
    struct am_windows *windows = &few->caseload.people[person].available;
    assert_true(windows->count < EACH);
    struct am_window *window = EDITABLE(windows->at, struct am_window) + windows->count++;
    *window = (struct am_window){days, 1, (int16_t)from, (int16_t)to, AM_NO_DATE, AM_NO_DATE};
    return window;
}

void few_absence(struct few *few, int person, am_stamp start, am_stamp end)
{
    struct am_absences *absences = &few->caseload.people[person].unavailable;
    assert_true(absences->count < EACH);
    EDITABLE(absences->at, struct am_absence)[absences->count++] = (struct am_absence){start, end};
}

struct am_allocation *few_allocation(struct few *few, int person, int project, am_weekdays days)
{
    struct am_person *of = &few->caseload.people[person];
    assert_true(of->allocation_count < EACH);
    struct am_allocation *allocation =
        EDITABLE(of->allocations, struct am_allocation) + of->allocation_count++;
    *allocation = (struct am_allocation){.project = project,
                                         .days = days,
                                         .frequency = AM_WEEKLY,
                                         .from = FEW_FROM - 70,
                                         .to = AM_NO_DATE};
    return allocation;
}

struct am_indices few_indices(struct few *few, int32_t only)
{
    int32_t *at = take(few, 1, sizeof *at);
    *at = only;
    return (struct am_indices){at, 1};
}

void few_keep_apart(struct few *few, int a, int b)
{
    few->caseload.people[a].keep_apart = few_indices(few, b);
    few->caseload.people[b].keep_apart = few_indices(few, a);
}

struct am_travel_table *few_table(struct few *few, enum am_mode mode, int minutes)
{
    struct am_caseload *c = &few->caseload;
    int places = c->place_count;
    assert_true(c->travel_count < FEW_ROOM);
    struct am_travel_table *table = &c->travel[c->travel_count++];
    int32_t *of = take(few, (size_t)places, sizeof *of);
    int16_t *values = take(few, (size_t)(places * places), sizeof *values);
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

int16_t *few_minutes(struct few *few, const struct am_travel_table *table, int from, int to)
{
    (void)few;
    return EDITABLE(table->minutes, int16_t) + table->row_of[from] * table->columns +
           table->column_of[to];
}
