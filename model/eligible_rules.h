/*
 * eligible_rules - the rules of one person and one session, by what they look
 * at. Inside model/ only: model/eligible.h is what others use.
 */
#ifndef AM_MODEL_ELIGIBLE_RULES_H
#define AM_MODEL_ELIGIBLE_RULES_H

#include "model/eligible.h"

/* Genders of supervisors: bit g stands for enum am_gender g. */
typedef uint8_t am_genders;

/* Waivers, of whatever people. */
struct am_waivers {
    const struct am_waiver *at;
    int count;
};

/* Is it in the list, which is sorted? */
bool am_indices_have(struct am_indices indices, int32_t index);

/* The waivers of each person. */
AM_MUST_CHECK am_status am_waivers_by_person(const struct am_caseload *caseload,
                                             struct am_arena *arena, struct am_waivers **waivers,
                                             struct am_err *err);

/* Of those who may lead the session. */
am_genders am_leading_genders(const struct am_caseload *caseload, int session);

/* R8, R10 (nobody may lead it), R14, R15: whoever the person; never waived. */
am_rule_set am_rules_of_session(const struct am_caseload *caseload, int session,
                                am_genders genders);

/* R10 (a gender demanded), R11, R13 but for what is barred by name, R16: what
 * sort of project it is, what is there, whether the session is supervised, and
 * who may lead. */
am_rule_set am_rules_of_sort(const struct am_caseload *caseload, const struct am_orders *orders,
                             int person, int session, am_genders genders);

/* The rest of R13: the project is barred, or the place. */
bool am_is_barred(const struct am_person *person, const struct am_session *session);

/* R1, R4 to R7, and R2 where it does not cover the journeys: the session's date,
 * start and length, and whether it is ETE. week_max: am_weekly_max of its week. */
am_rule_set am_rules_of_time(const struct am_caseload *caseload, const struct am_orders *orders,
                             int person, int session, int32_t week_max);

/* R3, and R2 where it covers the journeys. */
am_rule_set am_rules_of_journey(const struct am_caseload *caseload, int person, int session,
                                const struct am_journey *journey);

/* Is any window in force on that date? */
bool am_has_window(struct am_windows windows, am_date date);

/* R2, by either meaning of availability. */
bool am_available_with(const struct am_caseload *caseload, int person, int session,
                       const struct am_journey *journey);

/* Less the rules that one of these waives for this person at this session (R5
 * is not touched). */
am_rule_set am_without_waived(const struct am_caseload *caseload, struct am_waivers waivers,
                              int person, int session, am_rule_set set);

#endif
