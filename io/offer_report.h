/*
 * offer_report - the best weeks that a new person can be offered, for people and
 * as JSON (amends-offer/1).
 *
 * docs/prices.md says what each figure means and what of it is proven. People
 * appear by CRN alone, restrictions not at all.
 */
#ifndef AM_IO_OFFER_REPORT_H
#define AM_IO_OFFER_REPORT_H

#include "io/text.h"
#include "model/caseload.h"
#include "model/eligible.h"

struct am_offer_appointment {
    int session;
    int16_t minutes;
    int supervisor; /* -1: none */
    const struct am_pair *journey;
    int booked; /* beside the person */
    bool opens; /* the session would run for them alone */
};

struct am_offer_pattern {
    const struct am_offer_appointment *appointments; /* by date */
    int count;
    int32_t minutes, ete_minutes;
    am_date first;     /* day of the first */
    int32_t late_days; /* after the start limit; -1: no limit, or started before */
    int64_t points;    /* of the person */
    int64_t others;    /* by which the sessions' points change */
    int64_t gained;    /* points that the roster gains over booking nothing */
    int64_t behind;    /* the best pattern, in points */
    bool weekly;       /* what the person has where others may move */
};

/* What one person has, before and after others made room. */
struct am_offer_move {
    int person;
    const int32_t *before, *after; /* sessions */
    int before_count, after_count;
};

struct am_offer_moves {
    int free;                                        /* people who might have moved */
    bool proven;                                     /* none is better in which the rest stays */
    int64_t gained;                                  /* points over booking nothing */
    const struct am_offer_appointment *appointments; /* of the person */
    int count;
    const struct am_offer_move *moved; /* others, by the caseload's order */
    int moved_count;
};

struct am_offer_report {
    const struct am_caseload *caseload; /* with the person */
    int person;
    am_date start_due;                       /* AM_NO_DATE: no limit, or started before */
    const struct am_offer_pattern *patterns; /* best first */
    int count;
    struct am_offer_moves moves;
    bool show_moves; /* who would move, one by one */
    const char *version;
};

/* Each into *text, which the caller releases. */
AM_MUST_CHECK am_status am_offer_text(const struct am_offer_report *report, struct am_text *text,
                                      struct am_err *err);
AM_MUST_CHECK am_status am_offer_json(const struct am_offer_report *report, struct am_text *text,
                                      struct am_err *err);

#endif
