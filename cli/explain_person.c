/* What one person has, and why it is not more. */
#include <stdlib.h>

#include "cli/explain.h"
#include "model/contradiction.h"

/* Sessions open to the person that are tried by solving again: in a unit that is
 * solved as a whole, in a larger one, in a very large one. */
enum { TRIED_WHOLE = 24, TRIED_LARGE = 5, TRIED_VERY_LARGE = 4 };
enum { WHOLE = 96, VERY_LARGE = 1500 };

static int most_tried(const struct am_explaining *ex)
{
    int people = ex->instance.person_count;
    return people <= WHOLE ? TRIED_WHOLE : people < VERY_LARGE ? TRIED_LARGE : TRIED_VERY_LARGE;
}

static int64_t chosen_on(const struct am_explaining *ex, int person, int day)
{
    return ex->decision.chosen[(int64_t)person * ex->instance.days + day];
}

/* ---- what was open to them ---- */

/* R16: the person needs an induction first, and no induction of an earlier day
 * is open to them. */
static bool lacks_induction(const struct am_explaining *ex, int person, int64_t wanted)
{
    const struct am_iperson *who = &ex->instance.people[person];
    const struct am_ipair *pairs = ex->instance.pairs;
    if (!who->needs_induction || pairs[wanted].induction)
        return false;
    for (int64_t k = who->first_pair; k < who->first_pair + who->pair_count; k++)
        if (pairs[k].induction && pairs[k].day < pairs[wanted].day)
            return false;
    return true;
}

static enum am_open_state state_of(const struct am_explaining *ex, int person,
                                   const struct am_explain_open *open)
{
    const struct am_isession *at = &ex->instance.sessions[open->session];
    int64_t k = am_pair_of(&ex->instance, person, open->session);
    if (k < 0)
        return at->capacity <= at->fixed_heads ? AM_OPEN_TAKEN : AM_OPEN_RIVAL;
    if (lacks_induction(ex, person, k))
        return AM_OPEN_INDUCTION;
    if (chosen_on(ex, person, at->day) >= 0)
        return AM_OPEN_ELSE;
    if (!ex->decision.runs[open->session])
        return AM_OPEN_IDLE;
    return open->booked < open->room ? AM_OPEN_ROOM : AM_OPEN_FULL;
}

static void add_open(const struct am_explaining *ex, struct am_explain_person *about, int session)
{
    struct am_explain_open *open = &about->open[about->open_count++];
    *open = (struct am_explain_open){
        .session = session, .booked = ex->heads[session].all, .room = am_explain_room(ex, session)};
    open->state = state_of(ex, about->person, open);
}

/* Every session of the window but those that the person has. */
static am_status ask_all(struct am_explaining *ex, struct am_explain_person *about,
                         struct am_err *err)
{
    const struct am_derived *derived = ex->derived;
    size_t sessions = (size_t)derived->caseload.window_session_count;
    about->open = AM_ARENA_NEW(&ex->arena, sessions, struct am_explain_open);
    about->out = AM_ARENA_NEW(&ex->arena, sessions, struct am_explain_out);
    if (!about->open || !about->out)
        return am_fail_memory(err);
    for (int s = 0; s < derived->caseload.window_session_count; s++) {
        struct am_explain_out *out = &about->out[about->out_count];
        int64_t k = am_pair_of(&ex->instance, about->person, s);
        if (am_is_fixed_to(&derived->orders, about->person, s) ||
            (k >= 0 && chosen_on(ex, about->person, ex->instance.pairs[k].day) == k))
            continue;
        am_why_ask(&derived->caseload, &derived->orders, about->person, s, &out->why);
        out->session = s;
        if (out->why.rules)
            about->out_count++;
        else
            add_open(ex, about, s);
    }
    return AM_OK;
}

static int by_rules(const void *left, const void *right)
{
    const struct am_explain_out *a = left, *b = right;
    if (a->why.count != b->why.count)
        return a->why.count - b->why.count;
    return a->session - b->session;
}

static am_status find_core(struct am_explaining *ex, struct am_explain_person *about,
                           struct am_err *err)
{
    am_rule_set *sets = AM_ARENA_NEW(&ex->arena, (size_t)about->out_count, am_rule_set);
    if (!sets)
        return am_fail_memory(err);
    for (int i = 0; i < about->out_count; i++)
        sets[i] = about->out[i].why.rules;
    bool has_any = about->out_count < ex->derived->caseload.window_session_count;
    about->core = has_any ? 0 : am_contradiction_rules(sets, about->out_count);
    return AM_OK;
}

/* ---- what it would cost ---- */

/* By what it would cost the person, those first to whom it is open at all. */
struct ranked {
    int64_t figure;
    struct am_explain_open open;
};

static int by_figure(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->figure != b->figure)
        return a->figure < b->figure ? -1 : 1;
    return a->open.session - b->open.session;
}

static am_status rank_open(struct am_explaining *ex, const struct am_around *around,
                           struct am_explain_person *about, struct am_err *err)
{
    size_t count = (size_t)about->open_count;
    struct ranked *ranked = calloc(count + 1, sizeof *ranked);
    if (!ranked)
        return am_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        int64_t k = am_pair_of(&ex->instance, about->person, about->open[i].session);
        ranked[i] =
            (struct ranked){k < 0 ? INT64_MAX : am_around_own_points(around, k), about->open[i]};
    }
    qsort(ranked, count, sizeof *ranked, by_figure);
    for (size_t i = 0; i < count; i++)
        about->open[i] = ranked[i].open;
    free(ranked);
    return AM_OK;
}

static int64_t margin_of(const struct am_explain_open *open)
{
    if (!open->margin.tried || !open->margin.met)
        return open->margin.tried ? INT64_MAX - 1 : INT64_MAX;
    return open->margin.effect.change.total;
}

static int by_margin(const void *left, const void *right)
{
    const struct am_explain_open *a = left, *b = right;
    int64_t x = margin_of(a), y = margin_of(b);
    if (x != y)
        return x < y ? -1 : 1;
    return a->session - b->session;
}

static am_status try_open(struct am_explaining *ex, struct am_around *around,
                          struct am_explain_person *about, struct am_err *err)
{
    int tried = 0, most = most_tried(ex);
    am_status status = rank_open(ex, around, about, err);
    for (int i = 0; i < about->open_count && tried < most && status == AM_OK; i++) {
        struct am_explain_open *open = &about->open[i];
        struct am_demand demand = AM_DEMAND_NONE(open->session);
        demand.pair = am_pair_of(&ex->instance, about->person, open->session);
        if (demand.pair < 0 || open->state == AM_OPEN_INDUCTION)
            continue;
        tried++;
        status = am_explain_demand(ex, around, demand, about->person, &open->margin, &about->better,
                                   err);
    }
    if (about->open_count > 0)
        qsort(about->open, (size_t)about->open_count, sizeof *about->open, by_margin);
    return status;
}

/* ---- all of it ---- */

am_status am_explain_person(struct am_explaining *ex, int person, int fixes,
                            struct am_explain_person *about, struct am_err *err)
{
    struct am_around *around = NULL;
    *about = (struct am_explain_person){.person = person};
    about->short_min = (int32_t)ex->side.split.people[person].wish_units[AM_S3];
    bool idle = ex->side.split.people[person].wish_units[AM_S10] == 0;
    const struct am_person_state *state = &ex->derived->orders.people[person];
    about->wants_more =
        state->order >= 0 && (about->short_min > 0 || (idle && state->free_min > 0));
    am_status status = ask_all(ex, about, err);
    if (status == AM_OK)
        status = find_core(ex, about, err);
    if (about->out_count > 0)
        qsort(about->out, (size_t)about->out_count, sizeof *about->out, by_rules);
    if (status == AM_OK)
        status = am_around_new(&around, &ex->instance, &ex->decision, person, ex->settings, err);
    if (status == AM_OK && about->wants_more)
        status = try_open(ex, around, about, err);
    if (status == AM_OK && about->wants_more && fixes > 0)
        status = am_explain_fixes(ex, around, fixes, about, err);
    am_around_free(around);
    return status;
}
