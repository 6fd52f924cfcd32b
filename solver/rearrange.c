#include "solver/rearrange.h"

#include <stdlib.h>

#include "solver/exact.h"
#include "solver/part.h"

/* Price steps of a part, which nobody has priced before. */
enum { STEPS = 150, KEEP_EVERY = 10, NODES = 20 };

struct choice {
    const struct am_instance *instance;
    const struct am_decision *decision;
    struct am_arena arena;
    struct am_occupancy occupancy;
    bool *chosen;    /* a person */
    int32_t *people; /* ascending */
    int count, most;
};

/* ---- who may move ---- */

static bool take(struct choice *choice, int person)
{
    if (choice->chosen[person] || am_part_holds(choice->instance, choice->decision, person))
        return choice->chosen[person];
    choice->chosen[person] = true;
    choice->count++;
    return true;
}

static void take_booked(struct choice *choice, int32_t s)
{
    const struct am_lists *booked = &choice->occupancy.booked;
    for (int32_t cell = booked->first[s]; cell >= 0 && choice->count < choice->most;
         cell = booked->next[cell])
        (void)take(choice, cell / choice->instance->days);
}

/* A session that would suit the person, and their points with it alone. */
struct suitable {
    int64_t points;
    int32_t session;
};

static int by_points(const void *left, const void *right)
{
    const struct suitable *a = left, *b = right;
    if (a->points != b->points)
        return a->points < b->points ? -1 : 1;
    return (a->session > b->session) - (a->session < b->session);
}

static am_status take_around(struct choice *choice, int person, struct am_err *err)
{
    const struct am_instance *instance = choice->instance;
    const struct am_iperson *who = &instance->people[person];
    struct suitable *suitable =
        AM_ARENA_NEW(&choice->arena, (size_t)who->pair_count, struct suitable);
    if (!suitable)
        return am_fail_memory(err);
    for (int64_t i = 0; i < who->pair_count; i++) {
        int64_t k = who->first_pair + i;
        suitable[i] = (struct suitable){am_pattern_points_of(instance, person, &k, 1),
                                        instance->pairs[k].session};
    }
    if (who->pair_count > 1)
        qsort(suitable, (size_t)who->pair_count, sizeof *suitable, by_points);
    (void)take(choice, person);
    for (int64_t i = 0; i < who->pair_count && choice->count < choice->most; i++)
        take_booked(choice, suitable[i].session);
    return AM_OK;
}

/* R11: the woman who would be left alone among men if all who were chosen left
 * the session; -1: none. */
static int left_alone(const struct choice *choice, int32_t s)
{
    const struct am_instance *instance = choice->instance;
    const struct am_isession *at = &instance->sessions[s];
    const struct am_lists *booked = &choice->occupancy.booked;
    int women = at->fixed_women, men = at->fixed_men, alone = -1;
    bool touched = false;
    for (int32_t cell = booked->first[s]; cell >= 0; cell = booked->next[cell]) {
        int p = cell / instance->days;
        touched = touched || choice->chosen[p];
        if (choice->chosen[p])
            continue;
        men += instance->people[p].man;
        women += instance->people[p].woman;
        if (instance->people[p].woman)
            alone = p;
    }
    return touched && at->lone_woman_rule && men > 0 && women == 1 ? alone : -1;
}

/* False where somebody would be left alone who must stay. */
static bool leave_nobody_alone(struct choice *choice)
{
    for (int before = -1; before != choice->count;) {
        before = choice->count;
        for (int32_t s = 0; s < choice->instance->session_count; s++) {
            int alone = left_alone(choice, s);
            if (alone >= 0 && !take(choice, alone))
                return false;
        }
    }
    return true;
}

static am_status choose(struct choice *choice, int person, bool *whole, struct am_err *err)
{
    size_t people = (size_t)choice->instance->person_count;
    choice->chosen = AM_ARENA_NEW(&choice->arena, people, bool);
    choice->people = AM_ARENA_NEW(&choice->arena, people, int32_t);
    if (!choice->chosen || !choice->people)
        return am_fail_memory(err);
    am_status status = am_occupancy_init(&choice->occupancy, choice->instance, choice->decision,
                                         &choice->arena, err);
    if (status == AM_OK)
        status = take_around(choice, person, err);
    *whole = status == AM_OK && leave_nobody_alone(choice);
    choice->count = 0;
    for (int p = 0; p < choice->instance->person_count; p++)
        if (choice->chosen[p])
            choice->people[choice->count++] = p;
    return status;
}

/* ---- placing them anew ---- */

static am_status search_part(struct am_search *search, struct am_err *err)
{
    am_status status = am_search_init(search, err);
    if (status == AM_OK)
        status =
            am_prices_climb(search->pricer, search->instance, &search->coupling, search->fixed_only,
                            (struct am_step_limits){.steps = STEPS,
                                                    .keep_from = 0,
                                                    .keep_every = KEEP_EVERY,
                                                    .leading = search->leading,
                                                    .share = search->share,
                                                    .stop = am_search_stop,
                                                    .context = search},
                            &search->columns, &search->best, err);
    if (status == AM_OK)
        am_search_bound(search, search->best.bound);
    return status == AM_OK && !am_search_done(search) ? am_exact(search, true, err) : status;
}

static am_status solve_part(const struct am_part *part, const struct am_decision *start,
                            struct am_arena *arena, struct am_search *search, struct am_err *err)
{
    struct am_settings settings;
    int64_t before = am_decision_points(&part->instance, start);
    am_settings_defaults(&settings);
    settings.threads = 1;
    settings.node_limit = NODES;
    *search = (struct am_search){.instance = &part->instance,
                                 .settings = &settings,
                                 .arena = arena,
                                 .fixed_only = am_part_dearest(&part->instance, before),
                                 .start = start,
                                 .part = true,
                                 .phase = "part"};
    am_status status = search_part(search, err);
    am_search_release(search);
    return status == AM_ESOLVER ? AM_OK : status; /* the engine gave up: what there is stays */
}

/* What somebody has counts as published, unless S8 holds them to something else. */
static void count_moves(struct am_part *part, const struct am_instance *whole,
                        const struct am_decision *start, int person)
{
    struct am_instance *instance = &part->instance;
    for (int i = 0; i < instance->person_count; i++) {
        struct am_iperson *who = &instance->people[i];
        const int64_t *chosen = start->chosen + (int64_t)i * whole->days;
        if (part->people[i] == person || who->has_published)
            continue;
        who->has_published = true;
        who->disturbed_anyway = false;
        who->published_pairs = 0;
        for (int64_t k = who->first_pair; k < who->first_pair + who->pair_count; k++) {
            instance->pairs[k].published = chosen[instance->pairs[k].day] == k;
            who->published_pairs += instance->pairs[k].published;
        }
    }
}

/* The people of the choice, placed anew. */
static am_status place_anew(const struct choice *choice, struct am_part *part, int person,
                            struct am_rearranged *out, struct am_err *err)
{
    const struct am_instance *whole = choice->instance;
    struct am_search search = {0};
    struct am_decision start;
    struct am_arena arena;
    am_arena_init(&arena);
    am_status status = am_decision_init(&start, &part->instance, &arena, err);
    bool fits = status == AM_OK && am_part_restrict(part, whole, choice->decision, &start) &&
                am_decision_points(&part->instance, &start) != INT64_MAX;
    if (fits) {
        count_moves(part, whole, &start, person);
        status = solve_part(part, &start, &arena, &search, err);
    }
    if (fits && status == AM_OK) {
        am_part_apply(part, whole, &search.incumbent, &out->decision);
        out->after = am_decision_points(whole, &out->decision);
        out->others = part->instance.person_count - 1;
        out->proven = search.has_bound && search.objective - search.bound < 1;
    }
    am_arena_release(&arena);
    return status;
}

static am_status rearrange(struct choice *choice, int person, struct am_rearranged *out,
                           struct am_err *err)
{
    const struct am_instance *whole = choice->instance;
    struct am_rivals rivals = {0};
    struct am_parting *parting = NULL;
    struct am_part part;
    const struct am_cut cut = {.decision = choice->decision,
                               .occupancy = &choice->occupancy,
                               .people = choice->people,
                               .count = choice->count};
    am_status status = am_rivals_init(&rivals, whole, err);
    if (status == AM_OK)
        status = am_parting_new(&parting, whole, &rivals, err);
    if (status == AM_OK)
        status = am_part_build(parting, &cut, &choice->arena, &part, err);
    if (status == AM_OK)
        status = place_anew(choice, &part, person, out, err);
    am_parting_free(parting);
    am_rivals_release(&rivals);
    return status;
}

am_status am_rearrange(const struct am_instance *instance, const struct am_decision *decision,
                       int person, int most, struct am_arena *arena, struct am_rearranged *out,
                       struct am_err *err)
{
    struct choice choice = {.instance = instance, .decision = decision, .most = most};
    bool whole = false;
    *out = (struct am_rearranged){.before = am_decision_points(instance, decision)};
    out->after = out->before;
    am_status status = am_decision_init(&out->decision, instance, arena, err);
    if (status != AM_OK)
        return status;
    am_decision_copy(instance, &out->decision, decision);
    am_arena_init(&choice.arena);
    status = choose(&choice, person, &whole, err);
    if (status == AM_OK && whole)
        status = rearrange(&choice, person, out, err);
    if (status == AM_OK && out->after > out->before) {
        am_decision_copy(instance, &out->decision, decision);
        out->after = out->before;
    }
    am_arena_release(&choice.arena);
    return status;
}
