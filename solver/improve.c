#include "solver/improve.h"

#include <stdlib.h>

#include "solver/heads.h"
#include "solver/rivals.h"

enum { PASSES = 20 };

struct improvement {
    struct am_search *search;
    struct am_decision *decision;
    struct am_heads *heads;
    struct am_rivals rivals;
    struct am_path path;
    int32_t *chosen; /* one person's */
};

static int64_t *choice_of(const struct improvement *run, int p)
{
    return run->decision->chosen + (int64_t)p * run->search->instance->days;
}

/* Is somebody booked from whom the pair's person is kept apart? */
static bool rival_there(const struct improvement *run, int64_t pair)
{
    const struct am_instance *instance = run->search->instance;
    for (size_t i = am_rivals_first(&run->rivals, pair);
         i < run->rivals.count && run->rivals.at[i].pair == pair; i++) {
        int64_t other = run->rivals.at[i].other;
        int64_t *theirs = choice_of(run, am_pair_person(instance, other));
        if (theirs[instance->pairs[other].day] == other)
            return true;
    }
    return false;
}

/* ---- mending ---- */

static int64_t points_now(const struct improvement *run, int s)
{
    return am_session_points(run->search->instance, s, run->decision->runs[s],
                             run->decision->supervisor[s], &run->heads[s]);
}

/* A session that must run does, whatever was decided. One without anybody does
 * not, so its supervisor is free. */
static void close_if_empty(struct improvement *run, int s)
{
    if (run->search->instance->sessions[s].must_run)
        run->decision->runs[s] = true;
    if (run->heads[s].all > 0 || run->search->instance->sessions[s].must_run)
        return;
    run->decision->runs[s] = false;
    run->decision->supervisor[s] = -1;
}

static void drop_choice(struct improvement *run, int p)
{
    const struct am_instance *instance = run->search->instance;
    int64_t *choice = choice_of(run, p);
    for (int d = 0; d < instance->days; d++) {
        if (choice[d] >= 0)
            am_heads_add(instance, choice[d], p, -1,
                         &run->heads[instance->pairs[choice[d]].session]);
        choice[d] = -1;
    }
}

/* Everybody new leaves the session. False: there was nobody. */
static bool clear_session(struct improvement *run, int s)
{
    const struct am_instance *instance = run->search->instance;
    int day = instance->sessions[s].day;
    bool anybody = false;
    for (int p = 0; p < instance->person_count; p++) {
        int64_t *choice = choice_of(run, p);
        if (choice[day] < 0 || instance->pairs[choice[day]].session != s)
            continue;
        am_heads_add(instance, choice[day], p, -1, &run->heads[s]);
        choice[day] = -1;
        anybody = true;
    }
    close_if_empty(run, s);
    return anybody;
}

/* R11: where one new woman must not be alone, she leaves it, and all else that
 * she was to do. */
static bool drop_lone_woman(struct improvement *run, int s)
{
    const struct am_instance *instance = run->search->instance;
    const struct am_heads *heads = &run->heads[s];
    int day = instance->sessions[s].day;
    if (heads->lone_women != 1 || heads->women != 1 || heads->men < 1)
        return false;
    for (int p = 0; p < instance->person_count; p++) {
        int64_t *choice = choice_of(run, p);
        if (choice[day] < 0 || instance->pairs[choice[day]].session != s ||
            !instance->pairs[choice[day]].lone_woman)
            continue;
        drop_choice(run, p);
        return true;
    }
    return false;
}

/* R12 first, then every session whose heads break a rule is emptied. Leaving
 * out an appointment can break the pattern it was in (an induction, a cut):
 * that person's choice is dropped as a whole. A session that is wrong without
 * anybody new (a search was cut short before it had a supervisor) stays so, and
 * the decision will not be taken. */
static void mend(struct improvement *run)
{
    const struct am_instance *instance = run->search->instance;
    for (int64_t i = 0; i < instance->apart_count; i++) {
        const struct am_iapart *apart = &instance->aparts[i];
        int p = am_pair_person(instance, apart->pair_a);
        int day = instance->pairs[apart->pair_a].day;
        if (choice_of(run, p)[day] == apart->pair_a && rival_there(run, apart->pair_a))
            choice_of(run, p)[day] = -1;
    }
    for (int p = 0; p < instance->person_count; p++)
        if (am_pattern_points(instance, p, choice_of(run, p), NULL) == INT64_MAX)
            for (int d = 0; d < instance->days; d++)
                choice_of(run, p)[d] = -1;
    am_heads_count(instance, run->decision, run->heads);
    for (bool again = true; again;) {
        again = false;
        for (int s = 0; s < instance->session_count; s++) {
            close_if_empty(run, s);
            if (points_now(run, s) != INT64_MAX)
                continue;
            again = drop_lone_woman(run, s) || clear_session(run, s) || again;
        }
        for (int p = 0; p < instance->person_count; p++) {
            int64_t *choice = choice_of(run, p);
            if (am_pattern_points(instance, p, choice, NULL) != INT64_MAX)
                continue;
            drop_choice(run, p);
            again = true;
        }
    }
}

/* ---- one person at a time ---- */

/* What it costs the session that this person comes, the others staying as they
 * are; their own points are not in it. AM_NO_PATH: can't; *stay: must. */
static int64_t coming_points(struct improvement *run, int p, int64_t k, bool *stay)
{
    const struct am_instance *instance = run->search->instance;
    int s = instance->pairs[k].session;
    struct am_heads without = run->heads[s], with;
    if (choice_of(run, p)[instance->pairs[k].day] == k)
        am_heads_add(instance, k, p, -1, &without);
    with = without;
    am_heads_add(instance, k, p, 1, &with);
    *stay = false;
    if (rival_there(run, k))
        return AM_NO_PATH;
    bool others = without.all > 0 || instance->sessions[s].must_run;
    int supervisor = run->decision->supervisor[s];
    int64_t after = am_session_points(instance, s, true, supervisor, &with);
    int64_t before = am_session_points(instance, s, others, others ? supervisor : -1, &without);
    if (after == INT64_MAX)
        return AM_NO_PATH;
    *stay = before == INT64_MAX;
    return *stay ? 0 : after - before;
}

/* Long enough to keep a person who must stay, short enough to add up. */
static const int64_t stay_reward = (int64_t)1 << 56;

static int64_t price_choices(struct improvement *run, int p)
{
    const struct am_search *search = run->search;
    const struct am_iperson *person = &search->instance->people[p];
    const struct am_network *network = &search->networks.people[p];
    const int64_t *mine = choice_of(run, p);
    int64_t present = 0;
    am_path_clear(&run->path, network);
    for (int64_t i = 0; i < person->pair_count; i++) {
        int64_t k = person->first_pair + i;
        bool stay = false;
        int64_t coming = coming_points(run, p, k, &stay);
        if (coming == AM_NO_PATH)
            continue;
        int64_t price = (search->instance->pairs[k].cost + coming) * AM_PRICE_ONE;
        price -= stay ? stay_reward : 0;
        am_path_offer(&run->path, search->networks.pair_class[k], price, (int32_t)i);
        if (mine[search->instance->pairs[k].day] == k)
            present += coming * AM_PRICE_ONE - (stay ? stay_reward : 0);
    }
    return present + am_pattern_points(search->instance, p, mine, NULL) * AM_PRICE_ONE;
}

static void move_person(struct improvement *run, int p)
{
    const struct am_instance *instance = run->search->instance;
    int64_t *mine = choice_of(run, p);
    for (int d = 0; d < instance->days; d++) {
        int64_t to = run->chosen[d] < 0 ? -1 : instance->people[p].first_pair + run->chosen[d];
        if (to == mine[d])
            continue;
        if (mine[d] >= 0) {
            int s = instance->pairs[mine[d]].session;
            am_heads_add(instance, mine[d], p, -1, &run->heads[s]);
            close_if_empty(run, s);
        }
        mine[d] = to;
        if (to < 0)
            continue;
        am_heads_add(instance, to, p, 1, &run->heads[instance->pairs[to].session]);
        run->decision->runs[instance->pairs[to].session] = true;
    }
}

/* True when the person's best answer to the others is better than what they have. */
static bool better_person(struct improvement *run, int p)
{
    const struct am_network *network = &run->search->networks.people[p];
    int64_t present = price_choices(run, p);
    if (am_path_sweep(&run->path, network, false) >= present)
        return false;
    am_path_read(&run->path, network, run->search->instance->days, run->chosen);
    move_person(run, p);
    return true;
}

/* The i-th person to be visited: the seed says with whom to begin. */
static int visited(const struct improvement *run, int i)
{
    int64_t people = run->search->instance->person_count;
    return (int)((i + (int64_t)(run->search->settings->seed - 1) * 7919) % people);
}

am_status am_improve(struct am_search *search, struct am_err *err)
{
    const struct am_instance *instance = search->instance;
    struct improvement run = {.search = search, .decision = &search->scratch};
    run.heads = calloc((size_t)instance->session_count + 1, sizeof *run.heads);
    run.chosen = calloc((size_t)instance->days + 1, sizeof *run.chosen);
    am_status status = am_path_init(&run.path, instance, &search->networks, err);
    if (status == AM_OK && (!run.heads || !run.chosen))
        status = am_fail_memory(err);
    if (status == AM_OK)
        status = am_rivals_init(&run.rivals, instance, err);
    if (status == AM_OK) {
        mend(&run);
        bool moved = true;
        for (int pass = 0; moved && pass < PASSES && !am_search_stop(search); pass++) {
            moved = false;
            for (int i = 0; i < instance->person_count; i++)
                moved = better_person(&run, visited(&run, i)) || moved;
        }
        am_search_offer(search);
    }
    am_path_release(&run.path);
    free(run.heads);
    free(run.chosen);
    am_rivals_release(&run.rivals);
    return status;
}
