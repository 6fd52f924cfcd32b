#include "solver/improve.h"

#include "solver/seats.h"

enum { PASSES = 20 };

/* ---- mending ---- */

static void drop_choice(struct am_seats *seats, int p)
{
    const struct am_instance *instance = seats->instance;
    int64_t *choice = am_seats_of(seats, p);
    for (int d = 0; d < instance->days; d++) {
        if (choice[d] >= 0)
            am_heads_add(instance, choice[d], p, -1,
                         &seats->heads[instance->pairs[choice[d]].session]);
        choice[d] = -1;
    }
}

/* Everybody new leaves the session. False: there was nobody. */
static bool clear_session(struct am_seats *seats, int s)
{
    const struct am_instance *instance = seats->instance;
    int day = instance->sessions[s].day;
    bool anybody = false;
    for (int p = 0; p < instance->person_count; p++) {
        int64_t *choice = am_seats_of(seats, p);
        if (choice[day] < 0 || instance->pairs[choice[day]].session != s)
            continue;
        am_heads_add(instance, choice[day], p, -1, &seats->heads[s]);
        choice[day] = -1;
        anybody = true;
    }
    am_seats_close_if_empty(seats, s);
    return anybody;
}

/* R11: where one new woman must not be alone, she leaves it, and all else that
 * she was to do. */
static bool drop_lone_woman(struct am_seats *seats, int s)
{
    const struct am_instance *instance = seats->instance;
    const struct am_heads *heads = &seats->heads[s];
    int day = instance->sessions[s].day;
    if (heads->lone_women != 1 || heads->women != 1 || heads->men < 1)
        return false;
    for (int p = 0; p < instance->person_count; p++) {
        int64_t *choice = am_seats_of(seats, p);
        if (choice[day] < 0 || instance->pairs[choice[day]].session != s ||
            !instance->pairs[choice[day]].lone_woman)
            continue;
        drop_choice(seats, p);
        return true;
    }
    return false;
}

/* R12 first, then every session whose heads break a rule is emptied. Leaving
 * out an appointment can break the pattern it was in (an induction, a cut):
 * that person's choice is dropped as a whole. A session that is wrong without
 * anybody new (a search was cut short before it had a supervisor) stays so, and
 * the decision will not be taken. */
static void mend(struct am_seats *seats)
{
    const struct am_instance *instance = seats->instance;
    for (int64_t i = 0; i < instance->apart_count; i++) {
        const struct am_iapart *apart = &instance->aparts[i];
        int p = am_pair_person(instance, apart->pair_a);
        int day = instance->pairs[apart->pair_a].day;
        if (am_seats_of(seats, p)[day] == apart->pair_a &&
            am_seats_rival_there(seats, apart->pair_a))
            am_seats_of(seats, p)[day] = -1;
    }
    for (int p = 0; p < instance->person_count; p++)
        if (am_pattern_points(instance, p, am_seats_of(seats, p), NULL) == INT64_MAX)
            for (int d = 0; d < instance->days; d++)
                am_seats_of(seats, p)[d] = -1;
    am_heads_count(instance, seats->decision, seats->heads);
    for (bool again = true; again;) {
        again = false;
        for (int s = 0; s < instance->session_count; s++) {
            am_seats_close_if_empty(seats, s);
            if (am_seats_session_points(seats, s) != INT64_MAX)
                continue;
            again = drop_lone_woman(seats, s) || clear_session(seats, s) || again;
        }
        for (int p = 0; p < instance->person_count; p++) {
            int64_t *choice = am_seats_of(seats, p);
            if (am_pattern_points(instance, p, choice, NULL) != INT64_MAX)
                continue;
            drop_choice(seats, p);
            again = true;
        }
    }
}

/* ---- one person at a time ---- */

/* Offer the person's pairs to the path as the others stay. */
static void price_choices(struct am_seats *seats, int p)
{
    const struct am_iperson *person = &seats->instance->people[p];
    am_path_clear(&seats->path, &seats->networks->people[p]);
    for (int64_t i = 0; i < person->pair_count; i++) {
        int64_t k = person->first_pair + i;
        int64_t price = am_seats_price(seats, p, k);
        if (price != AM_NO_PATH)
            am_path_offer(&seats->path, seats->networks->pair_class[k],
                          seats->instance->pairs[k].cost * AM_PRICE_ONE + price, (int32_t)i);
    }
}

static void move_person(struct am_seats *seats, int p)
{
    const struct am_instance *instance = seats->instance;
    int64_t *mine = am_seats_of(seats, p);
    for (int d = 0; d < instance->days; d++) {
        int64_t to = seats->chosen[d] < 0 ? -1 : instance->people[p].first_pair + seats->chosen[d];
        if (to == mine[d])
            continue;
        if (mine[d] >= 0) {
            int s = instance->pairs[mine[d]].session;
            am_heads_add(instance, mine[d], p, -1, &seats->heads[s]);
            am_seats_close_if_empty(seats, s);
        }
        mine[d] = to;
        if (to < 0)
            continue;
        am_heads_add(instance, to, p, 1, &seats->heads[instance->pairs[to].session]);
        seats->decision->runs[instance->pairs[to].session] = true;
    }
}

/* True when the person's best answer to the others is better than what they have. */
static bool better_person(struct am_seats *seats, int p)
{
    const struct am_network *network = &seats->networks->people[p];
    price_choices(seats, p);
    if (am_path_sweep(&seats->path, network, false) >= am_seats_present(seats, p))
        return false;
    am_path_read(&seats->path, network, seats->instance->days, seats->chosen);
    move_person(seats, p);
    return true;
}

/* The i-th person to be visited: the seed says with whom to begin. */
static int visited(const struct am_search *search, int i)
{
    int64_t people = search->instance->person_count;
    return (int)((i + (int64_t)(search->settings->seed - 1) * 7919) % people);
}

static void better_everybody(struct am_seats *seats, struct am_search *search)
{
    bool moved = true;
    for (int pass = 0; moved && pass < PASSES && !am_search_stop(search); pass++) {
        moved = false;
        for (int i = 0; i < search->instance->person_count; i++)
            moved = better_person(seats, visited(search, i)) || moved;
    }
}

am_status am_improve(struct am_search *search, struct am_err *err)
{
    struct am_seats seats;
    am_status status = am_seats_init(&seats, search, err);
    if (status == AM_OK) {
        mend(&seats);
        better_everybody(&seats, search);
        am_search_offer(search);
    }
    am_seats_release(&seats);
    return status;
}
