/*
 * event_fixture - a caseload of as many sessions and people as a test wants,
 * and a roster that books everybody into every session under one supervisor.
 *
 * Nothing about it is plausible but its shape: it is for what outputs do with
 * many events, many people, or strange strings. Session i is of project i at
 * place i, whose strings a test may change. Everybody is made up.
 */
#ifndef AM_TESTS_EVENT_FIXTURE_H
#define AM_TESTS_EVENT_FIXTURE_H

#include "io/roster_json.h"

struct event_fixture {
    struct am_caseload caseload;
    struct am_orders orders;
    struct am_eligibility eligibility;
    struct am_clocks clocks;
    struct am_settings settings;
    struct am_roster roster;
    struct am_roster_context context;
};

/* The sessions are spread over the week of this Monday. Release in the end. */
void event_fixture_init(struct event_fixture *fixture, am_date monday, int sessions, int people);
void event_fixture_release(struct event_fixture *fixture);

#endif
