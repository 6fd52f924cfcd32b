/*
 * court - the orders to return to court, worst first.
 */
#ifndef AM_MODEL_COURT_H
#define AM_MODEL_COURT_H

#include "model/futures.h"
#include "model/order_ledger.h"

enum am_court_reason {
    AM_COURT_OVERDUE,       /* the deadline is past */
    AM_COURT_CANNOT_FINISH, /* not even with everything the person could attend */
    AM_COURT_UNLIKELY       /* done in time in fewer than AM_COURT_PERCENT of 100 futures */
};

/* Below this chance an order is put on the list while an extension can still be
 * asked for in time. */
enum { AM_COURT_PERCENT = 10 };

const char *am_court_reason_word(enum am_court_reason reason); /* "overdue" */

struct am_court_entry {
    int entry; /* in the ledger */
    enum am_court_reason reason;
    int32_t on_time; /* futures in which it is done in time; -1: not simulated */
    am_date at90;    /* done by then in 90 % of futures; AM_NO_DATE: later, or not simulated */
};

struct am_court {
    /* By reason; overdue ones with the earliest deadline first, those that
     * cannot finish with the most minutes short first, the others with the
     * least chance first; ties as in the ledger. */
    struct am_court_entry *entries;
    int count;
    int of_reason[AM_COURT_UNLIKELY + 1];
};

/* futures: NULL where there was no simulation; its orders are the caseload's.
 * Everything is in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_court_build(const struct am_orders *orders,
                                       const struct am_order_ledger *ledger,
                                       const struct am_futures *futures, struct am_arena *arena,
                                       struct am_court *court, struct am_err *err);

#endif
