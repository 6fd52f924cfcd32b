/*
 * report_figures - what every report tells of a roster, gathered once.
 *
 * The terminal summary, the printed page and roster.json read the same
 * figures, so that they cannot disagree. Nothing here decides anything.
 */
#ifndef AM_IO_REPORT_FIGURES_H
#define AM_IO_REPORT_FIGURES_H

#include "io/roster_json.h"

/* Why a session does not run. */
enum am_why_not {
    AM_WHY_RUNS, /* it does */
    AM_WHY_CANCELLED,
    AM_WHY_NON_WORKING_DAY,
    AM_WHY_PAST,
    AM_WHY_NO_SUPERVISOR, /* supervised, and nobody may lead it */
    AM_WHY_NOBODY,        /* nobody may attend it */
    AM_WHY_TOO_FEW,       /* fewer people may attend it than its minimum group */
    AM_WHY_NOT_CHOSEN,    /* it could run; people or supervisors are of more use elsewhere */
    AM_WHY_COUNT
};

const char *am_why_not_word(enum am_why_not why);     /* "no_supervisor" */
const char *am_why_not_sentence(enum am_why_not why); /* for people */

struct am_session_figures {
    enum am_why_not why_not;
    int32_t booked, places_free;   /* places_free >= 0 */
    int32_t eligible;              /* people who may attend it, the fixed ones included */
    int32_t expected_hundredths;   /* people expected: sum of attendance, in hundredths */
    int32_t named, limited_access; /* of those booked */
};

/* A person with an order to credit and no appointment. */
struct am_unplaced {
    int person;
    int64_t eligible; /* sessions they may attend: all were full, or do not run */
    int reason;       /* the rule that forbids most sessions; -1 when eligible > 0: no place */
};

struct am_order_figures {
    int32_t booked_min; /* in the window, of this order and of those worked before it */
    enum am_outlook outlook;
};

/* A first appointment that comes after the start limit (S1), or not at all. */
struct am_late_start {
    int person, order;
    am_date first; /* AM_NO_DATE: none in the window */
    int days_late; /* as S1 counts them */
};

enum am_change_kind {
    AM_CHANGE_SESSION_STARTS,
    AM_CHANGE_SESSION_STOPS,
    AM_CHANGE_SUPERVISOR,
    AM_CHANGE_ADDED,  /* an appointment */
    AM_CHANGE_REMOVED /* an appointment */
};

const char *am_change_word(enum am_change_kind kind); /* "session_starts", "added" ... */

/* Against what was published. Sessions first, then people. */
struct am_change {
    enum am_change_kind kind;
    int session, person;        /* person -1 for changes of a session */
    int old_leader, new_leader; /* AM_CHANGE_SUPERVISOR; -1: none */
};

struct am_figures {
    struct am_session_figures *sessions; /* of the window */
    struct am_order_figures *orders;     /* every order */
    struct am_unplaced *unplaced;        /* by person */
    int unplaced_count;
    struct am_late_start *late; /* by person */
    int late_count;
    struct am_change *changes;
    int change_count;

    int due;                         /* people with an order to credit, or an appointment */
    int placed;                      /* of these, with at least one appointment */
    int appointments;                /* recorded ones included */
    int no_place;                    /* unplaced, though some session would take them */
    int reasons[AM_RULE_COUNT];      /* unplaced by the rule that is their reason */
    int open_sessions, run_sessions; /* not past, not closed; running */
    int64_t seats, seats_used;       /* of the sessions that run */
    int64_t expected_hundredths;     /* people expected in them */
    int64_t booked_min;              /* not recorded */
    int64_t travel_min;              /* there and back, of appointments whose journey is known */
    int journeys;                    /* appointments whose journey is known */
    int outlooks[AM_NOT_ACTIVE + 1]; /* orders by outlook */
    int waivers_in_force;
};

/* Everything is in arena. The roster must be sorted. */
AM_MUST_CHECK am_status am_figures_gather(const struct am_roster_context *context,
                                          const struct am_roster *roster, struct am_arena *arena,
                                          struct am_figures *figures, struct am_err *err);

/* Is the waiver not over before the window? */
bool am_waiver_in_force(const struct am_caseload *caseload, const struct am_waiver *waiver);

#endif
