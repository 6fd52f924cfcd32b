#include "solver/prices.h"

/* Tuned on 500, 1,000 and 2,000 people: how far above the bound the target
 * lies at first (a share of what can be improved), and by how much it comes
 * nearer. */
static const double first_target_share = 0.08;
static const double nearer = 0.7;
static const double least_gain = 0.5; /* points: no target is nearer */
enum { MEAN_STEPS = 30 };

/* The share of the last direction that is kept, and after how many vain steps the
 * target comes nearer. Few people book in leaps, which a long direction and a
 * hasty target do not follow to the best bound; with many, a third of the steps is
 * saved. */
struct pace {
    double deflection;
    int patience;
    int thirds; /* of a limit of steps, that are taken */
};
static const struct pace pace_of_few = {0.95, 15, 3}, pace_of_many = {0.97, 8, 2};
enum { FEW_PEOPLE = 96 };

static const struct pace *pace_of(const struct am_instance *instance)
{
    return instance->person_count > FEW_PEOPLE ? &pace_of_many : &pace_of_few;
}

struct climb {
    const struct am_instance *instance;
    struct am_price_step *step;
    const struct pace *pace;
    double first_share; /* of what can be improved: how near the first target lies */
    double target_gain; /* points above the best bound that the target lies */
    int since_better;
};

/* The patterns of the answer become columns. */
static am_status keep_patterns(const struct climb *climb, struct am_columns *columns,
                               struct am_err *err)
{
    const int32_t *chosen = am_price_step_answer(climb->step)->chosen;
    for (int p = 0; p < climb->instance->person_count; p++) {
        am_status status =
            am_columns_add(columns, p, chosen + (int64_t)p * climb->instance->days, NULL, err);
        if (status != AM_OK)
            return status;
    }
    return AM_OK;
}

/* So far above the bound the first target lies. */
static double first_gain(const struct climb *climb, int64_t ceiling, int64_t bound)
{
    return climb->first_share * ((double)ceiling - am_in_points(bound));
}

/* Is the bound the best so far? The target comes nearer after some vain steps. */
static bool judge(struct climb *climb, int64_t ceiling, int64_t bound, struct am_best_prices *best)
{
    if (bound != AM_NO_BOUND && (best->bound == AM_NO_BOUND || bound > best->bound)) {
        best->bound = bound;
        climb->since_better = 0;
        if (climb->target_gain <= 0)
            climb->target_gain = first_gain(climb, ceiling, bound);
        return true;
    }
    if (++climb->since_better >= climb->pace->patience) {
        climb->target_gain *= nearer;
        climb->since_better = 0;
    }
    return false;
}

/* The later steps weigh more: the mean is nearly an optimum of the relaxation. */
static double weight_of(int step)
{
    return 1.0 / (1 + (step < MEAN_STEPS ? step : MEAN_STEPS));
}

/* From prices that are solved for to the next ones. *over: there are none. */
static am_status go_on(struct climb *climb, int k, bool better, double *mean,
                       struct am_best_prices *best, bool *over, struct am_err *err)
{
    double square = 0;
    int64_t bound = am_price_step_answer(climb->step)->bound;
    am_status status =
        am_price_step_turn(climb->step, better, best, mean, weight_of(k), &square, err);
    *over = climb->target_gain < least_gain || bound == AM_NO_BOUND || !(square > 0);
    if (status == AM_OK && !*over)
        am_price_step_move(climb->step,
                           (am_in_points(best->bound) + climb->target_gain - am_in_points(bound)) /
                               square);
    return status;
}

int am_prices_steps(const struct am_instance *instance, int limit)
{
    return (int)((int64_t)limit * pace_of(instance)->thirds / 3);
}

static am_status climb_steps(struct climb *climb, int64_t ceiling,
                             const struct am_step_limits *limits, struct am_columns *columns,
                             struct am_best_prices *best, struct am_err *err)
{
    am_status status = AM_OK;
    bool over = false;
    for (int k = 0; k < limits->steps && status == AM_OK && !over; k++) {
        status = am_price_step_solve(climb->step, limits->branch, err);
        if (status != AM_OK)
            break;
        bool better = judge(climb, ceiling, am_price_step_answer(climb->step)->bound, best);
        if (k >= limits->keep_from && (k - limits->keep_from) % limits->keep_every == 0)
            status = keep_patterns(climb, columns, err);
        bool last = limits->stop && limits->stop(limits->context);
        if (status == AM_OK)
            status = go_on(climb, k, better, limits->share, best, &over, err);
        over = over || last;
    }
    return status;
}

am_status am_prices_climb(struct am_pricer *pricer, const struct am_instance *instance,
                          const struct am_coupling *coupling, int64_t ceiling,
                          struct am_step_limits limits, struct am_columns *columns,
                          struct am_best_prices *best, struct am_err *err)
{
    struct climb climb = {.instance = instance,
                          .pace = pace_of(instance),
                          .first_share = limits.near > 0 ? limits.near : first_target_share};
    if (best->bound != AM_NO_BOUND)
        climb.target_gain = first_gain(&climb, ceiling, best->bound);
    am_status status = am_price_step_new(&climb.step, pricer, instance, coupling, limits.leading,
                                         best->row, climb.pace->deflection, err);
    if (status == AM_OK)
        status = climb_steps(&climb, ceiling, &limits, columns, best, err);
    am_price_step_free(climb.step);
    return status;
}
