/*
 * few - caseloads of a few people, made in C for the tests of model/.
 *
 * few_init gives a window of one week from Monday 2 March 2026 (`as_of` the
 * same day) under the default policy, with one place, at which everybody lives
 * and everything happens unless a test says otherwise. Each few_ call adds
 * one thing with the plainest values and returns its index; the test then
 * changes what it is about. Orders are added straight after their person, and
 * sessions in order of date and start.
 */
#ifndef AM_TESTS_FEW_H
#define AM_TESTS_FEW_H

#include "model/caseload.h"
#include "model/clock.h"
#include "model/eligible.h"
#include "model/order.h"
#include "model/roster.h"
#include "model/score.h"

enum {
    FEW_ROOM = 256,       /* of each kind of thing, windows of one person too */
    FEW_SESSIONS = 32768, /* of sessions */
    FEW_FROM = 20514,     /* Monday 2026-03-02 */
};

struct few {
    struct am_caseload caseload;
    struct am_arena arena; /* of what is derived */
    struct am_orders orders;
    struct am_eligibility eligibility;
    struct am_clocks clocks;
};

void few_init(struct few *few);
void few_release(struct few *few);

/* Derive the orders; the orders and the rest. Both assert success, and may be
 * called again after a change. */
void few_derive_orders(struct few *few);
void few_derive(struct few *few);

int few_place(struct few *few, int32_t lat_micro, int32_t lon_micro);

/* A man for any placement, free at any time, on foot, without an order. */
int few_person(struct few *few);
/* Sentenced on 1 January 2026 to so many minutes; event "1", "2" and so on. */
int few_order(struct few *few, int person, int32_t ordered_min);
/* Both at once; returns the person. */
int few_worker(struct few *few, int32_t ordered_min);

int few_project(struct few *few, enum am_project_type type);
/* Day counts from the window's first; ten places, no minimum, unsupervised. An
 * id of its own, so that it stands for a definition of its own. */
int few_session(struct few *few, int project, int day, int start, int minutes);

/* A project with a session of seven hours each Tuesday for 30 weeks. Returns the project. */
int few_tuesdays(struct few *few);

/* A man, free at any time, for any project and any group. */
int few_supervisor(struct few *few);

/* At a session of the window, for the person's first order. */
int few_appointment(struct few *few, int person, int session, enum am_appointment_state state);
/* On a day outside the window (negative: before), of a definition of that id. */
int few_earlier(struct few *few, int person, int project, int day, const char *id,
                enum am_appointment_state state);

void few_published(struct few *few, int person, int session);
void few_published_session(struct few *few, int session, int supervisor);
int few_waiver(struct few *few, enum am_rule rule, int person);

/* Replace when a person is free: none; then add a window. */
void few_never(struct few *few, int person);
struct am_window *few_window(struct few *few, int person, am_weekdays days, int from, int to);
void few_absence(struct few *few, int person, am_stamp start, am_stamp end);
struct am_allocation *few_allocation(struct few *few, int person, int project, am_weekdays days);
void few_keep_apart(struct few *few, int a, int b);
struct am_indices few_indices(struct few *few, int32_t only);

/* A table of all places with the same minutes everywhere. The values may be
 * changed through few_minutes. */
struct am_travel_table *few_table(struct few *few, enum am_mode mode, int minutes);
int16_t *few_minutes(struct few *few, const struct am_travel_table *table, int from, int to);

/* A random caseload with something of everything; the same seed, the same caseload. */
void few_random(struct few *few, uint32_t seed);

#endif
