#include "solver/worth.h"

#include <limits.h>
#include <stdlib.h>

#include "solver/prices.h"

/* Steps of a climb that goes on from good prices: so many in all for each person,
 * within limits, since few people are priced sooner and agree later. */
enum { FAMILIES = AM_ROW_SUPERVISOR, CENTI = 100 };
enum { PEOPLE_STEPS = 10000, LEAST_STEPS = 20, MOST_STEPS = 400 };

/* Prices of one instance, and what they are found with. */
struct priced {
    const struct am_instance *instance;
    struct am_arena arena;
    struct am_networks networks;
    struct am_coupling coupling;
    struct am_pricer *pricer;
    struct am_leading *leading;
    struct am_answer answer;
    double *share;
    struct am_best_prices best;
};

struct am_worth {
    struct priced base;
    int64_t objective;
    int32_t *row_of; /* [session * FAMILIES + family]: a row, -1 */
    struct am_link_sums *sums;
};

static void priced_release(struct priced *priced)
{
    am_leading_free(priced->leading);
    am_pricer_free(priced->pricer);
    am_arena_release(&priced->arena);
}

static am_status take_room(struct priced *priced, struct am_err *err)
{
    size_t prices = (size_t)am_price_count(&priced->coupling) + 1;
    priced->share = AM_ARENA_NEW(&priced->arena, (size_t)priced->coupling.var_count, double);
    priced->best =
        (struct am_best_prices){AM_ARENA_NEW(&priced->arena, prices, int64_t), AM_NO_BOUND};
    return priced->share && priced->best.row ? AM_OK : am_fail_memory(err);
}

static am_status priced_init(struct priced *priced, const struct am_instance *instance, int threads,
                             struct am_err *err)
{
    struct am_arena *arena = &priced->arena;
    *priced = (struct priced){.instance = instance};
    am_arena_init(arena);
    am_status status = am_networks_build(instance, arena, &priced->networks, err);
    if (status == AM_OK)
        status = am_coupling_build(instance, arena, &priced->coupling, err);
    if (status == AM_OK)
        status = am_answer_init(&priced->answer, instance, &priced->coupling, arena, err);
    if (status == AM_OK)
        status = am_pricer_new(&priced->pricer, instance, &priced->networks, &priced->coupling,
                               threads, err);
    if (status == AM_OK)
        status = am_leading_new(&priced->leading, instance, &priced->coupling, threads, err);
    return status == AM_OK ? take_room(priced, err) : status;
}

static bool is_asked(void *stop)
{
    const volatile sig_atomic_t *const *asked = stop;
    return *asked && **asked;
}

/* Steps up from the best prices. No pattern is kept of them. */
static am_status climb(struct priced *priced, int steps, int64_t ceiling,
                       const volatile sig_atomic_t *stop, struct am_err *err)
{
    return am_prices_climb(priced->pricer, priced->instance, &priced->coupling, ceiling,
                           (struct am_step_limits){.steps = steps,
                                                   .keep_from = INT_MAX,
                                                   .keep_every = 1,
                                                   .leading = priced->leading,
                                                   .stop = is_asked,
                                                   .context = &stop},
                           NULL, &priced->best, err);
}

static int further_steps(const struct am_instance *instance)
{
    int steps = PEOPLE_STEPS / (instance->person_count + 1);
    return steps < LEAST_STEPS ? LEAST_STEPS : steps > MOST_STEPS ? MOST_STEPS : steps;
}

/* ---- the base ---- */

static am_status index_rows(struct am_worth *worth, struct am_err *err)
{
    struct priced *base = &worth->base;
    size_t cells = (size_t)base->instance->session_count * FAMILIES;
    worth->row_of = AM_ARENA_NEW(&base->arena, cells, int32_t);
    worth->sums =
        AM_ARENA_NEW(&base->arena, (size_t)base->instance->session_count, struct am_link_sums);
    if (!worth->row_of || !worth->sums)
        return am_fail_memory(err);
    for (size_t i = 0; i < cells; i++)
        worth->row_of[i] = -1;
    for (int32_t r = 0; r < base->coupling.row_count; r++) {
        const struct am_row *row = &base->coupling.rows[r];
        if (row->session >= 0 && row->family != AM_ROW_APART)
            worth->row_of[row->session * FAMILIES + row->family] = r;
    }
    am_link_sums(&base->coupling, base->instance, base->best.row, worth->sums);
    return AM_OK;
}

am_status am_worth_new(struct am_worth **out, const struct am_instance *instance,
                       struct am_worth_search search, struct am_err *err)
{
    *out = NULL;
    int steps = search.settings->step_limit > 0 ? search.settings->step_limit : 1;
    struct am_worth *worth = calloc(1, sizeof *worth);
    if (!worth)
        return am_fail_memory(err);
    worth->objective = search.objective;
    am_status status = priced_init(&worth->base, instance, search.settings->threads, err);
    if (status == AM_OK)
        status = climb(&worth->base, steps, search.fixed_only, search.stop, err);
    if (status == AM_OK)
        status = climb(&worth->base, further_steps(instance), search.objective, search.stop, err);
    if (status == AM_OK)
        status = index_rows(worth, err);
    if (status == AM_OK)
        *out = worth;
    else
        am_worth_free(worth);
    return status;
}

void am_worth_free(struct am_worth *worth)
{
    if (!worth)
        return;
    priced_release(&worth->base);
    free(worth);
}

static int64_t whole_points(int64_t bound)
{
    return bound == AM_NO_BOUND ? INT64_MIN : am_bound_points(bound);
}

int64_t am_worth_bound(const struct am_worth *worth)
{
    return whole_points(worth->base.best.bound);
}

/* ---- at the margin ---- */

int64_t am_worth_seat_centi(const struct am_worth *worth, int session)
{
    int32_t row = worth->row_of[session * FAMILIES + AM_ROW_PLACES];
    return row < 0 ? 0 : -worth->base.best.row[row] / (AM_PRICE_ONE / CENTI);
}

/* The reduced cost of an option without the rows of its supervisor. */
static int64_t without_supervisor(const struct am_worth *worth, int32_t v)
{
    const struct am_coupling *coupling = &worth->base.coupling;
    const int64_t *prices = worth->base.best.row;
    int64_t reduced = am_var_reduced(coupling, prices, worth->sums, v);
    for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++)
        if (coupling->rows[coupling->var_entries[e].row].session < 0)
            reduced += coupling->var_entries[e].value * prices[coupling->var_entries[e].row];
    return reduced;
}

int64_t am_worth_leader_centi(const struct am_worth *worth, int session)
{
    const struct priced *base = &worth->base;
    const struct am_isession *at = &base->instance->sessions[session];
    int32_t first = base->coupling.first_var[session];
    int64_t now = at->must_run ? AM_NO_PATH : 0, freed = now;
    int64_t rest =
        am_session_rest(&base->coupling, base->best.row, worth->sums, NULL, session, NULL).least;
    for (int32_t v = first; v < first + base->coupling.option_count[session]; v++) {
        int64_t reduced = rest + am_var_reduced(&base->coupling, base->best.row, worth->sums, v);
        now = reduced < now ? reduced : now;
        if (base->coupling.vars[v].supervisor < 0)
            continue;
        reduced = rest + without_supervisor(worth, v);
        freed = reduced < freed ? reduced : freed;
    }
    return now > freed && now < AM_NO_PATH ? (now - freed) / (AM_PRICE_ONE / CENTI) : 0;
}

/* ---- a changed caseload ---- */

/* Links from the pair of the same person at the same session. */
static void take_links(const struct priced *base, const int32_t *same, struct priced *changed)
{
    const struct am_instance *instance = changed->instance;
    const struct am_coupling *from = &base->coupling, *to = &changed->coupling;
    for (int p = 0; p < instance->person_count; p++)
        for (int64_t i = 0; i < instance->people[p].pair_count; i++) {
            int64_t k = instance->people[p].first_pair + i;
            int32_t s = same[instance->pairs[k].session];
            int64_t from_pair = s < 0 || !to->links[k] ? -1 : am_pair_of(base->instance, p, s);
            if (from_pair < 0)
                continue;
            if (to->links[k] & AM_LINK_RUNS)
                changed->best.row[am_link_runs(to, k)] =
                    base->best.row[am_link_runs(from, from_pair)];
            if (to->links[k] & (AM_LINK_MAN | AM_LINK_LONE_WOMAN))
                changed->best.row[am_link_presence(to, k)] =
                    base->best.row[am_link_presence(from, from_pair)];
        }
}

/* The next row of the base, from *cursor on and round, that keeps the same two
 * apart at a session; -1: none. Both lists go the same way, so it is near. */
static int32_t find_apart(const struct priced *base, const struct am_row *row, int64_t a, int64_t b,
                          int64_t *cursor)
{
    const struct am_instance *instance = base->instance;
    int32_t first = base->coupling.row_count - (int32_t)instance->apart_count;
    for (int64_t tried = 0; tried < instance->apart_count; tried++) {
        int64_t i = (*cursor + tried) % instance->apart_count;
        if (instance->aparts[i].session == row->session && instance->aparts[i].pair_a == a &&
            instance->aparts[i].pair_b == b) {
            *cursor = i + 1;
            return first + (int32_t)i;
        }
    }
    return -1;
}

/* Rows of R12 are the last, in the order of aparts[]. */
static void take_aparts(const struct priced *base, const int32_t *same, struct priced *changed)
{
    const struct am_instance *instance = changed->instance;
    int32_t first = changed->coupling.row_count - (int32_t)instance->apart_count;
    int64_t cursor = 0;
    for (int64_t i = 0; i < instance->apart_count; i++) {
        const struct am_iapart *apart = &instance->aparts[i];
        struct am_row row = {.session = same[apart->session]};
        if (row.session < 0)
            continue;
        int64_t a =
            am_pair_of(base->instance, am_pair_person(instance, apart->pair_a), row.session);
        int64_t b =
            am_pair_of(base->instance, am_pair_person(instance, apart->pair_b), row.session);
        int32_t from = a < 0 || b < 0 ? -1 : find_apart(base, &row, a, b, &cursor);
        if (from >= 0)
            changed->best.row[first + i] = base->best.row[from];
    }
}

static void take_rows(const struct am_worth *worth, const int32_t *same, struct priced *changed)
{
    for (int32_t r = 0; r < changed->coupling.row_count; r++) {
        const struct am_row *row = &changed->coupling.rows[r];
        if (row->session < 0 || row->family == AM_ROW_APART || same[row->session] < 0)
            continue;
        int32_t from = worth->row_of[same[row->session] * FAMILIES + row->family];
        if (from >= 0)
            changed->best.row[r] = worth->base.best.row[from];
    }
}

/* ---- sessions that the base knows no price for ---- */

/* Nobody comes at that price. */
static const int64_t forbidding = (int64_t)1 << 50;

/* The most bookings that the row of places takes, over the ways to run. */
static int32_t most_room(const struct am_coupling *coupling, int s, int32_t row)
{
    int32_t most = 0;
    for (int32_t v = coupling->first_var[s]; v < coupling->first_var[s] + coupling->option_count[s];
         v++)
        for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++)
            if (coupling->var_entries[e].row == row && -coupling->var_entries[e].value > most)
                most = -coupling->var_entries[e].value;
    return most;
}

static int by_gain(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a < b) - (a > b);
}

/* The price at which as many want a place as there are places: what the first
 * who gets none would gain by one. loss: of each pair, where nobody comes. */
static int64_t clearing_price(const struct priced *changed, int s, int32_t row, const int64_t *loss,
                              int64_t *gains)
{
    const struct am_coupling *coupling = &changed->coupling;
    int32_t room = most_room(coupling, s, row);
    size_t count = 0;
    for (int64_t i = coupling->session_first[s]; i < coupling->session_first[s + 1]; i++)
        if (loss[coupling->by_session[i]] < forbidding)
            gains[count++] = forbidding - loss[coupling->by_session[i]];
    if (count > 1)
        qsort(gains, count, sizeof *gains, by_gain);
    return (size_t)room < count ? -gains[room] : 0;
}

/* Price the places of sessions without a row in the base, all others priced. */
static am_status price_new(const struct am_worth *worth, const int32_t *same,
                           struct priced *changed, struct am_err *err)
{
    const struct am_coupling *coupling = &changed->coupling;
    size_t pairs = (size_t)coupling->pair_count;
    int64_t *loss = AM_ARENA_NEW(&changed->arena, pairs, int64_t);
    int64_t *gains = AM_ARENA_NEW(&changed->arena, pairs, int64_t);
    int32_t *new_rows = AM_ARENA_NEW(&changed->arena, (size_t)coupling->row_count, int32_t);
    int count = 0;
    if (!loss || !gains || !new_rows)
        return am_fail_memory(err);
    for (int32_t r = 0; r < coupling->row_count; r++) {
        const struct am_row *row = &coupling->rows[r];
        if (row->family != AM_ROW_PLACES ||
            (same[row->session] >= 0 &&
             worth->row_of[same[row->session] * FAMILIES + AM_ROW_PLACES] >= 0))
            continue;
        changed->best.row[r] = -forbidding;
        new_rows[count++] = r;
    }
    if (count == 0)
        return AM_OK;
    am_price_losses(changed->pricer, changed->best.row, (struct am_limits){0}, &changed->answer,
                    loss);
    for (int i = 0; i < count; i++)
        changed->best.row[new_rows[i]] =
            clearing_price(changed, coupling->rows[new_rows[i]].session, new_rows[i], loss, gains);
    return AM_OK;
}

/* Bound the changed caseload at the base's prices. */
static am_status price_once(const struct am_worth *worth, const int32_t *same,
                            struct priced *changed, struct am_err *err)
{
    take_rows(worth, same, changed);
    take_links(&worth->base, same, changed);
    take_aparts(&worth->base, same, changed);
    am_status status = price_new(worth, same, changed, err);
    if (status == AM_OK)
        status = am_leading_price(changed->leading, changed->pricer, changed->best.row,
                                  changed->share, &changed->answer, err);
    if (status != AM_OK)
        return status;
    changed->best.bound = changed->answer.bound;
    return AM_OK;
}

am_status am_worth_changed(const struct am_worth *worth, const struct am_worth_change *change,
                           int64_t *bound, struct am_err *err)
{
    struct priced changed;
    am_status status = priced_init(&changed, change->instance, 1, err);
    if (status == AM_OK)
        status = price_once(worth, change->same, &changed, err);
    if (status == AM_OK && change->climb)
        status = climb(&changed, further_steps(change->instance), worth->objective, NULL, err);
    *bound = whole_points(changed.best.bound);
    priced_release(&changed);
    return status;
}
