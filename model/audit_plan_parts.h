/*
 * audit_plan_parts - what the files of a plan's audit share among themselves.
 *
 * Letters in comments are those of docs/formulation.md, section 8. Days count
 * from the window's first, weeks likewise.
 */
#ifndef AM_MODEL_AUDIT_PLAN_PARTS_H
#define AM_MODEL_AUDIT_PLAN_PARTS_H

#include "model/audit_parts.h"
#include "model/audit_plan.h"

enum { AM_AUDIT_WHOLE_WEEK = 3, AM_AUDIT_LED_ROWS }; /* rows 0 .. 2: parts of the week */

struct am_audit_kind {
    int project, place, minutes, seats, supervised, part;
};

/* Somebody planned: a person, or one who is like them and yet to be sentenced. */
struct am_audit_entry {
    int person, arrival; /* -1: the person */
    am_date sentence;    /* of an arrival */
    int64_t ordered_min; /* likewise */
    int next;            /* of the same person; -1: none */
};

struct am_audit_target {
    int64_t by_min;     /* A */
    int week;           /* of the deadline; -1: none in the weeks of the plan */
    int64_t by_day_min; /* by */
    int64_t short_cost;
    am_date sentence; /* of its order; AM_NO_DATE: an arrival's */
};

/* The one at hand. Arrays are over weeks, but for day_min and longest (days). */
struct am_audit_weeks {
    int entry, first_day;
    int64_t to_book_min, ete_min; /* B, ETE */
    int64_t *fixed_min, *most_min, *cap_min;
    int64_t *day_min;
    uint8_t *fixed_days; /* of the window's weeks: weekdays with something fixed */
    int32_t *longest;
    struct am_audit_target *targets;
    int target_count;
    bool start_counts;
    am_date start_due;
    uint8_t *days; /* of one kind: weekdays */
};

struct am_plan_facts {
    const struct am_caseload *caseload;
    struct am_audit_facts audit;
    int weeks, days; /* W, and 7 W */
    struct am_audit_kind *kinds;
    int kind_count;
    int *kind_of;      /* by session; -1: nobody new is planned there */
    int *by_kind;      /* sessions of each kind, by weekday, start, date */
    int *kind_first;   /* in by_kind; one more */
    uint8_t *genders;  /* by session: bits of those who may lead it */
    int64_t *held_min; /* [kind * weeks + week] */
    int64_t *led_min;  /* [week * AM_AUDIT_LED_ROWS + row]: S */
    struct am_audit_entry *entries;
    int entry_count;
    int *first_entry; /* by person; -1: none */
    struct am_audit_days *ahead;
    struct am_audit_weeks at_hand;
};

AM_MUST_CHECK am_status am_audit_plan_places(struct am_plan_facts *facts, struct am_arena *arena,
                                             struct am_err *err);
AM_MUST_CHECK am_status am_audit_plan_people(struct am_plan_facts *facts, int arrivals_per_week,
                                             struct am_arena *arena, struct am_err *err);

/* Reckon at_hand anew: first whom an entry is like, then each entry of theirs. */
void am_audit_plan_person(struct am_plan_facts *facts, int person);
void am_audit_plan_entry(struct am_plan_facts *facts, int entry);

/* Fill at_hand.days for a kind, and return the least journey there and back
 * among the sessions that count; -1: none does. */
int am_audit_plan_reach(struct am_plan_facts *facts, int kind);

int am_audit_part_of(int weekday);

#endif
