/*
 * network_merge - states from which all goes on alike become one node.
 *
 * States are told apart by what was booked so far; what may still be booked, and
 * what it costs, is the same for most of them. One node for each way of going on
 * makes the smallest acyclic automaton of the same patterns (Revuz 1992), found
 * from the sink back. What differs by the same amount whatever comes is alike too:
 * points are moved towards the source first, so that staying away is free from each
 * node but that (pushing of weights, Mohri 2000). A day on which there is nothing to
 * choose has no nodes.
 *
 * Of 2,000 people a week keeps half of its arcs and four weeks a sixth.
 */
#ifndef AM_SOLVER_NETWORK_MERGE_H
#define AM_SOLVER_NETWORK_MERGE_H

#include "solver/network.h"

/* An arc as it is found: by the node that it leaves. */
struct am_step {
    struct am_kind kind;
    int32_t from, to;
};

/* One person's network while it is built: nodes 0 (the source) to node_count - 1
 * (the sink), steps in order of the nodes that they leave. All nodes but the sink
 * have a step, the first of which books nothing; steps lead to higher nodes. */
struct am_draft {
    struct am_step *steps;
    size_t step_count, step_room;
    int32_t node_count;
};

/* Scratch arrays, used again for the next person; zero to begin with. */
struct am_merger {
    int32_t *first_step; /* node_count + 1 */
    int32_t *same;       /* the node that stands for this one */
    int64_t *ahead;      /* points moved from the node's steps to those that lead to it */
    uint64_t *hash;      /* of the steps that leave a node that stands for itself */
    int32_t *table;      /* of those nodes, by hash: node + 1, 0 empty */
    size_t node_room, table_size;
};

/* Nodes and steps of the draft become fewer, in the same order; its paths keep their
 * bookings and their lengths. False when there is no memory. */
bool am_network_merge(struct am_merger *merger, struct am_draft *draft);

void am_merger_release(struct am_merger *merger);

#endif
