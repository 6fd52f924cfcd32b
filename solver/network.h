/*
 * network - the patterns of one person as paths of an acyclic network.
 *
 * A state before day d is (u, w, n, e, c): new minutes booked so far, new
 * minutes of this week, of which work, education minutes so far, and whether
 * the published set is already left. An arc books one appointment of that day
 * or none; what falls due at the end of a day (S2), a week (S3) and of the
 * window (S4, S8) is on the arcs. So the paths from source to sink are exactly
 * the patterns of docs/formulation.md, and a path's length is its points
 * except what its pairs cost; that depends on prices. States from which all goes
 * on alike are one node (network_merge.h), and a day without pairs has none.
 *
 * Pairs that lead from equal states to equal states form a class (same day,
 * minutes, kind): of a class only the cheapest matters. The networks do not
 * depend on prices, so they are built once, and pricing is one sweep over nodes
 * in order (docs/formulation.md, section 7).
 */
#ifndef AM_SOLVER_NETWORK_H
#define AM_SOLVER_NETWORK_H

#include "base/random.h"
#include "solver/instance.h"

/* What an arc does. Many arcs of a person do the same, so each of them names
 * its kind, and pricing works a kind out once. */
struct am_kind {
    int64_t points; /* everything but the pair's own cost */
    int32_t klass;  /* of the person, -1: nothing is booked */
    int32_t day;    /* of the class, or on which nothing is booked; -1: there is no choice */
};

static inline bool am_same_kind(const struct am_kind *a, const struct am_kind *b)
{
    return a->points == b->points && a->klass == b->klass && a->day == b->day;
}

/* So that kinds can be looked up. */
static inline uint64_t am_kind_hash(const struct am_kind *kind)
{
    uint64_t which = (uint64_t)(uint32_t)kind->klass << 32 | (uint32_t)kind->day;
    return am_random_mix(am_random_mix(which) ^ (uint64_t)kind->points);
}

/* Small, since a sweep over the networks of thousands of people takes as long as
 * their arcs take to come from memory. */
struct am_arc {
    int32_t from; /* node; comes before the one that the arc leads to */
    int32_t kind;
};

/* One person's network. Node 0 is the source, the last one the sink; the arcs
 * that lead to node n are arcs[first_arc[n]] to before arcs[first_arc[n + 1]], by
 * the node that they leave and then by class. */
struct am_network {
    const struct am_arc *arcs;
    const int32_t *first_arc; /* node_count + 1 */
    const struct am_kind *kinds;
    int32_t arc_count, node_count, kind_count, class_count;
};

struct am_networks {
    struct am_network *people;
    int32_t *pair_class;                          /* a pair's class; -1: in no pattern */
    int32_t most_nodes, most_kinds, most_classes; /* over all people: sizes of scratch arrays */
};

/* All memory is in arena. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_networks_build(const struct am_instance *instance,
                                          struct am_arena *arena, struct am_networks *networks,
                                          struct am_err *err);

#endif
