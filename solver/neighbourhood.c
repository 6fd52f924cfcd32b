#include "solver/neighbourhood.h"

#include <stdlib.h>

#include "base/order.h"
#include "solver/part.h"

/* Sessions that a person brings beside those they have, and people that a
 * session brings beside those who are booked, by shape. */
static const struct {
    int sessions_of_person, people_of_session;
} shapes[AM_NEIGHBOURHOOD_SHAPES] = {{3, 6}, {2, 12}, {5, 3}};

/* The most of the former; sessions that one without a supervisor brings. */
enum { MOST_SESSIONS_OF_PERSON = 5, SESSIONS_OF_SUPERVISORS = 2 };

am_status am_neighbourhood_init(struct am_neighbourhood *near, const struct am_occupancy *occupancy,
                                struct am_arena *arena, struct am_err *err)
{
    size_t people = (size_t)occupancy->instance->person_count;
    size_t sessions = (size_t)occupancy->instance->session_count;
    near->occupancy = occupancy;
    near->people = AM_ARENA_NEW(arena, people, int32_t);
    near->queue = AM_ARENA_NEW(arena, sessions, int32_t);
    near->session_in = AM_ARENA_NEW(arena, sessions, bool);
    near->person_in = AM_ARENA_NEW(arena, people, bool);
    return near->people && near->queue && near->session_in && near->person_in ? AM_OK
                                                                              : am_fail_memory(err);
}

static void push_session(struct am_neighbourhood *near, int32_t session)
{
    if (near->session_in[session])
        return;
    near->session_in[session] = true;
    near->queue[near->length++] = session;
}

/* ---- people ---- */

/* Keep the least of what was seen, in order. */
static void keep_least(int64_t *best, int room, int64_t k, const int64_t *loss)
{
    for (int i = 0; i < room; i++) {
        if (best[i] >= 0 && loss[best[i]] <= loss[k])
            continue;
        int64_t was = best[i];
        best[i] = k;
        if (was < 0)
            return;
        k = was;
    }
}

static void push_near_sessions(struct am_neighbourhood *near, const struct am_instance *instance,
                               const struct am_regret *regret, int p)
{
    const struct am_iperson *person = &instance->people[p];
    int64_t best[MOST_SESSIONS_OF_PERSON];
    int room = shapes[near->shape].sessions_of_person;
    for (int i = 0; i < room; i++)
        best[i] = -1;
    for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count; k++)
        if (!near->session_in[instance->pairs[k].session])
            keep_least(best, room, k, regret->loss);
    for (int i = 0; i < room && best[i] >= 0; i++)
        push_session(near, instance->pairs[best[i]].session);
}

static bool pick_person(struct am_neighbourhood *near, const struct am_search *search,
                        const struct am_regret *regret, int p)
{
    const struct am_instance *instance = search->instance;
    if (near->person_in[p] || am_part_holds(instance, &search->incumbent, p))
        return false;
    near->person_in[p] = true;
    near->people[near->count++] = p;
    for (int d = 0; d < instance->days; d++) {
        int64_t k = search->incumbent.chosen[(int64_t)p * instance->days + d];
        if (k >= 0)
            push_session(near, instance->pairs[k].session);
    }
    push_near_sessions(near, instance, regret, p);
    return true;
}

/* ---- sessions ---- */

/* Has a session more regret than the other (-1: none), or as much and comes first? */
static bool is_worse(const struct am_regret *regret, int32_t s, int32_t than)
{
    if (than < 0)
        return true;
    if (regret->session[s] != regret->session[than])
        return regret->session[s] > regret->session[than];
    return s < than;
}

/* The worst of what the supervisor leads at that time and `best`, if there is one. */
static int32_t worst_led(const struct am_neighbourhood *near, const struct am_regret *regret,
                         const struct am_isession *at, int supervisor, int32_t best)
{
    const struct am_isession *sessions = near->occupancy->instance->sessions;
    const struct am_lists *leading = &near->occupancy->leading;
    for (int32_t t = leading->first[supervisor]; t >= 0; t = leading->next[t])
        if (!near->session_in[t] && am_sessions_overlap(&sessions[t], at) &&
            is_worse(regret, t, best))
            best = t;
    return best;
}

static void push_led(struct am_neighbourhood *near, const struct am_search *search,
                     const struct am_regret *regret, int32_t s)
{
    const struct am_isession *at = &search->instance->sessions[s];
    if (search->incumbent.runs[s] || !at->supervised)
        return;
    for (int i = 0; i < SESSIONS_OF_SUPERVISORS; i++) {
        int32_t best = -1;
        for (int c = 0; c < at->candidate_count; c++)
            best = worst_led(near, regret, at, at->candidates[c].supervisor, best);
        if (best >= 0)
            push_session(near, best);
    }
}

static void visit_session(struct am_neighbourhood *near, const struct am_search *search,
                          const struct am_regret *regret, int32_t s, int size)
{
    const struct am_lists *booked = &near->occupancy->booked;
    int more = 0;
    for (int32_t cell = booked->first[s]; cell >= 0; cell = booked->next[cell])
        (void)pick_person(near, search, regret, cell / search->instance->days);
    push_led(near, search, regret, s);
    for (int64_t i = regret->first_near[s]; i < regret->first_near[s + 1] && near->count < size &&
                                            more < shapes[near->shape].people_of_session;
         i++)
        more +=
            pick_person(near, search, regret, am_pair_person(search->instance, regret->near[i]));
}

/* ---- R11: nobody who stays may be left alone ---- */

/* The woman who would be left alone with men at the session, -1: none. */
static int32_t left_alone(const struct am_neighbourhood *near, const struct am_search *search,
                          int32_t s)
{
    const struct am_instance *instance = search->instance;
    const struct am_isession *at = &instance->sessions[s];
    const struct am_lists *booked = &near->occupancy->booked;
    int women = at->fixed_women, men = at->fixed_men;
    int32_t alone = -1;
    for (int32_t cell = booked->first[s]; cell >= 0; cell = booked->next[cell]) {
        int32_t p = cell / instance->days;
        if (near->person_in[p])
            continue;
        int64_t k = search->incumbent.chosen[cell];
        men += instance->people[p].man;
        women += instance->people[p].woman;
        if (instance->pairs[k].lone_woman)
            alone = p;
    }
    return at->lone_woman_rule && men > 0 && women == 1 ? alone : -1;
}

static bool leave_nobody_alone(struct am_neighbourhood *near, const struct am_search *search,
                               const struct am_regret *regret)
{
    const struct am_instance *instance = search->instance;
    for (int i = 0; i < near->count; i++)
        for (int d = 0; d < instance->days; d++) {
            int64_t k = search->incumbent.chosen[(int64_t)near->people[i] * instance->days + d];
            int32_t alone = k < 0 ? -1 : left_alone(near, search, instance->pairs[k].session);
            if (alone >= 0 && !pick_person(near, search, regret, alone))
                return false;
        }
    return true;
}

/* ---- all of it ---- */

bool am_neighbourhood_pick_all(struct am_neighbourhood *near, const struct am_search *search,
                               const struct am_regret *regret, const int32_t *seeds, int seed_count,
                               int size)
{
    near->count = 0;
    near->length = 0;
    for (int i = 0; i < seed_count; i++)
        push_session(near, seeds[i]);
    for (near->visited = 0;
         near->visited < near->length && (near->visited < seed_count || near->count < size);
         near->visited++)
        visit_session(near, search, regret, near->queue[near->visited], size);
    bool whole = near->count > 0 && leave_nobody_alone(near, search, regret);
    for (int i = 0; i < near->length; i++)
        near->session_in[near->queue[i]] = false;
    for (int i = 0; i < near->count; i++)
        near->person_in[near->people[i]] = false;
    qsort(near->people, (size_t)near->count, sizeof *near->people, am_by_number);
    return whole;
}

bool am_neighbourhood_pick(struct am_neighbourhood *near, const struct am_search *search,
                           const struct am_regret *regret, int32_t seed, int size)
{
    return am_neighbourhood_pick_all(near, search, regret, &seed, 1, size);
}
