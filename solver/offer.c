#include "solver/offer.h"

#include "solver/heads.h"
#include "solver/network.h"

/* The best ways to a node so far, best first. */
struct way {
    int64_t points;
    int32_t from, pair; /* the last step; pair: less the person's first, -1: nothing is booked */
    int32_t rank;       /* which of the ways to where that step begins */
};

struct sweep {
    const struct am_instance *instance; /* of the one person */
    struct am_arena arena;
    struct am_networks networks;
    int64_t *others;      /* of each pair of the person */
    bool *open;           /* likewise: may be booked */
    int32_t *class_first; /* pairs of a class: by_class[class_first[c]] .. */
    int32_t *by_class;
    struct way *ways; /* [node * most ..] */
    int32_t *count;   /* of a node */
    int most;
};

/* ---- which pairs are open, and what they change for others ---- */

static bool is_chosen(const struct am_instance *instance, const struct am_decision *decision,
                      int64_t pair)
{
    int person = am_pair_person(instance, pair);
    return decision->chosen[(int64_t)person * instance->days + instance->pairs[pair].day] == pair;
}

/* R12: somebody booked there is to be kept apart from the pair's person. */
static bool rival_is_there(const struct am_instance *instance, const struct am_decision *decision,
                           int64_t pair)
{
    for (int64_t i = 0; i < instance->apart_count; i++) {
        const struct am_iapart *apart = &instance->aparts[i];
        if ((apart->pair_a == pair && is_chosen(instance, decision, apart->pair_b)) ||
            (apart->pair_b == pair && is_chosen(instance, decision, apart->pair_a)))
            return true;
    }
    return false;
}

/* The session with one more of these heads. */
static bool takes(const struct am_instance *instance, const struct am_decision *decision,
                  int person, int64_t pair, const struct am_heads *heads, int64_t *others)
{
    int32_t s = instance->pairs[pair].session;
    const struct am_isession *at = &instance->sessions[s];
    bool runs = decision->runs[s];
    struct am_heads more = *heads;
    int64_t before = am_session_points(instance, s, runs, decision->supervisor[s], heads);
    am_heads_add(instance, pair, person, 1, &more);
    if (before == INT64_MAX || (!runs && at->supervised))
        return false;
    int64_t after = am_session_points(instance, s, true, decision->supervisor[s], &more);
    *others = after == INT64_MAX ? 0 : after - before;
    return after != INT64_MAX && !rival_is_there(instance, decision, pair);
}

static am_status heads_of(const struct am_instance *instance, const struct am_decision *decision,
                          struct am_arena *arena, struct am_heads **heads, struct am_err *err)
{
    *heads = AM_ARENA_NEW(arena, (size_t)instance->session_count, struct am_heads);
    if (!*heads)
        return am_fail_memory(err);
    am_heads_count(instance, decision, *heads);
    return AM_OK;
}

/* ---- the k shortest paths ---- */

static am_status sort_pairs(struct sweep *sweep, struct am_err *err)
{
    const struct am_iperson *person = &sweep->instance->people[0];
    const struct am_network *network = &sweep->networks.people[0];
    const int32_t *klass = sweep->networks.pair_class + person->first_pair;
    size_t classes = (size_t)network->class_count, pairs = (size_t)person->pair_count;
    sweep->class_first = AM_ARENA_NEW(&sweep->arena, classes + 2, int32_t);
    sweep->by_class = AM_ARENA_NEW(&sweep->arena, pairs, int32_t);
    sweep->ways =
        AM_ARENA_NEW(&sweep->arena, (size_t)network->node_count * (size_t)sweep->most, struct way);
    sweep->count = AM_ARENA_NEW(&sweep->arena, (size_t)network->node_count, int32_t);
    if (!sweep->class_first || !sweep->by_class || !sweep->ways || !sweep->count)
        return am_fail_memory(err);
    for (size_t i = 0; i < pairs; i++)
        if (sweep->open[i] && klass[i] >= 0)
            sweep->class_first[klass[i] + 2]++;
    for (size_t c = 2; c < classes + 2; c++)
        sweep->class_first[c] += sweep->class_first[c - 1];
    for (size_t i = 0; i < pairs; i++)
        if (sweep->open[i] && klass[i] >= 0)
            sweep->by_class[sweep->class_first[klass[i] + 1]++] = (int32_t)i;
    return AM_OK;
}

/* Of equally short ways the first found stays before the later. */
static void keep(struct sweep *sweep, int32_t node, struct way way)
{
    struct way *ways = sweep->ways + (int64_t)node * sweep->most;
    int32_t at = sweep->count[node];
    if (at == sweep->most && ways[at - 1].points <= way.points)
        return;
    if (at < sweep->most)
        sweep->count[node]++;
    else
        at--;
    for (; at > 0 && ways[at - 1].points > way.points; at--)
        ways[at] = ways[at - 1];
    ways[at] = way;
}

/* One arc to a node, by one pair of its class (or by none). */
static void go_along(struct sweep *sweep, struct am_arc arc, int32_t to, int32_t pair)
{
    const struct am_ipair *pairs = sweep->instance->pairs + sweep->instance->people[0].first_pair;
    int64_t points = sweep->networks.people[0].kinds[arc.kind].points;
    const struct way *ways = sweep->ways + (int64_t)arc.from * sweep->most;
    if (pair >= 0)
        points += pairs[pair].cost + sweep->others[pair];
    for (int32_t i = 0; i < sweep->count[arc.from]; i++)
        keep(sweep, to, (struct way){ways[i].points + points, arc.from, pair, i});
}

static void reach_node(struct sweep *sweep, int32_t node)
{
    const struct am_network *network = &sweep->networks.people[0];
    for (int32_t a = network->first_arc[node]; a < network->first_arc[node + 1]; a++) {
        struct am_arc arc = network->arcs[a];
        int32_t klass = network->kinds[arc.kind].klass;
        if (klass < 0)
            go_along(sweep, arc, node, -1);
        for (int32_t i = klass < 0 ? 0 : sweep->class_first[klass];
             klass >= 0 && i < sweep->class_first[klass + 1]; i++)
            go_along(sweep, arc, node, sweep->by_class[i]);
    }
}

/* Arcs lead onwards: the ways to where they begin are complete. */
static void find_ways(struct sweep *sweep)
{
    sweep->ways[0] = (struct way){0, -1, -1, 0};
    sweep->count[0] = 1;
    for (int32_t n = 1; n < sweep->networks.people[0].node_count; n++)
        reach_node(sweep, n);
}

/* The way of that rank to the sink, as an offer; false where it books nothing. */
static bool read_way(const struct sweep *sweep, int rank, struct am_offer *offer)
{
    const struct am_instance *instance = sweep->instance;
    const struct am_network *network = &sweep->networks.people[0];
    int32_t node = network->node_count - 1;
    bool any = false;
    for (int d = 0; d < instance->days; d++)
        offer->chosen[d] = -1;
    offer->others = 0;
    while (node != 0) {
        const struct way *way = &sweep->ways[(int64_t)node * sweep->most + rank];
        if (way->pair >= 0) {
            int64_t k = instance->people[0].first_pair + way->pair;
            offer->chosen[instance->pairs[k].day] = k;
            offer->others += sweep->others[way->pair];
            any = true;
        }
        node = way->from;
        rank = way->rank;
    }
    offer->points = am_pattern_points(instance, 0, offer->chosen, offer->minutes);
    return any;
}

static void read_ways(const struct sweep *sweep, int most, struct am_offers *offers)
{
    const struct am_network *network = &sweep->networks.people[0];
    for (int i = 0; i < sweep->count[network->node_count - 1]; i++) {
        struct am_offer offer;
        if (read_way(sweep, i, &offer) && offers->count < most)
            offers->at[offers->count++] = offer;
    }
}

/* ---- all of it ---- */

static am_status look_at_pairs(struct sweep *sweep, const struct am_instance *whole,
                               const struct am_decision *decision, int person, struct am_err *err)
{
    const struct am_iperson *who = &whole->people[person];
    struct am_heads *heads = NULL;
    am_status status = heads_of(whole, decision, &sweep->arena, &heads, err);
    sweep->others = AM_ARENA_NEW(&sweep->arena, (size_t)who->pair_count, int64_t);
    sweep->open = AM_ARENA_NEW(&sweep->arena, (size_t)who->pair_count, bool);
    if (status == AM_OK && (!sweep->others || !sweep->open))
        status = am_fail_memory(err);
    for (int64_t i = 0; i < who->pair_count && status == AM_OK; i++) {
        int64_t k = who->first_pair + i;
        sweep->open[i] =
            takes(whole, decision, person, k, &heads[whole->pairs[k].session], &sweep->others[i]);
    }
    return status;
}

am_status am_offer_best(const struct am_instance *instance, const struct am_decision *decision,
                        int person, int most, struct am_offers *offers, struct am_err *err)
{
    struct am_instance one = *instance;
    one.people += person;
    one.person_count = 1;
    struct sweep sweep = {.instance = &one, .most = most + 1};
    int64_t none[7 * AM_WEEKS_MAX];
    offers->count = 0;
    for (int d = 0; d < instance->days; d++)
        none[d] = -1;
    offers->nothing = am_pattern_points(instance, person, none, NULL);
    am_arena_init(&sweep.arena);
    am_status status = am_networks_build(&one, &sweep.arena, &sweep.networks, err);
    if (status == AM_OK)
        status = look_at_pairs(&sweep, instance, decision, person, err);
    if (status == AM_OK)
        status = sort_pairs(&sweep, err);
    if (status == AM_OK) {
        find_ways(&sweep);
        read_ways(&sweep, most, offers);
    }
    am_arena_release(&sweep.arena);
    return status;
}
