#include "solver/teams.h"

#include <stdlib.h>

#include "solver/union_find.h"

int32_t am_team_week(const struct am_instance *instance, const struct am_var *option)
{
    return option->supervisor * instance->weeks + instance->sessions[option->session].day / 7;
}

/* A supervisor's week in which the session could be led, -1: nobody could (or it needs none). */
static int32_t leader_of(const struct am_instance *instance, const struct am_coupling *coupling,
                         int s)
{
    for (int32_t v = coupling->first_var[s]; v < coupling->first_var[s] + coupling->option_count[s];
         v++)
        if (coupling->vars[v].supervisor >= 0)
            return am_team_week(instance, &coupling->vars[v]);
    return -1;
}

static void unite(const struct am_instance *instance, const struct am_coupling *coupling, int s,
                  int32_t *parent)
{
    int32_t first = leader_of(instance, coupling, s);
    for (int32_t v = coupling->first_var[s]; v < coupling->first_var[s] + coupling->option_count[s];
         v++)
        if (coupling->vars[v].supervisor >= 0)
            am_sets_join(parent, am_team_week(instance, &coupling->vars[v]), first);
}

/* Those that could lead something, in the order of their roots: a part of a few people
 * has few of them, of thousands of supervisors. number[m]: of the team whose root is m. */
static void number_teams(struct am_teams *teams, const struct am_instance *instance,
                         const struct am_coupling *coupling, int32_t *parent, int32_t *number)
{
    int32_t supervisor_weeks = instance->supervisor_count * instance->weeks;
    for (int s = 0; s < instance->session_count; s++)
        if (leader_of(instance, coupling, s) >= 0)
            number[am_set_of(parent, leader_of(instance, coupling, s))] = 1;
    for (int32_t m = 0; m < supervisor_weeks; m++)
        if (number[m])
            number[m] = teams->count++;
}

/* By counting. */
static void list_sessions(struct am_teams *teams, const struct am_instance *instance,
                          const struct am_coupling *coupling, int32_t *parent,
                          const int32_t *number)
{
    int32_t *first = teams->first;
    for (int s = 0; s < instance->session_count; s++)
        if (leader_of(instance, coupling, s) >= 0)
            first[number[am_set_of(parent, leader_of(instance, coupling, s))] + 2]++;
    for (int t = 2; t < teams->count + 2; t++)
        first[t] += first[t - 1];
    for (int s = 0; s < instance->session_count; s++)
        if (leader_of(instance, coupling, s) >= 0)
            teams->sessions[first[number[am_set_of(parent, leader_of(instance, coupling, s))] +
                                  1]++] = s;
}

am_status am_teams_find(struct am_teams *teams, const struct am_instance *instance,
                        const struct am_coupling *coupling, struct am_err *err)
{
    size_t supervised = (size_t)instance->supervisor_count * (size_t)instance->weeks;
    int32_t *parent = calloc(supervised + 1, sizeof *parent);
    int32_t *number = calloc(supervised + 1, sizeof *number);
    *teams = (struct am_teams){0};
    teams->first = calloc(supervised + 2, sizeof *teams->first);
    teams->sessions = calloc((size_t)instance->session_count + 1, sizeof *teams->sessions);
    bool ready = parent && number && teams->first && teams->sessions;
    if (ready) {
        am_sets_apart(parent, (int32_t)supervised);
        for (int s = 0; s < instance->session_count; s++)
            unite(instance, coupling, s, parent);
        number_teams(teams, instance, coupling, parent, number);
        list_sessions(teams, instance, coupling, parent, number);
    } else {
        am_teams_release(teams);
    }
    free(parent);
    free(number);
    return ready ? AM_OK : am_fail_memory(err);
}

void am_teams_release(struct am_teams *teams)
{
    free(teams->first);
    free(teams->sessions);
    *teams = (struct am_teams){0};
}
