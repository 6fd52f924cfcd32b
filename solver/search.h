/*
 * search - what the phases of a solve share: the model, the best roster so
 * far, the best bound so far, and when to stop.
 */
#ifndef AM_SOLVER_SEARCH_H
#define AM_SOLVER_SEARCH_H

#include <time.h>

#include "solver/root.h"
#include "solver/solve.h"

struct am_search {
    const struct am_instance *instance;
    const struct am_settings *settings;
    struct am_solve_hooks hooks;
    struct am_arena *arena;
    int64_t fixed_only;
    const struct am_decision *start; /* NULL: what is fixed */
    bool part;                       /* of another search: says nothing of its progress */
    int64_t part_tolerance;          /* points that may stay unproven in a part */
    struct timespec began; /* 0: now; a part that has the limit of the whole began with it */
    const char *phase;
    double phase_share; /* of the time limit: when the phase has had its time */

    struct am_networks networks;
    struct am_coupling coupling;
    struct am_pricer *pricer;
    struct am_leading *leading;
    int8_t *settled; /* of each variable: -1 free, 0, 1 (am_settle); NULL: nothing is */
    double *share;   /* of each variable, in the relaxation: the mean of the last price steps */
    struct am_columns columns;
    struct am_master master;
    struct am_answer answer;

    struct am_best_prices best; /* of the whole problem */
    bool has_bound;
    int64_t bound; /* points: no roster has fewer */

    struct am_decision incumbent;
    int64_t objective; /* of the incumbent */
    struct am_decision scratch;
    int64_t parts; /* solved to better the incumbent */
    bool stopped;  /* a limit or an interrupt cut the search short */
};

AM_MUST_CHECK am_status am_search_init(struct am_search *search, struct am_err *err);
void am_search_release(struct am_search *search);

double am_search_seconds(const struct am_search *search);
/* True when an interrupt or the time limit says so; notes it in stopped. */
bool am_search_stop(void *search);
/* Likewise, or when the phase has had its share of the time: then the next one
 * makes a roster of what there is. */
bool am_search_phase_over(void *search);
/* The limits of one call of the engine: what is left of the time, so many nodes. */
struct am_lp_limits am_search_lp_limits(const struct am_search *search, long nodes);
/* People of the unit that node_limit is stated for; of the largest that is solved
 * at once, as most parts are. */
enum { AM_UNIT_PEOPLE = 500, AM_AT_ONCE = 96 };

/* Nodes that a search tree may have: node_limit for such a unit, more for smaller
 * ones, whose nodes are quicker; 0: no limit. */
long am_search_nodes(const struct am_search *search);
/* Is what is not proven within the gap that was asked for? */
bool am_search_done(const struct am_search *search);
/* Is it a part that may stay unproven? What it leaves open can wait: who is around it
 * will be looked at again. */
bool am_search_can_wait(const struct am_search *search);
/* Have as many parts been solved as may be? */
bool am_search_parts_done(const struct am_search *search);
/* Points that may stay unproven. */
int64_t am_search_tolerance(const struct am_search *search);
void am_search_tell(struct am_search *search);

/* Take the scratch decision as the incumbent if it is a roster and better;
 * its points are reckoned directly. */
void am_search_offer(struct am_search *search);
/* Raise the bound. */
void am_search_bound(struct am_search *search, int64_t fixed_point_bound);

AM_MUST_CHECK am_status am_decision_init(struct am_decision *decision,
                                         const struct am_instance *instance, struct am_arena *arena,
                                         struct am_err *err);
void am_decision_copy(const struct am_instance *instance, struct am_decision *to,
                      const struct am_decision *from);

#endif
