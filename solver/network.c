#include "solver/network.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "solver/network_merge.h"

struct state {
    int32_t booked_min, week_min, work_min, ete_min;
    bool changed;
};

/* Kind of appointment: pairs alike in all of this form a class. */
struct klass {
    int64_t sample; /* a pair of the class */
    int32_t day;
};

/* The states before a day; their nodes are first_node and those after it. */
struct layer {
    struct state *states;
    size_t count, room;
    int32_t first_node;
};

/* A hash table of indices: index + 1, 0 empty. */
struct table {
    int32_t *at;
    size_t size; /* 0, or a power of 2 */
};

/* What is being built for one person; the arrays are used again for the next. */
struct builder {
    const struct am_instance *instance;
    const struct am_iperson *person;
    int p;
    struct layer now, next;
    struct klass *classes;
    size_t class_count, class_room;
    size_t first_class, end_class; /* of the day */
    struct am_draft draft;
    struct am_merger merger;
    struct am_kind *kinds;
    size_t kind_count, kind_room;
    struct table state_table, kind_table; /* of next.states; of kinds */
    bool minutes_bind;       /* free_min can be reached, so u matters to the last minute */
    int32_t enough_min;      /* beyond it u makes no difference, where free_min does not bind */
    int32_t enough_work_min; /* beyond it n makes no difference */
};

static bool same_state(const struct state *a, const struct state *b)
{
    return a->booked_min == b->booked_min && a->week_min == b->week_min &&
           a->work_min == b->work_min && a->ete_min == b->ete_min && a->changed == b->changed;
}

static size_t hash_state(const struct state *state)
{
    uint64_t h = (uint64_t)(uint32_t)state->booked_min * 0x9e3779b97f4a7c15u;
    h = (h ^ (uint64_t)(uint32_t)state->week_min) * 0xbf58476d1ce4e5b9u;
    h = (h ^ (uint64_t)(uint32_t)state->work_min) * 0x94d049bb133111ebu;
    h = (h ^ (uint64_t)(uint32_t)state->ete_min) * 0x9e3779b97f4a7c15u;
    return (size_t)((h ^ (h >> 29)) + state->changed);
}

static void empty_table(struct table *table)
{
    if (table->size)
        memset(table->at, 0, table->size * sizeof *table->at);
}

/* Room for one more than count. The table is then empty if *grown: all that was
 * in it is to be put in again. */
static bool grow_table(struct table *table, size_t count, bool *grown)
{
    *grown = count * 2 >= table->size;
    if (!*grown)
        return true;
    size_t size = table->size ? table->size * 2 : 64;
    int32_t *at = calloc(size, sizeof *at);
    if (!at)
        return false;
    free(table->at);
    table->at = at;
    table->size = size;
    return true;
}

/* Put in what is known not to be there. */
static void put(struct table *table, size_t hash, size_t index)
{
    size_t at = hash & (table->size - 1);
    while (table->at[at])
        at = (at + 1) & (table->size - 1);
    table->at[at] = (int32_t)index + 1;
}

/* The node of a state of the next layer; -1 when there is no memory. */
static int32_t next_node(struct builder *build, const struct state *state)
{
    struct layer *next = &build->next;
    struct table *table = &build->state_table;
    bool grown = false;
    if (!grow_table(table, next->count, &grown))
        return -1;
    for (size_t i = 0; grown && i < next->count; i++)
        put(table, hash_state(&next->states[i]), i);
    size_t at = hash_state(state) & (table->size - 1);
    for (; table->at[at]; at = (at + 1) & (table->size - 1))
        if (same_state(&next->states[table->at[at] - 1], state))
            return next->first_node + table->at[at] - 1;
    if (!am_grow((void **)&next->states, &next->room, next->count + 1, sizeof *state))
        return -1;
    next->states[next->count++] = *state;
    table->at[at] = (int32_t)next->count;
    return next->first_node + (int32_t)next->count - 1;
}

/* The number of a kind; -1 when there is no memory. */
static int32_t number_kind(struct builder *build, struct am_kind kind)
{
    struct table *table = &build->kind_table;
    bool grown = false;
    if (!grow_table(table, build->kind_count, &grown))
        return -1;
    for (size_t i = 0; grown && i < build->kind_count; i++)
        put(table, (size_t)am_kind_hash(&build->kinds[i]), i);
    size_t at = (size_t)am_kind_hash(&kind) & (table->size - 1);
    for (; table->at[at]; at = (at + 1) & (table->size - 1))
        if (am_same_kind(&build->kinds[table->at[at] - 1], &kind))
            return table->at[at] - 1;
    if (!am_grow((void **)&build->kinds, &build->kind_room, build->kind_count + 1, sizeof kind))
        return -1;
    build->kinds[build->kind_count++] = kind;
    table->at[at] = (int32_t)build->kind_count;
    return (int32_t)build->kind_count - 1;
}

/* to: -1 when there was no memory for it. */
static bool add_step(struct builder *build, size_t at, int32_t to, struct am_kind kind)
{
    struct am_draft *draft = &build->draft;
    if (to < 0 || !am_grow((void **)&draft->steps, &draft->step_room, draft->step_count + 1,
                           sizeof *draft->steps))
        return false;
    draft->steps[draft->step_count++] =
        (struct am_step){kind, build->now.first_node + (int32_t)at, to};
    return true;
}

/* Points that fall due at the end of a day, and the state the next day sees. */
static int64_t end_day(const struct builder *build, int day, struct state *state)
{
    const struct am_iperson *person = build->person;
    int64_t points = 0;
    if (person->counted && day == person->must_day)
        points += am_must_points(build->instance, build->p, state->booked_min);
    if (day % 7 == 6) {
        points +=
            am_week_points(build->instance, build->p, day / 7, state->work_min, state->booked_min);
        state->week_min = 0;
        state->work_min = 0;
    }
    if (!build->minutes_bind && state->booked_min > build->enough_min)
        state->booked_min = build->enough_min;
    if (state->work_min > build->enough_work_min)
        state->work_min = build->enough_work_min;
    return points;
}

/* Book one class on a state: false when no pattern goes on that way. */
static bool book(const struct builder *build, const struct klass *klass, struct state *state,
                 int64_t *points)
{
    const struct am_iperson *person = build->person;
    const struct am_ipair *pair = &build->instance->pairs[klass->sample];
    const struct am_iweek *week = &person->weeks[pair->day / 7];
    bool first = state->booked_min == 0;
    int32_t minutes = am_credited(build->instance, build->p, pair, state->booked_min);
    if (minutes <= 0 || pair->induction != (person->needs_induction && first))
        return false;
    if (week->used_min + state->week_min + minutes > week->maximum_min)
        return false;
    if (pair->ete && state->ete_min + minutes > person->ete_left_min)
        return false;
    *points = am_minute_points(build->instance, pair->ete, minutes);
    if (first)
        *points += person->start_points[pair->day];
    state->booked_min += minutes;
    state->week_min += minutes;
    if (pair->ete)
        state->ete_min += minutes;
    else
        state->work_min += minutes;
    if (person->has_published && !pair->published)
        state->changed = true;
    return true;
}

static bool day_has_published(const struct builder *build, int day)
{
    const struct am_iperson *person = build->person;
    if (person->published_pairs == 0)
        return false;
    for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count; k++)
        if (build->instance->pairs[k].published && build->instance->pairs[k].day == day)
            return true;
    return false;
}

/* All arcs that leave one state of the day. */
static bool leave_state(struct builder *build, size_t at, int day, bool published_day)
{
    const struct state from = build->now.states[at];
    struct state state = from;
    state.changed = state.changed || published_day;
    int64_t points = end_day(build, day, &state);
    int32_t stay_day = build->first_class < build->end_class ? day : -1;
    if (!add_step(build, at, next_node(build, &state), (struct am_kind){points, -1, stay_day}))
        return false;
    for (size_t c = build->first_class; c < build->end_class; c++) {
        state = from;
        if (!book(build, &build->classes[c], &state, &points))
            continue;
        points += end_day(build, day, &state);
        if (!add_step(build, at, next_node(build, &state),
                      (struct am_kind){points, (int32_t)c, day}))
            return false;
    }
    return true;
}

/* Into the sink: S4, the start that did not happen (S1), S8. */
static bool leave_last(struct builder *build)
{
    const struct am_iperson *person = build->person;
    const struct am_instance *instance = build->instance;
    int32_t sink = build->next.first_node;
    for (size_t i = 0; i < build->now.count; i++) {
        const struct state *state = &build->now.states[i];
        int64_t points = 0;
        if (person->counted)
            points += am_pace_points(instance, build->p, state->booked_min);
        if (state->booked_min == 0)
            points += person->start_points[instance->days];
        if (person->has_published && (state->changed || person->disturbed_anyway))
            points += instance->policy->weights.person_disturbed;
        if (!add_step(build, i, sink, (struct am_kind){points, -1, -1}))
            return false;
    }
    build->draft.node_count = sink + 1;
    return true;
}

static bool same_class(const struct am_ipair *a, const struct am_ipair *b)
{
    return a->day == b->day && a->minutes == b->minutes && a->ete == b->ete &&
           a->induction == b->induction && a->published == b->published;
}

static bool find_classes(struct builder *build, int32_t *pair_class)
{
    const struct am_iperson *person = build->person;
    const struct am_ipair *pairs = build->instance->pairs;
    build->class_count = 0;
    for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count; k++) {
        size_t c = build->class_count;
        while (c > 0 && build->classes[c - 1].day == pairs[k].day &&
               !same_class(&pairs[build->classes[c - 1].sample], &pairs[k]))
            c--;
        if (c == 0 || build->classes[c - 1].day != pairs[k].day) {
            if (!am_grow((void **)&build->classes, &build->class_room, build->class_count + 1,
                         sizeof(struct klass)))
                return false;
            build->classes[build->class_count] = (struct klass){k, pairs[k].day};
            c = ++build->class_count;
        }
        pair_class[k] = (int32_t)c - 1;
    }
    return true;
}

/* When even the fullest weeks leave free_min out of reach, u matters only as
 * far as S2 and S4 look, and n only as far as S3 does. */
static void find_what_matters(struct builder *build)
{
    const struct am_iperson *person = build->person;
    int64_t fullest = 0;
    int32_t wanted = build->instance->offer_floor_min;
    if (person->intensive_min > wanted)
        wanted = person->intensive_min;
    for (int w = 0; w < build->instance->weeks; w++)
        fullest += person->weeks[w].maximum_min;
    build->minutes_bind = person->free_min < fullest + wanted + AM_DAY_MINUTES;
    build->enough_min = person->must_min > person->pace_min ? person->must_min : person->pace_min;
    if (build->enough_min < 1)
        build->enough_min = 1; /* u = 0 must still mean: nothing booked */
    build->enough_work_min = wanted;
}

/* The day is over: the next one begins with what it led to. */
static void swap_layers(struct builder *build)
{
    struct layer layer = build->now;
    build->now = build->next;
    build->next = layer;
    build->next.count = 0;
    build->next.first_node = build->now.first_node + (int32_t)build->now.count;
    empty_table(&build->state_table);
}

static bool build_layers(struct builder *build)
{
    struct state start = {0};
    build->draft.step_count = 0;
    build->next.count = build->end_class = 0;
    build->next.first_node = 0;
    empty_table(&build->state_table);
    if (next_node(build, &start) < 0)
        return false;
    swap_layers(build);
    for (int day = 0; day < build->instance->days; day++) {
        bool published_day = day_has_published(build, day);
        build->first_class = build->end_class; /* classes lie in order of their days */
        while (build->end_class < build->class_count && build->classes[build->end_class].day == day)
            build->end_class++;
        for (size_t i = 0; i < build->now.count; i++)
            if (!leave_state(build, i, day, published_day))
                return false;
        swap_layers(build);
    }
    return leave_last(build);
}

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* The arcs by the node that they lead to, those of a node in the order in which
 * they were found. Counted two nodes further on, first_arc[n + 1] begins as where
 * those of n begin, and is where they end when all are in. */
static bool sort_steps(struct builder *build, int32_t *first_arc, struct am_arc *arcs)
{
    const struct am_draft *draft = &build->draft;
    for (size_t i = 0; i < draft->step_count; i++)
        first_arc[draft->steps[i].to + 2]++;
    for (int32_t n = 2; n < draft->node_count + 2; n++)
        first_arc[n] += first_arc[n - 1];
    for (size_t i = 0; i < draft->step_count; i++) {
        const struct am_step *step = &draft->steps[i];
        int32_t kind = number_kind(build, step->kind);
        if (kind < 0)
            return false;
        arcs[first_arc[step->to + 1]++] = (struct am_arc){step->from, kind};
    }
    return true;
}

/* What has been built, in the arena. */
static bool keep_network(struct builder *build, struct am_arena *arena, struct am_network *network)
{
    size_t nodes = (size_t)build->draft.node_count;
    struct am_arc *arcs = AM_ARENA_NEW(arena, build->draft.step_count, struct am_arc);
    int32_t *first_arc = AM_ARENA_NEW(arena, nodes + 2, int32_t);
    build->kind_count = 0;
    empty_table(&build->kind_table);
    if (!arcs || !first_arc || !sort_steps(build, first_arc, arcs))
        return false;
    struct am_kind *kinds = AM_ARENA_NEW(arena, build->kind_count, struct am_kind);
    if (!kinds)
        return false;
    memcpy(kinds, build->kinds, build->kind_count * sizeof *kinds);
    *network = (struct am_network){.arcs = arcs,
                                   .first_arc = first_arc,
                                   .kinds = kinds,
                                   .arc_count = (int32_t)build->draft.step_count,
                                   .node_count = (int32_t)nodes,
                                   .kind_count = (int32_t)build->kind_count,
                                   .class_count = (int32_t)build->class_count};
    return true;
}

static bool build_person(struct builder *build, int p, struct am_arena *arena,
                         struct am_networks *networks)
{
    build->p = p;
    build->person = &build->instance->people[p];
    find_what_matters(build);
    struct am_network *network = &networks->people[p];
    if (!find_classes(build, networks->pair_class) || !build_layers(build) ||
        !am_network_merge(&build->merger, &build->draft) || !keep_network(build, arena, network))
        return false;
    networks->most_nodes = larger(networks->most_nodes, network->node_count);
    networks->most_kinds = larger(networks->most_kinds, network->kind_count);
    networks->most_classes = larger(networks->most_classes, network->class_count);
    return true;
}

am_status am_networks_build(const struct am_instance *instance, struct am_arena *arena,
                            struct am_networks *networks, struct am_err *err)
{
    struct builder build = {.instance = instance};
    bool built = true;
    *networks = (struct am_networks){0};
    networks->people = AM_ARENA_NEW(arena, (size_t)instance->person_count, struct am_network);
    networks->pair_class = AM_ARENA_NEW(arena, (size_t)instance->pair_count, int32_t);
    if (!networks->people || !networks->pair_class)
        return am_fail_memory(err);
    for (int p = 0; p < instance->person_count && built; p++)
        built = build_person(&build, p, arena, networks);
    free(build.now.states);
    free(build.next.states);
    free(build.classes);
    free(build.draft.steps);
    am_merger_release(&build.merger);
    free(build.kinds);
    free(build.state_table.at);
    free(build.kind_table.at);
    return built ? AM_OK : am_fail_memory(err);
}
