/*
 * caseload - what is given: people and their orders, projects and their
 * sessions, supervisors, journeys, what is booked, the policy.
 *
 * Built by a reader (io/caseload_json.h) in one arena and not changed after
 * that. Everything refers to everything else by index into the arrays here;
 * -1 is "none". File order is kept, since it breaks ties. Durations are whole
 * minutes; dates and times are local to Europe/London (model/time.h).
 */
#ifndef AM_MODEL_CASELOAD_H
#define AM_MODEL_CASELOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/policy.h"
#include "model/rules.h"
#include "model/time.h"

/* ---- small vocabularies ---- */

enum am_gender { AM_FEMALE, AM_MALE, AM_GENDER_OTHER, AM_GENDER_UNKNOWN };

enum am_placement { AM_MIXED_GROUP = 1, AM_WOMEN_ONLY = 2, AM_INDIVIDUAL_PLACEMENT = 4 }; /* bits */

enum am_project_type { AM_GROUP, AM_INDIVIDUAL, AM_ETE, AM_INDUCTION, AM_PROJECT_TYPE_COUNT };

enum am_mode { AM_WALK, AM_CYCLE, AM_CAR, AM_PUBLIC_TRANSPORT, AM_MODE_COUNT };
typedef uint8_t am_modes; /* bit m stands for mode m */

/* In order of precedence: the first that knows a journey is believed. */
enum am_travel_quality {
    AM_PLANNER,
    AM_TIMETABLE,
    AM_ROUTED,
    AM_ESTIMATED,
    AM_TRAVEL_QUALITY_COUNT
};

enum am_direction { AM_THERE = 1, AM_BACK = 2 }; /* bits */

enum am_order_status { AM_ORDER_ACTIVE, AM_ORDER_SUSPENDED, AM_ORDER_COMPLETED, AM_ORDER_REVOKED };

enum am_runs { AM_RUNS_ALONE, AM_RUNS_CONCURRENT, AM_RUNS_AFTER };

enum am_frequency { AM_ONCE, AM_WEEKLY, AM_FORTNIGHTLY };

enum am_appointment_state {
    AM_BOOKED,
    AM_ATTENDED,
    AM_MISSED,
    AM_MISSED_UNACCEPTABLE,
    AM_STOOD_DOWN
};

enum am_closed { AM_OPEN, AM_NON_WORKING_DAY, AM_CANCELLED };

/* Words of these vocabularies as the files write them ("public_transport"). */
const char *am_gender_word(enum am_gender gender);
const char *am_project_type_word(enum am_project_type type);
const char *am_mode_word(enum am_mode mode);
const char *am_travel_quality_word(enum am_travel_quality quality);
const char *am_order_status_word(enum am_order_status status);
const char *am_appointment_state_word(enum am_appointment_state state);

/* Where something stands in the caseload's file, from 1; 0 where it does not. */
struct am_position {
    int32_t line, column;
};

/* ---- places and journeys ---- */

/* Coordinates are whole millionths of a degree. A home given by coordinates
 * alone becomes a place without id. */
struct am_place {
    const char *id;   /* "" for a home without one */
    const char *name; /* "" when not given */
    const char *address;
    bool has_point;
    int32_t lat_micro, lon_micro;
};

/* Minutes of a journey in a table; the two negative values are answers too. */
enum { AM_NO_JOURNEY = -1, AM_UNKNOWN_JOURNEY = -2 };

/*
 * One table of journey times: minutes[row_of[a] * columns + column_of[b]] is
 * the journey from place a to place b. For AM_THERE, a is a home and b a site;
 * for AM_BACK, a is the site and b the home; a table for both directions is
 * read home to site for either leg. row_of and column_of have one entry a
 * place, -1 where the table does not have it.
 */
struct am_travel_table {
    enum am_mode mode;
    uint8_t directions; /* bits of am_direction */
    am_weekdays days;   /* 0x7f when every day */
    int16_t hour;       /* there: arrive by; back: depart after; -1: at any hour */
    enum am_travel_quality quality;
    int rows, columns;
    const int32_t *row_of, *column_of;
    const int16_t *minutes; /* >= 0, AM_NO_JOURNEY or AM_UNKNOWN_JOURNEY */
};

/* ---- people ---- */

/* Open from..to (minutes of the day) on these weekdays; from valid_from to
 * valid_to inclusive (AM_NO_DATE: no end); every n-th week counted from the
 * week of valid_from (n > 1 needs valid_from). */
struct am_window {
    am_weekdays days;
    uint8_t every_weeks;
    int16_t from, to;
    am_date valid_from, valid_to;
};

/* Not available from start (inclusive) to end (exclusive). */
struct am_absence {
    am_stamp start, end;
};

struct am_windows {
    const struct am_window *at;
    int count;
};

struct am_absences {
    const struct am_absence *at;
    int count;
};

/* A list of indices (projects, places, people). */
struct am_indices {
    const int32_t *at;
    int count;
};

struct am_order {
    int person;
    const char *event; /* event number as written */
    am_date sentence_date;
    int32_t ordered_min, adjustment_min, worked_min, ete_min; /* ete_min is part of worked_min */
    am_date own_deadline;                                     /* AM_NO_DATE: by policy */
    enum am_order_status status;
    enum am_runs runs;
    int runs_order; /* the order it runs with or after, -1 for alone */
    struct am_position at;
};

struct am_allocation {
    int project;
    am_weekdays days;
    enum am_frequency frequency;
    am_date from, to; /* to inclusive, AM_NO_DATE: open; once: the first matching day from `from` */
};

/* What a completion plan asks of a person in the window (S2, S4). Not of the
 * caseload's file: a plan's file sets it (model/aims.h), or a roster's that was
 * made with one. */
struct am_aim {
    bool given;
    int32_t planned_min; /* to be booked in the window */
    int32_t needed_min;  /* of these, what the plan could not make up for later */
};

/* The plan of one person, as model/aims.h follows it. Both curves have one entry a week. */
struct am_aim_curve {
    int person;               /* of the caseload at hand */
    int32_t left_min;         /* of their orders when the plan was made */
    const int32_t *by_min;    /* booked by the end of the week */
    const int32_t *least_min; /* by then it must be at least so many; <= by_min */
    bool knows_all;           /* the plan knows every order of theirs that is open now */
};

struct am_aims {
    am_date from; /* the Monday of the plan's first week */
    int weeks;
    struct am_aim_curve *curves; /* by person, each once */
    int count;
};

struct am_person {
    const char *crn;
    const char *name; /* "" when not given */
    bool limited_access;
    enum am_gender gender;
    bool may_join_women_only; /* women: always true */
    bool consents_alone;
    uint8_t placement; /* bits of am_placement */
    int home;          /* place, -1 unknown */
    am_modes modes;
    int first_order, order_count; /* in orders[], by event number as written in the file */
    am_date inducted_on;          /* AM_NO_DATE: not */
    struct am_windows available;
    struct am_absences unavailable;
    bool intensive_agreed;
    int32_t intensive_target_min; /* 0: none */
    int32_t weekly_max_min;       /* of their own; -1: by policy */
    uint64_t needs, must_avoid;   /* bits of the caseload's offers and tags */
    struct am_indices barred_projects, barred_places, prefers; /* sorted indices */
    struct am_indices keep_apart;                              /* people; made symmetric, sorted */
    int supervisor_gender;                                     /* an am_gender, -1: no demand */
    bool wants_ete;
    int32_t attendance_percent; /* of their own or by policy; 1 .. 100 */
    const struct am_allocation *allocations;
    int allocation_count;
    struct am_aim aim;
    struct am_position at;
};

/* ---- projects, sessions, supervisors ---- */

struct am_project {
    const char *code, *name, *beneficiary; /* name, beneficiary "" when not given */
    enum am_project_type type;
    int place; /* -1: none given */
    uint64_t tags, offers;
    bool women_only;
    int32_t quality; /* 0 .. 5 */
    struct am_position at;
};

/* One occurrence of a recurring session: known by its id and original date,
 * whatever is overridden. Sorted by date, start, then file order. */
struct am_session {
    const char *id; /* of the session definition, unique in the caseload */
    int definition; /* ordinal of the definition in file order */
    int project;
    am_date original_date;
    am_date date;
    int16_t start, minutes; /* start + minutes <= 1440 */
    int place;              /* the project's, or the override's */
    int32_t places, min_group;
    bool supervised;
    int pinned_supervisor; /* an override's, else that of a pinned appointment; -1: none */
    enum am_closed closed; /* R14 */
};

struct am_supervisor {
    const char *code, *name;
    enum am_gender gender;
    struct am_windows available;
    struct am_absences unavailable;
    int32_t group_limit;
    int32_t weekly_max_min;
    bool any_project;
    struct am_indices projects; /* qualified for, when not any */
    struct am_position at;
};

/* ---- what is booked or has happened ---- */

struct am_appointment {
    int person, order;
    const char *session_id;
    am_date original_date;
    int session; /* in the window's sessions, -1: outside the window */
    am_date date;
    int project; /* of the session definition */
    int16_t start, minutes;
    int supervisor; /* -1: none given */
    enum am_appointment_state state;
    int32_t credited_min; /* of an attended one */
    bool pinned;
};

/* What was published for this window, and what is booked in it (io/caseload_published.c);
 * by person and session, each once. */
struct am_published_appointment {
    int person;
    int session;
};

struct am_published_session {
    int session;
    int supervisor; /* -1: none */
};

struct am_waiver {
    enum am_rule rule;
    int person;             /* required */
    int project;            /* -1: any */
    const char *session_id; /* NULL: any session */
    am_date until;          /* inclusive; AM_NO_DATE: open */
    const char *by;
};

/* People yet to be sentenced, for plans: so many like a person of the caseload. */
struct am_arrivals {
    am_date sentence_date;
    int32_t ordered_min; /* 0: as the first order of the one they are like */
    int32_t count;
    int like; /* person; -1: those of the caseload in turn */
};

/* ---- the whole ---- */

/* A window has 1 .. AM_WEEKS_MAX weeks. */
enum { AM_WEEKS_MAX = 8 };

struct am_caseload {
    struct am_arena arena;
    const char *file;     /* as named by the caller */
    char sha256[65];      /* of the bytes read, and of the files it names */
    char plan_sha256[65]; /* of the plan that people's aims are of; "" where they have none */
    am_date as_of;
    am_date from;         /* a Monday */
    int weeks;            /* the window: days from .. from + 7 * weeks - 1 */
    const char *division; /* "" when not given */
    struct am_policy policy;
    struct am_dates bank_holidays;
    struct am_dates non_working; /* non_working_dates, or the bank holidays where none are given */

    struct am_place *places;
    int place_count;
    struct am_travel_table *travel;
    int travel_count;

    struct am_person *people;
    int person_count;
    struct am_order *orders;
    int order_count;

    struct am_project *projects;
    int project_count;
    struct am_session *sessions; /* window first: 0 .. window_session_count - 1 */
    int session_count;
    int window_session_count;
    struct am_supervisor *supervisors;
    int supervisor_count;

    struct am_appointment *appointments;
    int appointment_count;
    bool has_published;
    struct am_published_appointment *published_appointments;
    int published_appointment_count;
    struct am_published_session *published_sessions;
    int published_session_count;
    struct am_waiver *waivers;
    int waiver_count;
    int32_t arrivals_per_week;    /* sentenced each week from the window's first; 0: none */
    struct am_arrivals *arrivals; /* beside those, in the order of the file */
    int arrivals_count;

    const char *const *tag_names; /* bit b of tags and must_avoid */
    int tag_count;                /* at most 64 */
    const char *const *offer_names;
    int offer_count;
};

/* sessions holds every occurrence from the window's first day to the last day
 * that any open order's completion can depend on (S2 looks beyond the window);
 * occurrences that are closed (R14) are kept inside the window and left out
 * beyond it. */

void am_caseload_init(struct am_caseload *caseload);
void am_caseload_release(struct am_caseload *caseload);

static inline int am_caseload_days(const struct am_caseload *caseload)
{
    return 7 * caseload->weeks;
}

static inline am_date am_caseload_last(const struct am_caseload *caseload)
{
    return caseload->from + 7 * caseload->weeks - 1;
}

#endif
