#include "solver/polish.h"

#include <stdlib.h>
#include <string.h>

#include "solver/agenda.h"
#include "solver/change.h"
#include "solver/exact.h"
#include "solver/handover.h"
#include "solver/neighbourhood.h"
#include "solver/pipeline.h"
#include "solver/settle.h"

/* Parts under way at a time, the same for any number of threads: at least so many, at most
 * so many, and in between one for each so many sessions (the more there are, the less do
 * two parts touch one another). Seeds whose
 * regret is so small a share of the average session's are passed over, and it is
 * looked anew where regrets lie when parts of such a share of the sessions were
 * tried; a part need not be closer to its optimum than such a share of its people's share
 * of what may stay unproven, and brought little where it was such a share of the regret it is
 * for. Handovers that brought such a share of the gap may be followed by others (all as
 * inverses). */
enum {
    UNDER_WAY = 8,
    MOST_UNDER_WAY = 32,
    SESSIONS_APART = 700,
    SMALL_SHARE = 2,
    LOOKS = 64,
    SLACK = 5,
    PART_NODES = 1,
    LITTLE = 20,
    FOLLOWED = 100
};
/* People of the largest part around what supervisors would hand over. */
enum { MOST_HANDED_OVER = 2 * AM_AT_ONCE };

/* One part and what came of it. */
struct task {
    struct am_arena arena;
    struct am_part part;
    struct am_decision start, answer, scratch;
    int32_t *people;
    int count;
    int32_t *hearts; /* sessions that were visited for it */
    int heart_count;
    bool held;       /* only people are placed anew */
    int week;        /* all that is, the first being 1; 0: the whole window */
    int64_t promise; /* regret of the session around which it lies */
    uint64_t mark;   /* of the people and what surrounds them: not to be tried again */
    int64_t before, after;
    am_status status;
    struct am_err err;
};

struct polish {
    struct am_search *search;
    const struct am_instance *instance;
    struct am_polish_plan plan;
    struct am_arena arena;
    struct am_parting *parting;
    struct am_rivals rivals;
    struct am_occupancy occupancy; /* of the incumbent */
    struct am_regret regret;
    struct am_neighbourhood near;
    struct am_agenda agenda;
    int32_t *changes; /* of each session: how often it has changed */
    uint64_t *tried;  /* hash set of marks that came to nothing */
    size_t tried_size, tried_count;
    struct am_pipeline *pipeline; /* its slots are tasks */
    struct task tasks[MOST_UNDER_WAY];
    int room; /* of them in use */
};

/* ---- what was tried in vain ---- */

static uint64_t mix(uint64_t mark, uint64_t value)
{
    mark ^= value + 0x9e3779b97f4a7c15u + (mark << 6) + (mark >> 2);
    return mark * 0xff51afd7ed558ccdu;
}

/* The people, and the state of all sessions they could be at. */
static uint64_t mark_of(const struct polish *polish, const struct task *task)
{
    uint64_t mark = mix(task->held ? 2 : 1, (uint64_t)task->week);
    for (int i = 0; i < task->count; i++)
        mark = mix(mark, (uint64_t)task->people[i]);
    for (int i = 0; i < task->part.instance.session_count; i++)
        mark = mix(mark, (uint64_t)polish->changes[task->part.sessions[i]]);
    return mark ? mark : 1;
}

static uint64_t *slot_of(uint64_t *table, size_t size, uint64_t mark)
{
    size_t at = (size_t)mark & (size - 1);
    while (table[at] && table[at] != mark)
        at = (at + 1) & (size - 1);
    return &table[at];
}

static bool was_tried(const struct polish *polish, uint64_t mark)
{
    return *slot_of(polish->tried, polish->tried_size, mark) == mark;
}

static am_status remember(struct polish *polish, uint64_t mark, struct am_err *err)
{
    if (polish->tried_count * 2 >= polish->tried_size) {
        size_t size = polish->tried_size * 2;
        uint64_t *table = calloc(size, sizeof *table);
        if (!table)
            return am_fail_memory(err);
        for (size_t i = 0; i < polish->tried_size; i++)
            if (polish->tried[i])
                *slot_of(table, size, polish->tried[i]) = polish->tried[i];
        free(polish->tried);
        polish->tried = table;
        polish->tried_size = size;
    }
    *slot_of(polish->tried, polish->tried_size, mark) = mark;
    polish->tried_count++;
    return AM_OK;
}

/* ---- one part ---- */

/* The price that the whole's row of that family has for the pair. */
static int64_t price_for(const struct polish *polish, int64_t k, int family)
{
    const struct am_coupling *coupling = &polish->search->coupling;
    const struct am_entries of = am_entries_of_pair(coupling, k);
    for (int64_t e = 0; e < of.count; e++)
        if (coupling->rows[of.at[e].row].family == family)
            return polish->plan.prices->row[of.at[e].row];
    return 0;
}

/* A part begins with the prices of the whole; supervisors' rows get theirs anew. */
static am_status take_prices(const struct polish *polish, const struct am_part *part,
                             struct am_search *sub, struct am_err *err)
{
    const struct am_coupling *coupling = &sub->coupling;
    const struct am_coupling *whole = &polish->search->coupling;
    const int64_t *prices = polish->plan.prices->row;
    for (int64_t k = 0; k < part->instance.pair_count; k++) {
        if (coupling->links[k] & AM_LINK_RUNS)
            sub->best.row[am_link_runs(coupling, k)] = prices[am_link_runs(whole, part->pairs[k])];
        if (coupling->links[k] & (AM_LINK_MAN | AM_LINK_LONE_WOMAN))
            sub->best.row[am_link_presence(coupling, k)] =
                prices[am_link_presence(whole, part->pairs[k])];
        const struct am_entries of = am_entries_of_pair(coupling, k);
        for (int64_t e = 0; e < of.count; e++) {
            int32_t row = of.at[e].row;
            if (coupling->rows[row].family != AM_ROW_APART)
                sub->best.row[row] = price_for(polish, part->pairs[k], coupling->rows[row].family);
        }
    }
    am_status status =
        am_leading_price(sub->leading, sub->pricer, sub->best.row, sub->share, &sub->answer, err);
    if (status != AM_OK)
        return status;
    sub->best.bound = sub->answer.bound;
    am_search_bound(sub, sub->best.bound);
    return AM_OK;
}

/* Of what may stay unproven of the whole, the part's people's share; most of it is for the
 * rest. */
static int64_t tolerance_of(const struct polish *polish, const struct task *task)
{
    double share = (double)task->part.instance.person_count / polish->instance->person_count;
    return (int64_t)((double)am_search_tolerance(polish->search) * share / SLACK);
}

static am_status solve_part(const struct polish *polish, struct task *task, struct am_err *err)
{
    struct am_settings settings = *polish->search->settings;
    settings.threads = 1;
    settings.node_limit = PART_NODES;
    struct am_search sub = {.instance = &task->part.instance,
                            .settings = &settings,
                            .hooks = {.stop = polish->search->hooks.stop},
                            .arena = &task->arena,
                            .fixed_only = am_part_dearest(&task->part.instance, task->before),
                            .start = &task->start,
                            .part = true,
                            .began = polish->search->began,
                            .part_tolerance = tolerance_of(polish, task),
                            .phase = "part"};
    am_status status = am_search_init(&sub, err);
    if (status == AM_OK)
        status = take_prices(polish, &task->part, &sub, err);
    if (status == AM_OK && !am_search_done(&sub))
        status = am_exact(&sub, true, err);
    task->answer = sub.incumbent;
    task->after = status == AM_OK ? sub.objective : task->before;
    am_search_release(&sub);
    if (status == AM_ESOLVER) {
        task->after = task->before;
        status = AM_OK; /* the engine gave up on this part alone */
    }
    return status;
}

/* By whichever thread is free; meanwhile the caller reads and changes the whole, but
 * nothing that is read here. */
static void solve_task(void *context, int slot)
{
    struct polish *polish = context;
    struct task *task = &polish->tasks[slot];
    task->status = solve_part(polish, task, &task->err);
}

/* ---- parts under way ---- */

static void end_task(struct task *task)
{
    am_arena_release(&task->arena);
}

static am_status start_task(struct polish *polish, struct task *task, struct am_err *err)
{
    struct am_search *search = polish->search;
    const struct am_cut cut = {.decision = &search->incumbent,
                               .occupancy = &polish->occupancy,
                               .people = task->people,
                               .count = task->count,
                               .held = task->held,
                               .week = task->week,
                               .loss = polish->regret.loss,
                               .most_loss =
                                   search->objective * AM_PRICE_ONE - polish->plan.prices->bound};
    am_status status = am_part_build(polish->parting, &cut, &task->arena, &task->part, err);
    if (status == AM_OK)
        status = am_decision_init(&task->start, &task->part.instance, &task->arena, err);
    if (status == AM_OK)
        status = am_decision_init(&task->scratch, &task->part.instance, &task->arena, err);
    if (status != AM_OK)
        return status;
    task->before = INT64_MAX;
    if (am_part_restrict(&task->part, polish->instance, &search->incumbent, &task->start))
        task->before = am_decision_points(&task->part.instance, &task->start);
    task->mark = mark_of(polish, task);
    return AM_OK;
}

static am_status copy_list(struct am_arena *arena, const int32_t *list, int count, int32_t **copy,
                           struct am_err *err)
{
    *copy = AM_ARENA_NEW(arena, (size_t)count, int32_t);
    if (!*copy)
        return am_fail_memory(err);
    if (count > 0)
        memcpy(*copy, list, (size_t)count * sizeof **copy);
    return AM_OK;
}

static void mark_busy(struct polish *polish, const struct task *task, int parts)
{
    for (int i = 0; i < task->heart_count; i++)
        am_agenda_busy(&polish->agenda, task->hearts[i], parts);
}

/* What is to be placed anew of the people who were picked. */
struct aim {
    bool held;
    int week;        /* as in am_cut */
    int64_t promise; /* regret that it is for */
};

/* The week of a session, where there are several; else 0. */
static int week_of(const struct polish *polish, int32_t session)
{
    return polish->instance->weeks > 1 ? polish->instance->sessions[session].day / 7 + 1 : 0;
}

/* A part of the people who were picked, unless it was tried before. *added: it is under
 * way. */
static am_status add_picked(struct polish *polish, struct aim aim, bool *added, struct am_err *err)
{
    struct task *task = &polish->tasks[am_pipeline_slot(polish->pipeline)];
    const struct am_neighbourhood *near = &polish->near;
    *task = (struct task){.count = near->count,
                          .heart_count = near->visited,
                          .held = aim.held,
                          .week = aim.week,
                          .promise = aim.promise};
    *added = false;
    am_arena_init(&task->arena);
    am_status status = copy_list(&task->arena, near->people, near->count, &task->people, err);
    if (status == AM_OK)
        status = copy_list(&task->arena, near->queue, near->visited, &task->hearts, err);
    if (status == AM_OK)
        status = start_task(polish, task, err);
    if (status != AM_OK || task->before == INT64_MAX || was_tried(polish, task->mark)) {
        end_task(task);
        return status;
    }
    mark_busy(polish, task, 1);
    am_pipeline_give(polish->pipeline);
    *added = true;
    return AM_OK;
}

/* Likewise the next part around a seed. */
static am_status add_task(struct polish *polish, int32_t seed, struct am_err *err)
{
    struct am_neighbourhood *near = &polish->near;
    const struct am_try *try = am_agenda_take(&polish->agenda, seed);
    bool added = false;
    near->shape = try->shape;
    if (!am_neighbourhood_pick(near, polish->search, &polish->regret, seed, try->size))
        return AM_OK;
    const struct aim aim = {.held = try->held,
                            .week = try->in_week ? week_of(polish, seed) : 0,
                            .promise = polish->regret.session[seed]};
    am_status status = add_picked(polish, aim, &added, err);
    for (int i = 0; i < near->visited && added; i++)
        am_agenda_covered(&polish->agenda, near->queue[i], try);
    return status;
}

static void note_change(struct polish *polish, int32_t session, bool again)
{
    polish->changes[session]++;
    if (again)
        am_agenda_again(&polish->agenda, session);
}

/* Where the answer differs from what was (the scratch decision), what was tried
 * in vain around it may be tried again; but where it brought little of what the regret
 * promised, what is next on the agenda is to find the rest. */
static void note_changes(struct polish *polish, const struct task *task, int64_t gained)
{
    bool again = gained * AM_PRICE_ONE >= task->promise / LITTLE;
    const struct am_part *part = &task->part;
    const struct am_decision *was = &task->scratch, *is = &task->answer;
    for (int s = 0; s < part->instance.session_count; s++)
        if (was->runs[s] != is->runs[s] || was->supervisor[s] != is->supervisor[s])
            note_change(polish, part->sessions[s], again);
    for (int i = 0; i < part->instance.person_count * part->instance.days; i++) {
        if (was->chosen[i] == is->chosen[i])
            continue;
        if (was->chosen[i] >= 0)
            note_change(polish, part->sessions[part->instance.pairs[was->chosen[i]].session],
                        again);
        if (is->chosen[i] >= 0)
            note_change(polish, part->sessions[part->instance.pairs[is->chosen[i]].session], again);
    }
}

static am_status take_answer(struct polish *polish, struct task *task, struct am_err *err)
{
    struct am_search *search = polish->search;
    struct am_change change = {polish->instance, &polish->rivals, &search->incumbent,
                               &polish->occupancy};
    int64_t gained = 0;
    if (task->status != AM_OK)
        *err = task->err;
    if (task->status == AM_OK && task->after < task->before)
        gained = am_change_take(&change, &task->part, &task->answer, &task->scratch);
    if (task->status != AM_OK)
        return task->status;
    if (gained == 0)
        return task->after < task->before ? AM_OK : remember(polish, task->mark, err);
    search->objective -= gained;
    note_changes(polish, task, gained);
    return AM_OK;
}

/* The oldest of the parts under way. */
static am_status take_oldest(struct polish *polish, struct am_err *err)
{
    struct task *task = &polish->tasks[am_pipeline_take(polish->pipeline)];
    am_status status = take_answer(polish, task, err);
    polish->search->parts++;
    mark_busy(polish, task, -1);
    end_task(task);
    return status;
}

/* No more are begun; what has been is taken, unless the roster is proven to be good
 * enough as it is. */
static am_status take_rest(struct polish *polish, struct am_err *err)
{
    am_status status = AM_OK;
    while (status == AM_OK && am_pipeline_count(polish->pipeline) > 0 &&
           !am_search_done(polish->search))
        status = take_oldest(polish, err);
    return status;
}

/* ---- all of them ---- */

static bool is_over(struct polish *polish)
{
    struct am_search *search = polish->search;
    int64_t bound = am_bound_points(polish->plan.prices->bound);
    return am_search_done(search) || am_search_stop(search) || am_search_parts_done(search) ||
           search->objective - bound <= am_search_tolerance(search) / 2;
}

static bool has_room(const struct polish *polish)
{
    return am_pipeline_count(polish->pipeline) < polish->room;
}

/* As many parts as may be under way, in the order of the agenda. */
static am_status fill(struct polish *polish, struct am_err *err)
{
    am_status status = AM_OK;
    while (has_room(polish) && status == AM_OK) {
        int32_t seed = am_agenda_next(&polish->agenda);
        if (seed < 0)
            break;
        status = add_task(polish, seed, err);
    }
    return status;
}

/* A part around what supervisors would hand over: all of it, or none. */
static am_status add_handover(struct polish *polish, const int32_t *sessions, int count,
                              struct am_err *err)
{
    struct am_neighbourhood *near = &polish->near;
    bool added = false;
    near->shape = 0;
    if (!am_neighbourhood_pick_all(near, polish->search, &polish->regret, sessions, count,
                                   AM_AT_ONCE) ||
        near->count > MOST_HANDED_OVER)
        return AM_OK;
    return add_picked(polish, (struct aim){.week = week_of(polish, sessions[0])}, &added, err);
}

static bool is_busy(const struct polish *polish, const int32_t *sessions, int count)
{
    for (int i = 0; i < count; i++)
        if (am_agenda_is_busy(&polish->agenda, sessions[i]))
            return true;
    return false;
}

/* As many of the handovers from *next on as go side by side. */
static am_status fill_with_handovers(struct polish *polish, const struct am_handovers *handovers,
                                     int *next, struct am_err *err)
{
    am_status status = AM_OK;
    for (; status == AM_OK && *next < handovers->count && has_room(polish); (*next)++) {
        const int32_t *sessions = handovers->sessions + handovers->first[*next];
        int count = handovers->first[*next + 1] - handovers->first[*next];
        if (is_busy(polish, sessions, count))
            break;
        status = add_handover(polish, sessions, count, err);
    }
    return status;
}

/* Nothing on the agenda is worth a part, and none is under way: what lies further
 * apart? *better: the roster is, by so much that there may be more around what has
 * changed. */
static am_status hand_over(struct polish *polish, bool *better, struct am_err *err)
{
    struct am_search *search = polish->search;
    struct am_handovers handovers;
    struct am_arena arena;
    int64_t before = search->objective;
    am_arena_init(&arena);
    am_status status = am_unsettle(search, err);
    if (status == AM_OK)
        status = am_handovers_find(search, polish->plan.prices, &arena, &handovers, err);
    for (int next = 0; status == AM_OK && next < handovers.count && !is_over(polish);) {
        status = fill_with_handovers(polish, &handovers, &next, err);
        if (status == AM_OK && am_pipeline_count(polish->pipeline) > 0)
            status = take_oldest(polish, err);
    }
    if (status == AM_OK)
        status = take_rest(polish, err);
    am_arena_release(&arena);
    if (status == AM_ESOLVER)
        status = AM_OK; /* the engine gave up: there is the roster as it is */
    *better = (before - search->objective) * AM_PRICE_ONE >
              (search->objective * AM_PRICE_ONE - polish->plan.prices->bound) / FOLLOWED;
    return status;
}

/* Where the gap lies now, and how little of it in a session is not worth a part. */
static void look(struct polish *polish)
{
    const struct am_search *search = polish->search;
    int64_t gap = search->objective * AM_PRICE_ONE - polish->plan.prices->bound;
    am_regret_look(&polish->regret, search, polish->plan.prices->row, polish->occupancy.heads);
    am_agenda_tell(&polish->agenda, polish->regret.session,
                   gap / (SMALL_SHARE * ((int64_t)polish->instance->session_count + 1)));
}

/* Part by part until nothing on the agenda is worth one, and supervisors would hand
 * nothing over. To look where the gap lies takes time too, so that is done after some
 * parts. */
static am_status polish_all(struct polish *polish, struct am_err *err)
{
    int between = polish->instance->session_count / LOOKS, since = between + 1;
    bool better = true;
    am_status status = AM_OK;
    while (status == AM_OK && better && !is_over(polish)) {
        if (since > between) {
            look(polish);
            since = 0;
        }
        status = fill(polish, err);
        if (status == AM_OK && am_pipeline_count(polish->pipeline) > 0) {
            since++;
            status = take_oldest(polish, err);
        } else if (status == AM_OK) {
            status = hand_over(polish, &better, err);
            since = between + 1;
        }
    }
    return status == AM_OK ? take_rest(polish, err) : status;
}

static int room_for(int session_count)
{
    int room = session_count / SESSIONS_APART;
    if (room < UNDER_WAY)
        return UNDER_WAY;
    return room < MOST_UNDER_WAY ? room : MOST_UNDER_WAY;
}

static am_status polish_init(struct polish *polish, struct am_err *err)
{
    const struct am_instance *instance = polish->instance;
    size_t sessions = (size_t)instance->session_count;
    am_arena_init(&polish->arena);
    polish->room = room_for(instance->session_count);
    polish->tried_size = 1024;
    polish->tried = calloc(polish->tried_size, sizeof *polish->tried);
    polish->changes = AM_ARENA_NEW(&polish->arena, sessions, int32_t);
    if (!polish->tried || !polish->changes)
        return am_fail_memory(err);
    am_status status = am_rivals_init(&polish->rivals, instance, err);
    if (status == AM_OK)
        status = am_occupancy_init(&polish->occupancy, instance, &polish->search->incumbent,
                                   &polish->arena, err);
    if (status == AM_OK)
        status = am_parting_new(&polish->parting, instance, &polish->rivals, err);
    if (status == AM_OK)
        status = am_regret_init(&polish->regret, instance, &polish->search->coupling,
                                &polish->arena, err);
    if (status == AM_OK)
        status = am_neighbourhood_init(&polish->near, &polish->occupancy, &polish->arena, err);
    if (status == AM_OK)
        status = am_agenda_init(&polish->agenda, polish->plan.parts, instance->weeks,
                                instance->session_count, &polish->arena, err);
    if (status == AM_OK)
        status = am_pipeline_new(&polish->pipeline, polish->search->settings->threads, polish->room,
                                 solve_task, polish, err);
    return status;
}

static void polish_release(struct polish *polish)
{
    am_pipeline_free(polish->pipeline);
    for (int i = 0; i < polish->room; i++)
        end_task(&polish->tasks[i]); /* what was under way, and not taken */
    am_parting_free(polish->parting);
    am_rivals_release(&polish->rivals);
    am_arena_release(&polish->arena);
    free(polish->tried);
}

am_status am_polish(struct am_search *search, struct am_polish_plan plan, struct am_err *err)
{
    struct polish polish = {.search = search, .instance = search->instance, .plan = plan};
    am_status status = polish_init(&polish, err);
    search->phase = "polish";
    if (status == AM_OK)
        status = am_regret_price(&polish.regret, search, plan.prices->row, err);
    if (status == AM_OK)
        status = polish_all(&polish, err);
    polish_release(&polish);
    return status;
}
