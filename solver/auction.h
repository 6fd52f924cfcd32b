/*
 * auction - people bid for the places of the sessions that run.
 *
 * At good prices many patterns of a person are equally good, and who takes
 * which decides whether there is a place for the last. So, one after another,
 * each takes their best pattern at the prices, and bids for each of its places
 * what it is worth to them beyond their next best; in a full session the lowest
 * bid gives way, the price rises to what is then the lowest, and who lost
 * their place bids anew (Bertsekas 1988; here people bid for patterns, so this is a
 * heuristic).
 */
#ifndef AM_SOLVER_AUCTION_H
#define AM_SOLVER_AUCTION_H

#include "solver/room.h"
#include "solver/search.h"

/* Place everybody in the sessions that search->scratch runs; its choices and
 * the room are filled. `prices` (of rows and links) are changed. Fails with
 * AM_ENOMEM. */
AM_MUST_CHECK am_status am_auction(struct am_search *search, int64_t *prices, struct am_room *room,
                                   struct am_err *err);

#endif
