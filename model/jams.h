/*
 * jams - where and when places are short: what the prices of a plan say.
 *
 * A jam is a project's sessions on a part of the week over a run of weeks in
 * which the plan would pay for more of them.
 */
#ifndef AM_MODEL_JAMS_H
#define AM_MODEL_JAMS_H

#include "model/futures.h"
#include "model/plan.h"

enum {
    AM_JAM_WOMEN_ONLY = 1,
    AM_JAM_WEEKEND = 2,
    AM_JAM_ETE = 4,
    AM_JAM_LIGHT_DUTY = 8
}; /* bits */

struct am_jam {
    int kind;                  /* of the horizon */
    int first_week, last_week; /* between them, the weeks in which it binds */
    int weeks;                 /* how many of them bind */
    unsigned features;         /* bits of AM_JAM_... */
    int64_t places_min;        /* seat minutes that are held in the weeks in which it binds */
    int64_t used_min;          /* of which planned */
    int64_t worth;             /* thousandths of a point: one more place in each of its sessions */
    /* From a simulation with one more place in each session of the jam: so many
     * more orders of the caseload are finished in time, in hundredths; -1: it
     * was not tried. */
    int32_t orders_hundredths;
};

struct am_jam_list {
    struct am_jam *jams; /* worth most first; ties by kind */
    int count;
};

/* One for each kind with a price above 0 in some week. Everything is in arena.
 * Fails with AM_ENOMEM. */
AM_MUST_CHECK am_status am_jams_find(const struct am_plan *plan, struct am_arena *arena,
                                     struct am_jam_list *list, struct am_err *err);

/* Simulate as things are, and then with one more place in the sessions of each
 * of the `most` worthiest, always with the same luck. Fails as am_futures_run
 * does. */
AM_MUST_CHECK am_status am_jams_try(const struct am_plan *plan,
                                    const struct am_futures_setup *setup,
                                    const struct am_futures_options *options, int most,
                                    struct am_jam_list *list, struct am_err *err);

#endif
