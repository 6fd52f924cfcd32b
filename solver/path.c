#include "solver/path.h"

#include <stdlib.h>

am_status am_path_init(struct am_path *path, const struct am_instance *instance,
                       const struct am_networks *networks, struct am_err *err)
{
    size_t nodes = (size_t)networks->most_nodes + 1, classes = (size_t)networks->most_classes + 1;
    size_t kinds = (size_t)networks->most_kinds + 1;
    path->length = calloc(nodes, sizeof *path->length);
    path->onward = calloc(nodes, sizeof *path->onward);
    path->kind_price = calloc(kinds, sizeof *path->kind_price);
    path->by_kind = calloc(kinds, sizeof *path->by_kind);
    path->class_price = calloc(classes, sizeof *path->class_price);
    path->through = calloc(classes, sizeof *path->through);
    path->class_pair = calloc(classes, sizeof *path->class_pair);
    path->must_book = calloc((size_t)instance->days + 1, sizeof *path->must_book);
    return path->length && path->onward && path->kind_price && path->by_kind && path->class_price &&
                   path->through && path->class_pair && path->must_book
               ? AM_OK
               : am_fail_memory(err);
}

void am_path_release(struct am_path *path)
{
    free(path->length);
    free(path->onward);
    free(path->kind_price);
    free(path->by_kind);
    free(path->class_price);
    free(path->through);
    free(path->class_pair);
    free(path->must_book);
    *path = (struct am_path){0};
}

void am_path_clear(struct am_path *path, const struct am_network *network)
{
    for (int32_t c = 0; c < network->class_count; c++) {
        path->class_price[c] = AM_NO_PATH;
        path->class_pair[c] = -1;
    }
}

/* Sweeps add up without asking whether there is a way: what is none comes out too
 * long. It costs so much to go along a closed arc that the sum is above AM_NO_PATH,
 * and from a node to which no way leads the sum is above half of that. It holds for
 * lengths from -2 AM_NO_PATH (rewards of 2^56, seats.h, on each of 56 days do not
 * get there) to AM_NO_PATH / 2, and for prices of kinds above -AM_NO_PATH / 2, which
 * is 2^48 points. Nothing overflows: no way, and a closed arc, make 4 AM_NO_PATH,
 * and that is within INT64_MAX. */
static const int64_t closed = 3 * AM_NO_PATH;

static bool is_closed(const struct am_path *path, const struct am_kind *kind, bool heed_must_book)
{
    if (kind->klass >= 0)
        return path->class_price[kind->klass] == AM_NO_PATH;
    return heed_must_book && kind->day >= 0 && path->must_book[kind->day];
}

static void price_kinds(struct am_path *path, const struct am_network *network, bool heed_must_book)
{
    for (int32_t k = 0; k < network->kind_count; k++) {
        const struct am_kind *kind = &network->kinds[k];
        int64_t price = kind->points * AM_PRICE_ONE;
        if (kind->klass >= 0)
            price += path->class_price[kind->klass];
        path->kind_price[k] = is_closed(path, kind, heed_must_book) ? closed : price;
    }
}

/* The shortest way to node n, what comes before it being known. Which arc it is by
 * is left to am_path_read, so that all there is to do for an arc is one minimum. */
static int64_t reach(const struct am_path *path, const struct am_network *network, int32_t n)
{
    const int64_t *length = path->length, *kind_price = path->kind_price;
    const struct am_arc *end = network->arcs + network->first_arc[n + 1];
    int64_t best = AM_NO_PATH;
    for (const struct am_arc *arc = network->arcs + network->first_arc[n]; arc < end; arc++) {
        int64_t along = length[arc->from] + kind_price[arc->kind];
        best = along < best ? along : best;
    }
    return best < AM_NO_PATH / 2 ? best : AM_NO_PATH;
}

int64_t am_path_sweep(struct am_path *path, const struct am_network *network, bool heed_must_book)
{
    price_kinds(path, network, heed_must_book);
    path->length[0] = 0;
    for (int32_t n = 1; n < network->node_count; n++)
        path->length[n] = reach(path, network, n);
    return path->length[network->node_count - 1];
}

/* From node n, whose onward is known, back along its arcs. */
static void go_back(struct am_path *path, const struct am_network *network, int32_t n)
{
    for (int32_t a = network->first_arc[n]; a < network->first_arc[n + 1]; a++) {
        struct am_arc arc = network->arcs[a];
        if (path->length[arc.from] == AM_NO_PATH || path->kind_price[arc.kind] == closed)
            continue;
        int64_t along = path->onward[n] + path->kind_price[arc.kind];
        if (along < path->onward[arc.from])
            path->onward[arc.from] = along;
        if (path->length[arc.from] + along < path->by_kind[arc.kind])
            path->by_kind[arc.kind] = path->length[arc.from] + along;
    }
}

void am_path_through(struct am_path *path, const struct am_network *network, int64_t *through)
{
    for (int32_t n = 0; n < network->node_count; n++)
        path->onward[n] = AM_NO_PATH;
    for (int32_t k = 0; k < network->kind_count; k++)
        path->by_kind[k] = AM_NO_PATH;
    for (int32_t c = 0; c < network->class_count; c++)
        through[c] = AM_NO_PATH;
    path->onward[network->node_count - 1] = 0;
    for (int32_t n = network->node_count - 1; n > 0; n--)
        if (path->onward[n] != AM_NO_PATH)
            go_back(path, network, n);
    for (int32_t k = 0; k < network->kind_count; k++) {
        int32_t klass = network->kinds[k].klass;
        if (klass >= 0 && path->by_kind[k] < through[klass])
            through[klass] = path->by_kind[k];
    }
}

/* The first arc by which a shortest way comes to a node. */
static const struct am_arc *last_step(const struct am_path *path, const struct am_network *network,
                                      int32_t node)
{
    const struct am_arc *arc = network->arcs + network->first_arc[node];
    const struct am_arc *last = network->arcs + network->first_arc[node + 1] - 1;
    while (arc < last &&
           path->length[arc->from] + path->kind_price[arc->kind] != path->length[node])
        arc++;
    return arc;
}

void am_path_read(const struct am_path *path, const struct am_network *network, int days,
                  int32_t *chosen)
{
    int32_t node = network->node_count - 1;
    for (int d = 0; d < days; d++)
        chosen[d] = -1;
    if (path->length[node] == AM_NO_PATH)
        return;
    while (node != 0) {
        const struct am_arc *arc = last_step(path, network, node);
        const struct am_kind *kind = &network->kinds[arc->kind];
        if (kind->klass >= 0)
            chosen[kind->day] = path->class_pair[kind->klass];
        node = arc->from;
    }
}
