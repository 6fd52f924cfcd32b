/*
 * sweep - a verb of a scenario over a range of numbers, and grids of several.
 *
 * Written as NAME[:TARGET]=FROM..TO[/STEP][@POUNDS], or with a list of numbers
 * (1,2,5) for the range; POUNDS is what one more of them costs. What each name
 * may be is in docs/scenarios.md.
 */
#ifndef AM_IO_SWEEP_H
#define AM_IO_SWEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "io/scenario_json.h"
#include "io/text.h"
#include "model/caseload.h"

enum {
    AM_SWEEP_POINTS = 1000, /* values of one sweep, and points of a grid */
    AM_SWEEP_MOST = 4       /* sweeps of a grid */
};

enum am_sweep_verb {
    AM_SWEEP_ADD_PLACES,     /* TARGET: a project, a session; none: every session there is */
    AM_SWEEP_ADD_SESSION,    /* TARGET: the session that the new ones are like */
    AM_SWEEP_ADD_SUPERVISOR, /* TARGET: the supervisor that the new ones are like */
    AM_SWEEP_SCALE_ARRIVALS, /* percent */
    AM_SWEEP_POLICY,         /* TARGET: a field of the policy */
    AM_SWEEP_VERB_COUNT
};

struct am_sweep {
    enum am_sweep_verb verb;
    const char *text;   /* NAME or NAME:TARGET, as written */
    const char *target; /* "" where there is none */
    bool is_session;    /* of add_places: the target is a session, not a project */
    const int32_t *values;
    int count; /* of values: at least 1, ascending */
    bool has_cost;
    int32_t cost_pounds_each;
};

/* Parse, in arena. Fails with AM_EINVALID (what was found and what was expected,
 * and the nearest known name) or AM_ENOMEM. */
AM_MUST_CHECK am_status am_sweep_parse(struct am_sweep *sweep, const char *text,
                                       struct am_arena *arena, struct am_err *err);

/* Find the target in the caseload. Fails with AM_EINVALID: there is none, or
 * none of that name (and the nearest). */
AM_MUST_CHECK am_status am_sweep_resolve(struct am_sweep *sweep, const struct am_caseload *caseload,
                                         struct am_err *err);

/* One point of a grid: sweep i at values[i]. */
struct am_sweep_point {
    const struct am_sweep *sweeps;
    int count;
    int32_t values[AM_SWEEP_MOST];
};

/* Number of points of a grid, at most AM_SWEEP_POINTS + 1 (too many); the last
 * sweep is the one that changes from each to the next. */
int am_sweep_points(const struct am_sweep *sweeps, int count);
struct am_sweep_point am_sweep_point(const struct am_sweep *sweeps, int count, int index);

/* The scenario (amends-scenario/1) of a point, appended: what `on` says (NULL:
 * the base as it is), and then the verbs of the point. It must have been read
 * with am_scenario_read. Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_sweep_scenario(const struct am_sweep_point *point, const char *name,
                                          const struct am_document *on,
                                          const struct am_caseload *caseload, struct am_text *text,
                                          struct am_err *err);

#endif
