#include "solver/local_prices.h"

#include <stdlib.h>

#include "solver/regret.h"

/* Whose regret is such a share of the gap is worth the steps (as an inverse). Steps
 * at most; how much of the last direction is kept; how much of the regret the
 * first target asks for, after how many vain steps it comes nearer and by how
 * much; nearer than such a share of it is near enough. A round over all of them that
 * closed so little of the gap is the last (as an inverse). */
enum { WORTHWHILE = 50, STEPS = 200, PATIENCE = 8, LITTLE = 20 };
static const double deflection = 0.9, first_target = 0.5, nearer = 0.7, near_enough = 0.01;

/* A row of the block, a pair of it whose links may have a price: their directions
 * and their best prices. */
struct local_row {
    int32_t row;
    double way;
    int64_t kept;
};
struct local_pair {
    int64_t pair;
    double way[2];
    int64_t kept[2];
};

/* How much there is, in the answer, of what links hang on: a session's running for
 * people of each demand, and men and lone women there. */
struct there {
    double runs[AM_DEMANDS], present[2];
};

struct local {
    struct am_search *search;
    const struct am_instance *instance;
    const struct am_coupling *coupling;
    struct am_arena arena;
    int64_t *prices; /* of the whole: search->best.row */
    int64_t *loss;
    int64_t *regret;              /* of each person */
    int32_t *first_row, *end_row; /* of each session */
    /* the block: sessions, their rows and pairs, who could be there */
    int32_t *sessions, *people;
    struct local_row *rows;
    struct local_pair *pairs;
    int32_t session_count, person_count, row_count;
    int64_t pair_count;
    bool *session_in, *person_in;
    /* where its answer stands */
    struct there *there; /* of each session */
    double *activity;    /* of each row */
    bool *booked;        /* a pair */
};

static am_status local_init(struct local *local, struct am_err *err)
{
    struct am_arena *arena = &local->arena;
    size_t rows = (size_t)local->coupling->row_count, pairs = (size_t)local->coupling->pair_count;
    size_t sessions = (size_t)local->instance->session_count;
    size_t people = (size_t)local->instance->person_count;
    local->loss = AM_ARENA_NEW(arena, pairs, int64_t);
    local->regret = AM_ARENA_NEW(arena, people, int64_t);
    local->first_row = AM_ARENA_NEW(arena, sessions, int32_t);
    local->end_row = AM_ARENA_NEW(arena, sessions, int32_t);
    local->sessions = AM_ARENA_NEW(arena, sessions, int32_t);
    local->people = AM_ARENA_NEW(arena, people, int32_t);
    local->pairs = AM_ARENA_NEW(arena, pairs, struct local_pair);
    local->session_in = AM_ARENA_NEW(arena, sessions, bool);
    local->person_in = AM_ARENA_NEW(arena, people, bool);
    local->booked = AM_ARENA_NEW(arena, pairs, bool);
    local->rows = AM_ARENA_NEW(arena, rows, struct local_row);
    local->there = AM_ARENA_NEW(arena, sessions, struct there);
    local->activity = AM_ARENA_NEW(arena, rows, double);
    if (!local->loss || !local->regret || !local->first_row || !local->end_row ||
        !local->sessions || !local->people || !local->pairs || !local->session_in ||
        !local->person_in || !local->booked || !local->rows || !local->activity || !local->there)
        return am_fail_memory(err);
    /* a session's rows stand together, but for those that keep two people apart */
    for (int32_t r = local->coupling->row_count - 1; r >= 0; r--) {
        const struct am_row *row = &local->coupling->rows[r];
        if (row->session < 0 || row->family == AM_ROW_APART)
            continue;
        local->first_row[row->session] = r;
        if (local->end_row[row->session] == 0)
            local->end_row[row->session] = r + 1;
    }
    return AM_OK;
}

/* ---- the block ---- */

static void take_person(struct local *local, int32_t p)
{
    if (local->person_in[p])
        return;
    local->person_in[p] = true;
    local->people[local->person_count++] = p;
}

static void take_session(struct local *local, int32_t s)
{
    const struct am_coupling *coupling = local->coupling;
    if (local->session_in[s])
        return;
    local->session_in[s] = true;
    local->sessions[local->session_count++] = s;
    for (int32_t r = local->first_row[s]; r < local->end_row[s]; r++)
        local->rows[local->row_count++] = (struct local_row){.row = r};
    for (int64_t i = coupling->session_first[s]; i < coupling->session_first[s + 1]; i++) {
        int64_t k = coupling->by_session[i];
        take_person(local, (int32_t)am_pair_person(local->instance, k));
        if (coupling->links[k])
            local->pairs[local->pair_count++] = (struct local_pair){.pair = k};
    }
}

/* The sessions that the person would have rather than what they have. */
static void take_block(struct local *local, int p)
{
    const struct am_iperson *person = &local->instance->people[p];
    for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count; k++)
        if (local->loss[k] <= local->regret[p])
            take_session(local, local->instance->pairs[k].session);
}

static void clear_block(struct local *local)
{
    for (int i = 0; i < local->session_count; i++)
        local->session_in[local->sessions[i]] = false;
    for (int i = 0; i < local->person_count; i++)
        local->person_in[local->people[i]] = false;
    local->session_count = local->person_count = local->row_count = 0;
    local->pair_count = 0;
}

/* What of the bound hangs on the prices of the block; out of range: AM_NO_BOUND. */
static int64_t price_block(struct local *local)
{
    int64_t value = 0;
    bool held = true;
    for (int i = 0; i < local->session_count; i++) {
        am_price_touch(local->search->pricer, local->sessions[i]);
        held = am_price_session(local->search->pricer, local->sessions[i], &value) && held;
    }
    for (int i = 0; i < local->person_count; i++) {
        int64_t theirs = am_price_person(local->search->pricer, local->people[i]);
        held = !__builtin_add_overflow(value, theirs, &value) && held;
    }
    return held ? value : AM_NO_BOUND;
}

/* ---- one step ---- */

static void add_entries(struct local *local, struct am_entries of, double times)
{
    for (int64_t e = 0; e < of.count; e++)
        local->activity[of.at[e].row] += times * of.at[e].value;
}

static void visit_booked(struct local *local, bool booked)
{
    const struct am_instance *instance = local->instance;
    for (int i = 0; i < local->person_count; i++)
        for (int d = 0; d < instance->days; d++) {
            int32_t p = local->people[i];
            int32_t chosen = local->search->answer.chosen[(int64_t)p * instance->days + d];
            int64_t k = instance->people[p].first_pair + chosen;
            if (chosen < 0 || !local->session_in[instance->pairs[k].session])
                continue;
            local->booked[k] = booked;
            if (booked)
                add_entries(local, am_entries_of_pair(local->coupling, k), 1);
        }
}

static void visit_session(struct local *local, int32_t s)
{
    const struct am_coupling *coupling = local->coupling;
    const int8_t *var = local->search->answer.var;
    int32_t first = coupling->first_var[s], options = first + coupling->option_count[s];
    bool runs = false;
    local->there[s] = (struct there){0};
    for (int32_t v = first; v < coupling->first_var[s + 1]; v++) {
        runs = runs || (v < options && var[v]);
        if (!runs || !var[v])
            continue;
        add_entries(local, am_entries_of_var(coupling, v), coupling->vars[v].upper);
        for (int demand = 0; demand < AM_DEMANDS; demand++)
            local->there[s].runs[demand] += am_opens_to(coupling, v, demand);
        for (int i = 0; i < 2; i++)
            local->there[s].present[i] += v == coupling->presence[i][s];
    }
}

static void reckon_activity(struct local *local)
{
    for (int i = 0; i < local->row_count; i++)
        local->activity[local->rows[i].row] = 0;
    for (int i = 0; i < local->session_count; i++)
        visit_session(local, local->sessions[i]);
    visit_booked(local, true);
}

static double turn_links(const struct local *local, struct local_pair *at)
{
    const struct am_coupling *coupling = local->coupling;
    const struct there *there = &local->there[local->instance->pairs[at->pair].session];
    const int64_t link[2] = {am_link_runs(coupling, at->pair),
                             am_link_presence(coupling, at->pair)};
    const double has[2] = {there->runs[am_demand_of(local->instance, at->pair)],
                           there->present[coupling->links[at->pair] & AM_LINK_MAN ? 0 : 1]};
    for (int i = 0; i < 2; i++)
        if (am_link_exists(coupling, link[i]))
            at->way[i] = am_link_pull(has[i], local->booked[at->pair], local->prices[link[i]]) +
                         deflection * at->way[i];
    return at->way[0] * at->way[0] + at->way[1] * at->way[1];
}

/* The new direction; returns its squared length. */
static double turn(struct local *local)
{
    double square = 0;
    for (int i = 0; i < local->row_count; i++) {
        struct local_row *at = &local->rows[i];
        const struct am_row *row = &local->coupling->rows[at->row];
        at->way = am_row_pull(row, local->activity[at->row], local->prices[at->row]) +
                  deflection * at->way;
        square += at->way * at->way;
    }
    for (int64_t i = 0; i < local->pair_count; i++)
        square += turn_links(local, &local->pairs[i]);
    visit_booked(local, false);
    return square;
}

static void move(struct local *local, double length)
{
    for (int i = 0; i < local->row_count; i++) {
        const struct local_row *at = &local->rows[i];
        local->prices[at->row] =
            am_price_of(&local->coupling->rows[at->row],
                        am_in_points(local->prices[at->row]) + length * at->way);
    }
    for (int64_t i = 0; i < local->pair_count; i++) {
        const struct local_pair *at = &local->pairs[i];
        int64_t *runs = &local->prices[am_link_runs(local->coupling, at->pair)];
        int64_t *presence = &local->prices[am_link_presence(local->coupling, at->pair)];
        *runs = am_link_price_of(am_in_points(*runs) + length * at->way[0]);
        *presence = am_link_price_of(am_in_points(*presence) + length * at->way[1]);
    }
}

/* ---- the best prices ---- */

static void keep_prices(struct local *local)
{
    for (int i = 0; i < local->row_count; i++)
        local->rows[i].kept = local->prices[local->rows[i].row];
    for (int64_t i = 0; i < local->pair_count; i++) {
        struct local_pair *at = &local->pairs[i];
        at->kept[0] = local->prices[am_link_runs(local->coupling, at->pair)];
        at->kept[1] = local->prices[am_link_presence(local->coupling, at->pair)];
    }
}

static void take_kept(struct local *local)
{
    for (int i = 0; i < local->row_count; i++)
        local->prices[local->rows[i].row] = local->rows[i].kept;
    for (int64_t i = 0; i < local->pair_count; i++) {
        const struct local_pair *at = &local->pairs[i];
        local->prices[am_link_runs(local->coupling, at->pair)] = at->kept[0];
        local->prices[am_link_presence(local->coupling, at->pair)] = at->kept[1];
    }
    for (int i = 0; i < local->session_count; i++)
        am_price_touch(local->search->pricer, local->sessions[i]);
}

/* Steps by Polyak's rule, as in am_prices_climb. */
static void climb_around(struct local *local, int p)
{
    double gain = first_target * am_in_points(local->regret[p]);
    double least = near_enough * gain;
    int since = 0;
    take_block(local, p);
    int64_t value = price_block(local), best = value;
    keep_prices(local);
    for (int k = 0; k < STEPS && gain > least && !am_search_stop(local->search); k++) {
        reckon_activity(local);
        double square = turn(local);
        if (!(square > 0))
            break;
        move(local, (am_in_points(best) - am_in_points(value) + gain) / square);
        value = price_block(local);
        if (value > best) {
            best = value;
            keep_prices(local);
            since = 0;
        } else if (++since >= PATIENCE) {
            gain *= nearer;
            since = 0;
        }
    }
    take_kept(local);
    clear_block(local);
}

/* ---- around whom ---- */

struct seed {
    int64_t regret;
    int32_t person;
};

static int by_regret(const void *left, const void *right)
{
    const struct seed *a = left, *b = right;
    if (a->regret != b->regret)
        return a->regret > b->regret ? -1 : 1;
    return (a->person > b->person) - (a->person < b->person);
}

static double gap_of(const struct am_search *search)
{
    return (double)search->objective - am_in_points(search->best.bound);
}

/* Around everybody whose regret is worthwhile, most first. */
static void climb_round(struct local *local, struct seed *seeds)
{
    struct am_search *search = local->search;
    int count = 0;
    double least = gap_of(search) / WORTHWHILE;
    am_price_losses(search->pricer, local->prices, (struct am_limits){0}, &search->answer,
                    local->loss);
    for (int p = 0; p < local->instance->person_count; p++) {
        local->regret[p] = am_regret_of(search, &search->incumbent, local->prices, p);
        if (am_in_points(local->regret[p]) > least)
            seeds[count++] = (struct seed){local->regret[p], p};
    }
    if (count > 0)
        qsort(seeds, (size_t)count, sizeof *seeds, by_regret);
    for (int i = 0; i < count && !am_search_stop(search); i++)
        climb_around(local, seeds[i].person);
    am_price(search->pricer, local->prices, (struct am_limits){0}, &search->answer);
    search->best.bound = search->answer.bound;
    am_search_bound(search, search->best.bound);
}

/* Whose regret was next to nothing beside others' may be worth steps in the next round,
 * and what moved around one of them may let another on. */
static am_status climb_all(struct local *local, struct am_err *err)
{
    struct am_search *search = local->search;
    struct seed *seeds =
        AM_ARENA_NEW(&local->arena, (size_t)local->instance->person_count, struct seed);
    if (!seeds)
        return am_fail_memory(err);
    double was = 0;
    do {
        was = gap_of(search);
        climb_round(local, seeds);
    } while (was - gap_of(search) > was / LITTLE && !am_search_done(search) &&
             !am_search_stop(search));
    return AM_OK;
}

am_status am_local_prices(struct am_search *search, struct am_err *err)
{
    struct local local = {.search = search,
                          .instance = search->instance,
                          .coupling = &search->coupling,
                          .prices = search->best.row};
    if (search->best.bound == AM_NO_BOUND)
        return AM_OK;
    am_arena_init(&local.arena);
    am_status status = local_init(&local, err);
    if (status == AM_OK)
        status = climb_all(&local, err);
    am_arena_release(&local.arena);
    return status;
}
