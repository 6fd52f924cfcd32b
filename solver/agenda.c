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

/* Sessions of a block: each change makes one block anew, and each question goes through
 * all blocks. */
enum { BLOCK = 64 };

static int32_t block_count(const struct am_agenda *agenda)
{
    return (agenda->session_count + BLOCK - 1) / BLOCK;
}

/* ---- the list of tries ---- */

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

/* Those that are held go first, up to the largest: a second spent on one brings ten times
 * what one on a free part does. like: what they have in common, with its cost. */
static void add_sizes(struct am_agenda *agenda, const struct am_agenda_plan *plan,
                      struct am_try like)
{
    for (int time = 0; time < plan->times; time++) {
        like.held = true;
        for (like.size = 2 * plan->smallest; like.size <= plan->largest_held; like.size *= 2)
            add(agenda, plan, like, time);
        like.held = false;
        for (like.size = plan->smallest; like.size <= plan->largest; like.size *= 2)
            add(agenda, plan, like, time);
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
    agenda->busy = AM_ARENA_NEW(arena, (size_t)session_count, uint8_t);
    agenda->blocks = AM_ARENA_NEW(arena, (size_t)block_count(agenda), struct am_agenda_block);
    return agenda->next && agenda->busy && agenda->blocks ? AM_OK : am_fail_memory(err);
}

/* ---- what promises most ---- */

void am_agenda_tell(struct am_agenda *agenda, const int64_t *regret, int64_t least)
{
    agenda->regret = regret;
    agenda->least = least;
    for (int32_t b = 0; b < block_count(agenda); b++)
        agenda->blocks[b].known = false;
}

static void forget(struct am_agenda *agenda, int32_t session)
{
    agenda->blocks[session / BLOCK].known = false;
}

static double promise_of(const struct am_agenda *agenda, int32_t s)
{
    const struct am_try *try = &agenda->tries[agenda->next[s]];
    double regret = (double)agenda->regret[s];
    if (agenda->busy[s] || agenda->next[s] == agenda->try_count ||
        regret <= (double)agenda->least * try->wanted)
        return 0;
    return regret / try->cost;
}

static void look_at(const struct am_agenda *agenda, int32_t first, struct am_agenda_block *block)
{
    int32_t end = first + BLOCK < agenda->session_count ? first + BLOCK : agenda->session_count;
    *block = (struct am_agenda_block){.session = -1, .known = true};
    for (int32_t s = first; s < end; s++) {
        double promise = promise_of(agenda, s);
        if (promise > block->promise) {
            block->promise = promise;
            block->session = s;
        }
    }
}

int32_t am_agenda_next(struct am_agenda *agenda)
{
    struct am_agenda_block best = {.session = -1};
    for (int32_t b = 0; b < block_count(agenda); b++) {
        struct am_agenda_block *block = &agenda->blocks[b];
        if (!block->known)
            look_at(agenda, b * BLOCK, block);
        if (block->promise > best.promise)
            best = *block;
    }
    return best.session;
}

/* ---- what changes ---- */

void am_agenda_busy(struct am_agenda *agenda, int32_t session, int parts)
{
    agenda->busy[session] = (uint8_t)(agenda->busy[session] + parts);
    forget(agenda, session);
}

bool am_agenda_is_busy(const struct am_agenda *agenda, int32_t session)
{
    return agenda->busy[session] > 0;
}

const struct am_try *am_agenda_take(struct am_agenda *agenda, int32_t session)
{
    forget(agenda, session);
    return &agenda->tries[agenda->next[session]++];
}

void am_agenda_covered(struct am_agenda *agenda, int32_t session, const struct am_try *try)
{
    if (agenda->tries + agenda->next[session] != try)
        return;
    agenda->next[session]++;
    forget(agenda, session);
}

void am_agenda_again(struct am_agenda *agenda, int32_t session)
{
    agenda->next[session] = 0;
    forget(agenda, session);
}
