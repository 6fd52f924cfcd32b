/*
 * output_fixture - a small caseload and a roster for it, for tests of outputs.
 *
 * Its strings are hostile on purpose: names of projects and places hold what
 * CSV, HTML, iCalendar and file systems stumble over. Everybody is made up.
 */
#ifndef AM_TESTS_OUTPUT_FIXTURE_H
#define AM_TESTS_OUTPUT_FIXTURE_H

#include "io/report_figures.h"

enum {
    FIXTURE_PEOPLE = 7,
    FIXTURE_SESSIONS = 8,
    FIXTURE_PROJECTS = 4,
    FIXTURE_SUPERVISORS = 3,
    FIXTURE_PLACES = 3,
    FIXTURE_PAIRS = 12
};

struct output_fixture {
    struct am_caseload caseload;
    struct am_orders orders;
    struct am_eligibility eligibility;
    struct am_clocks clocks;
    struct am_settings settings;
    struct am_roster roster;
    struct am_roster_context context;

    struct am_place places[FIXTURE_PLACES];
    struct am_person people[FIXTURE_PEOPLE];
    struct am_order order_data[FIXTURE_PEOPLE];
    struct am_project projects[FIXTURE_PROJECTS];
    struct am_session sessions[FIXTURE_SESSIONS];
    struct am_supervisor supervisors[FIXTURE_SUPERVISORS];
    struct am_waiver waivers[2];
    struct am_published_appointment published_appointments[3];
    struct am_published_session published_sessions[2];
    struct am_order_state order_states[FIXTURE_PEOPLE];
    struct am_person_state person_states[FIXTURE_PEOPLE];
    struct am_order_clock order_clocks[FIXTURE_PEOPLE];
    struct am_person_clock person_clocks[FIXTURE_PEOPLE];
    struct am_pair pairs[FIXTURE_PAIRS];
    int64_t first[FIXTURE_PEOPLE + 1];
    int32_t forbidden_first[FIXTURE_PEOPLE * AM_RULE_COUNT];
    int32_t forbidden_any[FIXTURE_PEOPLE * AM_RULE_COUNT];
};

/* The window is the week of this Monday. The roster is sorted. Release in the end. */
void output_fixture_init(struct output_fixture *fixture, am_date monday);
void output_fixture_release(struct output_fixture *fixture);

/* Names of the people and of the supervisors, which no output may hold unless
 * it was asked for; ends with NULL. */
extern const char *const output_fixture_names[];

#endif
