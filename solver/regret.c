#include "solver/regret.h"

#include <stdlib.h>
#include <string.h>

/* What links hang on: that a man is there, a lone woman, that the session runs for
 * people of each demand. */
enum { RUNS = 2, LINKS = RUNS + AM_DEMANDS };

am_status am_regret_init(struct am_regret *regret, const struct am_instance *instance,
                         const struct am_coupling *coupling, struct am_arena *arena,
                         struct am_err *err)
{
    size_t sessions = (size_t)instance->session_count, pairs = (size_t)instance->pair_count;
    regret->arena = arena;
    regret->session = AM_ARENA_NEW(arena, sessions, int64_t);
    regret->loss = AM_ARENA_NEW(arena, pairs, int64_t);
    regret->first_near = AM_ARENA_NEW(arena, sessions + 2, int64_t);
    regret->near = AM_ARENA_NEW(arena, pairs, int64_t);
    regret->sums = AM_ARENA_NEW(arena, sessions, struct am_link_sums);
    regret->activity = AM_ARENA_NEW(arena, (size_t)coupling->row_count, int64_t);
    regret->there = AM_ARENA_NEW(arena, sessions * LINKS, int8_t);
    return regret->there && regret->activity && regret->sums && regret->session && regret->loss &&
                   regret->first_near && regret->near
               ? AM_OK
               : am_fail_memory(err);
}

/* ---- sorting by a figure: qsort has no context, so the figure goes along ---- */

struct ranked {
    int64_t figure, index;
};

static int by_figure(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->figure != b->figure)
        return a->figure < b->figure ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* ---- losses ---- */

am_status am_regret_near(struct am_regret *regret, const struct am_instance *instance,
                         struct am_err *err)
{
    int64_t *first = regret->first_near;
    struct ranked *scratch = calloc((size_t)instance->pair_count + 1, sizeof *scratch);
    if (!scratch)
        return am_fail_memory(err);
    memset(first, 0, ((size_t)instance->session_count + 2) * sizeof *first);
    for (int64_t k = 0; k < instance->pair_count; k++)
        first[instance->pairs[k].session + 2]++;
    for (int s = 2; s < instance->session_count + 2; s++)
        first[s] += first[s - 1];
    for (int64_t k = 0; k < instance->pair_count; k++)
        scratch[first[instance->pairs[k].session + 1]++] = (struct ranked){regret->loss[k], k};
    for (int s = 0; s < instance->session_count; s++)
        qsort(scratch + first[s], (size_t)(first[s + 1] - first[s]), sizeof *scratch, by_figure);
    for (int64_t i = 0; i < instance->pair_count; i++)
        regret->near[i] = scratch[i].index;
    free(scratch);
    return AM_OK;
}

/* ---- links that have a price ---- */

/* Few of all have one, and they stay the same until there are other prices. */
static am_status list_linked(struct am_regret *regret, const struct am_search *search,
                             const int64_t *prices, struct am_err *err)
{
    const struct am_instance *instance = search->instance;
    const struct am_coupling *coupling = &search->coupling;
    size_t count = 0;
    for (int64_t k = 0; k < instance->pair_count; k++)
        count += am_links_have_price(coupling, prices, k);
    regret->linked = AM_ARENA_NEW(regret->arena, count, int64_t);
    regret->linked_person = AM_ARENA_NEW(regret->arena, count, int32_t);
    if (!regret->linked || !regret->linked_person)
        return am_fail_memory(err);
    regret->linked_count = 0;
    for (int32_t p = 0; p < instance->person_count; p++) {
        const struct am_iperson *person = &instance->people[p];
        for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count; k++)
            if (am_links_have_price(coupling, prices, k)) {
                regret->linked[regret->linked_count] = k;
                regret->linked_person[regret->linked_count++] = p;
            }
    }
    am_link_sums(coupling, instance, prices, regret->sums);
    return AM_OK;
}

am_status am_regret_price(struct am_regret *regret, struct am_search *search, const int64_t *prices,
                          struct am_err *err)
{
    am_price_losses(search->pricer, prices, (struct am_limits){0}, &search->answer, regret->loss);
    am_status status = list_linked(regret, search, prices, err);
    return status == AM_OK ? am_regret_near(regret, search->instance, err) : status;
}

/* ---- regrets ---- */

/* What the person has, at these prices. */
static int64_t reduced_pattern(const struct am_search *search, const int64_t *prices, int p,
                               const int64_t *chosen)
{
    const struct am_instance *instance = search->instance;
    int64_t reduced = am_pattern_points(instance, p, chosen, NULL) * AM_PRICE_ONE;
    for (int d = 0; d < instance->days; d++)
        if (chosen[d] >= 0)
            reduced += am_pair_reduced(instance, &search->coupling, prices, chosen[d]) -
                       instance->pairs[chosen[d]].cost * AM_PRICE_ONE;
    return reduced;
}

int64_t am_regret_of(const struct am_search *search, const struct am_decision *decision,
                     const int64_t *prices, int p)
{
    const int64_t *chosen = decision->chosen + (int64_t)p * search->instance->days;
    return reduced_pattern(search, prices, p, chosen) - search->answer.value[p];
}

static void add_person(struct am_regret *regret, const struct am_search *search,
                       const int64_t *prices, int p)
{
    const struct am_instance *instance = search->instance;
    const int64_t *chosen = search->incumbent.chosen + (int64_t)p * instance->days;
    int64_t theirs = am_regret_of(search, &search->incumbent, prices, p);
    regret->total += theirs;
    for (int d = 0; d < instance->days; d++) {
        int32_t rather = search->answer.chosen[(int64_t)p * instance->days + d];
        int64_t k = rather < 0 ? -1 : instance->people[p].first_pair + rather;
        if (chosen[d] >= 0)
            regret->session[instance->pairs[chosen[d]].session] += theirs;
        if (k >= 0 && k != chosen[d])
            regret->session[instance->pairs[k].session] += theirs;
    }
}

/* What the roster makes of a variable. */
static int64_t value_of(const struct am_search *search, const struct am_heads *heads, int32_t v)
{
    const struct am_var *var = &search->coupling.vars[v];
    const struct am_isession *at = &search->instance->sessions[var->session];
    const struct am_heads *here = &heads[var->session];
    if (!search->incumbent.runs[var->session])
        return 0;
    switch (var->kind) {
    case AM_VAR_OPTION:
        return search->incumbent.supervisor[var->session] == var->supervisor;
    case AM_VAR_SHORT:
        return here->all < at->company_heads ? at->company_heads - here->all : 0;
    case AM_VAR_OVER:
        return here->attendance > at->places100 ? here->attendance - at->places100 : 0;
    case AM_VAR_MAN: /* of the kinds a and d of coupling_lone_women.c, or if there is one */
        return here->men > at->fixed_men ||
               (search->coupling.presence[1][var->session] >= 0 && here->lone_women == 0);
    case AM_VAR_LONE_WOMAN:
        return here->lone_women > 0;
    case AM_VAR_ALONE:
        return am_is_lone_woman(at, here->men, here->women, here->lone_women);
    }
    return 0;
}

/* The variables of a session, all together. */
static void add_vars(struct am_regret *regret, const struct am_search *search,
                     const int64_t *prices, const struct am_heads *heads, int s)
{
    const struct am_coupling *coupling = &search->coupling;
    int32_t first = coupling->first_var[s], options = first + coupling->option_count[s];
    int64_t rest = am_session_rest(coupling, prices, regret->sums, NULL, s, NULL).least;
    int64_t had = 0,
            best = search->instance->sessions[s].must_run && options > first ? AM_NO_PATH : 0;
    for (int32_t v = first; v < coupling->first_var[s + 1]; v++) {
        int64_t reduced = am_var_reduced(coupling, prices, regret->sums, v);
        int64_t value = value_of(search, heads, v);
        had += reduced * value;
        for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++)
            regret->activity[coupling->var_entries[e].row] +=
                value * coupling->var_entries[e].value;
        if (v < options && reduced + rest < best)
            best = reduced + rest;
    }
    regret->session[s] += had - best;
    regret->total += had - best;
}

static void add_chosen(struct am_regret *regret, const struct am_search *search)
{
    const struct am_coupling *coupling = &search->coupling;
    int64_t cells = (int64_t)search->instance->person_count * search->instance->days;
    for (int64_t i = 0; i < cells; i++) {
        int64_t k = search->incumbent.chosen[i];
        if (k < 0)
            continue;
        const struct am_entries of = am_entries_of_pair(coupling, k);
        for (int64_t e = 0; e < of.count; e++)
            regret->activity[of.at[e].row] += of.at[e].value;
    }
}

/* The slack of every row, at its price; a supervisor's row's is kept aside. */
static void add_rows(struct am_regret *regret, const struct am_search *search,
                     const int64_t *prices)
{
    const struct am_coupling *coupling = &search->coupling;
    for (int32_t r = 0; r < coupling->row_count; r++) {
        const struct am_row *row = &coupling->rows[r];
        int64_t limit = prices[r] > 0 ? row->lower : row->upper;
        int64_t slack = prices[r] == 0 ? 0 : prices[r] * (regret->activity[r] - limit);
        regret->total += slack;
        if (row->session >= 0)
            regret->session[row->session] += slack;
        regret->activity[r] = slack; /* from here on */
    }
}

/* Supervisors' rows with slack: what else could be led. */
static void add_supervisors(struct am_regret *regret, const struct am_search *search)
{
    const struct am_coupling *coupling = &search->coupling;
    for (int32_t v = 0; v < coupling->var_count; v++) {
        const struct am_var *var = &coupling->vars[v];
        if (var->supervisor < 0 || search->incumbent.runs[var->session])
            continue;
        for (int64_t e = coupling->var_first[v]; e < coupling->var_first[v + 1]; e++)
            if (coupling->rows[coupling->var_entries[e].row].family == AM_ROW_SUPERVISOR)
                regret->session[var->session] += regret->activity[coupling->var_entries[e].row];
    }
}

/* What the roster makes of what links hang on, by session. */
static void list_there(struct am_regret *regret, const struct am_search *search,
                       const struct am_heads *heads)
{
    const struct am_coupling *coupling = &search->coupling;
    memset(regret->there, 0,
           (size_t)search->instance->session_count * LINKS * sizeof *regret->there);
    for (int32_t v = 0; v < coupling->var_count; v++) {
        int64_t value = value_of(search, heads, v);
        int8_t *there = regret->there + LINKS * coupling->vars[v].session;
        if (value == 0)
            continue;
        if (coupling->vars[v].kind == AM_VAR_MAN)
            there[0] = 1;
        if (coupling->vars[v].kind == AM_VAR_LONE_WOMAN)
            there[1] = 1;
        for (int demand = 0; demand < AM_DEMANDS; demand++)
            if (am_opens_to(coupling, v, demand))
                there[RUNS + demand] = 1;
    }
}

/* Links with slack: a price is paid for somebody who does not come. */
static void add_links(struct am_regret *regret, const struct am_search *search,
                      const int64_t *prices)
{
    const struct am_coupling *coupling = &search->coupling;
    const struct am_instance *instance = search->instance;
    for (int64_t i = 0; i < regret->linked_count; i++) {
        int64_t k = regret->linked[i];
        const struct am_ipair *pair = &instance->pairs[k];
        const int8_t *there = regret->there + LINKS * pair->session;
        int64_t cell = (int64_t)regret->linked_person[i] * instance->days + pair->day;
        int64_t x = search->incumbent.chosen[cell] == k;
        int64_t slack =
            prices[am_link_runs(coupling, k)] * (x - there[RUNS + am_demand_of(instance, k)]) +
            prices[am_link_presence(coupling, k)] *
                (x - there[coupling->links[k] & AM_LINK_MAN ? 0 : 1]);
        regret->session[pair->session] += slack;
        regret->total += slack;
    }
}

void am_regret_look(struct am_regret *regret, const struct am_search *search, const int64_t *prices,
                    const struct am_heads *heads)
{
    const struct am_instance *instance = search->instance;
    const struct am_coupling *coupling = &search->coupling;
    memset(regret->session, 0, (size_t)instance->session_count * sizeof *regret->session);
    memset(regret->activity, 0, (size_t)coupling->row_count * sizeof *regret->activity);
    regret->total = 0;
    for (int p = 0; p < instance->person_count; p++)
        add_person(regret, search, prices, p);
    add_chosen(regret, search);
    for (int s = 0; s < instance->session_count; s++)
        add_vars(regret, search, prices, heads, s);
    add_rows(regret, search, prices);
    add_supervisors(regret, search);
    list_there(regret, search, heads);
    add_links(regret, search, prices);
}
