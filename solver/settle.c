#include "solver/settle.h"

#include <stdlib.h>
#include <string.h>

/* What is at least so sure is settled at once; a share of the rest each round. */
static const double sure = 0.9;
static const double some = 0.6;
/* When a round found such a share of what the first one did, all that the next one finds
 * is settled, and what does not fit beside it closed: of a nation, a fourth of the rounds
 * was about one option in a thousand. */
static const double few = 0.01;
/* An option of which the relaxation has less is not worth a supervisor's time. */
static const double least_worth = 0.1;
/* Of what can be improved: how far above the bound the target of the steps lies
 * (the prices at hand are good, and long steps would only spoil them), and by how
 * much the bound may rise in a round before it is taken back. */
static const double near_target = 0.0005;
static const double dear = 0.0005;
/* A session that must run and is unled loses more than any worth. */
static const double unled_worth = -1000;
enum { ROUNDS = 40, MOST_TAKEN_BACK = 6, STEPS = 25, LAST_STEPS = 60, LEADING_NODES = 200 };

struct option {
    double share;
    int32_t var;
};

static int by_share(const void *left, const void *right)
{
    const struct option *a = left, *b = right;
    if (a->share != b->share)
        return a->share > b->share ? -1 : 1;
    return (a->var > b->var) - (a->var < b->var);
}

static am_status climb(struct am_search *search, int steps, struct am_best_prices *prices,
                       struct am_err *err)
{
    am_status status = am_leading_fix(search->leading, search->settled, err);
    prices->bound = AM_NO_BOUND;
    if (status == AM_OK)
        status =
            am_prices_climb(search->pricer, search->instance, &search->coupling, search->fixed_only,
                            (struct am_step_limits){.steps = steps,
                                                    .keep_from = steps,
                                                    .keep_every = 1,
                                                    .near = near_target,
                                                    .branch = {.var = search->settled},
                                                    .leading = search->leading,
                                                    .share = search->share,
                                                    .stop = am_search_phase_over,
                                                    .context = search},
                            &search->columns, prices, err);
    return status;
}

/* What a round did. */
struct round {
    size_t whole;  /* options that a whole sharing out had and that were not settled yet */
    size_t closed; /* options that have a share and do not fit in whole */
};

/* Nothing more fits in whole beside what is settled: what has a share in spite of
 * that is closed, and the prices may find something that does fit. */
static size_t close_misfits(struct am_search *search, const double *worth)
{
    size_t closed = 0;
    for (int32_t v = 0; v < search->coupling.var_count; v++) {
        if (!am_leading_has(search->leading, v) || search->settled[v] >= 0 || worth[v] <= 0)
            continue;
        search->settled[v] = 0;
        closed++;
    }
    return closed;
}

/* Of a whole sharing out, settle such a part of the options, the surest. */
static am_status settle_some(struct am_search *search, int at, double part, struct round *round,
                             struct am_err *err)
{
    const struct am_coupling *coupling = &search->coupling;
    size_t vars = (size_t)coupling->var_count + 1, count = 0;
    double *worth = calloc(vars, sizeof *worth);
    bool *chosen = calloc(vars, sizeof *chosen);
    struct option *options = calloc(vars, sizeof *options);
    am_status status = worth && chosen && options ? AM_OK : am_fail_memory(err);
    for (int32_t v = 0; v < coupling->var_count && status == AM_OK; v++)
        worth[v] = coupling->vars[v].supervisor < 0 ? unled_worth
                                                    : search->share[v] - least_worth / (1 + at);
    if (status == AM_OK)
        status = am_leading_decide(search->leading, worth,
                                   am_search_lp_limits(search, LEADING_NODES), chosen, err);
    for (int32_t v = 0; v < coupling->var_count && status == AM_OK; v++)
        if (chosen[v] && search->settled[v] < 0)
            options[count++] = (struct option){search->share[v], v};
    if (count > 0)
        qsort(options, count, sizeof *options, by_share);
    size_t most = 1 + (size_t)((double)count * part);
    for (size_t i = 0; i < count && (i < most || options[i].share >= sure); i++)
        search->settled[options[i].var] = 1;
    *round = (struct round){.whole = count};
    if (status == AM_OK && (count == 0 || part >= 1))
        round->closed = close_misfits(search, worth);
    free(worth);
    free(chosen);
    free(options);
    return status;
}

/* Rounds until all is settled that can be. Guesses that made the bound rise by
 * much left somebody without the one place they need: they are free again, and
 * the prices, which know it now, go on. before: room for what was settled. */
static am_status settle_rounds(struct am_search *search, int8_t *before,
                               struct am_best_prices *prices, struct am_err *err)
{
    size_t vars = (size_t)search->coupling.var_count;
    double most_rise = dear * ((double)search->fixed_only - (double)search->bound);
    double part = some;
    int taken_back = 0;
    size_t at_first = 0, lately = 0; /* what the first round and the last one found */
    am_status status = AM_OK;
    bool left = true;
    for (int k = 0; k < ROUNDS && left && status == AM_OK && !search->stopped; k++) {
        double bound = am_in_points(prices->bound);
        struct round round;
        memcpy(before, search->settled, vars);
        if (am_search_phase_over(search))
            part = 1;
        bool few_left = (double)lately < few * (double)at_first;
        status = settle_some(search, k - taken_back, few_left ? 1 : part, &round, err);
        lately = round.whole;
        at_first = k == 0 ? lately : at_first;
        left = part < 1 && round.whole + round.closed > 0;
        if (status == AM_OK && left)
            status = climb(search, STEPS, prices, err);
        part = some;
        if (status == AM_OK && left && round.whole > 0 && taken_back < MOST_TAKEN_BACK &&
            am_in_points(prices->bound) - bound > most_rise) {
            part /= (double)(2 << taken_back++);
            memcpy(search->settled, before, vars);
            status = climb(search, STEPS, prices, err);
        }
    }
    return status;
}

am_status am_settle(struct am_search *search, struct am_best_prices *prices, struct am_err *err)
{
    size_t count = (size_t)am_price_count(&search->coupling);
    size_t vars = (size_t)search->coupling.var_count;
    int8_t *before = AM_ARENA_NEW(search->arena, vars, int8_t);
    prices->row = AM_ARENA_NEW(search->arena, count, int64_t);
    prices->bound = search->best.bound;
    search->settled = AM_ARENA_NEW(search->arena, vars, int8_t);
    if (!prices->row || !search->settled || !before)
        return am_fail_memory(err);
    memcpy(prices->row, search->best.row, count * sizeof *prices->row);
    memset(search->settled, -1, vars);
    am_status status = settle_rounds(search, before, prices, err);
    /* cut short, what is not settled is left to whoever places people */
    for (size_t v = 0; v < vars && !search->stopped; v++)
        if (am_leading_has(search->leading, (int32_t)v) && search->settled[v] < 0)
            search->settled[v] = 0;
    if (status == AM_OK)
        status = climb(search, LAST_STEPS, prices, err);
    return status;
}

am_status am_unsettle(struct am_search *search, struct am_err *err)
{
    if (!search->settled)
        return AM_OK;
    memset(search->settled, -1, (size_t)search->coupling.var_count);
    return am_leading_fix(search->leading, search->settled, err);
}
