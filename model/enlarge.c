#include "model/enlarge.h"

#include <stdlib.h>
#include <string.h>

#include "base/order.h"

/* A copy of `count` things with room for `more`. */
static void *copy_of(const void *at, int count, int more, size_t size, struct am_arena *arena)
{
    void *copy = am_arena_alloc(arena, (size_t)count + (size_t)more, size);
    if (copy && count > 0)
        memcpy(copy, at, (size_t)count * size);
    return copy;
}

static void share(const struct am_caseload *base, struct am_caseload *caseload)
{
    *caseload = *base;
    am_arena_init(&caseload->arena);
}

am_status am_enlarge_place(const struct am_caseload *base, int session, struct am_arena *arena,
                           struct am_caseload *caseload, struct am_err *err)
{
    share(base, caseload);
    struct am_session *sessions =
        copy_of(base->sessions, base->session_count, 0, sizeof *sessions, arena);
    if (!sessions)
        return am_fail_memory(err);
    sessions[session].places++;
    caseload->sessions = sessions;
    return AM_OK;
}

/* ---- one more session ---- */

/* Whatever refers to a session that moved up. */
static am_status move_references(const struct am_caseload *base, int at, struct am_arena *arena,
                                 struct am_caseload *caseload, struct am_err *err)
{
    struct am_appointment *booked =
        copy_of(base->appointments, base->appointment_count, 0, sizeof *booked, arena);
    struct am_published_appointment *told = copy_of(
        base->published_appointments, base->published_appointment_count, 0, sizeof *told, arena);
    struct am_published_session *runs =
        copy_of(base->published_sessions, base->published_session_count, 0, sizeof *runs, arena);
    if (!booked || !told || !runs)
        return am_fail_memory(err);
    for (int i = 0; i < base->appointment_count; i++)
        booked[i].session += booked[i].session >= at;
    for (int i = 0; i < base->published_appointment_count; i++)
        told[i].session += told[i].session >= at;
    for (int i = 0; i < base->published_session_count; i++)
        runs[i].session += runs[i].session >= at;
    caseload->appointments = booked;
    caseload->published_appointments = told;
    caseload->published_sessions = runs;
    return AM_OK;
}

/* The place of a session of the latest definition: sessions are by date, start,
 * definition. */
static int place_of(const struct am_caseload *base, am_date date, int start)
{
    int at = 0;
    while (at < base->window_session_count &&
           (base->sessions[at].date < date ||
            (base->sessions[at].date == date && base->sessions[at].start <= start)))
        at++;
    return at;
}

static int next_definition(const struct am_caseload *base)
{
    int last = -1;
    for (int s = 0; s < base->session_count; s++)
        if (base->sessions[s].definition > last)
            last = base->sessions[s].definition;
    return last + 1;
}

am_status am_enlarge_session(const struct am_caseload *base, int like, am_date date,
                             struct am_arena *arena, struct am_caseload *caseload, int *session,
                             struct am_err *err)
{
    static const char id[] = "one more session"; /* nobody refers to it */
    share(base, caseload);
    struct am_session *sessions =
        copy_of(base->sessions, base->session_count, 1, sizeof *sessions, arena);
    if (!sessions)
        return am_fail_memory(err);
    int at = place_of(base, date, base->sessions[like].start);
    memmove(sessions + at + 1, sessions + at,
            (size_t)(base->session_count - at) * sizeof *sessions);
    sessions[at] = base->sessions[like];
    sessions[at].id = id;
    sessions[at].definition = next_definition(base);
    sessions[at].original_date = date;
    sessions[at].date = date;
    sessions[at].pinned_supervisor = -1;
    sessions[at].closed = AM_OPEN;
    caseload->sessions = sessions;
    caseload->session_count++;
    caseload->window_session_count++;
    *session = at;
    return move_references(base, at, arena, caseload, err);
}

/* ---- one more supervisor ---- */

/* The middle one of the group limits; where there are no supervisors, any group. */
static int32_t middle_limit(const struct am_caseload *base, int32_t *scratch)
{
    int count = base->supervisor_count;
    if (count == 0)
        return 1000;
    for (int m = 0; m < count; m++)
        scratch[m] = base->supervisors[m].group_limit;
    qsort(scratch, (size_t)count, sizeof *scratch, am_by_number);
    return scratch[count / 2];
}

am_status am_enlarge_supervisor(const struct am_caseload *base, am_date date, int project,
                                struct am_arena *arena, struct am_caseload *caseload,
                                struct am_err *err)
{
    int count = base->supervisor_count;
    share(base, caseload);
    struct am_supervisor *supervisors =
        copy_of(base->supervisors, count, 1, sizeof *supervisors, arena);
    struct am_window *day = AM_ARENA_NEW(arena, 1, struct am_window);
    int32_t *only = AM_ARENA_NEW(arena, (size_t)count + 1, int32_t);
    if (!supervisors || !day || !only)
        return am_fail_memory(err);
    int32_t limit = middle_limit(base, only);
    *day = (struct am_window){0x7f, 1, 0, AM_DAY_MINUTES, date, date};
    only[0] = project;
    supervisors[count] = (struct am_supervisor){.code = "one more supervisor",
                                                .name = "",
                                                .gender = AM_GENDER_UNKNOWN,
                                                .available = {day, 1},
                                                .group_limit = limit,
                                                .weekly_max_min = AM_DAY_MINUTES,
                                                .any_project = project < 0,
                                                .projects = {only, project < 0 ? 0 : 1}};
    caseload->supervisors = supervisors;
    caseload->supervisor_count++;
    return AM_OK;
}

/* ---- longer journeys ---- */

static bool is_meant(const struct am_caseload *caseload, struct am_further further, int session)
{
    const struct am_session *at = &caseload->sessions[session];
    return at->project == further.project && am_week_of(at->date, caseload->from) == further.week;
}

static bool is_within(const struct am_caseload *caseload, struct am_further further, int there,
                      int back)
{
    int32_t most = caseload->policy.travel_limit_minutes + further.minutes;
    return there <= most && back <= most;
}

/* Is the journey to one of these sessions a little too long? */
static bool is_near(const struct am_caseload *base, struct am_further further, int person)
{
    for (int s = 0; s < base->window_session_count; s++) {
        if (!is_meant(base, further, s))
            continue;
        struct am_journey journey = am_person_journey(base, person, s);
        if (journey.known && !journey.allowed &&
            is_within(base, further, journey.there, journey.back))
            return true;
    }
    return false;
}

am_status am_enlarge_travel(const struct am_caseload *base, struct am_further further,
                            struct am_arena *arena, struct am_caseload *caseload, int *people,
                            struct am_err *err)
{
    share(base, caseload);
    *people = 0;
    if (base->policy.travel_limit_minutes == AM_NO_LIMIT)
        return AM_OK;
    struct am_waiver *waivers =
        copy_of(base->waivers, base->waiver_count, base->person_count, sizeof *waivers, arena);
    if (!waivers)
        return am_fail_memory(err);
    for (int p = 0; p < base->person_count; p++)
        if (is_near(base, further, p))
            waivers[base->waiver_count + (*people)++] =
                (struct am_waiver){.rule = AM_R3,
                                   .person = p,
                                   .project = further.project,
                                   .until = am_caseload_last(base),
                                   .by = "amends prices"};
    caseload->waivers = waivers;
    caseload->waiver_count = base->waiver_count + *people;
    return AM_OK;
}

void am_enlarge_travel_trim(const struct am_caseload *caseload, struct am_further further,
                            const struct am_eligibility *base, struct am_eligibility *eligibility)
{
    int64_t kept = 0, begin = 0;
    for (int p = 0; p < caseload->person_count; p++) {
        int64_t end = eligibility->first[p + 1];
        for (int64_t i = begin; i < end; i++) {
            const struct am_pair *pair = &eligibility->pairs[i];
            if (am_pair_find(base, p, pair->session) ||
                (is_meant(caseload, further, pair->session) &&
                 is_within(caseload, further, pair->there, pair->back)))
                eligibility->pairs[kept++] = *pair;
        }
        begin = end;
        eligibility->first[p + 1] = kept;
    }
    eligibility->pair_count = kept;
}
