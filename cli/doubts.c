#include "cli/doubts.h"

#include <stdio.h>

#include "model/journeys.h"

enum { PATH_BYTES = 64, RULES_SHOWN = 3, DATES_BYTES = 120 };

static void warn(const struct am_derived *derived, struct am_diag *diag, struct am_position at,
                 const char *path, const char *text)
{
    am_diag_add(diag, AM_WARNING,
                (struct am_where){derived->caseload.file, at.line, at.column, path}, "%s", text);
}

static void warn_of_person(const struct am_derived *derived, struct am_diag *diag, int person,
                           const char *text)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "$.people[%d]", person);
    warn(derived, diag, derived->caseload.people[person].at, path, text);
}

static void warn_of_project(const struct am_derived *derived, struct am_diag *diag, int project,
                            const char *text)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "$.projects[%d]", project);
    warn(derived, diag, derived->caseload.projects[project].at, path, text);
}

static bool is_open(const struct am_caseload *caseload, int session)
{
    return caseload->sessions[session].closed == AM_OPEN && !am_session_past(caseload, session);
}

static int count_open(const struct am_caseload *caseload)
{
    int count = 0;
    for (int s = 0; s < caseload->window_session_count; s++)
        count += is_open(caseload, s);
    return count;
}

/* ---- orders and people ---- */

static void find_overdue(const struct am_derived *derived, struct am_diag *diag)
{
    const struct am_caseload *caseload = &derived->caseload;
    for (int o = 0; o < caseload->order_count; o++) {
        const struct am_order *order = &caseload->orders[o];
        const struct am_order_state *state = &derived->orders.orders[o];
        char path[PATH_BYTES], text[200], date[AM_DATE_TEXT];
        if (!state->open || state->deadline == AM_NO_DATE || state->deadline >= caseload->as_of)
            continue;
        (void)snprintf(path, sizeof path, "$.people[%d].orders[%d]", order->person,
                       o - caseload->people[order->person].first_order);
        (void)snprintf(text, sizeof text,
                       "person \"%s\": the order should have been finished by %s; %d minutes are "
                       "left",
                       caseload->people[order->person].crn, am_date_format(state->deadline, date),
                       state->remaining_min);
        warn(derived, diag, order->at, path, text);
    }
}

/* The rules that forbid most sessions, most first. */
static void list_rules(const int32_t *forbidden, char *text, size_t size)
{
    am_rule_set told = 0;
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < RULES_SHOWN && used < size; i++) {
        int most = -1;
        for (int r = 0; r < AM_RULE_COUNT; r++)
            if (!(told & AM_RULE_BIT(r)) && forbidden[r] > 0 &&
                (most < 0 || forbidden[r] > forbidden[most]))
                most = r;
        if (most < 0)
            return;
        told |= AM_RULE_BIT(most);
        int more = snprintf(text + used, size - used, "%s%s (%s) forbids %d", i > 0 ? ", " : "",
                            am_rule_id((enum am_rule)most), am_rule_name((enum am_rule)most),
                            forbidden[most]);
        used += more > 0 ? (size_t)more : 0;
    }
}

static void find_unplaceable(const struct am_derived *derived, struct am_diag *diag)
{
    const struct am_caseload *caseload = &derived->caseload;
    if (count_open(caseload) == 0) {
        warn(derived, diag, (struct am_position){1, 1}, "$.projects",
             "no session takes place in the window");
        return;
    }
    for (int p = 0; p < caseload->person_count; p++) {
        const struct am_person_state *state = &derived->orders.people[p];
        const int64_t *first = derived->eligibility.first;
        char rules[200], text[400];
        if (state->order < 0 || state->free_min == 0 || state->fixed_count > 0 ||
            first[p + 1] > first[p])
            continue;
        list_rules(&derived->eligibility.forbidden_any[(size_t)p * AM_RULE_COUNT], rules,
                   sizeof rules);
        (void)snprintf(text, sizeof text,
                       "person \"%s\": none of the window's %d sessions can be attended: %s",
                       caseload->people[p].crn, caseload->window_session_count, rules);
        warn_of_person(derived, diag, p, text);
    }
}

/* ---- supervisors, projects and sessions ---- */

static void find_idle_supervisors(const struct am_derived *derived, struct am_diag *diag)
{
    const struct am_caseload *caseload = &derived->caseload;
    for (int m = 0; m < caseload->supervisor_count; m++) {
        bool leads = false;
        char path[PATH_BYTES], text[200];
        for (int s = 0; s < caseload->window_session_count && !leads; s++)
            leads = is_open(caseload, s) && caseload->sessions[s].supervised &&
                    am_may_lead(caseload, m, s);
        if (leads)
            continue;
        (void)snprintf(text, sizeof text, "supervisor \"%s\" can lead no session of the window",
                       caseload->supervisors[m].code);
        (void)snprintf(path, sizeof path, "$.supervisors[%d]", m);
        warn(derived, diag, caseload->supervisors[m].at, path, text);
    }
}

static am_status find_empty_projects(const struct am_derived *derived, struct am_arena *arena,
                                     struct am_diag *diag, struct am_err *err)
{
    const struct am_caseload *caseload = &derived->caseload;
    bool *runs = AM_ARENA_NEW(arena, (size_t)caseload->project_count, bool);
    if (!runs)
        return am_fail_memory(err);
    for (int s = 0; s < caseload->window_session_count; s++)
        runs[caseload->sessions[s].project] |= is_open(caseload, s);
    for (int p = 0; p < caseload->project_count; p++) {
        char text[200];
        if (runs[p])
            continue;
        (void)snprintf(text, sizeof text, "project \"%s\" has no session in the window",
                       caseload->projects[p].code);
        warn_of_project(derived, diag, p, text);
    }
    return AM_OK;
}

static bool is_leaderless(const struct am_caseload *caseload, int session)
{
    if (!is_open(caseload, session) || !caseload->sessions[session].supervised)
        return false;
    for (int m = 0; m < caseload->supervisor_count; m++)
        if (am_may_lead(caseload, m, session))
            return false;
    return true;
}

/* One warning a project, with the dates. */
static am_status find_leaderless(const struct am_derived *derived, struct am_arena *arena,
                                 struct am_diag *diag, struct am_err *err)
{
    const struct am_caseload *caseload = &derived->caseload;
    size_t count = (size_t)caseload->project_count;
    char(*dates)[DATES_BYTES] = am_arena_alloc(arena, count, sizeof *dates);
    size_t *used = AM_ARENA_NEW(arena, count, size_t);
    if (!dates || !used)
        return am_fail_memory(err);
    for (int s = 0; s < caseload->window_session_count; s++) {
        int p = caseload->sessions[s].project;
        char date[AM_DATE_TEXT];
        if (!is_leaderless(caseload, s) || used[p] >= DATES_BYTES)
            continue;
        int more =
            snprintf(dates[p] + used[p], DATES_BYTES - used[p], "%s%s", used[p] > 0 ? ", " : "",
                     am_date_format(caseload->sessions[s].date, date));
        used[p] += more > 0 ? (size_t)more : 0;
    }
    for (int p = 0; p < caseload->project_count; p++) {
        char text[300];
        if (used[p] == 0)
            continue;
        (void)snprintf(text, sizeof text, "project \"%s\": nobody may lead its session on %s%s",
                       caseload->projects[p].code, dates[p], used[p] >= DATES_BYTES ? "..." : "");
        warn_of_project(derived, diag, p, text);
    }
    return AM_OK;
}

am_status am_doubts_find(const struct am_derived *derived, struct am_diag *diag, struct am_err *err)
{
    struct am_arena arena;
    am_arena_init(&arena);
    find_overdue(derived, diag);
    find_unplaceable(derived, diag);
    find_idle_supervisors(derived, diag);
    am_status status = find_empty_projects(derived, &arena, diag, err);
    if (status == AM_OK)
        status = find_leaderless(derived, &arena, diag, err);
    am_arena_release(&arena);
    return status;
}

/* ---- journeys ---- */

static void warn_no_journey(const struct am_derived *derived, struct am_diag *diag, int person)
{
    char text[200];
    const struct am_person *p = &derived->caseload.people[person];
    (void)snprintf(text, sizeof text, "person \"%s\": %s", p->crn,
                   p->home < 0 ? "no home is given, so no journey is known"
                               : "no journey from their home to any session is known");
    warn_of_person(derived, diag, person, text);
}

/* Of the home and modes now open. */
static int64_t count_known(const struct am_derived *derived, const struct am_journeys *journeys)
{
    int64_t known = 0;
    for (int i = 0; i < journeys->near_count; i++)
        known += is_open(&derived->caseload, journeys->slots.example[journeys->near[i]]);
    return known;
}

static int64_t count_asked(const struct am_derived *derived, const struct am_journeys *journeys)
{
    int64_t asked = 0;
    for (int slot = 0; slot < journeys->slots.count; slot++)
        asked += is_open(&derived->caseload, journeys->slots.example[slot]);
    return asked;
}

static void count_people(const struct am_derived *derived, struct am_journeys *journeys,
                         const int32_t *people, struct am_journey_count *count,
                         struct am_diag *diag)
{
    int64_t known = 0, asked = count_asked(derived, journeys);
    for (int i = 0; i < derived->caseload.person_count; i++) {
        int person = people[i];
        if (derived->orders.people[person].order < 0)
            continue;
        if (am_journeys_open(journeys, person))
            known = count_known(derived, journeys);
        count->asked += asked;
        count->known += known;
        if (known == 0 && journeys->slots.count > 0)
            warn_no_journey(derived, diag, person);
    }
}

am_status am_journeys_count(const struct am_derived *derived, struct am_diag *diag,
                            struct am_journey_count *count, struct am_err *err)
{
    const struct am_caseload *caseload = &derived->caseload;
    struct am_journeys journeys;
    struct am_arena arena;
    int32_t *people;
    *count = (struct am_journey_count){0};
    am_arena_init(&arena);
    am_status status =
        am_journeys_build(caseload, caseload->window_session_count, &arena, &journeys, err);
    if (status == AM_OK)
        status = am_people_by_home(caseload, &arena, &people, err);
    if (status == AM_OK)
        count_people(derived, &journeys, people, count, diag);
    am_arena_release(&arena);
    return status;
}
