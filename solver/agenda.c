#include "solver/agenda.h"

#include <math.h>

/* Tuned on 500 to 2,000 people: a part counts as this power of its people, and
 * one that is held as such a share of that. */
static const double growth = 2.5;
static const double of_held = 0.3;
/* A try of n times the cost wants this power of n times the regret. */
static const double caution = 0.5;

/* Over several weeks a part costs so many times what it does in one: this power of the
 * weeks. */
static const double of_weeks = 2;

static void add(struct am_agenda *agenda, const struct am_agenda_plan *plan, struct am_try try,
                int time)
{
    if (agenda->try_count == AM_AGENDA_MOST)
        return;
    try.cost *= pow((double)try.size / plan->smallest, growth) * (try.held ? of_held : 1);
    try.wanted = pow(try.cost, caution);
    try.shape = (plan->shape + agenda->try_count + time) % plan->shapes;
    agenda->tries[agenda->try_count++] = try;
}

/* One that is held has twice the people: it is quick, so it goes first. like: what they
 * have in common, with its cost. */
static void add_sizes(struct am_agenda *agenda, const struct am_agenda_plan *plan,
                      struct am_try like)
{
    for (int time = 0; time < plan->times; time++)
        for (int size = plan->smallest; size <= plan->largest; size *= 2) {
            struct am_try held = like, free = like;
            held.held = true;
            held.size = 2 * size;
            free.size = size;
            if (held.size <= plan->largest)
                add(agenda, plan, held, time);
            add(agenda, plan, free, time);
        }
}

am_status am_agenda_init(struct am_agenda *agenda, struct am_agenda_plan plan, int weeks,
                         int session_count, struct am_arena *arena, struct am_err *err)
{
    *agenda = (struct am_agenda){.session_count = session_count};
    if (weeks > 1)
        add_sizes(agenda, &plan, (struct am_try){.in_week = true, .cost = 1});
    if (weeks == 1 || !plan.in_week)
        add_sizes(agenda, &plan, (struct am_try){.cost = pow(weeks, of_weeks)});
    agenda->next = AM_ARENA_NEW(arena, (size_t)session_count, uint8_t);
    return agenda->next ? AM_OK : am_fail_memory(err);
}

int32_t am_agenda_next(const struct am_agenda *agenda, const int64_t *regret, const uint8_t *busy,
                       int64_t least)
{
    int32_t best = -1;
    double most = 0;
    for (int32_t s = 0; s < agenda->session_count; s++) {
        const struct am_try *try = &agenda->tries[agenda->next[s]];
        if (busy[s] || agenda->next[s] == agenda->try_count ||
            (double)regret[s] <= (double)least * try->wanted)
            continue;
        double promise = (double)regret[s] / try->cost;
        if (promise > most) {
            most = promise;
            best = s;
        }
    }
    return best;
}

const struct am_try *am_agenda_take(struct am_agenda *agenda, int32_t session)
{
    return &agenda->tries[agenda->next[session]++];
}

void am_agenda_covered(struct am_agenda *agenda, int32_t session, const struct am_try *try)
{
    if (agenda->tries + agenda->next[session] == try)
        agenda->next[session]++;
}

void am_agenda_again(struct am_agenda *agenda, int32_t session)
{
    agenda->next[session] = 0;
}
