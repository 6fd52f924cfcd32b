/*
 * teams - supervisors and sessions that hang together, in one week.
 *
 * Supervisors who could lead the same session are of one team, and hours are
 * counted by week, so what one team leads is nothing to another, nor to itself
 * in another week (solver/union_find.h).
 */
#ifndef AM_SOLVER_TEAMS_H
#define AM_SOLVER_TEAMS_H

#include "solver/coupling.h"

struct am_teams {
    int count;
    /* sessions[first[t]] to before sessions[first[t + 1]]: those that somebody of
     * team t could lead, ascending. */
    int32_t *first, *sessions;
};

/* The number of the supervisor's week that an option takes time of: below
 * supervisor_count * weeks. The option has a supervisor. */
int32_t am_team_week(const struct am_instance *instance, const struct am_var *option);

/* Fails with AM_ENOMEM; then there is nothing to release. */
AM_MUST_CHECK am_status am_teams_find(struct am_teams *teams, const struct am_instance *instance,
                                      const struct am_coupling *coupling, struct am_err *err);
void am_teams_release(struct am_teams *teams);

#endif
