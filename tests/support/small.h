/*
 * small - one caseload made by hand, and a good roster of it, that tests of
 * the audit change in one place each.
 */
#ifndef AM_TESTS_SMALL_H
#define AM_TESTS_SMALL_H

#include "model/caseload.h"
#include "model/roster.h"

/* Who is who. Every person has one active order of 1,200 minutes unless said. */
enum {
    P_MAN,       /* pinned to S_THURSDAY; two orders */
    P_SECOND,    /* a man; not available on Saturday */
    P_WOMAN,     /* consents to be the only woman */
    P_RELUCTANT, /* a woman who does not; mixed groups and individual placements only */
    P_NEW,       /* a man who needs his induction */
    P_BRIEF,     /* a man with a weekly maximum of 700 */
    P_WARY,      /* a woman who consents; must avoid children; kept apart from P_SECOND */
    P_COUNT
};

enum {
    S_MONDAY,    /* past; P_BRIEF attended under M_ONE */
    S_WEDNESDAY, /* group, 420 minutes, 3 places, minimum 2, supervised */
    S_THURSDAY,  /* the same */
    S_WORKSHOP,  /* Thursday afternoon, individual, 180 minutes, 2 places, unsupervised */
    S_COURSE,    /* Friday, ETE, 240 minutes, 4 places, unsupervised */
    S_INDUCTION, /* Friday, 60 minutes, unsupervised */
    S_FAR,       /* Saturday, individual, 120 minutes away */
    S_NEAR,      /* Saturday, individual, 300 minutes, at home's own place, children there */
    S_CLOSED,    /* Sunday, group, cancelled */
    S_WINDOW,
    S_NEXT = S_WINDOW, /* S_WEDNESDAY's sequel a week later */
    S_COUNT
};

enum { M_ONE, M_TWO, M_COUNT }; /* M_TWO is not qualified for the group */

enum { J_GROUP, J_SOLO, J_COURSE, J_INDUCTION, J_FAR, J_NEAR, J_COUNT };

struct small {
    struct am_caseload caseload;
    struct am_roster roster;
    struct am_place places[3];
    struct am_travel_table table;
    int32_t row_of[3];
    int16_t minutes[9];
    struct am_person people[P_COUNT];
    struct am_order orders[P_COUNT + 1];
    struct am_window windows[P_COUNT];
    int32_t apart[2];
    struct am_project projects[J_COUNT];
    struct am_session sessions[S_COUNT];
    struct am_supervisor supervisors[M_COUNT];
    int32_t qualified[1];
    struct am_appointment appointments[3];
    struct am_waiver waivers[1];
};

/* The caseload and an empty roster. False: no memory. */
bool small_init(struct small *small);
void small_release(struct small *small);

/* Book a person to a session, with all its minutes; or take the booking out. */
bool small_book(struct small *small, int person, int session);
void small_unbook(struct small *small, int person, int session);
struct am_roster_appointment *small_find(struct small *small, int person, int session);

/* A roster that breaks nothing, with the claims that the audit reckons. */
bool small_fill(struct small *small);
/* Claim what the audit reckons. */
bool small_claim(struct small *small);

#endif
