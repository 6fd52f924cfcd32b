/*
 * The session side of pricing: what the links' prices come to, and what a session
 * costs at the prices if it runs.
 */
#include "solver/pricing.h"

#include <assert.h>
#include <string.h>

void am_link_add(const struct am_coupling *coupling, const struct am_instance *instance,
                 const int64_t *prices, int64_t k, struct am_link_sums *sums)
{
    int64_t runs = prices[am_link_runs(coupling, k)];
    int64_t presence = prices[am_link_presence(coupling, k)];
    if (runs == 0 && presence == 0)
        return;
    /* a price on a link that is none would prove what is not so */
    assert(runs == 0 || am_link_exists(coupling, am_link_runs(coupling, k)));
    assert(presence == 0 || am_link_exists(coupling, am_link_presence(coupling, k)));
    struct am_link_sums *sum = &sums[instance->pairs[k].session];
    sum->runs[am_demand_of(instance, k)] += runs;
    sum->presence[coupling->links[k] & AM_LINK_MAN ? 0 : 1] += presence;
}

/* Pairs in their own order: few of their links have a price, and the sums are
 * few enough to stay near. */
void am_link_sums(const struct am_coupling *coupling, const struct am_instance *instance,
                  const int64_t *prices, struct am_link_sums *sums)
{
    memset(sums, 0, (size_t)instance->session_count * sizeof *sums);
    for (int64_t k = 0; k < coupling->pair_count; k++)
        am_link_add(coupling, instance, prices, k, sums);
}

int64_t am_link_sum_of(const struct am_coupling *coupling, const struct am_link_sums *sums,
                       int32_t option)
{
    const int64_t *runs = sums[coupling->vars[option].session].runs;
    int64_t sum = 0;
    for (int demand = 0; coupling->opens[option] >> demand; demand++)
        if (am_opens_to(coupling, option, demand))
            sum += runs[demand];
    return sum;
}

int64_t am_var_reduced(const struct am_coupling *coupling, const int64_t *prices,
                       const struct am_link_sums *sums, int32_t var)
{
    const struct am_var *at = &coupling->vars[var];
    int64_t reduced = at->cost * AM_PRICE_ONE;
    for (int64_t e = coupling->var_first[var]; e < coupling->var_first[var + 1]; e++)
        reduced -= coupling->var_entries[e].value * prices[coupling->var_entries[e].row];
    reduced += am_link_sum_of(coupling, sums, var);
    if (at->kind == AM_VAR_MAN || at->kind == AM_VAR_LONE_WOMAN)
        reduced += sums[at->session].presence[at->kind == AM_VAR_MAN ? 0 : 1];
    return reduced;
}

/* ---- what goes with a session that runs ---- */

/* A better value than 0, unless it is decided. */
static bool is_wanted(const int8_t *decided, int32_t v, int64_t reduced)
{
    return decided && decided[v] >= 0 ? decided[v] == 1 : reduced < 0;
}

/* The two variables of presence (R11), and what each costs. */
struct presences {
    int32_t var[2];
    int64_t reduced[2];
};

static bool may_be(const struct am_coupling *coupling, const int8_t *decided,
                   const struct presences *presences, int s, const int8_t there[2])
{
    if (coupling->never_both[s] && there[0] && there[1])
        return false;
    for (int i = 0; i < 2 && decided; i++)
        if (decided[presences->var[i]] >= 0 && decided[presences->var[i]] != there[i])
            return false;
    return true;
}

/* False: out of range. */
static bool add_times(int64_t *sum, int64_t value, int64_t times)
{
    int64_t product = 0;
    return !__builtin_mul_overflow(value, times, &product) &&
           !__builtin_add_overflow(*sum, product, sum);
}

/* Add the cheapest of the kinds a, b and d (coupling_lone_women.c). */
static void add_kind(const struct am_coupling *coupling, const int8_t *decided,
                     const struct presences *presences, int s, int8_t there[2],
                     struct am_rest *rest)
{
    static const int8_t kinds[3][2] = {{1, 0}, {0, 1}, {1, 1}};
    int64_t least = AM_NO_PATH;
    for (int i = 0; i < 3; i++) {
        int64_t cost = 0;
        rest->held = add_times(&cost, presences->reduced[0], kinds[i][0]) &&
                     add_times(&cost, presences->reduced[1], kinds[i][1]) && cost < AM_NO_PATH &&
                     rest->held;
        if (cost < least && may_be(coupling, decided, presences, s, kinds[i])) {
            least = cost;
            there[0] = kinds[i][0];
            there[1] = kinds[i][1];
        }
    }
    if (least == AM_NO_PATH)
        rest->least = AM_NO_PATH;
    else
        rest->held = add_times(&rest->least, least, 1) && rest->held;
}

struct am_rest am_session_rest(const struct am_coupling *coupling, const int64_t *prices,
                               const struct am_link_sums *sums, const int8_t *decided, int s,
                               int8_t *value)
{
    struct presences presences = {{coupling->presence[0][s], coupling->presence[1][s]}, {0, 0}};
    bool kinds = presences.var[0] >= 0 && presences.var[1] >= 0;
    struct am_rest rest = {.held = true};
    int32_t first = coupling->first_var[s] + coupling->option_count[s];
    for (int32_t v = first; v < coupling->first_var[s + 1]; v++) {
        int64_t reduced = am_var_reduced(coupling, prices, sums, v);
        if (kinds && (v == presences.var[0] || v == presences.var[1])) {
            presences.reduced[v == presences.var[0] ? 0 : 1] = reduced;
            continue;
        }
        bool wanted = is_wanted(decided, v, reduced);
        if (wanted)
            rest.held = add_times(&rest.least, reduced, coupling->vars[v].upper) && rest.held;
        if (value)
            value[v] = wanted;
    }
    if (kinds) {
        int8_t there[2] = {0, 0};
        add_kind(coupling, decided, &presences, s, there, &rest);
        for (int i = 0; i < 2 && value; i++)
            value[presences.var[i]] = there[i];
    }
    for (int32_t v = first; v < coupling->first_var[s + 1] && decided; v++)
        rest.must_run = rest.must_run || decided[v] == 1;
    return rest;
}
