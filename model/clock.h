/*
 * clock - the legal clock of each order: what must be done now for it still to
 * finish in time (S2), its pace (S4), and where it stands.
 */
#ifndef AM_MODEL_CLOCK_H
#define AM_MODEL_CLOCK_H

#include "model/caseload.h"
#include "model/eligible.h"
#include "model/order.h"

enum am_outlook {
    AM_ON_TRACK,
    AM_AT_RISK,
    AM_CANNOT_FINISH,
    AM_OVERDUE,
    AM_FINISHED,
    AM_NOT_ACTIVE
};

const char *am_outlook_word(enum am_outlook outlook); /* "on_track" */

/* The evidence for one order (S2). */
struct am_order_clock {
    int32_t ahead_min;  /* remaining of this and of the orders to be worked before it */
    int32_t window_min; /* the most that the window can hold for the person up to the deadline */
    int32_t later_min;  /* F: what the person could still work after the window */
    int32_t must_min;   /* what must be worked in the window */
    enum am_outlook outlook; /* before anything new is booked: never AM_AT_RISK */
};

/* What a person's minutes in the window are measured against. must and pace
 * are of all minutes credited in the window; `day` counts from 0. */
struct am_person_clock {
    int32_t must_min;
    int must_day; /* minutes up to the end of this day count */
    int32_t pace_min;
};

struct am_clocks {
    struct am_order_clock *orders;
    struct am_person_clock *people;
};

AM_MUST_CHECK am_status am_clocks_build(const struct am_caseload *caseload,
                                        const struct am_orders *orders, struct am_arena *arena,
                                        struct am_clocks *clocks, struct am_err *err);

/* Where the order stands once so many minutes are credited to it in the window. */
enum am_outlook am_order_outlook(const struct am_caseload *caseload, const struct am_orders *orders,
                                 const struct am_clocks *clocks, int order, int32_t booked_min);

/* What is booked counts towards an order when it credits that order or one that
 * is worked before it: those of the same person whose deadline is not later. */
bool am_counts_towards(const struct am_orders *orders, int booked_order, int order);

#endif
