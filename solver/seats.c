#include "solver/seats.h"

#include <stdlib.h>

am_status am_seats_init(struct am_seats *seats, struct am_search *search, struct am_err *err)
{
    const struct am_instance *instance = search->instance;
    *seats = (struct am_seats){
        .instance = instance, .networks = &search->networks, .decision = &search->scratch};
    seats->heads = calloc((size_t)instance->session_count + 1, sizeof *seats->heads);
    seats->chosen = calloc((size_t)instance->days + 1, sizeof *seats->chosen);
    am_status status = am_path_init(&seats->path, instance, &search->networks, err);
    if (status == AM_OK && (!seats->heads || !seats->chosen))
        status = am_fail_memory(err);
    return status == AM_OK ? am_rivals_init(&seats->rivals, instance, err) : status;
}

void am_seats_release(struct am_seats *seats)
{
    am_path_release(&seats->path);
    am_rivals_release(&seats->rivals);
    free(seats->heads);
    free(seats->chosen);
}

bool am_seats_rival_there(const struct am_seats *seats, int64_t pair)
{
    const struct am_instance *instance = seats->instance;
    for (size_t i = am_rivals_first(&seats->rivals, pair);
         i < seats->rivals.count && seats->rivals.at[i].pair == pair; i++) {
        int64_t other = seats->rivals.at[i].other;
        int64_t *theirs = am_seats_of(seats, am_pair_person(instance, other));
        if (theirs[instance->pairs[other].day] == other)
            return true;
    }
    return false;
}

int64_t am_seats_session_points(const struct am_seats *seats, int session)
{
    return am_session_points(seats->instance, session, seats->decision->runs[session],
                             seats->decision->supervisor[session], &seats->heads[session]);
}

void am_seats_close_if_empty(struct am_seats *seats, int session)
{
    if (seats->instance->sessions[session].must_run)
        seats->decision->runs[session] = true;
    if (seats->heads[session].all > 0 || seats->instance->sessions[session].must_run)
        return;
    seats->decision->runs[session] = false;
    seats->decision->supervisor[session] = -1;
}

int64_t am_seats_price(const struct am_seats *seats, int person, int64_t pair)
{
    const struct am_instance *instance = seats->instance;
    int s = instance->pairs[pair].session;
    struct am_heads without = seats->heads[s], with;
    if (am_seats_of(seats, person)[instance->pairs[pair].day] == pair)
        am_heads_add(instance, pair, person, -1, &without);
    with = without;
    am_heads_add(instance, pair, person, 1, &with);
    if (am_seats_rival_there(seats, pair))
        return AM_NO_PATH;
    bool others = without.all > 0 || instance->sessions[s].must_run;
    int supervisor = seats->decision->supervisor[s];
    int64_t after = am_session_points(instance, s, true, supervisor, &with);
    if (after == INT64_MAX)
        return AM_NO_PATH;
    int64_t before = am_session_points(instance, s, others, others ? supervisor : -1, &without);
    return before == INT64_MAX ? AM_STAY_PRICE : (after - before) * AM_PRICE_ONE;
}

int64_t am_seats_present(const struct am_seats *seats, int person)
{
    const int64_t *mine = am_seats_of(seats, person);
    int64_t present = am_pattern_points(seats->instance, person, mine, NULL) * AM_PRICE_ONE;
    for (int d = 0; d < seats->instance->days; d++) {
        int64_t price = mine[d] < 0 ? 0 : am_seats_price(seats, person, mine[d]);
        present += price == AM_NO_PATH ? 0 : price;
    }
    return present;
}
