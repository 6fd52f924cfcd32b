/*
 * order - the arithmetic of an order: what remains, by when, and which order
 * a person's next appointment credits.
 *
 * docs/formulation.md, section 2, states each figure. Nothing here looks at
 * sessions; what a person could still work is in model/clock.h.
 */
#ifndef AM_MODEL_ORDER_H
#define AM_MODEL_ORDER_H

#include "model/caseload.h"

/* One order as the window finds it. */
struct am_order_state {
    am_date deadline;      /* last day; AM_NO_DATE: none */
    int32_t needed_min;    /* minutes that complete the order (model/earned.h) */
    int32_t remaining_min; /* needed - worked - booked before the window without outcome; >= 0 */
    int32_t ete_left_min;  /* R7: allowance less credited and less booked before the window; >= 0 */
    am_date start_due;     /* S1; AM_NO_DATE: no limit */
    bool started;          /* anything worked, or an appointment before the window not stood down */
    bool open;             /* active and something remains */
};

/* One fixed appointment of the window (R15): pinned, recorded, or past. */
struct am_fixed {
    int appointment; /* in caseload.appointments */
    int person, session, order;
    int16_t start, minutes; /* recorded attended: credited minutes */
    bool recorded;          /* an outcome is known: its minutes are in worked_min already */
    bool offered;           /* not stood down: counts to R5 and the weekly offer (S3) */
};

/* One person as the window finds them. Minutes of fixed, not recorded
 * appointments are already taken off free_min and ete_left_min. */
struct am_person_state {
    int order;                    /* the order that new appointments credit, -1: none open */
    int32_t free_min;             /* minutes that new appointments may still book (R6) */
    int32_t ete_left_min;         /* of which education (R7) */
    bool inducted;                /* R16: already, or by what is fixed: another would be a second */
    bool needs_induction;         /* R16 applies, and is not waived, to one who is not inducted */
    int first_fixed, fixed_count; /* in fixed[], by date and start */
};

/* What happened before the window, by person and by session (S7). */
struct am_history {
    /* Appointments of the seven days before the window, not stood down: those
     * of person p are last_week[first[p]] .. last_week[first[p + 1] - 1]. */
    int32_t *first, *last_week;
    int32_t *last_leader; /* one a window session: who last led its definition, -1: not known */
};

struct am_orders {
    struct am_order_state *orders;  /* one an order of the caseload */
    struct am_person_state *people; /* one a person */
    struct am_fixed *fixed;
    int fixed_count;
    struct am_history history;
};

/* Part of am_orders_build. */
AM_MUST_CHECK am_status am_history_build(const struct am_caseload *caseload, struct am_arena *arena,
                                         struct am_history *history, struct am_err *err);

/* Everything is allocated in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_orders_build(const struct am_caseload *caseload, struct am_arena *arena,
                                        struct am_orders *orders, struct am_err *err);

/* R5 for one week of the window: the person's weekly maximum, waived or not
 * (a waived one is 7 * 1440). */
int32_t am_weekly_max(const struct am_caseload *caseload, int person, int week);

/* Likewise in any week, without waivers (S2, S4). */
int32_t am_weekly_max_plain(const struct am_caseload *caseload, int person);

/* Event numbers as they break ties, like strcmp: those of digits alone by value, of any length,
 * before anything else, which is compared as text. */
int am_event_compare(const char *a, const char *b);

/* The order that a person works next: among the open orders that are not done
 * and do not run after another open one that is not done, the earliest deadline
 * (none: last), then the event number, then file order; -1: none. done has one
 * entry for each order of the person; NULL: none is done. */
int am_order_next(const struct am_caseload *caseload, const struct am_orders *orders, int person,
                  const bool *done);

/* The sessions of the window to which nobody new may be booked because their
 * day is past (before as_of). */
static inline bool am_session_past(const struct am_caseload *caseload, int session)
{
    return caseload->sessions[session].date < caseload->as_of;
}

/* Does the waiver lift its rule at this session (whoever it is for)? */
bool am_waiver_covers(const struct am_caseload *caseload, const struct am_waiver *waiver,
                      int session);

/* True when a waiver in force lifts the rule for this person at this session. */
bool am_waived(const struct am_caseload *caseload, enum am_rule rule, int person, int session);

/* Bookings that a session of so many places takes (R8): floor(places * percent / 100). */
int32_t am_bookable(const struct am_policy *policy, int32_t places);

#endif
