/*
 * roster - what is decided: which sessions run, under whom, and who attends.
 *
 * A roster refers to its caseload and must not outlive it. It need not be
 * feasible: am_audit() says which rules it breaks. It carries what is claimed
 * of it (score, bound, outcome), so that the audit can check the claim.
 */
#ifndef AM_MODEL_ROSTER_H
#define AM_MODEL_ROSTER_H

#include "model/caseload.h"

enum am_outcome {
    AM_OUTCOME_OPTIMAL,  /* objective - bound < 1 point, so none is better */
    AM_OUTCOME_FEASIBLE, /* obeys every rule; the gap asked for was reached or the search ended */
    AM_OUTCOME_STOPPED,  /* likewise, cut short by a limit or an interrupt */
    AM_OUTCOME_NONE      /* a limit was reached before any roster */
};

const char *am_outcome_word(enum am_outcome outcome);

struct am_roster_session {
    bool runs;
    int supervisor; /* -1: none */
};

struct am_roster_appointment {
    int person, order, session;
    int16_t start, minutes;
    int16_t there, back;   /* journey; -1: not known (a fixed appointment) */
    uint8_t mode, quality; /* enum am_mode, enum am_travel_quality */
    bool fixed;            /* R15 */
    bool recorded;         /* an outcome is already known */
};

/* Points and units by wish, and by the rules that can cost points: R11 where
 * policy makes it soft, R15 for fixed sessions that nobody leads. */
struct am_score {
    int64_t wish_units[AM_WISH_COUNT], wish_points[AM_WISH_COUNT];
    int64_t rule_units[AM_RULE_COUNT], rule_points[AM_RULE_COUNT];
    int64_t total;
};

/* Points are whole. The gap is (objective - bound) / (fixed_only - bound) in
 * millionths, rounded up; 0 where objective == bound. */
struct am_proof {
    int64_t objective;  /* the solver's claim; equals score.total */
    int64_t bound;      /* no roster has fewer points */
    int64_t fixed_only; /* score of the roster with only what is fixed */
};

int64_t am_proof_gap_ppm(const struct am_proof *proof);

struct am_roster {
    struct am_arena arena;
    const struct am_caseload *caseload;
    struct am_roster_session *sessions;         /* caseload->window_session_count */
    struct am_roster_appointment *appointments; /* by session, then person */
    int appointment_count, appointment_room;
    enum am_outcome outcome;
    struct am_score score;
    struct am_proof proof;
    bool of_another_input; /* read from a file that was made from other bytes than the caseload */
    /* Of a roster read from a file that was made with a completion plan: its digest, and
     * what it asked of each person of the caseload. */
    char plan_sha256[65];
    struct am_aim *aims; /* NULL: no plan */
};

/* An empty roster: no session runs. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_roster_init(struct am_roster *roster, const struct am_caseload *caseload,
                                       struct am_err *err);
void am_roster_release(struct am_roster *roster);

/* Aim at what the roster aimed at, or at nothing: its score is reckoned so. What was
 * derived of the caseload before (clocks) is of the old aims. */
void am_roster_take_aims(const struct am_roster *roster, struct am_caseload *caseload);

/* Append an appointment; the order is restored by am_roster_sort. */
AM_MUST_CHECK am_status am_roster_add(struct am_roster *roster,
                                      struct am_roster_appointment appointment, struct am_err *err);
void am_roster_sort(struct am_roster *roster);

/* People booked to a session, those recorded as stood down left out by the
 * builder. The roster must be sorted. O(log n + booked). */
int am_roster_booked(const struct am_roster *roster, int session);

/* Index of the session's first appointment in a sorted roster (where it would
 * be, if it has none). */
int am_roster_first(const struct am_roster *roster, int session);

#endif
