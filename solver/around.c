#include "solver/around.h"

#include <stdlib.h>
#include <string.h>

#include "solver/exact.h"
#include "solver/neighbourhood.h"
#include "solver/part.h"
#include "solver/prices.h"

/* A unit of so many people is solved as a whole; people of a part of a larger
 * one. Price steps of a part, which begins without any. */
enum { MOST_PEOPLE_WHOLE = 96, MOST_PAIRS_WHOLE = 20000, PART_PEOPLE = 32, PART_STEPS = 120 };
/* Points that may stay unproven in a part, and nodes of its tree. */
enum { PART_TOLERANCE = 40, PART_NODES = 1 };
/* What a demand is worth beyond all that can be gained without it: points. */
enum { DEMAND_MARGIN = 1000000 };

struct am_around {
    const struct am_instance *instance;
    const struct am_decision *decision;
    const struct am_settings *settings;
    int person;
    int64_t points; /* of the decision */
    bool whole;
    /* of a larger unit */
    struct am_arena arena;
    struct am_rivals rivals;
    struct am_parting *parting;
    struct am_occupancy occupancy;
    struct am_regret regret; /* losses and who is near; nobody's regret: 0 each */
    struct am_neighbourhood near;
    struct am_search search; /* instance and incumbent alone: for picking people */
};

/* ---- a roster as a decision ---- */

am_status am_around_decision(const struct am_instance *instance, const struct am_roster *roster,
                             struct am_arena *arena, struct am_decision *decision, bool *valid,
                             struct am_err *err)
{
    am_status status = am_decision_init(decision, instance, arena, err);
    *valid = status == AM_OK && am_decision_of_roster(instance, roster, decision) &&
             am_decision_points(instance, decision) != INT64_MAX;
    return status;
}

/* ---- what parts of a large unit need ---- */

int64_t am_around_own_points(const struct am_around *around, int64_t pair)
{
    const struct am_instance *instance = around->instance;
    int p = am_pair_person(instance, pair), days = instance->days;
    int64_t chosen[7 * AM_WEEKS_MAX];
    memcpy(chosen, around->decision->chosen + (int64_t)p * days, (size_t)days * sizeof *chosen);
    int64_t before = am_pattern_points(instance, p, chosen, NULL);
    chosen[instance->pairs[pair].day] = pair;
    int64_t after = am_pattern_points(instance, p, chosen, NULL);
    return after == INT64_MAX ? after : after - before;
}

/* Who would come to each session: the person in the middle before all others,
 * then by what coming would cost them. */
static am_status list_near(struct am_around *around, struct am_err *err)
{
    const struct am_instance *instance = around->instance;
    struct am_regret *regret = &around->regret;
    size_t pairs = (size_t)instance->pair_count, sessions = (size_t)instance->session_count;
    regret->first_near = AM_ARENA_NEW(&around->arena, sessions + 2, int64_t);
    regret->near = AM_ARENA_NEW(&around->arena, pairs, int64_t);
    regret->loss = AM_ARENA_NEW(&around->arena, pairs, int64_t);
    regret->session = AM_ARENA_NEW(&around->arena, sessions, int64_t);
    if (!regret->first_near || !regret->near || !regret->loss || !regret->session)
        return am_fail_memory(err);
    for (int p = 0; p < instance->person_count; p++)
        for (int64_t i = 0; i < instance->people[p].pair_count; i++) {
            int64_t k = instance->people[p].first_pair + i;
            regret->loss[k] = p == around->person ? INT64_MIN : am_around_own_points(around, k);
        }
    return am_regret_near(regret, instance, err);
}

static am_status prepare(struct am_around *around, struct am_err *err)
{
    const struct am_instance *instance = around->instance;
    am_status status = am_rivals_init(&around->rivals, instance, err);
    if (status == AM_OK)
        status = am_parting_new(&around->parting, instance, &around->rivals, err);
    if (status == AM_OK)
        status =
            am_occupancy_init(&around->occupancy, instance, around->decision, &around->arena, err);
    if (status == AM_OK)
        status = list_near(around, err);
    if (status == AM_OK)
        status = am_neighbourhood_init(&around->near, &around->occupancy, &around->arena, err);
    return status;
}

am_status am_around_new(struct am_around **out, const struct am_instance *instance,
                        const struct am_decision *decision, int person,
                        const struct am_settings *settings, struct am_err *err)
{
    *out = NULL;
    struct am_around *around = calloc(1, sizeof *around);
    if (!around)
        return am_fail_memory(err);
    *around = (struct am_around){
        .instance = instance,
        .decision = decision,
        .settings = settings,
        .person = person,
        .points = am_decision_points(instance, decision),
        .whole =
            instance->person_count <= MOST_PEOPLE_WHOLE && instance->pair_count <= MOST_PAIRS_WHOLE,
        .search = {.instance = instance, .incumbent = *decision},
    };
    am_arena_init(&around->arena);
    am_status status = around->whole ? AM_OK : prepare(around, err);
    if (status != AM_OK) {
        am_around_free(around);
        return status;
    }
    *out = around;
    return AM_OK;
}

void am_around_free(struct am_around *around)
{
    if (!around)
        return;
    am_parting_free(around->parting);
    am_rivals_release(&around->rivals);
    am_arena_release(&around->arena);
    free(around);
}

/* ---- demands ---- */

/* One instance to be solved: the whole, or a part. */
struct task {
    struct am_instance instance;
    struct am_demand demand; /* in its indices; what is not in it: -1 */
    int person;              /* likewise */
    struct am_decision start;
    int64_t reward; /* of meeting the demand */
};

/* Points of everybody at home, and more: no demand costs as much. */
static int64_t reward_of(const struct am_instance *instance)
{
    const struct am_weights *weights = &instance->policy->weights;
    int64_t none[7 * AM_WEEKS_MAX], points = DEMAND_MARGIN;
    for (int d = 0; d < instance->days; d++)
        none[d] = -1;
    for (int p = 0; p < instance->person_count; p++) {
        int64_t home = am_pattern_points(instance, p, none, NULL);
        points += home > 0 ? home : 0;
    }
    return points + 4 * ((int64_t)weights->unsupervised + weights->session_changed);
}

/* The arrays that a demand changes are the task's own. */
static am_status own_arrays(struct task *task, struct am_arena *arena, struct am_err *err)
{
    struct am_instance *instance = &task->instance;
    size_t pairs = (size_t)instance->pair_count, sessions = (size_t)instance->session_count;
    size_t people = (size_t)instance->person_count;
    struct am_ipair *own_pairs = AM_ARENA_NEW(arena, pairs, struct am_ipair);
    struct am_isession *own_sessions = AM_ARENA_NEW(arena, sessions, struct am_isession);
    struct am_iperson *own_people = AM_ARENA_NEW(arena, people, struct am_iperson);
    if (!own_pairs || !own_sessions || !own_people)
        return am_fail_memory(err);
    if (pairs)
        memcpy(own_pairs, instance->pairs, pairs * sizeof *own_pairs);
    if (sessions)
        memcpy(own_sessions, instance->sessions, sessions * sizeof *own_sessions);
    if (people)
        memcpy(own_people, instance->people, people * sizeof *own_people);
    instance->pairs = own_pairs;
    instance->sessions = own_sessions;
    instance->people = own_people;
    return AM_OK;
}

static am_status demand_any(struct task *task, struct am_arena *arena, struct am_err *err)
{
    struct am_iperson *person = &task->instance.people[task->person];
    size_t days = (size_t)task->instance.days + 1;
    int64_t *points = AM_ARENA_NEW(arena, days, int64_t);
    if (!points)
        return am_fail_memory(err);
    memcpy(points, person->start_points, days * sizeof *points);
    points[task->instance.days] += task->reward;
    person->start_points = points;
    return AM_OK;
}

static am_status put_demand(struct task *task, struct am_arena *arena, struct am_err *err)
{
    struct am_instance *instance = &task->instance;
    task->reward = reward_of(instance);
    if (task->demand.pair >= 0)
        instance->pairs[task->demand.pair].cost -= task->reward;
    if (task->demand.runs >= 0)
        instance->sessions[task->demand.runs].run_cost -= task->reward;
    for (int64_t k = 0; k < instance->pair_count && task->demand.stops >= 0; k++)
        if (instance->pairs[k].session == task->demand.stops)
            instance->pairs[k].cost += task->reward;
    return task->demand.any && task->person >= 0 ? demand_any(task, arena, err) : AM_OK;
}

static bool is_met(const struct am_instance *instance, const struct am_decision *decision,
                   struct am_demand demand, int person)
{
    int days = instance->days;
    bool any = false, met = true;
    for (int d = 0; d < days && person >= 0; d++)
        any |= decision->chosen[(int64_t)person * days + d] >= 0;
    if (demand.pair >= 0)
        met = decision->chosen[(int64_t)am_pair_person(instance, demand.pair) * days +
                               instance->pairs[demand.pair].day] == demand.pair;
    if (demand.runs >= 0)
        met &= decision->runs[demand.runs];
    for (int64_t i = 0; i < (int64_t)instance->person_count * days && demand.stops >= 0; i++)
        if (decision->chosen[i] >= 0 &&
            instance->pairs[decision->chosen[i]].session == demand.stops)
            met = false;
    return met && (any || !demand.any);
}

/* ---- solving ---- */

/* Column generation, a dive, branch and price: as am_solve does with a unit that
 * it solves as a whole. */
static am_status search_task(struct am_around *around, struct task *task, struct am_arena *arena,
                             struct am_decision *found, bool *proven, struct am_err *err)
{
    struct am_settings settings = *around->settings;
    settings.gap = 0;
    settings.threads = 1;
    if (!around->whole)
        settings.node_limit = PART_NODES;
    struct am_search search = {.instance = &task->instance,
                               .settings = &settings,
                               .arena = arena,
                               .start = &task->start,
                               .part = true,
                               .part_tolerance = around->whole ? 0 : PART_TOLERANCE,
                               .phase = "around"};
    am_status status = am_search_init(&search, err);
    search.fixed_only = reward_of(&task->instance) + search.objective;
    if (status == AM_OK)
        status = am_prices_climb(
            search.pricer, &task->instance, &search.coupling, search.fixed_only,
            (struct am_step_limits){.steps = around->whole ? settings.step_limit : PART_STEPS,
                                    .keep_from = PART_STEPS / 2,
                                    .keep_every = 20,
                                    .leading = search.leading,
                                    .share = search.share,
                                    .stop = am_search_stop,
                                    .context = &search},
            &search.columns, &search.best, err);
    if (status == AM_OK)
        am_search_bound(&search, search.best.bound);
    if (status == AM_OK && !am_search_done(&search))
        status = am_exact(&search, true, err);
    if (status == AM_ESOLVER && search.has_bound)
        status = AM_OK; /* the engine gave up: what there is by then stays */
    *found = search.incumbent;
    *proven = status == AM_OK && search.has_bound && search.objective - search.bound < 1;
    am_search_release(&search);
    return status;
}

static am_status solve_whole(struct am_around *around, struct am_demand demand,
                             struct am_arena *arena, struct am_around_answer *answer,
                             struct am_err *err)
{
    struct task task = {.instance = *around->instance,
                        .demand = demand,
                        .person = around->person,
                        .start = *around->decision};
    bool proven = false;
    am_status status = own_arrays(&task, arena, err);
    if (status == AM_OK)
        status = put_demand(&task, arena, err);
    if (status == AM_OK)
        status = search_task(around, &task, arena, &answer->decision, &proven, err);
    answer->people = around->instance->person_count;
    answer->met =
        status == AM_OK && is_met(around->instance, &answer->decision, demand, around->person);
    answer->proven = answer->met && proven;
    return status;
}

/* ---- a part of a large unit ---- */

static int32_t index_of_person(const struct am_part *part, int person)
{
    for (int i = 0; i < part->instance.person_count; i++)
        if (part->people[i] == person)
            return i;
    return -1;
}

static int32_t index_of_session(const struct am_part *part, int32_t session)
{
    for (int i = 0; i < part->instance.session_count; i++)
        if (part->sessions[i] == session)
            return i;
    return -1;
}

static int64_t index_of_pair(const struct am_part *part, int64_t pair)
{
    for (int64_t k = 0; k < part->instance.pair_count; k++)
        if (part->pairs[k] == pair)
            return k;
    return -1;
}

/* The demand in the part's indices. False: the part can't meet it. */
static bool translate(const struct am_part *part, struct am_demand demand, int person,
                      struct task *task)
{
    task->demand = (struct am_demand){-1, -1, demand.any, -1, -1};
    task->person = person < 0 ? -1 : index_of_person(part, person);
    if (demand.pair >= 0)
        task->demand.pair = index_of_pair(part, demand.pair);
    if (demand.runs >= 0)
        task->demand.runs = index_of_session(part, demand.runs);
    if (demand.stops >= 0)
        task->demand.stops = index_of_session(part, demand.stops);
    return (demand.pair < 0 || task->demand.pair >= 0) &&
           (demand.runs < 0 || task->demand.runs >= 0) &&
           (demand.stops < 0 || task->demand.stops >= 0) && (!demand.any || task->person >= 0);
}

static am_status cut_out(struct am_around *around, struct am_arena *arena, struct am_part *part,
                         struct am_decision *start, bool *whole, struct am_err *err)
{
    const struct am_cut cut = {.decision = around->decision,
                               .occupancy = &around->occupancy,
                               .people = around->near.people,
                               .count = around->near.count};
    am_status status = am_part_build(around->parting, &cut, arena, part, err);
    if (status == AM_OK)
        status = am_decision_init(start, &part->instance, arena, err);
    *whole = status == AM_OK && am_part_restrict(part, around->instance, around->decision, start) &&
             am_decision_points(&part->instance, start) != INT64_MAX;
    return status;
}

static am_status solve_part(struct am_around *around, struct am_demand demand,
                            struct am_arena *arena, struct am_around_answer *answer,
                            struct am_err *err)
{
    struct task task = {0};
    struct am_part part;
    struct am_decision of_part;
    bool whole = false, proven = false;
    answer->met = is_met(around->instance, around->decision, demand, around->person);
    if (!am_neighbourhood_pick(&around->near, &around->search, &around->regret, demand.seed,
                               PART_PEOPLE))
        return AM_OK;
    am_status status = cut_out(around, arena, &part, &task.start, &whole, err);
    if (status != AM_OK || !whole || !translate(&part, demand, around->person, &task))
        return status;
    task.instance = part.instance;
    status = put_demand(&task, arena, err);
    if (status == AM_OK)
        status = search_task(around, &task, arena, &of_part, &proven, err);
    if (status != AM_OK)
        return status;
    am_part_apply(&part, around->instance, &of_part, &answer->decision);
    answer->people = part.instance.person_count;
    answer->met = is_met(around->instance, &answer->decision, demand, around->person);
    return AM_OK;
}

am_status am_around_solve(struct am_around *around, struct am_demand demand, struct am_arena *arena,
                          struct am_around_answer *answer, struct am_err *err)
{
    struct am_arena scratch;
    struct am_around_answer made = {0};
    *answer = (struct am_around_answer){0};
    am_arena_init(&scratch);
    am_status status = am_decision_init(&answer->decision, around->instance, arena, err);
    if (status == AM_OK)
        status = am_decision_init(&made.decision, around->instance, &scratch, err);
    if (status == AM_OK) {
        am_decision_copy(around->instance, &made.decision, around->decision);
        status = (around->whole ? solve_whole : solve_part)(around, demand, &scratch, &made, err);
    }
    if (status == AM_OK) {
        struct am_decision into = answer->decision;
        am_decision_copy(around->instance, &into, &made.decision);
        *answer = made;
        answer->decision = into;
        answer->points = am_decision_points(around->instance, &into);
        if (answer->points == INT64_MAX)
            status = am_fail(err, AM_ESOLVER, "what was placed anew makes no roster");
    }
    am_arena_release(&scratch);
    return status;
}
