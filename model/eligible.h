/*
 * eligible - which person may attend which session, and why not.
 *
 * These are the rules that look at one person and one session: R1, R2, R3,
 * R5, R6, R7, R8 (no places at all), R10 (somebody could lead it), R11
 * (placement type), R13, R14, R15 (not past), R16 and the one-a-day part of R4
 * against what is fixed. The
 * other rules need the whole roster and are the solver's.
 */
#ifndef AM_MODEL_ELIGIBLE_H
#define AM_MODEL_ELIGIBLE_H

#include "model/caseload.h"
#include "model/order.h"
#include "model/travel.h"

/* One person who may attend one session of the window. */
struct am_pair {
    int32_t session;
    int16_t there, back; /* 0 where not known (R3 waived) */
    uint8_t mode;        /* enum am_mode */
    uint8_t quality;     /* enum am_travel_quality */
};

/* Pairs of person p: pairs[first[p]] .. pairs[first[p + 1] - 1], by session.
 * Fixed appointments are not among them. */
struct am_eligibility {
    int64_t *first; /* person_count + 1 */
    struct am_pair *pairs;
    int64_t pair_count;
    /* Window sessions of each person that each rule forbids:
     * [p * AM_RULE_COUNT + r]; by the first rule alone, and by any. */
    int32_t *forbidden_first, *forbidden_any;
};

AM_MUST_CHECK am_status am_eligibility_build(const struct am_caseload *caseload,
                                             const struct am_orders *orders, struct am_arena *arena,
                                             struct am_eligibility *eligibility,
                                             struct am_err *err);

/* Every rule that forbids this person this session (0: may attend), and the
 * journey (NULL: not wanted). Waivers are applied. */
am_rule_set am_forbidden(const struct am_caseload *caseload, const struct am_orders *orders,
                         int person, int session, struct am_journey *journey);

/* The part of am_forbidden that S2 looks at beyond the window: R1, R2, R3, R13
 * and R14 alone. */
bool am_could_attend(const struct am_caseload *caseload, int person, int order, int session);

/* R13, before waivers: does a restriction or a need keep the person away? */
bool am_is_restricted(const struct am_caseload *caseload, int person, int session);

/* The journey of a person to a session. */
struct am_journey am_person_journey(const struct am_caseload *caseload, int person, int session);

/* May this supervisor lead this session: qualified, available, not past (R10;
 * a pinned supervisor may lead it alone, available or not)? */
bool am_may_lead(const struct am_caseload *caseload, int supervisor, int session);

/* The pair of a person and a session, or NULL. O(log n). */
const struct am_pair *am_pair_find(const struct am_eligibility *eligibility, int person,
                                   int session);

/* Do these windows, less these absences, contain start .. end of that date? */
bool am_available(struct am_windows windows, struct am_absences absences, am_date date, int start,
                  int end);

/* Are these windows the same every week, from ever to ever? */
bool am_windows_steady(struct am_windows windows);

#endif
