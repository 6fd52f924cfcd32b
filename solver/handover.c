#include "solver/handover.h"

#include <stdlib.h>

#include "solver/teams.h"
#include "solver/union_find.h"

/* To stop running what runs must gain so small a share of the gap, and at least a
 * point; to change hands a fraction of that (both as inverses). Nodes of the engine's search; it
 * may stop where nothing more than a change of hands is to be had. */
enum { WORTHWHILE = 400, HANDS = 4, NODES = 200 };

struct finding {
    struct am_search *search;
    struct am_arena *arena;
    struct am_link_sums *sums;
    double *worth;    /* of each option, at the prices */
    double *wanted;   /* and with what is to be gained by a change */
    bool *chosen;     /* an option, in the best sharing out */
    int32_t *leads;   /* of each session: the option that was chosen, -1: it does not run */
    int32_t *led;     /* likewise in the incumbent */
    int32_t *joined;  /* weeks of supervisors whose changes hang together: union_find.h */
    double *gain;     /* of all changes of those with this root */
    int32_t *changes; /* sessions, in the end by handover */
    int change_count;
};

static am_status take_room(struct finding *finding, struct am_err *err)
{
    struct am_arena *arena = finding->arena;
    const struct am_instance *instance = finding->search->instance;
    size_t vars = (size_t)finding->search->coupling.var_count;
    size_t sessions = (size_t)instance->session_count;
    size_t supervisor_weeks = (size_t)instance->supervisor_count * (size_t)instance->weeks;
    finding->sums = AM_ARENA_NEW(arena, sessions, struct am_link_sums);
    finding->worth = AM_ARENA_NEW(arena, vars, double);
    finding->wanted = AM_ARENA_NEW(arena, vars, double);
    finding->chosen = AM_ARENA_NEW(arena, vars, bool);
    finding->leads = AM_ARENA_NEW(arena, sessions, int32_t);
    finding->led = AM_ARENA_NEW(arena, sessions, int32_t);
    finding->joined = AM_ARENA_NEW(arena, supervisor_weeks, int32_t);
    finding->gain = AM_ARENA_NEW(arena, supervisor_weeks, double);
    finding->changes = AM_ARENA_NEW(arena, sessions, int32_t);
    return finding->sums && finding->worth && finding->wanted && finding->chosen &&
                   finding->leads && finding->led && finding->joined && finding->gain &&
                   finding->changes
               ? AM_OK
               : am_fail_memory(err);
}

/* ---- the best sharing out near the incumbent ---- */

static void want(struct finding *finding, double change)
{
    const struct am_coupling *coupling = &finding->search->coupling;
    const struct am_decision *incumbent = &finding->search->incumbent;
    for (int32_t v = 0; v < coupling->var_count; v++) {
        const struct am_var *var = &coupling->vars[v];
        finding->wanted[v] = finding->worth[v];
        if (!incumbent->runs[var->session])
            continue;
        finding->wanted[v] += change;
        if (var->supervisor == incumbent->supervisor[var->session])
            finding->wanted[v] += change / HANDS;
    }
}

/* The option of each session that is chosen, and that the incumbent has. */
static void list_leads(struct finding *finding)
{
    const struct am_coupling *coupling = &finding->search->coupling;
    const struct am_decision *incumbent = &finding->search->incumbent;
    for (int s = 0; s < finding->search->instance->session_count; s++) {
        int32_t first = coupling->first_var[s], end = first + coupling->option_count[s];
        finding->leads[s] = finding->led[s] = -1;
        for (int32_t v = first; v < end; v++) {
            if (!am_leading_has(finding->search->leading, v))
                continue;
            if (finding->chosen[v])
                finding->leads[s] = v;
            if (incumbent->runs[s] && incumbent->supervisor[s] == coupling->vars[v].supervisor)
                finding->led[s] = v;
        }
    }
}

static am_status share_out(struct finding *finding, const struct am_best_prices *prices,
                           struct am_err *err)
{
    struct am_search *search = finding->search;
    double gap = (double)search->objective - am_in_points(prices->bound);
    double change = gap / WORTHWHILE > 1 ? gap / WORTHWHILE : 1;
    struct am_lp_limits limits = am_search_lp_limits(search, NODES);
    limits.absolute_gap = change / HANDS;
    am_link_sums(&search->coupling, search->instance, prices->row, finding->sums);
    am_leading_worth(search->leading, prices->row, finding->sums, finding->worth);
    want(finding, change);
    am_status status =
        am_leading_decide(search->leading, finding->wanted, limits, finding->chosen, err);
    if (status == AM_OK)
        list_leads(finding);
    return status;
}

/* ---- what hangs together ---- */

/* The week of an option's supervisor; -1: nobody leads. */
static int32_t leader_of(const struct finding *finding, int32_t option)
{
    const struct am_var *vars = finding->search->coupling.vars;
    bool led = option >= 0 && vars[option].supervisor >= 0;
    return led ? am_team_week(finding->search->instance, &vars[option]) : -1;
}

/* What a session's change hangs together with; -1: nobody leads before or after it. */
static int32_t group_of(const struct finding *finding, int32_t session)
{
    int32_t before = leader_of(finding, finding->led[session]);
    int32_t one = before >= 0 ? before : leader_of(finding, finding->leads[session]);
    return one < 0 ? -1 : am_set_of(finding->joined, one);
}

static double worth_of(const struct finding *finding, int32_t option)
{
    return option < 0 ? 0 : finding->worth[option];
}

static void join_changes(struct finding *finding)
{
    const struct am_instance *instance = finding->search->instance;
    am_sets_apart(finding->joined, instance->supervisor_count * instance->weeks);
    for (int s = 0; s < instance->session_count; s++) {
        int32_t before = leader_of(finding, finding->led[s]);
        int32_t after = leader_of(finding, finding->leads[s]);
        if (finding->led[s] == finding->leads[s] || (before < 0 && after < 0))
            continue;
        finding->changes[finding->change_count++] = s;
        if (before >= 0 && after >= 0)
            am_sets_join(finding->joined, before, after);
    }
    for (int i = 0; i < finding->change_count; i++) {
        int32_t s = finding->changes[i];
        finding->gain[group_of(finding, s)] +=
            worth_of(finding, finding->leads[s]) - worth_of(finding, finding->led[s]);
    }
}

/* ---- in order ---- */

struct change {
    double gain; /* of its handover */
    int32_t handover, session;
    bool runs; /* it does already */
};

static int by_handover(const void *left, const void *right)
{
    const struct change *a = left, *b = right;
    if (a->gain != b->gain)
        return a->gain > b->gain ? -1 : 1;
    if (a->handover != b->handover)
        return a->handover < b->handover ? -1 : 1;
    if (a->runs != b->runs)
        return a->runs ? 1 : -1;
    return (a->session > b->session) - (a->session < b->session);
}

/* Those that promise something. */
static am_status list_handovers(struct finding *finding, struct am_handovers *handovers,
                                struct am_err *err)
{
    size_t room = (size_t)finding->change_count;
    struct change *changes = AM_ARENA_NEW(finding->arena, room, struct change);
    handovers->first = AM_ARENA_NEW(finding->arena, room + 1, int32_t);
    handovers->sessions = finding->changes;
    if (!changes || !handovers->first)
        return am_fail_memory(err);
    int count = 0;
    for (int i = 0; i < finding->change_count; i++) {
        int32_t s = finding->changes[i];
        int32_t group = group_of(finding, s);
        if (finding->gain[group] > 0)
            changes[count++] =
                (struct change){finding->gain[group], group, s, finding->led[s] >= 0};
    }
    if (count > 0)
        qsort(changes, (size_t)count, sizeof *changes, by_handover);
    for (int i = 0; i < count; i++) {
        if (i == 0 || changes[i].handover != changes[i - 1].handover)
            handovers->first[handovers->count++] = i;
        handovers->sessions[i] = changes[i].session;
    }
    handovers->first[handovers->count] = count;
    return AM_OK;
}

am_status am_handovers_find(struct am_search *search, const struct am_best_prices *prices,
                            struct am_arena *arena, struct am_handovers *handovers,
                            struct am_err *err)
{
    struct finding finding = {.search = search, .arena = arena};
    *handovers = (struct am_handovers){0};
    am_status status = take_room(&finding, err);
    if (status == AM_OK)
        status = share_out(&finding, prices, err);
    if (status != AM_OK)
        return status;
    join_changes(&finding);
    return list_handovers(&finding, handovers, err);
}
