/* A session, and a supervisor: what runs, and why not the rest. */
#include <stdlib.h>

#include "cli/explain.h"
#include "model/order.h"

/* Sessions of a supervisor that are tried by solving again. */
enum { MOST_MARGINS = 3 };

static bool has_anything(const struct am_explaining *ex, int person)
{
    for (int d = 0; d < ex->instance.days; d++)
        if (ex->decision.chosen[(int64_t)person * ex->instance.days + d] >= 0)
            return true;
    return ex->derived->orders.people[person].fixed_count > 0;
}

static int32_t led_minutes(const struct am_explaining *ex, int supervisor, int week)
{
    int32_t minutes = 0;
    for (int s = 0; s < ex->instance.session_count; s++)
        if (ex->roster->sessions[s].runs && ex->roster->sessions[s].supervisor == supervisor &&
            ex->instance.sessions[s].day / 7 == week)
            minutes += ex->instance.sessions[s].minutes;
    return minutes;
}

/* How somebody who may lead the session stands in the roster. */
static struct am_explain_leader look_at(const struct am_explaining *ex, int supervisor, int session)
{
    const struct am_isession *at = &ex->instance.sessions[session];
    struct am_explain_leader leader = {session, supervisor, AM_LEADER_FREE, -1};
    if (ex->roster->sessions[session].runs &&
        ex->roster->sessions[session].supervisor == supervisor) {
        leader.state = AM_LEADER_LEADS;
        return leader;
    }
    for (int s = 0; s < ex->instance.session_count; s++)
        if (s != session && ex->roster->sessions[s].runs &&
            ex->roster->sessions[s].supervisor == supervisor &&
            am_sessions_overlap(&ex->instance.sessions[s], at)) {
            leader.state = AM_LEADER_BUSY;
            leader.other = s;
            return leader;
        }
    int32_t most = ex->derived->caseload.supervisors[supervisor].weekly_max_min;
    if (led_minutes(ex, supervisor, at->day / 7) + at->minutes > most)
        leader.state = AM_LEADER_HOURS;
    return leader;
}

static bool is_open(const struct am_explaining *ex, int session)
{
    return ex->instance.sessions[session].open;
}

/* ---- a session ---- */

static am_status list_leaders(struct am_explaining *ex, struct am_explain_session *about,
                              struct am_err *err)
{
    const struct am_caseload *caseload = &ex->derived->caseload;
    about->leaders =
        AM_ARENA_NEW(&ex->arena, (size_t)caseload->supervisor_count, struct am_explain_leader);
    if (!about->leaders)
        return am_fail_memory(err);
    for (int m = 0; m < caseload->supervisor_count; m++)
        if (caseload->sessions[about->session].supervised &&
            am_may_lead(caseload, m, about->session))
            about->leaders[about->leader_count++] = look_at(ex, m, about->session);
    return AM_OK;
}

static void count_people(const struct am_explaining *ex, struct am_explain_session *about)
{
    for (int64_t k = 0; k < ex->instance.pair_count; k++) {
        if (ex->instance.pairs[k].session != about->session)
            continue;
        int p = am_pair_person(&ex->instance, k);
        int day = ex->instance.pairs[k].day;
        if (ex->decision.chosen[(int64_t)p * ex->instance.days + day] == k)
            continue;
        about->could++;
        about->could_idle += !has_anything(ex, p);
    }
}

/* If it ran; if nobody came who does not have to. */
static am_status try_other(struct am_explaining *ex, struct am_explain_session *about,
                           struct am_err *err)
{
    struct am_around *around = NULL;
    struct am_demand demand = AM_DEMAND_NONE(about->session);
    const struct am_isession *at = &ex->instance.sessions[about->session];
    bool runs = ex->decision.runs[about->session];
    if (!at->open || (runs && at->must_run))
        return AM_OK;
    if (runs)
        demand.stops = about->session;
    else
        demand.runs = about->session;
    am_status status = am_around_new(&around, &ex->instance, &ex->decision, -1, ex->settings, err);
    if (status == AM_OK)
        status = am_explain_demand(ex, around, demand, -1, &about->other, &about->better, err);
    am_around_free(around);
    return status;
}

am_status am_explain_session(struct am_explaining *ex, int session,
                             struct am_explain_session *about, struct am_err *err)
{
    *about = (struct am_explain_session){.session = session};
    am_status status = list_leaders(ex, about, err);
    count_people(ex, about);
    return status == AM_OK ? try_other(ex, about, err) : status;
}

/* ---- a supervisor ---- */

static void count_why_not(const struct am_explaining *ex, int session,
                          struct am_explain_supervisor *about)
{
    const struct am_caseload *caseload = &ex->derived->caseload;
    const struct am_session *at = &caseload->sessions[session];
    const struct am_supervisor *who = &caseload->supervisors[about->supervisor];
    bool qualified = who->any_project;
    for (int i = 0; i < who->projects.count; i++)
        qualified |= who->projects.at[i] == at->project;
    if (at->pinned_supervisor >= 0)
        about->pinned_other++;
    else if (!qualified)
        about->not_qualified++;
    else
        about->not_available++;
}

static am_status list_sessions(struct am_explaining *ex, struct am_explain_supervisor *about,
                               struct am_err *err)
{
    const struct am_caseload *caseload = &ex->derived->caseload;
    size_t sessions = (size_t)caseload->window_session_count;
    about->sessions = AM_ARENA_NEW(&ex->arena, sessions, struct am_explain_leader);
    about->led_min = AM_ARENA_NEW(&ex->arena, (size_t)caseload->weeks, int32_t);
    if (!about->sessions || !about->led_min)
        return am_fail_memory(err);
    for (int w = 0; w < caseload->weeks; w++)
        about->led_min[w] = led_minutes(ex, about->supervisor, w);
    for (int s = 0; s < caseload->window_session_count; s++) {
        bool leads =
            ex->roster->sessions[s].runs && ex->roster->sessions[s].supervisor == about->supervisor;
        if (!leads && (!is_open(ex, s) || !caseload->sessions[s].supervised))
            continue;
        if (leads || am_may_lead(caseload, about->supervisor, s))
            about->sessions[about->session_count++] = look_at(ex, about->supervisor, s);
        else
            count_why_not(ex, s, about);
    }
    return AM_OK;
}

/* Sessions that they are free to lead and that do not run. */
static am_status try_sessions(struct am_explaining *ex, struct am_explain_supervisor *about,
                              struct am_err *err)
{
    struct am_around *around = NULL;
    int64_t better = 0;
    about->margins = AM_ARENA_NEW(&ex->arena, MOST_MARGINS, struct am_explain_margin);
    about->margin_of = AM_ARENA_NEW(&ex->arena, MOST_MARGINS, int32_t);
    if (!about->margins || !about->margin_of)
        return am_fail_memory(err);
    am_status status = am_around_new(&around, &ex->instance, &ex->decision, -1, ex->settings, err);
    for (int i = 0; i < about->session_count && about->margin_count < MOST_MARGINS; i++) {
        const struct am_explain_leader *leader = &about->sessions[i];
        struct am_demand demand = AM_DEMAND_NONE(leader->session);
        demand.runs = leader->session;
        if (status != AM_OK || leader->state != AM_LEADER_FREE ||
            ex->roster->sessions[leader->session].runs)
            continue;
        about->margin_of[about->margin_count] = leader->session;
        status = am_explain_demand(ex, around, demand, -1, &about->margins[about->margin_count++],
                                   &better, err);
    }
    am_around_free(around);
    return status;
}

am_status am_explain_supervisor(struct am_explaining *ex, int supervisor,
                                struct am_explain_supervisor *about, struct am_err *err)
{
    *about = (struct am_explain_supervisor){.supervisor = supervisor};
    am_status status = list_sessions(ex, about, err);
    return status == AM_OK ? try_sessions(ex, about, err) : status;
}
