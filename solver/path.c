#include "solver/path.h"

#include <stdlib.h>

am_status am_path_init(struct am_path *path, const struct am_instance *instance,
                       const struct am_networks *networks, struct am_err *err)
{
    size_t nodes = (size_t)networks->most_nodes + 1, classes = (size_t)networks->most_classes + 1;
    path->length = calloc(nodes, sizeof *path->length);
    path->onward = calloc(nodes, sizeof *path->onward);
    path->arrived_by = calloc(nodes, sizeof *path->arrived_by);
    path->class_price = calloc(classes, sizeof *path->class_price);
    path->through = calloc(classes, sizeof *path->through);
    path->class_pair = calloc(classes, sizeof *path->class_pair);
    path->must_book = calloc((size_t)instance->days + 1, sizeof *path->must_book);
    return path->length && path->onward && path->arrived_by && path->class_price && path->through &&
                   path->class_pair && path->must_book
               ? AM_OK
               : am_fail_memory(err);
}

void am_path_release(struct am_path *path)
{
    free(path->length);
    free(path->onward);
    free(path->arrived_by);
    free(path->class_price);
    free(path->through);
    free(path->class_pair);
    free(path->must_book);
    *path = (struct am_path){0};
}

void am_path_clear(struct am_path *path, const struct am_network *network)
{
    for (int32_t c = 0; c < network->class_count; c++)
        path->class_price[c] = AM_NO_PATH;
}

int64_t am_path_sweep(struct am_path *path, const struct am_network *network, bool heed_must_book)
{
    int64_t *length = path->length;
    for (int32_t n = 0; n < network->node_count; n++)
        length[n] = AM_NO_PATH;
    length[0] = 0;
    for (int32_t a = 0; a < network->arc_count; a++) {
        const struct am_arc *arc = &network->arcs[a];
        if (length[arc->from] == AM_NO_PATH)
            continue;
        int64_t along = length[arc->from] + arc->points * AM_PRICE_ONE;
        if (arc->klass >= 0) {
            if (path->class_price[arc->klass] == AM_NO_PATH)
                continue;
            along += path->class_price[arc->klass];
        } else if (heed_must_book && arc->day >= 0 && path->must_book[arc->day]) {
            continue;
        }
        if (along < length[arc->to]) {
            length[arc->to] = along;
            path->arrived_by[arc->to] = a;
        }
    }
    return length[network->node_count - 1];
}

void am_path_through(struct am_path *path, const struct am_network *network, int64_t *through)
{
    int64_t *onward = path->onward;
    for (int32_t n = 0; n < network->node_count; n++)
        onward[n] = AM_NO_PATH;
    for (int32_t c = 0; c < network->class_count; c++)
        through[c] = AM_NO_PATH;
    onward[network->node_count - 1] = 0;
    for (int32_t a = network->arc_count - 1; a >= 0; a--) {
        const struct am_arc *arc = &network->arcs[a];
        int64_t along = onward[arc->to];
        if (along == AM_NO_PATH)
            continue;
        along += arc->points * AM_PRICE_ONE;
        if (arc->klass >= 0) {
            if (path->class_price[arc->klass] == AM_NO_PATH)
                continue;
            along += path->class_price[arc->klass];
            if (path->length[arc->from] < AM_NO_PATH &&
                path->length[arc->from] + along < through[arc->klass])
                through[arc->klass] = path->length[arc->from] + along;
        }
        if (along < onward[arc->from])
            onward[arc->from] = along;
    }
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
        const struct am_arc *arc = &network->arcs[path->arrived_by[node]];
        if (arc->klass >= 0)
            chosen[arc->day] = path->class_pair[arc->klass];
        node = arc->from;
    }
}
