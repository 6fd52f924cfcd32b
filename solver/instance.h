/*
 * instance - the problem as the solver sees it: flat arrays of integers.
 *
 * Built once from the caseload and what model/ derives of it; the compact
 * model and the pattern model both read only this. docs/formulation.md gives
 * the meaning of every figure. Pairs, sessions, people and supervisors keep
 * their indices of model/. Costs are points.
 */
#ifndef AM_SOLVER_INSTANCE_H
#define AM_SOLVER_INSTANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/caseload.h"
#include "model/clock.h"
#include "model/eligible.h"
#include "model/order.h"
#include "model/roster.h"

/* One person who may attend one session. Pairs of a person are by session,
 * hence by day. */
struct am_ipair {
    int64_t cost; /* points that do not depend on the minutes: S6, S7, S9, S10's day */
    int32_t session;
    int16_t day;              /* of the window */
    int16_t minutes;          /* of the whole session */
    bool ete;                 /* counts to R7 and S5, not to S3 */
    bool induction;           /* R16 looks at it: the person needs one */
    bool published;           /* S8: one of the person's published appointments */
    bool lone_woman;          /* R11: a woman who must not be the only one, not waived here */
    int8_t supervisor_gender; /* R10: the gender demanded here, -1: none */
};

/* One week of one person. */
struct am_iweek {
    int32_t used_min;    /* R5: minutes of fixed offered appointments */
    int32_t work_min;    /* S3: those that are not ETE */
    int32_t maximum_min; /* R5 */
};

/* One person. */
struct am_iperson {
    int64_t first_pair, pair_count;
    const struct am_iweek *weeks;
    const int64_t *start_points; /* S1: points if the first new appointment is on day d;
                                    [days]: none */
    int32_t free_min, ete_left_min;
    int32_t last_fixed_day; /* of a fixed, not recorded appointment; -1: none (R6: no cut before) */
    bool needs_induction;
    bool counted;               /* has an order to credit: S1-S4 apply */
    bool has_published;         /* S8: has published appointments in open sessions */
    bool disturbed_anyway;      /* S8: one of them can't be kept, or a fixed one was added */
    int32_t must_min, must_day; /* S2, for new minutes alone (fixed ones taken off; >= 0) */
    int32_t pace_min;           /* S4, likewise */
    int32_t intensive_min;      /* S3: G, 0: none */
    int32_t attendance_percent;
    int32_t published_pairs; /* how many of the pairs are published */
    bool woman, man;         /* R11: gender female; male */
};

/* A supervisor who may lead a session. */
struct am_icandidate {
    int64_t cost; /* S7 and S8: points if this one leads */
    int32_t supervisor;
    int32_t capacity; /* R10: bookings, fixed ones included */
};

/* One session of the window. Only open ones have rows. Heads include the fixed. */
struct am_isession {
    bool open;
    bool supervised;
    bool must_run; /* f_s > 0 */
    int16_t day, start, minutes;
    int32_t capacity;    /* R8: max(cap, f_s) */
    int32_t min_heads;   /* R9: max(1, min_group); 0 where f_s > 0 */
    int32_t fixed_heads; /* f_s */
    int32_t led_by;      /* R15: pinned, and must run: this supervisor leads it whatever is decided.
                            Their time is taken, and to the solver it is not supervised. -1: none */
    int64_t run_cost;    /* S8: points if it runs (what not running costs is in constant_points) */
    int64_t unled_cost;  /* R15, S8: points if it must run, is supervised and nobody leads it;
                            then nobody new is booked */
    int32_t company_heads;    /* S9: heads below which each costs near_empty_head; 0: none */
    int32_t places100;        /* S11: 100 * places */
    int32_t fixed_attendance; /* S11: sum of attendance_percent of the fixed */
    int32_t fixed_men, fixed_women, fixed_lone_women; /* R11 */
    /* R11 can bind here. With M men, W women (fixed ones included): M >= 1 and
     * W = 1 is broken where she is a lone_woman pair, or where she is fixed
     * and among fixed_lone_women and M > fixed_men. */
    bool lone_woman_rule;
    bool stand_down_rule;                   /* S11 can bind here */
    const struct am_icandidate *candidates; /* where supervised */
    int32_t candidate_count;
};

/* R12: two pairs of one session, not both. (Where one of two people to be kept
 * apart is fixed at a session, the other has no pair there.) */
struct am_iapart {
    int32_t session;
    int64_t pair_a, pair_b;
};

/* Sessions of one supervisor that all hold one instant: at most one of them (R10). */
struct am_iclash {
    int supervisor;
    const int32_t *sessions;
    int count;
};

/* Hours of one supervisor in one week (R10): minutes still to give. */
struct am_ihours {
    int supervisor, week;
    int32_t left_min;
};

struct am_instance {
    const struct am_caseload *caseload;
    const struct am_policy *policy;
    int person_count, session_count, supervisor_count, days, weeks;
    struct am_iperson *people;
    struct am_ipair *pairs;
    int64_t pair_count;
    struct am_isession *sessions;
    struct am_iapart *aparts;
    int64_t apart_count;
    struct am_iclash *clashes;
    int clash_count;
    struct am_ihours *hours;
    int hours_count;
    int64_t constant_points; /* what every roster costs */
    int32_t offer_floor_min; /* S3: T */
};

/* All memory is in arena. Fails with AM_ENOMEM or AM_EINVALID (the points can
 * leave the range of docs/formulation.md). */
AM_MUST_CHECK am_status am_instance_build(const struct am_caseload *caseload,
                                          const struct am_orders *orders,
                                          const struct am_eligibility *eligibility,
                                          const struct am_clocks *clocks, struct am_arena *arena,
                                          struct am_instance *instance, struct am_err *err);

/* What the solver decides, in terms of the instance. */
struct am_decision {
    /* chosen[p * days + d]: the pair booked that day, -1: none */
    int64_t *chosen;
    bool *runs;          /* a session */
    int32_t *supervisor; /* -1: none */
};

/* The pieces of a pattern's points, for pricing; minutes are new ones. */
/* S3 of one week: its new work minutes, and all new minutes up to its end. */
int64_t am_week_points(const struct am_instance *instance, int person, int week, int32_t work_min,
                       int32_t booked_min);
/* S2 with so many minutes up to the end of must_day; S4 with so many in all. */
int64_t am_must_points(const struct am_instance *instance, int person, int32_t booked_min);
int64_t am_pace_points(const struct am_instance *instance, int person, int32_t booked_min);
/* S5 and S10 of so many minutes. */
int64_t am_minute_points(const struct am_instance *instance, bool ete, int32_t minutes);
/* R6: the minutes that the pair gets once so many are booked; 0: it can't be booked. */
int32_t am_credited(const struct am_instance *instance, int person, const struct am_ipair *pair,
                    int32_t booked_min);
/* R11: is this the lone woman of the rule? men and women count fixed ones,
 * new_lone_women the newly booked lone_woman pairs. */
bool am_is_lone_woman(const struct am_isession *session, int men, int women, int new_lone_women);
int am_pair_person(const struct am_instance *instance, int64_t pair); /* O(log n) */
/* The pair of that person and session, -1: they may not come. O(log n). */
int64_t am_pair_of(const struct am_instance *instance, int person, int session);
bool am_sessions_overlap(const struct am_isession *a, const struct am_isession *b);
/* This supervisor among those who may lead the session, NULL: may not. */
const struct am_icandidate *am_candidate(const struct am_isession *session, int supervisor);
/* R10 of one supervisor and session, the supervisor leading it: nothing else of
 * the decision at that time, and hours enough in that week. */
bool am_can_lead(const struct am_instance *instance, const struct am_decision *decision,
                 int supervisor, int session);

/* The points of one person's choice of pairs (S1-S10 of that person, fixed
 * part in constant_points), and the minutes each chosen pair gets (minutes
 * may be NULL). INT64_MAX when it is not a pattern (R4-R7, R16). `chosen` is
 * one a day, -1 for none. */
int64_t am_pattern_points(const struct am_instance *instance, int person, const int64_t *chosen,
                          int16_t *minutes);

/* Likewise, for pairs listed by day. */
int64_t am_pattern_points_of(const struct am_instance *instance, int person, const int64_t *pairs,
                             int count);

/* The points of a whole decision; INT64_MAX when it breaks a rule. */
int64_t am_decision_points(const struct am_instance *instance, const struct am_decision *decision);

/* Write a decision out as a roster (fixed and recorded appointments added). */
AM_MUST_CHECK am_status am_decision_roster(const struct am_instance *instance,
                                           const struct am_orders *orders,
                                           const struct am_eligibility *eligibility,
                                           const struct am_decision *decision,
                                           struct am_roster *roster, struct am_err *err);

/* Read one out of a roster of the instance's caseload, into one that was made
 * with am_decision_init. False where the roster has an appointment that is no
 * pair of the instance: the decision is of no use then. */
bool am_decision_of_roster(const struct am_instance *instance, const struct am_roster *roster,
                           struct am_decision *decision);

#endif
