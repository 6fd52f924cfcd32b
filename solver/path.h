/*
 * path - the shortest way through one person's network.
 */
#ifndef AM_SOLVER_PATH_H
#define AM_SOLVER_PATH_H

#include "solver/network.h"

enum { AM_PRICE_BITS = 12 };
#define AM_PRICE_ONE ((int64_t)1 << AM_PRICE_BITS) /* a point, in fixed-point */
#define AM_NO_PATH (INT64_MAX / 4)                 /* length where there is no path */

/* A fixed-point number in points, as near as a double is. */
static inline double am_in_points(int64_t fixed_point)
{
    return (double)fixed_point / (double)AM_PRICE_ONE;
}

/* Scratch of one thread. The caller fills class_price (AM_NO_PATH: closed),
 * class_pair and, where used, must_book before a sweep. */
struct am_path {
    int64_t *length;      /* shortest way to a node */
    int64_t *onward;      /* shortest way from a node to the sink (am_path_through) */
    int64_t *kind_price;  /* of each kind of arc, in the last sweep */
    int64_t *by_kind;     /* the shortest path by an arc of each kind (am_path_through) */
    int64_t *class_price; /* cheapest pair of a class, fixed-point */
    int64_t *through;     /* of each class, for am_path_through */
    int32_t *class_pair;  /* which, less the person's first pair */
    bool *must_book;      /* a day on which staying away is ruled out */
};

AM_MUST_CHECK am_status am_path_init(struct am_path *path, const struct am_instance *instance,
                                     const struct am_networks *networks, struct am_err *err);
void am_path_release(struct am_path *path);

/* Close all classes of a network. */
void am_path_clear(struct am_path *path, const struct am_network *network);
/* Let a pair stand for its class if it is the cheapest so far. */
static inline void am_path_offer(struct am_path *path, int32_t klass, int64_t price, int32_t pair)
{
    if (price < path->class_price[klass]) {
        path->class_price[klass] = price;
        path->class_pair[klass] = pair;
    }
}

/* One sweep over the nodes in order; returns the length of the shortest path
 * (AM_NO_PATH: none). */
int64_t am_path_sweep(struct am_path *path, const struct am_network *network, bool heed_must_book);

/* After a sweep that heeded no must_book: through[c] becomes the length of the
 * shortest path that books the cheapest pair of class c, AM_NO_PATH where there
 * is none. */
void am_path_through(struct am_path *path, const struct am_network *network, int64_t *through);

/* The path of the last sweep (of equally short ways to a node the one by the first
 * of its arcs): chosen[d] is the pair booked on day d less the person's first pair,
 * -1: none. */
void am_path_read(const struct am_path *path, const struct am_network *network, int days,
                  int32_t *chosen);

#endif
