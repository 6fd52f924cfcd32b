/*
 * hours - how many sessions of each length one supervisor can lead in a week.
 *
 * The hours of a week (R10) are a knapsack, and fractions make light of it: 37
 * hours are five days of seven hours and two hours that nothing fits into. What
 * fits is told by counts, so many sessions of each length, one after another on
 * each day and together within the limit. Such counts are few, so the facets of
 * their hull
 *
 *     sum over the week's sessions of weight(length) t <= most
 *
 * can be listed. As rows they leave a relaxation hardly any fractions (cuts from
 * single knapsack rows: Crowder, Johnson and Padberg 1983).
 */
#ifndef AM_SOLVER_HOURS_H
#define AM_SOLVER_HOURS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/* Sessions are told apart by so many lengths; where there are more, near ones
 * count as the shortest of them. */
enum { AM_HOURS_CLASSES = 6 };

struct am_hours_session {
    int32_t day, start, minutes; /* start: minutes after midnight; minutes >= 0 */
};

struct am_hours_cut {
    int32_t weight[AM_HOURS_CLASSES]; /* of a session of each class, >= 0 */
    int32_t most;
};

struct am_hours_cuts {
    int class_count;
    int32_t shortest[AM_HOURS_CLASSES]; /* minutes of each class, descending */
    int count;
    struct am_hours_cut *at;
};

/*
 * The facets, of small weights, that the limit makes: every choice of sessions of
 * which no two overlap and that together take no more than limit minutes obeys
 * them; those that follow from the days alone are left out. sessions: those that
 * one supervisor could lead in one week; they are sorted by day and end. All
 * memory is in arena. Fails with AM_ENOMEM.
 */
AM_MUST_CHECK am_status am_hours_find(struct am_hours_session *sessions, int count, int32_t limit,
                                      struct am_arena *arena, struct am_hours_cuts *cuts,
                                      struct am_err *err);

/* What a session of so many minutes weighs in a cut. */
int32_t am_hours_weight(const struct am_hours_cuts *cuts, const struct am_hours_cut *cut,
                        int32_t minutes);

#endif
