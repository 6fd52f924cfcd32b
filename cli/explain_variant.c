/*
 * A caseload with small changes, in memory: what it points to stays the base's
 * but for the arrays in which something is changed.
 */
#include <string.h>

#include "cli/explain.h"

struct changing {
    struct am_caseload *caseload;
    struct am_arena *arena;
    int person;
};

/* A copy of `count` things with room for `more`. */
static void *copy(struct am_arena *arena, const void *at, int count, int more, size_t size)
{
    void *own = am_arena_alloc(arena, (size_t)count + (size_t)more, size);
    if (own && count > 0)
        memcpy(own, at, (size_t)count * size);
    return own;
}

/* ---- one change each; false: no memory ---- */

static struct am_session *own_session(struct changing *c, int session)
{
    struct am_session *sessions =
        copy(c->arena, c->caseload->sessions, c->caseload->session_count, 0, sizeof *sessions);
    if (!sessions)
        return NULL;
    c->caseload->sessions = sessions;
    return &sessions[session];
}

static bool add_places(struct changing *c, const struct am_fix_change *change)
{
    struct am_session *session = own_session(c, change->session);
    if (session)
        session->places += change->count;
    return session;
}

static bool set_minimum(struct changing *c, const struct am_fix_change *change)
{
    struct am_session *session = own_session(c, change->session);
    if (session)
        session->min_group = change->count;
    return session;
}

static bool enlarge_group(struct changing *c, const struct am_fix_change *change)
{
    struct am_supervisor *own =
        copy(c->arena, c->caseload->supervisors, c->caseload->supervisor_count, 0, sizeof *own);
    if (!own)
        return false;
    own[change->supervisor].group_limit += change->count;
    c->caseload->supervisors = own;
    return true;
}

/* A window on that one date. */
static bool set_free(struct changing *c, const struct am_fix_change *change)
{
    struct am_person *people =
        copy(c->arena, c->caseload->people, c->caseload->person_count, 0, sizeof *people);
    if (!people)
        return false;
    struct am_person *who = &people[c->person];
    struct am_window *windows =
        copy(c->arena, who->available.at, who->available.count, 1, sizeof *windows);
    if (!windows)
        return false;
    am_date date = c->caseload->sessions[change->session].date;
    windows[who->available.count] = (struct am_window){.days = 0x7f,
                                                       .every_weeks = 1,
                                                       .from = change->because.needs_from,
                                                       .to = change->because.needs_to,
                                                       .valid_from = date,
                                                       .valid_to = date};
    who->available = (struct am_windows){windows, who->available.count + 1};
    c->caseload->people = people;
    return true;
}

/* For that session up to that date; R5, R7 and R16 can't be waived by session. */
static bool waive(struct changing *c, const struct am_fix_change *change, enum am_rule rule)
{
    struct am_waiver *waivers =
        copy(c->arena, c->caseload->waivers, c->caseload->waiver_count, 1, sizeof *waivers);
    const struct am_session *at = &c->caseload->sessions[change->session];
    bool whole = rule == AM_R5 || rule == AM_R7 || rule == AM_R16;
    if (!waivers)
        return false;
    waivers[c->caseload->waiver_count++] =
        (struct am_waiver){.rule = rule,
                           .person = c->person,
                           .project = whole ? -1 : at->project,
                           .session_id = whole ? NULL : at->id,
                           .until = whole ? am_caseload_last(c->caseload) : at->date,
                           .by = ""};
    c->caseload->waivers = waivers;
    return true;
}

/* Qualified for this project and there for this session alone; of the gender that
 * the person demands, if any. */
static bool add_supervisor(struct changing *c, const struct am_fix_change *change)
{
    struct am_caseload *caseload = c->caseload;
    const struct am_session *at = &caseload->sessions[change->session];
    struct am_supervisor *own =
        copy(c->arena, caseload->supervisors, caseload->supervisor_count, 1, sizeof *own);
    struct am_window *window = AM_ARENA_NEW(c->arena, 1, struct am_window);
    int32_t *project = AM_ARENA_NEW(c->arena, 1, int32_t);
    int demanded = c->person < 0 ? -1 : caseload->people[c->person].supervisor_gender;
    if (!own || !window || !project)
        return false;
    *project = at->project;
    *window = (struct am_window){.days = 0x7f,
                                 .every_weeks = 1,
                                 .from = at->start,
                                 .to = (int16_t)(at->start + at->minutes),
                                 .valid_from = at->date,
                                 .valid_to = at->date};
    own[caseload->supervisor_count++] = (struct am_supervisor){
        .code = "(one more)",
        .name = "",
        .gender = demanded < 0 ? AM_GENDER_UNKNOWN : (enum am_gender)demanded,
        .available = {window, 1},
        .group_limit = at->places > 0 ? at->places : 1,
        .weekly_max_min = at->minutes,
        .projects = {project, 1},
    };
    caseload->supervisors = own;
    return true;
}

static bool pin(struct changing *c, const struct am_fix_change *change, int order, int32_t minutes)
{
    struct am_caseload *caseload = c->caseload;
    const struct am_session *at = &caseload->sessions[change->session];
    struct am_appointment *own =
        copy(c->arena, caseload->appointments, caseload->appointment_count, 1, sizeof *own);
    if (!own)
        return false;
    struct am_appointment booked = {.person = c->person,
                                    .order = order,
                                    .session_id = at->id,
                                    .original_date = at->original_date,
                                    .session = change->session,
                                    .date = at->date,
                                    .project = at->project,
                                    .start = at->start,
                                    .minutes = (int16_t)minutes,
                                    .supervisor = -1,
                                    .state = AM_BOOKED,
                                    .pinned = true};
    for (int i = 0; i < caseload->appointment_count; i++)
        if (own[i].person == c->person && own[i].session == change->session) {
            own[i] = booked;
            caseload->appointments = own;
            return true;
        }
    own[caseload->appointment_count++] = booked;
    caseload->appointments = own;
    return true;
}

static bool apply(struct changing *c, const struct am_derived *base,
                  const struct am_fix_change *change)
{
    int32_t length = base->caseload.sessions[change->session].minutes;
    switch (change->kind) {
    case AM_FIX_PLACE:
        return add_places(c, change);
    case AM_FIX_GROUP:
        return enlarge_group(c, change);
    case AM_FIX_FREE:
        return set_free(c, change);
    case AM_FIX_JOURNEY:
        return waive(c, change, AM_R3);
    case AM_FIX_WAIVER:
        return waive(c, change, change->because.rule);
    case AM_FIX_SUPERVISOR:
        return add_supervisor(c, change);
    case AM_FIX_MINIMUM:
        return set_minimum(c, change);
    case AM_FIX_PIN:
        break;
    }
    const struct am_person_state *state = &base->orders.people[c->person];
    return pin(c, change, state->order, length < state->free_min ? length : state->free_min);
}

am_status am_variant_make(struct am_variant *variant, const struct am_derived *base, int person,
                          const struct am_fix_change *changes, int count, struct am_err *err)
{
    *variant = (struct am_variant){0};
    am_arena_init(&variant->arena);
    am_derived_begin(&variant->derived);
    variant->derived.caseload = base->caseload;
    am_arena_init(&variant->derived.caseload.arena);
    struct changing c = {&variant->derived.caseload, &variant->arena, person};
    for (int i = 0; i < count; i++)
        if (!apply(&c, base, &changes[i]))
            return am_fail_memory(err);
    struct am_derived *derived = &variant->derived;
    am_status status = am_derived_make(derived, err);
    if (status == AM_OK)
        status = am_instance_build(&derived->caseload, &derived->orders, &derived->eligibility,
                                   &derived->clocks, &variant->arena, &variant->instance, err);
    return status;
}

void am_variant_release(struct am_variant *variant)
{
    am_arena_release(&variant->derived.arena);
    am_arena_release(&variant->arena);
}

/* ---- solving it ---- */

static am_status take_answer(const struct am_variant *variant,
                             const struct am_around_answer *answer, struct am_arena *arena,
                             struct am_resolved *resolved, struct am_err *err)
{
    const struct am_derived *derived = &variant->derived;
    resolved->met = answer->met;
    resolved->proven = answer->proven;
    resolved->people = answer->people;
    am_status status =
        am_decision_roster(&variant->instance, &derived->orders, &derived->eligibility,
                           &answer->decision, &resolved->roster, err);
    resolved->side = (struct am_effect_side){.caseload = &derived->caseload,
                                             .orders = &derived->orders,
                                             .clocks = &derived->clocks,
                                             .roster = &resolved->roster};
    if (status == AM_OK)
        status = am_effect_side(&resolved->side, arena, err);
    if (status == AM_OK && resolved->side.score.total != answer->points)
        status = am_fail(err, AM_ESOLVER, "the search and the score do not agree on a roster");
    return status;
}

am_status am_variant_resolve(const struct am_variant *variant, struct am_resolve_for what,
                             struct am_arena *arena, struct am_resolved *resolved,
                             struct am_err *err)
{
    struct am_arena scratch;
    struct am_decision start;
    struct am_around *around = NULL;
    struct am_around_answer answer;
    struct am_demand demand = AM_DEMAND_NONE(what.session);
    *resolved = (struct am_resolved){0};
    am_arena_init(&scratch);
    am_status status = am_roster_init(&resolved->roster, &variant->derived.caseload, err);
    if (status == AM_OK)
        status = am_around_decision(&variant->instance, what.from, &scratch, &start,
                                    &resolved->valid, err);
    if (what.at_session) {
        demand.pair = am_pair_of(&variant->instance, what.person, what.session);
        resolved->valid = resolved->valid && demand.pair >= 0;
    }
    if (status == AM_OK && resolved->valid) {
        status =
            am_around_new(&around, &variant->instance, &start, what.person, what.settings, err);
        if (status == AM_OK)
            status = am_around_solve(around, demand, &scratch, &answer, err);
        if (status == AM_OK)
            status = take_answer(variant, &answer, arena, resolved, err);
        am_around_free(around);
    }
    am_arena_release(&scratch);
    return status;
}
