/*
 * futures_unit - a unit made by hand or by chance, for tests of the simulation.
 */
#ifndef AM_TESTS_FUTURES_UNIT_H
#define AM_TESTS_FUTURES_UNIT_H

#include "model/futures.h"

/* The arrays of a setup, to be written to; all in the unit's own arena, in which
 * a test may put more. Made with nobody planned, no seats, no days and no
 * minutes. */
struct futures_unit {
    struct am_arena arena;
    struct am_futures_setup setup;
    struct am_futures_kind *kinds;
    int32_t *seats, *led_min, *sequence, *reach, *most_min, *ahead_min, *target_min, *first_cell,
        *cells;
    struct am_futures_order *orders;
    struct am_futures_person *people;
    uint8_t *days;
    struct am_futures_given *given;
    int cell_count;
};

struct futures_size {
    int weeks, kinds, people, orders_each, given;
};

/* Everybody within reach of every kind, in order; one cell at most for each
 * person and week and kind. False: no memory. */
bool futures_unit_init(struct futures_unit *unit, struct futures_size size);
/* Also where making it failed. */
void futures_unit_release(struct futures_unit *unit);

/* Plan so many minutes at a kind: weeks in ascending order, people in
 * ascending order within a week. Call futures_unit_close after the last. */
void futures_unit_plan(struct futures_unit *unit, int week, int person, int kind, int32_t minutes);
void futures_unit_close(struct futures_unit *unit);

/* Write ahead_min as the orders have it: minutes of those that are sentenced by
 * the end of the week. Call it once the orders are as they should be. */
void futures_unit_settle(const struct futures_unit *unit);

/* One person, one kind of 420 minutes with a seat on Monday of each of so many
 * weeks, n appointments needed by the end of the last but `tail` weeks, one
 * planned each week. */
bool futures_unit_single(struct futures_unit *unit, int weeks, int tail, int needed,
                         int32_t percent);

/* Of everything a little: kinds of several lengths, supervised or not, of
 * education, scarce seats, people with one or two orders, some with too little
 * time, absences, plans in parts of sessions, something booked already. */
bool futures_unit_random(struct futures_unit *unit, uint64_t seed, int people);

#endif
