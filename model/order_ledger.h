/*
 * order_ledger - for each order: by when, how much is left, and until when the
 * person could let things slide. docs/formulation.md, section 10.
 *
 * What a person could work in a week is reckoned by model/weeks_ahead.h, as
 * the clocks do: could_min is the clock's window_min + later_min. Nothing new is
 * booked here, nor is it known who else wants a place: the point of no return
 * is that of the person's own availability.
 */
#ifndef AM_MODEL_ORDER_LEDGER_H
#define AM_MODEL_ORDER_LEDGER_H

#include "model/caseload.h"
#include "model/clock.h"
#include "model/order.h"

/* A week ahead, up to the deadline. */
struct am_ledger_week {
    int32_t most_min; /* what the person could work for the order */
    int32_t days;     /* on which they could attend something, or are booked already */
};

/* Appointments of the order with a date up to as_of, as far as the caseload
 * has them. */
struct am_ledger_record {
    am_date since; /* the first; AM_NO_DATE: none on record */
    int offered;   /* outcomes other than stood down */
    int attended, missed, missed_unacceptable, stood_down;
    int32_t offered_min, credited_min;
};

struct am_ledger_entry {
    int order;               /* in the caseload */
    enum am_outlook outlook; /* at_risk: expected attendance does not suffice from the first week */
    int32_t left_min;        /* to be worked for this order */
    int32_t ahead_min;       /* and for those worked before it */
    int32_t earned_min;      /* taken off so far by earned reduction */
    int32_t ete_left_min;
    /* the rest for open orders with a deadline */
    int64_t could_min; /* by the deadline, at full attendance; 0 where it is past */
    int64_t slack_min; /* could_min - ahead_min; negative: so much cannot be done */
    int weeks_left;    /* weeks of `weeks` */
    /* The Monday of the last week from which availability (at full attendance),
     * or expected attendance, still suffices; AM_NO_DATE: none does, not even
     * the first. */
    am_date no_return, safe_start;
    int slack_weeks; /* that could pass without work before no_return; 0 where there is none */
    int32_t sessions_left; /* eligible ones up to the deadline */
    am_date soonest;       /* done by then at full attendance, deadline or not; AM_NO_DATE: not
                              within the caseload's sessions */
    struct am_ledger_week *weeks;
    /* S1: where it has not started and there is a limit */
    am_date start_due; /* AM_NO_DATE: started, or no limit */
    int start_days;    /* business days from as_of to start_due; negative: late */
    struct am_ledger_record record;
};

struct am_order_ledger {
    /* Every order: overdue ones (earliest deadline first), those that cannot
     * finish (likewise), by no_return, those without a deadline, and those that
     * are finished or not active; ties by safe_start, deadline, file. */
    struct am_ledger_entry *entries;
    int count;
    int *of; /* by order: its place in entries */
    int outlooks[AM_NOT_ACTIVE + 1];
};

/* Everything is in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_order_ledger_build(const struct am_caseload *caseload,
                                              const struct am_orders *orders,
                                              const struct am_clocks *clocks,
                                              struct am_arena *arena,
                                              struct am_order_ledger *ledger, struct am_err *err);

/* Business days after `from` up to `to`; negative where `to` is earlier. */
int am_business_days_between(am_date from, am_date to, struct am_dates bank_holidays);

#endif
