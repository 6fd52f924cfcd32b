/*
 * futures - how a plan may turn out: who attends is drawn, what is missed is
 * booked again, a thousand times over.
 *
 * docs/formulation.md, section 9, states what happens in one future. Futures
 * are independent of each other, and a person's luck on a day depends on the
 * seed, the future, the person and the day alone: so the results are the same
 * for any number of threads, and of two plans of one caseload both meet the
 * same luck. Probabilities are counts of futures; whole numbers throughout.
 *
 * The setup is all that the simulation looks at. model/futures_plan.h makes
 * one of a plan.
 */
#ifndef AM_MODEL_FUTURES_H
#define AM_MODEL_FUTURES_H

#include "base/arena.h"
#include "model/time.h"

/* ---- what is simulated ---- */

/* Sessions that are alike to everybody. */
struct am_futures_kind {
    int32_t minutes; /* of one session, 1 .. 1440 */
    int32_t places;  /* bookable in one session (R8); a supervised one's seat takes
                        minutes / places of a supervisor's */
    bool supervised, ete;
    int32_t part; /* of the week, 0 .. AM_FUTURES_LED_ROWS - 2: whose supervisors it takes */
};

/* Rows of supervisors' minutes in a week: those of each part, and of all. */
enum { AM_FUTURES_LED_ALL = 3, AM_FUTURES_LED_ROWS };

struct am_futures_order {
    am_date deadline; /* last day; AM_NO_DATE: none */
    am_date since;    /* counted as open from the week of this day on; AM_NO_DATE: from the first */
    int32_t ahead_min; /* complete when the person is credited so many, those of the orders worked
                          before it included; >= 1 where the order is somebody's */
    bool arrival;      /* of somebody not yet sentenced: counted apart */
};

struct am_futures_person {
    uint64_t key;                     /* names their luck */
    int32_t attendance_percent;       /* 1 .. 100 */
    int32_t ete_left_min;             /* R7 */
    int32_t first_order, order_count; /* in sequence[], as they are worked */
    int32_t first_reach, reach_count; /* in reach[], the best first */
};

struct am_futures_given {
    int32_t week, person;
    int16_t weekday, minutes;
    bool ete;
};

/* Planned so many by then: whatever is left, with what room is left. */
enum { AM_FUTURES_ALL = 1 << 30 };

/* People come in the order in which they are served: the one whose point of
 * no return is nearest first. Arrays over weeks have one row a week, then one
 * entry a kind, a person, or an entry of reach[]. */
struct am_futures_setup {
    am_date from; /* a Monday */
    int weeks;    /* 1 .. AM_FUTURES_WEEKS_MAX */
    const struct am_futures_kind *kinds;
    int kind_count;
    const int32_t *seats;   /* [week * kind_count + kind] */
    const int32_t *led_min; /* [week * AM_FUTURES_LED_ROWS + row]: supervisors' minutes */
    const struct am_futures_order *orders;
    int order_count;
    const int32_t *sequence; /* orders of people, as they are worked */
    const struct am_futures_person *people;
    int person_count;
    const int32_t *reach; /* kinds that a person may ever attend */
    int reach_count;
    const uint8_t *days;       /* [week * reach_count + reach]: bit d: on weekday d (Monday 0) */
    const int32_t *most_min;   /* [week * person_count + person]: R5 */
    const int32_t *ahead_min;  /* [week * person_count + person]: credited by its end at most: that
                                  of the orders that may be worked by then (R1) */
    const int32_t *target_min; /* [week * person_count + person]: planned up to the week's end;
                                  AM_FUTURES_ALL after the last week planned */
    /* Kinds planned for a person in a week: those of reach[cells[c]] for c from
     * first_cell[week * person_count + person] to the next of first_cell. */
    const int32_t *first_cell;
    const int32_t *cells;
    /* Booked already: drawn as any other, over and above most_min and seats. By
     * week; each day of a person once. */
    const struct am_futures_given *given;
    int given_count;
};

/* An appointment of one future, for those who watch. */
struct am_futures_event {
    int future, person, week;
    int kind; /* -1: booked already */
    am_date date;
    int32_t minutes; /* booked: cut where less was left */
    bool attended;
};

struct am_futures_options {
    int count; /* futures, 1 .. AM_FUTURES_MAX */
    uint64_t seed;
    int threads;
    /* Told of each appointment, week by week within a future; several threads
     * call it at once. NULL: nobody watches. */
    void (*watch)(void *context, const struct am_futures_event *event);
    void *context;
};

enum { AM_FUTURES_MAX = 100000, AM_FUTURES_WEEKS_MAX = 1000 };

/* ---- what comes of it ---- */

/* A date "at q %" is the first by the end of which so many of a hundred
 * futures have it done; AM_NO_DATE where that is after the last week. That at
 * 90 % is what an extension would need. */
struct am_order_future {
    int32_t on_time; /* futures in which it is done by its deadline, or at all where it has none */
    int32_t done;    /* futures in which it is done by the end of the last week */
    am_date at10, at50, at90;
};

/* Of a figure that differs by future: q % of futures have it at this or less. */
struct am_spread {
    int32_t at10, at50, at90;
};

/* At the end of a week (Sunday). Overdue: open after the deadline. */
struct am_futures_week {
    struct am_spread open, overdue;                   /* orders of the caseload */
    struct am_spread arrivals_open, arrivals_overdue; /* of those not yet sentenced */
};

struct am_futures {
    int count; /* futures */
    uint64_t seed;
    am_date from;
    int week_count;
    struct am_order_future *orders; /* one an order of the setup; of nobody's all 0 */
    struct am_futures_week *weeks;
};

/* Run options->count futures. Results are in the arena. Fails with AM_EINVALID
 * where an option is out of range, with AM_ENOMEM. */
AM_MUST_CHECK am_status am_futures_run(const struct am_futures_setup *setup,
                                       const struct am_futures_options *options,
                                       struct am_arena *arena, struct am_futures *futures,
                                       struct am_err *err);

/* The share of futures in hundredths of a percent, rounded down: 8250 is 82.50 %. */
int am_futures_share(const struct am_futures *futures, int32_t count);

#endif
