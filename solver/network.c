#include "solver/network.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

struct state {
    int32_t booked_min, week_min, work_min, ete_min;
    bool changed;
};

/* Kind of appointment: pairs alike in all of this form a class. */
struct klass {
    int64_t sample; /* a pair of the class */
    int32_t day;
};

struct layer {
    struct state *states;
    int32_t *nodes;
    size_t count, states_room, nodes_room;
};

/* What is being built for one person; the arrays are used again for the next. */
struct builder {
    const struct am_instance *instance;
    const struct am_iperson *person;
    int p;
    struct layer now, next;
    struct klass *classes;
    size_t class_count, class_room;
    struct am_arc *arcs;
    size_t arc_count, arc_room;
    int32_t *table; /* hash of next.states: index + 1, 0 empty */
    size_t table_size;
    int32_t node_count;
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

static bool rehash(struct builder *build)
{
    size_t size = build->table_size;
    if (build->next.count * 2 < size) {
        return true;
    }
    size = size ? size * 2 : 64;
    int32_t *table = calloc(size, sizeof *table);
    if (!table)
        return false;
    for (size_t i = 0; i < build->next.count; i++) {
        size_t at = hash_state(&build->next.states[i]) & (size - 1);
        while (table[at])
            at = (at + 1) & (size - 1);
        table[at] = (int32_t)i + 1;
    }
    free(build->table);
    build->table = table;
    build->table_size = size;
    return true;
}

/* The node of a state of the next layer; -1 when there is no memory. */
static int32_t next_node(struct builder *build, const struct state *state)
{
    struct layer *next = &build->next;
    if (!rehash(build))
        return -1;
    size_t at = hash_state(state) & (build->table_size - 1);
    while (build->table[at]) {
        size_t i = (size_t)build->table[at] - 1;
        if (same_state(&next->states[i], state))
            return next->nodes[i];
        at = (at + 1) & (build->table_size - 1);
    }
    if (!am_grow((void **)&next->states, &next->states_room, next->count + 1, sizeof *state) ||
        !am_grow((void **)&next->nodes, &next->nodes_room, next->count + 1, sizeof(int32_t)))
        return -1;
    next->states[next->count] = *state;
    next->nodes[next->count] = build->node_count++;
    build->table[at] = (int32_t)++next->count;
    return next->nodes[next->count - 1];
}

static bool add_arc(struct builder *build, struct am_arc arc)
{
    if (!am_grow((void **)&build->arcs, &build->arc_room, build->arc_count + 1, sizeof arc))
        return false;
    build->arcs[build->arc_count++] = arc;
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
    int32_t to = next_node(build, &state);
    if (to < 0 || !add_arc(build, (struct am_arc){points, build->now.nodes[at], to, -1, day}))
        return false;
    for (size_t c = 0; c < build->class_count; c++) {
        int64_t gained = 0;
        state = from;
        if (build->classes[c].day != day || !book(build, &build->classes[c], &state, &gained))
            continue;
        points = gained + end_day(build, day, &state);
        to = next_node(build, &state);
        if (to < 0 ||
            !add_arc(build, (struct am_arc){points, build->now.nodes[at], to, (int32_t)c, day}))
            return false;
    }
    return true;
}

/* Into the sink: S4, the start that did not happen (S1), S8. */
static bool leave_last(struct builder *build)
{
    const struct am_iperson *person = build->person;
    const struct am_instance *instance = build->instance;
    int32_t sink = build->node_count++;
    for (size_t i = 0; i < build->now.count; i++) {
        const struct state *state = &build->now.states[i];
        int64_t points = 0;
        if (person->counted)
            points += am_pace_points(instance, build->p, state->booked_min);
        if (state->booked_min == 0)
            points += person->start_points[instance->days];
        if (person->has_published && (state->changed || person->disturbed_anyway))
            points += instance->policy->weights.person_disturbed;
        if (!add_arc(build, (struct am_arc){points, build->now.nodes[i], sink, -1, -1}))
            return false;
    }
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

static void swap_layers(struct builder *build)
{
    struct layer layer = build->now;
    build->now = build->next;
    build->next = layer;
    build->next.count = 0;
    if (build->table_size)
        memset(build->table, 0, build->table_size * sizeof *build->table);
}

static bool build_layers(struct builder *build)
{
    struct state start = {0};
    build->node_count = 0;
    build->arc_count = 0;
    build->next.count = 0;
    if (build->table_size)
        memset(build->table, 0, build->table_size * sizeof *build->table);
    if (next_node(build, &start) < 0)
        return false;
    swap_layers(build);
    for (int day = 0; day < build->instance->days; day++) {
        bool published_day = day_has_published(build, day);
        for (size_t i = 0; i < build->now.count; i++)
            if (!leave_state(build, i, day, published_day))
                return false;
        swap_layers(build);
    }
    return leave_last(build);
}

static bool build_person(struct builder *build, int p, struct am_arena *arena,
                         struct am_networks *networks)
{
    build->p = p;
    build->person = &build->instance->people[p];
    find_what_matters(build);
    if (!find_classes(build, networks->pair_class) || !build_layers(build))
        return false;
    struct am_arc *arcs = AM_ARENA_NEW(arena, build->arc_count, struct am_arc);
    if (!arcs)
        return false;
    memcpy(arcs, build->arcs, build->arc_count * sizeof *arcs);
    networks->people[p] = (struct am_network){arcs, (int32_t)build->arc_count, build->node_count,
                                              (int32_t)build->class_count};
    if (build->node_count > networks->most_nodes)
        networks->most_nodes = build->node_count;
    if ((int32_t)build->class_count > networks->most_classes)
        networks->most_classes = (int32_t)build->class_count;
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
    free(build.now.nodes);
    free(build.next.states);
    free(build.next.nodes);
    free(build.classes);
    free(build.arcs);
    free(build.table);
    return built ? AM_OK : am_fail_memory(err);
}
