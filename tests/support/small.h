/*
 * small - caseloads of a few people, made in C for the tests of model/.
 *
 * small_init gives a window of one week from Monday 2 March 2026 (`as_of` the
 * same day) under the default policy, with one place, at which everybody lives
 * and everything happens unless a test says otherwise. Each small_ call adds
 * one thing with the plainest values and returns its index; the test then
 * changes what it is about. Orders are added straight after their person, and
 * sessions in order of date and start.
 */
#ifndef AM_TESTS_SMALL_H
#define AM_TESTS_SMALL_H

#include "model/caseload.h"
#include "model/clock.h"
#include "model/eligible.h"
#include "model/order.h"
#include "model/roster.h"
#include "model/score.h"

enum {
    SMALL_ROOM = 256,       /* of each kind of thing, windows of one person too */
    SMALL_SESSIONS = 32768, /* of sessions */
    SMALL_FROM = 20514,     /* Monday 2026-03-02 */
};

struct small {
    struct am_caseload caseload;
    struct am_arena arena; /* of what is derived */
    struct am_orders orders;
    struct am_eligibility eligibility;
    struct am_clocks clocks;
};

void small_init(struct small *small);
void small_release(struct small *small);

/* Derive the orders; the orders and the rest. Both assert success, and may be
 * called again after a change. */
void small_derive_orders(struct small *small);
void small_derive(struct small *small);

int small_place(struct small *small, int32_t lat_micro, int32_t lon_micro);

/* A man for any placement, free at any time, on foot, without an order. */
int small_person(struct small *small);
/* Sentenced on 1 January 2026 to so many minutes; event "1", "2" and so on. */
int small_order(struct small *small, int person, int32_t ordered_min);
/* Both at once; returns the person. */
int small_worker(struct small *small, int32_t ordered_min);

int small_project(struct small *small, enum am_project_type type);
/* Day counts from the window's first; ten places, no minimum, unsupervised. An
 * id of its own, so that it stands for a definition of its own. */
int small_session(struct small *small, int project, int day, int start, int minutes);

/* A man, free at any time, for any project and any group. */
int small_supervisor(struct small *small);

/* At a session of the window, for the person's first order. */
int small_appointment(struct small *small, int person, int session,
                      enum am_appointment_state state);
/* On a day outside the window (negative: before), of a definition of that id. */
int small_earlier(struct small *small, int person, int project, int day, const char *id,
                  enum am_appointment_state state);

void small_published(struct small *small, int person, int session);
void small_published_session(struct small *small, int session, int supervisor);
int small_waiver(struct small *small, enum am_rule rule, int person);

/* Replace when a person is free: none; then add a window. */
void small_never(struct small *small, int person);
struct am_window *small_window(struct small *small, int person, am_weekdays days, int from, int to);
void small_absence(struct small *small, int person, am_stamp start, am_stamp end);
struct am_allocation *small_allocation(struct small *small, int person, int project,
                                       am_weekdays days);
void small_keep_apart(struct small *small, int a, int b);
struct am_indices small_indices(struct small *small, int32_t only);

/* A table of all places with the same minutes everywhere. The values may be
 * changed through small_minutes. */
struct am_travel_table *small_table(struct small *small, enum am_mode mode, int minutes);
int16_t *small_minutes(struct small *small, const struct am_travel_table *table, int from, int to);

/* A random caseload with something of everything; the same seed, the same caseload. */
void small_random(struct small *small, uint32_t seed);

#endif
