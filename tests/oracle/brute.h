/*
 * brute - the best roster of a tiny caseload by enumeration.
 *
 * Every pattern of every person, then every combination of patterns, then
 * every choice of supervisors. What is allowed and what it costs is asked of
 * the audit alone (model/audit_parts.h), so that nothing is shared with the
 * formulation that it judges.
 */
#ifndef AM_TESTS_BRUTE_H
#define AM_TESTS_BRUTE_H

#include "model/audit.h"

struct brute_answer {
    bool found;      /* there is a roster at all */
    bool given_up;   /* more than BRUTE_NODES looked at */
    int64_t optimum; /* points of the best roster */
    int64_t nodes;
};

enum { BRUTE_NODES = 20000000, BRUTE_SESSIONS = 24, BRUTE_PEOPLE = 12 };

/* roster (initialised by this call, released by the caller) gets the best one,
 * without any claim. Fails with AM_ENOMEM, or AM_EINVALID when the caseload is
 * not tiny. */
AM_MUST_CHECK am_status brute_solve(const struct am_caseload *caseload, struct am_roster *roster,
                                    struct brute_answer *answer, struct am_err *err);

/* The best of the rosters that have something: only its points are told. */
struct brute_demand {
    int person, at; /* this person is newly booked to that session; -1: none in particular */
    int runs;       /* this session runs; -1: none in particular */
    int stops;      /* nobody is newly booked to this session; -1: none in particular */
};
AM_MUST_CHECK am_status brute_solve_where(const struct am_caseload *caseload,
                                          struct brute_demand demand, struct brute_answer *answer,
                                          struct am_err *err);

/* The same by still less wit: every set of pairs of people and sessions, every
 * choice of supervisors, each roster given whole to am_audit_roster. For
 * caseloads of a few pairs. */
AM_MUST_CHECK am_status naive_solve(const struct am_caseload *caseload, struct brute_answer *answer,
                                    struct am_err *err);

#endif
