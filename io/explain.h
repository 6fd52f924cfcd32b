/*
 * explain - why somebody has what they have, as text for people and as JSON.
 *
 * The figures are found by cli/explain_*.c; here they are only told. Restricted
 * facts (R10's demand, R12, R13) are told as "a restriction on this case" unless
 * the caller, who has seen that a terminal is written to, says otherwise; JSON
 * never has them. In what is meant for the person concerned, everybody else is
 * "somebody else".
 */
#ifndef AM_IO_EXPLAIN_H
#define AM_IO_EXPLAIN_H

#include "io/report_figures.h"
#include "io/text.h"
#include "model/effect.h"
#include "model/why.h"

struct am_explain_context {
    const struct am_roster_context *roster_context;
    const struct am_roster *roster;
    const struct am_figures *figures;
    const struct am_effect_side *side; /* score and split of the roster */
    bool restricted;                   /* tell restricted facts */
    bool for_person;                   /* name nobody else */
    bool all;                          /* every session, not only the nearest to being possible */
};

/* What a roster that has something is, against the one in hand. */
struct am_explain_margin {
    bool tried;
    bool met;    /* such a roster was found; else: not found */
    bool proven; /* none that has it is better */
    int people;  /* placed anew to find it; the others stayed */
    struct am_effect effect;
};

/* ---- a person ---- */

enum am_open_state {
    AM_OPEN_ELSE,      /* they have something else on that day */
    AM_OPEN_RIVAL,     /* R12: somebody to be kept apart from is fixed there */
    AM_OPEN_TAKEN,     /* what is fixed takes all places */
    AM_OPEN_INDUCTION, /* R16: no induction of an earlier day is open to them */
    AM_OPEN_FULL,      /* runs, with as many as it takes */
    AM_OPEN_ROOM,      /* runs, with room */
    AM_OPEN_IDLE       /* does not run */
};

const char *am_open_state_word(enum am_open_state state); /* "full" */

/* A session that nothing about the person forbids, and that they do not have. */
struct am_explain_open {
    int session;
    enum am_open_state state;
    int32_t booked, room; /* heads, and how many it takes under whoever leads it */
    struct am_explain_margin margin;
};

struct am_explain_out {
    int session;
    struct am_why why;
};

enum am_fix_kind {
    AM_FIX_PLACE,      /* `count` more places at the session */
    AM_FIX_GROUP,      /* `count` more people in the group of `supervisor` */
    AM_FIX_FREE,       /* the person is free from..to (of because) on that date */
    AM_FIX_JOURNEY,    /* R3 is waived for the person at that session */
    AM_FIX_WAIVER,     /* likewise the rule of `because` (R5, R7, R16: whatever the session) */
    AM_FIX_SUPERVISOR, /* one more supervisor for that session */
    AM_FIX_MINIMUM,    /* the session may run with `count` people */
    AM_FIX_PIN         /* the person is pinned to the session */
};

const char *am_fix_word(enum am_fix_kind kind); /* "more_places" */

struct am_fix_change {
    enum am_fix_kind kind;
    int session;
    int32_t count;
    int supervisor;
    struct am_because because; /* what it lifts: AM_FIX_FREE, _JOURNEY, _WAIVER */
};

enum { AM_FIX_CHANGES = 4 };

/* Small changes to the caseload after which the roster places the person, and
 * nobody's legal clock is worse. */
struct am_explain_fix {
    struct am_fix_change changes[AM_FIX_CHANGES];
    int count;
    bool proven; /* the new roster is proven the best of the changed caseload */
    int people;  /* placed anew to find it */
    int32_t before_min, after_min;
    int32_t *sessions; /* of the new roster: the person's */
    int session_count;
    struct am_effect effect;
};

struct am_explain_person {
    int person;
    bool wants_more;              /* has an order to credit, and less than the weekly offer */
    int32_t short_min;            /* S3, with the intensive target */
    struct am_explain_open *open; /* cheapest margin first, those not tried last */
    int open_count;
    struct am_explain_out *out; /* fewest rules first */
    int out_count;
    am_rule_set core; /* where every session is ruled out: rules that do it by themselves, none of
                         which can be spared */
    int64_t better;   /* points by which a better roster was found on the way; 0: none */
    struct am_explain_fix *fixes;
    int fix_count, fixes_tried;
    bool fixes_sought;
};

/* Both append. */
void am_explain_person_text(struct am_text *text, const struct am_explain_context *context,
                            const struct am_explain_person *person);
void am_explain_person_json(struct am_text *text, const struct am_explain_context *context,
                            const struct am_explain_person *person);

/* ---- a session ---- */

enum am_leader_state {
    AM_LEADER_LEADS, /* this session */
    AM_LEADER_BUSY,  /* another at that time */
    AM_LEADER_HOURS, /* no hours left in that week */
    AM_LEADER_FREE
};

const char *am_leader_state_word(enum am_leader_state state); /* "busy" */

/* Somebody who may lead the session, or a session that somebody may lead. */
struct am_explain_leader {
    int session, supervisor;
    enum am_leader_state state;
    int other; /* AM_LEADER_BUSY: the session that they lead */
};

struct am_explain_session {
    int session;
    struct am_explain_leader *leaders;
    int leader_count;
    int32_t could;                  /* people who may attend it and are not booked there */
    int32_t could_idle;             /* of these: have nothing in this window */
    struct am_explain_margin other; /* it ran, where it does not; nobody came, where it runs */
    int64_t better;
};

void am_explain_session_text(struct am_text *text, const struct am_explain_context *context,
                             const struct am_explain_session *session);
void am_explain_session_json(struct am_text *text, const struct am_explain_context *context,
                             const struct am_explain_session *session);

/* ---- a supervisor ---- */

struct am_explain_supervisor {
    int supervisor;
    int32_t *led_min;                   /* by week of the window, what is recorded included */
    struct am_explain_leader *sessions; /* all that they may lead, by time */
    int session_count;
    int not_qualified,
        not_available; /* supervised sessions, open: why they may not lead the rest */
    int pinned_other;  /* likewise: somebody else is pinned */
    struct am_explain_margin *margins; /* of the first margin_count sessions that they could lead
                                          and that do not run: margin_of */
    int32_t *margin_of;
    int margin_count;
};

void am_explain_supervisor_text(struct am_text *text, const struct am_explain_context *context,
                                const struct am_explain_supervisor *supervisor);
void am_explain_supervisor_json(struct am_text *text, const struct am_explain_context *context,
                                const struct am_explain_supervisor *supervisor);

/* ---- a rule ---- */

/* One case for which the rule was lifted, and what came of solving again. */
struct am_explain_lift {
    int person, session; /* person -1: of a session alone */
    struct am_fix_change change;
    bool proven;
    int people;
    struct am_effect effect; /* points of the whole: below 0 is gained */
};

struct am_explain_rule {
    enum am_rule rule;
    int64_t alone; /* pairs of person and session that this rule alone forbids */
    int people;    /* with such a pair */
    int unplaced;  /* of these: have nothing in this window, though they have an order */
    int lifted;    /* cases tried */
    struct am_explain_lift *lifts; /* most gained first */
    int lift_count;
};

void am_explain_rule_text(struct am_text *text, const struct am_explain_context *context,
                          const struct am_explain_rule *rules, int count);
void am_explain_rule_json(struct am_text *text, const struct am_explain_context *context,
                          const struct am_explain_rule *rules, int count);

#endif
