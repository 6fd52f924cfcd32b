/*
 * why - what keeps one person from one session, rule by rule, with the figures.
 *
 * model/eligible.h says which rules forbid it; here each of them is looked at
 * again for the fact behind it, so that it can be told in a sentence and, where
 * a small change would lift it, that change can be tried.
 */
#ifndef AM_MODEL_WHY_H
#define AM_MODEL_WHY_H

#include "model/eligible.h"

enum am_why_kind {
    AM_BECAUSE_NO_ORDER,        /* R1: none is open */
    AM_BECAUSE_BEFORE_SENTENCE, /* R1: date */
    AM_BECAUSE_AWAY,            /* R2: an absence, from date to until */
    AM_BECAUSE_NOT_FREE,        /* R2: no window on that day */
    AM_BECAUSE_FREE_ELSE, /* R2: free from `from` to `to` only, needed needs_from .. needs_to */
    AM_BECAUSE_UNKNOWN_JOURNEY,  /* R3 */
    AM_BECAUSE_NO_JOURNEY,       /* R3: there is none by any mode of theirs */
    AM_BECAUSE_FAR_THERE,        /* R3: minutes, limit */
    AM_BECAUSE_FAR_BACK,         /* R3: minutes, limit */
    AM_BECAUSE_BUSY,             /* R4: a fixed appointment on that day */
    AM_BECAUSE_WEEK_FULL,        /* R5: minutes with this one, limit */
    AM_BECAUSE_NOTHING_LEFT,     /* R6: all that remains is booked already */
    AM_BECAUSE_TOO_SHORT,        /* R6: minutes, limit */
    AM_BECAUSE_CUT_BEFORE_FIXED, /* R6: minutes long, limit: left, and a fixed one comes later */
    AM_BECAUSE_NO_EDUCATION,     /* R7: none is wanted, or none is left */
    AM_BECAUSE_EDUCATION_LEFT,   /* R7: minutes, limit: left */
    AM_BECAUSE_NO_PLACES,        /* R8 */
    AM_BECAUSE_NOBODY_LEADS,     /* R10: no supervisor is qualified and available */
    AM_BECAUSE_DEMAND,           /* R10: a restriction */
    AM_BECAUSE_WOMEN_ONLY,       /* R11 */
    AM_BECAUSE_PLACEMENT,        /* R11: this type of placement is not among theirs */
    AM_BECAUSE_RESTRICTED,       /* R13 */
    AM_BECAUSE_CANCELLED,        /* R14 */
    AM_BECAUSE_NON_WORKING,      /* R14 */
    AM_BECAUSE_PAST,             /* R15 */
    AM_BECAUSE_SECOND_INDUCTION  /* R16 */
};

struct am_because {
    enum am_rule rule;
    enum am_why_kind kind;
    int32_t minutes, limit;
    am_date date, until;
    int16_t from, to, needs_from, needs_to; /* minutes of the day */
};

struct am_why {
    am_rule_set rules; /* am_forbidden: 0, nothing does */
    struct am_journey journey;
    int count; /* one for each rule, by rule */
    struct am_because because[AM_RULE_COUNT];
};

void am_why_ask(const struct am_caseload *caseload, const struct am_orders *orders, int person,
                int session, struct am_why *why);

/* A session that the person is fixed to (R15): there is nothing to ask. */
bool am_is_fixed_to(const struct am_orders *orders, int person, int session);

#endif
