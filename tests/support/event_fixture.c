#include "tests/support/event_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct am_supervisor supervisor = {.code = "S1", .name = "Sybil Overton"};

/* Zeroed, or the end of the test. */
static void *take(struct event_fixture *f, size_t count, size_t size)
{
    void *memory = am_arena_alloc(&f->caseload.arena, count, size);
    if (!memory)
        abort();
    return memory;
}

static const char *numbered(struct event_fixture *f, const char *prefix, int number)
{
    enum { ROOM = 64 };
    char *text = take(f, ROOM, 1);
    (void)snprintf(text, ROOM, "%s%06d", prefix, number);
    return text;
}

static void add_people(struct event_fixture *f, int count)
{
    struct am_person *people = take(f, (size_t)count, sizeof *people);
    struct am_person_state *states = take(f, (size_t)count, sizeof *states);
    for (int p = 0; p < count; p++) {
        people[p] = (struct am_person){.crn = numbered(f, "X", p + 1),
                                       .name = numbered(f, "Wilhelmina Quillfeather ", p + 1),
                                       .attendance_percent = 65,
                                       .home = -1};
        states[p].order = -1;
    }
    f->caseload.people = people;
    f->caseload.person_count = count;
    f->orders.people = states;
    f->eligibility.first = take(f, (size_t)count + 1, sizeof(int64_t));
    f->eligibility.forbidden_first = take(f, (size_t)count * AM_RULE_COUNT, sizeof(int32_t));
    f->eligibility.forbidden_any = take(f, (size_t)count * AM_RULE_COUNT, sizeof(int32_t));
}

static void add_sessions(struct event_fixture *f, int count, int people)
{
    struct am_place *places = take(f, (size_t)count, sizeof *places);
    struct am_project *projects = take(f, (size_t)count, sizeof *projects);
    struct am_session *sessions = take(f, (size_t)count, sizeof *sessions);
    for (int i = 0; i < count; i++) {
        am_date date = f->caseload.from + (am_date)((int64_t)i * 7 / count);
        places[i] = (struct am_place){.id = "", .name = "", .address = ""};
        projects[i] = (struct am_project){
            .code = numbered(f, "P", i), .name = "Canal towpath", .beneficiary = "", .place = i};
        sessions[i] = (struct am_session){.id = numbered(f, "TOW-", i),
                                          .project = i,
                                          .place = i,
                                          .original_date = date,
                                          .date = date,
                                          .start = 570,
                                          .minutes = 420,
                                          .places = people,
                                          .supervised = true,
                                          .pinned_supervisor = -1};
    }
    f->caseload.places = places;
    f->caseload.projects = projects;
    f->caseload.sessions = sessions;
    f->caseload.place_count = f->caseload.project_count = count;
    f->caseload.session_count = f->caseload.window_session_count = count;
}

static void book(struct event_fixture *f)
{
    if (am_roster_init(&f->roster, &f->caseload, NULL) != AM_OK)
        abort();
    for (int s = 0; s < f->caseload.session_count; s++) {
        f->roster.sessions[s] = (struct am_roster_session){.runs = true, .supervisor = 0};
        for (int p = 0; p < f->caseload.person_count; p++)
            if (am_roster_add(&f->roster,
                              (struct am_roster_appointment){
                                  .person = p, .session = s, .start = 570, .minutes = 420},
                              NULL) != AM_OK)
                abort();
    }
    am_roster_sort(&f->roster);
}

void event_fixture_init(struct event_fixture *f, am_date monday, int sessions, int people)
{
    memset(f, 0, sizeof *f);
    am_caseload_init(&f->caseload);
    am_policy_defaults(&f->caseload.policy);
    am_settings_defaults(&f->settings);
    memset(f->caseload.sha256, 'a', 64);
    f->caseload.file = "fixture.json";
    f->caseload.division = "";
    f->caseload.from = monday;
    f->caseload.as_of = monday - 4;
    f->caseload.weeks = 1;
    f->caseload.supervisors = &supervisor;
    f->caseload.supervisor_count = 1;
    add_people(f, people);
    add_sessions(f, sessions, people);
    book(f);
    f->context = (struct am_roster_context){.caseload = &f->caseload,
                                            .orders = &f->orders,
                                            .eligibility = &f->eligibility,
                                            .clocks = &f->clocks,
                                            .settings = &f->settings,
                                            .version = "1.0.0"};
}

void event_fixture_release(struct event_fixture *f)
{
    am_roster_release(&f->roster);
    am_caseload_release(&f->caseload);
}
