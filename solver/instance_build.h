/*
 * instance_build - what the parts of am_instance_build share.
 */
#ifndef AM_SOLVER_INSTANCE_BUILD_H
#define AM_SOLVER_INSTANCE_BUILD_H

#include "solver/instance.h"

struct am_instance_build {
    const struct am_caseload *caseload;
    const struct am_orders *orders;
    const struct am_eligibility *eligibility;
    const struct am_clocks *clocks;
    struct am_arena *arena;
    struct am_instance *instance;
    /* S8, by session: 0 not published as running, 1 published as running */
    bool *published_runs;
    int32_t *published_leader; /* -1: not given */
    /* published appointments sorted by person, then session */
    struct am_published_appointment *published;
    int published_count;
};

/* Sessions first: people's pairs look at them. */
AM_MUST_CHECK am_status am_instance_sessions(struct am_instance_build *build, struct am_err *err);
AM_MUST_CHECK am_status am_instance_supervisors(struct am_instance_build *build,
                                                struct am_err *err);
AM_MUST_CHECK am_status am_instance_people(struct am_instance_build *build, struct am_err *err);

/* Was this person published at this session? O(log n). */
bool am_build_published(const struct am_instance_build *build, int person, int session);

/* S7 and S8: the points if this supervisor leads the session. */
int64_t am_leading_points(const struct am_instance_build *build, int supervisor, int session);

/* The points of one appointment that do not depend on its minutes: S6, S7, S9
 * and the day of S10. */
int64_t am_appointment_points(const struct am_caseload *caseload, const struct am_orders *orders,
                              int person, int session, int there, int back);

#endif
