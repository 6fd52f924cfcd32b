/*
 * futures_parts - what the files of the simulation share among themselves.
 */
#ifndef AM_MODEL_FUTURES_PARTS_H
#define AM_MODEL_FUTURES_PARTS_H

#include "model/futures.h"

enum { AM_FUTURES_WEEKDAYS = 7 };

/* What follows from the setup alone. */
struct am_futures_frame {
    const struct am_futures_setup *setup;
    const struct am_futures_options *options;
    int64_t *until_min;    /* [week * people + person]: what the weeks up to this one's end hold */
    int64_t *due_min;      /* [order]: likewise up to the week of its deadline */
    int32_t *due_week;     /* [order]: of its deadline; INT32_MAX: none */
    int64_t *seat_share;   /* [kind]: of a supervisor's time, in AM_FUTURES_PARTS of a minute */
    int32_t *shortest_min; /* [person]: of a session within reach */
    int32_t *first_given;  /* [week]: in setup->given; one more */
    int16_t *finished_day; /* [order * futures + future]: from the first; day_count: not */
    int day_count;
};

/* A seat's share of its supervisor's minutes is rounded down to so many parts. */
enum { AM_FUTURES_PARTS = 1 << 20 };

/* Where a person stands in one future at the end of a week. */
struct am_futures_standing {
    uint64_t stream;
    int32_t credited_min, ete_min; /* the latter part of the former */
    int32_t plan_min;              /* booked in place of what was planned */
    int32_t place;                 /* in their sequence of orders: the one that is worked */
};

/* What a person is booked to in the week at hand. */
struct am_futures_bookings {
    int32_t min;       /* all; no more than is left */
    int32_t week_min;  /* of them, those that count to most_min */
    int32_t plan_min;  /* of them, those in place of what was planned */
    int32_t ete_min;   /* of ETE, at most */
    uint8_t used, ete; /* bit d: booked on weekday d, to ETE */
    int32_t tried;     /* so many of the kinds within reach are not to be had any more */
    int16_t day_min[AM_FUTURES_WEEKDAYS];
    int32_t day_kind[AM_FUTURES_WEEKDAYS]; /* -1: booked already */
};

/* One future up to the end of some week. */
struct am_futures_one {
    int number;
    struct am_futures_standing *standings; /* by person */
    int32_t *working;                      /* people with work left, as they are served */
    int working_count;
};

/* What a thread writes to while it is at one week of one future. */
struct am_futures_bench {
    const struct am_futures_frame *frame;
    int week;
    struct am_futures_one *one;
    int32_t *room;                         /* seats left, by kind */
    int64_t led_left[AM_FUTURES_LED_ROWS]; /* of supervisors, in parts of a minute */
    struct am_futures_bookings *bookings;  /* by person */
    int32_t *present;                      /* of those working: who may work this week */
    int present_count;
};

/* Let the week happen: book, draw who attends, credit. */
void am_futures_pass_week(struct am_futures_bench *bench);

/* Fill futures->orders and futures->weeks from finished_day. */
AM_MUST_CHECK am_status am_futures_count(const struct am_futures_frame *frame,
                                         struct am_arena *scratch, struct am_futures *futures,
                                         struct am_err *err);

#endif
