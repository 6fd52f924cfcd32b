/*
 * audit_parts - what the files of the audit share among themselves.
 *
 * The facts are what follows from the caseload alone (docs/formulation.md,
 * sections 2, 3 and 6); a view is a roster put in order by person and by
 * session. The checks and the score look at one person, one session or one
 * supervisor at a time, so that an oracle can use them piece by piece. For the
 * audit and its tests only.
 */
#ifndef AM_MODEL_AUDIT_PARTS_H
#define AM_MODEL_AUDIT_PARTS_H

#include "model/audit.h"

/* ---- facts ---- */

struct am_audit_order {
    am_date deadline;  /* AM_NO_DATE: none */
    am_date start_due; /* S1; AM_NO_DATE: no limit */
    int64_t remaining_min, ete_left_min;
    bool started, open;
    bool absent;        /* something was missed without an excuse: nothing is earned */
    bool cannot_finish; /* S2 */
    int64_t must_min, pace_min;
    int64_t ahead_min; /* of the open ones up to this in the sequence, and their place in it */
    int turn;
};

/* A fixed appointment of the window (R15). */
struct am_audit_fixed {
    int appointment, person, session, order;
    int start, minutes; /* attended: credited minutes */
    bool recorded;      /* an outcome is known */
    bool offered;       /* not stood down */
};

struct am_audit_person {
    int order; /* the order that new appointments credit, -1: none */
    int64_t free_min, ete_left_min;
    bool inducted, needs_induction; /* R16 */
    bool has_waiver;
    int first_fixed, fixed_count; /* in facts.fixed, by session */
    int first_last_week, last_week_count;
    int first_published, published_count;
    int64_t must_min, pace_min; /* S2, S4 */
    int must_day;
    int64_t ahead_min; /* of all open orders */
};

struct am_audit_session {
    bool past, open;
    int32_t bookable;     /* R8: cap_s */
    int pinned;           /* the only supervisor who may lead, -1: nobody is pinned */
    int fixed_heads;      /* f_s: fixed and not recorded */
    bool stays_running;   /* past or closed: as recorded */
    int stays_led_by;     /* likewise, -1: nobody */
    int last_leader;      /* S7, -1: nobody known */
    bool published;       /* S8: as running */
    int published_leader; /* -1: none given */
};

struct am_audit_facts {
    const struct am_caseload *caseload;
    struct am_audit_order *orders;
    struct am_audit_person *people;
    struct am_audit_session *sessions; /* of the window */
    struct am_audit_fixed *fixed;      /* by person, session */
    int fixed_count;
    int *last_week; /* appointments of the week before the window, by person */
    struct am_published_appointment
        *published; /* in open sessions, by person, session; once each */
    int published_count;
    bool any_published;
};

/* Everything is allocated in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_audit_facts_build(const struct am_caseload *caseload,
                                             struct am_arena *arena, struct am_audit_facts *facts,
                                             struct am_err *err);

/* The steps of am_audit_facts_build, in this order; each a file's. */
AM_MUST_CHECK am_status am_audit_find_fixed(struct am_audit_facts *facts, struct am_arena *arena,
                                            struct am_err *err);
AM_MUST_CHECK am_status am_audit_reckon_orders(struct am_audit_facts *facts, struct am_arena *arena,
                                               struct am_err *err);
AM_MUST_CHECK am_status am_audit_reckon_clocks(struct am_audit_facts *facts, struct am_arena *arena,
                                               struct am_err *err);

/* Is order a worked before order b of the same person: earliest deadline,
 * event number, file? */
bool am_audit_order_first(const struct am_audit_facts *facts, int a, int b);

/* R5 without waivers, and as waivers leave it in a week of the window. */
int32_t am_audit_week_max(const struct am_caseload *caseload, int person);
int32_t am_audit_week_max_waived(const struct am_caseload *caseload, int person, int week);

/* ---- the days ahead ---- */

/* The longest session that people could attend on each day, within and beyond
 * the window: day(p, d) of section 6, R1 aside. */
struct am_audit_days;

AM_MUST_CHECK am_status am_audit_days_new(struct am_audit_facts *facts, struct am_arena *arena,
                                          struct am_audit_days **days, struct am_err *err);
/* The i-th person, in an order in which each home's journeys are looked up once. */
int am_audit_days_person(const struct am_audit_days *days, int i);
/* Write the minutes of days 0 .. count - 1 from the window's first. */
void am_audit_days_look(struct am_audit_days *days, int person, int32_t *longest, int count);

int am_audit_week(const struct am_caseload *caseload, int session);
int32_t am_audit_bookable(const struct am_policy *policy, int64_t places);

/* ---- journeys ---- */

struct am_audit_journey {
    bool known;   /* both legs by one mode */
    bool allowed; /* R3 */
    enum am_mode mode;
    int there, back;
};

struct am_audit_journey am_audit_journey_of(const struct am_caseload *caseload, int person,
                                            int session);

/* Journeys of one home after another, among the places around it. */
struct am_audit_around {
    const struct am_caseload *caseload;
    int home;
    int *tables, table_count; /* those that have the home, in file order */
    int *places;              /* of each table, one after another */
    size_t *first_place;
    int *told, turn; /* by place: the turn in which it was found within reach; negative: beyond */
    int *measured;   /* likewise in which its metres were measured */
    int64_t *metres;
};

AM_MUST_CHECK am_status am_audit_around_build(const struct am_caseload *caseload,
                                              struct am_arena *arena,
                                              struct am_audit_around *around, struct am_err *err);
void am_audit_around_open(struct am_audit_around *around, int home);
/* False: no mode knows a journey between the home and that place. */
bool am_audit_may_reach(struct am_audit_around *around, int place);
/* As am_audit_journey_of, for a person of that home. */
struct am_audit_journey am_audit_journey_around(struct am_audit_around *around, int person,
                                                int session);
bool am_audit_may_estimate(const struct am_caseload *caseload, int home, int site);

/* Great-circle metres between two points in millionths of a degree. */
int64_t am_audit_metres(int32_t lat_a, int32_t lon_a, int32_t lat_b, int32_t lon_b);

/* ---- one person and one session (section 3) ---- */

bool am_audit_waived(const struct am_caseload *caseload, enum am_rule rule, int person,
                     int session);
bool am_audit_available(struct am_windows windows, struct am_absences absences, am_date date,
                        int from, int to);
/* R2 of a person, given the journey. */
bool am_audit_free_for(const struct am_caseload *caseload, int person, int session,
                       const struct am_audit_journey *journey);
/* False: they never are on that weekday, whatever the dates of windows and absences. */
bool am_audit_may_be_free_for(const struct am_caseload *caseload, int person, int session,
                              const struct am_audit_journey *journey);
bool am_audit_suits(const struct am_caseload *caseload, int person, int project,
                    int place); /* R13 */
bool am_audit_may_lead(const struct am_audit_facts *facts, int supervisor, int session);
/* R11, the placement part. */
bool am_audit_fits_placement(const struct am_person *person, const struct am_project *project);

/* forbidden(p, s): every rule that the pair breaks. */
am_rule_set am_audit_forbidden(const struct am_audit_facts *facts, int person, int session);

/* What a fixed appointment breaks by itself: the same rules, but those that
 * count minutes or look at what else is fixed. */
am_rule_set am_audit_accepted(const struct am_audit_facts *facts,
                              const struct am_audit_fixed *fixed);

/* ---- a roster, put in order ---- */

struct am_audit_booking {
    int person, session, order, start, minutes;
    int fixed;     /* in facts.fixed, -1: new */
    bool recorded; /* an outcome is known */
    bool offered;
};

struct am_audit_range {
    const struct am_audit_booking *at;
    int count;
};

struct am_audit_view {
    const struct am_audit_facts *facts;
    const struct am_roster_session *sessions;
    struct am_audit_booking *by_person, *by_session;
    int *person_first, *session_first; /* one more than there are */
};

AM_MUST_CHECK am_status am_audit_view_build(const struct am_audit_facts *facts,
                                            const struct am_roster *roster, struct am_arena *arena,
                                            struct am_audit_view *view, struct am_err *err);
struct am_audit_range am_audit_of_person(const struct am_audit_view *view, int person);
struct am_audit_range am_audit_of_session(const struct am_audit_view *view, int session);
/* The index in facts.fixed, or -1. */
int am_audit_fixed_find(const struct am_audit_facts *facts, int person, int session);
int am_audit_heads(struct am_audit_range bookings); /* b_s: those not recorded */

/* The roster with what is fixed and nothing else. */
AM_MUST_CHECK am_status am_audit_fixed_roster(const struct am_audit_facts *facts,
                                              struct am_roster *roster, struct am_err *err);

/* ---- breaches ---- */

/* Where breaches go. Without an audit they are only counted. */
struct am_audit_log {
    struct am_audit *audit;
    int broken, accepted;
    bool no_memory;
};

struct am_audit_place {
    int person, session, supervisor; /* -1: not concerned */
    am_date date;
};

/* The text is left out where the rule is restricted. */
void am_audit_note(struct am_audit_log *log, enum am_rule rule, bool accepted,
                   struct am_audit_place place, const char *fmt, ...) AM_PRINTF(5, 6);
/* One breach a rule of the set, of a person at a session. */
void am_audit_note_set(struct am_audit_log *log, const struct am_audit_facts *facts,
                       am_rule_set rules, bool accepted, const struct am_audit_booking *booking);
void am_audit_sort(struct am_audit *audit);

/* Rules of patterns (section 4), and those of each pair in it. */
void am_audit_check_person(struct am_audit_log *log, const struct am_audit_facts *facts, int person,
                           struct am_audit_range bookings);
/* R8-R12, and R15 of a session. */
void am_audit_check_session(struct am_audit_log *log, const struct am_audit_facts *facts,
                            int session, struct am_roster_session as, struct am_audit_range booked);
/* R10: never in two places, and the hours of a week. */
void am_audit_check_supervisor(struct am_audit_log *log, const struct am_audit_facts *facts,
                               const struct am_roster_session *sessions, int supervisor);
/* R15: what is fixed is there. */
void am_audit_check_fixed(struct am_audit_log *log, const struct am_audit_view *view);
void am_audit_check_all(struct am_audit_log *log, const struct am_audit_view *view);

/* R11: the only woman among men, who has not agreed to be. -1: there is none. */
int am_audit_lone_woman(const struct am_audit_facts *facts, int session,
                        struct am_audit_range booked);

/* ---- the score (section 5) ---- */

/* Both add to *score; the total is summed by am_audit_total. */
void am_audit_score_person(const struct am_audit_facts *facts, int person,
                           struct am_audit_range bookings, struct am_score *score);
void am_audit_score_session(const struct am_audit_facts *facts, int session,
                            struct am_roster_session as, struct am_audit_range booked,
                            struct am_score *score);
void am_audit_total(struct am_score *score);
void am_audit_score_all(const struct am_audit_view *view, struct am_score *score);

#endif
