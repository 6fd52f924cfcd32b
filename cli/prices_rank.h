/*
 * prices_rank - what a little more is worth, for each kind, site and week.
 */
#ifndef AM_CLI_PRICES_RANK_H
#define AM_CLI_PRICES_RANK_H

#include "cli/solved.h"
#include "io/prices_report.h"
#include "solver/worth.h"

/* What all rows are reckoned from. */
struct am_pricing_base {
    const struct am_derived *derived;
    const struct am_instance *instance;
    const struct am_worth *worth;
    const struct am_roster *roster; /* that was given */
    const struct am_settings *settings;
    int32_t minutes;                   /* of travel */
    int64_t least;                     /* points: what is worth less is left out; at least 1 */
    int project;                       /* that alone is looked at; -1: all */
    const volatile sig_atomic_t *stop; /* NULL: never */
};

/*
 * The best place, session, supervisor day and longer journeys of each project in
 * each week, and the best day of a supervisor for any project, by their estimates.
 * Rows are in arena. Fails with
 * AM_ENOMEM, AM_ESOLVER, AM_EINTERRUPTED.
 */
AM_MUST_CHECK am_status am_prices_rank(const struct am_pricing_base *base, struct am_arena *arena,
                                       struct am_price_row **rows, int *count, struct am_err *err);

/* The caseload with that row's thing more, derived into *more, which is released
 * by the caller in any case, before the base. `same` (room for one session more than the base has)
 * receives what am_worth_change wants; NULL: not wanted. */
AM_MUST_CHECK am_status am_prices_enlarge(const struct am_pricing_base *base,
                                          struct am_price_row *row, struct am_derived *more,
                                          int32_t *same, struct am_err *err);

/* Do work(context, i) for each i < count in up to so many threads. The first
 * failure of the least i is what is returned. */
AM_MUST_CHECK am_status am_prices_side_by_side(int threads, int count,
                                               am_status (*work)(void *context, int i,
                                                                 struct am_err *err),
                                               void *context, struct am_err *err);

#endif
