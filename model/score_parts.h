/*
 * score_parts - the parts of a score. Inside model/ only.
 */
#ifndef AM_MODEL_SCORE_PARTS_H
#define AM_MODEL_SCORE_PARTS_H

#include "model/score.h"

struct am_scoring {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    const struct am_clocks *clocks;
    const struct am_roster *roster;
    struct am_arena scratch;
    /* The roster's appointments that are not recorded, by person and then by
     * session: those of p are mine[first[p]] .. mine[first[p + 1] - 1]. */
    int32_t *first;
    const struct am_roster_appointment **mine;
    struct am_score *score;      /* where units are added now */
    struct am_score_split split; /* NULL arrays: everything goes to one score */
};

/* From here on, units are this person's, or this session's. */
void am_score_of_person(struct am_scoring *scoring, int person);
void am_score_of_session(struct am_scoring *scoring, int session);

/* Add units of a wish at so many points each; rules likewise. */
void am_score_wish(struct am_score *score, enum am_wish wish, int64_t units, int32_t weight);
void am_score_rule(struct am_score *score, enum am_rule rule, int64_t units, int32_t weight);

/* Is the session neither closed nor past? */
bool am_session_open(const struct am_caseload *caseload, int session);

/* S5, S6, S7 and S9 of appointments, S10. */
void am_score_appointments(struct am_scoring *scoring);
/* S1 to S4. */
AM_MUST_CHECK am_status am_score_people(struct am_scoring *scoring, struct am_err *err);
/* S8, people and sessions. */
AM_MUST_CHECK am_status am_score_changes(struct am_scoring *scoring, struct am_err *err);
/* S7 of supervisors, S9 of heads, S11, R11 where it is soft, R15. */
void am_score_sessions(struct am_scoring *scoring);

#endif
