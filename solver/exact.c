#include "solver/exact.h"

#include "solver/branch.h"
#include "solver/dive.h"

/* Rounds of the root; a gap of so many times what may stay unproven is near; people
 * of a small unit; what is left open when a part has just gained so many times as much
 * can wait. */
enum { MOST_ROUNDS = 1000, NEAR_ENOUGH = 4, SMALL_UNIT = 250, CAN_WAIT = 20 };

static am_status add_pattern(struct am_search *search, int p, const int32_t *chosen,
                             struct am_err *err)
{
    int32_t index = -1;
    am_status status = am_columns_add(&search->columns, p, chosen, &index, err);
    return status == AM_OK ? am_master_add(&search->master, index, err) : status;
}

/* Everybody may stay at home, or do as in the incumbent: with these the master
 * always has a solution. */
static am_status add_first_patterns(struct am_search *search, struct am_err *err)
{
    const struct am_instance *instance = search->instance;
    int32_t none[7 * AM_WEEKS_MAX], theirs[7 * AM_WEEKS_MAX];
    am_status status = AM_OK;
    for (int p = 0; p < instance->person_count && status == AM_OK; p++) {
        for (int d = 0; d < instance->days; d++) {
            int64_t k = search->incumbent.chosen[(int64_t)p * instance->days + d];
            none[d] = -1;
            theirs[d] = k < 0 ? -1 : (int32_t)(k - instance->people[p].first_pair);
        }
        status = add_pattern(search, p, none, err);
        if (status == AM_OK)
            status = add_pattern(search, p, theirs, err);
    }
    return status;
}

/* The root need not be closer than a quarter of the gap asked for. */
static double root_slack(const struct am_search *search)
{
    double quarter = (double)am_search_tolerance(search) / 4;
    return quarter > 0.01 ? quarter : 0.01;
}

/* A link whose price is small beside what an average person's placement is
 * worth can wait until it is broken; the master is the quicker for it. */
static int64_t worth_a_row(const struct am_search *search)
{
    int64_t range = search->has_bound ? search->fixed_only - search->bound : 0;
    return range / (40 * (int64_t)(search->instance->person_count + 1)) * AM_PRICE_ONE;
}

static am_status find_columns(struct am_search *search, struct am_err *err)
{
    am_status status = AM_OK;
    bool solved = false;
    search->phase = "columns";
    for (size_t i = 0; i < search->columns.count && status == AM_OK; i++)
        status = am_master_add(&search->master, (int32_t)i, err);
    if (status == AM_OK)
        status = am_master_take_priced(&search->master, search->best.row, worth_a_row(search), err);
    if (status == AM_OK)
        status = am_generate(&search->master, search->pricer, &search->columns, &search->answer,
                             (struct am_generate_limits){.rounds = MOST_ROUNDS,
                                                         .enough = root_slack(search),
                                                         .cutoff = INT64_MAX,
                                                         .lp = am_search_lp_limits(search, 0),
                                                         .stop = am_search_stop,
                                                         .context = search},
                             &search->best, &solved, err);
    am_search_bound(search, search->best.bound);
    return status;
}

/* Branching and diving may leave the LP without a solution; artificial columns
 * let it have one, at more than all that can be gained. */
static am_status allow_artificial(struct am_search *search, struct am_err *err)
{
    const struct am_weights *weights = &search->instance->policy->weights;
    double range = search->has_bound ? (double)(search->fixed_only - search->bound) : 0;
    double dearest = (double)weights->unsupervised + weights->lone_woman_soft +
                     weights->session_changed + 10000.0;
    return am_master_allow_artificial(&search->master, 4.0 * range + 10.0 * dearest, err);
}

/* A tree is for a gap that its few nodes may close: they raise the bound of a
 * large unit by little. Without a limit it is always tried, and so it is in a
 * small unit, whose nodes are many, and in what was just dived into; but a part
 * that gained much will be looked at again. */
static bool is_worth_a_tree(const struct am_search *search, bool dived, int64_t gained)
{
    int64_t gap = search->objective - search->bound;
    if (am_search_can_wait(search) && gap <= gained / CAN_WAIT)
        return false;
    return dived || search->settings->node_limit == 0 ||
           search->instance->person_count <= SMALL_UNIT ||
           gap <= NEAR_ENOUGH * am_search_tolerance(search);
}

am_status am_exact_root(struct am_search *search, struct am_err *err)
{
    am_status status = add_first_patterns(search, err);
    return status == AM_OK ? find_columns(search, err) : status;
}

am_status am_exact(struct am_search *search, bool dive, struct am_err *err)
{
    int64_t before = search->objective;
    am_status status = am_exact_root(search, err);
    if (status == AM_OK && !search->stopped && !am_search_done(search))
        status = allow_artificial(search, err);
    if (status == AM_OK && dive && !search->stopped && !am_search_done(search)) {
        search->phase = "roster";
        status = am_dive(search, err);
    }
    if (status == AM_OK && !search->stopped && !am_search_done(search) &&
        is_worth_a_tree(search, dive, before - search->objective))
        status = am_branch(search, err);
    return status;
}
