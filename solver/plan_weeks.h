/*
 * plan_weeks - the best weeks of one person at given prices, exactly.
 *
 * What somebody's weeks cost is convex in the minutes booked by the end of
 * each week, and so is what a week's minutes cost where the cheapest kinds are
 * taken first (solver/pieces.h). Adding a week is the infimal convolution of two
 * such functions, and a penalty lowers the slopes of the pieces before its
 * threshold. No grid, no rounding: minutes and prices are integers.
 */
#ifndef AM_SOLVER_PLAN_WEEKS_H
#define AM_SOLVER_PLAN_WEEKS_H

#include "model/plan.h"
#include "solver/pieces.h"

/* Prices count AM_PLAN_ONE a thousandth of a point. */
enum { AM_PLAN_ONE = 64 };

/* Memory of one thread; zero-initialise, then am_weeks_init. */
struct am_weeks {
    const struct am_horizon *horizon;
    struct am_pieces *before; /* by week: of the minutes booked before it */
    struct am_pieces *week;   /* by week: of the minutes booked in it */
    struct am_pieces scratch[4];
    int32_t *had;     /* by week: fixed and already booked, by its end */
    int32_t *most;    /* by week: what may be booked anew by its end */
    size_t *first;    /* of planned i's options in by_cost */
    int32_t *by_cost; /* the options of each planned, the cheapest first */
    bool no_memory;
};

AM_MUST_CHECK am_status am_weeks_init(struct am_weeks *weeks, const struct am_horizon *horizon,
                                      struct am_err *err);
void am_weeks_release(struct am_weeks *weeks);

/* What others have booked. */
struct am_weeks_room {
    const int64_t *seats; /* [kind * weeks + week]: minutes */
    const int64_t *led;   /* [week * AM_SUPERVISED_ROWS + row]: minutes that supervisors lead */
};

/* Minutes that can still be booked to a kind in a week. */
int32_t am_weeks_room_at(const struct am_horizon *horizon, const struct am_weeks_room *room,
                         int kind, int week);

/* Where the seat price of a kind in a week stands: a week's prices are read
 * together. */
static inline int64_t am_seat_index(const struct am_horizon *horizon, int kind, int week)
{
    return (int64_t)week * horizon->kind_count + kind;
}

/* What somebody is asked at. */
struct am_weeks_prices {
    const int64_t *seat; /* >= 0; by am_seat_index: of a minute booked there; NULL: 0 */
    int64_t ete;         /* >= 0: of a minute of education booked */
    const struct am_weeks_room *room; /* NULL: no limit */
    const int32_t *taken; /* [week * option_count + o]: booked already, stays; NULL: nothing */
};

/* Fill minutes[week * option_count + o] with what is best booked anew; the
 * answer is its cost and price, what was taken counted in the wishes but not
 * for its travel and price. Sets weeks->no_memory (and answers 0) when out of
 * memory. */
int64_t am_weeks_best(struct am_weeks *weeks, int planned, const struct am_weeks_prices *prices,
                      int32_t *minutes);

#endif
