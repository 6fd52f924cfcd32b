/*
 * horizon - the weeks ahead as the completion plan sees them: kinds of place
 * and how much of each there is in each week, and everybody who has minutes
 * to book, with what they could attend and by when.
 *
 * docs/formulation.md, section 8, states each figure. Weeks count from the
 * window's first (0). All durations are whole minutes. A horizon refers to its
 * caseload, lives in the arena given, and is not changed after it is built.
 */
#ifndef AM_MODEL_HORIZON_H
#define AM_MODEL_HORIZON_H

#include "model/caseload.h"
#include "model/clock.h"
#include "model/order.h"

/* A plan looks at three years at most, and so many people arriving. */
enum { AM_PLAN_WEEKS_MAX = 156, AM_ARRIVALS_MAX = 20000 };

enum am_week_part { AM_PART_WEEKDAYS, AM_PART_SATURDAY, AM_PART_SUNDAY, AM_PART_COUNT };

const char *am_week_part_word(enum am_week_part part); /* "weekdays", "saturday", "sunday" */

/* Sessions that are alike to everybody, but for their hour. Only sessions that
 * somebody new could be booked to: open, not past, with places, not an
 * induction, and with somebody who may lead them where they are supervised. */
struct am_place_kind {
    int project, place;
    int16_t minutes; /* of one session */
    int32_t seats;   /* bookings that one session takes (R8; R10: the largest group limit of those
                        qualified) */
    bool supervised;
    enum am_week_part part;
    int example; /* a session of this kind */
};

/* Rows of supervisors' minutes in a week: those of each part, and of the whole week. */
enum { AM_SUPERVISED_WEEK = AM_PART_COUNT, AM_SUPERVISED_ROWS };

/* An order of somebody planned, in the sequence in which orders are worked. */
struct am_plan_target {
    int order;          /* in the caseload; -1: an arrival's */
    int32_t until_min;  /* A: minutes to book for this order and those worked before it */
    int week;           /* of the deadline; -1: none within the horizon, or it is past */
    int32_t by_day_min; /* m: the most of that week that lies up to the deadline */
    int64_t short_cost; /* a minute short at the deadline, in thousandths of a point (S2) */
};

/* A kind that somebody could attend in some week. */
struct am_plan_option {
    int32_t kind;
    int32_t travel_min; /* there and back, the least that there is */
    int64_t cost;       /* of a minute booked there, in thousandths of a point (S6, S5) */
    bool ete;
};

/* Somebody to be planned: a person of the caseload, or one who is yet to be
 * sentenced (an arrival). */
struct am_planned {
    int person;                           /* of the caseload; for an arrival whom they are like */
    int arrival;                          /* -1: the person themselves; else a number from 0 */
    am_date sentence;                     /* of an arrival; AM_NO_DATE */
    int32_t to_book_min;                  /* B: of all orders, at expected attendance */
    const struct am_plan_target *targets; /* by until_min */
    int target_count;
    /* S1: minutes short of start_min at the end of week w cost start_cost[w] each
     * (thousandths of a point); NULL where the order has begun. */
    int32_t start_min;
    const int64_t *start_cost;
    int32_t offer_min; /* S3: what is offered a week */
    int first_week;    /* the first week in which they may be booked */
    int32_t ete_min;   /* ETE that may be booked in all */
    /* by week */
    const int32_t *fixed_min; /* booked already and not recorded (window's weeks) */
    const int32_t *most_min;  /* what more can be booked: the clock's figure less what is fixed */
    const int32_t *cap_min;   /* booked by the end of the week, fixed included, is at most this */
    const struct am_plan_option *options; /* by kind */
    int option_count;
    const uint8_t *days; /* [week * option_count + o]: weekdays on which they could, bit 0 Monday */
};

struct am_horizon {
    const struct am_caseload *caseload;
    int weeks;
    struct am_place_kind *kinds;
    int kind_count;
    int32_t *held_min;       /* [kind * weeks + week]: session minutes that new people can fill */
    int32_t *supervised_min; /* [week * AM_SUPERVISED_ROWS + row]: minutes that supervisors have */
    struct am_planned *planned; /* the caseload's people in file order, then arrivals */
    int planned_count;
    int32_t *planned_of; /* by person of the caseload: their number in planned[], -1 */
    int arrival_count;
    int64_t backlog_cost; /* S3: a minute behind for one week, thousandths of a point */
    int64_t left_cost;    /* a minute not booked by the horizon's end, likewise */
};

/* What a horizon is built with, beside the caseload. */
struct am_horizon_wishes {
    /* Minutes still to be worked for each order of the caseload and those
     * before it; NULL: the clock's ahead_min (so earned reduction may come in). */
    const int32_t *ahead_min;
    int arrivals_per_week; /* -1: as the caseload says */
};

/* Fails with AM_ENOMEM, or AM_EINVALID where weights are so large that the
 * cost of a plan might not fit. */
AM_MUST_CHECK am_status am_horizon_build(const struct am_caseload *caseload,
                                         const struct am_orders *orders,
                                         const struct am_clocks *clocks,
                                         const struct am_horizon_wishes *wishes,
                                         struct am_arena *arena, struct am_horizon *horizon,
                                         struct am_err *err);

/* Minutes to book so that so many are worked: ceil(minutes * 100 / attendance). */
int32_t am_minutes_to_book(int32_t minutes, int32_t attendance_percent);

/* How many weekdays are in a set. */
static inline int am_days_count(am_weekdays days)
{
    int count = 0;
    for (; days; days &= (am_weekdays)(days - 1))
        count++;
    return count;
}

/* The most that can be booked to option o in week w. */
static inline int32_t am_option_most(const struct am_horizon *horizon,
                                     const struct am_planned *planned, int w, int o)
{
    return am_days_count(planned->days[w * planned->option_count + o]) *
           horizon->kinds[planned->options[o].kind].minutes;
}

#endif
